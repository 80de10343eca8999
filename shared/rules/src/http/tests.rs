use bytes::Bytes;

use super::{Received, Reply, Request, respond};

#[test]
fn a_media_type_is_read_without_its_parameters() {
    for (sent, expected) in [
        ("application/json", Some("application/json")),
        ("Application/JSON ; charset=utf-8", Some("Application/JSON")),
        ("", Some("")),
        ("đ", None),
    ] {
        let request = http::Request::builder().header("content-type", sent.as_bytes());
        let request: Request = request.body(Bytes::new()).unwrap();
        assert_eq!(request.media_type(), expected, "{sent}");
    }
    assert_eq!(Request::default().media_type(), None);
}

#[test]
fn an_answer_is_guarded_once_and_keeps_what_it_says_itself() {
    let answer = respond::text(404, "no").with_header("cache-control", "max-age=300").guarded().guarded();
    let headers = answer.headers();
    assert_eq!(headers.get_all("cache-control").iter().collect::<Vec<_>>(), ["max-age=300"]);
    assert_eq!(headers.get_all("x-content-type-options").iter().collect::<Vec<_>>(), ["nosniff"]);
    assert_eq!(headers.get_all("strict-transport-security").iter().collect::<Vec<_>>(), ["max-age=31536000"]);
    assert_eq!(respond::empty(204).guarded().header("cache-control"), Some("no-store"));
}

#[test]
fn a_header_that_none_can_be_is_left_out_and_cookies_are_several() {
    let answer = respond::empty(204).with_header("location", "/a\nb").with_header("set-cookie", "a=1");
    let answer = answer.with_header("set-cookie", "b=2");
    assert_eq!(answer.header("location"), None);
    assert_eq!(answer.headers().get_all("set-cookie").iter().count(), 2);
}
