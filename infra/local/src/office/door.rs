//! Function that answers a request, and the identity of its sender.

use rules::http::Claims;

/// The functions behind the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `/payments/{channel}/callback`
    PaymentCallback,
    /// `/portal/events`
    PortalWebhook,
    /// `/postal/events`, `/postal/{operator}/{path}`
    PostalWebhook,
    /// `/delivery/{agency}`
    Delivery,
    /// `/api/v1/…`, behind the authorizer, and `/desk/…` and `/api/openapi.json`, which are not.
    Desk,
    /// `/`, `/d/{id}`, `/t/{token}`, `/pay/{reference}`, `/notices/…`, `/procedures/…`, `/privacy`, and the same below an agency's
    /// own first segment.
    Citizen,
}

/// Returns the function that a path leads to, as infra/template.yaml routes it.
#[must_use]
pub fn route(path: &str) -> Option<Function> {
    let mut parts = path.strip_prefix('/')?.split('/');
    match (parts.next()?, parts.next(), parts.next(), parts.next()) {
        ("payments", Some(_), Some("callback"), _) => Some(Function::PaymentCallback),
        ("portal", Some("events"), ..) => Some(Function::PortalWebhook),
        ("postal", Some(_), ..) => Some(Function::PostalWebhook),
        ("delivery", Some(_), None, _) | ("delivery", Some(_), Some(""), None) => Some(Function::Delivery),
        ("api", Some("v1"), Some(_), _) | ("api", Some("openapi.json"), None, _) | ("desk", ..) => Some(Function::Desk),
        ("" | "d" | "citizen.css", None, ..) | ("d" | "t" | "pay", Some(_), ..) => Some(Function::Citizen),
        ("notices" | "notices.atom", None, ..) | ("notices", Some(_), ..) => Some(Function::Citizen),
        ("procedures" | "privacy", None, ..) | ("procedures", Some(_), ..) => Some(Function::Citizen),
        (_, None | Some("d"), ..) | (_, Some("t" | "pay"), Some(_), _) => Some(Function::Citizen),
        (_, Some("notices" | "notices.atom"), None, _) | (_, Some("notices"), Some(_), _) => Some(Function::Citizen),
        (_, Some("procedures" | "privacy"), None, _) | (_, Some("procedures"), Some(_), _) => Some(Function::Citizen),
        _ => None,
    }
}

/// Returns the claims of a member of staff, as the authorizer would hand them over.
#[must_use]
pub fn claims(agency: &str, subject: &str, role: &str) -> Claims {
    let claims = [("agency", agency), ("sub", subject), ("role", role)];
    Claims(claims.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
}
