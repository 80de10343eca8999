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
fn a_header_that_none_can_be_is_left_out_and_cookies_are_several() {
    let answer = respond::empty(204).with_header("location", "/a\nb").with_header("set-cookie", "a=1");
    let answer = answer.with_header("set-cookie", "b=2");
    assert_eq!(answer.header("location"), None);
    assert_eq!(answer.headers().get_all("set-cookie").iter().count(), 2);
}
