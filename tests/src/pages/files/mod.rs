//! Scans of papers: stored by a form, opened as they were stored, by people who may.

mod away;
mod fetched;

use motcua::store::Did;
use rules::http::Reply;
use rules::id::DossierId;
use rules::papers::{ContentHash, Scan};

use super::*;
use crate::sign_in::File;

const PDF: &[u8] = b"%PDF-1.7\n\xff\xfe mot trang";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00";

/// Sends the form on the dossier's page.
async fn store(browser: &mut Browser<'_>, id: DossierId, paper: &str, name: &str, file: File<'_>) -> Response {
    let page = browser.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    let path = format!("/desk/dossiers/{id}/files");
    let form = Filled::on(&page, &path).with("paper", paper).with("name", name);
    browser.post_file(&path, &form.fields(), file).await
}

fn file<'a>(name: &'a str, content: &'a [u8]) -> File<'a> {
    File { name, content }
}

async fn scans(town: &Town, id: DossierId) -> Vec<Scan> {
    let store = town.office.site().recorder.store().clone();
    store.whole(&town.agency(), id).await.unwrap().unwrap().scans
}

/// Returns everything done with files so far, oldest first.
async fn audited(town: &Town) -> Vec<(String, Did)> {
    let store = town.office.site().recorder.store().clone();
    let day = rules::vietnam::day(town.clock.now());
    let mut entries = store.audited(&town.agency(), day, None, None).await.unwrap().unwrap().entries;
    entries.retain(|entry| matches!(entry.did, Did::StoredFile { .. } | Did::OpenedFile { .. }));
    entries.reverse();
    entries.into_iter().map(|entry| (entry.who, entry.did)).collect()
}

#[tokio::test]
async fn a_scan_is_stored_shown_opened_and_audited() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let mut clerk = seated(&town, "clerk").await;
    let path = format!("/desk/dossiers/{id}");
    assert!(clerk.get(&path).await.text().contains("Chưa có bản quét nào lưu tại đây."));
    let done = store(&mut clerk, id, "GPXD-DON", "", file("C:\\fakepath\\đơn \"mẫu\".pdf", PDF)).await;
    assert_eq!(location(&done), format!("{path}?done=file"));

    let hash = ContentHash::of(PDF);
    let page = clerk.get(location(&done)).await.text().to_owned();
    let shown =
        ["Đã lưu bản quét.", "mẫu", "(GPXD-DON)", "PDF, 21 B", "15/04/2020 08:00", &of(&town, "clerk"), hash.as_str()];
    for words in shown {
        assert!(page.contains(words), "{words} in {page}");
    }
    let place = format!("papers-demo/{}/{id}/{hash}", town.agency());
    assert_eq!(town.office.s3().objects().unwrap(), [place]);

    // Everybody who may look at the dossier may look at its papers.
    town.minutes(1);
    let opened = seated(&town, "administrator").await.get(&format!("{path}/files/{hash}")).await;
    assert_eq!((opened.status().as_u16(), opened.header("content-type")), (200, Some("application/pdf")));
    assert_eq!(opened.body()[..], PDF[..]);
    let disposition = opened.header("content-disposition").unwrap();
    assert!(disposition.starts_with("inline; filename*=UTF-8''") && disposition.ends_with(".pdf"), "{disposition}");
    assert_eq!(opened.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(opened.header("cache-control"), Some("no-store"));
    let policy = opened.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.ends_with("; sandbox"), "{policy}");

    let stored = Did::StoredFile { id, sha256: hash.clone() };
    let looked = Did::OpenedFile { id, sha256: hash };
    assert_eq!(audited(&town).await, [(of(&town, "clerk"), stored), (of(&town, "administrator"), looked)]);
    let audit = seated(&town, "manager").await.get("/desk/admin/audit").await.text().to_owned();
    assert!(audit.contains("Lưu bản quét") && audit.contains("Mở bản quét"), "{audit}");
}

#[tokio::test]
async fn the_same_file_again_is_one_whatever_it_is_called() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let mut clerk = seated(&town, "clerk").await;
    store(&mut clerk, id, "GPXD-DON", "Đơn", file("a.pdf", PDF)).await;
    let calls = town.office.s3().calls();
    let again = store(&mut seated(&town, "specialist").await, id, "", "Tên khác", file("b.pdf", PDF)).await;
    assert_eq!(location(&again), format!("/desk/dossiers/{id}?done=file-before"));
    assert!(clerk.get(location(&again)).await.text().contains("đã được lưu từ trước"));
    assert_eq!(town.office.s3().calls(), calls, "nothing is sent again");
    let [scan] = &scans(&town, id).await[..] else { panic!("one file") };
    assert_eq!((scan.name.as_str(), scan.by.as_str()), ("Đơn", of(&town, "clerk").as_str()));
    assert_eq!(audited(&town).await.len(), 1);

    // Another dossier has its own.
    let other = town.submit("G22.99-2").await;
    store(&mut clerk, other, "GPXD-DON", "", file("a.pdf", PDF)).await;
    assert_eq!(town.office.s3().objects().unwrap().len(), 2);
}

