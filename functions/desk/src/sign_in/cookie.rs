//! Our two cookies, as a browser sends them and as it is told to keep them.

use rules::config::Config;
use rules::http::Request;

use super::seal::Purpose;
use ::pages::language::cookies;

/// A sealed session may be as long as this with its name; browsers keep 4,096 bytes of a cookie.
pub(super) const MOST_BYTES: usize = 3_900;
/// How long somebody may take at the provider.
pub(super) const ON_THE_WAY_S: i64 = 10 * 60;

/// Under https the prefix keeps other hosts of the domain from setting a cookie of ours, which takes the path `/`. On
/// loopback there is no https, and the path keeps it to the desk.
fn is_https(config: &Config) -> bool {
    config.desk_url().is_some_and(|url| url.starts_with("https://"))
}

fn name(config: &Config, purpose: Purpose) -> &'static str {
    match (purpose, is_https(config)) {
        (Purpose::Session, true) => "__Host-motcua",
        (Purpose::Session, false) => "motcua",
        (Purpose::OnTheWay, true) => "__Host-motcua-in",
        (Purpose::OnTheWay, false) => "motcua-in",
    }
}

/// The value that came; none where there is none, or several: one of those would be somebody else's.
pub(super) fn read<'a>(config: &Config, request: &'a Request, purpose: Purpose) -> Option<&'a str> {
    let mut values = cookies(request, name(config, purpose));
    let value = values.next()?;
    values.next().is_none().then_some(value)
}

/// The line that sets a cookie. A session ends with the browser at the latest; how long it holds stands inside.
pub(super) fn set(config: &Config, purpose: Purpose, value: &str) -> String {
    let age = match purpose {
        Purpose::Session => String::new(),
        Purpose::OnTheWay => format!("; Max-Age={ON_THE_WAY_S}"),
    };
    line(config, purpose, value, &age)
}

/// The line that takes a cookie away.
pub(super) fn clear(config: &Config, purpose: Purpose) -> String {
    line(config, purpose, "", "; Max-Age=0")
}

fn line(config: &Config, purpose: Purpose, value: &str, age: &str) -> String {
    let place = if is_https(config) { "Path=/; Secure" } else { "Path=/desk" };
    format!("{}={value}; {place}; HttpOnly; SameSite=Lax{age}", name(config, purpose))
}
