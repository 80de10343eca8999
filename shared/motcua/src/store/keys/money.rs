//! The keys of money: payments, orders at gateways, vouchers.

use data_encoding::BASE64URL_NOPAD;

use super::{Key, LONGEST_PART, part};
use rules::dossier::CASH;
use rules::gateway::hidden;
use rules::id::{AgencyCode, DossierId};

const CHECKOUT: &str = "checkout#";

/// Text between the agency and the channel in the key of a payment.
const MONEY: &str = "#money#";

impl Key {
    /// Returns the key of one order at a gateway, by the order's number within its attempt to collect a fee, from 1.
    #[must_use]
    pub fn checkout(agency: &AgencyCode, id: DossierId, attempt: u8, order: u8) -> Self {
        Self::in_dossier(agency, id, format!("{}{order:02}", Self::checkouts(attempt)))
    }

    /// Returns the beginning of the sort keys of an attempt's orders.
    #[must_use]
    pub fn checkouts(attempt: u8) -> String {
        format!("{CHECKOUT}{attempt:02}#")
    }

    /// Returns the key of one authentic payment, for ever. What may name a person in an identity is in it as a hash; the
    /// number of a receipt for cash is a clerk's.
    #[must_use]
    pub fn money(agency: &AgencyCode, channel: &str, identity: &str) -> Self {
        match channel == CASH {
            true => Self::money_as_written(agency, channel, identity),
            false => Self::money_as_written(agency, channel, &hidden::identity(identity)),
        }
    }

    /// Returns the key of a payment by the identity that is stored with it. Earlier versions stored it as the gateway wrote
    /// it.
    #[must_use]
    pub fn money_as_written(agency: &AgencyCode, channel: &str, identity: &str) -> Self {
        Self { pk: format!("{agency}{MONEY}{channel}#{}", part(identity)), sk: "money".into() }
    }

    /// Returns the beginning of the partitions of an agency's payments.
    #[must_use]
    pub fn payments(agency: &AgencyCode) -> String {
        format!("{agency}{MONEY}")
    }

    /// Returns the agency of a payment's item; `None` if this is no payment.
    #[must_use]
    pub fn of_payment(&self) -> Option<AgencyCode> {
        let (agency, _) = self.pk.split_once(MONEY).filter(|_| self.sk == "money")?;
        AgencyCode::parse(agency).ok()
    }

    /// Returns the name of a payment's item within its agency, for a path: letters, digits, `-` and `_`.
    #[must_use]
    pub fn money_name(&self) -> Option<String> {
        let (_, rest) = self.pk.split_once(MONEY).filter(|_| self.sk == "money")?;
        Some(BASE64URL_NOPAD.encode(rest.as_bytes()))
    }

    /// Returns the key of the payment with this name.
    #[must_use]
    pub fn money_named(agency: &AgencyCode, name: &str) -> Option<Self> {
        let rest = BASE64URL_NOPAD.decode(name.as_bytes()).ok().filter(|rest| rest.len() <= 2 * LONGEST_PART)?;
        let rest = String::from_utf8(rest).ok().filter(|rest| rest.contains('#'))?;
        Some(Self { pk: format!("{agency}{MONEY}{rest}"), sk: "money".into() })
    }

    /// Returns the key of a number of a series of vouchers. The item holds the number's owner and is written once.
    #[must_use]
    pub fn voucher_no(agency: &AgencyCode, series: &str, number: u64) -> Self {
        Self { pk: Self::vouchers_pk(agency, series), sk: format!("voucher#{number:010}") }
    }

    /// Returns the partition of the numbers of a series, in their order.
    #[must_use]
    pub fn vouchers_pk(agency: &AgencyCode, series: &str) -> String {
        format!("{agency}#vouchers#{}", part(series))
    }

    /// Returns the key of a voucher of a dossier.
    #[must_use]
    pub fn voucher(agency: &AgencyCode, id: DossierId, series: &str, number: u64) -> Self {
        Self::in_dossier(agency, id, format!("voucher#{}#{number:010}", part(series)))
    }

    /// Returns the key that leads from the number of an order to its reference, for a gateway that takes integers only.
    #[must_use]
    pub fn order_code(agency: &AgencyCode, channel: &str, code: &str) -> Self {
        Self { pk: format!("{agency}#order#{channel}#{}", part(code)), sk: "order".into() }
    }

    /// Whether this is the key of an order.
    pub(super) fn is_checkout(&self) -> bool {
        self.sk.starts_with(CHECKOUT)
    }
}
