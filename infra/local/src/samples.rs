//! The procedures of a local start: samples in the shape of an economic zone's board, no office's real catalogue.

use rules::catalogue::{Procedure, file};

const SAMPLES: &str = include_str!("samples.toml");

/// Returns the sample procedures.
///
/// # Panics
/// Never: a test reads the file that is compiled in.
#[must_use]
pub fn procedures() -> Vec<Procedure> {
    file::read(SAMPLES.as_bytes()).expect("the samples are right, a test reads them")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rules::catalogue::{ClockStart, FeeDue, FeeKind, FeeTerms, OnMissedWait, WaitFrom};
    use rules::clock::{AfterHours, Counting, Policy, Unit};

    use super::*;

    /// Whether some sample is like this.
    fn some(is: impl Fn(&Procedure) -> bool) -> bool {
        procedures().iter().any(is)
    }

    #[test]
    fn the_samples_are_read_and_each_says_that_it_is_one() {
        let procedures = procedures();
        let codes: BTreeSet<_> = procedures.iter().map(|procedure| &procedure.code).collect();
        assert!(codes.len() >= 12, "{}", codes.len());
        assert!(procedures.iter().all(|procedure| procedure.name_vi.ends_with("(mẫu)")));
        assert!(procedures.iter().all(|procedure| procedure.name_en.ends_with("(sample)")));
        assert!(procedures.iter().all(|procedure| procedure.legal_basis.contains("mẫu")));
        assert!(procedures.iter().flat_map(|it| &it.fees).all(|fee| fee.name_vi.ends_with("(mẫu)")));
    }

    #[test]
    fn the_samples_show_every_way_of_counting() {
        for unit in [Unit::WorkingDays, Unit::CalendarDays, Unit::Months, Unit::WorkingHours] {
            assert!(some(|it| it.limit.allowance.unit == unit), "{unit}");
        }
        for counting in [Counting::CivilCode, Counting::OfficeHours] {
            assert!(some(|it| it.limit.counting == counting), "{counting:?}");
        }
        for after_hours in [AfterHours::SameDay, AfterHours::NextWorkingDay] {
            assert!(some(|it| it.limit.after_hours == after_hours), "{after_hours:?}");
        }
        assert!(some(|it| it.limit.cutoff.is_some()));
        assert!(some(|it| it.starts_on == ClockStart::FeePaid));
    }

    #[test]
    fn the_samples_show_every_pause_and_every_fee() {
        for policy in [Policy::Resume, Policy::Restart] {
            assert!(some(|it| it.pauses.supplement.policy == policy), "{policy:?}");
        }
        for missed in [OnMissedWait::Propose, OnMissedWait::Auto] {
            assert!(some(|it| it.on_missed_wait == missed), "{missed:?}");
        }
        for from in [WaitFrom::NoticeSent, WaitFrom::Asked] {
            assert!(some(|it| it.pauses.supplement.wait_from == from), "{from:?}");
        }
        assert!(some(|it| !it.pauses.further.is_empty()));
        assert!(some(|it| it.most_rounds.is_some()) && some(|it| it.most_rounds.is_none()));
        let fee = |is: fn(&FeeTerms) -> bool| some(|it| it.fees.iter().any(is));
        assert!(fee(|fee| fee.due == FeeDue::OnAcceptance) && fee(|fee| fee.due == FeeDue::OnReturn));
        assert!(fee(|fee| fee.kind == FeeKind::Charge) && fee(|fee| fee.kind == FeeKind::Fee));
        assert!(some(|it| it.returns_by_post) && some(|it| !it.returns_by_post));
        assert!(some(|it| it.online) && some(|it| !it.online));
        assert!(some(|it| it.valid_from.is_some()) && some(|it| it.valid_until.is_some()));
    }
}
