//! The hosts from which files are fetched that a portal names.

use serde_json::{Map, Value};

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
        let table: &Map<String, Value> = match entry.value(FIELD) {
            None => return Some(Vec::new()),
            Some(Value::Object(table)) => table,
            Some(_) => {
                entry.problem(FIELD, "is not a table");
                return None;
            }
        };
        let mut own = Entry::new(String::new(), table);
        let names = own.texts("hosts").unwrap_or_default();
        if names.is_empty() || names.len() > MOST {
            own.problem("hosts", "takes 1 to 20 hosts");
        }
        let mut hosts = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let name = name.to_ascii_lowercase();
            match is_public(&name) || (self.host == Host::Loopback && is_here(&name)) {
                true => hosts.push(name),
                false => own.problem(format!("hosts[{index}]"), "is not the name of a host that anybody can reach"),
            }
        }
        let problems = own.finish();
        for problem in problems.iter() {
            entry.problem(format!("{FIELD}.{}", problem.field), problem.what.clone());
        }
        problems.is_empty().then_some(hosts)
    }
}

/// Whether it is this machine, with a port.
fn is_here(name: &str) -> bool {
    let port = ["127.0.0.1:", "localhost:"].iter().find_map(|start| name.strip_prefix(start));
    port.is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
}
