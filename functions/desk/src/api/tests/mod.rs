//! Rights of each role, and complaints made before anything is looked up.

mod bodies;
mod filing;
mod limits;

use std::collections::BTreeMap;

use bytes::Bytes;
use http::Method;
use rules::config::{Config, Host};
use rules::dossier::Kind;
use rules::http::{MAX_BODY, Reply, Request};

use super::*;
use crate::permission::Role;

fn now() -> Timestamp {
    "2020-04-15T02:00:00Z".parse().unwrap()
}

fn claims(given: &[(&str, &str)]) -> BTreeMap<String, String> {
    given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub(crate) fn request(method: Method, path: &str, headers: &[(&'static str, &str)], body: &str) -> Request {
    let mut request = http::Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Bytes::copy_from_slice(body.as_bytes())).unwrap()
}

fn status<T>(answer: Result<T, Answer>) -> u16 {
    answer.err().map_or(200, |answer| answer.reply().status().as_u16())
}

#[test]
fn nobody_without_claims_and_nobody_of_another_office_gets_in() {
    let config = Config::demo();
    let of = |given: &[(&str, &str)]| status(Staff::of(&config, &claims(given)).map_err(Answer::from));
    let agency = ("agency", "000.00.01.H32");
    assert_eq!(of(&[("sub", "u-1"), agency, ("role", "clerk")]), 200);
    assert_eq!(of(&[]), 401);
    assert_eq!(of(&[agency, ("role", "clerk")]), 401);
    assert_eq!(of(&[("sub", ""), agency, ("role", "clerk")]), 401);
    assert_eq!(of(&[("sub", "a b"), agency, ("role", "clerk")]), 401);
    assert_eq!(of(&[("sub", &"x".repeat(129)), agency, ("role", "clerk")]), 401);
    assert_eq!(of(&[("sub", "u-1"), ("role", "clerk")]), 403);
    assert_eq!(of(&[("sub", "u-1"), ("agency", "000.00.99.H32"), ("role", "clerk")]), 403);
    assert_eq!(of(&[("sub", "u-1"), agency]), 403);
    assert_eq!(of(&[("sub", "u-1"), agency, ("role", "Manager")]), 403);
}

#[test]
fn the_staff_s_agency_is_the_configuration_s() {
    let two = r#"
        id_key = "0123456789abcdef"
        [[agencies]]
        code = "A.1"
        name = "Một"
        [[agencies]]
        code = "A.2"
        name = "Hai"
    "#;
    let config = Config::strict(two, Host::Loopback).unwrap();
    let staff = Staff::of(&config, &claims(&[("sub", "u"), ("agency", "A.2"), ("role", "clerk")])).unwrap();
    assert_eq!(staff.agency.as_str(), "A.2");
}

#[test]
fn a_manager_alone_undoes_decisions_and_moves_dates_and_an_administrator_commands_nothing() {
    for spec in &commands::COMMANDS {
        let manager_s = matches!(spec.kind, Kind::Reopen | Kind::Apologise | Kind::SettleDates | Kind::AttachMoney);
        assert!(Role::Manager.may(spec.kind), "{}", spec.name);
        assert_eq!(Role::Clerk.may(spec.kind), !manager_s, "{}", spec.name);
        assert_eq!(Role::Specialist.may(spec.kind), !manager_s, "{}", spec.name);
        assert!(!Role::Administrator.may(spec.kind), "{}", spec.name);
    }
}

#[test]
fn staff_have_a_command_for_every_kind_but_what_partners_and_time_bring() {
    for kind in Kind::ALL {
        let given = commands::COMMANDS.iter().filter(|spec| spec.kind == kind).count();
        // A decision about money is given on the money, and what a parcel holds on its manifest.
        let elsewhere = [Kind::Submit, Kind::AttachMoney, Kind::PutInParcel, Kind::TakeOffParcel];
        let of_others = [
            Kind::RecordPayment,
            Kind::RecordSupplement,
            Kind::AnnounceOriginals,
            Kind::AnnounceFiles,
            Kind::ChangeFiling,
            Kind::RecordFailedAttempt,
            Kind::Wake,
        ];
        let here = !elsewhere.contains(&kind) && !of_others.contains(&kind);
        assert_eq!(given, usize::from(here), "{kind:?}");
        let anybody = [Role::Clerk, Role::Specialist, Role::Manager, Role::Administrator].iter().any(|it| it.may(kind));
        assert_eq!(anybody, !of_others.contains(&kind), "{kind:?}");
    }
}

#[test]
fn a_manager_alone_decides_money_and_others_note_its_receipt() {
    for (name, roles) in [
        ("attach", [false, false, true, false]),
        ("mark-refund", [false, false, true, false]),
        ("refunded", [false, false, true, false]),
        ("cancel-voucher", [false, false, true, false]),
        ("official-receipt", [true, true, true, false]),
    ] {
        let kind = money::find(name).unwrap().kind;
        let may = [Role::Clerk, Role::Specialist, Role::Manager, Role::Administrator].map(|role| role.may(kind));
        assert_eq!(may, roles, "{name}");
    }
}

#[test]
fn paths_and_methods_lead_where_they_say() {
    let route = |method: Method, path: &str| match Route::of(&request(method, path, &[], "")) {
        Ok(Route::File) => "file".to_owned(),
        Ok(Route::Read(name)) => format!("read {name}"),
        Ok(Route::PayLink(name)) => format!("pay-link {name}"),
        Ok(Route::Command(name, spec)) => format!("{} {name}", spec.name),
        Ok(Route::ListMoney) => "money".to_owned(),
        Ok(Route::ReadMoney(name)) => format!("money {name}"),
        Ok(Route::Decide(name, _)) => format!("decide {name}"),
        Ok(Route::ListCalls) => "calls".to_owned(),
        Ok(Route::ReadCall(name)) => format!("call {name}"),
        Ok(Route::RecordCall(name)) => format!("record call {name}"),
        Ok(Route::Procedure(code)) => format!("procedure {code}"),
        Ok(Route::Import(code, version)) => format!("import {code} {version}"),
        Ok(Route::TakeOver) => "take over".to_owned(),
        Err(answer) => {
            let response = answer.reply();
            format!("{} {}", response.status().as_u16(), response.header("allow").unwrap_or_default())
        }
    };
    for (method, path, expected) in [
        (Method::POST, "/api/v1/dossiers", "file"),
        (Method::GET, "/api/v1/dossiers", "405 POST"),
        (Method::GET, "/api/v1/dossiers/7K3M9P2QX4AB", "read 7K3M9P2QX4AB"),
        (Method::GET, "/api/v1/dossiers/H32%2F1+2-%C4%91", "read H32/1+2-đ"),
        (Method::HEAD, "/api/v1/dossiers/X", "read X"),
        (Method::DELETE, "/api/v1/dossiers/X", "405 GET"),
        (Method::GET, "/api/v1/dossiers/", "404 "),
        (Method::GET, "/api/v1/dossiers/%ff", "404 "),
        (Method::POST, "/api/v1/dossiers/X/ask-fee", "ask-fee X"),
        (Method::PUT, "/api/v1/dossiers/X/ask-fee", "405 POST"),
        (Method::POST, "/api/v1/dossiers/X/pay-link", "pay-link X"),
        (Method::GET, "/api/v1/dossiers/X/pay-link", "405 POST"),
        (Method::POST, "/api/v1/dossiers/X/Ask-Fee", "404 "),
        (Method::POST, "/api/v1/dossiers/X/wake", "404 "),
        (Method::POST, "/api/v1/dossiers/X/accept/", "404 "),
        (Method::POST, "/api/v1/dossiersX", "404 "),
        (Method::GET, "/api/v1/money", "money"),
        (Method::POST, "/api/v1/money", "405 GET"),
        (Method::GET, "/api/v1/money/abc", "money abc"),
        (Method::POST, "/api/v1/money/abc", "405 GET"),
        (Method::POST, "/api/v1/money/abc/attach", "decide abc"),
        (Method::GET, "/api/v1/money/abc/attach", "405 POST"),
        (Method::POST, "/api/v1/money/abc/burn", "404 "),
        (Method::GET, "/api/v1/moneyabc", "404 "),
        (Method::GET, "/api/v1/calls", "calls"),
        (Method::POST, "/api/v1/calls", "405 GET"),
        (Method::GET, "/api/v1/calls/abc", "call abc"),
        (Method::POST, "/api/v1/calls/abc/outcome", "record call abc"),
        (Method::GET, "/api/v1/calls/abc/outcome", "405 POST"),
        (Method::POST, "/api/v1/calls/abc/outcomes", "404 "),
        (Method::GET, "/api/v1/callsabc", "404 "),
        (Method::GET, "/api/v1/procedures/1.005129", "procedure 1.005129"),
        (Method::PUT, "/api/v1/procedures/1.005129/2", "import 1.005129 2"),
        (Method::GET, "/api/v1/procedures/1.005129/2", "405 PUT"),
        (Method::PUT, "/api/v1/procedures/1.005129", "405 GET"),
        (Method::GET, "/api/v1/procedures/", "404 "),
        (Method::POST, "/api/v1/takeover", "take over"),
        (Method::GET, "/api/v1/takeover", "405 POST"),
        (Method::GET, "/", "404 "),
    ] {
        assert_eq!(route(method.clone(), path), expected, "{method} {path}");
    }
}

#[test]
fn a_command_names_the_version_it_was_decided_on() {
    let read = |values: &[&str]| {
        let given: Vec<_> = values.iter().map(|value| ("if-match", *value)).collect();
        headers::expected_version(&request(Method::POST, "/", &given, ""))
            .map_err(|answer| answer.reply().status().as_u16())
    };
    assert_eq!(read(&["\"12\""]), Ok(12));
    assert_eq!(read(&["12"]), Ok(12));
    assert_eq!(read(&[]), Err(428));
    for odd in ["", "*", "W/\"12\"", "\"12", "\"\"", "-1", "+1", "1.0", "18446744073709551616", "\"1\", \"2\""] {
        assert_eq!(read(&[odd]), Err(400), "{odd}");
    }
    assert_eq!(read(&["1", "2"]), Err(400));
}

#[test]
fn an_idempotency_key_is_one_to_a_hundred_visible_characters() {
    let read = |values: &[&str]| {
        let given: Vec<_> = values.iter().map(|value| ("idempotency-key", *value)).collect();
        headers::idempotency_key(&request(Method::POST, "/", &given, "")).is_ok()
    };
    assert!(read(&["7f0e"]));
    assert!(read(&[&"x".repeat(100)]));
    assert!(!read(&[]));
    assert!(!read(&[""]));
    assert!(!read(&["a b"]));
    assert!(!read(&["đ"]));
    assert!(!read(&[&"x".repeat(101)]));
    assert!(!read(&["a", "a"]));
}

#[test]
fn a_body_says_that_it_is_json_and_has_a_limit() {
    let read = |content_type: Option<&str>, body: &str| {
        let given: Vec<_> = content_type.into_iter().map(|value| ("content-type", value)).collect();
        status(headers::json_body(&request(Method::POST, "/", &given, body)))
    };
    assert_eq!(read(Some("application/json"), "{}"), 200);
    assert_eq!(read(Some("Application/Json; charset=utf-8"), "{}"), 200);
    assert_eq!(read(Some("application/json"), ""), 400);
    assert_eq!(read(None, "{}"), 415);
    assert_eq!(read(Some("text/plain"), "{}"), 415);
    assert_eq!(read(Some("application/x-www-form-urlencoded"), "{}"), 415);
    let full = format!("{{\"a\":\"{}\"}}", "x".repeat(MAX_BODY - 8));
    assert_eq!(read(Some("application/json"), &full), 200);
    assert_eq!(read(Some("application/json"), &format!("{full} ")), 413);
}
