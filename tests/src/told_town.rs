//! A town whose portals are told: many dossiers that live at random, and what the portal and the office know of each.
#![expect(clippy::unwrap_used, reason = "what fails in a story fails the story")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use fastrand::Rng;
use jiff::Timestamp;
use motcua_local::neighbours::outbox::Outbox;
use motcua_local::neighbours::portal::KnownDossier;
use motcua_local::neighbours::sns::Sns;
use motcua_local::rights::in_role;
use motcua_local::wire::stream::Settings;
use motcua_local::wire::{VirtualClock, Wire, database};
use portal_sync::{Begun, NotBegun};
use rules::catalogue::Reason;
use rules::config::{Config, DEMO, Host};
use rules::dossier::{Dossier, Event, Recorded};
use rules::id::DossierId;
use rules::vietnam::portal_instant;
use serde_json::{Map, Value, json};

use crate::prompt::AT_ONCE;
use crate::town::{FEE_VND, MORNING, Town};

/// The national portal of the demo.
pub const NATIONAL: &str = "dvcqg-demo";
/// The provincial one.
pub const PROVINCIAL: &str = "khanhhoa-demo";

/// Returns a configuration in which these portals are told, each of so many dossiers a minute.
#[must_use]
pub fn config(told: &[&str], a_minute: u32) -> Config {
    Config::strict(&configuration(told, a_minute), Host::Loopback).unwrap()
}

/// Returns the text of it.
#[must_use]
pub fn configuration(told: &[&str], a_minute: u32) -> String {
    let mut text = DEMO.to_owned();
    for portal in told {
        let tell = format!(
            "id = \"{portal}\"\ntell = {{ url = \"/local/portals/{portal}\", username = \"motcua\", password = \"p\", \
             service = \"{portal}-bus\", unit = \"H32.1\", a_minute = {a_minute} }}\n"
        );
        text = text.replace(&format!("id = \"{portal}\"\n"), &tell);
    }
    let agency = "\n[[agencies]]\ncode = \"000.00.01.H32\"\nname = \"Ban Quản lý Khu kinh tế Vân Phong\"\n\
                  sms_prefix = \"KKT Van Phong\"\ntelephone = \"0258 000 0000\"\n";
    format!("{text}{agency}{AT_ONCE}")
}

/// Makes a town whose portals are told.
pub async fn town(told: &[&str], a_minute: u32) -> Town {
    town_at(MORNING.parse().unwrap(), told, a_minute).await
}

/// Makes one in which it is `now`.
pub async fn town_at(now: Timestamp, told: &[&str], a_minute: u32) -> Town {
    let clock = VirtualClock::new(now);
    let wire = Wire::in_process(database::memory_with_clock(&clock).unwrap());
    let sns = Sns::new(Outbox::memory(), clock.clone());
    Town::with(clock, config(told, a_minute), wire, sns, Settings::default()).await
}

/// Begins the older dossiers of a portal, as somebody does once by invoking the function.
///
/// # Errors
/// [`NotBegun`].
pub async fn begin_older(town: &Town, portal: &str, pages: u32) -> Result<Begun, NotBegun> {
    let left = AtomicU32::new(pages);
    let time_left = || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
    let site = town.office.site();
    in_role("portal-sync", Box::pin(portal_sync::begin(&site, portal, town.clock.now(), &time_left))).await
}

/// Lets the stream be read, a minute pass, and portals be told.
pub async fn minute(town: &Town) -> portal_sync::Report {
    town.office.deliver().await.unwrap();
    town.minutes(1);
    town.office.tell_portals().await
}

/// Lets minutes pass until nothing is left to be told; panics after `most` minutes.
pub async fn until_told(town: &Town, most: u32) -> portal_sync::Report {
    let mut sum = portal_sync::Report::default();
    for _ in 0..most {
        let report = minute(town).await;
        sum.told += report.told;
        sum.refused += report.refused;
        sum.put_off += report.put_off;
        sum.shut += report.shut;
        sum.errors += report.errors;
        if report == portal_sync::Report::default() && waiting(town).await == 0 {
            return sum;
        }
    }
    panic!("not everything was told in {most} minutes: {sum:?}");
}

/// Counts the dossiers that still wait to be told, due or not.
pub async fn waiting(town: &Town) -> usize {
    let (site, agency) = (town.office.site(), town.agency());
    let mut waiting = 0;
    for portal in town.office.portals().ids() {
        for shard in 0..motcua::store::TELL_SHARDS {
            let pk = motcua::store::tell_pk(&agency, &portal, shard);
            waiting += site.recorder.store().indexed(&pk, None, None).await.unwrap().items.len();
        }
    }
    waiting
}

/// Returns the code of a dossier by its number.
#[must_use]
pub fn code(number: usize) -> String {
    format!("G22.99-200415-{number:04}")
}

/// Lets a number of dossiers live through some weeks of random commands; between them the sweep and the portals work.
pub async fn live(town: &Town, count: usize, seed: u64) -> Vec<DossierId> {
    let mut rng = Rng::with_seed(seed);
    let mut ids = Vec::new();
    for number in 1..=count {
        ids.push(town.submit(&code(number)).await);
    }
    for _ in 0..12 {
        for id in &ids {
            command(town, *id, &mut rng).await;
        }
        minute(town).await;
        town.minutes(rng.u64(60..3_000));
        town.office.sweep().await;
        minute(town).await;
    }
    ids
}

