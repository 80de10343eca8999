//! What a clerk should know before the next command.

use serde::Serialize;

use super::table::{Cell, cell};
use super::{Dossier, Kind};

/// Something that is allowed and has a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Warning {
    /// A supplement was asked before, and index 766 counts a dossier with more than one request as overdue.
    SupplementAskedBefore {
        /// How often.
        times: u8,
    },
}

impl Warning {
    /// The sentence in Vietnamese.
    #[must_use]
    pub fn vi(self) -> String {
        let Self::SupplementAskedBefore { times } = self;
        format!("Đã yêu cầu bổ sung {times} lần; yêu cầu thêm lần nữa thì Bộ chỉ số 766 tính hồ sơ này là quá hạn.")
    }

    /// The sentence in English.
    #[must_use]
    pub fn en(self) -> String {
        let Self::SupplementAskedBefore { times } = self;
        let times = if times == 1 { "once".to_owned() } else { format!("{times} times") };
        format!("A supplement was asked {times}; with one more request index 766 counts the dossier as overdue.")
    }
}

/// What to warn of at this dossier; only of commands that it would take.
#[must_use]
pub fn warnings(dossier: &Dossier) -> Vec<Warning> {
    let asks = matches!(cell(dossier.phase(), Kind::RequestSupplement), Cell::Leads(_));
    let asked_before = Warning::SupplementAskedBefore { times: dossier.rounds };
    if asks && dossier.rounds > 0 { vec![asked_before] } else { Vec::new() }
}
