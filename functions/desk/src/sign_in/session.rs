//! The person signed in: content and lifetime of their cookie, and what a page knows of it.

use http::header::SET_COOKIE;
use jiff::{SignedDuration, Timestamp};
use rules::config::{Config, SignIn};
use rules::http::{Reply, Request, Response};
use serde::{Deserialize, Serialize};

use super::seal::{self, Purpose};
use super::{cookie, dress, provider};
use crate::pages::Visitor;
use crate::permission::Staff;
use ::pages::form::{Form, NotAForm, is_own};

/// Duration of a session, from the sign-in and from each renewal.
pub(super) const HOLDS_FOR: SignedDuration = SignedDuration::from_mins(30);
/// Time before its end from which the provider is asked whether it goes on.
const RENEWED_BEFORE: SignedDuration = SignedDuration::from_mins(15);
/// The field of every form that proves which session it belongs to.
const CSRF: &str = "csrf";

/// Content of the cookie, sealed.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    pub sub: String,
    agency: String,
    role: String,
    pub name: Option<String>,
    /// Secret that every form of this session carries.
    pub csrf: String,
    until_s: i64,
    /// The instant of the sign-in. Cookies from before it was written have none, and count as older than any end.
    #[serde(default)]
    since_ms: i64,
    pub refresh: Option<String>,
    /// The origin at which the session at the provider is ended.
    leaves_to: Option<String>,
}

/// Person and form secret of a session: the next session of the same person may take over its forms.
pub(super) type Before = (String, String, String);

impl Kept {
    /// A session that begins now; later than all that was ended of the account until then.
    pub(super) fn new(
        staff: &Staff,
        grant: provider::Vouched,
        csrf: String,
        ended: Option<Timestamp>,
        now: Timestamp,
    ) -> Self {
        let since_ms = ended.map_or(i64::MIN, |until| until.as_millisecond() + 1).max(now.as_millisecond());
        Self {
            sub: staff.subject.clone(),
            agency: staff.agency.to_string(),
            role: staff.role().name().to_owned(),
            name: grant.name,
            csrf,
            until_s: (now + HOLDS_FOR).as_second(),
            since_ms,
            refresh: grant.refresh,
            leaves_to: grant.leaves_to,
        }
    }

    /// Reads the cookie that was sent, whether it still holds or not; `None` if it is not one of ours.
    pub(super) fn read(config: &Config, sign_in: &SignIn, request: &Request) -> Option<Self> {
        seal::open(sign_in, Purpose::Session, cookie::read(config, request, Purpose::Session)?)
    }

    /// The line that sets the cookie. If it is too long for a browser, it goes without the refresh token and so ends
    /// after its half hour.
    pub(super) fn line(mut self, config: &Config, sign_in: &SignIn) -> Option<String> {
        let mut value = seal::seal(sign_in, Purpose::Session, &self)?;
        if value.len() > cookie::MOST_BYTES {
            tracing::warn!(bytes = value.len(), "the provider's refresh token is too long to be kept");
            self.refresh = None;
            value = seal::seal(sign_in, Purpose::Session, &self)?;
        }
        Some(cookie::set(config, Purpose::Session, &value))
    }

    pub(super) fn holds(&self, now: Timestamp) -> bool {
        now.as_second() < self.until_s
    }

    /// Whether it was ended by what ended everything until then.
    pub(super) fn is_ended(&self, until: Timestamp) -> bool {
        self.since_ms <= until.as_millisecond()
    }

    /// Whether it still held at most this many seconds ago.
    pub(super) fn lived_within(&self, seconds: i64, now: Timestamp) -> bool {
        now.as_second() < self.until_s + seconds
    }

    /// Whether the provider must be asked now.
    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        self.refresh.is_some() && now.as_second() >= self.until_s - RENEWED_BEFORE.as_secs()
    }

    /// The person; `None` if the configuration no longer has their agency.
    pub(super) fn staff(&self, config: &Config) -> Option<Staff> {
        Staff::known(config, &self.sub, &self.agency, &self.role)
    }

    /// Continues the session, as the provider says now.
    pub(super) fn goes_on(self, staff: Option<&Staff>, grant: provider::Vouched, now: Timestamp) -> Self {
        let (agency, role) = match staff {
            Some(staff) => (staff.agency.to_string(), staff.role().name().to_owned()),
            None => (self.agency, self.role),
        };
        Self {
            agency,
            role,
            name: grant.name.or(self.name),
            until_s: (now + HOLDS_FOR).as_second(),
            // A provider that does not rotate sends no new token; keep the old one.
            refresh: grant.refresh.or(self.refresh),
            leaves_to: grant.leaves_to,
            since_ms: self.since_ms,
            sub: self.sub,
            csrf: self.csrf,
        }
    }

    pub(super) fn before(self) -> Before {
        (self.sub, self.agency, self.csrf)
    }
}

/// A member of staff at the desk's pages.
#[derive(Clone)]
pub(crate) struct Session {
    /// The member of staff, and what they may do.
    pub staff: Staff,
    /// Their name, as the provider gave it.
    pub name: Option<String>,
    csrf: String,
    leaves_to: Option<String>,
    renewed: Option<String>,
    refresh: Option<String>,
}

impl Session {
    pub(super) fn new(staff: Staff, kept: Kept, renewed: Option<String>) -> Self {
        let Kept { name, csrf, leaves_to, refresh, .. } = kept;
        Self { staff, name, csrf, leaves_to, renewed, refresh }
    }

    /// The token that renews it, to be revoked at its end.
    pub(super) fn refresh(&self) -> Option<&str> {
        self.refresh.as_deref()
    }

    /// Checks that a form belongs to this session.
    ///
    /// # Errors
    /// [`NotAForm::Forged`].
    pub(crate) fn checks(&self, form: &Form) -> Result<(), NotAForm> {
        is_own(&self.csrf, form.get(CSRF))
    }

    /// Adds to an answer the renewed cookie and the headers that protect the browser.
    pub(crate) fn dress(&self, response: Response) -> Response {
        let response = match &self.renewed {
            Some(line) => response.with_header(SET_COOKIE, line),
            None => response,
        };
        dress::dressed(response, self.leaves_to.as_deref())
    }

    /// The pages' data about the person who looks at them.
    pub(crate) fn visitor(&self) -> Visitor {
        let name = self.name.clone().unwrap_or_else(|| self.staff.subject.clone());
        Visitor { staff: self.staff.clone(), name, csrf: self.csrf.clone() }
    }
}

/// Shows neither the name nor anything that opens the session.
impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("staff", &self.staff).finish_non_exhaustive()
    }
}
