//! Paths of the public pages, as people and mail programs write them.

use rules::http::query;
use rules::id::{DossierId, ID_LEN, Reference};
use rules::limits::LONGEST_CODE;
use rules::token::Token;

/// The page that a path within an agency's pages asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked<'a> {
    /// `/`
    First,
    /// `/d`, with the code that somebody typed.
    LookUp,
    /// `/d/{id}`; the id as it came.
    Dossier(&'a str),
    /// `/d/{id}/call-back`; the id as it came.
    CallBack(&'a str),
    /// `/t/{token}`, and what is below it; the token as it came.
    Link(&'a str),
    /// `/pay/{reference}`; the reference as it came.
    Payment(&'a str),
    /// `/notices` and whatever is below it.
    Notices(OfNotices<'a>),
    /// `/procedures`
    Procedures,
    /// `/procedures/{code}`; the code as it came.
    Procedure(&'a str),
    /// `/privacy`
    Privacy,
    /// None of them.
    Nothing,
}

/// The part of the notices that a path asks for. A number is never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OfNotices<'a> {
    /// `/notices`
    List,
    /// `/notices.atom`
    Feed,
    /// `/notices/poster.css`
    PosterStyle,
    /// `/notices/{number}`
    One(u32),
    /// `/notices/{number}/poster`
    Poster(u32),
    /// `/notices/{number}.txt`
    Plain(u32),
    /// `/notices/{number}.html`
    Fragment(u32),
    /// `/notices/{number}/script`
    Script(u32),
    /// `/notices/{number}/files/{sha256}`; the hash as it came.
    File(u32, &'a str),
    /// None of them.
    Nothing,
}

/// The largest number of a notice: numbers have six digits in keys.
const LAST_NOTICE: u32 = 999_999;

/// The end of the page by which the holder of a slip wishes to be called.
const CALL_BACK: &str = "/call-back";

/// Reads a path.
pub(crate) fn asked(path: &str) -> Asked<'_> {
    match path {
        "" | "/" => Asked::First,
        "/d" | "/d/" => Asked::LookUp,
        "/notices" | "/notices/" => Asked::Notices(OfNotices::List),
        "/notices.atom" => Asked::Notices(OfNotices::Feed),
        "/procedures" | "/procedures/" => Asked::Procedures,
        "/privacy" | "/privacy/" => Asked::Privacy,
        path => match (path.strip_prefix("/d/"), path.strip_prefix("/t/")) {
            (Some(id), _) => match id.strip_suffix(CALL_BACK) {
                Some(id) => Asked::CallBack(id),
                None => Asked::Dossier(id),
            },
            (None, Some(token)) => Asked::Link(token),
            (None, None) => match (path.strip_prefix("/notices/"), path.strip_prefix("/procedures/")) {
                (Some(rest), _) => Asked::Notices(of_notices(rest)),
                (None, Some(code)) => Asked::Procedure(code),
                (None, None) => path.strip_prefix("/pay/").map_or(Asked::Nothing, Asked::Payment),
            },
        },
    }
}

/// Reads what follows `/notices/`. What stands behind a bare number is a mail program's or a sentence's own, unless it holds
/// a letter or a digit.
fn of_notices(rest: &str) -> OfNotices<'_> {
    if rest == "poster.css" {
        return OfNotices::PosterStyle;
    }
    let (digits, after) = rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count());
    let number = digits.parse().ok().filter(|number| (1..=LAST_NOTICE).contains(number) && !digits.starts_with('0'));
    let Some(number) = number else { return OfNotices::Nothing };
    match after {
        ".txt" => OfNotices::Plain(number),
        ".html" => OfNotices::Fragment(number),
        "/poster" => OfNotices::Poster(number),
        "/script" => OfNotices::Script(number),
        after => match after.strip_prefix("/files/") {
            Some(hash) => OfNotices::File(number, hash),
            None if !after.contains(char::is_alphanumeric) => OfNotices::One(number),
            None => OfNotices::Nothing,
        },
    }
}

/// The path of a notice's page.
pub(crate) fn of_notice(number: u32) -> String {
    format!("/notices/{number}")
}

/// The page below that of a dossier or of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Below<'a> {
    /// The page itself.
    Itself,
    /// The way to pay an attempt.
    Pay(u8),
    /// The confirmation of a fee, by its first attempt.
    Paid(u8),
    /// The label for papers that are sent to the office.
    Label,
    /// Those who looked at the dossier.
    Looks,
    /// A file of a receipt, by its hash as it came.
    Receipt(&'a str),
}

/// The end of the page of those who looked at the dossier.
pub(crate) const LOOKS: &str = "/looks";

/// Reads what follows an id or a token. Whatever a mail program left there stands for the page itself.
pub(crate) fn below(text: &str, length: usize) -> Below<'_> {
    let number = |text: &str| text.parse().ok().filter(|number: &u8| number.to_string() == text);
    let rest = text.get(length..).unwrap_or_default();
    match rest {
        "/label" => return Below::Label,
        LOOKS => return Below::Looks,
        _ => {}
    }
    if let Some(hash) = rest.strip_prefix("/receipts/") {
        return Below::Receipt(hash);
    }
    let pay = rest.strip_prefix("/pay/").and_then(number).map(Below::Pay);
    pay.or_else(|| rest.strip_prefix("/paid/").and_then(number).map(Below::Paid)).unwrap_or(Below::Itself)
}

/// Reads a payment reference at the beginning of a text, with what follows it in a sentence.
pub(crate) fn reference(text: &str) -> Option<Reference> {
    let end = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    Reference::parse(&text[..end]).ok()
}

/// The path of a link.
pub(crate) fn of_link(token: &Token) -> String {
    format!("/t/{}", token.as_str())
}

/// The path of a procedure's page.
pub(crate) fn of_procedure(code: &str) -> String {
    format!("/procedures/{}", query::encode(code.as_bytes()))
}

/// Reads the code of a procedure. What stands behind it is a mail program's or a sentence's own.
pub(crate) fn code(text: &str) -> Option<String> {
    let decoded = String::from_utf8(query::decode(text).into_owned()).ok()?;
    let code = decoded.trim_end_matches(|last: char| !last.is_alphanumeric());
    (!code.is_empty() && code.chars().count() <= LONGEST_CODE && !code.chars().any(char::is_control))
        .then(|| code.to_owned())
}

/// The path of a dossier's page.
pub(crate) fn of_dossier(id: DossierId) -> String {
    format!("/d/{id}")
}

/// The path of the page by which the holder of its slip wishes to be called.
pub(crate) fn of_call_back(id: DossierId) -> String {
    format!("/d/{id}{CALL_BACK}")
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
            ("/d/7K3M9P2QX4AB/call-back", Asked::CallBack("7K3M9P2QX4AB")),
            ("/t/a", Asked::Link("a")),
            ("/t/a/preferences", Asked::Link("a/preferences")),
            ("/t", Asked::Nothing),
            ("/dx/7K3M9P2QX4AB", Asked::Nothing),
            ("//d/7K3M9P2QX4AB", Asked::Nothing),
            ("/notices", Asked::Notices(OfNotices::List)),
            ("/notices.atom", Asked::Notices(OfNotices::Feed)),
            ("/notices/poster.css", Asked::Notices(OfNotices::PosterStyle)),
            ("/notices/12", Asked::Notices(OfNotices::One(12))),
            ("/notices/12/", Asked::Notices(OfNotices::One(12))),
            ("/notices/12.", Asked::Notices(OfNotices::One(12))),
            ("/notices/12.txt", Asked::Notices(OfNotices::Plain(12))),
            ("/notices/12.html", Asked::Notices(OfNotices::Fragment(12))),
            ("/notices/12/poster", Asked::Notices(OfNotices::Poster(12))),
            ("/notices/12/script", Asked::Notices(OfNotices::Script(12))),
            ("/notices/12/files/ab", Asked::Notices(OfNotices::File(12, "ab"))),
            ("/notices/0", Asked::Notices(OfNotices::Nothing)),
            ("/notices/012", Asked::Notices(OfNotices::Nothing)),
            ("/notices/1000000", Asked::Notices(OfNotices::Nothing)),
            ("/notices/99999999999", Asked::Notices(OfNotices::Nothing)),
            ("/notices/12x", Asked::Notices(OfNotices::Nothing)),
            ("/notices/12.pdf", Asked::Notices(OfNotices::Nothing)),
            ("/noticesx", Asked::Nothing),
            ("/pay/7K3M9P2QX4AB01", Asked::Payment("7K3M9P2QX4AB01")),
            ("/pay", Asked::Nothing),
            ("/procedures", Asked::Procedures),
            ("/procedures/", Asked::Procedures),
            ("/procedures/1.005129", Asked::Procedure("1.005129")),
            ("/proceduresx", Asked::Nothing),
            ("/privacy", Asked::Privacy),
            ("/privacyx", Asked::Nothing),
        ] {
            assert_eq!(asked(path), page, "{path}");
        }
    }

    #[test]
    fn what_is_below_a_dossier_is_read_and_anything_else_is_the_page_itself() {
        for (rest, page) in [
            ("", Below::Itself),
            ("/pay/2", Below::Pay(2)),
            ("/pay/02", Below::Itself),
            ("/paid/1", Below::Paid(1)),
            ("/label", Below::Label),
            ("/looks", Below::Looks),
            ("/looks.", Below::Itself),
            ("/lookss", Below::Itself),
            ("/receipts/abc", Below::Receipt("abc")),
        ] {
            assert_eq!(below(&format!("7K3M9P2QX4AB{rest}"), ID_LEN), page, "{rest}");
        }
    }

    #[test]
    fn a_code_is_read_with_what_follows_it_in_a_text() {
        for text in ["1.005129", "1.005129.", "1.005129/", "1.005129%29", "1.005129%E2%80%A6"] {
            assert_eq!(code(text).as_deref(), Some("1.005129"), "{text}");
        }
        assert_eq!(code("a%20b%2Fc").as_deref(), Some("a b/c"));
        for text in ["", ".", "%FF", "a%00b", "x".repeat(LONGEST_CODE + 1).as_str()] {
            assert_eq!(code(text), None, "{text}");
        }
        assert_eq!(of_procedure("a b/c"), "/procedures/a+b%2Fc");
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
