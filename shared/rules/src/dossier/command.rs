//! Commands that may be given to a dossier.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Consent, Dossier, Identity, Recipient, Whose};
use crate::catalogue::{ProcedureRef, Reason};
use crate::post::Why;
use crate::vnd::Vnd;

/// Something that happened, or that somebody wants, with its two instants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Time at which it happened in law: the hand-over, the payment. Never after `now`; a later one is taken as `now`.
    pub at: Timestamp,
    /// Time at which the office learned of it.
    pub now: Timestamp,
    /// Person or system that acts.
    pub actor: Actor,
    /// The action itself.
    pub action: Action,
}

impl Command {
    /// Returns the instant at which it happened in law: never after `now`, and a payment never before its fee was asked
    /// for, since a gateway's clock may be wrong by hours.
    #[must_use]
    pub fn held(&self, dossier: Option<&Dossier>) -> Timestamp {
        let attempt = match &self.action {
            Action::RecordPayment(payment) => Some(payment.attempt),
            Action::AttachMoney { attempt, .. } => *attempt,
            _ => None,
        };
        let since = attempt.zip(dossier).and_then(|(attempt, dossier)| dossier.payable_since(attempt));
        since.map_or(self.at, |since| self.at.max(since)).min(self.now)
    }

    /// Returns a command that happens as it is recorded.
    #[must_use]
    pub fn now(now: Timestamp, actor: Actor, action: Action) -> Self {
        Self { at: now, now, actor, action }
    }
}

/// Person or system that acts. Staff go by their account, partners by their configured id; never by a person's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A portal, by its id.
    Portal(String),
    /// A payment channel, by its id.
    Gateway(String),
    /// A postal operator, by its id.
    Post(String),
    /// A member of staff, by the subject of the sign-in.
    Staff(String),
    /// The applicant or the filer, by a link that the office sent them.
    Applicant,
    /// The scheduled sweep.
    Sweep,
    /// The takeover from the office's earlier software, by the account that ran it. Its records are long past, so
    /// nobody is told of them.
    Takeover(String),
}

/// Origin of a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A portal, by its id.
    Portal(String),
    /// This office.
    Office,
}

/// `KenhThucHien`: the way of filing.
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

/// Parts of a submission that the state needs; the form and the people are stored beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The origin.
    pub source: Source,
    /// The way of filing.
    pub filing: Filing,
    /// The procedure, and the version in force.
    pub procedure: ProcedureRef,
    /// `MaHoSo`, if the partner gave one: the dossier's code for ever.
    pub code: Option<String>,
    /// Papers and choices that came with it.
    pub enclosed: Enclosed,
}

/// Papers handed over and choices made at filing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enclosed {
    /// Papers whose originals were handed over.
    pub originals: Vec<String>,
    /// Papers handed over as copies.
    pub copies: Vec<String>,
    /// The number of the hand-over minutes; needed if papers were handed over.
    pub minutes_no: String,
    /// Whether the result is to come by post; `None` if the applicant did not say.
    pub returns_by_post: Option<bool>,
}

/// Kind of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultKind {
    /// Granted.
    Positive,
    /// Not eligible (NĐ 61/2018 art. 19(8)).
    Negative,
}

/// Content of an authentic payment message, in the gateway-free words of the core.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The channel it came through.
    pub channel: String,
    /// The permanent identity within the channel; a conflicting second message has its digest added.
    pub identity: String,
    /// The attempt that its reference names.
    pub attempt: u8,
    /// Whole đồng; `None` if the message's amount is not a whole number of them, or not in đồng.
    pub amount_vnd: Option<Vnd>,
    /// The outcome that it reports.
    pub outcome: PaymentOutcome,
    /// Whether the gateway may bring the amount in several transfers, each reported with an identity of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_parts: bool,
    /// Whether the same identity came before with other content.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub conflict: bool,
    /// Whether that content was that the money had been given back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub after_reversal: bool,
}

/// Outcome of the payer's attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentOutcome {
    /// The money was taken.
    Paid,
    /// The money was not taken; holds the gateway's code.
    Failed(String),
    /// Taken, but the gateway suspects fraud: a person decides.
    Suspected,
    /// Given back: a person decides.
    Reversed,
}

impl PaymentOutcome {
    /// Its name; every failure has the same.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Failed(_) => "failed",
            Self::Suspected => "suspected",
            Self::Reversed => "reversed",
        }
    }
}

