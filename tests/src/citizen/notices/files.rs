//! Files of notices: stored by whoever publishes, opened by anybody, and by nobody before a notice lists them.

use motcua_local::neighbours::s3::Failure;
use motcua_local::wire::faults::{Faults, Plan};
use rules::notice::Enclosure;
use scans::notice::{Fault, store};

use super::*;

const PDF: &[u8] = b"%PDF-1.7\n\xff\xfe cong van";

/// Stores a file as the desk does.
async fn stored(town: &Town, name: &str, content: &[u8]) -> Result<Enclosure, Fault> {
    let papers = town.office.scans().bucket(&town.office.site().config);
    store(papers.as_ref(), &town.agency(), Some(name), content.to_vec().into()).await
}

/// Publishes a notice with the scan of its directive; returns it with the path of the file.
async fn with_file(town: &Town) -> (Notice, String) {
    let file = stored(town, "Công văn 2964.pdf", PDF).await.unwrap();
    let path = format!("/notices/1/files/{}", file.sha256);
    let notice = published(town, Notice { enclosures: vec![file], ..source(town) }).await;
    (notice, path)
}

#[tokio::test]
async fn a_file_is_opened_by_its_name_and_nothing_in_it_runs() {
    let town = Town::new().await;
    let (_, path) = with_file(&town).await;
    let shown = page(&town, "/notices/1").await;
    assert!(shown.contains(&format!("href=\"{path}\"")) && shown.contains("Công văn 2964.pdf"), "{shown}");
    let file = get(&town, &path).await;
    assert_eq!((file.status().as_u16(), file.header("content-type")), (200, Some("application/pdf")));
    assert_eq!(file.body()[..], PDF[..]);
    let name = "inline; filename*=UTF-8''C%C3%B4ng%20v%C4%83n%202964.pdf";
    assert_eq!(file.header("content-disposition"), Some(name));
    assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
    assert!(file.header("content-security-policy").unwrap().ends_with("; sandbox"));
    let [object] = &town.office.s3().objects().unwrap()[..] else { panic!("one object") };
    assert!(object.starts_with(&format!("papers-demo/notices/{}/", town.agency())), "{object}");
}

#[tokio::test]
async fn a_file_that_no_version_lists_is_nobody_s() {
    let town = Town::new().await;
    let (notice, path) = with_file(&town).await;
    let unlisted = stored(&town, "khac.pdf", b"%PDF-1.7\nkhac").await.unwrap();
    let not_found = async |target: &str| {
        let answer = get(&town, target).await;
        assert_eq!(answer.status().as_u16(), 404, "{target}");
        assert!(answer.text().contains("Không tìm thấy thông báo"), "{}", answer.text());
    };
    for end in [unlisted.sha256.as_str(), "x", "", "../1", &path[16..].to_uppercase()] {
        not_found(&format!("/notices/1/files/{end}")).await;
    }
    // The file of an earlier version is opened with that version.
    changed(&town, &notice, |it| it.enclosures.clear()).await;
    not_found(&path).await;
    assert_eq!(get(&town, &format!("{path}?version=1")).await.body()[..], PDF[..]);
    assert!(page(&town, "/notices/1?version=1").await.contains(&format!("{path}?version=1")));
}

#[tokio::test]
async fn what_is_too_large_or_no_picture_is_refused_with_what_to_do_and_is_not_stored() {
    let town = Town::new().await;
    let large = [PDF, &vec![0; 10 * 1024 * 1024]].concat();
    for (content, fault, said) in [
        (&large[..], Fault::TooLarge, "Tệp lớn quá 4 MB"),
        (b"<html>", Fault::OtherKind, "Tệp không phải PDF, JPEG hoặc PNG"),
        (b"", Fault::Empty, "Tệp rỗng"),
    ] {
        let refused = stored(&town, "cong-van.pdf", content).await.unwrap_err();
        assert_eq!(refused, fault);
        assert!(refused.said()[0].starts_with(said), "{refused}");
    }
    let nowhere = store(None, &town.agency(), Some("a.pdf"), PDF.into()).await;
    assert_eq!(nowhere, Err(Fault::NoPlace));
    assert!(town.office.s3().objects().unwrap().is_empty());
    let plan = Plan::Burst { first_call: 1, calls: 100, fault: Failure::SlowDown };
    town.office.s3().set_failures(Faults::from_seed(1, plan));
    assert_eq!(stored(&town, "a.pdf", PDF).await, Err(Fault::Away));
}

#[tokio::test]
async fn a_bucket_that_is_away_or_holds_something_else_leaves_a_page_and_never_another_file() {
    let town = Town::new().await;
    let (_, path) = with_file(&town).await;
    let plan = Plan::Burst { first_call: 1, calls: 100, fault: Failure::InternalError };
    town.office.s3().set_failures(Faults::from_seed(1, plan));
    let away = get(&town, &path).await;
    assert_eq!((away.status().as_u16(), away.header("cache-control")), (503, Some("no-store")));
    town.office.s3().set_failures(Faults::none());
    let [object] = &town.office.s3().objects().unwrap()[..] else { panic!("one object") };
    for content in [Some(&b"%PDF-1.7\nforged"[..]), None] {
        town.office.s3().tamper(object, content).unwrap();
        let answer = get(&town, &path).await;
        assert_eq!(answer.status().as_u16(), 503, "{content:?}");
        assert!(answer.text().contains("0258 000 0000"), "{}", answer.text());
    }
}
