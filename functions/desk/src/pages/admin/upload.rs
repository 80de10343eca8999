//! A catalogue as a browser sends it: a file, or text in the form.

use bytes::Bytes;
use rules::http::Request;

use ::pages::form::NotAForm;
use ::pages::multipart;

/// The form as sent.
#[derive(Default)]
pub(super) struct Upload {
    /// The form's own secret.
    pub csrf: String,
    /// The catalogue: from a file if one was chosen, else from the text in the form.
    pub catalogue: Vec<u8>,
    /// Whether it is only to be checked.
    pub check_only: bool,
}

impl Upload {
    /// Reads the body of the form; it must be `multipart/form-data`.
    pub(super) async fn of(request: &Request) -> Result<Self, NotAForm> {
        let (mut upload, mut file) = (Self::default(), Bytes::new());
        for part in multipart::parts(request, &["csrf", "catalogue", "file", "do"], multipart::MOST_BYTES).await? {
            match part.name.as_str() {
                "csrf" => upload.csrf = String::from_utf8_lossy(&part.content).into_owned(),
                "catalogue" => upload.catalogue = part.content.into(),
                "file" => file = part.content,
                "do" => upload.check_only = part.content == "check",
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
