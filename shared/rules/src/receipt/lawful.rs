//! The lawful receipt of one payment, with everything that was asked of the provider for it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Change, Charge, Ending, Issue, Issued, Kept, ReceiptNo, Row, Standing, State};
use crate::id::DossierId;
use crate::vietnam;
use crate::vnd::Vnd;

/// The most requests for one payment: the first, and its replacements.
pub const MOST_ISSUES: usize = 10;
/// The most tries to fetch files. Without them the receipt is as lawful, so nobody is called.
const MOST_FETCHES: u32 = 10;

/// An act that does not follow on the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the receipt is not in a state that this can follow")]
pub struct NotNow;

/// The receipt of one payment. At most one of its issues is in force at any time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lawful {
    /// The dossier whose fee was paid.
    pub dossier: DossierId,
    /// The attempt that was paid.
    pub attempt: u8,
    /// The channel of the payment.
    pub channel: String,
    /// Its identity there.
    pub identity: String,
    /// The time it was paid.
    pub paid_at: Timestamp,
    /// The provider that issues it; `None` if the agency had none when the money came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The requests, oldest first; never empty.
    pub issues: Vec<Issue>,
    /// Counted from 1 with each change; it is kept beside.
    #[serde(skip)]
    pub version: u64,
}

impl Lawful {
    /// Returns the day in Vietnam on which the money was collected.
    #[must_use]
    pub fn collected_on(&self) -> Date {
        vietnam::day(self.paid_at)
    }

    /// Returns the last request.
    ///
    /// # Panics
    /// If there is none, which is never written.
    #[must_use]
    pub fn last(&self) -> &Issue {
        self.issues.last().expect("a receipt is made with its first request")
    }

    fn last_mut(&mut self) -> &mut Issue {
        self.issues.last_mut().expect("a receipt is made with its first request")
    }

    /// Returns the issue that is in force, if one is.
    #[must_use]
    pub fn in_force(&self) -> Option<&Issue> {
        self.issues.iter().rev().find(|issue| issue.in_force().is_some())
    }

    /// Returns the number in force, if one is.
    #[must_use]
    pub fn no(&self) -> Option<ReceiptNo> {
        self.in_force().and_then(Issue::in_force).map(|issued| issued.no)
    }

