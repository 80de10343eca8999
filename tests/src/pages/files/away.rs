//! The bucket or the table does not answer, an object is changed or lost, there is no bucket at all.

use motcua_local::neighbours::s3::Failure;
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use rules::http::Reply;

use super::*;

fn fail(town: &Town, failure: Failure) {
    let plan = Plan::Burst { first_call: 1, calls: 99, fault: failure };
    town.office.s3().set_failures(Faults::from_seed(1, plan));
}

#[tokio::test]
async fn while_the_bucket_is_away_nothing_is_recorded_and_sending_again_stores_it_once() {
    for failure in Failure::ALL {
        let town = Town::new().await;
        let id = town.submit("G22.99-1").await;
        let mut clerk = seated(&town, "clerk").await;
        fail(&town, failure);
        let away = store(&mut clerk, id, "GPXD-BV", "Bản vẽ", file("a.pdf", PDF)).await;
        assert_eq!(away.status().as_u16(), 503, "{failure:?} {}", away.text());
        for words in ["Kho tệp chưa trả lời", "value=\"Bản vẽ\"", "value=\"GPXD-BV\" selected"] {
            assert!(away.text().contains(words), "{words} in {}", away.text());
        }
        assert!(scans(&town, id).await.is_empty() && audited(&town).await.is_empty(), "{failure:?}");
        town.office.s3().set_failures(Faults::none());
        let again = store(&mut clerk, id, "GPXD-BV", "Bản vẽ", file("a.pdf", PDF)).await;
        assert_eq!(location(&again), format!("/desk/dossiers/{id}?done=file"));
        assert_eq!((scans(&town, id).await.len(), town.office.s3().objects().unwrap().len()), (1, 1));

        fail(&town, failure);
        let opened = clerk.get(&format!("/desk/dossiers/{id}/files/{}", ContentHash::of(PDF))).await;
        assert_eq!((opened.status().as_u16(), opened.text().contains("%PDF")), (503, false));
        assert!(opened.text().contains("chưa phản hồi"), "{}", opened.text());
    }
}

#[tokio::test]
async fn while_the_table_is_away_the_object_is_nobody_s_and_sending_again_records_it() {
    for fault in [Fault::Throttle, Fault::TimeoutApplied, Fault::TransactionThrottled] {
        let town = Town::new().await;
        let id = town.submit("G22.99-1").await;
        let mut clerk = seated(&town, "clerk").await;
        let page = clerk.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
        let path = format!("/desk/dossiers/{id}/files");
        let form = Filled::on(&page, &path).with("paper", "GPXD-DON");
        // The dossier is read, and then nothing more: neither the record nor the audit of the page that would say so.
        town.office.wire().set_faults(Faults::from_seed(1, Plan::Burst { first_call: 2, calls: 9, fault }));
        let away = clerk.post_file(&path, &form.fields(), file("a.pdf", PDF)).await;
        assert_eq!(away.status().as_u16(), 503, "{fault:?} {}", away.text());
        town.office.wire().set_faults(Faults::none());
        assert_eq!(town.office.s3().objects().unwrap().len(), 1);
        clerk.post_file(&path, &form.fields(), file("a.pdf", PDF)).await;
        assert_eq!((scans(&town, id).await.len(), audited(&town).await.len()), (1, 1), "{fault:?}");
    }
}

#[tokio::test]
async fn an_object_that_was_changed_or_lost_is_not_opened() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let mut clerk = seated(&town, "clerk").await;
    store(&mut clerk, id, "GPXD-DON", "", file("a.pdf", PDF)).await;
    let object = town.office.s3().objects().unwrap().remove(0);
    for changed in [Some(&b"%PDF-1.7\n another scan"[..]), None] {
        town.office.s3().tamper(&object, changed).unwrap();
        let opened = clerk.get(&format!("/desk/dossiers/{id}/files/{}", ContentHash::of(PDF))).await;
        assert_eq!((opened.status().as_u16(), opened.body().starts_with(b"%PDF")), (409, false));
        assert!(opened.text().contains("không còn như lúc lưu"), "{}", opened.text());
    }
}

#[tokio::test]
async fn what_cannot_be_audited_is_not_shown() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let mut clerk = seated(&town, "clerk").await;
    store(&mut clerk, id, "GPXD-DON", "", file("a.pdf", PDF)).await;
    let plan = Plan::Burst { first_call: 2, calls: 9, fault: Fault::Throttle };
    town.office.wire().set_faults(Faults::from_seed(1, plan));
    let opened = clerk.get(&format!("/desk/dossiers/{id}/files/{}", ContentHash::of(PDF))).await;
    assert_eq!((opened.status().as_u16(), opened.text().contains("%PDF")), (503, false));
}

#[tokio::test]
async fn without_a_bucket_there_is_a_sentence_and_no_form() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let mut clerk = seated(&town, "clerk").await;
    let page = clerk.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    let path = format!("/desk/dossiers/{id}/files");
    let form = Filled::on(&page, &path).with("paper", "GPXD-DON");
    let written = rules::config::DEMO.replace("papers_bucket = \"papers-demo\"\n", "");
    let config = rules::config::Config::strict(&written, rules::config::Host::Loopback).unwrap();
    town.office.configure(config);
    let page = clerk.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    assert!(page.contains("papers_bucket") && !page.contains("multipart/form-data"), "{page}");
    let sent = clerk.post_file(&path, &form.fields(), file("a.pdf", PDF)).await;
    assert_eq!((sent.status().as_u16(), town.office.s3().calls()), (422, 0));
    assert!(sent.text().contains("papers_bucket"), "{}", sent.text());
}