/// Every command there is. Papers are named by their `MaThanhPhanHoSo`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields hold; units and instants are in their names")]
pub enum Action {
    /// A dossier arrives.
    Submit(Submission),
    /// The office accepts it; the clock starts. The code is the office's own if the dossier has none yet.
    Accept { code: Option<String> },
    /// The office does not accept it.
    RefuseIntake { reason: String },
    /// The office asks for a supplement, once and fully.
    RequestSupplement { papers: Vec<String>, reason: String },
    /// The clock stops for originals, or for a reason of the procedure's own.
    PauseClock { reason: Reason, papers: Vec<String> },
    /// A fee is asked for through a channel.
    AskFee { channel: String, amount_vnd: Vnd },
    /// The postage of the result is to be paid before it is posted.
    AskPostage { amount_vnd: Vnd },
    /// The missing part of a fee is asked for once more, through this channel. Any attempt of the fee names it.
    AskAgain { attempt: u8, channel: String },
    /// A gateway reports a payment.
    RecordPayment(Payment),
    /// A fee, or part of it, is paid at the desk, against a paper receipt of this number, or without one where an electronic
    /// receipt is issued for it.
    RecordCash { attempt: u8, amount_vnd: Vnd, receipt_no: Option<String> },
    /// A person decides that money set aside belongs to this dossier, and which fee it pays.
    AttachMoney { payment: Payment, attempt: Option<u8>, because: String },
    /// Papers were handed over, by hand or by post, with the number of the hand-over minutes.
    RecordReceipt { papers: Vec<String>, minutes_no: String, by_post: bool },
    /// Papers recorded as received had not come. The step and the pause decide which are awaited again, and when;
    /// `awaited_as` (originals or a supplement) stops the clock for them at once.
    CorrectReceipt { papers: Vec<String>, awaited_as: Option<Reason>, because: String },
    /// A document that another body owed (an opinion, the minutes of an inspection) came, with this number and date. No
    /// papers named means all that was awaited for the reason.
    RecordDocument { reason: Reason, papers: Vec<String>, document_no: String, issued_on: Date },
    /// The applicant supplemented through the portal; no papers named means all that was asked for.
    RecordSupplement { papers: Vec<String> },
    /// The portal reports that originals came, without minutes: kept as an announcement.
    AnnounceOriginals { papers: Vec<String>, by_post: Option<bool> },
    /// The portal names so many files that it keeps for the dossier. They are fetched later.
    AnnounceFiles { files: usize },
    /// The filer changed at the portal what they had filed: people, files, the way of return, if they chose one. It names
    /// the procedure if the portal does.
    ChangeFiling { procedure: Option<String>, returns_by_post: Option<bool>, files: usize },
    /// The things awaited for this reason are waived.
    Waive { reason: Reason, papers: Vec<String>, because: String },
    /// The pause was in error.
    VoidPause { because: String },
    /// Work enters a step of the procedure.
    EnterStep { step: String },
    /// Work goes to another member of staff.
    Forward { to: String },
    /// Work goes to a leader of the agency, who decides or signs.
    PutToLeader { to: String },
    /// Work goes back to the one-stop desk, which holds what nobody else does.
    ReturnToDesk,
    /// The result is ready.
    RecordResult { kind: ResultKind, reason: Option<String> },
    /// Somebody's address, phone number or both were wrong; the right ones are stored in the person item.
    CorrectContact { whose: Whose, address: bool, phone: bool, consent: Consent, because: String },
    /// The result is to come back by post or at the desk. The consent is the applicant's, if staff choose for them;
    /// `None` if they chose themselves.
    ChooseReturn { by_post: bool, consent: Option<Consent> },
    /// The applicant is asked whether the result is to come by post, and to which address: once.
    AskAddress,
    /// The address that the result is posted to is stored in the person item; `differs` if it is another than declared. The
    /// consent is the applicant's, if staff confirm for them; `None` if they did it themselves.
    ConfirmAddress { differs: bool, consent: Option<Consent> },
    /// The result is handed out, wholly or in part, to somebody who proved their identity.
    HandOut { part: bool, to: Recipient, shown: Identity },
    /// The result is put into the parcel of this number, which waits for the post.
    PutInParcel { parcel: String },
    /// The result is taken out of its parcel again.
    TakeOffParcel { because: String },
    /// The result is handed to the post.
    PostResult { item_code: String },
    /// The post did not deliver it this time, for one of the reasons of the law.
    RecordFailedAttempt { attempt: u8, why: Why },
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
    /// A person decides about dates that tables of today would count otherwise: counted anew, or kept as told.
    SettleDates { anew: bool, because: String },
    /// The slip was lost: a new one has other digits, and those of the lost one open nothing.
    ReplaceSlip,
    /// Time passed.
    Wake,
}
