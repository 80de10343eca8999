//! Sign-in of staff: the provider, our name there, the claims that say who somebody is, and the keys of our cookies.

use serde_json::Value;

use super::address::is_address;
use super::entry::{Entry, Problem, Problems};
use super::{Config, Host, Unavailable};
use crate::signature::{Key, KeyError, Keys, Shortness};

/// Roles that somebody can have at the office.
pub const ROLES: [&str; 4] = ["clerk", "specialist", "manager", "administrator"];

/// The fewest bytes of a session key: as long as the key of the cipher.
const MIN_SESSION_KEY: usize = 32;
/// The longest name of a claim, value of a claim, or scope.
const MAX_NAME: usize = 100;

/// A provider of OpenID Connect, and our registration with it.
///
/// ```toml
/// [sign_in]
/// issuer = "https://sso.example.vn/realms/motcua"
/// client_id = "motcua-desk"
/// client_secret = "…"            # may be left out if the provider asks for none
/// keys = ["current", "previous"] # of the session cookies, 32 bytes or more
/// scopes = ["profile"]           # beside openid; this is the default
/// agency_claim = "agency"        # these three too
/// role_claim = "role"
/// name_claim = "name"
///
/// [sign_in.roles]                # values of the role claim, if they are not the role's own name
/// clerk = ["can-bo-mot-cua"]
/// ```
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The provider, letter for letter as its tokens name it.
    pub issuer: String,
    /// Its name for us.
    pub client_id: String,
    /// The secret that proves this name.
    pub client_secret: Option<Key>,
    /// The keys of the session cookies.
    pub keys: Keys,
    /// The scopes asked for beside `openid`.
    pub scopes: Vec<String>,
    /// The claims that say who somebody is.
    pub claims: StaffClaims,
    /// The address of the desk, if not the office's own; without a slash at its end.
    pub desk_url: Option<String>,
}

/// The claims of a token that say who somebody is. They are at the top of it: the authorizer in front of the JSON API
/// passes on no others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffClaims {
    /// The agency's code, or a list with it.
    pub agency: String,
    /// The role, or a list with it.
    pub role: String,
    /// The name, which is shown to its owner only.
    pub name: String,
    /// The values of the role claim for each of [`ROLES`], in their order.
    pub roles: [Vec<String>; ROLES.len()],
}

impl Default for StaffClaims {
    fn default() -> Self {
        let [agency, role, name] = ["agency", "role", "name"].map(str::to_owned);
        Self { agency, role, name, roles: ROLES.map(|role| vec![role.to_owned()]) }
    }
}

impl StaffClaims {
    /// Returns the one of [`ROLES`] that this value of the role claim means.
    #[must_use]
    pub fn role_of(&self, value: &str) -> Option<&'static str> {
        let place = self.roles.iter().position(|values| values.iter().any(|it| it == value))?;
        ROLES.get(place).copied()
    }
}

impl Config {
    /// Returns how staff sign in.
    ///
    /// # Errors
    /// [`Unavailable`], if `[sign_in]` is missing or wrong.
    pub fn sign_in(&self) -> Result<&SignIn, Unavailable<'_>> {
        match &self.sign_in {
            Some(Ok(sign_in)) => Ok(sign_in),
            Some(Err(problems)) => Err(Unavailable::Closed(problems)),
            None => Err(Unavailable::Unknown),
        }
    }

    /// Returns the address of the desk's pages, without a slash at its end.
    #[must_use]
    pub fn desk_url(&self) -> Option<&str> {
        let own = self.sign_in().ok().and_then(|sign_in| sign_in.desk_url.as_deref());
        own.or(self.public_url())
    }

    /// Whether the desk's pages are under https.
    #[must_use]
    pub fn desk_is_secure(&self) -> bool {
        self.desk_url().is_some_and(|url| url.starts_with("https://"))
    }

    /// Returns the claims that say who somebody is; their usual names if nobody wrote others.
    #[must_use]
    pub fn staff_claims(&self) -> &StaffClaims {
        &self.staff_claims
    }

    /// Returns the same office with another way to sign in.
    #[must_use]
    pub fn signing_in(self, sign_in: SignIn) -> Self {
        Self { staff_claims: sign_in.claims.clone(), sign_in: Some(Ok(sign_in)), ..self }
    }
}

