//! Fees asked by the catalogue and by clerks, in parts, in cash, through several channels.

use motcua::recorder::{Arrived, RecordError, Settled};
use motcua::site::Site;
use motcua::store::{Owner, TaskKind};
use rules::catalogue::{FeeDue, FeeKind, FeeTerms, Procedure};
use rules::config::{Config, Host};
use rules::dossier::{Action, Dossier, FeeState, PaymentOutcome, Phase, Refusal, ResultKind};
use rules::gateway::Found;
use rules::id::{DossierId, Reference};
use rules::vietnam::written;
use rules::vnd::Vnd;

use super::*;
use crate::fixture::{Office, one as applicant, procedure};
use crate::town::FEE_VND;

fn vnd(amount: u64) -> Vnd {
    Vnd::new(amount).unwrap()
}

/// Gives the procedure a charge on acceptance and a fee on return.
async fn with_fees(office: &Office) {
    let terms = |code: &str, kind, amount, due| FeeTerms {
        code: code.into(),
        name_vi: "Phí thẩm định".into(),
        kind,
        amount_vnd: vnd(amount),
        legal_basis: "NQ 10/2019/NQ-HĐND".into(),
        due,
    };
    let fees = vec![
        terms("PHI", FeeKind::Charge, 200_000, FeeDue::OnAcceptance),
        terms("LE-PHI", FeeKind::Fee, 50_000, FeeDue::OnReturn),
    ];
    let valid_from = Some("2020-04-15".parse().unwrap());
    let procedure = Procedure { fees, version: 2, valid_from, ..procedure() };
    office.site.recorder.catalogue().import(&office.agency, &procedure).await.unwrap();
}

/// Configures the demo office with this line in its agency's entry.
fn configured(office: &mut Office, line: &str) {
    let agency = format!("[[agencies]]\ncode = \"{}\"\nname = \"Ban Quản lý\"\n{line}\n", office.agency);
    let demo = rules::config::DEMO.replacen("[[channels]]", &format!("{agency}[[channels]]"), 1);
    let config = Config::strict(&demo, Host::Loopback).unwrap();
    office.site = Site::new(config, office.store().clone());
}

async fn arrives(office: &Office, channel: &str, identity: &str, id: DossierId, attempt: u8, amount: u64) -> Settled {
    let arrived = Arrived {
        channel: channel.into(),
        reference: Reference { id, attempt }.to_string(),
        found: Found {
            identity: identity.into(),
            amount_vnd: Some(vnd(amount)),
            outcome: PaymentOutcome::Paid,
            at: Some(office.now()),
        },
        digest: format!("{identity}-{amount}"),
        own_merchant: true,
        raw: None,
    };
    office.site.recorder.record_money(&office.agency, &arrived, office.now()).await.unwrap()
}

fn fee(dossier: &Dossier, attempt: u8) -> (Option<&str>, FeeState) {
    let fee = dossier.attempt(attempt).unwrap();
    (fee.channel.as_deref(), fee.state)
}

#[tokio::test]
async fn the_catalogue_s_fees_are_asked_through_the_agency_s_default_channel() {
    let mut office = Office::open().await;
    configured(&mut office, "default_channel = \"momo-demo\"");
    with_fees(&office).await;
    let id = office.accepted(1, applicant()).await;
    let dossier = office.dossier(id).await;
    assert_eq!((dossier.phase(), fee(&dossier, 1)), (Phase::Paused, (Some("momo-demo"), FeeState::Open)));
    arrives(&office, "momo-demo", "m1", id, 1, 200_000).await;
    office.order(id, Action::RecordResult { kind: ResultKind::Positive, reason: None }).await;
    let dossier = office.dossier(id).await;
    assert_eq!((dossier.phase(), fee(&dossier, 2)), (Phase::Done, (Some("momo-demo"), FeeState::Open)));
    let hand_out = office.written(id, crate::fixture::hand_out(), None);
    let refused = office.site.recorder.record(&hand_out).await;
    assert!(matches!(refused, Err(RecordError::Refused(Refusal::FeeOwed))));
    arrives(&office, "momo-demo", "m2", id, 2, 50_000).await;
    office.order(id, crate::fixture::hand_out()).await;
    assert_eq!(office.dossier(id).await.phase(), Phase::Returned);
}

