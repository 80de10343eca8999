//! Sign-in of staff: OpenID Connect with a code, PKCE, state and nonce, and a session that lives in a sealed cookie.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /desk/sign-in`, `?back=/desk/…` | 303 to the provider |
//! | `GET /desk/signed-in`, `?code=…&state=…` | 303 to the page that was wanted, with the session's cookie |
//! | `POST /desk/sign-out`, with the session's `csrf` | 303 to the provider's own end of the session, or to the next |
//! | `GET /desk/signed-out` | a page that says so |
//!
//! A session lasts half an hour. In its second quarter of an hour, the next page opened asks the provider whether it
//! goes on. If it does, the half hour begins anew, with the role and the agency as they are now. If the account was
//! closed there or here, the session is over. If no answer comes, it ends with its half hour. A form that is sent does not ask, so
//! that nothing filled in is lost to an account's renewal.

mod cookie;
mod dress;
mod metadata;
mod pages;
mod provider;
mod seal;
mod seen;
mod session;
mod way;

use std::collections::BTreeMap;

use ::pages::language;
use http::Method;
use http::header::SET_COOKIE;
use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::NotLetIn;
use openidconnect::CsrfToken;
use rules::config::SignIn;
use rules::http::{Received, Reply, query, respond};
use rules::http::{Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use subtle::ConstantTimeEq;

use ::pages::form::Form;

use crate::permission::Staff;
use pages::Problem;
use provider::{NotVouched, Provider, Sent};
use seal::Purpose;
use session::{Before, Kept};

pub(crate) use dress::dressed;
pub(crate) use session::Session;

const SIGN_IN: &str = "/desk/sign-in";
const SIGNED_IN: &str = "/desk/signed-in";
const SIGN_OUT: &str = "/desk/sign-out";
const SIGNED_OUT: &str = "/desk/signed-out";
const HOME: &str = "/desk";
/// Seconds after a session's end in which its owner's open forms are still taken, once they have signed in again.
const FORMS_LIVE_S: i64 = 12 * 60 * 60;

/// Data that goes with somebody to the provider, in a sealed cookie.
#[derive(Serialize, Deserialize)]
struct OnTheWay {
    state: String,
    nonce: String,
    verifier: String,
    back: String,
    until_s: i64,
    before: Option<Before>,
}

/// The session of a request.
///
/// # Errors
/// The answer if there is none: the way to the sign-in for a page that is read, a page for a form that is sent.
pub(crate) async fn session(site: &Site, request: &Request, now: Timestamp) -> Result<Session, Response> {
    let lang = language::of(request);
    let sign_in = site.config.sign_in().map_err(|_| Problem::NotConfigured.page(lang))?;
    let kept = Kept::read(&site.config, sign_in, request).filter(|kept| kept.holds(now));
    let found = kept.and_then(|kept| Some((kept.staff(&site.config)?, kept)));
    let Some((staff, kept)) = found else { return Err(ask(request)) };
    if !reads(request) || !kept.is_due(now) {
        return Ok(Session::new(staff, kept, None));
    }
    match Box::pin(renewed(site, sign_in, (&staff, kept.clone()), now)).await {
        Ok((staff, kept)) => {
            let line = kept.clone().line(&site.config, sign_in);
            Ok(Session::new(staff, kept, line))
        }
        Err(NotVouched::NoAnswer(why)) => {
            tracing::warn!(%why, "a session was not renewed");
            Ok(Session::new(staff, kept, None))
        }
        Err(over @ (NotVouched::Refused | NotVouched::Ended | NotVouched::Closed | NotVouched::Token(_))) => {
            tracing::info!(why = %over, "a session ended");
            Box::pin(seen::not_let_in(site, &staff.agency, &staff.subject, over.because(), now)).await;
            Err(ask(request).with_header(SET_COOKIE, cookie::clear(&site.config, Purpose::Session)))
        }
    }
}

/// Renews the session at the provider, and returns it with its person as they are now.
async fn renewed(
    site: &Site,
    sign_in: &SignIn,
    (staff, kept): (&Staff, Kept),
    now: Timestamp,
) -> Result<(Staff, Kept), NotVouched> {
    let ended = site.recorder.store().ended(&staff.agency, &kept.sub).await;
    match ended.map_err(|error| NotVouched::NoAnswer(error.to_string()))? {
        Some(ended) if ended.closed => return Err(NotVouched::Closed),
        Some(ended) if kept.is_ended(ended.until) => return Err(NotVouched::Ended),
        Some(_) | None => {}
    }
    let provider = Provider::open(site, sign_in, now).await?;
    let grant = provider.renew(kept.refresh.as_deref().unwrap_or_default()).await?;
    let vouched = provider.vouched(&grant);
    let staff = match &grant.claims {
        Some(claims) => {
            let staff = Staff::of(&site.config, &provider::texts(claims));
            let staff = staff.map_err(|_| NotVouched::Token("names no agency or role any more"))?;
            if staff.subject != kept.sub {
                return Err(NotVouched::Token("is somebody else's"));
            }
            Some(staff)
        }
        None => None,
    };
    let kept = kept.goes_on(staff.as_ref(), vouched, now);
    let staff = kept.staff(&site.config).ok_or(NotVouched::Token("names no agency or role any more"))?;
    Box::pin(seen::goes_on(site, &staff, kept.name.as_deref(), now)).await;
    Ok((staff, kept))
}

/// Answer if nobody is signed in: a reader is sent to sign in, a sender keeps what they filled in.
fn ask(request: &Request) -> Response {
    let here = here(request);
    if !reads(request) {
        return pages::ended(language::of(request), &here, request.method(), Form::of(request).ok().as_ref());
    }
    let back = query::encode(here.as_bytes());
    dressed(respond::see_other(format!("{SIGN_IN}?back={back}")), None)
}

/// The path of a request with its query, if it is a page of the desk; else `HOME`.
fn here(request: &Request) -> String {
    let path = match request.raw_query() {
        "" => request.path().to_owned(),
        query => format!("{}?{query}", request.path()),
    };
    if language::is_below(HOME, &path) { path } else { HOME.to_owned() }
}

fn reads(request: &Request) -> bool {
    request.method() == Method::GET || request.method() == Method::HEAD
}

/// Answers the way in and out; `None` if the path is another page's.
pub(crate) async fn answer(site: &Site, request: &Request, now: Timestamp) -> Option<Response> {
    let lang = language::of(request);
    let takes = match request.path() {
        SIGN_IN | SIGNED_IN | SIGNED_OUT => reads(request),
        SIGN_OUT => request.method() == Method::POST,
        _ => return None,
    };
    if !takes {
        return Some(Problem::Method.page(lang));
    }
    if request.path() == SIGNED_OUT {
        return Some(pages::signed_out(lang));
    }
    let Ok(sign_in) = site.config.sign_in() else { return Some(Problem::NotConfigured.page(lang)) };
    let answered = match request.path() {
        SIGN_IN => Box::pin(begin(site, sign_in, request, now)).await,
        SIGNED_IN => Box::pin(finish(site, sign_in, request, now)).await,
        _ => Box::pin(end(site, sign_in, request, now)).await,
    };
    Some(answered.unwrap_or_else(|problem| {
        tracing::info!(%problem, "a sign-in");
        problem.page(lang)
    }))
}

/// Sends somebody to the provider.
async fn begin(site: &Site, sign_in: &SignIn, request: &Request, now: Timestamp) -> Result<Response, Problem> {
    if let Some(there) = elsewhere(site, request) {
        return Ok(dressed(respond::see_other(there), None));
    }
    let provider = Provider::open(site, sign_in, now).await.map_err(refused)?;
    let Sent { url, state, nonce, verifier } = provider.send(language::of(request));
    let before = Kept::read(&site.config, sign_in, request).filter(|kept| kept.lived_within(FORMS_LIVE_S, now));
    let on_the_way = OnTheWay {
        state,
        nonce,
        verifier,
        back: parameter(request, "back")
            .filter(|path| language::is_below(HOME, path))
            .unwrap_or_else(|| HOME.to_owned()),
        until_s: now.as_second() + cookie::ON_THE_WAY_S,
        before: before.map(Kept::before),
    };
    let sealed = seal::seal(sign_in, Purpose::OnTheWay, &on_the_way).ok_or(Problem::NoAnswer)?;
    let cookie = cookie::set(&site.config, Purpose::OnTheWay, &sealed);
    Ok(dressed(respond::see_other(url).with_header(SET_COOKIE, cookie), None))
}

/// Signs in somebody who comes back from the provider.
async fn finish(site: &Site, sign_in: &SignIn, request: &Request, now: Timestamp) -> Result<Response, Problem> {
    let sealed = cookie::read(&site.config, request, Purpose::OnTheWay);
    let sent = sealed.and_then(|sealed| seal::open::<OnTheWay>(sign_in, Purpose::OnTheWay, sealed));
    let state = parameter(request, "state").unwrap_or_default();
    let same = |sent: &OnTheWay| bool::from(sent.state.as_bytes().ct_eq(state.as_bytes()));
    let Some(sent) = sent.filter(|sent| now.as_second() < sent.until_s && same(sent)) else {
        // They are signed in already, in another tab.
        let is_in = Kept::read(&site.config, sign_in, request).is_some_and(|kept| kept.holds(now));
        return match is_in {
            true => Ok(dressed(respond::see_other(HOME), None)),
            false => Err(Problem::AnotherSignIn),
        };
    };
    let Some(code) = parameter(request, "code") else {
        nobody(site, NotLetIn::ByTheProvider, now).await;
        return Err(Problem::NotLetIn);
    };
    let provider = Provider::open(site, sign_in, now).await.map_err(refused)?;
    let grant = match provider.exchange(&code, sent.verifier, sent.nonce).await {
        Ok(grant) => grant,
        Err(error) => {
            if !matches!(error, NotVouched::NoAnswer(_)) {
                nobody(site, error.because(), now).await;
            }
            return Err(refused(error));
        }
    };
    let claims = grant.claims.as_ref().map(provider::texts).unwrap_or_default();
    let Ok(staff) = Staff::of(&site.config, &claims) else {
        let (agency, who) = (Staff::agency_of(&site.config, &claims), claims.get("sub").map_or(NOBODY, String::as_str));
        Box::pin(seen::not_let_in(site, agency, who, NotLetIn::NoStaff, now)).await;
        return Err(Problem::NotStaff);
    };
    // Without an answer the session begins all the same, and is held against it when it is renewed.
    let ended = site.recorder.store().ended(&staff.agency, &staff.subject).await.ok().flatten();
    if ended.is_some_and(|ended| ended.closed) {
        Box::pin(seen::not_let_in(site, &staff.agency, &staff.subject, NotLetIn::Closed, now)).await;
        return Err(Problem::Closed);
    }
    let same_person = |before: &Before| before.0 == staff.subject && before.1 == staff.agency.as_str();
    let csrf = sent.before.filter(same_person).map(|before| before.2);
    let csrf = csrf.unwrap_or_else(|| CsrfToken::new_random().into_secret());
    let kept = Kept::new(&staff, provider.vouched(&grant), csrf, ended.map(|ended| ended.until), now);
    let name = kept.name.clone();
    let line = kept.line(&site.config, sign_in).ok_or(Problem::NoAnswer)?;
    tracing::info!(agency = %staff.agency, role = staff.role().name(), "somebody signed in");
    Box::pin(seen::signed_in(site, &staff, name.as_deref(), now)).await;
    let response = respond::see_other(sent.back).with_header(SET_COOKIE, line);
    let done = cookie::clear(&site.config, Purpose::OnTheWay);
    Ok(dressed(response.with_header(SET_COOKIE, done), None))
}

/// Account of an entry about somebody who is not known.
const NOBODY: &str = "?";

/// Notes that nobody was let in. Their agency is not known, so the entry is the first one's.
async fn nobody(site: &Site, because: NotLetIn, now: Timestamp) {
    let agency = Staff::agency_of(&site.config, &BTreeMap::new());
    Box::pin(seen::not_let_in(site, agency, NOBODY, because, now)).await;
}

/// Signs somebody out, here and at the provider.
async fn end(site: &Site, sign_in: &SignIn, request: &Request, now: Timestamp) -> Result<Response, Problem> {
    let mut there = None;
    if let Ok(session) = Box::pin(session(site, request, now)).await {
        let form = Form::of(request).map_err(|_| Problem::Forged)?;
        session.checks(&form).map_err(|_| Problem::Forged)?;
        Box::pin(seen::signed_out(site, &session.staff, now)).await;
        // Without an answer from the provider, the session ends here only.
        if let Ok(provider) = Provider::open(site, sign_in, now).await {
            Box::pin(provider.revoke(session.refresh())).await;
            there = provider.end_session();
        }
    }
    let response = respond::see_other(there.unwrap_or_else(|| SIGNED_OUT.to_owned()));
    Ok(dressed(response.with_header(SET_COOKIE, cookie::clear(&site.config, Purpose::Session)), None))
}

/// Address at which the sign-in begins again. On loopback a browser may know us under another name than the provider
/// leads back to, and it would keep its cookie for that name.
fn elsewhere(site: &Site, request: &Request) -> Option<String> {
    let url = site.config.desk_url()?;
    let ours = url.strip_prefix("http://")?;
    let host = request.headers().get(http::header::HOST)?.to_str().ok()?;
    let known = ours != host && (host.starts_with("localhost") || host.starts_with("127.0.0.1"));
    known.then(|| format!("{url}{}", here(request)))
}

fn parameter(request: &Request, name: &str) -> Option<String> {
    let pair = query::pairs(request.raw_query()).into_iter().find(|pair| *pair.name == *name.as_bytes())?;
    String::from_utf8(pair.value.into_owned()).ok().filter(|value| !value.is_empty())
}

/// The problem to show; the log gets what the provider did.
fn refused(error: NotVouched) -> Problem {
    tracing::warn!(why = %error, "the provider vouched for nobody");
    match error {
        NotVouched::NoAnswer(_) => Problem::NoAnswer,
        NotVouched::Refused | NotVouched::Ended | NotVouched::Closed => Problem::AnotherSignIn,
        NotVouched::Token(_) => Problem::NotProved,
    }
}

/// The claims of a bearer token of the same provider, for the program that plays the authorizer in front of the JSON
/// API. `None` if signature, issuer, audience or time is wrong.
pub async fn vouched(site: &Site, token: &str, now: Timestamp) -> Option<Map<String, Value>> {
    let claims = Box::pin(provider::vouched(site, token, now)).await;
    claims.inspect_err(|error| tracing::info!(why = %error, "a bearer token was refused")).ok()
}
