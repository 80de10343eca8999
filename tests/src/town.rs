//! A town to tell stories in: an office in this process, its partners, and a clock that moves when told.
#![expect(clippy::unwrap_used, reason = "what fails in a story fails the story")]

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use motcua::store::{Key, Money, Seen, TaskKind};
use motcua_local::neighbours::outbox::{CapturedMessage, Outbox};
use motcua_local::neighbours::sns::Sns;
use motcua_local::office::{Office, claims};
use motcua_local::senders::{Form, Letter, Payment, event, payment, webhook};
use motcua_local::wire::stream::Settings;
use motcua_local::wire::{Database, VirtualClock, Wire, database};
use rules::config::{Channel, Config};
use rules::dossier::{Dossier, Event, Recorded};
use rules::http::{Claims, Reply, Request, Response};
use rules::id::{AgencyCode, DossierId};
use rules::vnd::Vnd;
use serde_json::{Value, json};

/// Wednesday 15 April 2020, 08:00 in Vietnam: the beginning of every story.
pub const MORNING: &str = "2020-04-15T08:00:00+07:00";
/// The sample procedure with originals at its second step.
pub const PERMIT: &str = "1.005129";
/// Fee that its stories ask.
pub const FEE_VND: u64 = 125_000;

/// An office, its partners and its clock.
pub struct Town {
    /// The clock of everything.
    pub clock: VirtualClock,
    /// The office.
    pub office: Office,
    keys: AtomicU64,
}

impl Town {
    /// Makes a fresh town on a table in memory.
    pub async fn new() -> Self {
        Self::on(Settings::default(), |database, _| Wire::in_process(database)).await
    }

    /// Makes a town on a file, which may grow beyond memory, and which `cargo run` opens too.
    pub async fn in_folder(folder: &Path) -> Self {
        let clock = VirtualClock::new(at(MORNING));
        let wire = Wire::in_process(database::in_folder(folder).unwrap());
        let sns = Sns::new(Outbox::memory(), clock.clone());
        Self::with(clock, crate::prompt::prompt(), wire, sns, Settings::default()).await
    }

    /// Makes a fresh town whose wire is made by `wire`.
    pub async fn on(stream: Settings, wire: impl FnOnce(Database, &VirtualClock) -> Wire) -> Self {
        let clock = VirtualClock::new(at(MORNING));
        let database = database::memory_with_clock(&clock).unwrap();
        let wire = wire(database, &clock);
        let sns = Sns::new(Outbox::memory(), clock.clone());
        Self::with(clock, crate::prompt::prompt(), wire, sns, stream).await
    }

    /// Makes a town of these parts.
    pub async fn with(clock: VirtualClock, config: Config, wire: Wire, sns: Sns, stream: Settings) -> Self {
        let office = Box::pin(Office::open_in(&clock, config, wire, sns, stream)).await.unwrap();
        Self { clock, office, keys: AtomicU64::new(0) }
    }

    /// Returns the demo agency.
    pub fn agency(&self) -> AgencyCode {
        self.office.site().config.agencies()[0].code.clone()
    }

    /// Returns a channel of the demo configuration.
    pub fn channel(&self, id: &str) -> Channel {
        self.office.site().config.channel(id).unwrap().clone()
    }

    /// Moves the clock to an instant, such as `2020-04-17T17:05:00+07:00`.
    pub fn until(&self, at: &str) {
        self.clock.advance_to(at.parse().unwrap());
    }

    /// Moves the clock by minutes.
    pub fn minutes(&self, minutes: u64) {
        self.clock.advance(Duration::from_secs(minutes * 60));
    }

    /// Sends a partner's letter.
    pub async fn send(&self, letter: &Letter) -> Response {
        Box::pin(self.office.answer(&request(letter))).await.expect("there is a route")
    }

    /// Signs an event as the national portal does, and sends it.
    pub async fn portal(&self, kind: &str, delivery: &str, form: Value) -> Response {
        self.send(&self.portal_letter(kind, delivery, form)).await
    }

