//! Tests of the parts of a record that are read, and of those that are passed over.

use super::*;

fn record(kind: &str, keys: &Value) -> Value {
    let image = json!({ "recorded": { "S": "{}" }, "shape": { "N": "2" }, "papers": { "L": [] } });
    json!({ "eventName": kind, "dynamodb": { "SequenceNumber": "7", "Keys": keys, "NewImage": image } })
}

#[test]
fn a_record_tells_its_key_its_kind_its_place_and_the_attributes_as_text() {
    let keys = json!({ "pk": { "S": "A#d#1" }, "sk": { "S": "event#0000000001" } });
    for (name, kind) in [("INSERT", Kind::Insert), ("MODIFY", Kind::Modify), ("REMOVE", Kind::Remove)] {
        let batch = json!({ "Records": [record(name, &keys)] });
        let read: Vec<_> = records(&batch).collect();
        let [record] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!(record.key, Key { pk: "A#d#1".into(), sk: "event#0000000001".into() });
        assert_eq!((record.kind, record.sequence_number), (kind, "7"));
        let attributes = ["recorded", "shape", "papers", "absent"].map(|name| record.attribute(name));
        assert_eq!(attributes, [Some("{}"), Some("2"), None, None]);
    }
}

#[test]
fn what_is_no_record_of_the_table_is_left_out() {
    let keys = json!({ "pk": { "S": "A#d#1" }, "sk": { "S": "state" } });
    let batch = json!({ "Records": [
        null,
        "text",
        { "eventName": "INSERT" },
        record("INSERT", &json!({ "pk": { "S": "A#d#1" } })),
        record("INSERT", &json!({ "pk": { "S": "A#d#1" }, "sk": { "N": "1" } })),
        record("PURGE", &keys),
        { "dynamodb": { "Keys": keys } },
    ]});
    assert_eq!(records(&batch).count(), 0);
    for batch in [json!(null), json!({}), json!({ "Records": 7 }), json!([])] {
        assert_eq!(records(&batch).count(), 0);
    }
}

#[test]
fn the_answer_names_the_records_that_must_come_again() {
    assert_eq!(failures(&[]).to_string(), r#"{"batchItemFailures":[]}"#);
    let expected = r#"{"batchItemFailures":[{"itemIdentifier":"7"},{"itemIdentifier":"8"}]}"#;
    assert_eq!(failures(&["7", "8"]).to_string(), expected);
}
