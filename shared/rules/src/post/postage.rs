//! Postage: an operator's table, and who pays it.

use crate::language::Both;
use crate::notice::Granted;
use crate::vnd::Vnd;

/// The code of a postage among the fees of a dossier; no procedure's catalogue has it.
pub const POSTAGE: &str = "cuoc-buu-chinh";

/// The most weight classes of one column.
pub const MOST_CLASSES: usize = 20;

/// One weight class: up to so many grams, this amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class {
    /// The heaviest item that it covers, in grams; `None` covers everything.
    pub up_to_grams: Option<u32>,
    /// The amount.
    pub amount_vnd: Vnd,
}

/// An operator's table of postage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tariff {
    /// Classes in one province, the lightest first.
    pub in_province: Vec<Class>,
    /// Classes to another province, the lightest first.
    pub elsewhere: Vec<Class>,
}

impl Tariff {
    /// Returns the postage of an item; `None` if it is heavier than the table knows. Without a weight it is in the
    /// lightest class, as a result on paper nearly always is.
    #[must_use]
    pub fn amount(&self, in_province: bool, grams: Option<u32>) -> Option<Vnd> {
        let classes = if in_province { &self.in_province } else { &self.elsewhere };
        let fits = |class: &&Class| class.up_to_grams.is_none_or(|most| grams.unwrap_or(0) <= most);
        classes.iter().find(fits).map(|class| class.amount_vnd)
    }
}

/// Payer of the postage of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payer {
    /// Nobody outside the office: a notice promised so, and it holds though the measure ends.
    Free(Granted),
    /// The applicant, to the office, before the result is posted.
    Applicant(Vnd),
    /// The receiver, to the postman: the office knows no table.
    AtTheDoor,
}

impl Payer {
    /// Returns who pays. What was promised comes before every table.
    #[must_use]
    pub fn of(free: Option<Granted>, amount: Option<Vnd>) -> Self {
        match (free, amount) {
            (Some(granted), _) => Self::Free(granted),
            (None, Some(amount_vnd)) if amount_vnd > Vnd::ZERO => Self::Applicant(amount_vnd),
            (None, Some(_) | None) => Self::AtTheDoor,
        }
    }

    /// Returns it for people: that it is free, or how much and who pays.
    #[must_use]
    pub fn said(self) -> [String; 2] {
        match self {
            Self::Free(Granted { notice, .. }) => [
                format!("Miễn cước theo thông báo số {notice}; người nhận không phải trả khoản nào."),
                format!("Free by notice no. {notice}; the receiver pays nothing."),
            ],
            Self::Applicant(amount_vnd) => [
                format!("Cước {amount_vnd}, chủ hồ sơ nộp cho cơ quan trước khi gửi."),
                format!(
                    "Postage of {}, paid by the applicant to the office before posting.",
                    amount_vnd.plain_english()
                ),
            ],
            Self::AtTheDoor => Self::AT_THE_DOOR.map(str::to_owned),
        }
    }

    /// Words where the office knows no table.
    const AT_THE_DOOR: Both =
        ["Người nhận trả cước cho bưu điện khi nhận.", "The receiver pays the postage to the postman."];
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vnd(dong: u64) -> Vnd {
        Vnd::new(dong).unwrap()
    }

    fn class(up_to_grams: Option<u32>, dong: u64) -> Class {
        Class { up_to_grams, amount_vnd: vnd(dong) }
    }

    fn tariff() -> Tariff {
        Tariff {
            in_province: vec![class(Some(100), 26_000), class(Some(250), 28_000)],
            elsewhere: vec![class(None, 31_000)],
        }
    }

    #[test]
    fn the_lightest_class_that_holds_the_item_counts() {
        let amount = |in_province, grams| tariff().amount(in_province, grams).map(Vnd::dong);
        assert_eq!(amount(true, None), Some(26_000));
        assert_eq!([100, 101, 250].map(|grams| amount(true, Some(grams))), [Some(26_000), Some(28_000), Some(28_000)]);
        assert_eq!(amount(true, Some(251)), None);
        assert_eq!(amount(false, Some(20_000)), Some(31_000));
    }

    #[test]
    fn a_promise_comes_before_the_table() {
        let granted = Granted { notice: 3, version: 1 };
        assert_eq!(Payer::of(Some(granted), Some(vnd(26_000))), Payer::Free(granted));
        assert_eq!(Payer::of(None, Some(vnd(26_000))), Payer::Applicant(vnd(26_000)));
        assert_eq!(Payer::of(None, None), Payer::AtTheDoor);
        assert_eq!(Payer::of(None, Some(Vnd::ZERO)), Payer::AtTheDoor);
    }

    #[test]
    fn every_payer_is_told_with_amount_or_that_it_is_free() {
        let said = [Payer::Free(Granted { notice: 3, version: 1 }), Payer::Applicant(vnd(26_000)), Payer::AtTheDoor]
            .map(|payer| payer.said()[0].clone());
        assert_eq!(
            said,
            [
                "Miễn cước theo thông báo số 3; người nhận không phải trả khoản nào.",
                "Cước 26.000 ₫, chủ hồ sơ nộp cho cơ quan trước khi gửi.",
                "Người nhận trả cước cho bưu điện khi nhận.",
            ]
        );
    }
}
