//! Members of a JSON object as they enter a signed text, read before anything is verified.

use super::{SignatureError, decode_hex};
use crate::json::{NotAnObject, Object, Scalar};

impl<'a> Object<'a> {
    /// Reads a body that is not verified yet.
    pub fn unverified(body: &'a [u8]) -> Result<Self, SignatureError> {
        Self::parse(body).map_err(|NotAnObject| SignatureError::Malformed("body"))
    }

    /// Returns the text of a member that takes part in the signature, before anything is verified.
    pub fn unverified_text(&self, name: &'static str) -> Result<String, SignatureError> {
        match self.scalar(name) {
            Ok(Some(Scalar::Text(text))) if !text.is_empty() => Ok(text),
            Ok(None | Some(Scalar::Null | Scalar::Text(_))) => Err(SignatureError::Missing(name)),
            Ok(Some(Scalar::Bool(_) | Scalar::Number(_))) | Err(NotAnObject) => Err(SignatureError::Malformed(name)),
        }
    }

    /// Reads a signature given in hex, in either case.
    pub fn hex_tag(&self, name: &'static str) -> Result<Vec<u8>, SignatureError> {
        decode_hex(&self.unverified_text(name)?).ok_or(SignatureError::Malformed(name))
    }

    /// Returns a value as it enters the signed text of MoMo and the national platform: absent is empty.
    pub fn signed_value(&self, name: &'static str) -> Result<String, SignatureError> {
        match self.scalar(name) {
            Ok(None) => Ok(String::new()),
            Ok(Some(scalar)) => Ok(scalar.signed_text().into_owned()),
            Err(NotAnObject) => Err(SignatureError::Malformed(name)),
        }
    }
}
