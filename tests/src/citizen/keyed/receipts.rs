//! The files of electronic receipts: the bytes that were stored for whoever holds the key, and nothing for anybody else.

use motcua::receipts::Act;
use motcua_local::rights::in_role;
use rules::papers::ContentHash;
use rules::receipt::Lawful;
use rules::vnd::Vnd;
use scans::PapersError;

use super::*;
use crate::receipts::{decided, minutes, one, paid, town};
use crate::sign_in::Browser;
use crate::town::FEE_VND;

/// Returns the paths of the files of a receipt below a page, with the number on each.
fn files(page: &str, lawful: &Lawful) -> Vec<(String, String)> {
    let of = |issue: &rules::receipt::Issue| {
        let no = issue.issued().unwrap().no.to_string();
        issue.files.iter().map(|it| (format!("{page}/receipts/{}", it.sha256), no.clone())).collect::<Vec<_>>()
    };
    lawful.issues.iter().flat_map(of).collect()
}

/// Returns the object of a file, where it lies.
fn object(town: &Town, part: &str, id: DossierId, hash: &ContentHash) -> String {
    format!("papers-demo/{part}{}/{id}/{hash}", town.agency())
}

#[tokio::test]
async fn whoever_holds_the_key_is_given_the_files_as_they_were_stored() {
    let town = town().await;
    let id = paid(&town, "G22-1").await;
    minutes(&town, 2).await;
    let way = linked(&town, id, Purpose::See).await;
    let (cookie, here) = (opened(&town, id).await, format!("/d/{id}"));
    let lawful = one(&town, id).await;
    for (base, cookie) in [(here.as_str(), cookie.as_str()), (way.as_str(), "")] {
        let page = with(&town, base, cookie).await;
        let of_base = files(base, &lawful);
        assert_eq!(of_base.len(), 2);
        for ((path, _), (begins, kind, name)) in of_base.into_iter().zip([
            (
                "%PDF-1.4\n% 26TAB1 125000",
                "application/pdf",
                "inline; filename*=UTF-8''Bi%C3%AAn%20lai%20EBL01%2026TAB%201.pdf",
            ),
            (
                "PK\u{3}\u{4}26TAB1 125000",
                "application/zip",
                "attachment; filename*=UTF-8''Bi%C3%AAn%20lai%20EBL01%2026TAB%201.zip",
            ),
        ]) {
            assert!(page.text().contains(&format!("href=\"{path}\"")), "{path}: {}", page.text());
            let file = with(&town, &path, cookie).await;
            assert_eq!((file.status().as_u16(), file.header("content-type")), (200, Some(kind)), "{path}");
            assert!(file.body().starts_with(begins.as_bytes()), "{path}: {:?}", file.body());
            assert_eq!(file.header("content-disposition"), Some(name));
            assert_eq!(file.header("cache-control"), Some("no-store"));
            assert!(file.header("content-security-policy").unwrap().ends_with("; sandbox"));
        }
        assert!(page.body().len() <= 30 * 1024, "{}", page.body().len());
    }
}

#[tokio::test]
async fn a_replaced_and_a_cancelled_receipt_keep_their_files_and_are_named_so() {
    let town = town().await;
    let id = paid(&town, "G22-1").await;
    minutes(&town, 2).await;
    decided(&town, id, &Act::Replace(Vnd::new(FEE_VND).unwrap(), "sai loại phí".into())).await;
    minutes(&town, 2).await;
    decided(&town, id, &Act::Cancel("đã hoàn trả".into())).await;
    minutes(&town, 2).await;
    let (cookie, here) = (opened(&town, id).await, format!("/d/{id}"));
    let told = words(with(&town, &here, &cookie).await.text());
    assert!(told.contains("thay bằng EBL01 26TAB 2") && told.contains("đã hủy"), "{told}");
    let all = files(&here, &one(&town, id).await);
    assert_eq!(all.len(), 4);
    for (path, no) in all {
        let file = with(&town, &path, &cookie).await;
        let number = no.replace("EBL01 ", "").replace(' ', "");
        let holds = String::from_utf8_lossy(file.body()).contains(&format!("{number} "));
        assert!(file.status().as_u16() == 200 && holds, "{path} of {no}: {:?}", file.body());
    }
}

