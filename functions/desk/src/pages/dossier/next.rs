//! Order of a dossier's commands on its page: the one that comes next, those beside it, and the others in groups.

use rules::catalogue::{Procedure, Reason};
use rules::dossier::{Awaited, Dossier, Kind, Stage};
use rules::language::Both;

use crate::api::commands::Spec;

/// Number of buttons beside the main one.
const BESIDE: usize = 3;
/// Name of the step in which a result goes out; it follows the result.
const RETURN: &str = "return";

/// Thing that a dossier waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wants {
    /// Acceptance.
    Acceptance,
    /// Papers of the applicant, before or after acceptance.
    Papers,
    /// A fee, while the clock is stopped or before the result goes out.
    Fee,
    /// A document of another body.
    Document,
    /// The next step.
    Step,
    /// The result.
    Result,
    /// Somebody who comes for the result.
    HandOut,
    /// The post, which brings the result.
    Posting,
    /// Word from the post.
    Delivery,
    /// Nothing: it is over.
    Nothing,
}

/// Limit that is over or nearly so, and brings other commands forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    /// None.
    No,
    /// The applicant's wait was missed: somebody decides.
    Missed,
    /// The due date is over or near, and no other was promised.
    Due,
}

/// Group of commands that are needed seldom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// The dossier itself.
    Dossier,
    /// Fees.
    Fees,
    /// The people.
    People,
    /// Its end.
    End,
}

/// The commands of a dossier as its page has them.
pub(super) struct Order {
    /// The one that comes next; `None` if nothing is to be done.
    pub first: Option<&'static Spec>,
    /// Those beside it.
    pub beside: Vec<&'static Spec>,
    /// The others, in their groups.
    pub groups: Vec<(Group, Vec<&'static Spec>)>,
}

impl Wants {
    /// Tells what a dossier waits for.
    pub(super) fn of(dossier: &Dossier, procedure: Option<&Procedure>) -> Self {
        match &dossier.stage {
            Stage::Submitted => Self::Acceptance,
            Stage::Incomplete(_) => Self::Papers,
            Stage::Running(_) if steps_ahead(dossier, procedure) => Self::Step,
            Stage::Running(_) => Self::Result,
            Stage::Paused(pause) => awaits(&pause.awaited),
            Stage::Done { .. } if dossier.owes() => Self::Fee,
            Stage::Done { .. } if dossier.returns_by_post == Some(true) => Self::Posting,
            Stage::Done { .. } => Self::HandOut,
            Stage::InPost { .. } => Self::Delivery,
            Stage::Returned { .. } | Stage::NotAccepted | Stage::Withdrawn | Stage::Closed(_) => Self::Nothing,
        }
    }

    /// The command that comes next.
    fn first(self) -> Option<Kind> {
        Some(match self {
            Self::Acceptance => Kind::Accept,
            Self::Papers => Kind::RecordReceipt,
            Self::Fee => Kind::RecordCash,
            Self::Document => Kind::RecordDocument,
            Self::Step => Kind::EnterStep,
            Self::Result => Kind::RecordResult,
            Self::HandOut => Kind::HandOut,
            Self::Posting => Kind::PostResult,
            Self::Delivery => Kind::RecordDelivery,
            Self::Nothing => return None,
        })
    }

    /// Commands that may stand beside it, the likeliest first.
    fn likely(self, pressed: Pressed) -> &'static [Kind] {
        match (self, pressed) {
            (Self::Acceptance, _) => &[Kind::RequestSupplement, Kind::RefuseIntake, Kind::Forward],
            (Self::Papers, Pressed::Missed) => &[Kind::RefuseIntake, Kind::Close, Kind::RecordResult, Kind::Waive],
            (Self::Papers, Pressed::No | Pressed::Due) => {
                &[Kind::RefuseIntake, Kind::Waive, Kind::VoidPause, Kind::Forward]
            }
            (Self::Fee | Self::Document, Pressed::Missed) => &[Kind::Close, Kind::RecordResult, Kind::Waive],
            (Self::Document, Pressed::No | Pressed::Due) => &[Kind::Waive, Kind::VoidPause, Kind::Forward],
            (Self::Fee, Pressed::No | Pressed::Due) => &[Kind::AskAgain, Kind::Forward, Kind::Waive, Kind::VoidPause],
            (Self::Step | Self::Result, Pressed::Due) => {
                &[Kind::Apologise, Kind::Forward, Kind::RequestSupplement, Kind::PauseClock]
            }
            (Self::Step | Self::Result, Pressed::No | Pressed::Missed) => {
                &[Kind::Forward, Kind::RequestSupplement, Kind::PauseClock]
            }
            (Self::HandOut, _) => &[Kind::PostResult, Kind::ChooseReturn],
            (Self::Posting, _) => &[Kind::HandOut, Kind::ChooseReturn],
            (Self::Delivery, _) => &[Kind::RecordUndelivered],
            (Self::Nothing, _) => &[Kind::Reopen, Kind::ReissueResult],
        }
    }
}

