//! The bucket through the real SDK, and the office's use of it.

use bytes::Bytes;
use rules::id::{AgencyCode, DossierId};
use rules::papers::{ContentHash, MOST_BYTES, Scan, ScanKind};
use scans::{Papers, PapersError};

use super::*;
use crate::wire::{Plan, VirtualClock};

const CONTENT: &[u8] = b"%PDF-1.7\n\xff\x00 a scan";

fn office(s3: &S3) -> Papers {
    let clock = VirtualClock::new("2020-04-15T01:00:00Z".parse().unwrap());
    Papers::new(client(s3, &clock), "papers-demo")
}

fn agency() -> AgencyCode {
    AgencyCode::parse("000.00.01.H32").unwrap()
}

fn scan(content: &[u8]) -> Scan {
    Scan {
        paper: Some("GPXD-DON".into()),
        name: "don.pdf".into(),
        kind: ScanKind::Pdf,
        size_bytes: content.len() as u64,
        sha256: ContentHash::of(content),
        by: "can-bo-1".into(),
        at: "2020-04-15T01:00:00Z".parse().unwrap(),
    }
}

async fn put(papers: &Papers, content: &'static [u8]) -> Result<(), PapersError> {
    papers.put(&agency(), DossierId::from_random(1), &scan(content), Bytes::from_static(content)).await
}

async fn read(papers: &Papers, content: &[u8]) -> Result<Bytes, PapersError> {
    papers.read(&agency(), DossierId::from_random(1), &scan(content)).await
}

#[tokio::test]
async fn a_file_lies_under_agency_dossier_and_hash_and_comes_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    for s3 in [S3::memory(), S3::in_folder(folder.path().join("papers"))] {
        let papers = office(&s3);
        assert_eq!(s3.objects().unwrap(), Vec::<String>::new());
        put(&papers, CONTENT).await.unwrap();
        put(&papers, CONTENT).await.unwrap();
        let place = format!("papers-demo/000.00.01.H32/000000000001/{}", ContentHash::of(CONTENT));
        assert_eq!(s3.objects().unwrap(), std::slice::from_ref(&place));
        assert_eq!(read(&papers, CONTENT).await.unwrap(), CONTENT);
        assert!(matches!(read(&papers, b"%PDF-another").await, Err(PapersError::Missing)));
        s3.tamper(&place, Some(b"%PDF-1.7\n\xff\x00 a scam")).unwrap();
        assert!(matches!(read(&papers, CONTENT).await, Err(PapersError::Changed)));
        s3.tamper(&place, Some(&vec![b'x'; MOST_BYTES + 1])).unwrap();
        assert!(matches!(read(&papers, CONTENT).await, Err(PapersError::Changed)));
        s3.tamper(&place, None).unwrap();
        assert!(matches!(read(&papers, CONTENT).await, Err(PapersError::Missing)));
    }
}

#[tokio::test]
async fn what_was_stored_in_a_folder_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    put(&office(&S3::in_folder(folder.path())), CONTENT).await.unwrap();
    assert_eq!(read(&office(&S3::in_folder(folder.path())), CONTENT).await.unwrap(), CONTENT);
}

#[tokio::test]
async fn a_content_that_is_not_the_one_announced_is_not_stored() {
    let s3 = S3::memory();
    let other = Scan { sha256: ContentHash::of(b"%PDF-another"), ..scan(CONTENT) };
    let sent = office(&s3).put(&agency(), DossierId::from_random(1), &other, Bytes::from_static(CONTENT)).await;
    assert!(sent.unwrap_err().to_string().contains("BadDigest"));
    assert_eq!(s3.objects().unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn each_failure_arrives_by_its_name_and_is_tried_as_often_as_it_may_help() {
    for (failure, reason, tries, stored) in [
        (Failure::SlowDown, "SlowDown", 3, 0),
        (Failure::InternalError, "InternalError", 3, 0),
        (Failure::AccessDenied, "AccessDenied", 1, 0),
        (Failure::TimeoutNotStored, "timeout", 3, 0),
        (Failure::TimeoutStored, "timeout", 3, 1),
    ] {
        let s3 = S3::memory();
        let papers = office(&s3);
        s3.set_failures(Faults::from_seed(1, Plan::Burst { first_call: 1, calls: 9, fault: failure }));
        let error = put(&papers, CONTENT).await.unwrap_err();
        assert_eq!(error.to_string(), format!("the store did not answer PutObject: {reason}"));
        assert_eq!((s3.calls(), s3.objects().unwrap().len()), (tries, stored), "{failure:?}");
        let error = read(&papers, CONTENT).await.unwrap_err();
        assert_eq!(error.to_string(), format!("the store did not answer GetObject: {reason}"));
    }
}

#[tokio::test]
async fn what_fails_once_is_done_at_the_second_try() {
    for failure in [Failure::SlowDown, Failure::InternalError, Failure::TimeoutNotStored, Failure::TimeoutStored] {
        let s3 = S3::memory();
        let papers = office(&s3);
        s3.set_failures(Faults::from_seed(1, Plan::at_call(1, failure)));
        put(&papers, CONTENT).await.unwrap();
        s3.set_failures(Faults::from_seed(1, Plan::at_call(1, failure)));
        assert_eq!(read(&papers, CONTENT).await.unwrap(), CONTENT, "{failure:?}");
    }
}

#[test]
fn no_name_leads_out_of_the_folder() {
    for uri in [
        "http://wire.invalid/papers-demo/../x",
        "http://wire.invalid/papers-demo/%2e%2e/x",
        "http://wire.invalid/papers-demo/a/./b",
        "http://wire.invalid/papers-demo//etc",
        "http://wire.invalid/papers-demo/a%00b",
        "http://wire.invalid/papers-demo/",
        "http://wire.invalid/papers-demo",
        "http://wire.invalid",
    ] {
        assert_eq!(Name::of_uri(uri), None, "{uri}");
    }
    let name = Name::of_uri("http://wire.invalid/papers-demo/A.1/ID/abc?x-id=GetObject");
    assert_eq!(name, Name::parse("papers-demo/A.1/ID/abc"));
}
