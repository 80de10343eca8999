//! The gateways, one row each: everything that differs between them outside their own files.

use jiff::SignedDuration;

use super::kind::Gateway;
use super::recipe::Recipe;
use super::{momo, payos, vietqr, vnpay, zalopay};
use crate::signature::{Key, ReadKey};
use crate::vnd::Vnd;

/// What is to be known of a gateway.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its name in the configuration; see [`Gateway::name`].
    name: &'static str,
    /// Its name for people.
    pub shown_name: &'static str,
    /// How the text of its keys is read.
    pub read_key: ReadKey,
    /// Whether its messages name the merchant, so that a channel must too.
    pub names_merchant: bool,
    /// Whether a channel must have an access key.
    pub takes_access_key: bool,
    /// Whether a channel may have a key for our own requests.
    pub takes_request_key: bool,
    /// Whether its scheme is a weak one, which a channel must accept, with an order of fields that may be written.
    pub takes_field_order: bool,
    /// The address of the page to which payers are sent with a query of ours.
    pub page: Address,
    /// The address to which our own requests go.
    pub api: Address,
    /// Whether it only tells of transfers to a bank account, to which payers are led by a VietQR code.
    pub takes_bank_account: bool,
    /// Whether one order may be paid by several transfers, each told of by itself.
    pub brings_parts: bool,
    /// Whether one account may serve several applications, and its messages say whether they are of a test.
    pub shares_account: bool,
    /// How an order's number holds our reference.
    pub numbering: Numbering,
    /// How long after an order was opened its outcome is first asked for: the span over which the gateway repeats its
    /// callbacks. `None` if it answers no questions.
    pub first_question_after: Option<SignedDuration>,
    /// The smallest amount it takes, as far as it says so. Whoever asks a fee through a channel has to keep to it, as
    /// `ask-fee` will.
    pub min_vnd: Option<Vnd>,
    /// The largest amount it takes, as far as it says so.
    pub max_vnd: Option<Vnd>,
    /// How we speak to it.
    pub recipe: Recipe,
}

/// Whether a channel's entry has an address of a gateway's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// No: nothing of the gateway is reached by it.
    NotTaken,
    /// It may.
    Taken,
    /// It may; a start on loopback that names none takes the sandbox's.
    OrSandbox(&'static str),
}

/// How an order's number holds our reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// As it is.
    Plain,
    /// After the day: `261010_…`.
    AfterDay,
    /// Not at all, because numbers are integers: the way back is kept when the order is opened.
    Integer,
}

/// A gateway that calls us and is never called, whose messages name the merchant and tell of an order's whole amount.
/// A row that forgets a column refuses too much, and never believes too much.
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
    /// Its row of the table.
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
                // It wants to be asked then.
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

    /// Its name in the configuration.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The gateway of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// A limit of the table, checked when it is compiled.
const fn dong(count: u64) -> Vnd {
    match Vnd::new(count) {
        Ok(amount) => amount,
        Err(_) => panic!("a limit over the largest amount"),
    }
}
