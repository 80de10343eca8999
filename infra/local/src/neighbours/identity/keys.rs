//! The key that tokens are signed with (ES256), and the one of the office's cookies: made once for a data folder.

use std::path::Path;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::Generate;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::folder::{self, FolderError};

/// File of a data folder that keeps both.
const FILE: &str = "sign-in-keys";

/// A key and its name.
#[derive(Clone)]
pub(super) struct TokenKey {
    signing: SigningKey,
    kid: String,
}

impl TokenKey {
    /// Makes a fresh key.
    pub(super) fn new() -> Self {
        Self::of(SigningKey::generate())
    }

    fn of(signing: SigningKey) -> Self {
        let point = signing.verifying_key().to_sec1_point(false);
        let digest = Sha256::digest(point.as_bytes());
        Self { signing, kid: BASE64URL_NOPAD.encode(digest.get(..12).unwrap_or_default()) }
    }

    /// Returns its public form, for those who verify with it.
    pub(super) fn shown(&self) -> Value {
        let point = self.signing.verifying_key().to_sec1_point(false);
        let half = |from: usize| BASE64URL_NOPAD.encode(point.as_bytes().get(from..from + 32).unwrap_or_default());
        json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.kid, "x": half(1), "y": half(33) })
    }

    /// Signs a token with these claims.
    pub(super) fn sign(&self, claims: &Value) -> String {
        let text = joined(&json!({ "alg": "ES256", "typ": "JWT", "kid": self.kid }), claims);
        let signature: Signature = self.signing.sign(text.as_bytes());
        format!("{text}.{}", BASE64URL_NOPAD.encode(&signature.to_bytes()))
    }
}

/// Returns a token that nobody signed.
pub(super) fn unsigned(claims: &Value) -> String {
    format!("{}.", joined(&json!({ "alg": "none", "typ": "JWT" }), claims))
}

fn joined(header: &Value, claims: &Value) -> String {
    [header, claims].map(|part| BASE64URL_NOPAD.encode(part.to_string().as_bytes())).join(".")
}

/// Returns a text that nobody can guess.
pub(crate) fn random() -> String {
    HEXLOWER.encode(&<[u8; 16]>::generate())
}

/// Returns both keys of a data folder, the second as a text; they are made if there are none.
pub(super) fn open(folder: Option<&Path>) -> Result<(TokenKey, String), FolderError> {
    let Some(file) = folder.map(|folder| folder.join(FILE)) else { return Ok((TokenKey::new(), random() + &random())) };
    let fresh = || format!("{}\n{}\n", HEXLOWER.encode(&TokenKey::new().signing.to_bytes()), random() + &random());
    match folder::secret(&file, fresh) {
        Ok(text) => read(&text).ok_or_else(|| FolderError::Damaged(file, "it holds no keys".to_owned())),
        Err(error) => Err(FolderError::of(file, error)),
    }
}

fn read(text: &str) -> Option<(TokenKey, String)> {
    let (signing, cookies) = text.trim_end().split_once('\n')?;
    let signing = SigningKey::from_slice(&HEXLOWER.decode(signing.as_bytes()).ok()?).ok()?;
    Some((TokenKey::of(signing), cookies.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_data_folder_keeps_its_keys_and_two_folders_share_none() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let shown = |folder: &Path| open(Some(folder)).map(|(key, cookies)| (key.shown(), cookies)).unwrap();
        let first = shown(folder.path());
        assert_eq!(first, shown(folder.path()));
        let others = shown(other.path());
        assert!(first.0 != others.0 && first.1 != others.1);
        assert!(first.1.len() >= 32);
    }

    #[test]
    fn a_file_that_holds_no_keys_is_told_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["", "abc", "00\nx", "zz\nx"] {
            fs::write(folder.path().join(FILE), text).unwrap();
            assert!(open(Some(folder.path())).is_err(), "{text}");
        }
    }
}
