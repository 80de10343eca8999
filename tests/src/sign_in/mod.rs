//! Sign-in of staff at the desk: a browser, the provider of a local start, and the office between them.

mod bearer;
mod ended;
mod journey;
mod refused;
mod roles;
mod session;

use std::collections::BTreeMap;

use http::Method;
use http::header::SET_COOKIE;
use motcua_local::neighbours::identity::{NOWHERE, PATH};
use motcua_local::senders::Letter;
use rules::http::{Reply, query};
use rules::http::{Request, Response};

use crate::town::Town;

const FORM: &str = "application/x-www-form-urlencoded";
const SESSION: &str = "motcua";
const ON_THE_WAY: &str = "motcua-in";

/// A browser: it keeps cookies and goes where it is sent, one step at a time.
pub(crate) struct Browser<'t> {
    town: &'t Town,
    jar: BTreeMap<String, String>,
}

/// A file as somebody chooses it.
pub(crate) struct File<'a> {
    pub name: &'a str,
    pub content: &'a [u8],
}

impl<'t> Browser<'t> {
    pub(crate) fn new(town: &'t Town) -> Self {
        Self { town, jar: BTreeMap::new() }
    }

    pub(crate) async fn get(&mut self, target: &str) -> Response {
        self.sent(Method::GET, target, "").await
    }

    pub(crate) async fn post(&mut self, target: &str, fields: &[(&str, &str)]) -> Response {
        self.sent(Method::POST, target, &written(fields)).await
    }

    /// Sends a form with a file in it, as its last field.
    pub(crate) async fn post_file(&mut self, target: &str, fields: &[(&str, &str)], file: File<'_>) -> Response {
        let part = |name: &str| format!("--ranh\r\nContent-Disposition: form-data; name=\"{name}\"");
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("{}\r\n\r\n{value}\r\n", part(name)).into_bytes());
        }
        // As browsers write it: a quotation mark would end the name.
        let called = file.name.replace('"', "%22");
        body.extend(format!("{}; filename=\"{called}\"\r\n\r\n", part("file")).into_bytes());
        body.extend(file.content);
        body.extend(b"\r\n--ranh--\r\n");
        self.sent_as("multipart/form-data; boundary=ranh", Method::POST, target, body).await
    }

    async fn sent(&mut self, method: Method, target: &str, body: &str) -> Response {
        self.sent_as(FORM, method, target, body.to_owned().into_bytes()).await
    }

    async fn sent_as(&mut self, media_type: &str, method: Method, target: &str, body: Vec<u8>) -> Response {
        let jar: Vec<_> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut headers = vec![("content-type", media_type.to_owned())];
        if !jar.is_empty() {
            headers.push(("cookie", jar.join("; ")));
        }
        let letter = Letter { method, target: target.to_owned(), headers, body: String::new() };
        let mut request = letter.request();
        *request.body_mut() = body.into();
        let response = Box::pin(self.town.office.answer(&request)).await.expect("there is a route");
        for line in cookies(&response) {
            let (name, rest) = line.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            match line.contains("Max-Age=0") {
                true => self.jar.remove(name),
                false => self.jar.insert(name.to_owned(), value.to_owned()),
            };
        }
        response
    }

    /// Goes to the provider from a page that wants somebody signed in; returns the address there.
    async fn sent_to_the_provider(&mut self, wanted: &str) -> String {
        let asked = self.get(wanted).await;
        let begun = self.get(location(&asked)).await;
        let there = location(&begun).to_owned();
        assert!(there.starts_with(&format!("{NOWHERE}{PATH}/authorize?")), "{there}");
        there
    }

    /// Signs in from a page; returns the answer after the provider led back.
    pub(crate) async fn signs_in(&mut self, account: &str, wanted: &str) -> Response {
        let there = self.sent_to_the_provider(wanted).await;
        let back = chosen(self.town, &there, account);
        self.get(&back).await
    }

    /// Returns the secret of the forms on a page.
    pub(crate) async fn csrf(&mut self, page: &str) -> String {
        let page = self.get(page).await;
        assert_eq!(page.status().as_u16(), 200, "{}", page.text());
        csrf_in(page.text())
    }
}

pub(crate) fn csrf_in(page: &str) -> String {
    let (_, rest) = page.split_once(r#"name="csrf" value=""#).expect("a form");
    rest.split('"').next().unwrap().to_owned()
}

/// Returns an account in the first agency.
pub(crate) fn of(town: &Town, role: &str) -> String {
    format!("{role}.{}", town.agency())
}

pub(crate) fn location(response: &Response) -> &str {
    response.header("location").unwrap_or_else(|| panic!("{} {}", response.status().as_u16(), response.text()))
}

fn written(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<_> =
        fields.iter().map(|(name, value)| format!("{name}={}", query::encode(value.as_bytes()))).collect();
    pairs.join("&")
}

/// Returns the provider's answer to a request of a browser.
fn at_provider(town: &Town, method: Method, target: &str, body: &str) -> Response {
    let target = target.strip_prefix(NOWHERE).unwrap_or(target).to_owned();
    let letter = Letter { method, target, headers: vec![("content-type", FORM.into())], body: body.to_owned() };
    town.office.identity().answer(&letter.request())
}

/// Returns the path that the provider leads back to, once an account is chosen at this address of it.
fn chosen(town: &Town, there: &str, account: &str) -> String {
    let (_, asked) = there.split_once('?').unwrap();
    let body = format!("{asked}&account={account}");
    let led = at_provider(town, Method::POST, &format!("{PATH}/authorize"), &body);
    location(&led).strip_prefix(NOWHERE).expect("our own address").to_owned()
}

/// Returns a parameter of an address.
fn parameter(address: &str, name: &str) -> String {
    let (_, raw) = address.split_once('?').unwrap();
    let pairs = query::pairs(raw);
    let pair = pairs.iter().find(|pair| *pair.name == *name.as_bytes()).expect("the parameter is there");
    String::from_utf8(pair.value.to_vec()).unwrap()
}

/// Returns the same address with another value of a parameter.
fn with_parameter(address: &str, name: &str, value: &str) -> String {
    let (path, raw) = address.split_once('?').unwrap();
    let pairs = query::pairs(raw);
    let fields = pairs.iter().map(|pair| {
        let its = std::str::from_utf8(&pair.name).unwrap();
        (its.to_owned(), if its == name { value.to_owned() } else { String::from_utf8(pair.value.to_vec()).unwrap() })
    });
    let fields: Vec<_> = fields.collect();
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    format!("{path}?{}", written(&fields))
}

/// Builds a request of nobody in particular.
fn bare(method: Method, target: &str) -> Request {
    Letter { method, target: target.to_owned(), headers: Vec::new(), body: String::new() }.request()
}

/// Returns the lines by which an answer sets cookies.
fn cookies(response: &Response) -> impl Iterator<Item = &str> {
    response.headers().get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok())
}
