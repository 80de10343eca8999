//! The pages of the administration.

mod imports;
mod shown;

use bytes::Bytes;
use rules::http::Request;
use rules::language::Language;

use crate::pages::layout::Frame;
use crate::permission::Role;
use ::pages::part::head::Mark;

fn frame(lang: Language) -> Frame {
    Frame {
        lang,
        office: "Ban Quản lý Khu kinh tế Vân Phong".into(),
        mark: Mark::Letters("VP".into()),
        who: "quan-tri-1".into(),
        role: Role::Administrator,
        csrf: "s3cret".into(),
        now: "2026-11-24T02:00:00Z".parse().unwrap(),
        here: "/desk/admin".into(),
        counts: None,
        unread: Vec::new(),
        releases: 0,
        aside: 0,
        receipts: None,
    }
}

/// The form as a browser sends it: names with their contents, `file` with a file's name.
fn sent(parts: &[(&str, &[u8])]) -> Request {
    let mut body = Vec::new();
    for (name, value) in parts {
        let file = if *name == "file" { "; filename=\"danh-muc.toml\"" } else { "" };
        body.extend(format!("--ranh\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes());
        body.extend(*value);
        body.extend(b"\r\n");
    }
    body.extend(b"--ranh--\r\n");
    with_body(body, "multipart/form-data; boundary=ranh")
}

fn with_body(body: impl Into<Bytes>, media_type: &'static str) -> Request {
    let request = http::Request::post("/desk/admin/catalogue").header(http::header::CONTENT_TYPE, media_type);
    request.body(body.into()).unwrap()
}

/// This many procedures without a mistake, seven lines each.
fn catalogue(count: usize) -> String {
    let entry = |no: usize| {
        format!(
            "[[procedures]]\ncode = \"1.{no:06}\"\nversion = 1\nname_vi = \"Thủ tục số {no}\"\nname_en = \"Procedure {no}\"\n\
             legal_basis = \"quy định mẫu\"\nlimit = {{ allowance = {{ n = 5, unit = \"working_days\" }} }}\n"
        )
    };
    (1..=count).map(entry).collect()
}
