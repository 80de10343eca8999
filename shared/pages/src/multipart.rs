//! A form with a file in it, as a browser sends it.

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::stream;
use multer::{Constraints, Multipart, SizeLimit, parse_boundary};
use rules::http::Request;

use crate::form::NotAForm;

/// The most bytes of a table sent as a file. Lambda takes an event of 6 MB, in which a file is written a third longer.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;
/// The most bytes of the fields around a file.
const AROUND: usize = 64 * 1024;
/// The most parts of one form.
const MOST_PARTS: usize = 100;

/// One part of a form.
pub struct Part {
    /// The field's name.
    pub name: String,
    /// The file's name as the browser gives it; `None` for a field without a file.
    pub file_name: Option<String>,
    /// Its content.
    pub content: Bytes,
}

/// Reads the parts of a `multipart/form-data` body, in the order sent: of these names alone, each up to so many bytes.
pub async fn parts(request: &Request, names: &[&str], most_bytes: usize) -> Result<Vec<Part>, NotAForm> {
    if request.body().len() > most_bytes + AROUND {
        return Err(NotAForm::TooLarge);
    }
    let media_type = request.headers().get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let boundary = media_type.and_then(|it| parse_boundary(it).ok()).ok_or(NotAForm::Malformed)?;
    let limit = u64::try_from(most_bytes).unwrap_or(u64::MAX);
    let limits = Constraints::new().allowed_fields(names.to_vec()).size_limit(SizeLimit::new().per_field(limit));
    let body = request.body().clone();
    let body = stream::once(async move { Ok::<_, Infallible>(body) });
    let read = read(Multipart::with_constraints(body, boundary, limits)).await.map_err(|error| match error {
        multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => NotAForm::TooLarge,
        _ => NotAForm::Malformed,
    })?;
    read.ok_or(NotAForm::TooLarge)
}

/// Reads the parts; `None` if there are too many.
async fn read(mut form: Multipart<'_>) -> Result<Option<Vec<Part>>, multer::Error> {
    let mut parts = Vec::new();
    while let Some(part) = form.next_field().await? {
        if parts.len() == MOST_PARTS {
            return Ok(None);
        }
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        parts.push(Part { name, file_name, content: part.bytes().await? });
    }
    Ok(Some(parts))
}
