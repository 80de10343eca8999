//! Addresses of others, as the configuration writes them.

use super::Host;
use super::entry::Entry;

/// Reads an address without a slash at its end: `https://…`, and on loopback this machine's and this server's own too.
pub(super) fn address(entry: &mut Entry<'_>, field: &'static str, host: Host) -> Option<String> {
    let text = entry.optional_text(field)?;
    match is_address(text, host) || (text.starts_with("/local/") && host == Host::Loopback && is_plain(text)) {
        true => Some(text.to_owned()),
        false => {
            entry.problem(field, "is not an address that begins with https:// and ends without a slash");
            None
        }
    }
}

/// Whether it is `https://…` without a slash at its end, or on loopback an address of this machine.
pub(super) fn is_address(text: &str, host: Host) -> bool {
    let far = text.strip_prefix("https://").is_some_and(|rest| is_host(rest, host));
    let mut machine = ["http://127.0.0.1", "http://localhost"].iter().filter_map(|start| text.strip_prefix(start));
    let here = machine.any(|rest| rest.is_empty() || rest.starts_with([':', '/']));
    is_plain(text) && (far || (here && host == Host::Loopback))
}

/// Whether what follows `https://` begins with a host, and with no name or password for it. In public the host is another
/// than this machine.
fn is_host(rest: &str, reach: Host) -> bool {
    let authority = rest.split('/').next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host).to_ascii_lowercase();
    let is_here = host == "localhost" || host == "[::1]" || host.starts_with("127.");
    !host.is_empty() && !authority.contains('@') && (reach == Host::Loopback || !is_here)
}

fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#' | b'"' | b'<' | b'>');
    !text.ends_with('/') && text.bytes().all(plain)
}
