//! Warnings for a clerk before the next command.

use serde::Serialize;

use super::table::{Cell, cell};
use super::{Dossier, Kind};
use crate::catalogue::Procedure;

/// Something that is allowed and has a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Warning {
    /// A supplement was asked for before, and index 766 counts a dossier with more than one request as overdue.
    SupplementAskedBefore {
        /// Number of times.
        times: u8,
    },
    /// The result would go to the post, and nobody chose that.
    PostNotChosen,
}

impl Warning {
    /// Returns the command it warns of.
    #[must_use]
    pub fn of(self) -> Kind {
        match self {
            Self::SupplementAskedBefore { .. } => Kind::RequestSupplement,
            Self::PostNotChosen => Kind::PostResult,
        }
    }

    /// Returns the sentence in Vietnamese.
    #[must_use]
    pub fn vi(self) -> String {
        match self {
            Self::SupplementAskedBefore { times } => format!(
                "Đã yêu cầu bổ sung {times} lần; yêu cầu thêm lần nữa thì Bộ chỉ số 766 tính hồ sơ này là quá hạn."
            ),
            Self::PostNotChosen => {
                "Chủ hồ sơ chưa đăng ký nhận kết quả qua bưu điện; hãy hỏi và ghi nhận trước khi gửi.".into()
            }
        }
    }

    /// Returns the sentence in English.
    #[must_use]
    pub fn en(self) -> String {
        match self {
            Self::SupplementAskedBefore { times } => {
                let times = if times == 1 { "once".to_owned() } else { format!("{times} times") };
                format!(
                    "A supplement was asked {times}; with one more request index 766 counts the dossier as overdue."
                )
            }
            Self::PostNotChosen => {
                "The applicant has not chosen return by post; ask and record it before posting.".into()
            }
        }
    }
}

/// Returns the warnings for this dossier of this procedure; only of commands that it would take.
#[must_use]
pub fn warnings(dossier: &Dossier, procedure: Option<&Procedure>) -> Vec<Warning> {
    let asked_before = (dossier.rounds > 0).then_some(Warning::SupplementAskedBefore { times: dossier.rounds });
    let posts = procedure.is_none_or(|procedure| procedure.returns_by_post);
    let not_chosen = (posts && dossier.returns_by_post != Some(true)).then_some(Warning::PostNotChosen);
    let takes = |warning: &Warning| matches!(cell(dossier.phase(), warning.of()), Cell::Leads(_));
    [asked_before, not_chosen].into_iter().flatten().filter(takes).collect()
}
