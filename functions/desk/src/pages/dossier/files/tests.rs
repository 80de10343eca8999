//! Files sent to be stored, and the mistakes in them.

use bytes::Bytes;
use rules::http::Request;
use rules::language::Language;
use rules::limits::LONGEST_FILE_NAME;
use rules::papers::{MOST_BYTES, ScanKind};

use super::sent::{Sent, Unfit};
use super::words::size;
use ::pages::form::NotAForm;

const PDF: &[u8] = b"%PDF-1.7\nmot trang";

/// The form as a browser sends it, with a file of this name.
fn posted(fields: &[(&str, &str)], file_name: Option<&str>, content: &[u8]) -> Request {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--ranh\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes());
    }
    let file_name = file_name.unwrap_or_default();
    body.extend(
        format!("--ranh\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file_name}\"\r\n").as_bytes(),
    );
    body.extend(b"Content-Type: application/octet-stream\r\n\r\n");
    body.extend(content);
    body.extend(b"\r\n--ranh--\r\n");
    let request = http::Request::post("/desk/dossiers/000000000001/files");
    let request = request.header(http::header::CONTENT_TYPE, "multipart/form-data; boundary=ranh");
    request.body(Bytes::from(body)).unwrap()
}

async fn sent(fields: &[(&str, &str)], file_name: Option<&str>, content: &[u8]) -> Sent {
    Sent::of(&posted(fields, file_name, content)).await.unwrap()
}

fn told(sent: &Sent) -> Result<(String, ScanKind), Unfit> {
    let at = "2020-04-15T01:00:00Z".parse().unwrap();
    let scan = sent.scan(&["GPXD-DON".to_owned()], "can-bo-1", at)?;
    assert_eq!(usize::try_from(scan.size_bytes).unwrap(), sent.content.len());
    Ok((scan.name, scan.kind))
}

#[tokio::test]
async fn a_file_is_shown_as_typed_or_as_it_is_called() {
    for (name, file_name, shown) in [
        ("Đơn đề nghị", Some("scan0001.pdf"), "Đơn đề nghị"),
        ("", Some("C:\\fakepath\\đơn.pdf"), "đơn.pdf"),
        ("\u{202e}", Some("\u{202e}fdp.exe"), "fdp.exe"),
        ("", Some("\u{202e}"), "GPXD-DON"),
        ("", None, "GPXD-DON"),
    ] {
        let sent = sent(&[("csrf", "s"), ("paper", "GPXD-DON"), ("name", name)], file_name, PDF).await;
        assert_eq!(told(&sent), Ok((shown.to_owned(), ScanKind::Pdf)), "{name:?} {file_name:?}");
    }
}

#[tokio::test]
async fn another_paper_without_a_name_is_shown_as_its_file_is_called() {
    for name in ["", "  ", "\t"] {
        let sent = sent(&[("csrf", "s"), ("paper", ""), ("name", name)], Some("C:\\scan\\bản vẽ.pdf"), PDF).await;
        assert_eq!(told(&sent), Ok(("bản vẽ.pdf".to_owned(), ScanKind::Pdf)), "{name:?}");
    }
}

#[tokio::test]
async fn whatever_is_wrong_has_a_reason_of_its_own() {
    let long = "ệ".repeat(LONGEST_FILE_NAME + 1);
    let large = [PDF, &vec![0; MOST_BYTES]].concat();
    for (paper, name, file_name, content, why) in [
        ("GPXD-DON", "", None, &b""[..], Unfit::NoFile),
        ("GPXD-DON", "", Some("don.pdf"), b"", Unfit::Empty),
        ("GPXD-DON", "", Some("don.pdf"), &large, Unfit::TooLarge),
        ("GPXD-DON", "", Some("don.pdf"), b"MZ\x90\x00", Unfit::OtherKind),
        ("GPXD-DON", "", Some("don.pdf"), b"<html>", Unfit::OtherKind),
        ("KHAC", "", Some("don.pdf"), PDF, Unfit::UnknownPaper),
        ("", "", Some("\u{202e}"), PDF, Unfit::NoName),
        ("", "", None, PDF, Unfit::NoName),
        ("", "\u{200b} \u{202e}", Some("don.pdf"), PDF, Unfit::NoName),
        ("", &long, Some("don.pdf"), PDF, Unfit::LongName),
    ] {
        let sent = sent(&[("csrf", "s"), ("paper", paper), ("name", name)], file_name, content).await;
        assert_eq!(told(&sent), Err(why));
    }
}

#[tokio::test]
async fn the_largest_file_is_taken_and_one_byte_more_is_not() {
    for (bytes, taken) in [(MOST_BYTES, true), (MOST_BYTES + 1, false)] {
        let mut content = PDF.to_vec();
        content.resize(bytes, 0);
        let sent = sent(&[("paper", "GPXD-DON")], Some("don.pdf"), &content).await;
        assert_eq!(told(&sent).is_ok(), taken, "{bytes}");
    }
}

#[tokio::test]
async fn a_picture_that_is_called_a_document_is_a_picture() {
    let sent = sent(&[("paper", "GPXD-DON")], Some("don.pdf"), b"\x89PNG\r\n\x1a\n\0\0").await;
    assert_eq!(told(&sent), Ok(("don.pdf".to_owned(), ScanKind::Png)));
}

#[tokio::test]
async fn what_is_no_form_with_a_file_is_not_read() {
    let whole = posted(&[("csrf", "s")], Some("don.pdf"), PDF);
    let cut = whole.clone().map(|body| body.slice(..body.len() - 20));
    let foreign = posted(&[("csrf", "s"), ("version", "1")], Some("don.pdf"), PDF);
    let many = posted(&[("name", "x"); 200], Some("don.pdf"), PDF);
    let mut plain = whole.clone();
    plain.headers_mut().clear();
    let huge = whole.map(|_| Bytes::from(vec![b'x'; 7 * 1024 * 1024]));
    for (request, why) in [
        (cut, NotAForm::Malformed),
        (foreign, NotAForm::Malformed),
        (plain, NotAForm::Malformed),
        (many, NotAForm::TooLarge),
        (huge, NotAForm::TooLarge),
    ] {
        assert_eq!(Sent::of(&request).await.err(), Some(why));
    }
}

#[test]
fn a_length_is_told_as_people_read_it() {
    for (bytes, vi, en) in [
        (0, "0 B", "0 B"),
        (1023, "1023 B", "1023 B"),
        (1024, "1 KB", "1 KB"),
        (1025, "2 KB", "2 KB"),
        (1024 * 1024, "1,0 MB", "1.0 MB"),
        (1024 * 1024 + 1, "1,1 MB", "1.1 MB"),
        (4 * 1024 * 1024, "4,0 MB", "4.0 MB"),
    ] {
        assert_eq!((size(bytes, Language::Vi).as_str(), size(bytes, Language::En).as_str()), (vi, en));
    }
}
