//! The Lambda binaries as processes.

use motcua_local::senders::{Letter, payment};
use rules::config::{Config, DEMO};
use serde_json::{Value, json};

use crate::runtime_api::{Answered, Function};
use crate::town::now;

fn event(method: &str, path: &str, query: &str, headers: &Value, body: &str) -> Value {
    json!({
        "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": query, "headers": headers,
        "requestContext": { "stage": "$default", "http": { "method": method, "path": path } },
        "body": body, "isBase64Encoded": false,
    })
}

fn of(letter: &Letter) -> Value {
    let (path, query) = letter.target.split_once('?').unwrap_or((&letter.target, ""));
    let headers: serde_json::Map<_, _> =
        letter.headers.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    event(letter.method.as_str(), path, query, &Value::Object(headers), &letter.body)
}

fn status(answered: &Answered) -> u64 {
    match answered {
        Answered::With(answer) => answer["statusCode"].as_u64().unwrap(),
        Answered::Failed(error) => panic!("{error}"),
    }
}

/// Returns the demo configuration with addresses that the public may have.
fn public_demo() -> String {
    DEMO.replace("\"/local/", "\"https://gateway.example/")
}

fn paid(reference: &str) -> motcua_local::senders::Payment {
    motcua_local::senders::Payment {
        reference: reference.into(),
        transaction: "14422574".into(),
        amount_vnd: rules::vnd::Vnd::new(125_000).unwrap(),
        paid: true,
        at: now(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_callback_binary_records_money_that_fits_nothing_and_outlives_every_odd_event() {
    let mut function = Function::start("payment-callback", &public_demo()).await;
    let config = Config::demo();
    let callback = of(&payment(config.channel("vnpay-demo").unwrap(), &paid("ZZZZZZZZZZZZ01"), now()).unwrap());
    let answered = function.invoke(callback.to_string()).await;
    assert_eq!(status(&answered), 200);
    let Answered::With(answer) = answered else { unreachable!() };
    assert_eq!(answer["body"], r#"{"RspCode":"01","Message":"Order not found"}"#);
    let path = "/payments/vnpay-demo/callback";
    let mut odd = vec![
        (event("GET", path, "a b", &json!({}), ""), 200),
        (event("GET", path, "a=\u{1}\u{7f}", &json!({}), ""), 200),
        (event("GET", path, &"x".repeat(70_000), &json!({}), ""), 200),
        (event("GET", path, "vnp_SecureHash=%zz&\u{110}=#", &json!({ "a": "b" }), ""), 200),
        (event("G ET", path, "", &json!({}), ""), 400),
        (event("GET", path, "", &json!({ "a b": "c" }), ""), 400),
        (json!({ "Records": [] }), 400),
        (json!(null), 400),
    ];
    let mut wrong = event("POST", "/payments/generic-demo/callback", "", &json!({}), "not base64!");
    wrong["isBase64Encoded"] = json!(true);
    odd.push((wrong, 400));
    for (event, expected) in odd {
        assert_eq!(status(&function.invoke(event.to_string()).await), expected, "{event}");
    }
    assert!(function.is_alive());
    assert_eq!(status(&function.invoke(callback.to_string()).await), 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_binary_starts_and_answers_an_event_of_its_own() {
    let config = Config::demo();
    let portal = config.portal("dvcqg-demo").unwrap();
    let form = crate::town::form("G22-1").as_object().cloned().unwrap();
    let body = motcua_local::senders::event("dossier.submitted", now(), &form);
    let submission = motcua_local::senders::webhook("/portal/events", portal.keys.current(), "d1", now(), body);
    let mut function = Function::start("portal-webhook", &public_demo()).await;
    assert_eq!(status(&function.invoke(of(&submission).to_string()).await), 200);
    assert!(!function.log().contains("0905000001") && !function.log().contains("Thử Nghiệm"), "{}", function.log());

    let mut function = Function::start("postal-webhook", &public_demo()).await;
    let post = config.post("vnpost-demo").unwrap();
    let told = json!({ "order": "B26-000009" }).as_object().cloned().unwrap();
    let body = motcua_local::senders::event("post.collected", now(), &told);
    let mut letter = motcua_local::senders::webhook("/postal/events", post.keys.current(), "d1", now(), body);
    assert_eq!(status(&function.invoke(of(&letter).to_string()).await), 202);
    letter.target = format!("/postal/vnpost-demo/{}", post.paths[0].expose());
    assert_eq!(status(&function.invoke(of(&letter).to_string()).await), 202);
    assert!(!function.log().contains(post.paths[0].expose()), "{}", function.log());

    let mut function = Function::start("postal-sync", &public_demo()).await;
    let Answered::With(report) = function.invoke(r#"{"source":"aws.events"}"#).await else { panic!("failed") };
    assert_eq!(report["errors"], 0, "{report}");

    let mut function = Function::start("receipts", &public_demo()).await;
    let Answered::With(report) = function.invoke(r#"{"source":"aws.events"}"#).await else { panic!("failed") };
    assert_eq!(report["errors"], 0, "{report}");

    let mut function = Function::start("desk", &public_demo()).await;
    let mut read = event("GET", "/api/v1/dossiers/ZZZZZZZZZZZZ", "", &json!({}), "");
    assert_eq!(status(&function.invoke(read.to_string()).await), 401);
    let claims = json!({ "jwt": { "claims": { "sub": "s", "agency": "000.00.01.H32", "role": "clerk" } } });
    read["requestContext"]["authorizer"] = claims;
    assert_eq!(status(&function.invoke(read.to_string()).await), 404);

    let hosts = "[[agencies]]\ncode = \"000.00.01.H32\"\nname = \"Ban\"\nhosts = [\"motcua.example\"]\n";
    let mut function = Function::start("citizen", &format!("{}\n{hosts}", public_demo())).await;
    let mut first = event("GET", "/", "", &json!({ "host": "motcua.example" }), "");
    assert_eq!(status(&function.invoke(first.to_string()).await), 404, "a header is nobody's word");
    first["requestContext"]["domainName"] = json!("motcua.example");
    assert_eq!(status(&function.invoke(first.to_string()).await), 200);
    let mut unknown = event("GET", "/d/ZZZZZZZZZZZZ", "", &json!({}), "");
    unknown["requestContext"]["domainName"] = json!("motcua.example");
    let Answered::With(answer) = function.invoke(unknown.to_string()).await else { panic!("failed") };
    assert_eq!(answer["statusCode"], 404);
    assert!(answer["body"].as_str().unwrap().contains("Không tìm thấy hồ sơ"), "{answer}");
    assert!(!function.log().contains("ZZZZZZZZZZZZ"), "{}", function.log());

    let mut function = Function::start("deadline-sweep", &public_demo()).await;
    let Answered::With(report) = function.invoke(r#"{"source":"aws.events"}"#).await else { panic!("failed") };
    assert_eq!((&report["paused"], &report["failed"]), (&json!(0), &json!(0)), "{report}");

    let mut function = Function::start("payment-reconcile", &public_demo()).await;
    let Answered::With(report) = function.invoke(r#"{"source":"aws.events"}"#).await else { panic!("failed") };
    assert_eq!((&report["asked"], &report["errors"]), (&json!(0), &json!(0)), "{report}");

    let mut function = Function::start("notify", &public_demo()).await;
    let Answered::With(answer) = function.invoke(r#"{"Records":[]}"#).await else { panic!("failed") };
    assert_eq!(answer["batchItemFailures"], json!([]));
}

/// Signs what a gateway tells of a message that is not there.
fn result(key: &rules::signature::Key) -> Letter {
    let id = "3030302e30302e30312e483332-000000000001-1-0";
    let body = json!({ "type": "message.delivered", "data": { "id": id } }).to_string();
    motcua_local::senders::webhook("/delivery/000.00.01.H32", key, "r1", now(), body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_delivery_binary_serves_its_route_and_its_topic() {
    let mut function = Function::start("delivery", &public_demo()).await;
    let config = Config::demo();
    let told = result(config.message_gateway("000.00.01.H32").unwrap().keys.current());
    let Answered::With(answer) = function.invoke(of(&told).to_string()).await else { panic!("failed") };
    assert_eq!((&answer["statusCode"], &answer["body"]), (&json!(200), &json!(r#"{"status":"unchanged"}"#)));
    assert_eq!(answer["headers"]["x-content-type-options"], "nosniff", "{answer}");
    assert_eq!(status(&function.invoke(of(&told.clone().forged()).to_string()).await), 401);
    let inside = Letter { body: r#"{"Records":[]}"#.to_owned(), ..told.clone() };
    assert_eq!(status(&function.invoke(of(&inside).to_string()).await), 401, "nobody is a topic by HTTP");

    let topic = motcua_local::neighbours::ses::TOPIC;
    let record = json!({ "EventSource": "aws:sns", "Sns": { "TopicArn": topic, "Message": "hello" } });
    let Answered::With(report) = function.invoke(json!({ "Records": [record] }).to_string()).await else {
        panic!("failed")
    };
    assert_eq!((&report["strange"], &report["noted"]), (&json!(1), &json!(0)), "{report}");
    for odd in ["null", "[]", "{}", r#"{"Records":"none"}"#] {
        assert_eq!(status(&function.invoke(odd).await), 400, "{odd}");
    }
    assert_eq!(status(&function.invoke(of(&told).to_string()).await), 200);
    assert!(function.is_alive() && !function.log().contains("000000000001-1-0"), "{}", function.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panic_is_one_failed_event_and_the_process_lives() {
    let mut function = Function::start("panicking-function", &public_demo()).await;
    for _ in 0..3 {
        let panic = event("GET", "/panic", "", &json!({}), "");
        assert!(matches!(function.invoke(panic.to_string()).await, Answered::Failed(_)));
        let calm = event("GET", "/calm", "", &json!({}), "");
        assert_eq!(status(&function.invoke(calm.to_string()).await), 200);
    }
    assert!(function.is_alive());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_configuration_that_is_wrong_as_a_whole_keeps_a_function_from_starting_and_shows_no_key() {
    let mut function = Function::start("payment-callback", "id_key = \"a secret that nobody may read").await;
    let log = function.init_failure().await;
    assert!(log.contains("not TOML") && !log.contains("nobody may read"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_with_a_short_key_is_closed_and_the_others_are_open() {
    let configuration = DEMO.replace("demo-vnpay-hash-secret-000000001", "short");
    let mut function = Function::start("payment-callback", &configuration).await;
    let closed = event("GET", "/payments/vnpay-demo/callback", "", &json!({}), "");
    assert_eq!(status(&function.invoke(closed.to_string()).await), 503);
    let open = event("POST", "/payments/generic-demo/callback", "", &json!({}), "{}");
    assert_eq!(status(&function.invoke(open.to_string()).await), 401);
    // The words that an alarm waits for, without the key.
    let log = function.log();
    assert!(log.contains("configuration entries closed") && !log.contains("\"short\""), "{log}");
}

const IN_PARTS: [(&str, &str); 5] = [
    (
        "motcua/config",
        r#"
        id_key = "0123456789abcdef"
        papers_bucket = "papers"
        [[channels]]
        id = "generic"
        gateway = "standard-webhooks"
        [[portals]]
        id = "dvcqg"
        [[message_gateways]]
        id = "brandname"
        url = "https://sms.example.vn"
        "#,
    ),
    (
        "motcua/config/money",
        "[[channels]]\nid = \"generic\"\nkeys = [\"whsec_bW90Y3VhIGRlbW86IGdlbmVyaWMgY2hhbm5lbCBrZXk=\"]\n",
    ),
    (
        "motcua/config/portals",
        "[[portals]]\nid = \"dvcqg\"\nkeys = [\"whsec_bW90Y3VhIGRlbW86IG5hdGlvbmFsIHBvcnRhbCBrZXk=\"]\n",
    ),
    (
        "motcua/config/messages",
        "[[message_gateways]]\nid = \"brandname\"\nkeys = [\"whsec_bW90Y3VhIGRlbW86IG1lc3NhZ2UgZ2F0ZXdheSBrZXk=\"]\n",
    ),
    ("motcua/config/desk", ""),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_function_starts_with_the_secrets_of_its_uses_and_reads_no_other() {
    let key = rules::signature::Key::from_webhook_secret(
        "whsec_bW90Y3VhIGRlbW86IG5hdGlvbmFsIHBvcnRhbCBrZXk=",
        rules::signature::Shortness::Refused,
    );
    let form = crate::town::form("G22-1").as_object().cloned().unwrap();
    let body = motcua_local::senders::event("dossier.submitted", now(), &form);
    let submission = motcua_local::senders::webhook("/portal/events", &key.unwrap(), "d1", now(), body);
    // Whatever is no key of its own is not there for it: a try to read it would keep it from starting.
    let given = |names: &[&str]| -> Vec<_> { IN_PARTS.into_iter().filter(|(name, _)| names.contains(name)).collect() };
    let portals = given(&["motcua/config", "motcua/config/portals"]);
    let mut function = Function::start_with("portal-webhook", &portals, Some("portals=motcua/config/portals")).await;
    // It is authentic; the office knows no such procedure.
    let answered = function.invoke(of(&submission).to_string()).await;
    assert_eq!(status(&answered), 200, "{answered:?} {}", function.log());
    assert!(!function.log().contains("configuration entries closed"), "{}", function.log());

    let money = given(&["motcua/config", "motcua/config/money"]);
    let mut function = Function::start_with("payment-callback", &money, Some("money=motcua/config/money")).await;
    let forged = event("POST", "/payments/generic/callback", "", &json!({}), "{}");
    assert_eq!(status(&function.invoke(forged.to_string()).await), 401);
    assert!(!function.log().contains("configuration entries closed"), "{}", function.log());

    let office = given(&["motcua/config"]);
    let mut function = Function::start_with("notify", &office, Some("none")).await;
    assert!(matches!(function.invoke(r#"{"Records":[]}"#).await, Answered::With(_)), "{}", function.log());
    assert!(!function.log().contains("configuration entries closed"), "{}", function.log());

    let messages = given(&["motcua/config", "motcua/config/messages"]);
    let mut function = Function::start_with("delivery", &messages, Some("messages=motcua/config/messages")).await;
    let config = Config::demo();
    let told = result(config.message_gateway("000.00.01.H32").unwrap().keys.current());
    assert_eq!(status(&function.invoke(of(&told).to_string()).await), 200, "{}", function.log());
    let mut function = Function::start_with("delivery", &office, Some("none")).await;
    assert_eq!(status(&function.invoke(of(&told).to_string()).await), 401, "keys that are elsewhere verify nothing");

    // A secret that was never filled: the entry waits closed, and says so.
    let mut function = Function::start_with("payment-callback", &office, Some("money=motcua/config/money")).await;
    assert_eq!(status(&function.invoke(forged.to_string()).await), 503);
    assert!(function.log().contains("configuration entries closed"), "{}", function.log());

    let mut function = Function::start_with("payment-callback", &money, Some("keys=motcua/config/money")).await;
    assert!(function.init_failure().await.contains("neither none nor names by use"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_behind_a_front_is_closed_to_everything_else_and_guards_that_answer_too() {
    let fronted = format!("front_keys = [\"the-front-s-key-000000001\"]\n{}", public_demo());
    let mut function = Function::start("payment-callback", &fronted).await;
    let path = "/payments/generic-demo/callback";
    for headers in [json!({}), json!({ "x-motcua-front": "the-front-s-key-000000002" })] {
        let Answered::With(answer) = function.invoke(event("POST", path, "", &headers, "{}").to_string()).await else {
            panic!("failed")
        };
        assert_eq!((&answer["statusCode"], &answer["body"]), (&json!(403), &json!("forbidden")));
        assert_eq!(answer["headers"]["x-content-type-options"], "nosniff", "{answer}");
        assert_eq!(answer["headers"]["strict-transport-security"], "max-age=31536000", "{answer}");
    }
    let through = json!({ "X-Motcua-Front": "the-front-s-key-000000001" });
    assert_eq!(status(&function.invoke(event("POST", path, "", &through, "{}").to_string()).await), 401);
    assert!(!function.log().contains("the-front-s-key"), "{}", function.log());
}

#[test]
fn no_provider_that_draws_on_jitter_is_linked() {
    let lock = include_str!("../../Cargo.lock");
    assert!(lock.contains("name = \"ring\""));
    assert!(!lock.contains("name = \"aws-lc-sys\""), "its first random number costs 419 million instructions");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deployed_office_is_rebuilt_by_a_command_with_the_environment_of_its_functions() {
    let mut function = Function::start("payment-callback", &public_demo()).await;
    let config = Config::demo();
    let callback = of(&payment(config.channel("vnpay-demo").unwrap(), &paid("ZZZZZZZZZZZZ01"), now()).unwrap());
    assert_eq!(status(&function.invoke(callback.to_string()).await), 200);
    let told = function.beside("motcua-local", &["rebuild", "--deployed"]).await;
    assert!(told.contains("totals wrong, 1 payments not in the book"), "{told}");
    let again = function.beside("motcua-local", &["rebuild", "--deployed"]).await;
    assert_eq!(again, "000.00.01.H32: 0 dossiers, nothing was wrong\n");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn older_dossiers_of_a_portal_are_begun_by_an_invocation_or_by_a_command() {
    use crate::told_town::{NATIONAL, configuration};
    let told = configuration(&[NATIONAL], 60).replace("\"/local/", "\"https://gateway.example/");
    let mut function = Function::start("portal-sync", &told).await;
    let begun = function.invoke(json!({ "begin": NATIONAL }).to_string()).await;
    let nothing = json!({ "begun": 0, "in_all": 0, "last": null, "ended": true });
    assert_eq!(begun, Answered::With(nothing), "{}", function.log());
    let nobody = function.invoke(r#"{"begin":"nobody"}"#).await;
    assert!(matches!(nobody, Answered::Failed(_)), "{nobody:?}");
    let Answered::With(report) = function.invoke(r#"{"source":"aws.events"}"#).await else { panic!("failed") };
    let portals = &report["portals"];
    assert_eq!((&portals["told"], &portals["errors"]), (&json!(0), &json!(0)), "{report}");
    assert_eq!((&report["files"]["stored"], &report["files"]["errors"]), (&json!(0), &json!(0)), "{report}");
    assert!(!function.log().contains("did not answer"), "it may open its connection: {}", function.log());
    let command = function.beside("motcua-local", &["tell-older", NATIONAL, "--deployed"]).await;
    assert_eq!(command, format!("{NATIONAL}: nothing is left to begin, 0 in all\n"));
}
