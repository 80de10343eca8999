//! News of a dossier for people.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Visit;
use crate::token::Purpose;
use crate::vnd::Vnd;

/// Event of a dossier that somebody is told of by SMS. Days are days in Vietnam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News<'a> {
    /// It came in and is being checked.
    Received {
        /// The day it came.
        received_on: Date,
    },
    /// It was accepted.
    Accepted {
        /// The day the result is promised for; `None` if the clock waits for the fee, or if a year has no official
        /// holidays yet.
        due_on: Option<Date>,
    },
    /// Fees are to be paid.
    FeeAsked {
        /// Fees and charges together.
        fee_vnd: Vnd,
        /// The last day of the wait, which counts, if one is configured.
        pay_by: Option<Date>,
        /// Whether all of it is the postage of the result.
        postage: bool,
    },
    /// A payment arrived.
    Paid {
        /// Amount that was paid.
        paid_vnd: Vnd,
        /// The number of the official receipt, once there is one.
        receipt_no: Option<&'a str>,
        /// Whether a stopped clock goes on with it.
        goes_on: bool,
        /// The due date, if the payment makes it known.
        due_on: Option<Date>,
    },
    /// The clock stopped because originals are missing.
    PausedForOriginals {
        /// The day the pause began.
        paused_on: Date,
        /// Number of originals that are missing.
        missing: u32,
        /// The last day of the wait, which counts, if one is configured.
        send_by: Option<Date>,
    },
    /// Some of the awaited originals came; the clock is still stopped.
    PartlyIn {
        /// Number of originals that are in.
        received: u32,
        /// Number of originals that were awaited.
        awaited: u32,
        /// The day they came.
        received_on: Date,
    },
    /// Everything is in; the clock runs again.
    Resumed {
        /// Whether papers came in, rather than only a fee or a waiver.
        papers_in: bool,
        /// The day from which it runs.
        resumed_on: Date,
        /// The due date now; `None` before acceptance, since there is none yet.
        due_on: Option<Date>,
        /// The due date before the clock stopped, if it is known.
        was_on: Option<Date>,
        /// Whether the clock stood for a while, rather than going on at the instant at which it stopped.
        stood: bool,
    },
    /// A pause was void: made in error, or the papers had been handed over before it.
    PauseVoid {
        /// The day the void pause had begun.
        paused_on: Date,
        /// The due date, which does not move, if there is one.
        due_on: Option<Date>,
    },
    /// The due date moved, because the official days off or the office hours changed.
    DateMoved {
        /// The date that was told before.
        was_on: Date,
        /// The due date now.
        due_on: Date,
    },
    /// Papers or corrections are asked for.
    SupplementAsked {
        /// Number of papers; 0 if none is named.
        papers: u32,
        /// The last day of the wait, which counts, if one is configured.
        send_by: Option<Date>,
    },
    /// Several things are asked for at once, or with the acceptance.
    Outstanding(Outstanding),
    /// The office is late, apologises and names a new date.
    Apology {
        /// The date that was missed.
        missed_on: Date,
        /// The date promised now.
        due_on: Date,
    },
    /// The result can be fetched at the desk.
    Ready {
        /// Fees and charges that are due on its return.
        fee_vnd: Option<Vnd>,
    },
    /// The applicant is asked whether the result is to come by post, and to which address.
    AddressAsked {
        /// Whether a measure makes its postage free.
        free_of_charge: bool,
    },
    /// The post could not deliver the result for the first time.
    DeliveryFailed {
        /// The day of the attempt.
        failed_on: Date,
    },
    /// The post brought the result back; it is at the desk again.
    CameBack {
        /// The day on which it did.
        came_back_on: Date,
    },
    /// The result was handed to the post.
    Posted {
        /// The day of the hand-over.
        posted_on: Date,
        /// The postal operator's number.
        parcel_no: Option<&'a str>,
        /// Whether a measure made its postage free.
        free_of_charge: bool,
    },
    /// The post delivered the result.
    Delivered {
        /// Time of delivery.
        delivered_at: Timestamp,
    },
    /// Not accepted (portal status 3).
    NotAccepted {
        /// The day of the refusal.
        refused_on: Date,
    },
    /// Settled with a negative result (portal status 9; NĐ 61/2018 art. 19(8)).
    NegativeResult {
        /// The day of the result.
        decided_on: Date,
    },
    /// Somebody's address or phone number was corrected.
    ContactCorrected {
        /// The day of the correction.
        corrected_on: Date,
        /// The due date, if it could be counted at last.
        due_on: Option<Date>,
    },
    /// The way in which the result comes back was chosen.
    ReturnChosen {
        /// Whether by post, rather than at the desk.
        by_post: bool,
        /// Whether a measure made its postage free.
        free_of_charge: bool,
        /// The due date, if it could be counted at last.
        due_on: Option<Date>,
    },
    /// Papers that were recorded as received had not come.
    ReceiptCorrected {
        /// Number of papers that are missing.
        missing: u32,
        /// The due date, if it could be counted at last.
        due_on: Option<Date>,
    },
    /// Closed by the office (portal status 8).
    Closed {
        /// The day from which it is closed.
        closed_on: Date,
    },
}