/// Gives one command; one that the dossier refuses changes nothing.
async fn command(town: &Town, id: DossierId, rng: &mut Rng) {
    let open = town.dossier(id).await.unwrap().fees.iter().find(|fee| fee.channel.is_some()).map(|fee| fee.attempt);
    let papers = || json!(["GPXD-DON", "GPXD-BV"]);
    let receipt = |papers: Value| json!({ "papers": papers, "minutes_no": "BB-1", "by": "hand" });
    let (name, body) = match rng.u32(..18) {
        0..=4 => ("accept", json!({})),
        5 => ("ask-fee", json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND })),
        6 | 7 => {
            if let Some(attempt) = open {
                let payment = town.paid(&format!("{id}{attempt:02}"));
                let _ = town.send(&town.callback(&payment)).await;
            }
            return;
        }
        8 | 9 => ("enter-step", json!({ "step": "verification" })),
        10 => ("request-supplement", json!({ "reason": "thiếu giấy tờ", "papers": ["GPXD-BV"] })),
        11 => ("record-receipt", receipt(json!(["GPXD-DON"]))),
        12 => ("record-receipt", receipt(papers())),
        13 => ("waive", json!({ "reason": "supplement", "because": "đã có trong kho dữ liệu" })),
        14 => ("void-pause", json!({ "because": "nhầm" })),
        15 => ("record-result", json!({ "kind": if rng.bool() { "positive" } else { "negative" }, "reason": "x" })),
        16 => ("hand-out", json!({ "to": "applicant", "shown": "citizen_card", "paper_no": "056084000001" })),
        _ if rng.u32(..4) == 0 => ("withdraw", json!({ "reason": "theo đơn" })),
        _ => ("refuse-intake", json!({ "reason": "không thuộc thẩm quyền" })),
    };
    let answer = town.staff("clerk", id, name, &body).await;
    assert!(answer.status().as_u16() < 500, "{name}");
}

/// Returns what differs between the office and a portal, dossier by dossier: states, requests for papers, due dates, steps.
pub async fn differences(town: &Town, portal: &str, ids: &[DossierId]) -> Vec<String> {
    differences_from(town, &town.office.portals().known(portal), ids).await
}

/// Returns the same for a portal that knows this.
pub async fn differences_from(town: &Town, known: &BTreeMap<String, KnownDossier>, ids: &[DossierId]) -> Vec<String> {
    let mut differ = Vec::new();
    for id in ids {
        let (dossier, history) = (town.dossier(*id).await.unwrap(), town.history(*id).await);
        let code = dossier.code.clone().unwrap();
        match known.get(&code) {
            None => differ.push(format!("{code}: not known")),
            Some(known) => differ.extend(differs(&dossier, &history, known).map(|what| format!("{code}: {what}"))),
        }
    }
    differ
}

fn differs(dossier: &Dossier, history: &[Recorded], known: &KnownDossier) -> Option<String> {
    let text =
        |record: &Map<String, Value>, field: &str| record.get(field).and_then(Value::as_str).unwrap_or("").to_owned();
    let status = dossier.stage.portal_status().to_string();
    let due = dossier.due().map(|due| portal_instant(due.at)).unwrap_or_default();
    let last = known.steps.last().map(|step| text(step, "TrangThai")).unwrap_or_default();
    let theirs = [text(&known.dossier, "TrangThaiHoSo"), last, text(&known.dossier, "NgayHenTra")];
    let ours = [status.clone(), status, due];
    if theirs != ours {
        return Some(format!("{theirs:?} for {ours:?}"));
    }
    let requests = known.dossier.get("DanhSachHoSoBoSung").and_then(Value::as_array).cloned().unwrap_or_default();
    let theirs: Vec<_> = requests.iter().map(|it| it["NgayBoSung"].as_str().unwrap_or_default().to_owned()).collect();
    let ours = pauses(history);
    (theirs != ours).then(|| format!("requests {theirs:?} for {ours:?}"))
}

/// Returns when each request for papers began, from nothing but the events.
fn pauses(history: &[Recorded]) -> Vec<String> {
    let (mut all, mut in_pause) = (Vec::new(), false);
    for event in history.iter().flat_map(|commit| &commit.events) {
        match event {
            Event::IntakeSupplementRequested { awaited, .. } => all.push(portal_instant(awaited.since)),
            Event::ClockPaused { awaited, .. } | Event::AwaitedAdded { awaited, .. } => {
                in_pause &= matches!(event, Event::AwaitedAdded { .. });
                if !in_pause && awaited.reason != Reason::Fee {
                    all.push(portal_instant(awaited.since));
                    in_pause = true;
                }
            }
            _ => {}
        }
    }
    all
}

/// Returns the states of the steps that a portal knows of a dossier.
#[must_use]
pub fn steps(known: &BTreeMap<String, KnownDossier>, code: &str) -> Vec<String> {
    known.get(code).map(KnownDossier::states).unwrap_or_default()
}
