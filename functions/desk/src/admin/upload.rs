//! A catalogue as a browser sends it: a file, or text in the form.

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::stream;
use multer::{Constraints, Multipart, SizeLimit, parse_boundary};

use crate::pages::form::NotAForm;
use motcua::http::Request;

/// The most bytes of a catalogue sent. Lambda takes an event of 6 MB, in which a file is written a third longer.
pub(super) const MOST_BYTES: usize = 4 * 1024 * 1024;
/// What the fields around the catalogue may take besides.
const AROUND: usize = 64 * 1024;

/// What was sent.
#[derive(Default)]
pub(super) struct Upload {
    /// The form's own secret.
    pub csrf: String,
    /// The catalogue: of a file where one was chosen, else what stands in the form.
    pub catalogue: Vec<u8>,
    /// Whether it is only to be checked.
    pub check_only: bool,
}

impl Upload {
    /// Reads the body of the form; it must be `multipart/form-data`.
    pub(super) async fn of(request: &Request) -> Result<Self, NotAForm> {
        if request.body.len() > MOST_BYTES + AROUND {
            return Err(NotAForm::TooLarge);
        }
        let media_type = request.headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let boundary = media_type.and_then(|it| parse_boundary(it).ok()).ok_or(NotAForm::Malformed)?;
        let limit = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
        let limits = Constraints::new()
            .allowed_fields(vec!["csrf", "catalogue", "file", "do"])
            .size_limit(SizeLimit::new().per_field(limit));
        let body = request.body.clone();
        let body = stream::once(async move { Ok::<_, Infallible>(body) });
        Self::read(Multipart::with_constraints(body, boundary, limits)).await.map_err(|error| match error {
            multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => NotAForm::TooLarge,
            _ => NotAForm::Malformed,
        })
    }

    async fn read(mut parts: Multipart<'_>) -> Result<Self, multer::Error> {
        let (mut upload, mut file) = (Self::default(), Bytes::new());
        while let Some(part) = parts.next_field().await? {
            let name = part.name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await?;
            match name.as_str() {
                "csrf" => upload.csrf = String::from_utf8_lossy(&bytes).into_owned(),
                "catalogue" => upload.catalogue = bytes.into(),
                "file" => file = bytes,
                "do" => upload.check_only = bytes == "check",
                _ => {}
            }
        }
        if !file.is_empty() {
            upload.catalogue = file.into();
        }
        Ok(upload)
    }

    /// The catalogue as text, to be shown again.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.catalogue).into_owned()
    }
}
