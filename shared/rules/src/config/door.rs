//! The agency behind an address: known by the host through which a request came, never by what its sender writes.

use super::read::LOOPBACK_URL;
use super::{Agency, Config, Host};
use crate::http::Domain;

/// Names of this machine for itself.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// An agency's citizen pages, as a request reached them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door<'a> {
    /// The agency.
    pub agency: &'a Agency,
    /// The first segment that its pages have, with its slash; empty where it has the host to itself.
    pub root: &'a str,
    /// The path below that.
    pub rest: &'a str,
}

impl Config {
    /// Returns the agency whose pages lie at this host and path; `None` for a host that is no agency's. A request without
    /// a host comes from nowhere.
    ///
    /// A host belongs to the agencies that name it. The host of `public_url` is the only agency's even if it names none,
    /// and on loopback this machine's own names lead to every agency, without a segment to the first one.
    #[must_use]
    pub fn door<'a>(&'a self, host: Option<&Domain>, path: &'a str) -> Option<Door<'a>> {
        let Domain(host) = host?;
        let host = host.to_ascii_lowercase();
        let segment = path.strip_prefix('/').and_then(|path| path.split('/').next()).unwrap_or_default();
        let here = || self.agencies.iter().filter(|agency| self.lets_in(agency, &host));
        if let Some(agency) = here().find(|it| it.contact.path.as_deref() == Some(segment)) {
            let (root, rest) = path.split_at(segment.len() + 1);
            return Some(Door { agency, root, rest: if rest.is_empty() { "/" } else { rest } });
        }
        let agency = here().find(|it| it.contact.path.is_none() || self.is_loopback(&host))?;
        Some(Door { agency, root: "", rest: path })
    }

    /// Writes the address of one of an agency's citizen pages, such as `/d/7K3M9P2QX4AB`; `None` if it has none.
    #[must_use]
    pub fn page(&self, agency: &Agency, rest: &str) -> Option<String> {
        let segment = agency.contact.path.as_ref().map(|path| format!("/{path}")).unwrap_or_default();
        if let Some(host) = agency.contact.hosts.first() {
            return Some(format!("https://{host}{segment}{rest}"));
        }
        let url = self.public_url()?;
        let path = format!("{segment}{rest}");
        let host = Domain(public_host(url)?.to_owned());
        // An address that leads to another agency is worse than none.
        let leads = self.door(Some(&host), &path).is_some_and(|door| door.agency.key() == agency.key());
        leads.then(|| format!("{url}{path}"))
    }

    /// Returns the address of a page as messages write it; `None` if the agency has no pages or writes no links.
    #[must_use]
    pub fn linked(&self, agency: &Agency, rest: &str) -> Option<String> {
        agency.contact.writes_links().then(|| self.page(agency, rest)).flatten()
    }

    /// Takes the address at which a laptop's office listens for the office's own, unless somebody wrote another.
    #[must_use]
    pub fn listening_at(mut self, home: &str) -> Self {
        if self.reach == Host::Loopback && self.public_url.as_deref() == Some(LOOPBACK_URL) {
            self.public_url = Some(home.to_owned());
        }
        self
    }

    fn lets_in(&self, agency: &Agency, host: &str) -> bool {
        let hosts = &agency.contact.hosts;
        let only =
            self.agencies.len() == 1 && hosts.is_empty() && self.public_url().and_then(public_host) == Some(host);
        hosts.iter().any(|it| it == host) || only || self.is_loopback(host)
    }

    fn is_loopback(&self, host: &str) -> bool {
        self.reach == Host::Loopback && LOOPBACK.contains(&host)
    }
}

/// Returns the host of an address, without its port.
fn public_host(url: &str) -> Option<&str> {
    let authority = url.split_once("://")?.1.split('/').next()?;
    let host = authority.split_once(':').map_or(authority, |(host, _)| host);
    (!host.is_empty()).then_some(host)
}
