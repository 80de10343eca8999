//! The book of money received: each payment that brought money, by its channel and by the time the payer paid.
//! `project` writes it from the payments. It says nothing that changes: the owner of money is stored with the payment.

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use jiff::Timestamp;
use jiff::civil::Date;
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use super::item::{read, s, under};
use super::{Error, Item, Key, Money, Page, Store};
use rules::dossier::{CASH, Payment, PaymentOutcome};
use rules::gateway::settlement::Line;
use rules::id::AgencyCode;
use rules::vietnam;
use rules::vnd::Vnd;

/// One line of the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booked {
    /// The time the payer paid, by the gateway.
    pub at: Timestamp,
    /// The channel, or [`rules::dossier::CASH`].
    pub channel: String,
    /// The permanent identity within the channel; of cash, the number of its receipt.
    pub identity: String,
    /// The order's number.
    pub reference: String,
    /// The amount that came.
    pub amount_vnd: Vnd,
    /// Whether somebody decided afterwards that it is no money: the line stays, and is not read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub struck: bool,
}

impl Booked {
    /// Returns the line of a payment; `None` if it brought no money, or another merchant. All money is booked, whatever
    /// else was said under its identity.
    #[must_use]
    pub fn of(money: &Money) -> Option<Self> {
        let Payment { channel, identity, amount_vnd, outcome, .. } = &money.payment;
        let brought = matches!(outcome, PaymentOutcome::Paid | PaymentOutcome::Suspected);
        let amount_vnd = (*amount_vnd).filter(|_| brought && !money.other_merchant)?;
        let (channel, identity) = (channel.clone(), identity.clone());
        Some(Self {
            at: money.at,
            channel,
            identity,
            reference: money.reference.clone(),
            amount_vnd,
            struck: money.no_money.is_some(),
        })
    }

    /// Returns the key of its payment.
    #[must_use]
    pub fn money(&self, agency: &AgencyCode) -> Key {
        Key::money_as_written(agency, &self.channel, &self.identity)
    }

    fn key(&self, agency: &AgencyCode) -> Key {
        Key::booked(agency, &self.channel, self.at, &self.identity)
    }

    fn json(&self) -> String {
        serde_json::to_string(self).expect("a line has string keys only")
    }

    fn item(&self, agency: &AgencyCode) -> Item {
        let mut item = under(&self.key(agency));
        item.insert("booked".into(), s(self.json()));
        item
    }
}

/// An identity without the digest that is added to it where another message has the same.
fn without_digest(identity: &str) -> &str {
    let of_digest = |text: &&str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match identity.rsplit_once('~') {
        Some((before, digest)) if of_digest(&digest.trim_start_matches("means:")) => before,
        _ => identity,
    }
}

/// A payment as a settlement lists it.
impl From<Booked> for Line {
    fn from(booked: Booked) -> Self {
        let Booked { channel, identity, reference, amount_vnd, at: _, struck: _ } = booked;
        let transaction = match without_digest(&identity).rsplit('/').next() {
            // The last part of an identity is the gateway's number; a receipt's number is taken as it is.
            Some(last) if channel != CASH => percent_decode_str(last).decode_utf8_lossy().into_owned(),
            _ => identity,
        };
        Self { transaction, reference, amount_vnd }
    }
}

