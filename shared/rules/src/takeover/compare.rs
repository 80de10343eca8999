//! The outcome of a takeover, compared with the data of the earlier software.

use jiff::civil::Date;

use super::{Fault, Line, Originals};
use crate::catalogue::Procedure;
use crate::dossier::{Awaited, Dossier, FeeState, Phase, Recorded, Terms, explanation_in_brief};
use crate::language::Language;
use crate::phone::{self, Phone};
use crate::vietnam;

/// Explains why a history does not fit the status of its line.
pub(super) fn other_status(line: &Line, dossier: &Dossier) -> String {
    let told = format!("is {}, and this history leads to {}", line.status, dossier.stage.portal_status());
    let Some(pause) = dossier.pause() else { return told };
    let named = |thing: &Awaited| [vec![thing.reason.to_string()], thing.papers.clone()].concat();
    let things = pause.awaited.iter().flat_map(named).collect::<Vec<_>>().join(", ");
    let since = vietnam::date_time(pause.since);
    format!(
        "{told}: by the procedure the clock stands since {since} for {things}; what is in belongs in BanChinhDaNhan"
    )
}

/// Returns the points that should be looked at.
pub(super) fn warnings(line: &Line, dossier: &Dossier, history: &[Recorded], terms: Terms<'_>) -> Vec<Fault> {
    let mut warnings: Vec<Fault> = due(line, dossier, history, terms).into_iter().collect();
    warnings.extend(terms.procedure.and_then(|procedure| unlisted(line, procedure)));
    let told = |code: &str| line.fees.iter().any(|fee| fee.code.as_deref() == Some(code));
    for fee in dossier.fees.iter().filter(|fee| fee.state == FeeState::Open) {
        if let Some(code) = fee.code.as_deref().filter(|code| !told(code)) {
            let what = format!("{code} of {} stays owed: the line tells of no payment", fee.amount_vnd);
            warnings.push(Fault::new("MaPhiLePhi", what));
        }
    }
    let parties = [("SoDienThoai", Some(&line.person.applicant)), ("NguoiNop.SoDienThoai", line.person.filer.as_ref())];
    for (column, phone) in parties.map(|(column, party)| (column, party.and_then(|party| party.phone.as_deref()))) {
        if let Some([_, remark]) = phone.and_then(phone::remark) {
            let takes_sms = phone.is_some_and(|phone| Phone::first(phone).is_ok_and(|phone| phone.takes_sms()));
            let what = if takes_sms { remark.to_owned() } else { format!("takes no SMS: {remark}") };
            warnings.push(Fault::new(column, what));
        }
    }
    warnings
}

/// Returns a fault if originals are outside of the check-list, as those of another version's list are. What a pause
/// awaits may be any paper.
fn unlisted(line: &Line, procedure: &Procedure) -> Option<Fault> {
    let Originals::Named(papers) = &line.originals else { return None };
    let outside = papers.iter().filter(|paper| procedure.paper_of(Some(paper), paper).is_none()).count();
    let told = if outside == 1 { "is" } else { "are" };
    let Procedure { code, version, .. } = procedure;
    let what = format!("{outside} of its papers {told} not in the check-list of {code} version {version}");
    // A procedure without a check-list says nothing of its papers.
    (outside > 0 && !procedure.papers.is_empty()).then(|| Fault::new("BanChinhDaNhan", what))
}

/// Returns a fault if the earlier software has another due date. While the clock is stopped, ours is the former one.
fn due(line: &Line, dossier: &Dossier, history: &[Recorded], terms: Terms<'_>) -> Option<Fault> {
    let (theirs, clock) = (line.due_on?, dossier.clock.as_ref()?);
    let why = || explanation_in_brief(dossier, history, terms, Language::Vi).unwrap_or_default();
    let what = match clock.due {
        Some(ours) if ours.on == theirs => return None,
        Some(ours) => format!("is {}, counted here {}: {}", written(theirs), written(ours.on), why()),
        None if !clock.gap.is_empty() => {
            let years: Vec<_> = clock.gap.iter().map(ToString::to_string).collect();
            format!("cannot be compared: there is no table of days off for {}", years.join(", "))
        }
        None if dossier.phase() == Phase::Paused => return None,
        None => format!("is {}, and here no date is counted yet", written(theirs)),
    };
    Some(Fault::new("NgayHenTra", what))
}

fn written(day: Date) -> String {
    vietnam::written(day)
}