#[tokio::test]
async fn what_cannot_be_stored_is_told_and_the_form_stays_as_it_was() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let mut clerk = seated(&town, "clerk").await;
    let large = [PDF, &vec![0; 4 * 1024 * 1024]].concat();
    for (paper, sent, status, words) in [
        ("GPXD-BV", file("ban-ve.pdf", &large), 413, "Tệp lớn hơn 4 MB"),
        ("GPXD-BV", file("ban-ve.docx", b"PK\x03\x04 word"), 415, "không phải PDF, JPEG hay PNG"),
        ("GPXD-BV", file("ban-ve.pdf", b"MZ\x90\x00 program"), 415, "không phải PDF, JPEG hay PNG"),
        ("GPXD-BV", file("ban-ve.pdf", b""), 422, "Tệp rỗng"),
        ("GPXD-BV", file("", b""), 422, "Chưa chọn tệp"),
        ("x\"><script>", file("a.pdf", PDF), 422, "Hồ sơ này không có giấy tờ đó"),
    ] {
        let answer = store(&mut clerk, id, paper, "Bản vẽ <móng>", sent).await;
        assert_eq!(answer.status().as_u16(), status, "{}", answer.text());
        for words in [words, "value=\"Bản vẽ &lt;móng&gt;\"", "id=\"errors\"", "G22.99-1"] {
            assert!(answer.text().contains(words), "{words} in {}", answer.text());
        }
        assert_eq!(answer.text().contains("value=\"GPXD-BV\" selected"), paper == "GPXD-BV");
        assert!(!answer.text().contains("<script>"));
    }
    let long = "ệ".repeat(201);
    let unnamed = store(&mut clerk, id, "", " \u{202e}", file("a.pdf", PDF)).await;
    assert!(unnamed.text().contains("cần có tên hiển thị"), "{}", unnamed.text());
    let named = store(&mut clerk, id, "", &long, file("a.pdf", PDF)).await;
    assert!(named.text().contains("dài quá 200") && named.text().contains(&long), "{}", named.text());
    assert_eq!((town.office.s3().calls(), scans(&town, id).await.len()), (0, 0));
}

#[tokio::test]
async fn a_name_that_would_deceive_is_shown_and_saved_plainly() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let mut clerk = seated(&town, "clerk").await;
    store(&mut clerk, id, "GPXD-DON", "", file("\u{202e}gnp.exe", PDF)).await;
    store(&mut clerk, id, "GPXD-BV", "Ảnh\u{0} <b>.pdf", file("x", PNG)).await;
    let page = clerk.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    assert!(page.contains("<bdi>gnp.exe</bdi>") && page.contains("<bdi>Ảnh &lt;b&gt;.pdf</bdi>"), "{page}");
    let opened = clerk.get(&format!("/desk/dossiers/{id}/files/{}", ContentHash::of(PDF))).await;
    assert_eq!(opened.header("content-disposition"), Some("inline; filename*=UTF-8''gnp.exe.pdf"));
    let opened = clerk.get(&format!("/desk/dossiers/{id}/files/{}", ContentHash::of(PNG))).await;
    assert_eq!(opened.header("content-type"), Some("image/png"), "whatever its name says");
    assert!(opened.header("content-disposition").unwrap().ends_with("%3Cb%3E.png"));
}

