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
//! | `record-cash-payment` | `attempt`, `amount_vnd`, `receipt_no` |
//! | `record-receipt` | `papers`, `minutes_no`, `by` (`hand` or `post`) |
//! | `waive` | `reason`, `papers`?, `because` |
//! | `void-pause` | `because` |
//! | `enter-step` | `step` |
//! | `forward` | `to` |
//! | `record-result` | `kind` (`positive` or `negative`), `reason`? |
//! | `hand-out` | `part`? |
//! | `post-result` | `item_code` |
//! | `close` | `reason`, `article` |
//! | `apologise` | `reason`, `new_due_on` |
//!
//! Each also takes `at`, the instant at which it happened (RFC 3339), by default now and never later. A field that a
//! command does not know is refused, since a misspelt one would otherwise be passed over.

mod body;
mod field;

use jiff::Timestamp;
use motcua::config::Config;
use motcua::dossier::{Action, Kind};
use motcua::id::AgencyCode;
use motcua::json::{Fields, Malformed};
use motcua::vietnam::parse_portal_instant;

use body::Body;
pub(crate) use field::{Field, Is};

/// The longest code of a procedure, paper, step, channel, parcel or person taken, in characters.
pub(crate) const LONGEST_CODE: usize = 100;

/// One command.
pub(crate) struct Spec {
    /// Its name in the path.
    pub name: &'static str,
    /// What it asks of the core.
    pub kind: Kind,
    /// What its body holds beside `at`.
    pub fields: &'static [Field],
    read: fn(&Body<'_>) -> Result<Action, Malformed>,
}

/// All commands.
pub(crate) static COMMANDS: [Spec; 22] = [
    Spec { name: "accept", kind: Kind::Accept, fields: &[], read: |_| Ok(Action::Accept { code: None }) },
    Spec {
        name: "refuse-intake",
        kind: Kind::RefuseIntake,
        fields: &[Field::needed("reason", Is::Prose)],
        read: |body| Ok(Action::RefuseIntake { reason: body.prose("reason")? }),
    },
    Spec {
        name: "request-supplement",
        kind: Kind::RequestSupplement,
        fields: &[Field::needed("reason", Is::Prose), Field::optional("papers", Is::Papers)],
        read: |body| Ok(Action::RequestSupplement { papers: body.papers()?, reason: body.prose("reason")? }),
    },
    Spec {
        name: "pause-clock",
        kind: Kind::PauseClock,
        fields: &[Field::needed("reason", Is::PauseReason), Field::optional("papers", Is::Papers)],
        read: |body| Ok(Action::PauseClock { reason: body.line("reason")?, papers: body.papers()? }),
    },
    Spec {
        name: "ask-fee",
        kind: Kind::AskFee,
        fields: &[Field::needed("channel", Is::Channel), Field::needed("amount_vnd", Is::Amount)],
        read: |body| body.fee(),
    },
    Spec {
        name: "ask-again",
        kind: Kind::AskAgain,
        fields: &[Field::needed("attempt", Is::Attempt), Field::needed("channel", Is::Channel)],
        read: |body| Ok(Action::AskAgain { attempt: attempt(&body.fields)?, channel: body.channel()? }),
    },
    Spec {
        name: "record-cash-payment",
        kind: Kind::RecordCash,
        fields: &[
            Field::needed("attempt", Is::Attempt),
            Field::needed("amount_vnd", Is::Amount),
            Field::needed("receipt_no", Is::Line),
        ],
        read: |body| body.cash(),
    },
    Spec {
        name: "record-receipt",
        kind: Kind::RecordReceipt,
        fields: &[
            Field::needed("papers", Is::Papers),
            Field::needed("minutes_no", Is::Line),
            Field::needed("by", Is::OneOf(&["hand", "post"])),
        ],
        read: |body| body.receipt(),
    },
    Spec {
        name: "waive",
        kind: Kind::Waive,
        fields: &[
            Field::needed("reason", Is::AwaitedReason),
            Field::optional("papers", Is::Papers),
            Field::needed("because", Is::Prose),
        ],
        read: |body| {
            let (reason, because) = (body.line("reason")?, body.prose("because")?);
            Ok(Action::Waive { reason, papers: body.papers()?, because })
        },
    },
    Spec {
        name: "void-pause",
        kind: Kind::VoidPause,
        fields: &[Field::needed("because", Is::Prose)],
        read: |body| Ok(Action::VoidPause { because: body.prose("because")? }),
    },
    Spec {
        name: "enter-step",
        kind: Kind::EnterStep,
        fields: &[Field::needed("step", Is::Step)],
        read: |body| Ok(Action::EnterStep { step: body.line("step")? }),
    },
    Spec {
        name: "forward",
        kind: Kind::Forward,
        fields: &[Field::needed("to", Is::Account)],
        read: |body| Ok(Action::Forward { to: body.line("to")? }),
    },
    Spec {
        name: "record-result",
        kind: Kind::RecordResult,
        fields: &[Field::needed("kind", Is::OneOf(&["positive", "negative"])), Field::optional("reason", Is::Prose)],
        read: |body| body.result(),
    },
    Spec {
        name: "hand-out",
        kind: Kind::HandOut,
        fields: &[Field::optional("part", Is::Flag)],
        read: |body| Ok(Action::HandOut { part: body.fields.flag("part")?.unwrap_or(false) }),
    },
    Spec {
        name: "post-result",
        kind: Kind::PostResult,
        fields: &[Field::needed("item_code", Is::Line)],
        read: |body| Ok(Action::PostResult { item_code: body.line("item_code")? }),
    },
    Spec { name: "record-delivery", kind: Kind::RecordDelivery, fields: &[], read: |_| Ok(Action::RecordDelivery) },
    Spec {
        name: "record-undelivered",
        kind: Kind::RecordUndelivered,
        fields: &[],
        read: |_| Ok(Action::RecordUndelivered),
    },
    Spec {
        name: "withdraw",
        kind: Kind::Withdraw,
        fields: &[Field::needed("reason", Is::Prose)],
        read: |body| Ok(Action::Withdraw { reason: body.prose("reason")? }),
    },
    Spec {
        name: "reissue-result",
        kind: Kind::ReissueResult,
        fields: &[Field::needed("reason", Is::Prose)],
        read: |body| Ok(Action::ReissueResult { reason: body.prose("reason")? }),
    },
    Spec {
        name: "close",
        kind: Kind::Close,
        fields: &[Field::needed("reason", Is::Prose), Field::needed("article", Is::Prose)],
        read: |body| Ok(Action::Close { reason: body.prose("reason")?, article: body.prose("article")? }),
    },
    Spec {
        name: "reopen",
        kind: Kind::Reopen,
        fields: &[Field::needed("reason", Is::Prose)],
        read: |body| Ok(Action::Reopen { reason: body.prose("reason")? }),
    },
    Spec {
        name: "apologise",
        kind: Kind::Apologise,
        fields: &[Field::needed("reason", Is::Prose), Field::needed("new_due_on", Is::Day)],
        read: |body| body.apology(),
    },
];

/// The command of this name.
pub(crate) fn find(name: &str) -> Option<&'static Spec> {
    COMMANDS.iter().find(|spec| spec.name == name)
}

