//! The simulated gateways in a browser's words: pages and forms over HTTP.

use rules::http::Reply;
use std::net::SocketAddr;
use std::sync::Arc;

use motcua::store::TaskKind;
use motcua_local::senders::{Courier, Form, event, webhook};
use motcua_local::server::{FrontDesk, Server, Settings};
use serde_json::Value;

use super::*;
use crate::plain_http::send;
use crate::town::{MORNING, at, form};

struct Street {
    address: SocketAddr,
    desk: Arc<FrontDesk>,
}

impl Street {
    async fn open() -> Self {
        let settings =
            Settings { port: 0, folder: None, config: rules::config::Config::demo(), start: Some(at(MORNING)) };
        let server = Box::pin(Server::start(settings)).await.unwrap();
        let (address, desk) = (server.address, server.desk.clone());
        desk.clock.freeze(true).unwrap();
        tokio::spawn(server.serve(std::future::pending()));
        Self { address, desk }
    }

    async fn get(&self, target: &str) -> (u16, String) {
        send(self.address, "GET", target, &[], b"").await
    }

    /// Posts a form and goes where it leads; returns the page there.
    async fn post(&self, target: &str, body: &str) -> (String, String) {
        let client = Courier::to(format!("http://{}", self.address)).unwrap();
        let headers =
            vec![("content-type", "application/x-www-form-urlencoded".to_owned()), ("accept", "text/html".to_owned())];
        let method = http::Method::POST;
        let letter = motcua_local::senders::Letter { method, target: target.into(), headers, body: body.into() };
        let reply = client.send(&letter).await.unwrap();
        (reply.status.to_string(), reply.body)
    }

    async fn asked(&self, code: &str, channel: &str) -> DossierId {
        let site = self.desk.office.site();
        let fields: Form = form(code).as_object().cloned().unwrap();
        let key = site.config.portal("dvcqg-demo").unwrap().keys.current();
        let now = self.desk.clock.now();
        let letter = webhook("/portal/events", key, code, now, event("dossier.submitted", now, &fields));
        let answer = self.desk.office.answer(&letter.request()).await.unwrap();
        let answer: Value = serde_json::from_str(answer.text()).unwrap();
        let id = DossierId::parse(answer["dossier"].as_str().unwrap()).unwrap();
        for (version, command, body) in
            [(1, "accept", json!({})), (2, "ask-fee", json!({ "channel": channel, "amount_vnd": FEE_VND }))]
        {
            let token = self.desk.staff.token(site.config.agencies()[0].code.as_str(), "clerk");
            let (bearer, version, key) =
                (format!("Bearer {token}"), format!("\"{version}\""), format!("{id}{command}"));
            let headers = [
                ("authorization", bearer.as_str()),
                ("content-type", "application/json"),
                ("if-match", version.as_str()),
                ("idempotency-key", key.as_str()),
            ];
            let target = format!("/api/v1/dossiers/{id}/{command}");
            let (status, told) = send(self.address, "POST", &target, &headers, body.to_string().as_bytes()).await;
            assert_eq!(status, 200, "{told}");
        }
        id
    }

    async fn fee(&self, id: DossierId) -> FeeState {
        let site = self.desk.office.site();
        let agency = site.config.agencies()[0].code.clone();
        site.recorder.store().load(&agency, id, &[]).await.unwrap().dossier.unwrap().fees[0].state
    }

    async fn for_a_person(&self) -> usize {
        let site = self.desk.office.site();
        let pk = TaskKind::Money.person_pk(&site.config.agencies()[0].code);
        site.recorder.store().indexed(&pk, None, None).await.unwrap().items.len()
    }
}

