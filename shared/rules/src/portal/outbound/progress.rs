//! The steps of a dossier, as rows of `TienTrinh`.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::subject::{Handler, Subject};
use super::text::{Fields, Lengths, cut};
use super::walk::{Moment, walk};
use super::words;
use crate::dossier::{Actor, Dossier, Event};
use crate::vietnam::portal_instant;

/// The most rows that a portal takes in one call.
pub const MOST_ROWS: usize = 10;

/// The handler of what no person did.
const SYSTEM: &str = "Hệ thống một cửa điện tử";
/// A member of staff whose name the office does not know.
const STAFF: &str = "Cán bộ một cửa";

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The version that it tells of.
    pub version: u64,
    /// `TrangThai`.
    pub status: u8,
    /// The row itself.
    pub fields: Map<String, Value>,
}

/// A row that further events of its commit may still be told in.
struct Draft {
    version: u64,
    status: u8,
    at: Timestamp,
    handler: Handler,
    words: Vec<String>,
    since: Timestamp,
    until: Option<Timestamp>,
}

/// Returns the rows from the first version on. The events of one commit that leave the dossier in the same state are one
/// row.
pub(super) fn rows(subject: &Subject<'_>, code: &str) -> Vec<Row> {
    let mut drafts: Vec<Draft> = Vec::new();
    let _ = walk(subject, |moment| {
        let last = drafts.last().map(|row| row.status);
        // Between two events of one commit a pause may await nothing any more; that is no state of its own.
        let status = match last {
            Some(last) if moment.after.pause().is_some_and(|pause| pause.awaited.is_empty()) => last,
            Some(_) | None => moment.after.stage.portal_status(),
        };
        let moved = last != Some(status);
        let Some(told) = words::of(moment.event).or_else(|| moved.then(|| words::status(moment.after))) else { return };
        let same = drafts.last_mut().filter(|row| row.version == moment.commit.version && row.status == status);
        match same {
            Some(row) => {
                row.words.push(told);
                row.until = until(moment.after);
            }
            None => {
                // A clock that was set back never makes a step earlier than the one before it.
                let at = drafts.last().map_or(moment.commit.recorded_at, |row| row.at.max(moment.commit.recorded_at));
                drafts.push(draft(subject, moment, (status, at, told)));
            }
        }
    });
    drafts.into_iter().map(|draft| row(subject, code, draft)).collect()
}

fn draft(subject: &Subject<'_>, moment: &Moment<'_>, (status, at, told): (u8, Timestamp, String)) -> Draft {
    Draft {
        version: moment.commit.version,
        status,
        at,
        handler: handler(subject, moment),
        words: vec![told],
        since: moment.after.received_at(),
        until: until(moment.after),
    }
}

/// Returns the instant by which the office has to act: the date that holds, or before acceptance the end of its limit.
fn until(dossier: &Dossier) -> Option<Timestamp> {
    dossier.due().map(|due| due.at).or(dossier.accept_until)
}

/// Returns the person in charge after the event: who was given the dossier, or else who acted (NĐ 224/2026 art. 15(1)(g)).
fn handler(subject: &Subject<'_>, moment: &Moment<'_>) -> Handler {
    match moment.event {
        Event::Forwarded { to } | Event::PutToLeader { to } => of_account(subject, to),
        _ => of_actor(subject, &moment.commit.actor),
    }
}

pub(super) fn of_actor(subject: &Subject<'_>, actor: &Actor) -> Handler {
    match actor {
        Actor::Staff(account) | Actor::Takeover(account) => of_account(subject, account),
        Actor::Portal(_) | Actor::Gateway(_) | Actor::Post(_) | Actor::Applicant | Actor::Sweep => {
            Handler { name: SYSTEM.to_owned(), title: String::new() }
        }
    }
}

/// An account that nobody named is not told: it is the office's own.
fn of_account(subject: &Subject<'_>, account: &str) -> Handler {
    let known = subject.staff.get(account).filter(|known| !known.name.trim().is_empty()).cloned();
    known.unwrap_or_else(|| Handler { name: STAFF.to_owned(), title: STAFF.to_owned() })
}

fn row(subject: &Subject<'_>, code: &str, draft: Draft) -> Row {
    let mut fields = Fields::default();
    fields.set("MaHoSo", code);
    fields.set("NguoiXuLy", cut(&draft.handler.name, Lengths::HANDLER));
    fields.set("ChucDanh", cut(&draft.handler.title, Lengths::OTHER));
    fields.set("ThoiDiemXuLy", portal_instant(draft.at));
    fields.set("PhongBanXuLy", cut(subject.agency_name, Lengths::OTHER));
    fields.set("NoiDungXuLy", cut(&draft.words.join("; "), Lengths::OTHER));
    fields.set("TrangThai", draft.status.to_string());
    fields.set("NgayBatDau", portal_instant(draft.since));
    fields.maybe("NgayKetThucTheoQuyDinh", draft.until.map(portal_instant));
    Row { version: draft.version, status: draft.status, fields: fields.done() }
}

/// Returns the first rows of `rows` that one call takes: whole versions, so that a version alone says how far a portal
/// knows a dossier. A version with more rows than one call takes is told by its last ones, which say how it ended.
#[must_use]
pub fn chunk(rows: &[Row]) -> (&[Row], &[Row]) {
    let Some(first) = rows.first() else { return (rows, rows) };
    let own = rows.iter().take_while(|row| row.version == first.version).count();
    if own > MOST_ROWS {
        return (&rows[own - MOST_ROWS..own], &rows[own..]);
    }
    let mut most = rows.len().min(MOST_ROWS);
    while most < rows.len() && most > own && rows[most].version == rows[most - 1].version {
        most -= 1;
    }
    rows.split_at(most)
}
