//! `send` twice, with time between: the same command is the same message.

use super::*;

/// Sends what the arguments say, lets an hour pass, and sends it again; returns both answers.
async fn twice(laptop: &Laptop, arguments: &[&str]) -> [String; 2] {
    let to = format!("http://{}", laptop.address);
    let send = async || {
        let mut command = Command::new(binary("motcua-local"));
        let output = command.args(["send", "--to", &to]).args(arguments).output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let told = String::from_utf8(output.stdout).unwrap();
        told.lines().filter(|line| line.starts_with("< ")).collect::<Vec<_>>().join("\n")
    };
    let first = send().await;
    passes(laptop, "hours=1").await;
    [first, send().await]
}

async fn passes(laptop: &Laptop, how_long: &str) -> Value {
    let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
    let target = "/local/clock".to_owned();
    laptop.json(&Letter { method: http::Method::POST, target, headers, body: how_long.into() }).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portals_message_again_is_recorded_already() {
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    for arguments in [
        &["dvcqg-demo"][..],
        &["dvcqg-demo", "MaHoSo=G22.99-1"],
        &["dvcqg-demo", "MaHoSo=G22.99-2", "ChuHoSo=Công ty TNHH Thử Nghiệm"],
        &["dvcqg-demo", "MaHoSo=G22.99-1", "--type", "dossier.withdrawn"],
    ] {
        let [first, again] = twice(&laptop, arguments).await;
        assert!(first.contains("\"status\":\"recorded\""), "{arguments:?}: {first}");
        assert!(again.contains("\"status\":\"already_recorded\""), "{arguments:?}: {again}");
        let dossier = |told: &str| told.split("\"dossier\":\"").nth(1).map(|rest| rest[..12].to_owned());
        assert_eq!(dossier(&first), dossier(&again));
    }
}

/// Every gateway, through the fee of a dossier of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateways_message_again_is_no_second_payment() {
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    let config = Config::demo();
    let mut paid = 0;
    for (number, channel) in config.channels().enumerate() {
        let submission = laptop.submission(&format!("G22-{number}")).await;
        let id = laptop.json(&submission).await["dossier"].as_str().unwrap().to_owned();
        laptop.clerk(&id, "accept", 1, json!({})).await;
        let asked = json!({ "channel": channel.id, "amount_vnd": FEE_VND });
        laptop.clerk(&id, "ask-fee", 2, asked).await;
        // A number of payOS is known only after an order was opened there; its money waits, and once.
        let reference = match channel.gateway {
            rules::config::Gateway::Payos => "reference=4503599627370497".to_owned(),
            _ => format!("reference={id}01"),
        };
        let amount = format!("amount_vnd={FEE_VND}");
        let [first, again] = twice(&laptop, &[&channel.id, &reference, &amount]).await;
        assert!(first.starts_with("< 2") && again.starts_with("< 2"), "{}: {first} {again}", channel.id);
        let dossier = laptop.get(&format!("/api/v1/dossiers/{id}")).await;
        let items = dossier["history"]["items"].as_array().unwrap();
        let events = items.iter().flat_map(|item| item["events"].as_array().unwrap());
        paid += events.filter(|event| event["is"] == "fee_paid").count();
    }
    assert_eq!(paid, config.channels().count() - 1);
    let waiting = laptop.get("/api/v1/money").await;
    let waiting = waiting["items"].as_array().unwrap();
    assert_eq!(waiting.len(), 1, "{waiting:?}");
}

/// A running clock passes whatever is due at any moment, and is asked to go on all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_passes_also_while_something_is_overdue() {
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    for number in 0..5 {
        laptop.asked(&format!("G22-{number}")).await;
    }
    for how_long in ["working_days=30", "hours=0", "hours=1", "working_days=0", "hours=0", "working_days=30"] {
        let before = laptop.now().await;
        passes(&laptop, how_long).await;
        assert!(laptop.now().await >= before, "{how_long}");
    }
    let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
    let target = "/local/clock".to_owned();
    let body = "to=2020-04-01T00:00:00Z".to_owned();
    let reply = laptop.courier.send(&Letter { method: http::Method::POST, target, headers, body }).await.unwrap();
    assert!(reply.status == 400 && reply.body.contains("never goes back"), "{} {}", reply.status, reply.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_strangers_page_and_an_edited_token_get_nothing_done() {
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    let sent = async |method, target: &str, headers: Vec<(&'static str, String)>| {
        let letter = Letter { method, target: target.into(), headers, body: String::new() };
        laptop.courier.send(&letter).await.unwrap().status
    };
    let form = ("content-type", "application/x-www-form-urlencoded".to_owned());
    let stranger = vec![form.clone(), ("origin", "https://evil.example".to_owned())];
    for target in ["/local/clock", "/local/sweep", "/desk/sign-out", "/local/sign-in/authorize"] {
        assert_eq!(sent(http::Method::POST, target, stranger.clone()).await, 403, "{target}");
    }
    let named = vec![("host", format!("evil.example:{}", laptop.address.port()))];
    for target in ["/local", "/desk", "/local/outbox", "/api/openapi.json"] {
        assert_eq!(sent(http::Method::GET, target, named.clone()).await, 421, "{target}");
    }
    let own = vec![form, ("origin", format!("http://{}", laptop.address))];
    assert_eq!(sent(http::Method::POST, "/local/sweep", own).await, 200);

    let bearer = |token: &str| vec![("authorization", format!("Bearer {token}"))];
    let edited = laptop.token.replace("clerk:", "administrator:");
    assert_ne!(edited, laptop.token);
    let nothing = "/api/v1/dossiers/ZZZZZZZZZZZZ";
    assert_eq!(sent(http::Method::GET, nothing, bearer(&laptop.token)).await, 404);
    assert_eq!(sent(http::Method::GET, nothing, bearer(&edited)).await, 401);
}
