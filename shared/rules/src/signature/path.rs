//! A path that nobody guesses, in the place of a signature: for senders who cannot sign. It proves less, because whoever sees
//! the path once can use it, so what such a sender tells of an end counts only once the operator confirms it.

use hmac::digest::CtOutput;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::SignatureError;
use super::verify::{Signed, Verified, believed};

/// One message of a sender who knows the path.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    body: &'a [u8],
}

impl<'a> Told<'a> {
    /// Returns the body as received.
    pub fn body(&self) -> &'a [u8] {
        self.body
    }
}

impl Signed for Told<'_> {
    fn signed(&self, feed: &mut dyn FnMut(&[u8])) {
        feed(self.body);
    }
}

/// Compares the path with those that are live, each in a time that tells nothing of where they differ.
///
/// # Errors
/// [`SignatureError::Mismatch`].
pub fn verify<'a, 'p>(
    live: impl IntoIterator<Item = &'p str>,
    given: &str,
    body: &'a [u8],
) -> Result<Verified<Told<'a>>, SignatureError> {
    let given = tag(given);
    // All of them are looked at, so that the time does not say which one it was.
    let fits = live.into_iter().fold(false, |fits, path| (tag(path) == given) | fits);
    if fits { Ok(believed(Told { body })) } else { Err(SignatureError::Mismatch) }
}

fn tag(path: &str) -> CtOutput<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(b"path").expect("HMAC takes keys of every length");
    mac.update(path.as_bytes());
    mac.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_live_path_is_believed_and_no_other() {
        let live = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"];
        let body = |given: &str| verify(live, given, b"{}").map(|told| told.message().body().len());
        assert_eq!((body(live[0]), body(live[1])), (Ok(2), Ok(2)));
        for other in ["", "0123456789abcdef0123456789abcdeF", "0123456789abcdef"] {
            assert_eq!(body(other), Err(SignatureError::Mismatch));
        }
        assert!(verify([], "", b"{}").is_err(), "without a path nobody is believed");
    }
}