    /// Signs an event as the national portal does now.
    pub fn portal_letter(&self, kind: &str, delivery: &str, form: Value) -> Letter {
        let site = self.office.site();
        let portal = site.config.portal("dvcqg-demo").unwrap();
        let form: Form = form.as_object().cloned().unwrap();
        let now = self.clock.now();
        webhook("/portal/events", portal.keys.current(), delivery, now, event(kind, now, &form))
    }

    /// Files a dossier of the sample procedure online under this code.
    pub async fn submit(&self, code: &str) -> DossierId {
        let response =
            self.portal("dossier.submitted", &format!("submit-{}", code.replace('.', "-")), form(code)).await;
        assert_eq!(response.status().as_u16(), 200, "{}", response.text());
        self.id_of(code)
    }

    /// Returns the id that belongs to the national portal's code.
    pub fn id_of(&self, code: &str) -> DossierId {
        let site = self.office.site();
        DossierId::of_foreign(site.config.id_key().expose(), &self.agency(), "dvcqg-demo", code)
    }

    /// Gives a clerk's command on the dossier as it is now; it must be recorded.
    ///
    /// Whoever is to receive the dossier has signed in before.
    pub async fn clerk(&self, id: DossierId, command: &str, body: Value) -> Value {
        if let Some(to) = body["to"].as_str().filter(|_| command == "forward") {
            self.knows(to, "specialist").await;
        }
        let response = self.staff("clerk", id, command, &body).await;
        assert_eq!(response.status().as_u16(), 200, "{command}: {}", response.text());
        serde_json::from_str(response.text()).unwrap()
    }

    /// Has an account in the directory of the agency, as somebody who has signed in before.
    pub async fn knows(&self, account: &str, role: &str) {
        self.knows_as(account, role, None).await;
    }

    /// Does the same with the name that the provider gives.
    pub async fn knows_as(&self, account: &str, role: &str, name: Option<&str>) {
        let seen = Seen { who: account.into(), role: role.into(), at: self.clock.now() };
        self.office.site().recorder.store().note_seen(&self.agency(), &seen, name).await.unwrap();
    }

    /// Gives a command of a member of staff on the dossier as it is now.
    pub async fn staff(&self, role: &str, id: DossierId, command: &str, body: &Value) -> Response {
        let version = self.dossier(id).await.map_or(0, |dossier| dossier.version);
        let key = format!("key-{}", self.keys.fetch_add(1, Ordering::Relaxed));
        let request = self.command(role, id, command, version, &key, body);
        Box::pin(self.office.answer(&request)).await.expect("there is a route")
    }

    /// Sends a request of a member of staff that is not a command on a dossier.
    pub async fn as_staff(&self, role: &str, method: http::Method, target: &str, key: &str, body: &Value) -> Response {
        let letter = Letter {
            method,
            target: target.to_owned(),
            headers: vec![("content-type", "application/json".into()), ("idempotency-key", key.into())],
            body: body.to_string(),
        };
        let request = claiming(request(&letter), claims(self.agency().as_str(), role, role));
        Box::pin(self.office.answer(&request)).await.expect("there is a route")
    }

    /// Returns what a member of staff reads there.
    pub async fn reading(&self, role: &str, target: &str) -> Value {
        let response = self.as_staff(role, http::Method::GET, target, "-", &Value::Null).await;
        assert_eq!(response.status().as_u16(), 200, "{target}: {}", response.text());
        serde_json::from_str(response.text()).unwrap()
    }

    /// Builds a command as the authorizer lets it through.
    pub fn command(&self, role: &str, id: DossierId, command: &str, version: u64, key: &str, body: &Value) -> Request {
        let letter = Letter {
            method: http::Method::POST,
            target: format!("/api/v1/dossiers/{id}/{command}"),
            headers: vec![
                ("content-type", "application/json".into()),
                ("if-match", format!("\"{version}\"")),
                ("idempotency-key", key.into()),
            ],
            body: body.to_string(),
        };
        claiming(request(&letter), claims(self.agency().as_str(), role, role))
    }

    /// Returns the dossier as stored.
    pub async fn dossier(&self, id: DossierId) -> Option<Dossier> {
        let site = self.office.site();
        site.recorder.store().load(&self.agency(), id, &[]).await.unwrap().dossier
    }

