//! Paths and methods.

use http::Method;
use percent_encoding::percent_decode_str;
use rules::http::{Received, Request};

use crate::api::answer::Answer;
use crate::api::commands::{self, Spec};
use crate::api::money;

const DOSSIERS: &str = "/api/v1/dossiers";
const CALLS: &str = "/api/v1/calls";
const MONEY: &str = "/api/v1/money";
const PROCEDURES: &str = "/api/v1/procedures/";
const TAKEOVER: &str = "/api/v1/takeover";

/// The thing asked for.
pub(crate) enum Route {
    /// A new dossier.
    File,
    /// A command on a dossier, named by its id or code.
    Command(String, &'static Spec),
    /// A dossier, named by its id or code.
    Read(String),
    /// The way to pay one of its fees.
    PayLink(String),
    /// The money that waits for a person.
    ListMoney,
    /// A payment.
    ReadMoney(String),
    /// A decision about a payment.
    Decide(String, &'static money::Spec),
    /// The people to be called.
    ListCalls,
    /// One of them.
    ReadCall(String),
    /// The outcome of a call.
    RecordCall(String),
    /// A procedure, named by its code.
    Procedure(String),
    /// A version of a procedure, to be added.
    Import(String, String),
    /// A dossier of the earlier software.
    TakeOver,
}

impl Route {
    /// 404 for a path that the API does not have, 405 for a method that the path does not take.
    pub(crate) fn of(request: &Request) -> Result<Self, Answer> {
        if let Some(rest) = request.path().strip_prefix(MONEY) {
            return Self::of_money(request, rest);
        }
        if let Some(rest) = request.path().strip_prefix(CALLS) {
            return Self::of_calls(request, rest);
        }
        if let Some(rest) = request.path().strip_prefix(PROCEDURES) {
            return Self::of_procedure(request, rest);
        }
        if request.path() == TAKEOVER {
            return only(request, "POST").map(|()| Self::TakeOver);
        }
        let rest = request.path().strip_prefix(DOSSIERS).ok_or(Answer::NotFound)?;
        match *segments(rest)?.as_slice() {
            [] => only(request, "POST").map(|()| Self::File),
            [name] => Ok(Self::Read(only(request, "GET").and_then(|()| decoded(name))?)),
            [name, "pay-link"] => Ok(Self::PayLink(only(request, "POST").and_then(|()| decoded(name))?)),
            [name, command] => {
                let spec = commands::find(command).ok_or(Answer::NotFound)?;
                only(request, "POST")?;
                Ok(Self::Command(decoded(name)?, spec))
            }
            _ => Err(Answer::NotFound),
        }
    }

    fn of_money(request: &Request, rest: &str) -> Result<Self, Answer> {
        match *segments(rest)?.as_slice() {
            [] => only(request, "GET").map(|()| Self::ListMoney),
            [name] => only(request, "GET").map(|()| Self::ReadMoney(name.to_owned())),
            [name, decision] => {
                let spec = money::find(decision).ok_or(Answer::NotFound)?;
                only(request, "POST").map(|()| Self::Decide(name.to_owned(), spec))
            }
            _ => Err(Answer::NotFound),
        }
    }

    fn of_calls(request: &Request, rest: &str) -> Result<Self, Answer> {
        match *segments(rest)?.as_slice() {
            [] => only(request, "GET").map(|()| Self::ListCalls),
            [name] => only(request, "GET").map(|()| Self::ReadCall(name.to_owned())),
            [name, "outcome"] => only(request, "POST").map(|()| Self::RecordCall(name.to_owned())),
            _ => Err(Answer::NotFound),
        }
    }

    fn of_procedure(request: &Request, rest: &str) -> Result<Self, Answer> {
        match *rest.split('/').collect::<Vec<_>>().as_slice() {
            [code] => Ok(Self::Procedure(only(request, "GET").and_then(|()| decoded(code))?)),
            [code, version] => {
                only(request, "PUT")?;
                Ok(Self::Import(decoded(code)?, decoded(version)?))
            }
            _ => Err(Answer::NotFound),
        }
    }
}

fn segments(rest: &str) -> Result<Vec<&str>, Answer> {
    match rest.strip_prefix('/') {
        Some(rest) => Ok(rest.split('/').collect()),
        None if rest.is_empty() => Ok(Vec::new()),
        None => Err(Answer::NotFound),
    }
}

pub(crate) fn only(request: &Request, method: &'static str) -> Result<(), Answer> {
    let allowed = request.method() == method || (method == "GET" && request.method() == Method::HEAD);
    if allowed { Ok(()) } else { Err(Answer::MethodNotAllowed(method)) }
}

/// A code may hold a slash or a letter beyond ASCII, so the name is a segment that is decoded after the split.
fn decoded(name: &str) -> Result<String, Answer> {
    let name = percent_decode_str(name).decode_utf8().map_err(|_| Answer::NotFound)?;
    if name.is_empty() { Err(Answer::NotFound) } else { Ok(name.into_owned()) }
}