#[tokio::test]
async fn no_other_key_opens_a_file_and_every_way_of_guessing_gets_the_same_answer() {
    let town = town().await;
    let (id, other) = (paid(&town, "G22-1").await, paid(&town, "G22-2").await);
    minutes(&town, 2).await;
    let way = linked(&town, other, Purpose::See).await;
    let cookie = opened(&town, other).await;
    let hash = one(&town, id).await.last().files[0].sha256.clone();
    let guessed = ContentHash::of(b"guessed");
    // Without the key, or with that of another dossier, the digits are asked for, whatever the hash is.
    for key in ["", cookie.as_str()] {
        for hash in [hash.as_str(), guessed.as_str(), "x"] {
            let answer = with(&town, &format!("/d/{id}/receipts/{hash}"), key).await;
            let led = (answer.status().as_u16(), answer.header("location").map(str::to_owned), answer.text());
            assert_eq!(led, (303, Some(format!("/d/{id}")), ""), "{hash}");
        }
    }
    // With a key of one's own dossier a file of another's is as little there as one that nobody has.
    let mut told = Vec::new();
    for hash in [hash.as_str(), guessed.as_str(), "x", ""] {
        for (base, key) in [(format!("/d/{other}"), cookie.as_str()), (way.clone(), "")] {
            let answer = with(&town, &format!("{base}/receipts/{hash}"), key).await;
            assert_eq!(answer.status().as_u16(), 404, "{base} {hash}");
            told.push(answer.text().to_owned());
        }
    }
    assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "{told:?}");
    let nobody = format!("/t/{}/receipts/{hash}", "A".repeat(rules::token::TOKEN_LEN));
    assert_eq!(get(&town, &nobody).await.status().as_u16(), 404);
}

#[tokio::test]
async fn a_file_that_is_not_as_it_was_stored_is_not_shown() {
    let town = town().await;
    let id = paid(&town, "G22-1").await;
    minutes(&town, 2).await;
    let (cookie, lawful) = (opened(&town, id).await, one(&town, id).await);
    let (path, _) = files(&format!("/d/{id}"), &lawful).remove(0);
    let place = object(&town, "receipts/", id, &lawful.last().files[0].sha256);
    town.office.s3().tamper(&place, Some(b"%PDF-1.4\n% 26TAB1 999000")).unwrap();
    let answer = with(&town, &path, &cookie).await;
    assert_eq!(answer.status().as_u16(), 503);
    assert!(!answer.text().contains("999000"), "{}", answer.text());
}

#[tokio::test]
async fn the_public_s_function_may_read_no_paper_and_the_desk_reads_receipts_wherever_they_lie() {
    let town = town().await;
    let id = paid(&town, "G22-1").await;
    minutes(&town, 2).await;
    let (cookie, lawful) = (opened(&town, id).await, one(&town, id).await);
    let hash = lawful.last().files[0].sha256.clone();
    let (path, _) = files(&format!("/d/{id}"), &lawful).remove(0);
    // Laid with the papers, as before receipts had a part of their own.
    let content = with(&town, &path, &cookie).await.body().clone();
    town.office.s3().tamper(&object(&town, "", id, &hash), Some(&content)).unwrap();
    town.office.s3().tamper(&object(&town, "receipts/", id, &hash), None).unwrap();
    assert_eq!(with(&town, &path, &cookie).await.status().as_u16(), 503);
    let mut clerk: Browser<'_> = crate::pages::seated(&town, "clerk").await;
    let opened = clerk.get(&format!("/desk/dossiers/{id}/files/{hash}")).await;
    assert_eq!((opened.status().as_u16(), opened.body()), (200, &content));
    let site = town.office.site();
    let scan = site.recorder.store().scan(&town.agency(), id, &hash).await.unwrap().unwrap();
    let papers = town.office.scans().bucket(&site.config).unwrap();
    let read = in_role("citizen", papers.read(&town.agency(), id, &scan)).await;
    assert!(
        matches!(&read, Err(PapersError::Unavailable(error)) if error.to_string().contains("AccessDenied")),
        "{read:?}"
    );
}
