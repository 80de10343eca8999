//! The commands of staff: each is a path, a JSON object, and an action of the core.
//!
//! | command | fields |
//! | --- | --- |
//! | `accept`, `record-delivery`, `record-undelivered` | – |
//! | `refuse-intake`, `withdraw`, `reissue-result`, `reopen` | `reason` |
//! | `request-supplement` | `reason`, `papers`? |
//! | `pause-clock` | `reason` (`originals`, or one that the procedure lists), `papers`? |
//! | `ask-fee` | `channel`, `amount_vnd` |
//! | `ask-again` | `attempt` (of a fee that is open), `channel` |
//! | `record-cash-payment` | `attempt`, `amount_vnd`, `receipt_no`? (of a paper receipt: until 31/12/2026, and needed then where no provider issues electronic ones) |
//! | `record-receipt` | `papers`, `minutes_no`, `by` (`hand` or `post`) |
//! | `waive` | `reason`, `papers`?, `because` |
//! | `void-pause` | `because` |
//! | `enter-step` | `step` |
//! | `forward` | `to` |
//! | `put-to-leader` | `to` (a manager) |
//! | `return-to-desk` | – |
//! | `record-result` | `kind` (`positive` or `negative`), `reason`? |
//! | `correct-receipt` | `papers`, `awaited_as`? (`originals` or `supplement`: stops the clock at once), `because` |
//! | `record-document` | `reason`, `papers`?, `document_no`, `issued_on` |
//! | `correct-contact` | `whose` (`applicant` or `filer`), `address`?, `phone`?, `consent`, `given_by`?, `because` |
//! | `choose-return` | `by` (`post` or `desk`), `consent`, `given_by`? |
//! | `ask-address` | – |
//! | `confirm-address` | `street`, `commune` (`26740@2026-09-20`), `old`? (the commune of before 01/07/2025), `receiver`?, `phone`?, `consent`, `given_by`? |
//! | `hand-out` | `to` (`applicant`, `filer` or `proxy`), `name`? (a proxy's), `shown`, `paper_no`, `part`? |
//! | `post-result` | `item_code` |
//! | `close` | `reason`, `article` |
//! | `apologise` | `reason`, `new_due_on` |
//!
//! `consent` is `phone`, `desk` or `writing`. `given_by` is the person who agreed, if that is somebody else. `shown` is
//! the paper by which somebody proved who they are: `citizen_card`, `identity_card`, `passport`, `electronic` or
//! `other`. Names, addresses and numbers of people are stored in the person item and nowhere else.
//!
//! Each also takes `at`, the instant at which it happened (RFC 3339), by default now and never later. A field that a
//! command does not know is refused, because a misspelt one would otherwise be ignored.

mod body;
mod field;
mod read;
mod table;

use jiff::Timestamp;
use rules::config::Config;
use rules::dossier::{Action, Kind};
use rules::id::AgencyCode;
use rules::json::{Fields, Malformed};
use rules::person::Personal;
use rules::vietnam;

use body::Body;
pub(crate) use field::{Field, Is};
pub(crate) use read::{PARTY, attempt, instant, party, prose};
pub(crate) use table::COMMANDS;

/// Reader of something in a command's body.
type Reads<T> = fn(&Body<'_>) -> Result<T, Malformed>;

/// One command.
pub(crate) struct Spec {
    /// Its name in the path.
    pub name: &'static str,
    /// Its kind in the core.
    pub kind: Kind,
    /// Fields of its body beside `at`.
    pub fields: &'static [Field],
    read: Reads<Action>,
    /// Reader of the personal data in it, if it has any.
    people: Option<Reads<Personal>>,
}

/// A command as read.
pub(crate) struct Read {
    /// The action.
    pub action: Action,
    /// When it happened.
    pub at: Timestamp,
    /// The personal data in it.
    pub personal: Option<Personal>,
}

/// The command of this name.
pub(crate) fn find(name: &str) -> Option<&'static Spec> {
    COMMANDS.iter().find(|spec| spec.name == name)
}

/// The command of this kind in the core; `None` if staff never give it.
pub(crate) fn of_kind(kind: Kind) -> Option<&'static Spec> {
    COMMANDS.iter().find(|spec| spec.kind == kind)
}

/// Reads a command's body.
pub(crate) fn parse(
    spec: &Spec,
    fields: Fields<'_>,
    config: &Config,
    agency: &AgencyCode,
    now: Timestamp,
) -> Result<Read, Malformed> {
    let known: Vec<_> = spec.fields.iter().map(|field| field.name).chain(["at"]).collect();
    fields.only(&known)?;
    let at = instant(&fields, now)?;
    let body = Body { fields, config, agency, today: vietnam::day(now) };
    let action = (spec.read)(&body)?;
    let personal = spec.people.map(|people| people(&body)).transpose()?;
    Ok(Read { action, at, personal })
}
