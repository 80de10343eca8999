//! Providers of electronic receipts.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::address::address;
use super::agency::is_sender_address;
use super::entry::Entry;
use super::password::Password;
use super::scope::{Scope, name};
use super::{Config, Unavailable, closed, look_up};
use crate::id::AgencyCode;
use crate::limits::LONGEST_ACCOUNT;
use crate::receipt::{Form, MAKE_UP_DAYS, MOST_MAKE_UP_DAYS, Symbol, is_tax_code};

/// The longest name of a payee.
const LONGEST_PAYEE: usize = 200;
/// The most channels whose receipts are written elsewhere.
const MOST_CHANNELS: usize = 20;

/// A kind of provider, by its way of being asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptKind {
    /// Viettel S-Invoice over REST.
    Viettel,
}

/// The provider of an agency's electronic receipts.
///
/// ```toml
/// [[receipts]]
/// id = "viettel"
/// agency = "000.00.01.H32"            # may be left out if there is one agency
/// kind = "viettel"
/// url = "https://api-vinvoice.viettel.vn"
/// username = "…"                      # on AWS in the secret of this use
/// password = "…"                      # likewise
/// form = "EBL01"                      # may be left out
/// letters = "AB"                      # the last two of the symbol: 26TAB in 2026, 27TAB in 2027
/// payee = "Ban Quản lý Khu kinh tế Vân Phong"
/// tax_code = "4200000000"
/// from = "2026-12-01"                 # money that is paid from this day on gets a receipt
/// except = ["paygov"]                 # channels whose receipts are written elsewhere; may be left out
/// reporter = "lan"                    # the account that takes the tables to the tax office; may be left out
/// reporter_email = "lan@example.vn"   # reminded there of what is not reported; may be left out
/// make_up_days = 3                    # working days after an outage (art. 27); may be left out
/// ```
#[derive(Clone, Debug)]
pub struct ReceiptProvider {
    /// Its name in addresses and logs.
    pub id: String,
    /// Its name for people; `None` if it has none but its id.
    pub name: Option<String>,
    /// The key of the agency, [`super::Agency::key`].
    pub agency: AgencyCode,
    /// Its kind.
    pub kind: ReceiptKind,
    /// The beginning of its addresses.
    pub url: String,
    /// The log-in; `None` if it is in a secret that this function does not read.
    pub username: Option<Password>,
    /// Its password, likewise.
    pub password: Option<Password>,
    /// The form of the receipts.
    pub form: Form,
    /// The last two letters of the symbol.
    pub letters: String,
    /// The organisation that collects.
    pub payee: String,
    /// Its tax code.
    pub tax_code: String,
    /// The first day whose money gets a receipt from it.
    pub from: Date,
    /// Channels whose receipts are written elsewhere, such as at the payment platform of a portal.
    pub except: BTreeSet<String>,
    /// The account of the member of staff who takes the tables of the days to the tax office; `None` if nobody is named, so that
    /// whoever handles dossiers may.
    pub reporter: Option<String>,
    /// The address at which they are reminded of what is not reported.
    pub reporter_email: Option<String>,
    /// Working days after an outage within which what waited is issued.
    pub make_up_days: u32,
}

impl ReceiptProvider {
    /// Its name for people; its id if it has no other.
    #[must_use]
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    /// Returns the symbol of a year.
    ///
    /// # Panics
    /// Never: the letters were checked when they were read.
    #[must_use]
    pub fn symbol(&self, year: i16) -> Symbol {
        Symbol::of(year, &self.letters).expect("the letters of a provider are checked when they are read")
    }
}

impl Config {
    /// Returns the provider of this id.
    pub fn receipt_provider(&self, id: &str) -> Result<&ReceiptProvider, Unavailable<'_>> {
        look_up(&self.receipts, id)
    }

    /// Returns the open providers, by id.
    pub fn receipt_providers(&self) -> impl Iterator<Item = &ReceiptProvider> {
        self.receipts.values().flatten()
    }

    /// Returns the provider of an agency for money that is paid on this day: of several, the one that began last.
    pub fn receipts_of(&self, agency: &AgencyCode, on: Date) -> Option<&ReceiptProvider> {
        let own = self.receipt_providers().filter(|it| it.agency == *agency && it.from <= on);
        own.max_by_key(|it| it.from)
    }

    pub(super) fn closed_receipts(&self) -> impl Iterator<Item = (&'static str, &str, &super::Problems)> {
        closed("receipts", &self.receipts)
    }
}

