use super::*;
use proptest::prelude::*;

fn problem(body: impl AsRef<[u8]>) -> String {
    Fields::of_body(body.as_ref()).err().map_or_else(|| "none".into(), |error| error.to_string())
}

fn fields(body: &str) -> Fields<'_> {
    Fields::of_body(body.as_bytes()).unwrap()
}

#[test]
fn what_is_odd_anywhere_in_a_body_is_named_by_its_place() {
    let bom = "\u{feff}{}";
    for (body, expected) in [
        ("", "body is not JSON"),
        ("null", "body is not an object"),
        ("[1]", "body is not an object"),
        ("{", "body is not JSON"),
        ("{} {}", "body is not JSON"),
        (bom, "body is not JSON"),
        (r#"{"a":1,"a":1}"#, "a is given twice"),
        (r#"{"a":{"b":[0,{"c":1,"c":2}]}}"#, "a.b[1].c is given twice"),
        (r#"{"a":1,"\u0061":1}"#, "a is given twice"),
        (r#"{"a":"\ud800"}"#, "a is not JSON"),
        (r#"{"a":["x","\udc00\ud800"]}"#, "a[1] is not JSON"),
        (r#"{"a":01}"#, "a is not JSON"),
        (r#"{"a":1e999}"#, "a is not JSON"),
        (r#"{"a":nan}"#, "a is not JSON"),
        (r#"{"Công ty Thử Nghiệm":1,"Công ty Thử Nghiệm":1}"#, "? is given twice"),
    ] {
        assert_eq!(problem(body), expected, "{body}");
    }
    assert_eq!(problem(b"{\"a\":\"\xff\"}"), "body is not UTF-8");
    assert_eq!(problem(b"{\"a\":\"\xc3\"}"), "body is not UTF-8");
}

#[test]
fn a_body_may_nest_thirty_two_deep_and_no_deeper() {
    let nested = |levels: usize| format!("{{\"a\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(problem(nested(32)), "none");
    assert!(problem(nested(33)).ends_with("nests too deep"));
    assert!(problem(nested(30_000)).ends_with("nests too deep"));
    let objects = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    assert!(problem(objects).ends_with("nests too deep"));
}

#[test]
fn an_object_may_have_256_members_and_no_more() {
    let members = |n: usize| {
        let members: Vec<_> = (0..n).map(|i| format!("\"m{i}\":0")).collect();
        format!("{{\"a\":{{{}}}}}", members.join(","))
    };
    assert_eq!(problem(members(256)), "none");
    assert_eq!(problem(members(257)), "a has too many members");
    assert_eq!(problem(members(100_000)), "a has too many members");
}

#[test]
fn a_line_is_composed_trimmed_and_has_no_control_characters() {
    // "đường" with its marks as characters of their own, as some keyboards send it.
    let decomposed = "{\"a\":\" d\u{1b0}o\u{31b}\u{300}ng \"}";
    assert_eq!(fields(decomposed).line("a", 10).unwrap().as_deref(), Some("d\u{1b0}\u{1edd}ng"));
    let read = |json: &str| fields(&format!("{{\"a\":{json}}}")).line("a", 5).map_err(|error| error.to_string());
    for (json, expected) in [
        ("null", Ok(None)),
        ("\"\"", Ok(None)),
        ("\"  \"", Ok(None)),
        ("\"12345\"", Ok(Some("12345"))),
        ("\"ơơơơơ\"", Ok(Some("ơơơơơ"))),
        ("\"123456\"", Err("a has more than 5 characters")),
        ("\"a\\u0000\"", Err("a holds a control character")),
        ("\"a\\nb\"", Err("a holds a control character")),
        ("1", Err("a is not a text")),
        ("true", Err("a is not a text")),
        ("[]", Err("a is not a text")),
        ("{}", Err("a is not a text")),
    ] {
        let expected = expected.map(|text| text.map(str::to_owned)).map_err(str::to_owned);
        assert_eq!(read(json), expected, "{json}");
    }
    assert_eq!(fields("{}").line("a", 5), Ok(None));
}

#[test]
fn prose_may_have_several_lines_and_nothing_else_that_a_line_may_not() {
    let prose = |body: &str| fields(body).prose("a", 20).map_err(|error| error.to_string());
    assert_eq!(prose(r#"{"a":"một\r\n\thai"}"#), Ok(Some("một\r\n\thai".into())));
    assert_eq!(prose(r#"{"a":"\u0007"}"#), Err("a holds a control character".into()));
}

#[test]
fn a_code_is_a_text_or_a_whole_number_and_never_a_fraction() {
    let code = |json: &str| fields(&format!("{{\"a\":{json}}}")).code("a", 3).map_err(|error| error.to_string());
    assert_eq!(code("2"), Ok(Some("2".into())));
    assert_eq!(code("\"2\""), Ok(Some("2".into())));
    for odd in ["2.0", "2e0", "-2", "1234", "true"] {
        assert!(code(odd).is_err(), "{odd}");
    }
}

#[test]
fn a_whole_number_is_digits_alone() {
    let whole = |json: &str| fields(&format!("{{\"a\":{json}}}")).whole("a").ok();
    assert_eq!(whole("0"), Some(Some(0)));
    assert_eq!(whole("18446744073709551615"), Some(Some(u64::MAX)));
    assert_eq!(whole("null"), Some(None));
    for odd in ["18446744073709551616", "1.0", "1e3", "-1", "\"1\"", "true"] {
        assert_eq!(whole(odd), None, "{odd}");
    }
}

#[test]
fn yes_and_no_are_read_in_json_s_way_and_in_the_portal_s() {
    let flag = |json: &str| fields(&format!("{{\"a\":{json}}}")).flag("a").ok();
    for (json, expected) in [
        ("true", Some(Some(true))),
        ("\"True\"", Some(Some(true))),
        ("\"False\"", Some(Some(false))),
        ("false", Some(Some(false))),
        ("null", Some(None)),
        ("1", None),
        ("\"yes\"", None),
    ] {
        assert_eq!(flag(json), expected, "{json}");
    }
}

#[test]
fn places_within_lists_and_objects_are_named_whole() {
    let body = fields(r#"{"data":{"list":[{"code":"x"},"y",7]}}"#);
    let data = body.object("data").unwrap().unwrap();
    let list = data.list("list", 3).unwrap().unwrap();
    assert_eq!(list[0].object().unwrap().line("code", 9), Ok(Some("x".into())));
    assert_eq!(list[1].line(9), Ok("y".into()));
    assert_eq!(list[2].line(9).unwrap_err().to_string(), "data.list[2] is not a text");
    assert_eq!(list[1].object().err().unwrap().to_string(), "data.list[1] is not an object");
    assert_eq!(data.list("list", 2).err().unwrap().to_string(), "data.list has more than 2 elements");
    assert_eq!(body.list("data", 2).err().unwrap().to_string(), "data is not a list");
    assert_eq!(body.object("none").unwrap().map(|_| ()), None);
}

#[test]
fn a_member_that_nobody_knows_is_named_and_a_strange_one_is_not_repeated() {
    assert_eq!(fields(r#"{"a":1,"b":2}"#).only(&["a"]).unwrap_err().to_string(), "b is not a field of this command");
    let strange = fields(r#"{"0905 123 456":1}"#);
    assert_eq!(strange.only(&[]).unwrap_err().to_string(), "? is not a field of this command");
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes: Vec<u8>) {
        let _ = Fields::of_body(&bytes);
    }

    #[test]
    fn no_nearly_right_body_makes_the_reader_panic(text in r#"[\{\}\[\]":,a0\\u.e-]{0,60}"#) {
        let _ = Fields::of_body(text.as_bytes());
    }
}

#[test]
fn bodies_that_are_read_alike_have_one_meaning_and_others_have_another() {
    let first = br#"{"b": [1, {"y": "a", "x": null}], "a": "\u0110"}"#;
    for same in [
        &br#"{"a":"\u0110","b":[1,{"y":"a"}]}"#[..],
        "{ \"c\": null, \"a\":\"Đ\",\n\"b\":[1,{\"y\":\"a\"}] }".as_bytes(),
    ] {
        assert_eq!(meaning(first), meaning(same));
    }
    for other in [
        &br#"{"b":[{"y":"a"},1],"a":"\u0110"}"#[..],
        br#"{"b":[1,{"y":"a"}],"a":"D"}"#,
        br#"{"b":[1,{"y":"a"},null],"a":"\u0110"}"#,
    ] {
        assert_ne!(meaning(first), meaning(other));
    }
    assert_eq!(meaning(b"{"), None);
}
