//! Cookies that only this office can read or write: XChaCha20-Poly1305 under a key of the configuration.

use chacha20poly1305::aead::{Aead, Generate, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, Mac};
use rules::config::SignIn;
use rules::signature::Key;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;

/// The longest text that is tried; browsers store less of a cookie.
const LONGEST: usize = 8 * 1024;
const NONCE_BYTES: usize = 24;

/// Purpose of a cookie: one kind is never taken for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Somebody is on their way to the provider.
    OnTheWay,
    /// Somebody is signed in.
    Session,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::OnTheWay => "motcua on the way 1",
            Self::Session => "motcua session 1",
        }
    }

    /// Text that binds a sealed value to this purpose, this provider and this client alone.
    fn bound_to(self, sign_in: &SignIn) -> String {
        [self.name(), &sign_in.issuer, &sign_in.client_id].join("\n")
    }
}

/// Seals a value under the current key. `None` if that fails, which says nothing of the value.
pub(super) fn seal<T: Serialize>(sign_in: &SignIn, purpose: Purpose, value: &T) -> Option<String> {
    let text = serde_json::to_vec(value).ok()?;
    let nonce = XNonce::try_generate().ok()?;
    let bound_to = purpose.bound_to(sign_in);
    let payload = Payload { msg: &text, aad: bound_to.as_bytes() };
    let sealed = cipher(sign_in.keys.current())?.encrypt(&nonce, payload).ok()?;
    Some(BASE64URL_NOPAD.encode(&[nonce.as_slice(), &sealed].concat()))
}

/// Opens a value that was sealed under any live key. `None` for anything else.
pub(super) fn open<T: DeserializeOwned>(sign_in: &SignIn, purpose: Purpose, text: &str) -> Option<T> {
    if text.len() > LONGEST {
        return None;
    }
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES)?;
    let nonce = XNonce::try_from(nonce).ok()?;
    let bound_to = purpose.bound_to(sign_in);
    let opened = sign_in.keys.live().find_map(|key| {
        let payload = Payload { msg: sealed, aad: bound_to.as_bytes() };
        cipher(key)?.decrypt(&nonce, payload).ok()
    })?;
    serde_json::from_slice(&opened).ok()
}

/// A key of the configuration is a text of any length; the cipher's key is derived from it.
fn cipher(key: &Key) -> Option<XChaCha20Poly1305> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose()).ok()?;
    mac.update(b"motcua desk cookies 1");
    XChaCha20Poly1305::new_from_slice(&mac.finalize().into_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rules::config::StaffClaims;
    use rules::signature::{Keys, Shortness};

    use super::*;

    fn office(issuer: &str, current: &str, previous: Option<&str>) -> SignIn {
        let key = |text: &str| Key::from_text(text, Shortness::Allowed).unwrap();
        SignIn {
            issuer: issuer.into(),
            client_id: "motcua-desk".into(),
            client_secret: None,
            keys: Keys::new(key(current), previous.map(key)),
            scopes: Vec::new(),
            claims: StaffClaims::default(),
            desk_url: None,
        }
    }

    fn opened(sign_in: &SignIn, text: &str) -> Option<String> {
        open(sign_in, Purpose::Session, text)
    }

    #[test]
    fn what_was_sealed_is_read_by_the_same_office_under_either_live_key_and_by_no_other() {
        let ours = office("https://sso.example", "one", None);
        let sealed = seal(&ours, Purpose::Session, &"hồ sơ").unwrap();
        assert_eq!(opened(&ours, &sealed).as_deref(), Some("hồ sơ"));
        assert_eq!(opened(&office("https://sso.example", "two", Some("one")), &sealed).as_deref(), Some("hồ sơ"));
        assert_eq!(opened(&office("https://sso.example", "two", None), &sealed), None);
        assert_eq!(opened(&office("https://other.example", "one", None), &sealed), None);
        assert_eq!(open::<String>(&ours, Purpose::OnTheWay, &sealed), None);
        assert_ne!(seal(&ours, Purpose::Session, &"hồ sơ").unwrap(), sealed, "no two are alike");
    }

    proptest! {
        #[test]
        fn a_byte_changed_anywhere_or_any_text_at_all_opens_nothing(place in any::<prop::sample::Index>(), bit in 0..8_u8, text in ".{0,200}") {
            let ours = office("https://sso.example", "one", None);
            let sealed = seal(&ours, Purpose::Session, &"clerk").unwrap();
            let mut bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).unwrap();
            let place = place.index(bytes.len());
            bytes[place] ^= 1 << bit;
            prop_assert_eq!(opened(&ours, &BASE64URL_NOPAD.encode(&bytes)), None);
            prop_assert_eq!(opened(&ours, &text), None);
            prop_assert_eq!(opened(&ours, &sealed[..place]), None);
        }
    }
}
