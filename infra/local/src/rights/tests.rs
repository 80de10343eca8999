use serde_json::json;

use super::{Call, allow, is_like, of_table};

#[test]
fn a_star_stands_for_anything_and_nothing_else_does() {
    for (pattern, text, like) in [
        ("*#list#*", "A#list#new", true),
        ("*#list#*", "A#list", false),
        ("*#counts", "A#counts", true),
        ("*#counts", "A#counts#2", false),
        ("A#*#money", "A#1#money", true),
        ("plain", "plain", true),
        ("plain", "plainer", false),
        ("*", "", true),
        ("a*b*c", "a1b2b3c", true),
        ("a*b*c", "acb", false),
    ] {
        assert_eq!(is_like(pattern, text), like, "{pattern} {text}");
    }
}

#[test]
fn a_transaction_needs_the_right_of_each_of_its_parts() {
    let body = json!({ "TransactItems": [
        { "Put": { "Item": { "pk": { "S": "A#list#new" }, "sk": { "S": "x" } } } },
        { "Delete": { "Key": { "pk": { "S": "A#d#1" }, "sk": { "S": "state" } } } },
    ] });
    let denied = of_table("project", "TransactWriteItems", &body).unwrap_err();
    assert_eq!((denied.action.as_str(), denied.resource.as_str()), ("dynamodb:DeleteItem", "Table.Arn A#d#1"));
    let first = json!({ "TransactItems": [body["TransactItems"][0]] });
    assert_eq!(of_table("project", "TransactWriteItems", &first), Ok(()));
}

#[test]
fn an_index_is_a_resource_of_its_own_and_a_scan_nobody_s() {
    let wake = json!({ "IndexName": "wake", "KeyConditionExpression": "wake_pk = :pk AND wake_at < :now",
        "ExpressionAttributeValues": { ":pk": { "S": "A#wake#1" } } });
    assert_eq!(of_table("deadline-sweep", "Query", &wake), Ok(()));
    assert!(of_table("notify", "Query", &wake).is_err());
    assert!(of_table("desk", "Scan", &json!({})).is_err());
    assert!(of_table("nobody", "GetItem", &json!({})).is_err());
}

#[test]
fn messages_go_to_telephone_numbers_and_to_no_topic() {
    assert_eq!(allow("notify", &Call::on("sns:Publish", "+84905000001")), Ok(()));
    let topic = Call::on("sns:Publish", "arn:${AWS::Partition}:sns:*:*:*");
    assert!(allow("notify", &topic).is_err());
    assert!(allow("desk", &Call::on("sns:Publish", "+84905000001")).is_err());
}

#[test]
fn the_public_s_function_reads_files_of_notices_and_receipts_and_no_scan_of_a_dossier() {
    let on = |action, resource: &str| allow("citizen", &Call::on(action, resource));
    assert_eq!(on("s3:GetObject", "${Papers.Arn}/notices/*"), Ok(()));
    assert_eq!(on("s3:GetObject", "${Papers.Arn}/receipts/*"), Ok(()));
    assert!(on("s3:GetObject", "${Papers.Arn}/*").is_err());
    assert!(on("s3:PutObject", "${Papers.Arn}/receipts/*").is_err());
    assert!(on("s3:PutObject", "${Papers.Arn}/notices/*").is_err());
    assert!(on("s3:ListBucket", "Papers.Arn").is_err());
}
