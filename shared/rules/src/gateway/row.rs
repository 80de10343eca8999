//! The gateways, one row each: everything that differs between them outside their own files.

use jiff::SignedDuration;

use super::kind::Gateway;
use super::recipe::Recipe;
use super::{momo, payos, vietqr, vnpay, zalopay};
use crate::signature::{Key, ReadKey};
use crate::vnd::{Limits, Vnd};

/// The facts about a gateway.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its name in the configuration; see [`Gateway::name`].
    name: &'static str,
    /// Its name for people.
    pub shown_name: &'static str,
    /// The reader of the text of its keys.
    pub read_key: ReadKey,
    /// Whether its messages name the merchant, so that a channel must too.
    pub names_merchant: bool,
    /// Whether a channel must have an access key.
    pub takes_access_key: bool,
    /// Whether a channel may have a key for our own requests.
    pub takes_request_key: bool,
    /// Whether its scheme is weak. A channel must then accept it, and may write an order of fields.
    pub takes_field_order: bool,
    /// The address of the page to which payers are sent with a query of ours.
    pub page: Address,
    /// The address to which our own requests go.
    pub api: Address,
    /// Whether it only reports transfers to a bank account, to which a VietQR code leads payers.
    pub takes_bank_account: bool,
    /// Whether one order may be paid by several transfers, each reported by itself.
    pub brings_parts: bool,
    /// Whether one account may serve several applications, and its messages say whether they are of a test.
    pub shares_account: bool,
    /// The way an order's number holds our reference.
    pub numbering: Numbering,
    /// The time between the opening of an order and the first question about its outcome: the span over which the
    /// gateway repeats its callbacks. `None` if it answers no questions.
    pub first_question_after: Option<SignedDuration>,
    /// The smallest amount it accepts, if it states one. No fee is asked for and no order opened below it.
    pub min_vnd: Option<Vnd>,
    /// The largest amount it accepts, if it states one; no more is asked for at once.
    pub max_vnd: Option<Vnd>,
    /// The calls to it, and the readers of its answers.
    pub recipe: Recipe,
}

impl Row {
    /// Returns the amounts that it takes.
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits { min_vnd: self.min_vnd, max_vnd: self.max_vnd }
    }
}

/// Whether a channel's entry may hold an address of the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// No: nothing at the gateway is reached by it.
    NotTaken,
    /// Yes.
    Taken,
    /// Yes; a start on loopback that names none uses the sandbox's.
    OrSandbox(&'static str),
}

/// The way an order's number holds our reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// As it is.
    Plain,
    /// After the day: `261010_…`.
    AfterDay,
    /// Not at all, because numbers are integers: the way back is stored when the order is opened.
    Integer,
}

/// A gateway that calls us and is never called. Its messages name the merchant and report an order's whole amount. A
/// row that forgets a column refuses too much, and never believes too much.
const CALLBACKS_ONLY: Row = Row {
    name: "",
    shown_name: "",
    read_key: Key::from_text,
    names_merchant: true,
    takes_access_key: false,
    takes_request_key: false,
    takes_field_order: false,
    page: Address::NotTaken,
    api: Address::NotTaken,
    takes_bank_account: false,
    brings_parts: false,
    shares_account: false,
    numbering: Numbering::Plain,
    first_question_after: None,
    min_vnd: None,
    max_vnd: None,
    recipe: Recipe::NONE,
};

impl Gateway {
    /// Returns its row of the table.
    pub const fn row(self) -> Row {
        match self {
            Self::Vnpay => Row {
                name: "vnpay",
                shown_name: "VNPAY",
                page: Address::OrSandbox("https://sandbox.vnpayment.vn/paymentv2/vpcpay.html"),
                api: Address::OrSandbox("https://sandbox.vnpayment.vn/merchant_webapi/api/transaction"),
                // It calls ten times, 5 minutes apart.
                first_question_after: Some(SignedDuration::from_mins(45)),
                min_vnd: Some(const { dong(5_000) }),
                max_vnd: Some(const { dong(999_999_999) }),
                recipe: vnpay::RECIPE,
                ..CALLBACKS_ONLY
            },
            Self::Momo => Row {
                name: "momo",
                shown_name: "MoMo",
                takes_access_key: true,
                api: Address::OrSandbox("https://test-payment.momo.vn/v2/gateway/api"),
                // It documents no span: the half hour is ours.
                first_question_after: Some(SignedDuration::from_mins(30)),
                recipe: momo::RECIPE,
                ..CALLBACKS_ONLY
            },
            Self::Zalopay => Row {
                name: "zalopay",
                shown_name: "ZaloPay",
                takes_request_key: true,
                api: Address::OrSandbox("https://sb-openapi.zalopay.vn/v2"),
                numbering: Numbering::AfterDay,
                // It asks its callers to query it then.
                first_question_after: Some(SignedDuration::from_mins(15)),
                recipe: zalopay::RECIPE,
                ..CALLBACKS_ONLY
            },
            Self::Payos => Row {
                name: "payos",
                shown_name: "payOS",
                names_merchant: false,
                takes_request_key: true,
                // It has no sandbox.
                api: Address::Taken,
                // Its payments are bank transfers.
                brings_parts: true,
                numbering: Numbering::Integer,
                // It documents no span: the half hour is ours.
                first_question_after: Some(SignedDuration::from_mins(30)),
                recipe: payos::RECIPE,
                ..CALLBACKS_ONLY
            },
            Self::Onepay => Row { name: "onepay", shown_name: "OnePay", read_key: Key::from_hex, ..CALLBACKS_ONLY },
            Self::Dvcqg => Row {
                name: "dvcqg",
                shown_name: "Nền tảng thanh toán DVCQG",
                takes_field_order: true,
                ..CALLBACKS_ONLY
            },
            Self::StandardWebhooks => Row {
                name: "standard-webhooks",
                shown_name: "Chuyển khoản (Standard Webhooks)",
                read_key: Key::from_webhook_secret,
                names_merchant: false,
                takes_bank_account: true,
                recipe: vietqr::RECIPE,
                ..CALLBACKS_ONLY
            },
            Self::Stripe => Row {
                name: "stripe",
                shown_name: "Stripe",
                names_merchant: false,
                shares_account: true,
                ..CALLBACKS_ONLY
            },
            Self::Github => Row {
                name: "github",
                shown_name: "Chuyển khoản (ký kiểu GitHub)",
                names_merchant: false,
                takes_bank_account: true,
                recipe: vietqr::RECIPE,
                ..CALLBACKS_ONLY
            },
        }
    }

    /// Returns its name in the configuration.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// Returns the gateway of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// Makes a limit of the table, checked at compile time.
const fn dong(count: u64) -> Vnd {
    match Vnd::new(count) {
        Ok(amount) => amount,
        Err(_) => panic!("a limit over the largest amount"),
    }
}
