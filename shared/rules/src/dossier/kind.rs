//! The kinds of command: the columns of the table.

use serde::{Deserialize, Serialize};

use super::Action;

/// The kind of a command: the columns of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is documented at the action of the same name")]
pub enum Kind {
    Submit,
    Accept,
    RefuseIntake,
    RequestSupplement,
    PauseClock,
    AskFee,
    AskAgain,
    RecordPayment,
    RecordCash,
    AttachMoney,
    RecordReceipt,
    CorrectReceipt,
    RecordDocument,
    RecordSupplement,
    AnnounceOriginals,
    AnnounceFiles,
    ChangeFiling,
    Waive,
    VoidPause,
    EnterStep,
    Forward,
    PutToLeader,
    ReturnToDesk,
    CorrectContact,
    ChooseReturn,
    RecordResult,
    HandOut,
    PostResult,
    RecordDelivery,
    RecordUndelivered,
    Withdraw,
    ReissueResult,
    Close,
    Reopen,
    Apologise,
    SettleDates,
    Wake,
}

impl Kind {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 37] = [
        Self::Submit,
        Self::Accept,
        Self::RefuseIntake,
        Self::RequestSupplement,
        Self::PauseClock,
        Self::AskFee,
        Self::AskAgain,
        Self::RecordPayment,
        Self::RecordCash,
        Self::AttachMoney,
        Self::RecordReceipt,
        Self::CorrectReceipt,
        Self::RecordDocument,
        Self::RecordSupplement,
        Self::AnnounceOriginals,
        Self::AnnounceFiles,
        Self::ChangeFiling,
        Self::Waive,
        Self::VoidPause,
        Self::EnterStep,
        Self::Forward,
        Self::PutToLeader,
        Self::ReturnToDesk,
        Self::CorrectContact,
        Self::ChooseReturn,
        Self::RecordResult,
        Self::HandOut,
        Self::PostResult,
        Self::RecordDelivery,
        Self::RecordUndelivered,
        Self::Withdraw,
        Self::ReissueResult,
        Self::Close,
        Self::Reopen,
        Self::Apologise,
        Self::SettleDates,
        Self::Wake,
    ];
}

impl Action {
    /// Returns the kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Submit(_) => Kind::Submit,
            Self::Accept { .. } => Kind::Accept,
            Self::RefuseIntake { .. } => Kind::RefuseIntake,
            Self::RequestSupplement { .. } => Kind::RequestSupplement,
            Self::PauseClock { .. } => Kind::PauseClock,
            Self::AskFee { .. } => Kind::AskFee,
            Self::AskAgain { .. } => Kind::AskAgain,
            Self::RecordPayment(_) => Kind::RecordPayment,
            Self::RecordCash { .. } => Kind::RecordCash,
            Self::AttachMoney { .. } => Kind::AttachMoney,
            Self::RecordReceipt { .. } => Kind::RecordReceipt,
            Self::CorrectReceipt { .. } => Kind::CorrectReceipt,
            Self::RecordDocument { .. } => Kind::RecordDocument,
            Self::RecordSupplement { .. } => Kind::RecordSupplement,
            Self::AnnounceOriginals { .. } => Kind::AnnounceOriginals,
            Self::AnnounceFiles { .. } => Kind::AnnounceFiles,
            Self::ChangeFiling { .. } => Kind::ChangeFiling,
            Self::Waive { .. } => Kind::Waive,
            Self::VoidPause { .. } => Kind::VoidPause,
            Self::EnterStep { .. } => Kind::EnterStep,
            Self::Forward { .. } => Kind::Forward,
            Self::PutToLeader { .. } => Kind::PutToLeader,
            Self::ReturnToDesk => Kind::ReturnToDesk,
            Self::CorrectContact { .. } => Kind::CorrectContact,
            Self::ChooseReturn { .. } => Kind::ChooseReturn,
            Self::RecordResult { .. } => Kind::RecordResult,
            Self::HandOut { .. } => Kind::HandOut,
            Self::PostResult { .. } => Kind::PostResult,
            Self::RecordDelivery => Kind::RecordDelivery,
            Self::RecordUndelivered => Kind::RecordUndelivered,
            Self::Withdraw { .. } => Kind::Withdraw,
            Self::ReissueResult { .. } => Kind::ReissueResult,
            Self::Close { .. } => Kind::Close,
            Self::Reopen { .. } => Kind::Reopen,
            Self::Apologise { .. } => Kind::Apologise,
            Self::SettleDates { .. } => Kind::SettleDates,
            Self::Wake => Kind::Wake,
        }
    }
}