/// Things that an applicant is asked for in one message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outstanding {
    /// Whether the dossier is accepted at the same time.
    pub accepted: bool,
    /// Number of missing originals, for which the clock is stopped. No dossier lacks 255.
    pub originals: u8,
    /// Number of papers of a supplement, for which the clock is stopped; 0 if none is named.
    pub papers: Option<u8>,
    /// Fees and charges together.
    pub fee_vnd: Option<Vnd>,
    /// The earliest last day of a wait for one of these.
    pub by: Option<Date>,
}

impl News<'_> {
    /// Whether it asks somebody to come to the desk, or leaves them that choice.
    #[must_use]
    pub fn asks_to_come(&self) -> bool {
        match self {
            Self::Ready { .. }
            | Self::CameBack { .. }
            | Self::PausedForOriginals { .. }
            | Self::PartlyIn { .. }
            | Self::SupplementAsked { .. }
            | Self::ReceiptCorrected { .. } => true,
            // A fee alone is paid from home.
            Self::Outstanding(Outstanding { originals, papers, .. }) => *originals > 0 || papers.is_some(),
            Self::FeeAsked { .. }
            | Self::Received { .. }
            | Self::Accepted { .. }
            | Self::Paid { .. }
            | Self::Resumed { .. }
            | Self::PauseVoid { .. }
            | Self::DateMoved { .. }
            | Self::Apology { .. }
            | Self::AddressAsked { .. }
            | Self::DeliveryFailed { .. }
            | Self::Posted { .. }
            | Self::Delivered { .. }
            | Self::NotAccepted { .. }
            | Self::NegativeResult { .. }
            | Self::ContactCorrected { .. }
            | Self::ReturnChosen { .. }
            | Self::Closed { .. } => false,
        }
    }

    /// Whether it is told at once by every way to its receiver, not by the first alone: somebody changed where the result
    /// goes, and whoever did not do that must not miss it.
    #[must_use]
    pub fn is_told_everywhere(&self) -> bool {
        matches!(self, Self::ContactCorrected { .. } | Self::ReturnChosen { .. })
    }

    /// Returns what its link is for.
    #[must_use]
    pub fn purpose(&self, visit: Visit<'_>) -> Purpose {
        match self {
            Self::AddressAsked { .. } | Self::DeliveryFailed { .. } | Self::CameBack { .. } => Purpose::Address,
            Self::Ready { fee_vnd: None } if visit.by_post => Purpose::Post,
            Self::FeeAsked { .. } => Purpose::Pay,
            Self::SupplementAsked { .. } | Self::PausedForOriginals { .. } | Self::PartlyIn { .. } => {
                Purpose::Supplement
            }
            _ => Purpose::See,
        }
    }

    /// Returns the last day on which a person can do what the news asks for.
    #[must_use]
    pub fn act_by(&self) -> Option<Date> {
        match self {
            Self::FeeAsked { pay_by: by, .. }
            | Self::PausedForOriginals { send_by: by, .. }
            | Self::SupplementAsked { send_by: by, .. }
            | Self::Outstanding(Outstanding { by, .. }) => *by,
            Self::Received { .. }
            | Self::Accepted { .. }
            | Self::Paid { .. }
            | Self::PartlyIn { .. }
            | Self::Resumed { .. }
            | Self::PauseVoid { .. }
            | Self::DateMoved { .. }
            | Self::Apology { .. }
            | Self::Ready { .. }
            | Self::AddressAsked { .. }
            | Self::DeliveryFailed { .. }
            | Self::CameBack { .. }
            | Self::Posted { .. }
            | Self::Delivered { .. }
            | Self::NotAccepted { .. }
            | Self::NegativeResult { .. }
            | Self::ContactCorrected { .. }
            | Self::ReturnChosen { .. }
            | Self::ReceiptCorrected { .. }
            | Self::Closed { .. } => None,
        }
    }
}