/// Reads a command's body: the action, and when it happened.
pub(crate) fn parse(
    spec: &Spec,
    fields: Fields<'_>,
    config: &Config,
    agency: &AgencyCode,
    now: Timestamp,
) -> Result<(Action, Timestamp), Malformed> {
    let known: Vec<_> = spec.fields.iter().map(|field| field.name).chain(["at"]).collect();
    fields.only(&known)?;
    let at = instant(&fields, now)?;
    let body = Body { fields, config, agency };
    Ok(((spec.read)(&body)?, at))
}

/// The number of an attempt to collect a fee.
pub(crate) fn attempt(fields: &Fields<'_>) -> Result<u8, Malformed> {
    let number = fields.required("attempt", fields.whole("attempt")?)?;
    u8::try_from(number).map_err(|_| fields.malformed("attempt", "is the number of no attempt"))
}

/// `at`: RFC 3339, not later than now; now where it is absent.
pub(crate) fn instant(fields: &Fields<'_>, now: Timestamp) -> Result<Timestamp, Malformed> {
    let Some(text) = fields.line("at", LONGEST_CODE)? else { return Ok(now) };
    let is_rfc3339 = text.contains(['T', 't']);
    match parse_portal_instant(&text) {
        Ok(at) if is_rfc3339 && at <= now => Ok(at),
        Ok(_) if is_rfc3339 => Err(fields.malformed("at", "lies in the future")),
        Ok(_) | Err(_) => Err(fields.malformed("at", "is not an instant as RFC 3339 writes it")),
    }
}
