//! Events in a dossier's life. They are recorded once and never changed; everything that leaves the office leaves
//! because of one.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Awaited, Because, Consent, Deadline, DueDate, Filing, Identity, Recipient, Recounted, ResultKind, Source, Whose,
};
use crate::catalogue::{ProcedureRef, Reason};
use crate::clock::Policy;
use crate::notice::Granted;
use crate::post::Why;
use crate::vnd::Vnd;

/// One fact in a dossier's life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
#[expect(missing_docs, reason = "each variant says what its fields hold; units and instants are in their names")]
pub enum Event {
    /// The dossier arrived; the office accepts it or not until `accept_until`.
    Submitted {
        source: Source,
        filing: Filing,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accept_until: Option<Timestamp>,
    },
    /// Nobody decided within the acceptance limit; it goes to a person.
    AcceptanceLate,
    /// Accepted, under this code. `procedure` is the version it lives under from now on, if the catalogue did not know
    /// the procedure when the dossier came.
    Accepted {
        code: String,
        at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        procedure: Option<ProcedureRef>,
    },
    /// The clock started.
    ClockStarted {
        at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<DueDate>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        gap: Vec<i16>,
    },
    /// Not accepted at intake.
    IntakeRefused { reason: String },
    /// A supplement was asked for before acceptance: the acceptance limit stops.
    IntakeSupplementRequested { awaited: Awaited, reason: String },
    /// The supplement asked for before acceptance is complete; the acceptance limit runs anew.
    IntakeCompleted {
        at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accept_until: Option<Timestamp>,
        /// Beginning of that limit; older records do not say it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accept_from: Option<Timestamp>,
    },
    /// A supplement was asked for; `late` if later than the regular days after receipt.
    SupplementRequested { reason: String, round: u8, late: bool },
    /// The clock stopped, in the step `step` if originals are awaited; `overdue` if after the due date, which then does
    /// not move.
    ClockPaused {
        awaited: Awaited,
        legal_basis: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<String>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        overdue: bool,
    },
    /// The pause awaits one more thing.
    AwaitedAdded { awaited: Awaited, legal_basis: String },
    /// A due date that a year without a holiday table had left open was counted; an earlier promised date moves to it.
    DueCounted {
        due: DueDate,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        promised: Option<DueDate>,
    },
    /// The same for the end of a wait, or for the reminder if there is no wait.
    WaitCounted {
        reason: Reason,
        since: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wait: Option<Deadline>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        remind_at: Option<Timestamp>,
    },
    /// The tables of days off or the office hours changed, and what was counted by the old ones was counted anew.
    Recounted(Recounted),
    /// Dates stay open: these years have no holiday table. The dossier is looked at again at `look_at`.
    GapMet { years: Vec<i16>, look_at: Timestamp },
    /// Papers were handed over at `at`, with these minutes; `copies` of others beside the originals.
    PapersReceived {
        papers: Vec<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        copies: Vec<String>,
        at: Timestamp,
        minutes_no: String,
        by_post: bool,
    },
    /// Papers recorded as received had not come: the step needs `needs` again, with grace for them until `grace_until`.
    ReceiptCorrected {
        papers: Vec<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        needs: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grace_until: Option<Timestamp>,
        because: String,
        /// Beginning of a grace that begins anew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Timestamp>,
    },
    /// A document that another body owed came at `at`, with this number and date; no papers named means all of it.
    DocumentReceived {
        reason: Reason,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        papers: Vec<String>,
        document_no: String,
        issued_on: Date,
        at: Timestamp,
    },
    /// A supplement came through the portal.
    SupplementReceived {
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        papers: Vec<String>,
        at: Timestamp,
    },
    /// The clock stays stopped: `received` of the papers that the pause awaited are in; `missing` are not.
    PartlyReceived { received: usize, missing: usize, at: Timestamp },
    /// The portal announced originals; nothing counts until the minutes are recorded.
    OriginalsAnnounced {
        papers: Vec<String>,
        /// By post, rather than at the desk, if the applicant said so by a link.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_post: Option<bool>,
    },
    /// The portal named so many files that it keeps for the dossier.
    FilesAnnounced { files: usize },
    /// The filer changed what they had filed, before it was accepted. People and form are kept beside the event; so many
    /// files came with it.
    FilingChanged { files: usize },
    /// The things awaited for this reason are not needed any more.
    AwaitedWaived {
        reason: Reason,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        papers: Vec<String>,
        because: String,
        at: Timestamp,
    },
    /// The last awaited thing was in at `at`: the clock runs again. `promised` moved by the same pause, `late` tells that
    /// the wait had been missed before, and `was` is the date that held until the clock stopped, if the dossier knows it.
    ClockResumed {
        at: Timestamp,
        policy: Policy,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<DueDate>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        gap: Vec<i16>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        promised: Option<DueDate>,
        late: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<DueDate>,
        /// Whether it had stopped at that very instant.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        at_once: bool,
    },
    /// The pause is void: made in error, or the papers had been handed over before it began.
    PauseVoided {
        since: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<DueDate>,
        because: String,
    },
    /// The applicant was reminded of a thing awaited from `since` on without an end.
    StillAwaited { reason: Reason, since: Timestamp },
    /// The applicant was reminded that a wait ends.
    WaitReminded { reason: Reason, until: Timestamp },
    /// A wait ended with nothing in; it goes to a person for closing or refusal.
    WaitMissed { reason: Reason, until: Timestamp },
    /// A fee was asked for, under this attempt: `code` is its own in the catalogue, `again` the first attempt of one that
    /// is asked for once more. Commits of earlier versions do not say when it was asked for.
    FeeAsked {
        attempt: u8,
        channel: String,
        amount_vnd: Vnd,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again: Option<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asked_at: Option<Timestamp>,
    },
    /// A fee of the catalogue is due and no channel was chosen for it yet.
    FeeOwed { attempt: u8, code: String, amount_vnd: Vnd },
    /// A sum came in on this attempt, and its fee still lacks `missing_vnd`.
    FeePartPaid { attempt: u8, channel: String, identity: String, amount_vnd: Vnd, missing_vnd: Vnd, at: Timestamp },
    /// A fee was paid: `amount_vnd` is the sum that came in last.
    FeePaid {
        attempt: u8,
        channel: String,
        identity: String,
        amount_vnd: Vnd,
        at: Timestamp,
        /// The first attempt of the fee, if this is a later one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fee: Option<u8>,
        /// The whole fee, if that is not the sum that came in last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total_vnd: Option<Vnd>,
        /// Money beyond the fee: it goes to a person, to be given back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        surplus_vnd: Option<Vnd>,
        /// The number of the receipt that was written over the counter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receipt_no: Option<String>,
    },
    /// A person decided that money set aside belongs to this dossier.
    MoneyAttached {
        channel: String,
        identity: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount_vnd: Option<Vnd>,
        because: String,
    },
    /// The payer's attempt failed; the fee stays open.
    PaymentFailed { attempt: u8, channel: String, code: String },
    /// Authentic money that pays nothing of this dossier: unclaimed, it goes to a person.
    PaymentSetAside {
        channel: String,
        identity: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount_vnd: Option<Vnd>,
        because: Because,
    },
    /// Papers, a supplement or a portal event came when the dossier was no longer open: kept for a person.
    ArrivalKept {
        what: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        papers: Vec<String>,
    },
    /// Work entered a step at `at`; `needs` lists the originals that it still lacks, and grace for them ends at
    /// `grace_until`. If acceptance did it, the dossier stays accepted (2).
    StepEntered {
        step: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        needs: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grace_until: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        by_acceptance: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Timestamp>,
    },
    /// Work went to another member of staff.
    Forwarded { to: String },
    /// Work went to the leader of this account.
    PutToLeader { to: String },
    /// Work went back to the one-stop desk.
    ReturnedToDesk,
    /// The result is ready; the clock ended.
    ResultReady {
        result: ResultKind,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        at: Timestamp,
    },
    /// Somebody's address, phone number or both were corrected. The person item holds who they are and the new values.
    ContactCorrected { whose: Whose, address: bool, phone: bool, consent: Consent, because: String },
    /// The result is to come back by post, or at the desk; with the consent if staff chose for the applicant.
    ReturnChosen {
        by_post: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consent: Option<Consent>,
        /// The notice that makes the postage free. It was granted with the choice and stays.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        free: Option<Granted>,
    },
    /// The applicant was asked whether the result is to come by post, and to which address.
    AddressAsked {
        at: Timestamp,
        /// The notice by which the postage would be free.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        free: Option<Granted>,
    },
    /// The address that the result is posted to was confirmed; `differs` if it is another than was declared. The person item
    /// holds it.
    AddressConfirmed {
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        differs: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consent: Option<Consent>,
    },
    /// Part of the result was handed out.
    PartHandedOut {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Recipient>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shown: Option<Identity>,
    },
    /// The result was handed out: to whom, and by which paper they proved their identity, if that was asked.
    HandedOut {
        at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Recipient>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shown: Option<Identity>,
    },
    /// The result was put into a parcel, which waits for the post.
    ParcelMade { parcel: String },
    /// The result was taken out of that parcel.
    ParcelTakenOff { parcel: String, because: String },
    /// The result was handed to the post.
    ResultPosted {
        item_code: String,
        /// The notice that makes the postage free: as it was promised with the choice, or on the day of posting.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        free: Option<Granted>,
    },
    /// The post did not deliver it this time; `first` if it had always hoped to.
    DeliveryFailed {
        attempt: u8,
        why: Why,
        at: Timestamp,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        first: bool,
    },
    /// The post delivered it.
    ResultDelivered { at: Timestamp },
    /// The post brought it back.
    ResultUndelivered,
    /// The applicant took the dossier back; an open pause ended without resuming.
    Withdrawn { reason: String, at: Timestamp },
    /// A wrong or lost result is issued anew, at the agency's cost.
    ResultReissued { reason: String },
    /// The office stopped settling the dossier.
    Closed { reason: String, article: String, at: Timestamp },
    /// A refusal or a closing was undone.
    Reopened {
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accept_until: Option<Timestamp>,
        /// Beginning of that limit; older records do not say it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accept_from: Option<Timestamp>,
    },
    /// The office apologised and promised a new date; `late` if less than one day before the due date.
    Apologised {
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<DueDate>,
        promised: DueDate,
        late: bool,
    },
    /// The dates were counted by tables that nobody knows any more, and today's give others: `due` would hold. Nobody is
    /// told; it goes to a person.
    DatesDiffer {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<DueDate>,
    },
    /// A person decided about such dates: they are counted anew, or stay as they were told.
    DatesSettled { anew: bool, because: String },
    /// A lost slip was replaced: the digits of this generation are on the new one.
    SlipReplaced { generation: u32 },
}
