//! Files that a portal names: fetched from hosts that are named, kept with their hash, and told of if they cannot be.

use motcua::store::{Aside, FETCH_SHARDS, Key, TaskKind, Whole, fetch_pk};
use motcua_local::neighbours::portal::{Files, Manner};
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use portal_sync::fetch::Files as Report;
use rules::http::Reply;
use rules::id::DossierId;
use rules::papers::{ContentHash, MOST_BYTES, ScanKind};
use rules::portal::{Fetched, LinkName, Unfetched};
use serde_json::{Value, json};

use crate::town::{Town, form};

const NATIONAL: &str = "dvcqg-demo";
const CODE: &str = "G22.99-200415-0001";
const PDF: &[u8] = b"%PDF-1.7\nmot trang";

fn files(town: &Town) -> Files {
    town.office.portals().files().clone()
}

/// Writes the files of a form, one for each address.
fn named(addresses: &[&str]) -> Value {
    let file = |(number, address): (usize, &&str)| {
        let name = format!("Giấy {}.pdf", number + 1);
        json!({ "TenTepDinhKem": name, "MaThanhPhanHoSo": "GPXD-DON", "DuongDanTaiTepTin": address })
    };
    addresses.iter().enumerate().map(file).collect()
}

/// Files a dossier with these links.
async fn filed(town: &Town, addresses: &[&str]) -> DossierId {
    let mut data = form(CODE);
    data["TaiLieuNop"] = named(addresses);
    let answer = town.portal("dossier.submitted", "submit-1", data).await;
    assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
    town.id_of(CODE)
}

/// Lets the stream be read, a minute pass, and files be fetched.
async fn minute(town: &Town) -> Report {
    town.office.deliver().await.unwrap();
    town.minutes(1);
    town.office.fetch_files().await
}

async fn whole(town: &Town, id: DossierId) -> Whole {
    town.office.site().recorder.store().whole(&town.agency(), id).await.unwrap().unwrap()
}

async fn outcome(town: &Town, id: DossierId, address: &str) -> Option<Fetched> {
    whole(town, id).await.links.get(&LinkName::of(address)).map(|mark| mark.is.clone())
}

async fn waiting(town: &Town) -> usize {
    let mut waiting = 0;
    for shard in 0..FETCH_SHARDS {
        let pk = fetch_pk(&town.agency(), shard);
        waiting += town.office.site().recorder.store().indexed(&pk, None, None).await.unwrap().items.len();
    }
    waiting
}

