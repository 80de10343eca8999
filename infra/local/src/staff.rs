//! The staff of a local start, who sign in with printed tokens that exist only there.

use std::path::Path;

use rules::config::StaffClaims;
use rules::http::Claims;
use rules::signature::{Key, Shortness, encode_hex, sha256_hex, sign_hmac_sha256};

use crate::folder::{self, FolderError};
use crate::neighbours::identity::random;

/// File of a data folder that keeps the key that the tokens are signed with.
const STAFF_FILE: &str = "staff-token";

/// The roles for which there is a token.
pub use rules::config::ROLES;

/// The people who may come in.
#[derive(Clone)]
pub struct Staff {
    agencies: Vec<String>,
    key: Key,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member<'a> {
    /// The agency's code.
    pub agency: &'a str,
    /// The role, which is also the account's name here.
    pub role: &'a str,
}

impl Member<'_> {
    /// Returns the authorizer's claims for them, under the names that the configuration has.
    #[must_use]
    pub fn claims(&self, names: &StaffClaims) -> Claims {
        let value = ROLES.iter().zip(&names.roles).find(|(role, _)| **role == self.role).and_then(|(_, it)| it.first());
        let role = value.map_or(self.role, String::as_str);
        let claims = [("sub", self.role), (&names.agency, self.agency), (&names.role, role)];
        Claims(claims.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    }
}

impl Staff {
    /// Opens the staff of these agencies. A data folder keeps its tokens over a restart.
    ///
    /// # Errors
    /// The folder's file cannot be read or written.
    pub fn open(agencies: Vec<String>, folder: Option<&Path>) -> Result<Self, FolderError> {
        let fresh = || random() + &random();
        let file = folder.map(|folder| folder.join(STAFF_FILE)).unwrap_or_default();
        let secret = match folder {
            None => fresh(),
            Some(_) => folder::secret(&file, fresh).map_err(|error| FolderError::of(file.clone(), error))?,
        };
        match Key::from_text(secret.trim(), Shortness::Refused) {
            Ok(key) => Ok(Self { agencies, key }),
            Err(error) => Err(FolderError::Damaged(file, error.to_string())),
        }
    }

    /// Returns the token of a role in an agency: both, and a signature over both.
    #[must_use]
    pub fn token(&self, agency: &str, role: &str) -> String {
        let signed = format!("{role}:{agency}");
        format!("{signed}:{}", encode_hex(&sign_hmac_sha256(&self.key, &[signed.as_bytes()])))
    }

    /// Returns the owner of a token.
    #[must_use]
    pub fn member<'a>(&'a self, token: &str) -> Option<Member<'a>> {
        let (role, rest) = token.split_once(':')?;
        let (agency, _) = rest.rsplit_once(':')?;
        let role = ROLES.into_iter().find(|known| *known == role)?;
        let agency = self.agencies.iter().find(|known| *known == agency)?;
        // Digests are compared, so that the time it takes says nothing of the token that would be right.
        let is_ours = sha256_hex(token.as_bytes()) == sha256_hex(self.token(agency, role).as_bytes());
        is_ours.then_some(Member { agency, role })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_its_own_agency_and_role_and_no_other_does() {
        let staff = Staff::open(vec!["A".into(), "B".into()], None).unwrap();
        let token = staff.token("B", "clerk");
        assert_eq!(staff.member(&token), Some(Member { agency: "B", role: "clerk" }));
        let others = Staff::open(vec!["B".into()], None).unwrap();
        for wrong in [others.token("B", "clerk"), staff.token("C", "clerk"), staff.token("B", "root"), String::new()] {
            assert_eq!(staff.member(&wrong), None);
        }
    }

    #[test]
    fn an_edited_token_opens_nothing() {
        let staff = Staff::open(vec!["A".into(), "B".into()], None).unwrap();
        let token = staff.token("A", "clerk");
        let signature = token.rsplit_once(':').unwrap().1;
        let last = if token.ends_with('0') { "1" } else { "0" };
        let cut = &token[..token.len() - 1];
        for edited in [
            format!("administrator:A:{signature}"),
            format!("clerk:B:{signature}"),
            format!("clerk:A:B:{signature}"),
            format!("{cut}{last}"),
            cut.to_owned(),
            format!("{token}0"),
            token.to_uppercase(),
            "clerk:A:".to_owned(),
        ] {
            assert_eq!(staff.member(&edited), None, "{edited}");
        }
    }

    #[test]
    fn a_data_folder_keeps_its_tokens() {
        let folder = tempfile::tempdir().unwrap();
        let first = Staff::open(vec!["A".into()], Some(folder.path())).unwrap();
        let second = Staff::open(vec!["A".into()], Some(folder.path())).unwrap();
        assert_eq!(first.token("A", "clerk"), second.token("A", "clerk"));
        std::fs::write(folder.path().join(STAFF_FILE), "").unwrap();
        assert!(matches!(Staff::open(vec!["A".into()], Some(folder.path())), Err(FolderError::Damaged(..))));
    }
}
