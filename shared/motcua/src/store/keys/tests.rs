//! Tests that every key begins with the agency, and shows what it was made of.

use jiff::civil::Date;

use super::*;
use rules::dossier::Filing;
use rules::message::Outlet;
use rules::papers::ContentHash;
use rules::post::{ManifestNo, ParcelNo};
use rules::statistics::{Group, Month};

#[test]
fn every_key_and_index_key_begins_with_the_agency() {
    let agency = AgencyCode::parse("A.1").unwrap();
    let id = DossierId::from_random(1);
    let content = ContentHash::of(b"abc");
    let keys = [
        Key::state(&agency, id),
        Key::event(&agency, id, 1),
        Key::form(&agency, id, 1),
        Key::person(&agency, id),
        Key::message(&agency, id, 1, 0, Outlet::Sms),
        Key::message_of_event(&agency, id, 1, 0, 0),
        Key::unread(&agency, id, 1),
        Key::code(&agency, "c"),
        Key::money(&agency, "ch", "i"),
        Key::scan(&agency, id, &content),
        Key::voucher_no(&agency, "AA/20P", 1),
        Key::voucher(&agency, id, "AA/20P", 1),
        Key::seen(&agency, "s", "d"),
        Key::tries(&agency, id),
        Key::sender(&agency, "abc"),
        Key::arrival(&agency, "s", "d"),
        Key::checkout(&agency, id, 1, 1),
        Key::order_code(&agency, "ch", "1"),
        Key::told(&agency, "dvcqg", id),
        Key::portal_door(&agency, "dvcqg"),
        Key::parcel(&agency, ParcelNo::of(2026, 1)),
        Key::parcel_of(&agency, id),
        Key::label(&agency, id, ParcelNo::of(2026, 1)),
        Key::waybill(&agency, "vnpost", "CE123456785VN"),
        Key::manifest(&agency, ManifestNo::of(2026, 1)),
        Key::stray(&agency, "vnpost", "abc"),
        Key::feed(&agency, "vnpost"),
        Key::receipt(&agency, id, "ch", "i"),
        Key::receipt_day(&agency, Date::constant(2026, 11, 30)),
        Key::receipt_row(&agency, Date::constant(2026, 11, 30), 1),
        Key::counter(&agency, "s"),
        Key::procedure(&agency, "c", 1),
        Key::listed_procedure(&agency, "c", 1),
        Key::staff(&agency, "u-1"),
        Key::ended(&agency, "u-1"),
        Key::looks_of_staff(&agency, id, "u-1"),
        Key::looks_by_digits(&agency, id),
        Key::looks_by_link(&agency, id, "see"),
        Key::export(&agency, "u-1", Date::constant(2020, 4, 1), Date::constant(2020, 4, 30)),
        Key::export_part(&agency, "u-1", Date::constant(2020, 4, 1), Date::constant(2020, 4, 30), 1),
        Key::guided(&agency, Date::constant(2020, 4, 15), "abc"),
        Key::guided_person(&agency, "abc"),
        Key::rating(&agency, Date::constant(2020, 4, 15), "abc"),
        Key::daily(&agency, "abc", Date::constant(2020, 4, 15)),
        Key::filed_next(&agency, Date::constant(2020, 4, 15), "abc"),
        Key::counted(&agency, id, Month::parse("2020-04").unwrap()),
        Key::totals(&agency, Span::Year(2020), &online()),
    ];
    assert!(keys.iter().all(|key| key.pk.starts_with("A.1#")));
    for kind in TaskKind::ALL {
        assert!(kind.person_pk(&agency).starts_with("A.1#person#"));
    }
    assert!(Key::scan_object(&agency, id, &content).starts_with("A.1/000000000001/ba7816bf"));
    assert!(Key::receipt_object(&agency, id, &content).starts_with("receipts/A.1/000000000001/ba7816bf"));
    assert!(Key::notice_object(&agency, &content).starts_with("notices/A.1/ba7816bf"));
    assert!(wake_pk(&agency, 3).starts_with("A.1#wake#"));
    assert!(post_pk(&agency, 3).starts_with("A.1#post#") && in_post_pk(&agency).starts_with("A.1#"));
    assert!(tell_pk(&agency, "dvcqg", 3).starts_with("A.1#tell#dvcqg#"));
}

fn online() -> Group {
    Group { channel: Filing::Online, procedure: "1.005129#x".into() }
}

