//! Links to files that a portal names: which of them the office fetches, and what became of each.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::language::Both;
use crate::papers::ContentHash;
use crate::signature::sha256_hex;

/// The beginnings of hosts that are this machine. The configuration takes them on loopback alone.
const HERE: [&str; 2] = ["127.0.0.1:", "localhost:"];
/// The part of a digest that names a link among those of one dossier.
const NAME: usize = 32;

/// The reason why a file is not fetched, or not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unfetched {
    /// The portal's entry does not name its host.
    #[error("a host that is not named")]
    OtherHost,
    /// It is no address, or not `https`.
    #[error("not an https address")]
    NotHttps,
    /// Its host lies in a network of somebody's own.
    #[error("a private address")]
    Private,
    /// Its host leads elsewhere.
    #[error("a redirection")]
    Redirected,
    /// The host has no such file, or does not let the office in.
    #[error("no such file")]
    NotFound,
    /// The file is over the limit, or never ends.
    #[error("over the limit")]
    TooLarge,
    /// There is nothing in it.
    #[error("empty")]
    Empty,
    /// It is a page of the web, such as one that asks for a password.
    #[error("a page instead of a file")]
    Page,
    /// The dossier has as many files as it may have.
    #[error("too many files")]
    TooMany,
    /// The host does not answer, or not in time.
    #[error("no answer")]
    NoAnswer,
    /// The office has no place for files, or it does not answer.
    #[error("no place for files")]
    NoPlace,
}

impl Unfetched {
    /// Every reason.
    pub const ALL: [Self; 11] = [
        Self::OtherHost,
        Self::NotHttps,
        Self::Private,
        Self::Redirected,
        Self::NotFound,
        Self::TooLarge,
        Self::Empty,
        Self::Page,
        Self::TooMany,
        Self::NoAnswer,
        Self::NoPlace,
    ];

    /// Whether another try may end otherwise.
    #[must_use]
    pub fn passes(self) -> bool {
        matches!(self, Self::NoAnswer | Self::NoPlace)
    }

    /// Returns the name it is kept under.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OtherHost => "other_host",
            Self::NotHttps => "not_https",
            Self::Private => "private",
            Self::Redirected => "redirected",
            Self::NotFound => "not_found",
            Self::TooLarge => "too_large",
            Self::Empty => "empty",
            Self::Page => "page",
            Self::TooMany => "too_many",
            Self::NoAnswer => "no_answer",
            Self::NoPlace => "no_place",
        }
    }

    /// Returns the reason of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.name() == name)
    }

    /// Returns the reason for people, and what they can do.
    #[must_use]
    pub fn said(self) -> Both {
        match self {
            Self::OtherHost => [
                "máy chủ không có trong cấu hình của cổng; nếu tin cậy, báo quản trị viên thêm vào",
                "its host is not in the portal's entry; if it can be trusted, have the administrator add it",
            ],
            Self::NotHttps => ["liên kết không phải https", "the link is not https"],
            Self::Private => ["liên kết dẫn vào mạng nội bộ", "the link leads into a private network"],
            Self::Redirected => [
                "liên kết chuyển sang địa chỉ khác; hãy xin tệp từ người nộp",
                "the link leads on to another address; ask the filer for the file",
            ],
            Self::NotFound => [
                "cổng không còn tệp này hoặc không cho tải; hãy xin tệp từ người nộp",
                "the portal has no such file, or does not give it; ask the filer for it",
            ],
            Self::TooLarge => ["tệp lớn quá 4 MB; hãy xin tệp nhỏ hơn", "the file is over 4 MB; ask for a smaller one"],
            Self::Empty => ["tệp rỗng; hãy xin lại tệp", "the file is empty; ask for it again"],
            Self::Page => [
                "liên kết mở ra trang web, không phải tệp; hãy xin tệp từ người nộp",
                "the link opens a page and no file; ask the filer for it",
            ],
            Self::TooMany => ["hồ sơ đã có 200 tệp", "the dossier has 200 files already"],
            Self::NoAnswer => ["máy chủ giữ tệp chưa phản hồi", "the host of the file does not answer"],
            Self::NoPlace => ["nơi lưu tệp của cơ quan chưa sẵn sàng", "the office's own place for files is not ready"],
        }
    }
}

/// Outcome of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fetched {
    /// It is stored under this hash.
    Stored(ContentHash),
    /// It is not fetched.
    Not(Unfetched),
}

