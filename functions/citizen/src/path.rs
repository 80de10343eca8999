//! Paths of the public pages, as people and mail programs write them.

use rules::id::{DossierId, ID_LEN};

/// The page that a path within an agency's pages asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked<'a> {
    /// `/`
    First,
    /// `/d`, with the code that somebody typed.
    LookUp,
    /// `/d/{id}`; the id as it came.
    Dossier(&'a str),
    /// `/t/{token}`; the token as it came.
    Link(&'a str),
    /// None of them.
    Nothing,
}

/// Reads a path.
pub(crate) fn asked(path: &str) -> Asked<'_> {
    match path {
        "" | "/" => Asked::First,
        "/d" | "/d/" => Asked::LookUp,
        path => match (path.strip_prefix("/d/"), path.strip_prefix("/t/")) {
            (Some(id), _) => Asked::Dossier(id),
            (None, Some(token)) => Asked::Link(token),
            (None, None) => Asked::Nothing,
        },
    }
}

/// The path of a dossier's page.
pub(crate) fn of_dossier(id: DossierId) -> String {
    format!("/d/{id}")
}

/// Reads an id at the beginning of a text, in either case. What follows it is a mail program's or a sentence's own, unless
/// it is a letter or a digit.
pub(crate) fn id(text: &str) -> Option<DossierId> {
    let (first, after) = text.split_at_checked(ID_LEN)?;
    let ends = after.bytes().next().is_none_or(|byte| !byte.is_ascii_alphanumeric());
    DossierId::parse(&first.to_ascii_uppercase()).ok().filter(|_| ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_one_page() {
        for (path, page) in [
            ("/", Asked::First),
            ("", Asked::First),
            ("/d", Asked::LookUp),
            ("/d/", Asked::LookUp),
            ("/d/7K3M9P2QX4AB", Asked::Dossier("7K3M9P2QX4AB")),
            ("/d/7K3M9P2QX4AB/", Asked::Dossier("7K3M9P2QX4AB/")),
            ("/t/a", Asked::Link("a")),
            ("/t", Asked::Nothing),
            ("/dx/7K3M9P2QX4AB", Asked::Nothing),
            ("//d/7K3M9P2QX4AB", Asked::Nothing),
        ] {
            assert_eq!(asked(path), page, "{path}");
        }
    }

    #[test]
    fn an_id_is_read_in_either_case_and_with_what_follows_it_in_a_text() {
        let expected = DossierId::parse("7K3M9P2QX4AB").ok();
        for text in
            ["7K3M9P2QX4AB", "7k3m9p2qx4ab", "7K3M9P2QX4AB.", "7K3M9P2QX4AB/", "7K3M9P2QX4AB%3E", "7K3M9P2QX4AB…"]
        {
            assert_eq!(id(text), expected, "{text}");
        }
        for text in
            ["", "7K3M9P2QX4A", "7K3M9P2QX4ABC", "7K3M9P2QX4A-", "đK3M9P2QX4AB", "7K3M9P2QX4Ađ", " 7K3M9P2QX4AB"]
        {
            assert_eq!(id(text), None, "{text}");
        }
    }
}
