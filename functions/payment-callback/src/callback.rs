//! Content of a gateway's callback, in the words all gateways share, and the answer to it.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use rules::config::Channel;
use rules::dossier::PaymentOutcome;
use rules::gateway::{Found, hidden, identity};
use rules::json::BadMember;
use rules::signature::SignatureError;

/// The longest reference or transaction number taken, in bytes.
const MAX_NAME: usize = 100;
/// The largest count taken as an amount: 2^53, above which JSON numbers lose units on the way.
const MAX_UNITS: u64 = 1 << 53;

/// One authentic message about one payment.
#[derive(Clone, PartialEq, Eq)]
pub struct Callback {
    /// Our reference, as given to the gateway when the payment was begun.
    pub reference: String,
    /// The payment; `None` while the gateway has not decided it, so that nothing is recorded as money.
    pub found: Option<Found>,
    /// The gateway's number of the transaction, for the log.
    pub transaction: String,
    /// The currency, upper case, for the log; `VND` if the gateway knows no other.
    pub currency: String,
    /// The gateway's name for us, if the message has it.
    pub merchant: Option<String>,
    /// The amount as the gateway counts it: đồng, hundredths of them, or the units of another currency.
    pub units: u64,
    /// Form of the signed text that matched, for the log.
    pub signed_form: SignedForm,
    /// Part of the message that concerns this office.
    pub concerns: Concerns,
}

/// Part of an authentic message that concerns this office. An account may serve several applications, whose payers must
/// not be kept here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concerns {
    /// It names a payment of ours, or is sent to us alone: it is kept as received.
    Whole,
    /// It names none of ours, and the channel's account is the office's own: money that waits, without the message.
    Money,
    /// It follows a payment that it does not name by our reference: ours if that payment is recorded.
    Earlier,
}

impl Callback {
    /// Whether the message is for this channel's merchant, or names none.
    pub fn is_for(&self, channel: &Channel) -> bool {
        match (&self.merchant, &channel.merchant) {
            (Some(named), Some(ours)) => named == ours,
            (None, _) | (_, None) => true,
        }
    }
}

/// Numbers and outcome are no secret; the rest may lead to a person, so it is left out, or its hash shown.
impl std::fmt::Debug for Callback {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let found = self.found.as_ref();
        f.debug_struct("Callback")
            .field("reference", &hidden::reference(&self.reference))
            .field("transaction", &hidden::number(&self.transaction))
            .field("amount_vnd", &found.and_then(|it| it.amount_vnd))
            .field("currency", &self.currency)
            .field("outcome", &found.map(|it| &it.outcome))
            .field("at", &found.and_then(|it| it.at))
            .finish_non_exhaustive()
    }
}

/// Form of a signed query that matched its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedForm {
    /// As received; every scheme but VNPAY's knows only this.
    AsReceived,
    /// Decoded, sorted and encoded again.
    Reencoded,
}

/// Reason why an authentic message cannot be used. The reference is set as soon as the message has one, so that an
/// unknown reference can be answered as such, whatever else is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// A field that decides something is absent or empty.
    #[error("{field} is missing")]
    Missing {
        /// The field.
        field: &'static str,
        /// Our reference, if the message has one.
        reference: Option<String>,
    },
    /// A field is not what it should be.
    #[error("{field} is malformed")]
    Malformed {
        /// The field.
        field: Cow<'static, str>,
        /// Our reference, if the message has one.
        reference: Option<String>,
    },
    /// A message of another kind than a payment's: acknowledged and left alone.
    #[error("not a message about a payment")]
    UnknownType,
    /// About no money of this office: acknowledged, counted in the log, and nothing of it is kept.
    #[error("no money of this office: {0}")]
    NoMoney(&'static str),
}

impl From<BadMember> for ParseError {
    fn from(BadMember(field): BadMember) -> Self {
        malformed(field)
    }
}

impl ParseError {
    /// Returns our reference, if the message has one.
    pub fn reference(&self) -> Option<&str> {
        match self {
            Self::Missing { reference, .. } | Self::Malformed { reference, .. } => reference.as_deref(),
            Self::UnknownType | Self::NoMoney(_) => None,
        }
    }

    /// Returns the answer, once the reference is known to be ours or absent.
    pub fn answer(&self) -> Answer {
        match self {
            Self::Missing { field, .. } => Answer::Malformed(Cow::Borrowed(field)),
            Self::Malformed { field, .. } => Answer::Malformed(field.clone()),
            Self::UnknownType | Self::NoMoney(_) => Answer::Ignored,
        }
    }

