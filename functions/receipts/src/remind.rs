//! The reminder of tables that nobody reported: one letter a day to the reporter that the provider's entry names.

use jiff::{SignedDuration, Timestamp};
use motcua::site::Site;
use motcua::store::{Error, ReceiptDay, Reminder, Store};
use motcua::tell::{Email, Mailbox};
use rules::config::{Agency, ReceiptProvider};
use rules::message::{Letter, Unreported};
use rules::receipt::{TOLD_FROM, reminds};
use rules::vietnam;

use crate::report::Report;

/// Path of the page that lists what is not reported.
const PAGE: &str = "/desk/receipts";
/// Time after which a try that was not marked as sent is taken over: longer than this function may run.
const TAKEN_OVER: SignedDuration = SignedDuration::from_mins(2);
/// Tries of one day. A letter twice is a smaller harm than a table that nobody reports, so a try that was interrupted is repeated.
const MOST_TRIES: u32 = 3;

/// Reminds the agency's reporter, if there is one with an address, if it is time, and if today's letter did not leave yet.
pub(crate) async fn remind(
    site: &Site,
    email: &Email,
    agency: &Agency,
    now: Timestamp,
    report: &mut Report,
) -> Result<(), Error> {
    let (today, time) = (vietnam::day(now), vietnam::civil(now).time());
    let Some(to) = site.config.receipts_of(agency.key(), today).filter(|_| time >= TOLD_FROM) else { return Ok(()) };
    let Some(mailbox) = to.reporter_email.as_deref().and_then(|it| Mailbox::parse(it).ok()) else { return Ok(()) };
    let store = site.recorder.store();
    let before = store.reminder(agency.key(), today).await?;
    let Some(begun) = next(before, now) else { return Ok(()) };
    let days = store.unreported_days(agency.key(), now).await?;
    let dates: Vec<_> = days.iter().map(|day| day.day).collect();
    // A year without a table of days off has no day on which nobody is told.
    let is_working_day = site.recorder.office(agency.key()).calendar.is_working_day(today).unwrap_or(true);
    let Some(told) = told(&days).filter(|_| reminds(today, is_working_day, &dates)) else { return Ok(()) };
    if !store.note_reminder(agency.key(), today, &begun).await? {
        return Ok(());
    }
    let page = site.config.desk_url().map(|desk| format!("{desk}{PAGE}"));
    let letter = Letter::unreported(told, &agency.name, page.as_deref());
    // The id of the day: mail programs show two copies of it as one.
    let id = format!("receipts.{}.{today}", to.id);
    match email.send_to_staff(agency, &mailbox, &letter, &id, now).await {
        Ok(()) => sent(store, (agency, to), Reminder { sent_at: Some(now), ..begun }, report).await,
        Err(reason) => {
            report.unreminded += 1;
            // The alarm in infra/template.yaml waits for these words.
            tracing::error!(provider = to.id, reason, days = told.days, "a reminder of receipts did not leave");
            Ok(())
        }
    }
}

async fn sent(
    store: &Store,
    (agency, to): (&Agency, &ReceiptProvider),
    reminder: Reminder,
    report: &mut Report,
) -> Result<(), Error> {
    report.reminded += 1;
    tracing::info!(provider = to.id, tries = reminder.tries, "a reporter is reminded");
    let (day, after) = (vietnam::day(reminder.begun_at), Reminder { version: reminder.version + 1, ..reminder });
    store.note_reminder(agency.key(), day, &after).await.map(|_| ())
}

/// Returns the try that follows now; `None` if the letter left, if another run is at it, or if it was tried often enough.
fn next(before: Option<Reminder>, now: Timestamp) -> Option<Reminder> {
    match before {
        None => Some(Reminder { begun_at: now, tries: 1, sent_at: None, version: 1 }),
        Some(it) => {
            let free = it.sent_at.is_none() && it.tries < MOST_TRIES && now >= it.begun_at + TAKEN_OVER;
            free.then(|| Reminder { begun_at: now, tries: it.tries + 1, version: it.version + 1, ..it })
        }
    }
}

fn told(days: &[ReceiptDay]) -> Option<Unreported> {
    let rows = days.iter().map(ReceiptDay::unreported).fold(0, u64::saturating_add);
    Some(Unreported { days: days.len() as u64, oldest: days.first()?.day, rows })
}
