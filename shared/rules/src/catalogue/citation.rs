//! Texts that a pause is cited by on a day: no measure that has ended, no decree that was replaced.

use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::{PauseTerms, Procedure, Reason};
use crate::vietnam;

/// Basis of a pause if only the procedure itself knows it.
pub const OWN_RULE: &str = "quy định của thủ tục";

/// The measure under which originals were first awaited with the clock stopped, and what a procedure cites by default.
pub(super) const MEASURE: &str = "Công văn 2964/UBND-KSTT ngày 01/04/2020";

/// The last day of that measure. Its own text was not found; it was written for the distancing of 2020.
const MEASURE_UNTIL: Date = date(2020, 12, 31);

/// The general rule on supplements, and what a procedure cites by default.
pub(super) const SUPPLEMENT: &str = "NĐ 61/2018/NĐ-CP Điều 19 khoản 4";

/// The last day of that decree.
const DECREE_61_UNTIL: Date = date(2025, 6, 30);

/// The decree that replaced it. Its text was not read, so that no article is named.
const DECREE_118: &str = "NĐ 118/2025/NĐ-CP (chưa đối chiếu)";

impl PauseTerms {
    /// Returns what a pause is cited by: these terms' words, but the procedure's own article for a measure that had
    /// ended when the pause began, and for a decree replaced before the receipt the one that replaced it.
    #[must_use]
    pub fn basis<'a>(&'a self, own: &'a str, received_at: Timestamp, paused_at: Timestamp) -> &'a str {
        match self.legal_basis.as_str() {
            MEASURE if vietnam::day(paused_at) > MEASURE_UNTIL => own,
            SUPPLEMENT if vietnam::day(received_at) > DECREE_61_UNTIL => DECREE_118,
            words => words,
        }
    }
}

impl Procedure {
    /// Returns what a pause for this reason is cited by; empty if the procedure knows no such pause.
    #[must_use]
    pub fn basis(&self, reason: &Reason, received_at: Timestamp, paused_at: Timestamp) -> &str {
        self.pause(reason).map_or("", |terms| terms.basis(&self.legal_basis, received_at, paused_at))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Pauses;
    use super::*;

    const OWN: &str = "Luật Đầu tư Điều 38";

    #[test]
    fn no_measure_that_has_ended_and_no_decree_that_was_replaced_is_cited() {
        let pauses = Pauses::default();
        let at = |day: &str| format!("{day}T09:00:00+07:00").parse::<Timestamp>().unwrap();
        let originals = |paused| pauses.originals.basis(OWN, at("2020-04-15"), at(paused));
        assert_eq!([originals("2020-04-20"), originals("2020-12-31")], [MEASURE; 2]);
        assert_eq!([originals("2021-01-01"), originals("2026-11-02")], [OWN; 2]);
        let supplement = |received| pauses.supplement.basis(OWN, at(received), at("2026-11-02"));
        assert_eq!([supplement("2020-04-15"), supplement("2025-06-30")], [SUPPLEMENT; 2]);
        assert_eq!([supplement("2025-07-01"), supplement("2026-11-01")], [DECREE_118; 2]);
        let fee = pauses.fee.basis(OWN, at("2026-11-02"), at("2026-11-02"));
        assert_eq!(fee, OWN_RULE, "words of the procedure stay");
    }
}
