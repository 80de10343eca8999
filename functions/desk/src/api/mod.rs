//! The API of the desk: dossiers filed at the desk or by post, one command for each action, a dossier's whole story.
//!
//! | request | answer |
//! | --- | --- |
//! | `POST /api/v1/dossiers`, `Idempotency-Key` | files a dossier (see [`intake`]) |
//! | `POST /api/v1/dossiers/{id}/{command}`, `Idempotency-Key`, `If-Match: "<version>"` | a command ([`commands`]) |
//! | `POST /api/v1/dossiers/{id or code}/pay-link`, `?attempt=<n>` | opens the way to pay a fee: address, VietQR |
//! | `GET /api/v1/money`, `/{id}`; `POST /api/v1/money/{id}/{decision}` | money that waits for a person ([`money`]) |
//! | `GET /api/v1/calls`, `/{call}`; `POST /api/v1/calls/{call}/outcome` | the phone list (see `calls`) |
//! | `GET` and `PUT /api/v1/procedures/…` | the catalogue (see [`procedures`]) |
//! | `POST /api/v1/takeover` | a dossier of the earlier software (see [`takeover`]) |
//! | `GET /api/openapi.json` | what all of them take and answer |
//! | `GET /api/v1/dossiers/{id or code}`, `?after=<version>` | the dossier, its people, a page of its history |
//!
//! The caller is the person for whom the authorizer in front vouches, with `sub`, agency and role. Everything is read
//! and written under that agency, so another agency's dossier is not found. Answers: 200 done or done before, 400
//! malformed with the field named, 401 and 403, 404, 409 key used for something else, 412 the dossier moved on, 422 the
//! dossier declines, 428 no version given, 503 later.

mod answer;
mod audited;
pub(crate) mod calls;
pub mod commands;
mod headers;
pub mod intake;
pub mod money;
mod openapi;
mod pay_link;
pub mod procedures;
pub mod receivers;
mod record;
mod refused;
mod route;
pub mod takeover;
#[cfg(test)]
mod tests;
mod view;

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::NotLetIn;
use rules::dossier::Kind;
use rules::http::{Received, Reply, Request, Response, respond};

pub(crate) use answer::Answer;
pub(crate) use pay_link::payer_ip;
pub(crate) use record::{Wish, command, file, receipt};
use route::Route;

use crate::permission::{Nobody, Permission, Staff, issued_at};

/// Answers one request of the API.
pub(crate) async fn handle(site: &Site, request: &Request, now: Timestamp) -> Response {
    if request.path() == openapi::PATH {
        return described(request).unwrap_or_else(|refused| refused.reply());
    }
    let answer = answer(site, request, now).await.unwrap_or_else(|refused| refused);
    tracing::info!(%answer, "a request at the desk");
    answer.reply()
}

/// The description of the API.
fn described(request: &Request) -> Result<Response, Answer> {
    route::only(request, "GET")?;
    Ok(respond::json(200, openapi::text()).with_header("cache-control", "max-age=300"))
}

async fn answer(site: &Site, request: &Request, now: Timestamp) -> Result<Answer, Answer> {
    let claims = request.claims();
    let staff = Staff::of(&site.config, &claims.0);
    if let (Err(Nobody::OfOurs), Some(who)) = (&staff, claims.0.get("sub")) {
        let agency = Staff::agency_of(&site.config, &claims.0);
        refused::not_let_in(site, agency, who, NotLetIn::NoStaff, now).await;
    }
    let staff = staff?;
    let answered = Box::pin(admitted(site, &staff, request, now)).await;
    let (Ok(answer) | Err(answer)) = &answered;
    refused::noted(site, &staff, request, answer, now).await;
    answered
}

/// Checks that the account is open, and that the token is of no time that was ended for it. It is asked once a request is known to be well
/// formed and allowed, and before anything else is looked up.
async fn holds(site: &Site, staff: &Staff, request: &Request, now: Timestamp) -> Result<(), Answer> {
    let ended = site.recorder.store().ended(&staff.agency, &staff.subject).await?;
    let Some(ended) = ended.filter(|ended| ended.ends(issued_at(&request.claims().0))) else { return Ok(()) };
    let because = if ended.closed { NotLetIn::Closed } else { NotLetIn::Ended };
    refused::not_let_in(site, &staff.agency, &staff.subject, because, now).await;
    Err(Answer::SignInFirst)
}

async fn admitted(site: &Site, staff: &Staff, request: &Request, now: Timestamp) -> Result<Answer, Answer> {
    // Every answer shows data of dossiers, also the answer to a command.
    staff.needs(Permission::Read)?;
    let receipt = |key: &str| record::receipt(staff, key, request.path(), request.body());
    let holds = || holds(site, staff, request, now);
    match Route::of(request)? {
        Route::Read(name) => {
            holds().await?;
            view::whole(site, staff, &name, request.raw_query(), now).await
        }
        Route::PayLink(name) => {
            staff.needs(Permission::Handle)?;
            holds().await?;
            pay_link::open(site, staff, &name, request, now).await
        }
        Route::ListMoney => {
            holds().await?;
            money::list(site, staff, request.raw_query()).await
        }
        Route::ReadMoney(name) => {
            holds().await?;
            money::one(site, staff, &name, now).await
        }
        Route::Decide(name, decision) => {
            staff.may(decision.kind)?;
            let version = headers::expected_version(request)?;
            let key = headers::idempotency_key(request)?;
            let wish = money::Wish { name, version, decision };
            let fields = headers::json_body(request)?;
            holds().await?;
            Box::pin(money::decide(site, staff, receipt(&key), fields, wish, now)).await
        }
        Route::ListCalls => {
            holds().await?;
            calls::list(site, staff, request.raw_query(), now).await
        }
        Route::ReadCall(name) => {
            holds().await?;
            calls::one(site, staff, &name, now).await
        }
        Route::RecordCall(name) => {
            staff.needs(Permission::Handle)?;
            let version = headers::expected_version(request)?;
            let key = headers::idempotency_key(request)?;
            let fields = headers::json_body(request)?;
            holds().await?;
            let wish = calls::Wish { name, version };
            Box::pin(calls::record(site, staff, receipt(&key), fields, wish, now)).await
        }
        Route::Procedure(code) => {
            holds().await?;
            procedures::versions(site, staff, &code).await
        }
        Route::Import(code, version) => {
            staff.may_keep_the_catalogue()?;
            holds().await?;
            procedures::import(site, staff, (&code, &version), request).await
        }
        Route::TakeOver => {
            staff.may_keep_the_catalogue()?;
            holds().await?;
            Box::pin(takeover::take(site, staff, request, now)).await
        }
        Route::File => {
            staff.may(Kind::Submit)?;
            let key = headers::idempotency_key(request)?;
            let filed = intake::parse(headers::json_body(request)?, now)?;
            if filed.accept {
                staff.may(Kind::Accept)?;
            }
            holds().await?;
            record::file(site, staff, receipt(&key), filed, now).await
        }
        Route::Command(name, command) => {
            staff.may(command.kind)?;
            let version = headers::expected_version(request)?;
            let key = headers::idempotency_key(request)?;
            let read = commands::parse(command, headers::json_body(request)?, &site.config, &staff.agency, now)?;
            holds().await?;
            let commands::Read { action, at, personal } = read;
            let wish = record::Wish { name, version, action, at, personal };
            record::command(site, staff, receipt(&key), wish, now).await
        }
    }
}