/// Whether a step comes before the result.
fn steps_ahead(dossier: &Dossier, procedure: Option<&Procedure>) -> bool {
    let steps = procedure.map(|procedure| procedure.steps.as_slice()).unwrap_or_default();
    let here = dossier.step.as_ref().and_then(|at| steps.iter().position(|step| step.name == at.name));
    let next = here.map_or(0, |here| here + 1);
    steps.get(next).is_some_and(|step| step.name != RETURN)
}

/// Tells what a stopped clock waits for: the applicant's papers before money, and money before other bodies.
fn awaits(awaited: &[Awaited]) -> Wants {
    if awaited.iter().any(|thing| thing.reason.asks_for_papers()) {
        Wants::Papers
    } else if awaited.iter().any(|thing| thing.reason == Reason::Fee) {
        Wants::Fee
    } else {
        Wants::Document
    }
}

impl Group {
    /// Every group, in the order of the page.
    const ALL: [Self; 4] = [Self::Dossier, Self::Fees, Self::People, Self::End];

    /// Its name.
    pub(super) fn name(self) -> Both {
        match self {
            Self::Dossier => ["Hồ sơ", "Dossier"],
            Self::Fees => ["Phí, lệ phí", "Fees"],
            Self::People => ["Người nộp", "People"],
            Self::End => ["Kết thúc", "End"],
        }
    }

    /// The group of a command.
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Submit
            | Kind::Accept
            | Kind::RequestSupplement
            | Kind::PauseClock
            | Kind::RecordReceipt
            | Kind::CorrectReceipt
            | Kind::RecordDocument
            | Kind::RecordSupplement
            | Kind::AnnounceOriginals
            | Kind::AnnounceFiles
            | Kind::ChangeFiling
            | Kind::Waive
            | Kind::VoidPause
            | Kind::EnterStep
            | Kind::Forward
            | Kind::PutToLeader
            | Kind::ReturnToDesk
            | Kind::Apologise
            | Kind::SettleDates
            | Kind::Reopen
            | Kind::Wake => Self::Dossier,
            Kind::AskFee
            | Kind::AskPostage
            | Kind::AskAgain
            | Kind::RecordPayment
            | Kind::RecordCash
            | Kind::AttachMoney => Self::Fees,
            Kind::CorrectContact | Kind::ChooseReturn | Kind::AskAddress | Kind::ConfirmAddress | Kind::ReplaceSlip => {
                Self::People
            }
            Kind::RefuseIntake
            | Kind::RecordResult
            | Kind::HandOut
            | Kind::PutInParcel
            | Kind::TakeOffParcel
            | Kind::PostResult
            | Kind::RecordFailedAttempt
            | Kind::RecordDelivery
            | Kind::RecordUndelivered
            | Kind::Withdraw
            | Kind::ReissueResult
            | Kind::Close => Self::End,
        }
    }
}