/// Returns the order's number in the page's form.
fn order_on(page: &str) -> String {
    let rest = page.split("name=\"order\" value=\"").nth(1).unwrap_or_else(|| panic!("no order on {page}"));
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_clicks_from_the_office_s_page_through_a_payment_at_every_gateway() {
    let street = Street::open().await;
    for channel in street.desk.office.site().config.channels() {
        let id = street.asked(&format!("G22-{}", channel.id), &channel.id).await;
        let (_, office) = street.get("/local").await;
        assert!(office.contains(&format!("name=\"id\" value=\"{id}\"")), "{}", channel.id);
        let (status, page) = street.post("/local/pay", &format!("id={id}&attempt=1")).await;
        assert_eq!(status, "200", "{}: {page}", channel.id);
        assert!(page.contains("125.000 ₫") && page.contains("Trả tiền") && page.contains("(giả lập)"), "{page}");
        let order = order_on(&page);
        let (_, page) = street.post(&format!("/local/pay/{}", channel.id), &format!("order={order}&act=pay")).await;
        assert!(page.contains("đã trả") && !page.contains("value=\"pay\""), "{}: {page}", channel.id);
        assert!(page.contains("<td class=\"code\">20"), "the answer is shown: {page}");
        assert_eq!(street.fee(id).await, FeeState::Paid, "{}", channel.id);
    }
    let (_, page) = street.get("/local/pay").await;
    assert_eq!(page.matches("đã trả").count(), Gateway::ALL.len());
    assert_eq!(street.for_a_person().await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callbacks_that_are_lost_on_purpose_are_made_up_for_by_the_button_and_by_time() {
    let street = Street::open().await;
    let (_, page) = street.post("/local/gateways/lose", "lose=true").await;
    assert!(page.contains("Mọi thông báo đang bị mất"), "{page}");
    let [pressed, waited] = [street.asked("G22-1", "zalopay-demo").await, street.asked("G22-2", "vnpay-demo").await];
    for (id, channel) in [(pressed, "zalopay-demo"), (waited, "vnpay-demo")] {
        let (_, page) = street.post("/local/pay", &format!("id={id}&attempt=1")).await;
        let order = order_on(&page);
        let (_, page) = street.post(&format!("/local/pay/{channel}"), &format!("order={order}&act=pay")).await;
        assert!(page.contains("thông báo bị mất"), "{page}");
        assert_eq!(street.fee(id).await, FeeState::Open);
    }
    // Too early to ask.
    street.post("/local/reconcile", "").await;
    assert_eq!(street.fee(pressed).await, FeeState::Open);
    street.post("/local/clock", "hours=1").await;
    assert_eq!((street.fee(pressed).await, street.fee(waited).await), (FeeState::Paid, FeeState::Paid));
    // The gateways kept their schedules on the way.
    let gateways = street.desk.office.gateways();
    let calls = |channel: &str| {
        let order = gateways.orders().into_iter().find(|order| order.channel == channel).unwrap();
        gateways.calls(channel, &order.number)[0].told.len()
    };
    assert_eq!((calls("vnpay-demo"), calls("zalopay-demo")), (10, 4));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_the_office_did_not_sign_opens_nothing() {
    let street = Street::open().await;
    let id = street.asked("G22-1", "vnpay-demo").await;
    let site = street.desk.office.site();
    let agency = site.config.agencies()[0].code.clone();
    let reference = Reference { id, attempt: 1 };
    let (ip, now) = ("127.0.0.1".parse().unwrap(), street.desk.clock.now());
    let order = checkout::open(&site, &agency, reference, ip, Wish::Current, now).await.unwrap();
    let url = order.page.unwrap().url.unwrap();
    let cheaper = url.replace("vnp_Amount=12500000", "vnp_Amount=1250000");
    let (status, page) = street.get(&cheaper).await;
    assert_eq!(status, 400, "{page}");
    assert!(street.desk.office.gateways().orders().is_empty());
    assert_eq!(street.get(&url).await.0, 303);
    for (target, status) in [
        ("/local/pay/nobody-demo?order=1", 404),
        ("/local/pay/momo-demo?order=1", 404),
        ("/local/pay/momo-demo?reference=1&amount_vnd=1", 400),
        ("/local/pay/onepay-demo", 400),
    ] {
        assert_eq!(street.get(target).await.0, status, "{target}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_settlement_s_differences_from_what_was_recorded_are_listed() {
    let street = Street::open().await;
    for place in 0..2 {
        let id = street.asked(&format!("G22-{place}"), "vnpay-demo").await;
        let (_, page) = street.post("/local/pay", &format!("id={id}&attempt=1")).await;
        street.post("/local/pay/vnpay-demo", &format!("order={}&act=pay", order_on(&page))).await;
    }
    let compare = async |lines: Value, more: &str| {
        let body = format!(r#"{{"lines":{lines}{more}}}"#);
        let headers = [("content-type", "application/json")];
        let (status, told) =
            send(street.address, "POST", "/local/settlement/vnpay-demo", &headers, body.as_bytes()).await;
        assert_eq!(status, 200, "{told}");
        serde_json::from_str::<Value>(&told).unwrap()
    };
    let line =
        |transaction: &str, dong: u64| json!({ "transaction": transaction, "reference": "R", "amount_vnd": dong });
    let same = compare(json!([line("14422575", FEE_VND), line("14422574", FEE_VND)]), "").await;
    assert_eq!((&same["agreed"], &same["not_ours"], &same["not_settled"]), (&json!(2), &json!([]), &json!([])));
    let told = compare(json!([line("14422574", 1), line("7", FEE_VND)]), "").await;
    assert_eq!(told["amounts"], json!([[line("14422574", 1), FEE_VND]]));
    assert_eq!(told["not_ours"], json!([line("7", FEE_VND)]));
    assert_eq!(told["not_settled"][0]["transaction"], "14422575");
    let other_day = compare(json!([]), r#","from":"2020-04-16""#).await;
    assert_eq!(other_day["not_settled"], json!([]));
}