    /// Returns every event of a dossier, in order.
    pub async fn events(&self, id: DossierId) -> Vec<Event> {
        self.history(id).await.into_iter().flat_map(|recorded| recorded.events).collect()
    }

    /// Returns every commit of a dossier, in order.
    pub async fn history(&self, id: DossierId) -> Vec<Recorded> {
        let site = self.office.site();
        let mut history = Vec::new();
        for version in 1.. {
            match site.recorder.store().event(&self.agency(), id, version).await.unwrap() {
                Some(recorded) => history.push(recorded),
                None => break,
            }
        }
        history
    }

    /// Files and accepts a dossier and asks for its fee through VNPAY; returns its id and the reference of the attempt.
    pub async fn asked(&self, code: &str) -> (DossierId, String) {
        self.asked_through(code, "vnpay-demo").await
    }

    /// Does the same through another channel.
    pub async fn asked_through(&self, code: &str, channel: &str) -> (DossierId, String) {
        let id = self.submit(code).await;
        self.clerk(id, "accept", json!({})).await;
        self.clerk(id, "ask-fee", json!({ "channel": channel, "amount_vnd": FEE_VND })).await;
        (id, format!("{id}01"))
    }

    /// Returns a payment of that reference, in full, now.
    pub fn paid(&self, reference: &str) -> Payment {
        Payment {
            reference: reference.to_owned(),
            transaction: "14422574".to_owned(),
            amount_vnd: Vnd::new(FEE_VND).unwrap(),
            paid: true,
            at: self.clock.now(),
        }
    }

    /// Returns the callback of a payment, as VNPAY signs it.
    pub fn callback(&self, written: &Payment) -> Letter {
        payment(&self.channel("vnpay-demo"), written, self.clock.now()).unwrap()
    }

    /// Returns the money kept under a channel's identity.
    pub async fn money(&self, channel: &str, identity: &str) -> Option<Money> {
        let site = self.office.site();
        let item = site.recorder.store().item(&Key::money(&self.agency(), channel, identity)).await.unwrap();
        item.map(|item| Money::read(&item).unwrap())
    }

    /// Counts the entries of a kind that wait for a person.
    pub async fn for_a_person(&self, kind: TaskKind) -> usize {
        let site = self.office.site();
        let page = site.recorder.store().indexed(&kind.person_pk(&self.agency()), None, None).await.unwrap();
        page.items.len()
    }

    /// Returns the SMS that left so far.
    pub fn sms(&self) -> Vec<CapturedMessage> {
        self.office.sns().outbox().messages()
    }

    /// Lets the stream and, every five minutes for `runs` runs, the sweep do their work.
    pub async fn settle(&self, runs: u32) {
        for _ in 0..runs {
            self.office.deliver().await.unwrap();
            self.minutes(5);
            self.office.sweep().await;
            self.office.deliver().await.unwrap();
        }
    }
}

/// Returns a submission as the portal writes it.
pub fn form(code: &str) -> Value {
    json!({
        "MaHoSo": code,
        "MaTTHC": PERMIT,
        "KenhThucHien": "2",
        "LoaiDoiTuong": "2",
        "ChuHoSo": "Công ty TNHH Thử Nghiệm",
        "SoDienThoai": "0905000001",
        "NgayNopHoSo": "20200415080000",
    })
}

/// Returns a letter as it arrives.
pub fn request(letter: &Letter) -> Request {
    letter.request()
}

/// Returns the `RspCode` of an answer to VNPAY.
pub fn rsp_code(response: &Response) -> String {
    let body: Value = serde_json::from_str(response.text()).unwrap();
    body["RspCode"].as_str().unwrap().to_owned()
}

/// Returns an instant, as written in a story.
pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Returns the machine's time, for programs that run by it.
#[expect(clippy::disallowed_methods, reason = "processes under test run by the machine's clock")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Returns the same request with an authorizer's claims about its sender.
pub fn claiming(mut request: Request, claims: Claims) -> Request {
    request.extensions_mut().insert(claims);
    request
}

/// Fails a story in which a function did something that the template does not allow it.
impl Drop for Town {
    fn drop(&mut self) {
        let denied = self.office.wire().denied();
        assert!(denied.is_empty() || std::thread::panicking(), "{denied:?}");
    }
}