/// Puts the commands that a dossier takes into their order.
pub(super) fn order(wants: Wants, pressed: Pressed, takes: &[&'static Spec]) -> Order {
    let taken = |kind: Kind| takes.iter().copied().find(|spec| spec.kind == kind);
    let first = wants.first().and_then(taken);
    // Only a dossier whose dates are in doubt takes this one, and then it waits for nothing more.
    let likely = [Kind::SettleDates].iter().chain(wants.likely(pressed));
    let beside: Vec<_> = likely.filter_map(|kind| taken(*kind)).take(BESIDE).collect();
    let shown = |kind: Kind| first.iter().chain(&beside).any(|spec| spec.kind == kind);
    let of_group = |group: Group| {
        let seldom = takes.iter().copied().filter(|spec| !shown(spec.kind) && Group::of(spec.kind) == group);
        (group, seldom.collect::<Vec<_>>())
    };
    let groups = Group::ALL.map(of_group).into_iter().filter(|(_, specs)| !specs.is_empty()).collect();
    Order { first, beside, groups }
}

#[cfg(test)]
mod tests {
    use rules::dossier::Phase;
    use rules::dossier::table::{Cell, cell};

    use super::*;
    use crate::api::commands::{COMMANDS, of_kind};

    /// Everything that a dossier may want in a phase.
    fn wanted(phase: Phase) -> &'static [Wants] {
        match phase {
            Phase::New => &[],
            Phase::Submitted => &[Wants::Acceptance],
            Phase::Incomplete => &[Wants::Papers],
            Phase::Accepted | Phase::InProgress => &[Wants::Step, Wants::Result],
            Phase::Paused => &[Wants::Papers, Wants::Fee, Wants::Document],
            Phase::Done => &[Wants::Fee, Wants::HandOut, Wants::Posting],
            Phase::InPost => &[Wants::Delivery],
            Phase::Returned | Phase::NotAccepted | Phase::Withdrawn | Phase::Closed => &[Wants::Nothing],
        }
    }

    fn taken_in(phase: Phase) -> Vec<&'static Spec> {
        let taken = COMMANDS.iter().filter(|spec| matches!(cell(phase, spec.kind), Cell::Leads(_)));
        taken.filter(|spec| spec.kind != Kind::SettleDates).collect()
    }

    #[test]
    fn in_every_phase_one_command_comes_next_and_every_other_one_has_one_place() {
        for phase in Phase::ALL {
            let takes = taken_in(phase);
            for wants in wanted(phase) {
                for pressed in [Pressed::No, Pressed::Missed, Pressed::Due] {
                    let order = order(*wants, pressed, &takes);
                    let told = format!("{phase:?} {wants:?} {pressed:?}");
                    assert_eq!(order.first.is_none(), *wants == Wants::Nothing, "{told}");
                    assert!(order.beside.len() <= BESIDE, "{told}");
                    let grouped = order.groups.iter().flat_map(|(_, specs)| specs);
                    let mut placed: Vec<_> =
                        order.first.iter().chain(&order.beside).chain(grouped).map(|spec| spec.name).collect();
                    let mut expected: Vec<_> = takes.iter().map(|spec| spec.name).collect();
                    placed.sort_unstable();
                    expected.sort_unstable();
                    assert_eq!(placed, expected, "{told}");
                    assert!(order.groups.iter().all(|(_, specs)| !specs.is_empty()), "{told}");
                }
            }
        }
    }

    #[test]
    fn what_comes_next_and_what_is_likely_is_given_by_staff_in_some_phase_in_which_it_is_wanted() {
        for wants in Phase::ALL.iter().flat_map(|phase| wanted(*phase)) {
            for pressed in [Pressed::No, Pressed::Missed, Pressed::Due] {
                for kind in wants.first().iter().chain(wants.likely(pressed)) {
                    assert!(of_kind(*kind).is_some(), "{kind:?}");
                    let phases = Phase::ALL.iter().filter(|phase| wanted(**phase).contains(wants));
                    let mut takes = phases.flat_map(|phase| taken_in(*phase));
                    assert!(takes.any(|spec| spec.kind == *kind), "{wants:?} {pressed:?} {kind:?}");
                }
                assert!(wants.first().is_none_or(|first| !wants.likely(pressed).contains(&first)), "{wants:?}");
            }
        }
    }

    #[test]
    fn a_missed_wait_brings_the_decision_forward_and_a_due_date_the_apology() {
        let beside = |wants, pressed, phase| {
            let order = order(wants, pressed, &taken_in(phase));
            order.beside.iter().map(|spec| spec.kind).collect::<Vec<_>>()
        };
        assert_eq!(
            beside(Wants::Papers, Pressed::Missed, Phase::Paused),
            [Kind::Close, Kind::RecordResult, Kind::Waive]
        );
        assert_eq!(beside(Wants::Step, Pressed::Due, Phase::InProgress)[0], Kind::Apologise);
    }
}
