//! Repeats: what makes two messages tell the same, however each of them is written.
//!
//! | message | the same if these are |
//! | --- | --- |
//! | payment | identity, amount with its currency, and outcome |
//! | event of a portal | delivery id, type and `data` |
//! | command at the desk | idempotency key, account, path, and the body as it is read |
//!
//! The name (identity, delivery id, key) leads to what is kept; the digests here are compared with the one kept there.
//! Spaces, the order of members, members that are `null`, other instants in an envelope and other fields of a gateway
//! make no other message. The same name with another meaning is a conflict, or a mistake of the sender.

use crate::dossier::Payment;
use crate::gateway::{Found, identity};
use crate::json::{Object, meaning};
use crate::signature::sha256_hex;

/// Prefix of a digest of what a payment means.
const MEANING: &str = "means:";

impl Found {
    /// Digest of what makes two messages of one identity tell the same: amount, currency and outcome, however either is
    /// written and however a failure is worded. `told` is the amount with its currency as told, which counts if it is
    /// not a whole number of đồng. `number` is the gateway's number of the transaction, which counts if the identity
    /// does not hold it: the national platform tells of a second payment of an order under the identity of the first.
    #[must_use]
    pub fn meaning(&self, told: &str, number: &str) -> String {
        let amount = self.amount_vnd.map_or_else(|| told.to_owned(), |amount| format!("VND {}", amount.dong()));
        let outcome = self.outcome.class();
        let named = identity(&[number]);
        let apart = if self.identity.split('/').any(|part| part == named) { "" } else { number };
        format!("{MEANING}{}", sha256_hex(format!("{} {amount} {outcome} {apart}", self.identity).as_bytes()))
    }

    /// Whether this payment, whose meaning is `digest`, is the one that is kept under its identity. A payment from before
    /// there were meanings was kept with a digest of bytes, and is compared by amount and outcome alone.
    #[must_use]
    pub fn repeats(&self, digest: &str, kept: &Payment, kept_digest: &str) -> bool {
        if kept_digest.starts_with(MEANING) == digest.starts_with(MEANING) {
            return digest == kept_digest;
        }
        self.amount_vnd == kept.amount_vnd && self.outcome.class() == kept.outcome.class()
    }
}

/// Returns the digest of what an event of a portal tells: type and data. Another instant in the envelope is the same news
/// told again.
#[must_use]
pub fn of_event(body: &[u8]) -> String {
    let told = Object::parse(body).ok().and_then(|body| {
        let member = |name| body.raw(name).and_then(|raw| meaning(raw.as_bytes()));
        Some(format!("{} {}", member("type")?, member("data")?))
    });
    sha256_hex(told.as_deref().map_or(body, str::as_bytes))
}

/// Returns the digests of a command that this account sent to this path: of what its body means, and of its bytes.
#[must_use]
pub fn of_command(account: &str, path: &str, body: &[u8]) -> [String; 2] {
    let digest = |body: &[u8]| {
        let mut content = Vec::with_capacity(body.len() + 200);
        for part in [account.as_bytes(), path.as_bytes(), body] {
            content.extend_from_slice(&(part.len() as u64).to_be_bytes());
            content.extend_from_slice(part);
        }
        sha256_hex(&content)
    };
    let as_written = digest(body);
    let meant = meaning(body).map_or_else(|| as_written.clone(), |meaning| digest(meaning.as_bytes()));
    [meant, as_written]
}

/// Whether a kept digest is of this message. Digests from before there were meanings are of its bytes.
#[must_use]
pub fn is_of(kept: &str, meant: &str, as_written: &str) -> bool {
    kept == meant || kept == as_written
}

