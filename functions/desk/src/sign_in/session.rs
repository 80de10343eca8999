//! Who is signed in: what their cookie holds, for how long, and what a page knows of it.

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

/// How long a session holds, and how long after each renewal.
pub(super) const HOLDS_FOR: SignedDuration = SignedDuration::from_mins(30);
/// How long before its end the provider is asked whether it goes on.
const RENEWED_BEFORE: SignedDuration = SignedDuration::from_mins(15);
/// The field of every form that proves whose it is.
const CSRF: &str = "csrf";

/// What the cookie holds, sealed.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    pub sub: String,
    agency: String,
    role: String,
    name: Option<String>,
    /// What every form of this session carries.
    pub csrf: String,
    until_s: i64,
    pub refresh: Option<String>,
    /// The origin where the session at the provider is ended.
    leaves_to: Option<String>,
}

/// A session's person in a form: two of the same person may follow each other.
pub(super) type Before = (String, String, String);

impl Kept {
    pub(super) fn new(staff: &Staff, grant: provider::Vouched, csrf: String, now: Timestamp) -> Self {
        Self {
            sub: staff.subject.clone(),
            agency: staff.agency.to_string(),
            role: staff.role().name().to_owned(),
            name: grant.name,
            csrf,
            until_s: (now + HOLDS_FOR).as_second(),
            refresh: grant.refresh,
            leaves_to: grant.leaves_to,
        }
    }

    /// The cookie that came, whether it still holds or not; none where it is not one of ours.
    pub(super) fn read(config: &Config, sign_in: &SignIn, request: &Request) -> Option<Self> {
        seal::open(sign_in, Purpose::Session, cookie::read(config, request, Purpose::Session)?)
    }

    /// The line that sets the cookie. One that is too long for a browser goes without what it would be renewed with, and so
    /// ends after its half hour.
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

    /// Whether it held so long ago at most.
    pub(super) fn lived_within(&self, seconds: i64, now: Timestamp) -> bool {
        now.as_second() < self.until_s + seconds
    }

    /// Whether the provider is to be asked.
    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        self.refresh.is_some() && now.as_second() >= self.until_s - RENEWED_BEFORE.as_secs()
    }

    /// The person; none where the configuration has no such agency any more.
    pub(super) fn staff(&self, config: &Config) -> Option<Staff> {
        Staff::known(config, &self.sub, &self.agency, &self.role)
    }

    /// The session goes on, as the provider says now.
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
            // Who does not rotate sends none, and the old one counts on.
            refresh: grant.refresh.or(self.refresh),
            leaves_to: grant.leaves_to,
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
    /// Who, and what they may.
    pub staff: Staff,
    /// Their name, to be shown to them and nowhere kept.
    pub name: Option<String>,
    csrf: String,
    leaves_to: Option<String>,
    renewed: Option<String>,
}

impl Session {
    pub(super) fn new(staff: Staff, kept: Kept, renewed: Option<String>) -> Self {
        Self { staff, name: kept.name, csrf: kept.csrf, leaves_to: kept.leaves_to, renewed }
    }

    /// Whether a form is this session's.
    ///
    /// # Errors
    /// [`NotAForm::Forged`].
    pub(crate) fn checks(&self, form: &Form) -> Result<(), NotAForm> {
        is_own(&self.csrf, form.get(CSRF))
    }

    /// The answer as it leaves: with the renewed cookie and what keeps a browser from being led astray.
    pub(crate) fn dress(&self, response: Response) -> Response {
        let response = match &self.renewed {
            Some(line) => response.with_header(SET_COOKIE, line),
            None => response,
        };
        dress::dressed(response, self.leaves_to.as_deref())
    }

    /// What the pages know of who looks at them.
    pub(crate) fn visitor(&self) -> Visitor {
        let name = self.name.clone().unwrap_or_else(|| self.staff.subject.clone());
        Visitor { staff: self.staff.clone(), name, csrf: self.csrf.clone() }
    }
}

/// Neither the name nor what opens the session.
impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("staff", &self.staff).finish_non_exhaustive()
    }
}
