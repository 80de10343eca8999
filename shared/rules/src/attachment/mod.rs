//! The files of a form as received (HoSo), for the page that shows them: the paper, the name and the link of each.
//!
//! Reads `TaiLieuNop`, `DanhSachTepDinhKemKhac`, and `DanhSachGiayToBoSung` of each row of `DanhSachHoSoBoSung`. Files
//! that are marked deleted are left out. Unreadable parts are passed over: a form is shown as far as possible.

use std::fmt;

use serde::Serialize;

use crate::json::{Element, Fields};
use crate::limits::{LONGEST_CODE, LONGEST_FILE_NAME};

/// The most files of one list that are read; a body cannot hold more.
const MOST_FILES: usize = 2_000;
/// The longest link and hash read, in characters.
const LONGEST_LINK: usize = 2_000;
const LONGEST_HASH: usize = 128;

/// One file. Its name is the applicant's own and may be personal.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// `MaThanhPhanHoSo`: the code of the paper.
    pub paper: Option<String>,
    /// `TenTepDinhKem` or `TenGiayTo`; empty if the form gives none.
    pub name: String,
    /// `DuongDanTaiTepTin`.
    pub link: Link,
    /// `HashTepTin`, if the portal sends one.
    pub hash: Option<String>,
}

/// The address at which a file can be opened.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// An address that is shown: `https`, with a public name as its host and no user's name before it.
    Https(String),
    /// An address of the form that is not shown, because it is not safe.
    Unsafe,
    /// No address in the form.
    None,
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment").field("paper", &self.paper).finish_non_exhaustive()
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Https(_) => "Https(hidden)",
            Self::Unsafe => "Unsafe",
            Self::None => "None",
        })
    }
}

/// Returns the files of a form, in its order.
#[must_use]
pub fn attachments(form: &str) -> Vec<Attachment> {
    sent(form).into_iter().map(|sent| sent.file).collect()
}

/// A file with its address as it was sent, which may be one that is not shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Sent {
    /// The file.
    pub file: Attachment,
    /// `DuongDanTaiTepTin`; `None` if there is none, or one too long to be an address.
    pub address: Option<String>,
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent").field("file", &self.file).finish_non_exhaustive()
    }
}

/// Returns the files of a form with the addresses at which the office may fetch them, in its order.
#[must_use]
pub fn sent(form: &str) -> Vec<Sent> {
    let Ok(form) = Fields::of_body(form.as_bytes()) else { return Vec::new() };
    let mut files = files_of(&form, "TaiLieuNop");
    files.extend(files_of(&form, "DanhSachTepDinhKemKhac"));
    for row in elements(&form, "DanhSachHoSoBoSung") {
        if let Ok(row) = row.object() {
            files.extend(files_of(&row, "DanhSachGiayToBoSung"));
        }
    }
    files
}

fn elements<'a>(fields: &Fields<'a>, name: &str) -> Vec<Element<'a>> {
    fields.list(name, MOST_FILES).ok().flatten().unwrap_or_default()
}

fn files_of(fields: &Fields<'_>, name: &str) -> Vec<Sent> {
    elements(fields, name).iter().filter_map(|element| file(&element.object().ok()?)).collect()
}

/// Reads a file; `None` if nothing says what it is.
fn file(fields: &Fields<'_>) -> Option<Sent> {
    if fields.flag("IsDeleted").ok().flatten() == Some(true) {
        return None;
    }
    let code = |name: &str, most: usize| fields.code(name, most).ok().flatten();
    let name = code("TenTepDinhKem", usize::MAX).or_else(|| code("TenGiayTo", usize::MAX)).unwrap_or_default();
    let address = fields.code("DuongDanTaiTepTin", LONGEST_LINK);
    let link = match &address {
        Ok(None) => Link::None,
        Ok(Some(address)) if is_safe(address) => Link::Https(address.clone()),
        Ok(Some(_)) | Err(_) => Link::Unsafe,
    };
    let paper = code("MaThanhPhanHoSo", LONGEST_CODE);
    if paper.is_none() && name.is_empty() && link == Link::None {
        return None;
    }
    let file = Attachment { paper, name: shown(&name), link, hash: code("HashTepTin", LONGEST_HASH) };
    Some(Sent { file, address: address.ok().flatten() })
}

/// Cuts a name to the length shown: portals send up to 4,000 characters. Characters that turn the direction of writing
/// are removed, by which `fdp.exe` reads as `exe.pdf`.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !turns_direction(*c)).take(LONGEST_FILE_NAME).collect()
}

/// Whether a character turns the direction of writing around it.
pub(crate) fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Endings of names that no public name has: they lead into a network of somebody's own, or nowhere (RFC 6761, 6762,
/// 8375, 9476).
const NOT_PUBLIC: [&str; 12] = [
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "arpa",
    "test",
    "invalid",
    "alt",
];

/// Whether a link may lead there: `https`, a public name as its host, and no user's name, which could pass for a host.
pub(crate) fn is_safe(address: &str) -> bool {
    let Ok(uri) = address.parse::<::http::Uri>() else { return false };
    uri.scheme_str() == Some("https")
        && uri.authority().is_some_and(|authority| is_public(authority.host()) && !authority.as_str().contains('@'))
}

/// Whether a host is a name of the public network. A number in any spelling is none: browsers read `0`, `127.1` and
/// `0x7f.1` as addresses, whose last part begins with a digit, and write IPv6 in brackets.
pub(crate) fn is_public(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    match host.rsplit_once('.') {
        Some((_, last)) => {
            let is_name = last.len() >= 2 && last.starts_with(|c: char| c.is_ascii_alphabetic());
            is_name && host.len() <= 253 && host.split('.').all(label) && !NOT_PUBLIC.contains(&last)
        }
        None => false,
    }
}

#[cfg(test)]
mod tests;
