//! The story: submit, accept, pay, lack originals, pause, complete, go on, finish.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::clock::Calendar;
use rules::dossier::told;
use rules::vietnam;
use rules::vnd::Vnd;
use serde_json::{Value, json};

use super::teller::Teller;
use super::{DemoError, expect, text};
use crate::senders::Payment;

pub(super) const CODE: &str = "G22.99-200415-0001";
/// The fee of the sample procedure, in đồng.
pub(crate) const FEE_VND: u64 = 125_000;
/// Working days that the sample procedure allows.
const ALLOWED_WORKING_DAYS: u64 = 15;
const PAUSED_ON: &str = "2020-04-17";
const RESUMED_ON: &str = "2020-04-21";

/// Tells it from the beginning to the end.
pub(super) async fn tell(teller: &mut Teller<'_>, morning: Timestamp) -> Result<(), DemoError> {
    teller.say("The life of one dossier: a building permit, filed online, its originals late.")?;
    teller.say("A manager has published the directive of 1 April 2020: originals by post, advice to visitors.")?;
    let id = filed(teller, morning).await?;
    let due_on = accepted(teller, &id).await?;
    paid(teller, &id).await?;
    paused(teller, &id).await?;
    let moved_to = complete(teller, &id).await?;
    finished(teller, &id).await?;
    account(teller, &id, due_on, moved_to).await
}

async fn filed(teller: &mut Teller<'_>, now: Timestamp) -> Result<String, DemoError> {
    teller.step("The national portal files a dossier").await?;
    let form = json!({
        "MaHoSo": CODE, "MaTTHC": "1.005129", "KenhThucHien": "2", "LoaiDoiTuong": "2",
        "ChuHoSo": "Công ty TNHH Thử Nghiệm", "SoDienThoai": "0905000001",
        "NgayNopHoSo": vietnam::portal_instant(now),
    });
    let answer = teller.portal("dossier.submitted", form, now).await?;
    // The message of the arrival waits five minutes, and the acceptance comes before.
    Ok(text(&answer, "/dossier").to_owned())
}

async fn accepted(teller: &mut Teller<'_>, id: &str) -> Result<Date, DemoError> {
    teller.until("2020-04-15T08:03:00+07:00").await?;
    teller.step("A clerk accepts it: the clock starts").await?;
    let dossier = teller.clerk(id, "accept", json!({})).await?;
    expect("due", &date("2020-05-08"), &due_on(&dossier))?;
    Ok(due_on(&dossier))
}

async fn paid(teller: &mut Teller<'_>, id: &str) -> Result<(), DemoError> {
    teller.until("2020-04-15T08:06:00+07:00").await?;
    teller.step("The fee is asked, and the clock waits for it: one message says both").await?;
    let body = json!({ "channel": teller.channel.id, "amount_vnd": FEE_VND });
    let dossier = teller.clerk(id, "ask-fee", body).await?;
    expect("phase", &"paused", &text(&dossier, "/phase"))?;
    teller.message("Da tiep nhan ho so").await?;
    let reference = text(&dossier, "/fees/0/reference").to_owned();

    let now = teller.until("2020-04-15T09:40:00+07:00").await?;
    let amount_vnd = Vnd::new(FEE_VND).expect("a fee is far below 2^53");
    let payment = Payment { reference, transaction: "14422574".into(), amount_vnd, paid: true, at: now };
    teller.step("Somebody forges the callback").await?;
    teller.gateway(&payment, true, now, "97").await?;
    teller.step("VNPAY calls back").await?;
    teller.gateway(&payment, false, now, "00").await?;
    teller.message("tinh tiep, hen tra 08/05/2020").await?;
    teller.step("VNPAY calls back once more: nothing changes").await?;
    teller.gateway(&payment, false, now, "02").await
}

async fn paused(teller: &mut Teller<'_>, id: &str) -> Result<(), DemoError> {
    teller.until("2020-04-15T10:00:00+07:00").await?;
    teller.step("Work enters the step that needs the originals").await?;
    let dossier = teller.clerk(id, "enter-step", json!({ "step": "verification" })).await?;
    expect("phase", &"in_progress", &text(&dossier, "/phase"))?;
    teller.until("2020-04-17T17:10:00+07:00").await?;
    teller.step("Two working days later they are not there: the sweep stops the clock").await?;
    let dossier = teller.dossier(id).await?;
    expect("phase", &"paused", &text(&dossier, "/phase"))?;
    expect("portal status", &json!(5), &dossier["portal_status"])?;
    teller.message("cho 2 ban chinh").await
}

