//! Money that waits for a person: listed by age, read, and decided.
//!
//! | decision | fields | who |
//! | --- | --- | --- |
//! | `attach` | `dossier` (id or code), `attempt`? (the fee it pays; without it, only recorded), `reason` | managers |
//! | `mark-refund` | `reason` | managers |
//! | `refunded` | `reference` (the bank's or gateway's), `reason` | managers |
//! | `no-money` | `kind` (`trial`, `test` or `duplicate`), `reason` | managers |
//! | `cancel-voucher` | `reason`, `replace`? (whether the next number is given instead) | managers |
//! | `official-receipt` | `form`?, `symbol`?, `number` | all but administrators |
//!
//! Each needs `If-Match: "<version of the money>"` and an `Idempotency-Key`. `GET /api/v1/money` lists what waits,
//! oldest first, a page of a hundred that begins after `?after=`. The message as received is in the single view, for
//! managers, until the money is settled.

mod view;

use jiff::Timestamp;
use motcua::recorder::{Decision, Receipt, RecordError, Resolution, Resolved};
use motcua::site::Site;
use motcua::store::{Did, Error, Key, Money, NoMoney};
use rules::dossier::{Kind, Phase, Refusal};
use rules::http::query;
use rules::id::DossierId;
use rules::json::{Fields, Malformed};
use rules::limits::LONGEST_CODE;

use crate::api::answer::Answer;
use crate::api::audited;
use crate::api::commands::{Field, Is, attempt, prose};
use crate::permission::Staff;

/// One decision.
pub(crate) struct Spec {
    /// Its name in the path.
    pub name: &'static str,
    /// Allowed to every role that may give a command of this kind.
    pub kind: Kind,
    /// Its effect, in one line.
    pub summary: &'static str,
    /// Fields of its body.
    pub fields: &'static [Field],
    read: Read,
}

/// Kind of decision that its fields are read as.
#[derive(Clone, Copy)]
enum Read {
    Attach,
    MarkRefund,
    Refunded,
    NoMoney,
    CancelVoucher,
    OfficialReceipt,
}

/// All decisions.
pub(crate) static DECISIONS: [Spec; 6] = [
    Spec {
        name: "attach",
        kind: Kind::AttachMoney,
        summary: "The money is a dossier's, and pays the fee of an attempt where one is named",
        fields: &[Field::needed("dossier", Is::Line), Field::optional("attempt", Is::Attempt), REASON],
        read: Read::Attach,
    },
    Spec {
        name: "mark-refund",
        kind: Kind::AttachMoney,
        summary: "The money is to go back",
        fields: &[REASON],
        read: Read::MarkRefund,
    },
    Spec {
        name: "refunded",
        kind: Kind::AttachMoney,
        summary: "The money went back, under this reference of the bank or gateway",
        fields: &[Field::needed("reference", Is::Line), REASON],
        read: Read::Refunded,
    },
    Spec {
        name: "no-money",
        kind: Kind::AttachMoney,
        summary: "It is no money: a gateway's trial, a test, or a payment recorded already; it leaves the book",
        fields: &[Field::needed("kind", Is::OneOf(&["trial", "test", "duplicate"])), REASON],
        read: Read::NoMoney,
    },
    Spec {
        name: "cancel-voucher",
        kind: Kind::AttachMoney,
        summary: "The voucher's number is kept as cancelled; replace gives the next one",
        fields: &[REASON, Field::optional("replace", Is::Flag)],
        read: Read::CancelVoucher,
    },
    Spec {
        name: "official-receipt",
        kind: Kind::RecordCash,
        summary: "Notes the official receipt (biên lai)",
        fields: &[
            Field::optional("form", Is::Line),
            Field::optional("symbol", Is::Line),
            Field::needed("number", Is::Line),
        ],
        read: Read::OfficialReceipt,
    },
];

/// Reason for the decision.
const REASON: Field = Field::needed("reason", Is::Prose);

/// The decision of this name.
pub(crate) fn find(name: &str) -> Option<&'static Spec> {
    DECISIONS.iter().find(|spec| spec.name == name)
}

/// A decision as asked for.
pub(crate) struct Wish {
    /// The payment.
    pub name: String,
    /// The version it was decided on.
    pub version: u64,
    /// The decision.
    pub decision: &'static Spec,
}

/// Lists the money that waits for a person, oldest first.
pub(crate) async fn list(site: &Site, staff: &Staff, raw_query: &str) -> Result<Answer, Answer> {
    let pairs = query::pairs(raw_query);
    let after = pairs.iter().find(|pair| *pair.name == *b"after").map(|pair| &pair.value);
    let after = after.map(|value| std::str::from_utf8(value).unwrap_or_default());
    let store = site.recorder.store();
    let page = store.money_before_a_person(&staff.agency, after).await?;
    let page = page.ok_or_else(|| Malformed::new("after", "is no page of this list"))?;
    Ok(Answer::Listed(view::page(site.recorder.code(&staff.agency), &page)))
}

