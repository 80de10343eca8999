//! The content of a receipt, each part with its article.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Form, Symbol, in_words};
use crate::catalogue::FeeKind;
use crate::vnd::Vnd;

/// The name of a receipt (tên biên lai).
pub const NAME: &str = "Biên lai thu phí, lệ phí";

/// A part of the content that the law asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// Tên biên lai.
    Name,
    /// Mẫu.
    Form,
    /// Ký hiệu.
    Symbol,
    /// Số.
    Number,
    /// Tên tổ chức thu.
    Payee,
    /// Mã số thuế của tổ chức thu.
    TaxCode,
    /// Tên loại phí, lệ phí.
    Charges,
    /// Số tiền bằng số.
    Figures,
    /// Số tiền bằng chữ.
    Words,
    /// Ngày lập.
    Date,
    /// Chữ ký số.
    Signature,
}

/// The parts in the law's order, each with the name that a form has and its article in NĐ 254/2026. The number and the
/// signature are the provider's: without them nothing is taken for a receipt.
pub const ARTICLES: [(Element, &str, &str); 11] = [
    (Element::Name, "Tên biên lai", "23(2)"),
    (Element::Form, "Mẫu biên lai", "23(2)"),
    (Element::Symbol, "Ký hiệu", "23(2)"),
    (Element::Number, "Số", "23(2)"),
    (Element::Payee, "Tên tổ chức thu", "23(2)"),
    (Element::TaxCode, "Mã số thuế", "23(2)"),
    (Element::Charges, "Tên loại phí, lệ phí", "23(2)"),
    (Element::Figures, "Số tiền bằng số", "23(2)"),
    (Element::Words, "Số tiền bằng chữ", "23(2)"),
    (Element::Date, "Ngày lập", "23(2), 24"),
    (Element::Signature, "Chữ ký số", "23(2)"),
];

/// One kind of charge on a receipt, with its amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// Its name in Vietnamese.
    pub name: String,
    /// Its kind, if the procedure says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FeeKind>,
    /// The amount.
    pub amount_vnd: Vnd,
}

/// Returns the word of the law for a kind of charge.
#[must_use]
pub fn kind_name(kind: Option<FeeKind>) -> &'static str {
    match kind {
        Some(FeeKind::Charge) => "Phí",
        Some(FeeKind::Fee) => "Lệ phí",
        None => "Phí, lệ phí",
    }
}

/// The content that a provider is asked to issue: everything but the number, which it gives, and its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The form.
    pub form: Form,
    /// The symbol, of the year of the date.
    pub symbol: Symbol,
    /// The organisation that collects.
    pub payee: String,
    /// Its tax code.
    pub tax_code: String,
    /// The kinds of charge.
    pub charges: Vec<Charge>,
    /// The whole amount.
    pub amount_vnd: Vnd,
    /// The date of issuing.
    pub on: Date,
}

impl Content {
    /// Returns the amount in words.
    #[must_use]
    pub fn words(&self) -> String {
        in_words(self.amount_vnd)
    }

    /// Returns the parts that are missing or do not fit the others, in the law's order.
    #[must_use]
    pub fn wrong(&self) -> Vec<Element> {
        let blank = |text: &str| text.trim().is_empty();
        let sum = Vnd::sum(self.charges.iter().map(|charge| charge.amount_vnd));
        let checks = [
            (Element::Symbol, !self.symbol.is_of(self.on.year())),
            (Element::Payee, blank(&self.payee)),
            (Element::TaxCode, !is_tax_code(&self.tax_code)),
            (Element::Charges, self.charges.is_empty() || self.charges.iter().any(|charge| blank(&charge.name))),
            (Element::Figures, self.amount_vnd.is_zero() || sum != Some(self.amount_vnd)),
        ];
        checks.into_iter().filter(|(_, wrong)| *wrong).map(|(element, _)| element).collect()
    }
}

/// Whether it is ten digits, twelve, or ten with three of a unit behind a dash.
#[must_use]
pub(crate) fn is_tax_code(text: &str) -> bool {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('-') {
        Some((organisation, unit)) => digits(organisation, 10) && digits(unit, 3),
        None => digits(text, 10) || digits(text, 12),
    }
}