    /// Returns what is to be done next.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let last = self.last();
        match &last.state {
            State::Wanted if self.provider.is_none() => Standing::ForAPerson,
            State::Wanted => Standing::ToIssue,
            State::Asked { .. } => Standing::ToLookUp,
            State::Refused { .. } => Standing::ForAPerson,
            State::Issued(issued) => match &issued.ending {
                Some(Ending::Wanted { .. }) => Standing::ToCancel,
                Some(Ending::Refused { .. }) => Standing::ForAPerson,
                None if last.files.is_empty() && last.unfetched < MOST_FETCHES && self.provider.is_some() => {
                    Standing::ToFetch
                }
                None | Some(Ending::Cancelled { .. } | Ending::Replaced { .. }) => Standing::Settled,
            },
        }
    }

    /// Notes that a call is begun, with the charges that it names. It is written before the call, so that whoever is
    /// interrupted leaves word of it.
    ///
    /// # Errors
    /// [`NotNow`] unless it is wanted, or was asked for before.
    pub fn begin(&mut self, charges: &[Charge], now: Timestamp) -> Result<(), NotNow> {
        self.provider.as_ref().ok_or(NotNow)?;
        let last = self.last_mut();
        let tries = match &last.state {
            State::Wanted => 0,
            State::Asked { tries, .. } => *tries,
            State::Issued(_) | State::Refused { .. } => return Err(NotNow),
        };
        last.charges = charges.to_vec();
        last.state = State::Asked { at: now, tries: tries + 1 };
        Ok(())
    }

    /// Names the charges of a request that was never asked, for one that a person issues.
    pub fn name_charges(&mut self, charges: &[Charge]) {
        if self.last().charges.is_empty() {
            self.last_mut().charges = charges.to_vec();
        }
    }

    /// Notes that it is issued, and returns the row of the day's table. The one it replaces is replaced.
    ///
    /// # Errors
    /// [`NotNow`] if no answer is awaited, and if nobody may note one by hand.
    pub fn issue(&mut self, issued: Issued) -> Result<Row, NotNow> {
        let awaited = match &self.last().state {
            State::Asked { .. } => true,
            // A person finds it on the provider's own pages, or writes it there.
            State::Wanted | State::Refused { .. } => issued.by.is_some(),
            State::Issued(_) => false,
        };
        if !awaited {
            return Err(NotNow);
        }
        let (no, at) = (issued.no, issued.at);
        let related = self.in_force().and_then(|issue| Some((issue.in_force()?.no, issue.amount_vnd)));
        if related.is_some() != self.last().replaces.is_some() {
            return Err(NotNow);
        }
        for issue in &mut self.issues {
            if let State::Issued(before) = &mut issue.state
                && !matches!(before.ending, Some(Ending::Cancelled { .. } | Ending::Replaced { .. }))
            {
                before.ending = Some(Ending::Replaced { by: no, at });
            }
        }
        let change = related.map_or(Change::New, |(no, amount_vnd)| Change::Replaces { no, amount_vnd });
        self.last_mut().state = State::Issued(issued);
        Ok(self.row(self.last(), no, change, at))
    }

    /// Notes that it is refused, by this code.
    ///
    /// # Errors
    /// [`NotNow`] if it is issued already.
    pub fn refuse(&mut self, code: &str, now: Timestamp) -> Result<(), NotNow> {
        self.provider.as_ref().ok_or(NotNow)?;
        match &self.last().state {
            State::Wanted | State::Asked { .. } => {
                self.last_mut().state = State::Refused { code: code.to_owned(), at: now };
                Ok(())
            }
            State::Issued(_) | State::Refused { .. } => Err(NotNow),
        }
    }

    /// Asks again for what was refused, or for what had no provider. The key stays, and it is looked up first: a refusal may
    /// have been wrong.
    ///
    /// # Errors
    /// [`NotNow`] if it waits for nobody.
    pub fn ask_again(&mut self, provider: &str, now: Timestamp) -> Result<(), NotNow> {
        let state = match &self.last().state {
            State::Refused { .. } => State::Asked { at: now, tries: 1 },
            State::Wanted if self.provider.is_none() => State::Wanted,
            State::Wanted | State::Asked { .. } | State::Issued(_) => return Err(NotNow),
        };
        self.provider = Some(provider.to_owned());
        self.last_mut().state = state;
        Ok(())
    }

    /// Wants the receipt in force cancelled.
    ///
    /// # Errors
    /// [`NotNow`] if none is in force, or if its cancellation or replacement is under way.
    pub fn want_cancelled(&mut self, by: &str, because: &str, now: Timestamp) -> Result<(), NotNow> {
        let State::Issued(issued) = &mut self.last_mut().state else { return Err(NotNow) };
        match &issued.ending {
            None | Some(Ending::Refused { .. }) => {}
            Some(Ending::Wanted { .. } | Ending::Cancelled { .. } | Ending::Replaced { .. }) => return Err(NotNow),
        }
        let (by, because) = (by.to_owned(), because.to_owned());
        issued.ending = Some(Ending::Wanted { by, because, at: now, tries: 0 });
        Ok(())
    }

    /// Notes that the call that cancels is begun.
    ///
    /// # Errors
    /// [`NotNow`] unless that is wanted.
    pub fn begin_cancelling(&mut self) -> Result<(), NotNow> {
        match &mut self.last_mut().state {
            State::Issued(Issued { ending: Some(Ending::Wanted { tries, .. }), .. }) => {
                *tries += 1;
                Ok(())
            }
            _ => Err(NotNow),
        }
    }

    /// Notes that it is cancelled, and returns the row of the day's table.
    ///
    /// # Errors
    /// [`NotNow`] unless that is wanted.
    pub fn cancel(&mut self, now: Timestamp) -> Result<Row, NotNow> {
        let State::Issued(issued) = &mut self.last_mut().state else { return Err(NotNow) };
        let Some(Ending::Wanted { by, because, .. }) = issued.ending.clone() else { return Err(NotNow) };
        let no = issued.no;
        issued.ending = Some(Ending::Cancelled { by, because, at: now });
        Ok(self.row(self.last(), no, Change::Cancelled, now))
    }

    /// Notes that the provider does not cancel it.
    ///
    /// # Errors
    /// [`NotNow`] unless that is wanted.
    pub fn refuse_cancelling(&mut self, code: &str, now: Timestamp) -> Result<(), NotNow> {
        let State::Issued(issued) = &mut self.last_mut().state else { return Err(NotNow) };
        let Some(Ending::Wanted { by, because, .. }) = issued.ending.clone() else { return Err(NotNow) };
        issued.ending = Some(Ending::Refused { by, because, code: code.to_owned(), at: now });
        Ok(())
    }

    /// Wants another in the place of the one in force, for this amount.
    ///
    /// # Errors
    /// [`NotNow`] if none is in force, if something else is under way, or if there were too many.
    pub fn want_replaced(&mut self, (by, because): (&str, &str), key: String, amount_vnd: Vnd) -> Result<(), NotNow> {
        let free = matches!(&self.last().state, State::Issued(issued) if issued.ending.is_none());
        if !free || self.issues.len() >= MOST_ISSUES || amount_vnd.is_zero() {
            return Err(NotNow);
        }
        let replaces = Some((by.to_owned(), because.to_owned()));
        self.issues.push(Issue { replaces, ..Issue::wanted(key, amount_vnd) });
        Ok(())
    }

    /// Notes the files of the last one, or that they did not come.
    ///
    /// # Errors
    /// [`NotNow`] if it is not issued, or if they are here.
    pub fn fetched(&mut self, files: Vec<Kept>) -> Result<(), NotNow> {
        let last = self.last_mut();
        if last.issued().is_none() || !last.files.is_empty() {
            return Err(NotNow);
        }
        if files.is_empty() {
            last.unfetched += 1;
        }
        last.files = files;
        Ok(())
    }

    /// Notes that the office keeps no files.
    ///
    /// # Errors
    /// [`NotNow`] if it is not issued, or if they are here.
    pub fn keep_none(&mut self) -> Result<(), NotNow> {
        self.fetched(Vec::new())?;
        self.last_mut().unfetched = MOST_FETCHES;
        Ok(())
    }

    fn row(&self, issue: &Issue, no: ReceiptNo, change: Change, at: Timestamp) -> Row {
        let issued_on = issue.issued().map_or_else(|| vietnam::day(at), |issued| issued.on);
        let because = match (&change, issue.issued().and_then(|issued| issued.ending.as_ref())) {
            (Change::Cancelled, Some(Ending::Cancelled { because, .. })) => Some(because.clone()),
            (Change::Replaces { .. }, _) => issue.replaces.as_ref().map(|(_, because)| because.clone()),
            _ => None,
        };
        Row {
            key: issue.key.clone(),
            no,
            issued_on,
            charges: issue.charges.clone(),
            amount_vnd: issue.amount_vnd,
            change,
            at,
            collected_on: self.collected_on(),
            because,
        }
    }
}