/// Shows one payment, whether it waits or not.
pub(crate) async fn one(site: &Site, staff: &Staff, name: &str, now: Timestamp) -> Result<Answer, Answer> {
    let read = Box::pin(found(site, staff, name)).await?;
    let (key, money) = read.ok_or(Answer::NotFound)?;
    if money.raw.is_some() && staff.decides_money() {
        audited::first(site, staff, Did::ReadMoney { money: name.to_owned() }, now).await?;
    }
    let view = whole(site, staff, &key, &money).await?;
    Ok(Answer::Found(money.version, view))
}

/// The payment of that name; `None` if there is none.
pub(crate) async fn found(site: &Site, staff: &Staff, name: &str) -> Result<Option<(Key, Money)>, Error> {
    let Some(key) = Key::money_named(&staff.agency, name) else { return Ok(None) };
    let item = site.recorder.store().item(&key).await?;
    item.map(|item| Ok((key, Money::read(&item)?))).transpose()
}

async fn whole(site: &Site, staff: &Staff, key: &Key, money: &Money) -> Result<serde_json::Value, Error> {
    let voucher = site.recorder.voucher_of(&staff.agency, money).await?;
    Ok(view::whole(&staff.agency, key, money, voucher.as_ref(), staff.decides_money()))
}

/// Records a decision.
pub(crate) async fn decide(
    site: &Site,
    staff: &Staff,
    receipt: Receipt,
    fields: Fields<'_>,
    wish: Wish,
    now: Timestamp,
) -> Result<Answer, Answer> {
    let known: Vec<_> = wish.decision.fields.iter().map(|field| field.name).collect();
    fields.only(&known)?;
    let (resolution, because) = read(site, staff, wish.decision.read, &fields).await?;
    let money = Key::money_named(&staff.agency, &wish.name).ok_or(Answer::NotFound)?;
    let decision = Decision {
        agency: staff.agency.clone(),
        money: money.clone(),
        expected_version: wish.version,
        receipt,
        by: staff.subject.clone(),
        now,
        because,
        resolution,
    };
    let resolved = site.recorder.resolve(&decision).await.map_err(|error| match error {
        RecordError::Refused(Refusal::Phase { phase: Phase::New, .. }) => {
            Answer::Malformed(fields.malformed("dossier", "is no dossier of this agency"))
        }
        error => error.into(),
    })?;
    let (Resolved::Now(after) | Resolved::Before(_, after)) = &resolved;
    // The decision is recorded already: without its voucher the answer is still true.
    let voucher = site.recorder.voucher_of(&staff.agency, after).await.ok().flatten();
    // The message as received is shown where that is audited, in the single view.
    let view = view::whole(&staff.agency, &money, after, voucher.as_ref(), false);
    Ok(match resolved {
        Resolved::Now(after) => Answer::Decided(after.version, view),
        Resolved::Before(version, _) => Answer::AlreadyDecided(version, view),
    })
}

/// Reads the decision, and the reason for it.
async fn read(site: &Site, staff: &Staff, read: Read, fields: &Fields<'_>) -> Result<(Resolution, String), Answer> {
    let line = |name: &str| fields.line(name, LONGEST_CODE);
    let reason = || prose(fields, "reason");
    Ok(match read {
        Read::Attach => {
            let reason = reason()?;
            let attempt = fields.raw("attempt").map(|_| attempt(fields)).transpose()?;
            let name = fields.required("dossier", line("dossier")?)?;
            let dossier = dossier(site, staff, &name).await?;
            let dossier = dossier.ok_or_else(|| fields.malformed("dossier", "is no dossier of this agency"))?;
            (Resolution::Attach { dossier, attempt }, reason)
        }
        Read::MarkRefund => (Resolution::MarkRefund, reason()?),
        Read::Refunded => (Resolution::Refunded(fields.required("reference", line("reference")?)?), reason()?),
        Read::NoMoney => {
            let kind = fields.required("kind", line("kind")?)?;
            let known = NoMoney::ALL.into_iter().find(|(name, _)| *name == kind);
            let (_, why) = known.ok_or_else(|| fields.malformed("kind", "is none of trial, test, duplicate"))?;
            (Resolution::NoMoney(why), reason()?)
        }
        Read::CancelVoucher => {
            let replace = fields.flag("replace")?.unwrap_or(false);
            (Resolution::CancelVoucher { replace }, reason()?)
        }
        Read::OfficialReceipt => {
            let (form, symbol) = (line("form")?, line("symbol")?);
            let number = fields.required("number", line("number")?)?;
            (Resolution::OfficialReceipt { form, symbol, number }, String::new())
        }
    })
}

/// Finds a dossier by its id; a name that is no id may be a code.
async fn dossier(site: &Site, staff: &Staff, name: &str) -> Result<Option<DossierId>, Answer> {
    match DossierId::parse(name) {
        Ok(id) => Ok(Some(id)),
        Err(_) => Ok(site.recorder.store().id_of(&staff.agency, name).await?),
    }
}
