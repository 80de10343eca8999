#![doc = include_str!("../README.md")]

mod admin;
mod answer;
pub mod commands;
mod headers;
pub mod intake;
pub mod money;
mod openapi;
mod pages;
mod pay_link;
mod permission;
mod print;
pub mod procedures;
mod record;
mod register;
mod reports;
mod route;
pub mod settlement;
pub mod sign_in;
pub mod takeover;
#[cfg(test)]
mod tests;
mod view;
pub mod words;

use jiff::Timestamp;
use motcua::site::Site;
use rules::dossier::Kind;
use rules::http::{Received, Reply, Request, Response, respond};

use answer::Answer;
use permission::{Permission, Staff};
use route::Route;
use scans::Scans;

/// Where the pages begin.
const DESK: &str = "/desk";

/// Answers one request of a member of staff.
pub async fn handle(site: &Site, scans: &Scans, request: &Request, now: Timestamp) -> Response {
    if request.path() == DESK || request.path().starts_with("/desk/") {
        return Box::pin(page(site, scans, request, now)).await;
    }
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

/// Answers one request of a browser.
async fn page(site: &Site, scans: &Scans, request: &Request, now: Timestamp) -> Response {
    if let Some(answer) = pages::open_to_all(request) {
        return sign_in::dressed(answer, None);
    }
    if let Some(answer) = sign_in::answer(site, request, now).await {
        return answer;
    }
    match sign_in::session(site, request, now).await {
        Ok(session) => {
            let answer = pages::show((site, scans), &session.visitor(), request, now).await;
            tracing::info!(status = answer.status().as_u16(), "a page of the desk");
            session.dress(answer)
        }
        Err(answer) => answer,
    }
}

async fn answer(site: &Site, request: &Request, now: Timestamp) -> Result<Answer, Answer> {
    let staff = Staff::of(&site.config, &request.claims().0)?;
    // Every answer tells of dossiers, the one to a command too.
    staff.needs(Permission::Read)?;
    let receipt = |key: &str| record::receipt(&staff, key, request.path(), request.body());
    match Route::of(request)? {
        Route::Read(name) => view::whole(site, &staff, &name, request.raw_query(), now).await,
        Route::PayLink(name) => pay_link::open(site, &staff, &name, request, now).await,
        Route::ListMoney => money::list(site, &staff, request.raw_query()).await,
        Route::ReadMoney(name) => money::one(site, &staff, &name).await,
        Route::Decide(name, decision) => {
            staff.may(decision.kind)?;
            let version = headers::expected_version(request)?;
            let key = headers::idempotency_key(request)?;
            let wish = money::Wish { name, version, decision };
            let fields = headers::json_body(request)?;
            Box::pin(money::decide(site, &staff, receipt(&key), fields, wish, now)).await
        }
        Route::Procedure(code) => procedures::versions(site, &staff, &code).await,
        Route::Import(code, version) => {
            staff.may_keep_the_catalogue()?;
            procedures::import(site, &staff, (&code, &version), request).await
        }
        Route::TakeOver => {
            staff.may_keep_the_catalogue()?;
            Box::pin(takeover::take(site, &staff, request, now)).await
        }
        Route::File => {
            staff.may(Kind::Submit)?;
            let key = headers::idempotency_key(request)?;
            let filed = intake::parse(headers::json_body(request)?, now)?;
            if filed.accept {
                staff.may(Kind::Accept)?;
            }
            record::file(site, &staff, receipt(&key), filed, now).await
        }
        Route::Command(name, command) => {
            staff.may(command.kind)?;
            let version = headers::expected_version(request)?;
            let key = headers::idempotency_key(request)?;
            let read = commands::parse(command, headers::json_body(request)?, &site.config, &staff.agency, now)?;
            let commands::Read { action, at, personal } = read;
            let wish = record::Wish { name, version, action, at, personal };
            record::command(site, &staff, receipt(&key), wish, now).await
        }
    }
}
