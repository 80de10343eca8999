//! The staff of a local start, who sign in with printed tokens that exist only there.

use std::fs;
use std::io;
use std::path::Path;

use rules::config::StaffClaims;
use rules::http::Claims;

/// File of a data folder that keeps the tokens' secret part.
const STAFF_FILE: &str = "staff-token";

/// The roles for which there is a token.
pub use rules::config::ROLES;

/// The people who may come in.
#[derive(Clone)]
pub struct Staff {
    agencies: Vec<String>,
    secret: String,
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
    pub fn open(agencies: Vec<String>, folder: Option<&Path>) -> io::Result<Self> {
        let fresh = || format!("{:016x}{:016x}", fastrand::Rng::new().u64(..), fastrand::Rng::new().u64(..));
        let secret = match folder.map(|folder| folder.join(STAFF_FILE)) {
            None => fresh(),
            Some(file) => match fs::read_to_string(&file) {
                Ok(secret) => secret,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    let secret = fresh();
                    fs::write(&file, &secret)?;
                    secret
                }
                Err(error) => return Err(error),
            },
        };
        Ok(Self { agencies, secret })
    }

    /// Returns the token of a role in an agency.
    #[must_use]
    pub fn token(&self, agency: &str, role: &str) -> String {
        format!("{role}:{agency}:{}", self.secret)
    }

    /// Returns the owner of a token.
    #[must_use]
    pub fn member<'a>(&'a self, token: &str) -> Option<Member<'a>> {
        let ours = |agency: &'a String, role| (self.token(agency, role) == token).then_some(Member { agency, role });
        self.agencies.iter().find_map(|agency| ROLES.into_iter().find_map(|role| ours(agency, role)))
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
    fn a_data_folder_keeps_its_tokens() {
        let folder = tempfile::tempdir().unwrap();
        let first = Staff::open(vec!["A".into()], Some(folder.path())).unwrap();
        let second = Staff::open(vec!["A".into()], Some(folder.path())).unwrap();
        assert_eq!(first.token("A", "clerk"), second.token("A", "clerk"));
    }
}