/// The only dossier whose files wait for a person.
async fn before_a_person(town: &Town) -> Aside {
    let site = town.office.site();
    let page = site.recorder.store().set_aside(&town.agency(), TaskKind::Files, None).await.unwrap().unwrap();
    assert_eq!(page.items.len(), 1);
    page.items.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_file_is_fetched_within_a_minute_and_kept_with_its_hash_name_and_size() {
    let town = Town::new().await;
    let address = files(&town).keep(NATIONAL, PDF);
    let id = filed(&town, &[&address]).await;
    let report = minute(&town).await;
    assert_eq!(report, Report { stored: 1, ..Report::default() });
    let whole = whole(&town, id).await;
    let scan = &whole.scans[0];
    assert_eq!((scan.name.as_str(), scan.paper.as_deref(), scan.kind), ("Giấy 1.pdf", Some("GPXD-DON"), ScanKind::Pdf));
    assert_eq!((scan.size_bytes, scan.sha256.clone(), scan.by.as_str()), (18, ContentHash::of(PDF), NATIONAL));
    let papers = town.office.scans().bucket(&town.office.site().config).unwrap();
    assert_eq!(papers.read(&town.agency(), id, scan).await.unwrap(), PDF);
    assert_eq!((waiting(&town).await, town.for_a_person(TaskKind::Files).await), (0, 0));
    assert_eq!(minute(&town).await, Report::default(), "there is nothing more to fetch");
    assert_eq!(files(&town).asked(), 1);
}

#[tokio::test]
async fn a_form_whose_events_are_in_another_batch_of_the_stream_is_fetched_too() {
    let town = Town::new().await;
    let address = files(&town).keep(NATIONAL, PDF);
    let id = filed(&town, &[&address]).await;
    let (site, agency) = (town.office.site(), town.agency());
    let form = site.recorder.store().item(&Key::form(&agency, id, 1)).await.unwrap().unwrap();
    let form = motcua::store::text(&form, "form").unwrap();
    let key = Key::form(&agency, id, 1);
    let record = json!({
        "eventName": "INSERT", "dynamodb": {
            "Keys": { "pk": { "S": key.pk }, "sk": { "S": key.sk } }, "SequenceNumber": "1",
            "NewImage": { "form": { "S": form } },
        },
    });
    for _ in 0..2 {
        let answer = project::handle(&site, &json!({ "Records": [record.clone()] })).await;
        assert_eq!(answer, json!({ "batchItemFailures": [] }));
    }
    let waits = site.recorder.store().unfetched(&agency, town.clock.now(), 10).await.unwrap();
    assert_eq!(waits.iter().map(|it| (it.id, it.since)).collect::<Vec<_>>(), [(id, town.clock.now())]);
    assert_eq!(town.office.fetch_files().await.stored, 1);
}

#[tokio::test]
async fn files_of_a_change_of_a_supplement_and_those_that_the_portal_keeps_are_fetched_each_once() {
    let town = Town::new().await;
    let kept: Vec<_> = (0..4).map(|n| files(&town).keep(NATIONAL, format!("%PDF-1.7 {n}"))).collect();
    let id = filed(&town, &[&kept[0]]).await;
    let row = json!([{ "DanhSachGiayToBoSung": named(&[&kept[2]]) }]);
    for (kind, more) in [
        ("dossier.changed", json!({ "TaiLieuNop": named(&[&kept[0], &kept[1]]) })),
        ("dossier.supplemented", json!({ "DanhSachHoSoBoSung": row })),
        ("dossier.files_kept", json!({ "DanhSachTepDinhKemKhac": named(&[&kept[3]]) })),
    ] {
        let mut data = json!({ "MaHoSo": CODE });
        data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let answer = town.portal(kind, &kind.replace('.', "-"), data).await;
        assert_eq!(answer.status().as_u16(), 200, "{kind}: {}", answer.text());
        minute(&town).await;
    }
    assert_eq!(whole(&town, id).await.scans.len(), 4);
    assert_eq!(files(&town).asked(), 4, "what two forms name is one file");
}

#[tokio::test]
async fn what_is_not_fetched_has_its_reason_and_goes_to_a_person() {
    let town = Town::new().await;
    let shelf = files(&town);
    let large = [PDF, &vec![b' '; 5 * 1024 * 1024]].concat();
    let elsewhere = shelf.keep("other", PDF);
    let behind = shelf.keep(NATIONAL, PDF);
    let cases = [
        (elsewhere, Unfetched::OtherHost),
        ("https://169.254.169.254/latest/meta-data".to_owned(), Unfetched::OtherHost),
        ("https://10.0.0.5/1".to_owned(), Unfetched::OtherHost),
        ("https://[::1]/1".to_owned(), Unfetched::OtherHost),
        ("http://tep.dvcqg-demo.example/1".to_owned(), Unfetched::NotHttps),
        ("https://tep.dvcqg-demo.example@xau.example/1".to_owned(), Unfetched::NotHttps),
        (shelf.answering(NATIONAL, Manner::Redirects(behind)), Unfetched::Redirected),
        (shelf.answering(NATIONAL, Manner::NeverEnds), Unfetched::TooLarge),
        (shelf.keep(NATIONAL, large), Unfetched::TooLarge),
        (shelf.answering(NATIONAL, Manner::Says(404)), Unfetched::NotFound),
        (shelf.answering(NATIONAL, Manner::Says(401)), Unfetched::NotFound),
        (shelf.keep(NATIONAL, ""), Unfetched::Empty),
        (shelf.keep(NATIONAL, "<html><title>Đăng nhập</title></html>"), Unfetched::Page),
    ];
    let addresses: Vec<_> = cases.iter().map(|(address, _)| address.as_str()).collect();
    let id = filed(&town, &addresses).await;
    let report = minute(&town).await;
    assert_eq!((report.stored, report.refused, report.waiting), (0, 13, 0));
    for (address, why) in &cases {
        assert_eq!(outcome(&town, id, address).await, Some(Fetched::Not(*why)), "{address}");
    }
    assert_eq!(shelf.asked(), 7, "nobody is asked who is not named, and nothing is followed");
    assert!(shelf.endless_bytes() < 2 * MOST_BYTES as u64, "a file that never ends is cut at the limit");
    let aside = before_a_person(&town).await;
    assert_eq!(aside.task.key.fetching_of(), Some(id));
    assert_eq!(motcua::store::number(&aside.read.item, "lost"), Some(13));
    assert_eq!(motcua::store::text(&aside.read.item, "reason"), Some("other_host"));
    assert_eq!(minute(&town).await, Report::default(), "nobody is asked again until a person wants it");
}

#[tokio::test]
async fn four_megabytes_are_kept_and_one_byte_more_is_not() {
    let town = Town::new().await;
    let of = |length: usize| [PDF, &vec![b' '; length - PDF.len()]].concat();
    let [fits, over] = [MOST_BYTES, MOST_BYTES + 1].map(|length| files(&town).keep(NATIONAL, of(length)));
    let id = filed(&town, &[&fits, &over]).await;
    minute(&town).await;
    assert!(matches!(outcome(&town, id, &fits).await, Some(Fetched::Stored(_))));
    assert_eq!(outcome(&town, id, &over).await, Some(Fetched::Not(Unfetched::TooLarge)));
}

#[tokio::test]
async fn a_file_of_another_kind_is_kept_to_be_saved_and_never_shown() {
    let town = Town::new().await;
    let address = files(&town).keep(NATIONAL, b"PK\x03\x04 bang tinh".to_vec());
    let id = filed(&town, &[&address]).await;
    minute(&town).await;
    assert_eq!(whole(&town, id).await.scans[0].kind, ScanKind::Other);
}

#[tokio::test]
async fn a_host_that_is_down_is_asked_again_until_it_is_up() {
    for manner in [None, Some(Manner::Says(503)), Some(Manner::Hangs)] {
        let town = Town::new().await;
        let shelf = files(&town);
        let address = shelf.keep(NATIONAL, PDF);
        match &manner {
            None => shelf.set_down(true),
            Some(manner) => shelf.set(&address, manner.clone()),
        }
        let id = filed(&town, &[&address]).await;
        assert_eq!(minute(&town).await.waiting, 1, "{manner:?}");
        assert_eq!(outcome(&town, id, &address).await, Some(Fetched::Not(Unfetched::NoAnswer)), "{manner:?}");
        assert_eq!(minute(&town).await, Report::default(), "not at once: {manner:?}");
        assert_eq!((waiting(&town).await, town.for_a_person(TaskKind::Files).await), (1, 0), "{manner:?}");
        shelf.set_down(false);
        shelf.set(&address, Manner::Gives(PDF.into()));
        town.minutes(5);
        assert_eq!(town.office.fetch_files().await.stored, 1, "{manner:?}");
        assert_eq!(waiting(&town).await, 0, "{manner:?}");
    }
}

#[tokio::test]
async fn a_host_that_stays_down_goes_to_a_person_who_has_it_tried_again() {
    let town = Town::new().await;
    let shelf = files(&town);
    let address = shelf.keep(NATIONAL, PDF);
    shelf.set_down(true);
    let id = filed(&town, &[&address]).await;
    minute(&town).await;
    for _ in 0..10 {
        town.minutes(24 * 60);
        town.office.fetch_files().await;
    }
    let aside = before_a_person(&town).await;
    shelf.set_down(false);
    let site = town.office.site();
    site.recorder.store().try_again(&town.agency(), &aside, town.clock.now()).await.unwrap();
    assert_eq!(town.office.fetch_files().await.stored, 1);
    assert!(matches!(outcome(&town, id, &address).await, Some(Fetched::Stored(_))));
    assert_eq!(town.for_a_person(TaskKind::Files).await, 0);
}

#[tokio::test]
async fn what_was_refused_is_asked_for_once_more_when_a_person_wants_it() {
    let town = Town::new().await;
    let shelf = files(&town);
    let address = shelf.answering(NATIONAL, Manner::Says(404));
    filed(&town, &[&address]).await;
    minute(&town).await;
    let aside = before_a_person(&town).await;
    shelf.set(&address, Manner::Gives(PDF.into()));
    town.minutes(1);
    assert_eq!(town.office.fetch_files().await, Report::default());
    let site = town.office.site();
    site.recorder.store().try_again(&town.agency(), &aside, town.clock.now()).await.unwrap();
    assert_eq!(town.office.fetch_files().await.stored, 1);
    assert_eq!(town.for_a_person(TaskKind::Files).await, 0);
}

#[tokio::test]
async fn a_run_whose_table_fails_at_any_call_loses_no_file_and_keeps_it_once() {
    for fault in [Fault::TimeoutApplied, Fault::TimeoutNotApplied] {
        for first_call in 1..=10 {
            let town = Town::new().await;
            let (one, other) = (files(&town).keep(NATIONAL, PDF), files(&town).keep(NATIONAL, "%PDF-1.7 hai"));
            let id = filed(&town, &[&one, &other]).await;
            town.office.deliver().await.unwrap();
            town.minutes(1);
            // As many as the SDK tries, so that the function sees it.
            town.office.wire().set_faults(Faults::from_seed(1, Plan::Burst { first_call, calls: 3, fault }));
            town.office.fetch_files().await;
            town.office.wire().set_faults(Faults::none());
            for _ in 0..3 {
                minute(&town).await;
            }
            let case = format!("{fault:?} at call {first_call}");
            assert_eq!(whole(&town, id).await.scans.len(), 2, "{case}");
            assert_eq!((waiting(&town).await, town.for_a_person(TaskKind::Files).await), (0, 0), "{case}");
        }
    }
}

#[tokio::test]
async fn a_run_that_was_killed_between_the_file_and_its_mark_keeps_the_file_once() {
    let town = Town::new().await;
    let address = files(&town).keep(NATIONAL, PDF);
    let id = filed(&town, &[&address]).await;
    minute(&town).await;
    // As the table is if the last two writes of that run never came.
    let (site, agency) = (town.office.site(), town.agency());
    let store = site.recorder.store();
    let mark = Key::link(&agency, id, &LinkName::of(&address));
    store.client().delete_item().table_name(store.table()).set_key(Some(mark.attributes())).send().await.unwrap();
    let task = Key::fetching(&agency, id);
    store.client().delete_item().table_name(store.table()).set_key(Some(task.attributes())).send().await.unwrap();
    store.want_fetched(&agency, id, 1, town.clock.now()).await.unwrap();
    assert_eq!(town.office.fetch_files().await.stored, 1);
    assert_eq!(whole(&town, id).await.scans.len(), 1);
    assert!(matches!(outcome(&town, id, &address).await, Some(Fetched::Stored(_))));
}

#[tokio::test]
async fn a_file_that_no_store_takes_is_tried_again() {
    use motcua_local::neighbours::s3::Failure;
    let town = Town::new().await;
    let address = files(&town).keep(NATIONAL, PDF);
    let id = filed(&town, &[&address]).await;
    town.office
        .s3()
        .set_failures(Faults::from_seed(1, Plan::Burst { first_call: 1, calls: 3, fault: Failure::SlowDown }));
    assert_eq!(minute(&town).await.waiting, 1);
    assert_eq!(outcome(&town, id, &address).await, Some(Fetched::Not(Unfetched::NoPlace)));
    town.minutes(5);
    assert_eq!(town.office.fetch_files().await.stored, 1);
}

#[tokio::test]
async fn files_are_never_fetched_for_a_portal_whose_entry_names_no_host() {
    let town = Town::new().await;
    let address = files(&town).keep("khanhhoa-demo", PDF);
    let mut data = form("H32-1");
    data["TaiLieuNop"] = named(&[&address]);
    let site = town.office.site();
    let key = site.config.portal("khanhhoa-demo").unwrap().keys.current().clone();
    let body = motcua_local::senders::event("dossier.submitted", town.clock.now(), data.as_object().unwrap());
    let letter = motcua_local::senders::webhook("/portal/events", &key, "kh_1", town.clock.now(), body);
    assert_eq!(town.send(&letter).await.status().as_u16(), 200);
    minute(&town).await;
    assert_eq!((files(&town).asked(), waiting(&town).await, town.for_a_person(TaskKind::Files).await), (0, 0, 0));
}

#[tokio::test]
async fn no_address_and_no_name_stands_in_a_key() {
    let town = Town::new().await;
    let address = "https://tep.dvcqg-demo.example/nguyen-van-mau/0905000001.pdf";
    files(&town).set(address, Manner::Gives(PDF.into()));
    filed(&town, &[address]).await;
    minute(&town).await;
    let site = town.office.site();
    let store = site.recorder.store();
    let all = store.client().scan().table_name(store.table()).send().await.unwrap().items.unwrap_or_default();
    for item in all {
        let key = format!("{:?} {:?}", item["pk"], item["sk"]);
        assert!(!key.contains("mau") && !key.contains("0905000001"), "{key}");
    }
}