impl Store {
    /// Adds a payment to the book, or strikes it out; `false` if that is done already, or if it brought no money.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn book(&self, agency: &AgencyCode, money: &Money) -> Result<bool, Error> {
        let Some(booked) = Booked::of(money) else { return Ok(false) };
        // A repeat is found by reading, which costs less than a write that is declined.
        match self.item(&booked.key(agency)).await? {
            None if booked.struck => Ok(false),
            None => Ok(self.put_once(booked.item(agency)).await?.is_none()),
            Some(there) if booked.struck && !read::<Booked>(&there, "booked")?.struck => {
                self.change(&booked.key(agency), "booked", &booked.json()).await.map(|()| true)
            }
            Some(_) => Ok(false),
        }
    }

    /// Reads a channel's lines from one day in Vietnam to another, oldest first; `None` if there are more than `most`.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn booked(
        &self,
        agency: &AgencyCode,
        channel: &str,
        (from, until): (Date, Date),
        most: usize,
    ) -> Result<Option<Vec<Booked>>, Error> {
        let (mut lines, mut next) = (Vec::new(), None);
        loop {
            // A settlement must not miss the payment of a moment ago.
            let query = self.client.query().table_name(&self.table).consistent_read(true);
            let answer = query
                .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
                .expression_attribute_values(":pk", s(Key::book_pk(agency, channel)))
                .expression_attribute_values(":from", s(Key::book_bound(from)))
                .expression_attribute_values(":to", s(Key::book_bound(until.saturating_add(jiff::Span::new().days(1)))))
                .set_exclusive_start_key(next)
                .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
                .send()
                .await
                .map_err(|error| Error::from_sdk("Query", &error))?;
            for item in answer.items() {
                let line: Booked = read(item, "booked")?;
                if !line.struck {
                    lines.push(line);
                }
            }
            next = answer.last_evaluated_key;
            if lines.len() > most {
                return Ok(None);
            }
            if next.is_none() {
                return Ok(Some(lines));
            }
        }
    }

    /// Reads a page of all payments of an agency, in no order, by a scan, to make the book anew. A payment that cannot
    /// be read is an error of its own.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn every_payment(
        &self,
        agency: &AgencyCode,
        from: Option<Item>,
    ) -> Result<Page<Result<Money, Error>>, Error> {
        let scan = self.client.scan().table_name(&self.table);
        let answer = scan
            .filter_expression("sk = :money AND begins_with(pk, :payments)")
            .expression_attribute_values(":money", s("money"))
            .expression_attribute_values(":payments", s(Key::payments(agency)))
            .set_exclusive_start_key(from)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map_err(|error| Error::from_sdk("Scan", &error))?;
        let items = answer.items().iter().map(Money::read).collect();
        Ok(Page { items, next: answer.last_evaluated_key })
    }
}

impl Key {
    /// Returns the partition of the book of a channel.
    #[must_use]
    pub fn book_pk(agency: &AgencyCode, channel: &str) -> String {
        format!("{agency}#list#book#{channel}")
    }

    /// Returns the key of a payment in it.
    #[must_use]
    pub fn booked(agency: &AgencyCode, channel: &str, at: Timestamp, identity: &str) -> Self {
        let payment = Self::money(agency, channel, identity);
        let name = payment.money_name().unwrap_or_default();
        Self { pk: Self::book_pk(agency, channel), sk: format!("{at:.9}#{name}") }
    }

    /// Returns a bound below everything that was paid on a day in Vietnam and after, and above everything before.
    fn book_bound(day: Date) -> String {
        vietnam::instant(day.into()).map_or_else(|_| String::new(), |at| format!("{at:.9}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(transaction: &str, dong: u64) -> Line {
        Line { transaction: transaction.into(), reference: "R".into(), amount_vnd: Vnd::new(dong).unwrap() }
    }

    #[test]
    fn a_payment_has_the_gateway_s_number_and_cash_that_of_its_receipt() {
        let booked = |channel: &str, identity: &str| Booked {
            at: jiff::Timestamp::UNIX_EPOCH,
            channel: channel.into(),
            identity: identity.into(),
            reference: "R".into(),
            amount_vnd: Vnd::new(10).unwrap(),
            struck: false,
        };
        assert_eq!(Line::from(booked("vnpay-demo", "MOTCUA01/REF01/144%2F225")), line("144/225", 10));
        assert_eq!(Line::from(booked("generic-demo", "T7")), line("T7", 10));
        assert_eq!(Line::from(booked(CASH, "BL/20%20/7")), line("BL/20%20/7", 10));
    }
}