#[tokio::test]
async fn where_several_channels_are_open_and_none_is_the_default_a_clerk_chooses() {
    let office = Office::open().await;
    with_fees(&office).await;
    let id = office.accepted(1, applicant()).await;
    let dossier = office.dossier(id).await;
    assert_eq!((dossier.phase(), fee(&dossier, 1)), (Phase::Accepted, (None, FeeState::Open)));
    office.order(id, Action::AskAgain { attempt: 1, channel: "zalopay-demo".into() }).await;
    assert_eq!(office.dossier(id).await.phase(), Phase::Paused);
    let settled = arrives(&office, "zalopay-demo", "z1", id, 2, 200_000).await;
    assert_eq!(settled, Settled::Now(Owner::Dossier(id)));
    assert_eq!(office.dossier(id).await.phase(), Phase::Accepted);
}

#[test]
fn a_default_channel_must_be_one_of_the_agency_s_and_the_only_one_is_it() {
    let text = |line: &str, channels: &str| {
        format!("id_key = \"0123456789abcdef\"\n[[agencies]]\ncode = \"A\"\nname = \"Một\"\n{line}\n{channels}")
    };
    let channel =
        |id: &str| format!("[[channels]]\nid = \"{id}\"\ngateway = \"payos\"\nkeys = [\"0123456789abcdef\"]\n");
    let till = |line: &str, channels: &str| {
        let config = Config::strict(&text(line, channels), Host::Loopback);
        config.map(|config| config.till(&config.agencies()[0].code)).map_err(|problems| problems.to_string())
    };
    assert_eq!(till("", &channel("one")).unwrap().default_channel.as_deref(), Some("one"));
    assert_eq!(till("", &(channel("one") + &channel("two"))).unwrap().default_channel, None);
    let named = till("default_channel = \"two\"\nvoucher_series = \"BB/21P\"", &(channel("one") + &channel("two")));
    let named = named.unwrap();
    assert_eq!((named.default_channel.as_deref(), named.voucher_series.as_str()), (Some("two"), "BB/21P"));
    assert_eq!(named.in_parts.len(), 2, "payOS brings bank transfers");
    let wrong = till("default_channel = \"three\"", &channel("one")).unwrap_err();
    assert_eq!(wrong, "agencies[0] (A): default_channel: is no channel of this agency");
    assert!(till("voucher_series = \"aa#1\"", &channel("one")).unwrap_err().contains("voucher_series"));
    assert!(till("", &channel("cash")).unwrap_err().contains("kept for what is paid at the desk"));
}

#[tokio::test]
async fn transfers_are_summed_and_what_is_too_much_is_the_dossier_s_and_a_person_s() {
    let office = Office::open().await;
    let id = office.accepted(1, applicant()).await;
    office.order(id, Action::AskFee { channel: "payos-demo".into(), amount_vnd: vnd(200_000) }).await;
    arrives(&office, "payos-demo", "link/1", id, 1, 120_000).await;
    assert_eq!(office.dossier(id).await.debt(1).unwrap().missing_vnd(), vnd(80_000));
    // The same transfer reported again, and one that another gateway's rules would not take.
    assert_eq!(arrives(&office, "payos-demo", "link/1", id, 1, 120_000).await, Settled::Before(Owner::Dossier(id)));
    arrives(&office, "payos-demo", "link/2", id, 1, 100_000).await;
    let dossier = office.dossier(id).await;
    assert_eq!((dossier.phase(), dossier.debt(1).unwrap().paid_vnd), (Phase::Accepted, vnd(200_000)));
    assert_eq!(office.before_a_person(TaskKind::Money).await.len(), 0, "first it is numbered");
    assert_eq!(office.sweep().await.vouchers, 2);
    let page = office.store().money_before_a_person(&office.agency, None).await.unwrap().unwrap();
    let (_, surplus) = &page.items[0];
    let surplus = surplus.as_ref().unwrap();
    assert_eq!((surplus.owner, surplus.surplus_vnd), (Owner::Dossier(id), Some(vnd(20_000))));
}

