//! The days that a dossier was promised for, one after the other: each with what moved it.

use jiff::Timestamp;
use jiff::civil::Date;

use super::super::{Dossier, Event, Recorded, evolve};
use crate::language::Both;

/// A change of the day on which the result is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Time at which it was recorded.
    pub at: Timestamp,
    /// The day that held before; `None` at the first.
    pub was: Option<Date>,
    /// The day that holds from then on.
    pub is: Date,
    /// The reason.
    pub why: Both,
}

/// Returns every change of the due day, oldest first. A stopped clock has no day; the one that holds afterwards is compared
/// with the last one before.
#[must_use]
pub fn moves(dossier: &Dossier, history: &[Recorded]) -> Vec<Move> {
    let Dossier { agency, id, procedure, submitted_at, .. } = dossier.clone();
    let mut lived = Dossier::before(agency, id, procedure, submitted_at);
    let (mut moves, mut was) = (Vec::new(), None);
    for commit in history {
        lived = commit.events.iter().fold(lived, evolve);
        let Some(is) = lived.due().map(|due| due.on) else { continue };
        if was != Some(is) {
            moves.push(Move { at: commit.recorded_at, was, is, why: why(&commit.events) });
            was = Some(is);
        }
    }
    moves
}

/// The reason that one of these events gives.
fn why(events: &[Event]) -> Both {
    let given = events.iter().rev().find_map(|event| match event {
        Event::Apologised { .. } => Some(["cơ quan xin lỗi và hẹn lại", "the office apologised and named another day"]),
        Event::ClockResumed { policy: crate::clock::Policy::Restart, .. } => {
            Some(["đã nhận đủ, tính lại từ đầu", "everything is in, and the count began anew"])
        }
        Event::ClockResumed { .. } => {
            Some(["đã nhận đủ, tính tiếp phần còn lại", "everything is in, and the count went on"])
        }
        Event::PauseVoided { .. } => Some(["việc tạm dừng bị hủy", "the pause was void"]),
        Event::Recounted(_) => Some(["lịch làm việc thay đổi", "the days off or the office hours changed"]),
        Event::DueCounted { .. } => Some(["đã có lịch nghỉ chính thức", "the official days off became known"]),
        Event::ClockStarted { .. } => Some(["bắt đầu tính thời hạn", "the count began"]),
        Event::Reopened { .. } => Some(["hồ sơ được mở lại", "the dossier was opened again"]),
        _ => None,
    });
    given.unwrap_or(["hồ sơ thay đổi", "the dossier changed"])
}
