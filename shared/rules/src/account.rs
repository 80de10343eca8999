//! Words for accounts that say no more than the role of whoever uses them: `clerk`, or `clerk.000.00.01.H32`.

use crate::language::Both;

/// The roles, each with its words.
const ROLES: [(&str, Both); 4] = [
    ("clerk", ["cán bộ một cửa", "clerk"]),
    ("specialist", ["chuyên viên", "specialist"]),
    ("manager", ["lãnh đạo", "manager"]),
    ("administrator", ["quản trị", "administrator"]),
];

/// The actor by a link that the office sent, as the person item names them.
const APPLICANT: (&str, Both) = ("applicant", ["người dân, qua liên kết", "the applicant, by a link"]);

/// Returns the words for a role, by its name.
#[must_use]
pub fn role(name: &str) -> Option<Both> {
    ROLES.iter().find(|(role, _)| *role == name).map(|(_, words)| *words)
}

/// Returns the words for an account whose name is a role's, alone or before an agency's code; `None` for an account of
/// somebody's own, which is shown as it is.
#[must_use]
pub fn words(account: &str) -> Option<Both> {
    if account == APPLICANT.0 {
        return Some(APPLICANT.1);
    }
    let name = match account.split_once('.') {
        Some((name, agency)) if agency.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase()) => name,
        Some(_) => return None,
        None => account,
    };
    role(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_roles_are_those_of_the_configuration() {
        assert_eq!(ROLES.map(|(name, _)| name), crate::config::ROLES);
    }

    #[test]
    fn only_an_account_that_is_named_by_its_role_is_told_by_it() {
        for account in ["clerk", "clerk.000.00.01.H32", "clerk.H32"] {
            assert_eq!(words(account), Some(["cán bộ một cửa", "clerk"]), "{account}");
        }
        assert_eq!(words("applicant"), Some(["người dân, qua liên kết", "the applicant, by a link"]));
        for account in ["can-bo-17", "clerk2", "clerk.nguyen", "clerk@kkt.example", "nguyen.clerk", "Clerk", ""] {
            assert_eq!(words(account), None, "{account}");
        }
    }
}
