//! The door in front of every page: a browser that was led here by a stranger's page gets nothing done, and a body has to
//! arrive within a time and a size.
//!
//! A page of another site can make a browser send forms to 127.0.0.1, and by a name of its own that leads to 127.0.0.1 it
//! could read the answers. The first shows in `Origin`, the second in `Host`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http::header::{HOST, ORIGIN};
use http::uri::Authority;
use http::{HeaderMap, Method, StatusCode, Uri};

use crate::office::{Function, route};

/// The most bytes of a body that are read at all, as Lambda takes them; the functions refuse less.
const READ_LIMIT: usize = 6 * 1024 * 1024;
/// Names of this machine for itself.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];
/// Header in which browsers say where the page is that sends a request.
const SITE: &str = "sec-fetch-site";

/// Everything that the door knows.
#[derive(Debug)]
struct Door {
    port: u16,
    /// Name by which partners reach a server that stands behind a tunnel.
    public: Option<String>,
    body_limit: Duration,
}

/// Puts the door in front of a router.
pub(super) fn guarded(router: Router, address: SocketAddr, public_url: Option<&str>, body_limit: Duration) -> Router {
    let public = public_url.and_then(|url| url.parse::<Uri>().ok()).and_then(|url| Some(url.host()?.to_owned()));
    let door = Arc::new(Door { port: address.port(), public, body_limit });
    router.layer(from_fn_with_state(door, pass))
}

async fn pass(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    if let Err((status, why)) = door.holds(&request) {
        return (status, why).into_response();
    }
    let (parts, body) = request.into_parts();
    match tokio::time::timeout(door.body_limit, to_bytes(body, READ_LIMIT)).await {
        Ok(Ok(body)) => next.run(Request::from_parts(parts, Body::from(body))).await,
        Ok(Err(_)) => super::message(StatusCode::PAYLOAD_TOO_LARGE, r#"{"message":"Request Entity Too Large"}"#),
        Err(_) => super::message(StatusCode::REQUEST_TIMEOUT, r#"{"message":"Request Timeout"}"#),
    }
}

impl Door {
    /// Holds a request against the rules of the door.
    fn holds(&self, request: &Request) -> Result<(), (StatusCode, &'static str)> {
        let host = text(request.headers(), HOST.as_str()).or_else(|| request.uri().authority().map(Authority::as_str));
        if !host.is_some_and(|host| self.is_ours(host, request.uri().path())) {
            return Err((
                StatusCode::MISDIRECTED_REQUEST,
                "This office is reached as 127.0.0.1 or localhost; partners and payers also by the host of public_url.\n",
            ));
        }
        let reads = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
        if reads || self.is_from_here(request.headers()) {
            return Ok(());
        }
        Err((StatusCode::FORBIDDEN, "A page of another site may not send anything to this office.\n"))
    }

    /// Whether a host names this server. The public name is the partners' and the public's, and leads to no page of staff.
    fn is_ours(&self, host: &str, path: &str) -> bool {
        let Ok(host) = host.parse::<Authority>() else { return false };
        let for_others = match route(path) {
            Some(
                Function::PaymentCallback
                | Function::PortalWebhook
                | Function::PostalWebhook
                | Function::Delivery
                | Function::Citizen,
            ) => !path.starts_with("/local"),
            Some(Function::Desk) | None => false,
        };
        self.is_here(&host)
            || for_others && self.public.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(host.host()))
    }

    fn is_here(&self, host: &Authority) -> bool {
        // The address of port 80 names no port.
        let port = host.port_u16().unwrap_or(80);
        LOOPBACK.iter().any(|name| name.eq_ignore_ascii_case(host.host())) && port == self.port
    }

    /// Whether no browser sent it, or one that shows a page of this server.
    fn is_from_here(&self, headers: &HeaderMap) -> bool {
        let site = text(headers, SITE);
        let by_site = site.is_none_or(|site| matches!(site, "same-origin" | "none"));
        let by_origin = match text(headers, ORIGIN.as_str()) {
            None => !headers.contains_key(ORIGIN),
            // A page that hides where it is: the browser itself vouches for it, or nobody does.
            Some("null") => site == Some("same-origin"),
            Some(origin) => {
                let host = origin.strip_prefix("http://").and_then(|host| host.parse().ok());
                host.is_some_and(|host| self.is_here(&host))
            }
        };
        by_site && by_origin
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door() -> Door {
        Door { port: 8080, public: Some("office.example".to_owned()), body_limit: Duration::from_secs(1) }
    }

    fn asked(method: Method, path: &str, headers: &[(&str, &str)]) -> Option<u16> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        door().holds(&request.body(Body::empty()).unwrap()).err().map(|(status, _)| status.as_u16())
    }

    #[test]
    fn only_a_name_of_this_machine_with_its_port_leads_in() {
        for host in ["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080"] {
            assert_eq!(asked(Method::GET, "/local", &[("host", host)]), None, "{host}");
        }
        for host in ["evil.example:8080", "127.0.0.1", "127.0.0.1:8081", "127.0.0.1.evil.example:8080", "", "a b"] {
            assert_eq!(asked(Method::GET, "/local", &[("host", host)]), Some(421), "{host}");
        }
        assert_eq!(asked(Method::GET, "/local", &[]), Some(421));
        assert_eq!(asked(Method::GET, "http://127.0.0.1:8080/local", &[]), None);
    }

    #[test]
    fn partners_come_by_the_public_name_and_nobody_else_does() {
        let public = [("host", "office.example")];
        assert_eq!(asked(Method::POST, "/portal/events", &public), None);
        assert_eq!(asked(Method::POST, "/delivery/000.00.01.H32", &public), None);
        assert_eq!(asked(Method::GET, "/payments/vnpay-demo/callback", &public), None);
        assert_eq!(asked(Method::GET, "/d/7K3M9P2QX4AB", &public), None);
        for path in ["/local", "/desk", "/api/v1/dossiers", "/local/clock"] {
            assert_eq!(asked(Method::POST, path, &public), Some(421), "{path}");
        }
    }

    #[test]
    fn a_form_is_taken_from_pages_of_this_server_and_from_programs() {
        let sent = |more: &[(&str, &str)]| {
            let mut headers = vec![("host", "127.0.0.1:8080")];
            headers.extend(more);
            [Method::POST, Method::PUT, Method::DELETE].map(|method| asked(method, "/local/clock", &headers))
        };
        for taken in [
            &[][..],
            &[("origin", "http://127.0.0.1:8080")],
            &[("origin", "http://localhost:8080"), ("sec-fetch-site", "same-origin")],
            &[("origin", "null"), ("sec-fetch-site", "same-origin")],
        ] {
            assert_eq!(sent(taken), [None; 3], "{taken:?}");
        }
        for refused in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "http://127.0.0.1:9999")],
            &[("origin", "https://127.0.0.1:8080")],
            &[("origin", "http://127.0.0.1:8080.evil.example")],
            &[("origin", "null")],
            &[("origin", "null"), ("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "")],
        ] {
            assert_eq!(sent(refused), [Some(403); 3], "{refused:?}");
        }
    }

    #[test]
    fn a_link_from_another_site_opens_a_page() {
        let headers = [("host", "localhost:8080"), ("sec-fetch-site", "cross-site")];
        assert_eq!(asked(Method::GET, "/desk", &headers), None);
    }
}