pub(super) fn claims(sign_in: Option<&Result<SignIn, Problems>>) -> StaffClaims {
    sign_in.and_then(|read| read.as_ref().ok()).map(|sign_in| sign_in.claims.clone()).unwrap_or_default()
}

/// Reads the table. A mistake in it keeps staff out and lets everything else go on.
pub(super) fn read(
    table: &Value,
    host: Host,
    is_reached: bool,
    problems: &mut Vec<Problem>,
) -> Result<SignIn, Problems> {
    const PLACE: &str = "sign_in";
    let empty = serde_json::Map::new();
    let mut entry = Entry::new(PLACE.to_owned(), table.as_object().unwrap_or(&empty));
    if !table.is_object() {
        entry.problem("", "is not a table");
    }
    if !is_reached {
        entry.problem("", "needs public_url, to which the provider leads back");
    }
    let mut nested = Vec::new();
    let sign_in = fields(&mut entry, host, &mut nested);
    let mut found = entry.finish();
    found.0.append(&mut nested);
    problems.extend(found.iter().cloned());
    sign_in.filter(|_| found.is_empty()).ok_or(found)
}

fn fields(entry: &mut Entry<'_>, host: Host, problems: &mut Vec<Problem>) -> Option<SignIn> {
    let issuer = entry.text("issuer");
    // Some providers have a slash at the end of their name; it is part of the name.
    if issuer.is_some_and(|issuer| !is_address(issuer.strip_suffix('/').unwrap_or(issuer), host)) {
        entry.problem("issuer", "is not an address that begins with https://");
    }
    let client_id = entry.text("client_id");
    let secret = entry.optional_text("client_secret").map(|text| Key::from_text(text, Shortness::Allowed));
    let client_secret = secret.transpose().unwrap_or_else(|error| {
        entry.problem("client_secret", error.to_string());
        None
    });
    let keys = entry.keys(session_key, Shortness::Refused, false);
    let scopes = entry.texts("scopes").unwrap_or_else(|| vec!["profile"]);
    if !scopes.iter().copied().all(is_name) {
        entry.problem("scopes", "takes visible ASCII without spaces, at most 100 characters");
    }
    let mut claims = StaffClaims::default();
    for (field, claim) in
        [("agency_claim", &mut claims.agency), ("role_claim", &mut claims.role), ("name_claim", &mut claims.name)]
    {
        let Some(name) = entry.optional_text(field) else { continue };
        if !is_name(name) {
            entry.problem(field, "takes visible ASCII without spaces, at most 100 characters");
        }
        name.clone_into(claim);
    }
    roles(entry, &mut claims, problems);
    Some(SignIn {
        issuer: issuer?.to_owned(),
        client_id: client_id?.to_owned(),
        client_secret,
        keys: keys?,
        scopes: scopes.into_iter().map(str::to_owned).collect(),
        claims,
        desk_url: None,
    })
}

fn roles(entry: &mut Entry<'_>, claims: &mut StaffClaims, problems: &mut Vec<Problem>) {
    let Some(table) = entry.value("roles") else { return };
    let Some(table) = table.as_object() else { return entry.problem("roles", "is not a table") };
    let mut entry = Entry::new("sign_in.roles".to_owned(), table);
    for (role, values) in ROLES.into_iter().zip(&mut claims.roles) {
        let Some(texts) = table.contains_key(role).then(|| entry.texts(role)).flatten() else { continue };
        // A list at the authorizer is written with spaces between its values.
        if texts.is_empty() || !texts.iter().copied().all(is_name) {
            entry.problem(role, "takes a list of visible ASCII without spaces, at most 100 characters each");
        }
        *values = texts.into_iter().map(str::to_owned).collect();
    }
    let mut told: Vec<_> = claims.roles.iter().flatten().collect();
    told.sort_unstable();
    if told.windows(2).any(|pair| matches!(pair, [one, other] if one == other)) {
        entry.problem("", "has a value that stands for two roles");
    }
    problems.append(&mut entry.finish().0);
}

fn is_name(text: &str) -> bool {
    (1..=MAX_NAME).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn session_key(text: &str, shortness: Shortness) -> Result<Key, KeyError> {
    let key = Key::from_text(text, shortness)?;
    match key.expose().len() {
        bytes if bytes < MIN_SESSION_KEY => Err(KeyError::TooShort { bytes, minimum: MIN_SESSION_KEY }),
        _ => Ok(key),
    }
}