/// Whether two forms tell the same.
#[must_use]
pub fn same_form(one: &str, other: &str) -> bool {
    meaning(one.as_bytes()).is_some_and(|one| Some(one) == meaning(other.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::PaymentOutcome;
    use crate::vnd::Vnd;

    fn found(dong: u64, outcome: PaymentOutcome) -> Found {
        Found { identity: "SHOP/R/1".into(), amount_vnd: Vnd::new(dong).ok(), outcome, at: None }
    }

    #[test]
    fn amount_currency_and_outcome_make_the_meaning_of_a_payment() {
        let paid = || found(5, PaymentOutcome::Paid);
        let later = Found { at: "2020-04-15T01:00:00Z".parse().ok(), ..paid() };
        assert_eq!(paid().meaning("VND 5", "1"), later.meaning("VND 5.0", "1"));
        let failed = |code: &str| found(5, PaymentOutcome::Failed(code.into())).meaning("VND 5", "1");
        assert_eq!(failed("24"), failed("99"));
        for other in [found(6, PaymentOutcome::Paid).meaning("VND 6", "1"), failed("24")] {
            assert_ne!(paid().meaning("VND 5", "1"), other);
        }
        let foreign = |told: &str| Found { amount_vnd: None, ..paid() }.meaning(told, "1");
        assert_ne!(foreign("USD 5"), foreign("EUR 5"));
    }

    #[test]
    fn a_number_that_the_identity_does_not_hold_tells_payments_apart() {
        let paid = |identity: &str| Found { identity: identity.into(), ..found(5, PaymentOutcome::Paid) };
        assert_ne!(paid("SHOP/R").meaning("", "1"), paid("SHOP/R").meaning("", "2"));
        assert_eq!(paid("SHOP/R/1").meaning("", "1"), paid("SHOP/R/1").meaning("", ""));
    }

    #[test]
    fn a_payment_kept_with_a_digest_of_bytes_is_compared_by_amount_and_outcome() {
        let paid = found(5, PaymentOutcome::Paid);
        let kept = |dong, outcome| Payment {
            channel: "vnpay".into(),
            identity: "SHOP/R/1".into(),
            attempt: 1,
            amount_vnd: Vnd::new(dong).ok(),
            outcome,
            in_parts: false,
            conflict: false,
            after_reversal: false,
        };
        let digest = paid.meaning("", "1");
        assert!(paid.repeats(&digest, &kept(5, PaymentOutcome::Paid), "ab12"));
        assert!(!paid.repeats(&digest, &kept(6, PaymentOutcome::Paid), "ab12"));
        assert!(!paid.repeats(&digest, &kept(5, PaymentOutcome::Failed("24".into())), "ab12"));
        assert!(paid.repeats(&digest, &kept(5, PaymentOutcome::Paid), &digest));
        assert!(!paid.repeats(&digest, &kept(5, PaymentOutcome::Paid), "means:other"));
    }

    #[test]
    fn an_event_is_its_type_and_data_and_a_command_its_account_path_and_body() {
        let event = |text: &str| of_event(text.as_bytes());
        let first = event(r#"{"type":"t","timestamp":"1","data":{"a":1,"b":null}}"#);
        assert_eq!(first, event(r#"{ "data": {"a": 1}, "timestamp": "2", "type": "t" }"#));
        assert_ne!(first, event(r#"{"type":"t","timestamp":"1","data":{"a":2}}"#));
        assert_ne!(first, event(r#"{"type":"u","timestamp":"1","data":{"a":1}}"#));
        let command = |account: &str, path: &str, body: &str| of_command(account, path, body.as_bytes());
        let [meant, as_written] = command("clerk", "/a", r#"{"x":1,"y":null}"#);
        let [same, other_bytes] = command("clerk", "/a", r#"{ "x": 1 }"#);
        assert!(meant == same && as_written != other_bytes);
        assert!(is_of(&meant, &same, &other_bytes) && is_of(&other_bytes, &same, &other_bytes));
        for [other, bytes] in
            [command("other", "/a", r#"{"x":1}"#), command("clerk", "/b", r#"{"x":1}"#), command("clerk", "/a", "{}")]
        {
            assert!(!is_of(&meant, &other, &bytes));
        }
        assert!(same_form(r#"{"a":1,"b":null}"#, r#"{ "a": 1 }"#) && !same_form("{", "{"));
    }
}
