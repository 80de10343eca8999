//! What may be asked of a dossier.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::catalogue::ProcedureRef;
use crate::vnd::Vnd;

/// Something that happened, or that somebody wants, with its two instants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// When it happened in law: the hand-over, the payment. Never after `now`; a later one is taken as `now`.
    pub at: Timestamp,
    /// When the office learned of it.
    pub now: Timestamp,
    /// Who acts.
    pub actor: Actor,
    /// What.
    pub action: Action,
}

impl Command {
    /// A command that happens as it is recorded.
    #[must_use]
    pub fn now(now: Timestamp, actor: Actor, action: Action) -> Self {
        Self { at: now, now, actor, action }
    }
}

/// Who acts. Staff by their account, partners by their configured id; never by a person's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A portal, by its id.
    Portal(String),
    /// A payment channel, by its id.
    Gateway(String),
    /// A member of staff, by the subject of the sign-in.
    Staff(String),
    /// The scheduled sweep.
    Sweep,
    /// The takeover from the office's earlier software, by the account that ran it. What it records is long past:
    /// nobody is told of it.
    Takeover(String),
}

/// Where a dossier came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A portal, by its id.
    Portal(String),
    /// This office.
    Office,
}

/// `KenhThucHien`: the way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filing {
    /// 1, at the desk.
    Desk,
    /// 2, online.
    Online,
    /// 3, by public post.
    Post,
}

/// What a submission brings for the state; the form and the people are stored beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Where from.
    pub source: Source,
    /// The way in.
    pub filing: Filing,
    /// Which procedure, and the version in force.
    pub procedure: ProcedureRef,
    /// `MaHoSo`, where the partner gave one: the dossier's code for ever.
    pub code: Option<String>,
}

/// How a result turned out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultKind {
    /// Granted.
    Positive,
    /// Not eligible (NĐ 61/2018 art. 19(8)).
    Negative,
}

/// What an authentic payment message says, in the gateway-free words of the core.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The channel it came through.
    pub channel: String,
    /// The permanent identity within the channel; a conflicting second message has its digest added.
    pub identity: String,
    /// The attempt its reference names.
    pub attempt: u8,
    /// Whole đồng; none when the message's amount is not a whole number of them, or not in đồng.
    pub amount_vnd: Option<Vnd>,
    /// What it says.
    pub outcome: PaymentOutcome,
    /// Whether the gateway may bring the amount in several transfers, each told of with an identity of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_parts: bool,
    /// Whether the same identity came before with other content.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub conflict: bool,
}

/// What became of the payer's attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentOutcome {
    /// The money was taken.
    Paid,
    /// It was not; the gateway's code.
    Failed(String),
    /// Taken, but the gateway suspects fraud: a person decides.
    Suspected,
    /// Given back: a person decides.
    Reversed,
}

/// Every command there is. Papers are named by their `MaThanhPhanHoSo`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields hold; units and instants are in their names")]
pub enum Action {
    /// A dossier arrives.
    Submit(Submission),
    /// The office accepts it; the clock starts. The code is the office's own where the dossier has none yet.
    Accept { code: Option<String> },
    /// The office does not accept it.
    RefuseIntake { reason: String },
    /// The office asks for a supplement, once and fully.
    RequestSupplement { papers: Vec<String>, reason: String },
    /// The clock stops for originals, or for a reason of the procedure's own.
    PauseClock { reason: String, papers: Vec<String> },
    /// A fee is asked through a channel.
    AskFee { channel: String, amount_vnd: Vnd },
    /// What a fee lacks is asked once more, through this channel; the fee is named by any of its attempts.
    AskAgain { attempt: u8, channel: String },
    /// A gateway tells of a payment.
    RecordPayment(Payment),
    /// A fee, or part of it, is paid at the desk against a receipt of this number.
    RecordCash { attempt: u8, amount_vnd: Vnd, receipt_no: String },
    /// A person decides that money set aside is this dossier's, and which fee it pays.
    AttachMoney { payment: Payment, attempt: Option<u8>, because: String },
    /// Papers were handed over, by hand or by post, with the number of the hand-over minutes.
    RecordReceipt { papers: Vec<String>, minutes_no: String, by_post: bool },
    /// The applicant supplemented through the portal; no papers named means all that was asked.
    RecordSupplement { papers: Vec<String> },
    /// The portal says that originals came, without minutes: kept as an announcement.
    AnnounceOriginals { papers: Vec<String> },
    /// What is awaited for this reason is waived.
    Waive { reason: String, papers: Vec<String>, because: String },
    /// The pause was in error.
    VoidPause { because: String },
    /// Work enters a step of the procedure.
    EnterStep { step: String },
    /// Work goes to another member of staff.
    Forward { to: String },
    /// The result is there.
    RecordResult { kind: ResultKind, reason: Option<String> },
    /// The result is handed out, wholly or in part.
    HandOut { part: bool },
    /// The result is handed to the post.
    PostResult { item_code: String },
    /// The post delivered it.
    RecordDelivery,
    /// The post brought it back.
    RecordUndelivered,
    /// The applicant takes the dossier back.
    Withdraw { reason: String },
    /// A wrong or lost result is issued anew (art. 21).
    ReissueResult { reason: String },
    /// The office stops settling the dossier.
    Close { reason: String, article: String },
    /// A manager undoes a refusal or a closing made in error.
    Reopen { reason: String },
    /// An apology with a new date, at most once.
    Apologise { reason: String, new_due_on: Date },
    /// Time passed.
    Wake,
}

/// The kind of a command: the columns of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    RecordSupplement,
    AnnounceOriginals,
    Waive,
    VoidPause,
    EnterStep,
    Forward,
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
    Wake,
}

impl Kind {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 28] = [
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
        Self::RecordSupplement,
        Self::AnnounceOriginals,
        Self::Waive,
        Self::VoidPause,
        Self::EnterStep,
        Self::Forward,
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
        Self::Wake,
    ];
}

impl Action {
    /// The kind.
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
            Self::RecordSupplement { .. } => Kind::RecordSupplement,
            Self::AnnounceOriginals { .. } => Kind::AnnounceOriginals,
            Self::Waive { .. } => Kind::Waive,
            Self::VoidPause { .. } => Kind::VoidPause,
            Self::EnterStep { .. } => Kind::EnterStep,
            Self::Forward { .. } => Kind::Forward,
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
            Self::Wake => Kind::Wake,
        }
    }
}