#[tokio::test]
async fn who_may_not_store_has_no_form_and_a_forged_one_gets_nowhere() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let path = format!("/desk/dossiers/{id}/files");
    let mut administrator = seated(&town, "administrator").await;
    let page = administrator.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    assert!(!page.contains("Lưu bản quét"), "{page}");
    let csrf = csrf_in(&page);
    let fields = [("csrf", csrf.as_str()), ("paper", "GPXD-DON"), ("name", "")];
    assert_eq!(administrator.post_file(&path, &fields, file("a.pdf", PDF)).await.status().as_u16(), 403);
    let mut clerk = seated(&town, "clerk").await;
    assert_eq!(
        clerk.post_file(&path, &fields, file("a.pdf", PDF)).await.status().as_u16(),
        403,
        "another session's form"
    );
    assert_eq!(clerk.post_file(&path, &fields[1..], file("a.pdf", PDF)).await.status().as_u16(), 403);
    assert_eq!(clerk.post(&path, &[("csrf", &csrf)]).await.status().as_u16(), 400);
    assert_eq!(location(&clerk.get(&path).await), format!("/desk/dossiers/{id}"), "such as from the other language");
    let nobody = Browser::new(&town).post_file(&path, &fields, file("a.pdf", PDF)).await;
    assert_eq!(nobody.status().as_u16(), 401);
    assert!(nobody.text().contains("tệp phải chọn lại"), "a page cannot keep a file: {}", nobody.text());
    assert_eq!((town.office.s3().calls(), scans(&town, id).await.len()), (0, 0));
}

#[tokio::test]
async fn a_file_of_another_agency_or_dossier_is_as_unknown_as_none() {
    let town = two_agencies().await;
    let id = town.submit("G22.99-1").await;
    let mut clerk = seated(&town, "clerk").await;
    store(&mut clerk, id, "GPXD-DON", "", file("a.pdf", PDF)).await;
    let hash = ContentHash::of(PDF);
    let mut stranger = Browser::new(&town);
    stranger.signs_in("clerk.H32.02", "/desk").await;
    let other = town.submit("G22.99-2").await;
    let unknown = ContentHash::of(b"unknown");
    let path = format!("/desk/dossiers/{id}/files");
    let foreign = stranger.get(&format!("{path}/{hash}")).await;
    assert_eq!((foreign.status().as_u16(), foreign.body().starts_with(b"%PDF")), (404, false));
    for target in [
        format!("{path}/{unknown}"),
        format!("/desk/dossiers/{other}/files/{hash}"),
        format!("{path}/{}", hash.as_str().to_uppercase()),
        format!("{path}/..%2f..%2f{hash}"),
        format!("{path}/{hash}/"),
    ] {
        let answer = clerk.get(&target).await;
        assert_eq!((answer.status().as_u16(), answer.body().starts_with(b"%PDF")), (404, false), "{target}");
    }
    let csrf = stranger.csrf("/desk").await;
    let fields = [("csrf", csrf.as_str()), ("paper", ""), ("name", "Đơn")];
    let sent = stranger.post_file(&path, &fields, file("b.pdf", b"%PDF-b")).await;
    assert_eq!(sent.status().as_u16(), 404);
    assert_eq!(scans(&town, id).await.len(), 1);
    assert_eq!(audited(&town).await.len(), 1, "nothing was opened");
}

/// Makes a town whose office serves a second agency.
async fn two_agencies() -> Town {
    let town = Town::new().await;
    let more = "\n[[agencies]]\ncode = \"000.00.01.H32\"\nname = \"Ban Quản lý\"\n\
                [[agencies]]\ncode = \"H32.02\"\nname = \"Uỷ ban nhân dân phường\"\n";
    let written = rules::config::DEMO.replace("\nid = \"", "\nagency = \"000.00.01.H32\"\nid = \"");
    let config = rules::config::Config::strict(&format!("{written}{more}"), rules::config::Host::Loopback).unwrap();
    town.office.configure(config);
    town
}

#[tokio::test]
async fn a_dossier_s_page_stays_one_of_three_round_trips_and_takes_so_many_files() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let mut clerk = seated(&town, "clerk").await;
    store(&mut clerk, id, "GPXD-DON", "", file("a.pdf", PDF)).await;
    let (records, first) = (town.office.site().recorder.store().clone(), scans(&town, id).await.remove(0));
    for number in 1..rules::papers::MOST_FILES {
        let scan = Scan { sha256: ContentHash::of(&number.to_be_bytes()), ..first.clone() };
        records.record_scan(&town.agency(), id, &scan).await.unwrap();
    }
    town.office.wire().reset();
    let page = clerk.get(&format!("/desk/dossiers/{id}")).await;
    assert_eq!((page.status().as_u16(), page.text().matches("SHA-256").count()), (200, 200));
    let calls: Vec<_> = town.office.wire().trace().into_iter().map(|call| call.operation).collect();
    assert_eq!(calls, ["Query", "PutItem", "UpdateItem"], "the dossier, and that somebody looked at it");
    let full = store(&mut clerk, id, "GPXD-DON", "", file("b.pdf", b"%PDF-one more")).await;
    assert_eq!(full.status().as_u16(), 422);
    assert!(full.text().contains("không nhận thêm"), "{}", full.text());
}
