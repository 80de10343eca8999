//! The body of a filing, right and wrong.

use rules::dossier::{Enclosed, Filing};
use rules::json::Fields;

use super::*;

#[test]
fn what_is_handed_over_and_chosen_at_filing_is_read() {
    let body = r#"{"procedure":"1.1","filing":"desk","applicant":{"name":"A"},"return":"desk","accept":true,
        "papers":[{"code":"GT1","kind":"original"},{"code":"GT2","kind":"copy"}],"minutes_no":"BB-1"}"#;
    let filed = file(body).ok().unwrap();
    let (originals, copies) = (vec!["GT1".to_owned()], vec!["GT2".to_owned()]);
    let enclosed = Enclosed { originals, copies, minutes_no: "BB-1".into(), returns_by_post: Some(false) };
    assert_eq!((filed.enclosed, filed.accept), (enclosed, true));
    for (from, to, expected) in [
        (r#","minutes_no":"BB-1""#, "", "minutes_no is missing"),
        (r#""kind":"copy""#, r#""kind":"scan""#, "papers[1].kind is neither original nor copy"),
        (r#"{"code":"GT1","kind":"original"}"#, r#""GT1""#, "papers[0] is not an object"),
        (r#""return":"desk""#, r#""return":"bus""#, "return is neither desk nor post"),
        (r#""accept":true"#, r#""accept":"soon""#, "accept is neither true nor false"),
    ] {
        assert!(body.contains(from), "{from}");
        assert_eq!(file(&body.replace(from, to)).err().as_deref(), Some(expected), "{to}");
    }
}

pub(super) fn file(body: &str) -> Result<intake::Filed, String> {
    let fields = Fields::of_body(body.as_bytes()).map_err(|error| error.to_string())?;
    intake::parse(fields, now()).map_err(|error| error.to_string())
}

#[test]
fn a_dossier_filed_at_the_desk_is_read_whole() {
    let body = r#"{"procedure":"1.005129","filing":"post","at":"2020-04-15T08:00:00+07:00",
        "applicant":{"name":"Hợp tác xã Ánh Dương","phone":"0168 812 3456","address":"Nha Trang","identity_no":"225","email":"a@b.vn"},
        "filer":{"name":"Hộ kinh doanh B","phone":"không có"},"form":{"TrichYeuHoSo":"x"}}"#;
    let filed = file(body).ok().unwrap();
    assert_eq!((filed.procedure.as_str(), filed.filing), ("1.005129", Filing::Post));
    assert_eq!(filed.at, "2020-04-15T01:00:00Z".parse().unwrap());
    assert_eq!(filed.form.as_deref(), Some(r#"{"TrichYeuHoSo":"x"}"#));
    assert_eq!(filed.person.applicant.phone.as_deref(), Some("+84388123456"));
    assert_eq!(filed.person.filer.unwrap().phone.as_deref(), Some("không có"));
}

#[test]
fn what_is_wrong_with_a_filing_is_named() {
    let right = r#"{"procedure":"1.1","filing":"desk","applicant":{"name":"A"}}"#;
    assert!(file(right).is_ok());
    for (from, to, expected) in [
        (r#""procedure":"1.1","#, "", "procedure is missing"),
        (r#""1.1""#, "1.1", "procedure is not a text"),
        (r#""filing":"desk","#, "", "filing is missing"),
        (r#""desk""#, r#""online""#, "filing is neither desk nor post"),
        (r#","applicant":{"name":"A"}"#, "", "applicant is missing"),
        (r#"{"name":"A"}"#, r#""A""#, "applicant is not an object"),
        (r#""name":"A""#, "", "applicant.name is missing"),
        (r#""name":"A""#, r#""name":" ""#, "applicant.name is missing"),
        (r#""name":"A""#, r#""name":"A","age":7"#, "applicant.age is not a field of this command"),
        (r#""name":"A""#, r#""name":"A","email":["x"]"#, "applicant.email is not a text"),
        (r#"{"name":"A"}}"#, r#"{"name":"A"},"filer":{}}"#, "filer.name is missing"),
        (r#"{"name":"A"}}"#, r#"{"name":"A"},"form":"x"}"#, "form is not an object"),
        (r#"{"name":"A"}}"#, r#"{"name":"A"},"at":"2099-01-01T00:00:00Z"}"#, "at lies in the future"),
        (r#"{"name":"A"}}"#, r#"{"name":"A"},"code":"X"}"#, "code is not a field of this command"),
    ] {
        assert!(right.contains(from), "{from}");
        assert_eq!(file(&right.replace(from, to)).err().as_deref(), Some(expected), "{to}");
    }
}
