//! Fees of a dossier, the attempts to collect them, and the vouchers for the money received.

use motcua::store::{Key, Voucher};
use rules::catalogue::Procedure;
use rules::dossier::{Dossier, Fee};
use rules::id::{AgencyCode, Reference};
use serde_json::{Value, json};

/// One entry an attempt; `fee` names the first attempt of the same fee, and paid and missing are the whole fee's.
pub(super) fn view(dossier: &Dossier, procedure: Option<&Procedure>) -> Value {
    dossier.fees.iter().map(|fee| attempt(dossier, procedure, fee)).collect()
}

fn attempt(dossier: &Dossier, procedure: Option<&Procedure>, fee: &Fee) -> Value {
    let terms = procedure.zip(fee.code.as_deref());
    let terms = terms.and_then(|(procedure, code)| procedure.fees.iter().find(|terms| terms.code == code));
    let debt = dossier.debt(fee.attempt);
    json!({
        "attempt": fee.attempt,
        "fee": fee.fee(),
        "code": fee.code,
        "name_vi": terms.map(|terms| &terms.name_vi),
        "kind": terms.map(|terms| terms.kind),
        "reference": Reference { id: dossier.id, attempt: fee.attempt }.to_string(),
        "channel": fee.channel,
        "amount_vnd": fee.amount_vnd,
        "state": fee.state,
        "paid_vnd": debt.map(|debt| debt.paid_vnd),
        "missing_vnd": debt.map(|debt| debt.missing_vnd()),
    })
}

/// A voucher, with the payment it is for.
pub(crate) fn voucher(agency: &AgencyCode, voucher: &Voucher) -> Value {
    json!({
        "no": voucher.no.to_string(),
        "attempt": voucher.attempt,
        "amount_vnd": voucher.amount_vnd,
        "channel": voucher.channel,
        "paid_at": voucher.paid_at,
        "given_at": voucher.given_at,
        "money": Key::money_as_written(agency, &voucher.channel, &voucher.identity).money_name(),
        "official_receipt": voucher.official.last(),
        "cancelled": voucher.cancelled,
    })
}
