//! VietQR: the text of NAPAS's code for a transfer to an account (EMVCo merchant-presented mode), and its picture.

use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder};

use super::channel::BankAccount;
use super::{Opened, Opening, Page, Recipe, Unsendable};
use crate::vnd::Vnd;

/// NAPAS's application, its service of transfers to an account, the currency đồng (ISO 4217) and the country.
const NAPAS: &str = "A000000727";
const TO_ACCOUNT: &str = "QRIBFTTA";
const DONG: &str = "704";
const COUNTRY: &str = "VN";
/// The longest purpose that every bank's application shows.
const LONGEST_PURPOSE: usize = 25;

/// The way that leads payers to an account, if a gateway only reports transfers to it.
pub(super) const RECIPE: Recipe = Recipe { open: Some(open), ..Recipe::NONE };

/// Makes the code of a transfer in full, with the order's number as its purpose.
fn open(order: &Opening<'_>) -> Result<Opened, Unsendable> {
    let account = order.channel.bank_account.as_ref().ok_or(Unsendable::NotConfigured("bank_account"))?;
    let qr = text(account, Some(order.amount_vnd), Some(order.number))?;
    Ok(Opened::Page(Page { url: None, qr: Some(qr) }))
}

/// Writes the text of a code: a fixed one without an amount, one for a single payment with it.
///
/// # Errors
/// [`Unsendable::Characters`] for a purpose that is not up to 25 plain letters, digits and spaces;
/// [`Unsendable::TooMuch`] over 13 digits.
pub fn text(account: &BankAccount, amount_vnd: Option<Vnd>, purpose: Option<&str>) -> Result<String, Unsendable> {
    let plain =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b'_'));
    if purpose.is_some_and(|text| text.is_empty() || text.len() > LONGEST_PURPOSE || !plain(text)) {
        return Err(Unsendable::Characters("purpose"));
    }
    let amount = amount_vnd.map(|amount| amount.dong().to_string());
    if amount.as_ref().is_some_and(|digits| digits.len() > 13) {
        return Err(Unsendable::TooMuch);
    }
    let beneficiary = [field("00", &account.bank_bin), field("01", &account.number)].concat();
    let account = [field("00", NAPAS), field("01", &beneficiary), field("02", TO_ACCOUNT)].concat();
    let mut text = field("00", "01");
    text += &field("01", if amount.is_some() { "12" } else { "11" });
    text += &field("38", &account);
    text += &field("53", DONG);
    text += &amount.map(|digits| field("54", &digits)).unwrap_or_default();
    text += &field("58", COUNTRY);
    text += &purpose.map(|purpose| field("62", &field("08", purpose))).unwrap_or_default();
    text += "6304";
    let check = checksum(text.as_bytes());
    Ok(format!("{text}{check:04X}"))
}

/// Writes two digits of name, two of length, and the value. Every value here is far below 100 bytes.
fn field(name: &str, value: &str) -> String {
    format!("{name}{:02}{value}", value.len())
}

/// Computes CRC-16 with polynomial 0x1021 and all ones at the start (ISO/IEC 13239, as EMVCo uses it).
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |check, byte| {
        (0..8).fold(check ^ (u16::from(*byte) << 8), |check, _| {
            if check & 0x8000 == 0 { check << 1 } else { (check << 1) ^ 0x1021 }
        })
    })
}

/// Draws the picture of a code as SVG; `None` if the text is too long for any.
pub fn picture(text: &str) -> Option<String> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    Some(SvgBuilder::default().margin(4).to_str(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> BankAccount {
        BankAccount { bank_bin: "970403".into(), number: "0011012345678".into() }
    }

    #[test]
    fn the_code_of_napas_s_own_example_comes_out() {
        let expected = "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F";
        assert_eq!(text(&account(), None, None).as_deref(), Ok(expected));
    }

    #[test]
    fn the_check_of_napas_s_example_with_an_amount_holds() {
        let example = "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN\
                       62340107NPS68690819thanh toan don hang63042E2E";
        let (signed, check) = example.split_at(example.len() - 4);
        assert_eq!(format!("{:04X}", checksum(signed.as_bytes())), check);
    }

    #[test]
    fn a_single_payment_names_its_amount_and_purpose() {
        let text = text(&account(), Some(Vnd::new(125_000).unwrap()), Some("7K3M9P2QX4AB01")).unwrap();
        assert!(text.starts_with("000201010212") && text.contains("5406125000") && text.contains("08147K3M9P2QX4AB01"));
        let picture = picture(&text).unwrap();
        assert!(picture.starts_with("<svg") && picture.ends_with("</svg>"));
    }

    #[test]
    fn what_a_bank_could_not_show_is_not_sent() {
        for purpose in ["", "lệ phí", "a&b", "12345678901234567890123456"] {
            assert_eq!(text(&account(), None, Some(purpose)), Err(Unsendable::Characters("purpose")), "{purpose}");
        }
        assert_eq!(text(&account(), Some(Vnd::MAX), None), Err(Unsendable::TooMuch));
    }
}
