//! The hosts from which files are fetched that a portal names.

use super::Host;
use super::entry::Entry;
use super::scope::Scope;
use crate::attachment::is_public;

/// The setting of a portal's entry.
const FIELD: &str = "fetch";
/// The most hosts of one portal.
const MOST: usize = 20;

impl Scope<'_> {
    /// Reads the hosts of `[portals.fetch]`; none if there is no such table, `None` if the setting is wrong.
    ///
    /// A host is a name of the public network. On loopback it may also be this machine with a port.
    pub(super) fn fetching(&self, entry: &mut Entry<'_>) -> Option<Vec<String>> {
        entry.within(FIELD, |own| Some(hosts(own, self.host))).map(Option::unwrap_or_default)
    }
}

fn hosts(own: &mut Entry<'_>, reach: Host) -> Vec<String> {
    let names = own.texts("hosts").unwrap_or_default();
    if names.is_empty() || names.len() > MOST {
        own.problem("hosts", "takes 1 to 20 hosts");
    }
    let mut hosts = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let name = name.to_ascii_lowercase();
        match is_public(&name) || (reach == Host::Loopback && is_here(&name)) {
            true => hosts.push(name),
            false => own.problem(format!("hosts[{index}]"), "is not the name of a host that anybody can reach"),
        }
    }
    hosts
}

/// Whether it is this machine, with a port.
fn is_here(name: &str) -> bool {
    let port = ["127.0.0.1:", "localhost:"].iter().find_map(|start| name.strip_prefix(start));
    port.is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
}