/// A link with what became of it, and when. The address itself stands in the form alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkMark {
    /// The outcome.
    pub is: Fetched,
    /// The time.
    pub at: Timestamp,
}

/// The name of a link among those of a dossier: the beginning of its digest, since an address may be personal.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkName(String);

impl LinkName {
    /// Returns the name of an address.
    #[must_use]
    pub fn of(address: &str) -> Self {
        Self(sha256_hex(address.as_bytes()).chars().take(NAME).collect())
    }

    /// Reads a name back.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let plain = text.len() == NAME && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        plain.then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for LinkName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for LinkName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether the office fetches from this address: `https`, nobody's name in it, and a host that the portal's entry names.
/// This machine, which only an entry on loopback can name, may also be asked without TLS.
///
/// # Errors
/// [`Unfetched`].
pub fn permitted(address: &str, hosts: &[String]) -> Result<(), Unfetched> {
    let uri: ::http::Uri = address.parse().map_err(|_| Unfetched::NotHttps)?;
    let authority = uri.authority().filter(|it| !it.as_str().contains('@')).ok_or(Unfetched::NotHttps)?;
    let (host, whole) = (authority.host().to_ascii_lowercase(), authority.as_str().to_ascii_lowercase());
    let usual_port = authority.port_u16().is_none_or(|port| port == 443);
    let named = hosts.iter().find(|named| **named == whole || (**named == host && usual_port));
    match (uri.scheme_str(), named) {
        (Some("https"), Some(_)) => Ok(()),
        (Some("http"), Some(named)) if HERE.iter().any(|here| named.starts_with(here)) => Ok(()),
        (Some("https"), None) => Err(Unfetched::OtherHost),
        _ => Err(Unfetched::NotHttps),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_to_a_named_host_is_fetched_and_this_machine_where_it_is_named() {
        let hosts = ["tep.example.vn", "kho.example.vn:8443", "127.0.0.1:8090"].map(str::to_owned);
        let is = |address: &str| permitted(address, &hosts);
        for address in [
            "https://tep.example.vn/1?a=b",
            "https://TEP.example.vn:443/1",
            "https://kho.example.vn:8443/1",
            "http://127.0.0.1:8090/files/1",
        ] {
            assert_eq!(is(address), Ok(()), "{address}");
        }
        for (address, why) in [
            ("https://khac.example.vn/1", Unfetched::OtherHost),
            ("https://tep.example.vn.xau.example/1", Unfetched::OtherHost),
            ("https://tep.example.vn:8443/1", Unfetched::OtherHost),
            ("https://kho.example.vn/1", Unfetched::OtherHost),
            ("https://127.0.0.1/1", Unfetched::OtherHost),
            ("https://169.254.169.254/latest/meta-data", Unfetched::OtherHost),
            ("https://[::1]/1", Unfetched::OtherHost),
            ("https://2130706433/1", Unfetched::OtherHost),
            ("http://tep.example.vn/1", Unfetched::NotHttps),
            ("http://127.0.0.1:8091/1", Unfetched::NotHttps),
            ("https://tep.example.vn@xau.example/1", Unfetched::NotHttps),
            ("https://ai:do@tep.example.vn/1", Unfetched::NotHttps),
            ("file:///etc/passwd", Unfetched::NotHttps),
            ("/local/portals/x", Unfetched::NotHttps),
            ("tep.example.vn", Unfetched::NotHttps),
            ("https://tep.example.vn/a b", Unfetched::NotHttps),
            ("", Unfetched::NotHttps),
        ] {
            assert_eq!(is(address), Err(why), "{address}");
        }
        assert_eq!(permitted("https://tep.example.vn/1", &[]), Err(Unfetched::OtherHost));
    }

    #[test]
    fn each_reason_has_a_name_and_is_found_by_it() {
        for why in Unfetched::ALL {
            assert_eq!(Unfetched::named(why.name()), Some(why));
            assert_eq!(serde_json::to_string(&why).unwrap(), format!("\"{}\"", why.name()));
        }
    }

    #[test]
    fn a_link_is_named_by_its_digest_and_read_back() {
        let name = LinkName::of("https://tep.example.vn/nguyen-van-mau");
        assert_eq!(LinkName::read(&name.to_string()), Some(name.clone()));
        assert!(!name.to_string().contains("mau"));
        assert_eq!(LinkName::read("../state"), None);
    }
}
