//! The desk's two cookies, as a browser sends them and as it is told to store them.

use rules::config::Config;
use rules::http::Request;

use super::seal::Purpose;
use ::pages::language::cookies;

/// Longest sealed session with its name; browsers store 4,096 bytes of a cookie.
pub(super) const MOST_BYTES: usize = 3_900;
/// Time that somebody may take at the provider, in seconds.
pub(super) const ON_THE_WAY_S: i64 = 10 * 60;

/// The name of a cookie. Under https, the prefix keeps other hosts of the domain from setting one of ours; it needs the
/// path `/`. On loopback there is no https, and the path keeps the cookie to the desk.
fn name(config: &Config, purpose: Purpose) -> &'static str {
    match (purpose, config.desk_is_secure()) {
        (Purpose::Session, true) => "__Host-motcua",
        (Purpose::Session, false) => "motcua",
        (Purpose::OnTheWay, true) => "__Host-motcua-in",
        (Purpose::OnTheWay, false) => "motcua-in",
    }
}

/// The value that was sent; `None` unless it was exactly one: of two, one was set by somebody else.
pub(super) fn read<'a>(config: &Config, request: &'a Request, purpose: Purpose) -> Option<&'a str> {
    let mut values = cookies(request, name(config, purpose));
    let value = values.next()?;
    values.next().is_none().then_some(value)
}

/// The line that sets a cookie. A session ends with the browser at the latest; its time limit is inside the value.
pub(super) fn set(config: &Config, purpose: Purpose, value: &str) -> String {
    let age = match purpose {
        Purpose::Session => String::new(),
        Purpose::OnTheWay => format!("; Max-Age={ON_THE_WAY_S}"),
    };
    line(config, purpose, value, &age)
}

/// The line that removes a cookie.
pub(super) fn clear(config: &Config, purpose: Purpose) -> String {
    line(config, purpose, "", "; Max-Age=0")
}

fn line(config: &Config, purpose: Purpose, value: &str, age: &str) -> String {
    let place = if config.desk_is_secure() { "Path=/; Secure" } else { "Path=/desk" };
    format!("{}={value}; {place}; HttpOnly; SameSite=Lax{age}", name(config, purpose))
}