#[test]
fn totals_lie_by_the_month_the_year_and_all_years_and_sort_as_time_goes() {
    let agency = AgencyCode::parse("A.1").unwrap();
    let (day, april) = (Date::constant(2020, 4, 15), Month::parse("2020-04").unwrap());
    for (span, spans, pk, sk) in [
        (Span::Day(day), Spans::Days(april), "A.1#totals#2020-04", "2020-04-15#online#1.005129#x"),
        (Span::Month(april), Spans::Months(2020), "A.1#totals#2020", "2020-04#online#1.005129#x"),
        (Span::Year(2020), Spans::Years, "A.1#totals#years", "2020#online#1.005129#x"),
    ] {
        assert_eq!(Key::totals(&agency, span, &online()), Key { pk: pk.into(), sk: sk.into() });
        assert_eq!(spans.span(sk), Some(span));
        assert!(span.first_day() <= day && spans.span("x#online").is_none());
    }
}

#[test]
fn a_key_in_a_dossier_tells_what_it_was_made_of() {
    let (agency, id) = (AgencyCode::parse("A.1").unwrap(), DossierId::from_random(1));
    let message = Key::message(&agency, id, 3, 1, Outlet::Sms);
    assert_eq!(message.sk, "message#0000000003#1#sms");
    assert_eq!(message.message_of(), Some((3, MessageOf::Commit { receiver: 1, outlet: Outlet::Sms })));
    for outlet in Outlet::ALL {
        let message = Key::message(&agency, id, 3, 1, outlet);
        assert_eq!(message.message_of(), Some((3, MessageOf::Commit { receiver: 1, outlet })));
    }
    assert_eq!(Key::message(&agency, id, 3, 1, Outlet::Https).sk, "message#0000000003#1#https");
    let before = Key::message_of_event(&agency, id, 3, 12, 1);
    assert_eq!(before.sk, "message#0000000003#12#1");
    assert_eq!(before.message_of(), Some((3, MessageOf::Event { position: 12, receiver: 1 })));
    assert_eq!(Key::unread(&agency, id, 3).message_of(), Some((3, MessageOf::Unread)));
    let strange = ["message#x#1#sms", "message#0000000003#1#pigeon", "message#0000000003#sms", "message#0000000003"];
    assert!(strange.iter().all(|sk| Key { sk: (*sk).into(), ..message.clone() }.message_of().is_none()));
    assert_eq!(Key::event(&agency, id, 3).event_version(), Some(3));
    assert_eq!(message.dossier(), Some((agency.clone(), id)));
    let others = [Key::state(&agency, id), Key::form(&agency, id, 1), Key::code(&agency, "c#d#0")];
    assert!(others.iter().all(|key| key.message_of().is_none() && key.event_version().is_none()));
    assert_eq!(others[2].dossier(), None);
}

#[test]
fn a_key_tells_what_its_task_is_about() {
    let (agency, id) = (AgencyCode::parse("A.1").unwrap(), DossierId::from_random(1));
    let kinds = [
        (Key::state(&agency, id), Some(TaskKind::Dossier)),
        (Key::message(&agency, id, 1, 0, Outlet::Sms), Some(TaskKind::Message)),
        (Key::message_of_event(&agency, id, 1, 0, 0), Some(TaskKind::Message)),
        (Key::unread(&agency, id, 1), Some(TaskKind::Message)),
        (Key::money(&agency, "ch", "i"), Some(TaskKind::Money)),
        (Key::arrival(&agency, "s", "d"), Some(TaskKind::Arrival)),
        (Key::told(&agency, "dvcqg", id), Some(TaskKind::Telling)),
        (Key::portal_door(&agency, "dvcqg"), Some(TaskKind::Door)),
        (Key::parcel(&agency, ParcelNo::of(2026, 1)), Some(TaskKind::Parcel)),
        (Key::parcel_of(&agency, id), None),
        (Key::tries(&agency, id), None),
        (Key::looks_by_digits(&agency, id), None),
        (Key::stray(&agency, "vnpost", "abc"), Some(TaskKind::Stray)),
        (Key::event(&agency, id, 1), None),
        (Key::seen(&agency, "s", "d"), None),
    ];
    for (key, kind) in kinds {
        assert_eq!(key.task_kind(), kind, "{}", key.sk);
    }
}

#[test]
fn a_partner_s_long_text_cannot_outgrow_a_key() {
    let agency = AgencyCode::parse("A").unwrap();
    let long = "x".repeat(60_000);
    assert!(Key::money(&agency, "ch", &long).pk.len() < 120);
    assert_ne!(Key::money(&agency, "ch", &long).pk, Key::money(&agency, "ch", &long[1..]).pk);
}