#[tokio::test]
async fn a_gateway_that_takes_one_amount_never_pays_in_part() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    let part = Payment { amount_vnd: vnd(1_000), ..town.paid(&reference) };
    assert_eq!(crate::town::rsp_code(&town.send(&town.callback(&part)).await), "04");
    assert_eq!(town.dossier(id).await.unwrap().debt(1).unwrap().paid_vnd, Vnd::ZERO);
}

#[tokio::test]
async fn a_fee_asked_again_has_a_fresh_reference_and_late_money_on_the_first_still_pays_it_once() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    let seen = town.clerk(id, "ask-again", json!({ "attempt": 1, "channel": "generic-demo" })).await;
    let fees = &seen["dossier"]["fees"];
    assert_eq!((&fees[0]["state"], &fees[1]["state"]), (&json!("superseded"), &json!("open")));
    assert_eq!((&fees[1]["fee"], fees[1]["reference"].as_str()), (&json!(1), Some(format!("{id}02").as_str())));
    assert_eq!(crate::town::rsp_code(&town.send(&town.callback(&town.paid(&reference))).await), "00");
    assert!(!town.dossier(id).await.unwrap().owes());
    let second = generic(&town, &format!("{id}02"), "g1", &json!({}));
    assert_eq!(town.send(&second).await.status().as_u16(), 200);
    assert_eq!(classes(&listed(&town).await), ["already_paid"]);
}

#[tokio::test]
async fn cash_is_recorded_once_under_its_receipt_and_told_with_its_number() {
    let town = Town::new().await;
    let (id, _) = town.asked("G22-1").await;
    let cash = |attempt: u8, amount: u64, receipt: &str| json!({ "attempt": attempt, "amount_vnd": amount, "receipt_no": receipt });
    let version = town.dossier(id).await.unwrap().version;
    let first = town.command("clerk", id, "record-cash-payment", version, "k1", &cash(1, FEE_VND, "BL-0000123"));
    assert_eq!(json_of(&answered(&town, &first).await)["status"], "recorded");
    assert_eq!(json_of(&answered(&town, &first).await)["status"], "already_recorded");
    let money = town.money("cash", "BL-0000123").await.unwrap();
    assert_eq!((money.owner, money.attempt), (Owner::Dossier(id), Some(1)));
    let (other, _) = town.asked("G22-2").await;
    let answer = town.staff("clerk", other, "record-cash-payment", &cash(1, FEE_VND, "BL-0000123")).await;
    assert_eq!(
        (answer.status().as_u16(), &json_of(&answer)["reason"]["en"]),
        (422, &json!("A receipt of this number was recorded before."))
    );
    let answer = town.staff("clerk", other, "record-cash-payment", &cash(1, FEE_VND + 1, "BL-0000124")).await;
    assert_eq!(answer.status().as_u16(), 422);
    town.office.deliver().await.unwrap();
    let dossier = town.dossier(id).await.unwrap();
    let (code, due_on) = (dossier.called(), written(dossier.due().unwrap().on));
    let text = format!("KKT Van Phong: Da thu 125.000d cho ho so {code}, hen tra {due_on}, bien lai BL-0000123. ");
    let sent: Vec<_> = town.sms().into_iter().map(|sms| sms.text).collect();
    assert_eq!(sent.iter().filter(|sent| sent.starts_with(&text)).count(), 1, "{sent:?}");
}