    /// Returns the same error for a message whose reference is known.
    pub(crate) fn about(mut self, known: &str) -> Self {
        match &mut self {
            Self::Missing { reference, .. } | Self::Malformed { reference, .. } => {
                *reference = Some(known.to_owned());
            }
            Self::UnknownType | Self::NoMoney(_) => {}
        }
        self
    }
}

pub(crate) fn missing(field: &'static str) -> ParseError {
    let reference = None;
    ParseError::Missing { field, reference }
}

pub(crate) fn malformed(field: impl Into<Cow<'static, str>>) -> ParseError {
    let (field, reference) = (field.into(), None);
    ParseError::Malformed { field, reference }
}

/// Reason why a request yields no callback.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// It is not authentic.
    #[error("not authentic: {0}")]
    Forged(#[from] SignatureError),
    /// It is authentic and cannot be used.
    #[error("authentic, but {0}")]
    Unusable(#[from] ParseError),
}

/// Answer to a gateway. Each adapter has one line for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Recorded now, whether paid or failed.
    Recorded,
    /// Recorded before.
    AlreadyRecorded,
    /// Authentic, about a reference that is not ours.
    UnknownReference,
    /// Authentic, about another amount than is due.
    AmountDiffers,
    /// Authentic, of a kind that does not concern us.
    Ignored,
    /// Not authentic.
    Forged,
    /// Authentic, and this field is missing or wrong.
    Malformed(Cow<'static, str>),
    /// Not now: send it again.
    Later,
}

/// Reads a reference or number that names something: not empty, not endless, no control characters.
pub(crate) fn name(text: Option<&str>, field: &'static str) -> Result<String, ParseError> {
    match text {
        None | Some("") => Err(missing(field)),
        Some(text) if text.len() > MAX_NAME || text.chars().any(char::is_control) => Err(malformed(field)),
        Some(text) => Ok(text.to_owned()),
    }
}

/// Returns the identity of a payment, and the gateway's number of it for the log. A payer who turns back may never get a
/// number (absent, empty or 0): the identity of such a failure is the order and its code.
pub(crate) fn numbered(
    order: &[&str],
    number: Option<&str>,
    field: &'static str,
    outcome: Option<&PaymentOutcome>,
) -> Result<(String, String), ParseError> {
    let names_nothing = number.is_none_or(|text| text.bytes().all(|byte| byte == b'0'));
    if let (true, Some(PaymentOutcome::Failed(code))) = (names_nothing, outcome) {
        return Ok((identity(&[order, &["failed", code]].concat()), String::new()));
    }
    let number = name(number, field)?;
    Ok((identity(&[order, &[&number]].concat()), number))
}

/// Reads a count in plain decimal digits, at most 2^53: no sign, no fraction, no exponent.
pub(crate) fn count(text: Option<&str>, field: &'static str) -> Result<u64, ParseError> {
    let text = text.filter(|text| !text.is_empty()).ok_or_else(|| missing(field))?;
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(malformed(field));
    }
    match text.parse() {
        Ok(count) if count <= MAX_UNITS => Ok(count),
        Ok(_) | Err(_) => Err(malformed(field)),
    }
}

/// Reads Vietnamese local time in one of the gateways' formats as an instant; the zone is UTC+7 all year.
pub(crate) fn local_time(
    text: Option<&str>,
    format: &str,
    field: &'static str,
) -> Result<Option<Timestamp>, ParseError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let local = DateTime::strptime(format, text).map_err(|_| malformed(field))?;
    let instant = Offset::constant(7).to_timestamp(local);
    instant.map(Some).map_err(|_| malformed(field))
}

/// Reads milliseconds since 1970 as an instant.
pub(crate) fn milliseconds(text: Option<&str>, field: &'static str) -> Result<Option<Timestamp>, ParseError> {
    if text.is_none_or(str::is_empty) {
        return Ok(None);
    }
    let count = i64::try_from(count(text, field)?).map_err(|_| malformed(field))?;
    Timestamp::from_millisecond(count).map(Some).map_err(|_| malformed(field))
}

/// Whether an unescaped value would read as a further field of a text joined by `&` and `=`. Such a text can be cut in
/// two ways, so two different messages would carry one signature.
pub(crate) fn hides_field(value: &str) -> bool {
    value.split('&').skip(1).any(|rest| {
        rest.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
        })
    })
}