impl Scope<'_> {
    pub(super) fn receipt_provider(&self, entry: &mut Entry<'_>, id: &str) -> Option<ReceiptProvider> {
        let (agency, name) = (self.agency(entry), name(entry));
        let kind = match entry.text("kind") {
            Some("viettel") => Some(ReceiptKind::Viettel),
            Some(_) => {
                entry.problem("kind", "is none of viettel");
                None
            }
            None => None,
        };
        if entry.value("url").is_none() {
            entry.problem("url", "is missing");
        }
        let url = address(entry, "url", self.host);
        let [username, password] = ["username", "password"].map(|field| match self.receipts_elsewhere {
            true => entry.optional_text(field),
            false => entry.text(field),
        });
        let form = match entry.optional_text("form").map_or(Ok(Form::Ebl01), Form::parse) {
            Ok(form) => Some(form),
            Err(error) => {
                entry.problem("form", error.to_string());
                None
            }
        };
        let letters = checked(entry, "letters", |text| match Symbol::of(0, text) {
            Ok(_) => Ok(()),
            Err(_) => Err("takes two of the letters ABCDEGHKLMNPQRSTUVXY"),
        });
        let payee = checked(entry, "payee", |text| {
            let one_line = text.chars().count() <= LONGEST_PAYEE && !text.chars().any(char::is_control);
            if one_line { Ok(()) } else { Err("takes one line of at most 200 characters") }
        });
        let tax_code = checked(entry, "tax_code", |text| match is_tax_code(text) {
            true => Ok(()),
            false => Err("takes ten digits, twelve, or ten with three behind a dash"),
        });
        let from = checked(entry, "from", |text| match text.parse::<Date>() {
            Ok(_) if text.len() == 10 => Ok(()),
            Ok(_) | Err(_) => Err("is not a day such as 2026-12-01"),
        });
        let except = entry.texts("except").unwrap_or_default();
        if except.len() > MOST_CHANNELS {
            entry.problem("except", "takes at most 20 channels");
        }
        let [reporter, reporter_email] = reporter(entry);
        let make_up_days = make_up_days(entry);
        Some(ReceiptProvider {
            reporter,
            reporter_email,
            make_up_days: make_up_days?,
            id: id.to_owned(),
            name,
            agency: agency?,
            kind: kind?,
            url: url?,
            username: username.map(Password::of),
            password: password.map(Password::of),
            form: form?,
            letters: letters?.to_owned(),
            payee: payee?.to_owned(),
            tax_code: tax_code?.to_owned(),
            from: from?.parse().ok()?,
            except: except.into_iter().map(str::to_owned).collect(),
        })
    }
}

/// Reads the account that reports, and its address.
fn reporter(entry: &mut Entry<'_>) -> [Option<String>; 2] {
    let account = entry.optional_text("reporter");
    if account.is_some_and(|it| it.chars().count() > LONGEST_ACCOUNT || !it.bytes().all(|byte| byte.is_ascii_graphic()))
    {
        entry.problem("reporter", "takes an account in ASCII without a space, at most 128 characters");
    }
    let email = entry.optional_text("reporter_email");
    if email.is_some_and(|it| !is_sender_address(it)) {
        entry
            .problem("reporter_email", "takes an address such as \"lan@example.vn\", in ASCII, at most 254 characters");
    }
    if email.is_some() && account.is_none() {
        entry.problem("reporter_email", "needs \"reporter\", the account of that person");
    }
    [account, email].map(|it| it.map(str::to_owned))
}

fn make_up_days(entry: &mut Entry<'_>) -> Option<u32> {
    let Some(value) = entry.value("make_up_days") else { return Some(MAKE_UP_DAYS) };
    let days = value.as_u64().and_then(|days| u32::try_from(days).ok());
    let days = days.filter(|days| (1..=MOST_MAKE_UP_DAYS).contains(days));
    if days.is_none() {
        entry.problem("make_up_days", "takes a number from 1 to 10");
    }
    days
}

/// Reads a text that has to be there and to be right.
fn checked<'a>(
    entry: &mut Entry<'a>,
    field: &'static str,
    check: impl Fn(&str) -> Result<(), &'static str>,
) -> Option<&'a str> {
    let text = entry.text(field)?;
    match check(text) {
        Ok(()) => Some(text),
        Err(what) => {
            entry.problem(field, what);
            None
        }
    }
}