async fn complete(teller: &mut Teller<'_>, id: &str) -> Result<Date, DemoError> {
    teller.until("2020-04-20T09:00:00+07:00").await?;
    teller.step("One of two originals is handed over: still not complete").await?;
    let body = json!({ "papers": ["GPXD-DON"], "minutes_no": "BB-20/04-01", "by": "post" });
    let dossier = teller.clerk(id, "record-receipt", body).await?;
    expect("phase", &"paused", &text(&dossier, "/phase"))?;
    teller.message("da nhan 1/2 ban chinh").await?;
    teller.until("2020-04-21T15:00:00+07:00").await?;
    teller.step("The other one is handed over: the clock goes on at once").await?;
    let body = json!({ "papers": ["GPXD-BV"], "minutes_no": "BB-21/04-01", "by": "hand" });
    let dossier = teller.clerk(id, "record-receipt", body).await?;
    expect("phase", &"in_progress", &text(&dossier, "/phase"))?;
    teller.message("tinh tiep tu 21/04/2020").await?;
    Ok(due_on(&dossier))
}

async fn finished(teller: &mut Teller<'_>, id: &str) -> Result<(), DemoError> {
    teller.until("2020-05-06T10:00:00+07:00").await?;
    teller.step("The result is ready").await?;
    teller.clerk(id, "record-result", json!({ "kind": "positive" })).await?;
    // The advice runs until the epidemic is over.
    teller.message("co ket qua. Deo khau trang, rua tay").await?;
    teller.until("2020-05-07T08:15:00+07:00").await?;
    teller.step("The result is handed out").await?;
    let dossier = teller
        .clerk(id, "hand-out", json!({ "to": "applicant", "shown": "citizen_card", "paper_no": "056084000001" }))
        .await?;
    expect("phase", &"returned", &text(&dossier, "/phase"))?;
    teller.no_more_messages().await
}

/// Prints the history, and the due date counted once more by the calendar alone.
async fn account(teller: &mut Teller<'_>, id: &str, due_on: Date, moved_to: Date) -> Result<(), DemoError> {
    let dossier = teller.dossier(id).await?;
    teller.say("\nHistory")?;
    for item in dossier["history"]["items"].as_array().into_iter().flatten() {
        let at: Timestamp = text(item, "/at").parse().unwrap_or_default();
        let events = item["events"].as_array().into_iter().flatten();
        let names: Vec<_> = events.filter_map(|event| event["is"].as_str()).collect();
        teller.say(&format!("   {:>2}  {}  {}", item["version"], vietnam::date_time(at), names.join(", ")))?;
    }
    teller.say("\nArithmetic")?;
    let calendar = Calendar::official();
    let (mut day, resumed_on) = (date(PAUSED_ON), date(RESUMED_ON));
    let mut stopped = Vec::new();
    while day < resumed_on {
        if calendar.is_working_day(day).unwrap_or(false) {
            stopped.push(day);
        }
        day = day.tomorrow().expect("2020 has a tomorrow");
    }
    let days: Vec<_> = stopped.iter().map(|day| vietnam::written(*day)).collect();
    teller.say(&format!("   due before the pause      {}", vietnam::written(due_on)))?;
    teller.say(&format!("   working days stopped      {} ({})", stopped.len(), days.join(", ")))?;
    teller.say(&format!("   due after the pause       {}", vietnam::written(moved_to)))?;
    let stopped = u32::try_from(stopped.len()).unwrap_or_default();
    let expected = calendar.add_working_days(due_on, stopped).expect("2020 has its holidays");
    expect("moved due date", &expected, &moved_to)?;
    explained(teller, &dossier)?;
    teller.say("\nEverything was as told.")
}

/// Prints the clock's own account: every stretch with reasons, articles and actors, and the sentence for the citizen.
fn explained(teller: &mut Teller<'_>, dossier: &Value) -> Result<(), DemoError> {
    teller.say("\nThe clock explains itself")?;
    let segments = dossier["clock"]["segments"].as_array();
    let mut running = 0;
    for segment in segments.into_iter().flatten() {
        let wall = |end: &str| segment[end].as_str().and_then(|at| at.parse().ok()).map(vietnam::date_time);
        let (from, to) = (wall("from").unwrap_or_default(), wall("to").unwrap_or_else(|| "…".into()));
        let (kind, counted) = (text(segment, "/kind"), segment["counted"].as_u64().unwrap_or_default());
        running += if kind == "running" { counted } else { 0 };
        teller.say(&format!("   {from} – {to}  {kind:<8} {counted:>2}"))?;
        for cause in segment["causes"].as_array().into_iter().flatten() {
            let actor = serde_json::from_value(cause["actor"].clone()).ok();
            let actor = actor.map(|actor| told(&actor)[0].clone()).unwrap_or_default();
            teller.say(&format!("      {} ({}; {actor})", text(cause, "/vi"), text(cause, "/legal_basis")))?;
        }
    }
    expect("the running days add up to the allowance", &ALLOWED_WORKING_DAYS, &running)?;
    teller.say(&format!("   {}", text(dossier, "/clock/explanation/vi")))?;
    teller.say(&format!("   {}", text(dossier, "/clock/explanation/en")))
}

fn due_on(dossier: &Value) -> Date {
    text(dossier, "/due/on").parse().unwrap_or_default()
}

fn date(text: &str) -> Date {
    text.parse().expect("the story's dates are dates")
}
