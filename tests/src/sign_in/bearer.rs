//! The API takes the printed tokens of a local start, and bearer tokens of the same provider as the pages.

use motcua_local::neighbours::identity::Bend;
use motcua_local::server::{FrontDesk, Server, Settings};
use rules::config::Config;
use rules::http::Reply;
use serde_json::{Value, json};
use std::sync::Arc;

use super::*;

/// Returns a token of the provider for somebody, as a program gets one: by a code of its own.
fn token(desk: &FrontDesk, home: &str, account: &str) -> String {
    let identity = desk.office.identity();
    let verifier = "a-verifier-that-nobody-else-knows-of-0123456789";
    let challenge = data_encoding::BASE64URL_NOPAD.encode(&sha256(verifier));
    let back = format!("{home}/desk/signed-in");
    let asked = [
        ("client_id", "motcua-desk"),
        ("redirect_uri", &back),
        ("response_type", "code"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("account", account),
    ];
    let post = |path: &str, body: String| {
        let target = format!("{PATH}/{path}");
        let headers = vec![("content-type", FORM.to_owned())];
        identity.answer(&Letter { method: Method::POST, target, headers, body }.request())
    };
    let code = parameter(location(&post("authorize", written(&asked))), "code");
    let asked = [
        ("grant_type", "authorization_code"),
        ("client_id", "motcua-desk"),
        ("redirect_uri", &back),
        ("code", &code),
        ("code_verifier", verifier),
    ];
    let answer = post("token", written(&asked));
    let answer: Value = serde_json::from_str(answer.text()).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

fn sha256(text: &str) -> Vec<u8> {
    use sha2::Digest;
    sha2::Sha256::digest(text.as_bytes()).to_vec()
}

struct Running {
    address: std::net::SocketAddr,
    home: String,
    desk: Arc<FrontDesk>,
}

async fn running() -> Running {
    let settings = Settings { port: 0, folder: None, config: Config::demo(), start: None };
    let server = Server::start(settings).await.unwrap();
    let (address, desk) = (server.address, server.desk.clone());
    tokio::spawn(server.serve(std::future::pending()));
    Running { address, home: format!("http://{address}"), desk }
}

impl Running {
    async fn status(&self, method: &str, target: &str, authorization: &str) -> u16 {
        let headers = [("authorization", authorization), ("content-type", "application/json")];
        crate::plain_http::send(self.address, method, target, &headers, b"{}").await.0
    }

    async fn as_bearer(&self, token: &str) -> u16 {
        self.status("GET", "/api/v1/money", &format!("Bearer {token}")).await
    }
}

const AGENCY: &str = "000.00.01.H32";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bearer_token_of_the_provider_is_taken_beside_a_printed_one() {
    let running = running().await;
    let clerk = token(&running.desk, &running.home, &format!("clerk.{AGENCY}"));
    assert_eq!(running.as_bearer(&clerk).await, 200);
    assert_eq!(running.as_bearer(&running.desk.staff.token(AGENCY, "clerk")).await, 200);
    let import = "/api/v1/procedures/1.005129/9";
    assert_eq!(running.status("PUT", import, &format!("Bearer {clerk}")).await, 403);
    let administrator = token(&running.desk, &running.home, &format!("administrator.{AGENCY}"));
    assert_eq!(running.status("PUT", import, &format!("Bearer {administrator}")).await, 400);
    assert_eq!(running.status("GET", "/api/v2/money", &format!("Bearer {clerk}")).await, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bearer_token_is_verified_as_the_authorizer_would() {
    let running = running().await;
    let now = running.desk.clock.now().as_second();
    let bent = |bend: Bend| {
        running.desk.office.identity().bend(Some(bend));
        token(&running.desk, &running.home, &format!("clerk.{AGENCY}"))
    };
    let claims = |claims: Value| bent(Bend { claims: claims.as_object().unwrap().clone(), ..Bend::default() });
    let good = claims(json!({}));
    let (head, rest) = good.split_once('.').unwrap();
    for (case, token, status) in [
        ("right", good.clone(), 200),
        ("over", claims(json!({ "exp": now - 1 })), 401),
        ("not yet", claims(json!({ "nbf": now + 3_600 })), 401),
        ("another client's", claims(json!({ "aud": "another" })), 401),
        ("another issuer's", claims(json!({ "iss": "https://sso.example" })), 401),
        ("not signed", bent(Bend { unsigned: true, ..Bend::default() }), 401),
        ("another's signature", bent(Bend { foreign_key: true, ..Bend::default() }), 401),
        ("another's header", format!("{}.{rest}", claims(json!({})).split('.').next_back().unwrap()), 401),
        ("half a token", head.to_owned(), 401),
        ("nothing", String::new(), 401),
        ("another agency's", claims(json!({ "agency": "000.00.99.H32" })), 403),
        ("no role's", claims(json!({ "role": "boss" })), 403),
    ] {
        assert_eq!(running.as_bearer(&token).await, status, "{case}");
    }
    assert_eq!(running.status("GET", "/api/v1/money", &format!("Basic {good}")).await, 401);
    assert_eq!(running.status("GET", "/api/v1/money", "").await, 401);
}
