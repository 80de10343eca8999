//! One event of a portal: the envelope, and the data that each type demands.

mod hoso;
mod kept;
mod links;
pub mod outbound;
mod paid;
mod remark;
#[cfg(test)]
mod tests;
mod whole;

use std::str::FromStr;

use jiff::Timestamp;

use crate::attachment::sent;
use crate::json::{Fields, Malformed};
use crate::limits::LONGEST_CODE;
use crate::signature::Verified;
use crate::signature::standard_webhooks::Delivery;

pub use hoso::{Changed, News, Submitted};
pub use kept::Why;
pub use links::{Fetched, LinkMark, LinkName, Unfetched, permitted};
pub use paid::Paid;
pub use remark::Remark;

/// A portal's message about one dossier.
pub struct Message {
    /// `MaHoSo`.
    pub code: String,
    /// When it happened, if the message says it.
    pub at: Option<Timestamp>,
    /// `data` as received.
    pub form: String,
    /// The event itself.
    pub news: News,
}

impl Message {
    /// Returns what the portal should know of a dossier that it submits, while it can still be mended.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        match &self.news {
            News::Submitted(submitted) => &submitted.remarks,
            News::Changed(changed) => &changed.remarks,
            News::Supplemented { .. }
            | News::OriginalsReceived { .. }
            | News::FilesKept { .. }
            | News::Paid(_)
            | News::Withdrawn => &[],
        }
    }
}

/// The reason why an authentic message cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// A field is missing or not what it should be.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// An event of another type.
    #[error("not an event of a dossier")]
    UnknownType,
}

/// The types of event.
#[derive(Clone, Copy)]
enum Type {
    Submitted,
    Changed,
    Supplemented,
    OriginalsReceived,
    FilesKept,
    Withdrawn,
    Paid,
}

impl FromStr for Type {
    type Err = ParseError;

    fn from_str(name: &str) -> Result<Self, ParseError> {
        match name {
            "dossier.submitted" => Ok(Self::Submitted),
            "dossier.changed" => Ok(Self::Changed),
            "dossier.supplemented" => Ok(Self::Supplemented),
            "dossier.originals_received" => Ok(Self::OriginalsReceived),
            "dossier.files_kept" => Ok(Self::FilesKept),
            "dossier.withdrawn" => Ok(Self::Withdrawn),
            "payment.confirmed" => Ok(Self::Paid),
            _ => Err(ParseError::UnknownType),
        }
    }
}

/// Reads a verified delivery.
///
/// # Errors
/// [`ParseError`].
pub fn parse(delivery: &Verified<Delivery<'_>>) -> Result<Message, ParseError> {
    read(delivery.message().body())
}

/// Reads again the body of a delivery that was verified before it was kept.
///
/// # Errors
/// [`ParseError`].
pub fn parse_kept(body: &str) -> Result<Message, ParseError> {
    read(body.as_bytes())
}

/// Whether a body says of itself that it tells of a payment, whatever else is wrong with it.
#[must_use]
pub fn names_money(body: &[u8]) -> bool {
    let kind = Fields::of_body(body).ok().and_then(|body| body.line("type", LONGEST_CODE).ok().flatten());
    kind.is_some_and(|kind| matches!(kind.parse(), Ok(Type::Paid)))
}

fn read(body: &[u8]) -> Result<Message, ParseError> {
    let body = Fields::of_body(body)?;
    let kind: Type = body.required("type", body.line("type", LONGEST_CODE)?)?.parse()?;
    let told_at = remark::instant(&body, "timestamp")?;
    let form = body.required("data", body.raw("data"))?.to_owned();
    let data = body.required("data", body.object("data")?)?;
    let code = data.required("MaHoSo", data.line("MaHoSo", LONGEST_CODE)?)?;
    let (at, news) = match kind {
        Type::Submitted => hoso::submitted(&data)?,
        Type::Changed => hoso::changed(&data, files(&form))?,
        Type::Supplemented => hoso::supplemented(&data)?,
        Type::OriginalsReceived => hoso::originals_received(&data)?,
        Type::FilesKept => match files(&form) {
            0 => return Err(data.malformed("TaiLieuNop", "names no file by its DuongDanTaiTepTin").into()),
            files => (None, News::FilesKept { files }),
        },
        Type::Withdrawn => (None, News::Withdrawn),
        Type::Paid => {
            let paid = paid::confirmed(&data)?;
            (paid.at, News::Paid(Box::new(paid)))
        }
    };
    Ok(Message { code, at: at.or(told_at), form, news })
}

/// Counts the files of a form that have a link.
fn files(form: &str) -> usize {
    sent(form).iter().filter(|file| file.address.is_some()).count()
}
