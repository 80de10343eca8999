//! Money as staff see it.

use motcua::store::{Key, Money, MoneyPage, Owner, Refund, Voucher};
use rules::dossier::Because;
use rules::id::AgencyCode;
use serde_json::{Value, json};

use crate::api::view;

/// A page of the list. Money that a newer version of this code wrote is in it too, without its content.
pub(super) fn page(agency: &AgencyCode, page: &MoneyPage) -> Value {
    let entry = |(key, read): &(Key, Result<Money, motcua::store::Error>)| match read {
        Ok(money) => entry(key, money),
        Err(_) => json!({ "id": key.money_name(), "class": "unreadable" }),
    };
    json!({ "agency": agency, "items": page.items.iter().map(entry).collect::<Vec<_>>(), "next_after": page.next })
}

/// Entry of a list: nothing of the message that may name somebody.
fn entry(key: &Key, money: &Money) -> Value {
    json!({
        "id": key.money_name(),
        "version": money.version,
        "class": class(money),
        "standing": standing(money),
        "channel": money.payment.channel,
        "reference": money.reference,
        "amount_vnd": money.payment.amount_vnd,
        "surplus_vnd": money.surplus_vnd,
        "outcome": money.payment.outcome,
        "paid_at": money.at,
        "claimed_at": money.claimed_at,
        "received_at": money.received_at,
        "dossier": match money.owner {
            Owner::Dossier(id) => Some(id.as_str().to_owned()),
            Owner::Unclaimed(_) => None,
        },
    })
}

/// Everything about a payment; the message as received only for those who decide.
pub(super) fn whole(agency: &AgencyCode, key: &Key, money: &Money, voucher: Option<&Voucher>, decides: bool) -> Value {
    let mut whole = entry(key, money);
    whole["identity"] = json!(money.payment.identity);
    whole["attempt"] = json!(money.attempt);
    whole["voucher"] = voucher.map_or(Value::Null, |voucher| view::voucher(agency, voucher));
    whole["refund_reference"] = match &money.refund {
        Some(Refund::Done(reference)) => json!(reference),
        Some(Refund::Marked) | None => Value::Null,
    };
    whole["history"] = json!(money.history);
    whole["raw"] = json!(money.raw.as_ref().filter(|_| decides).map(|raw| raw.expose()));
    whole
}

/// Why it waits; `None` if it does not.
fn class(money: &Money) -> Option<&'static str> {
    match money.owner {
        Owner::Unclaimed(because) => Some(match because {
            Because::UnknownReference => "unknown_reference",
            Because::OtherChannel => "other_channel",
            Because::AmountDiffers => "amount_differs",
            Because::AlreadyPaid => "already_paid",
            Because::Waived => "waived",
            Because::NotOpen => "not_open",
            Because::Suspected => "suspected",
            Because::Reversed => "reversed",
            Because::Conflict => "conflict",
        }),
        Owner::Dossier(_) => money.surplus_vnd.map(|_| "surplus"),
    }
}

fn standing(money: &Money) -> &'static str {
    match &money.refund {
        _ if money.no_money.is_some() => "no_money",
        Some(Refund::Marked) => "to_refund",
        Some(Refund::Done(_)) => "refunded",
        None if money.needs_a_person() => "open",
        None => "settled",
    }
}
