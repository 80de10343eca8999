//! An office on an embedded table: real clients, one virtual clock, one procedure, and the SMS that leave it.
#![expect(clippy::unwrap_used, reason = "what fails in a story fails the story")]

use crate::prompt;
use motcua_local::rights::in_role;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use motcua::recorder::{Done, Order, Receipt};
use motcua::site::Site;
use motcua::store::{Item, Key, SHARDS, Store, TaskKind, create_table, text, wake_pk};
use motcua::tell::{Email, Outlets, Sms};
use motcua::web::Web;
use motcua_local::neighbours::carrier::Carrier;
use motcua_local::neighbours::outbox::Outbox;
use motcua_local::neighbours::ses::{self, Ses};
use motcua_local::neighbours::sns::{self, Sns};
use motcua_local::senders::Letter;
use motcua_local::wire::stream::{Settings, Trigger};
use motcua_local::wire::{VirtualClock, Wire, client, database};
use rules::catalogue::{OnMissedWait, Paper, Pauses, Procedure, ProcedureRef, Step};
use rules::clock::{Limit, Unit, Wait, WaitUnit};
use rules::config::{Config, Host};
use rules::dossier::{
    Action, Actor, Command, Dossier, Enclosed, Event, Filing, Identity, Recipient, Source, Submission,
};
use rules::http::Reply;
use rules::id::{AgencyCode, DossierId};
use rules::person::{Party, Person, Personal};
use serde_json::Value;

/// Name of the table.
pub const TABLE: &str = "motcua";
/// Code of the procedure.
pub const PROCEDURE: &str = "1.005129";
/// A channel of the demo configuration.
pub const CHANNEL: &str = "vnpay-demo";
/// The number as the applicant writes it, and as messages are sent to it.
pub const APPLICANT: (&str, &str) = ("0912 345 678", "+84912345678");
/// The same of the filer.
pub const FILER: (&str, &str) = ("0987654321", "+84987654321");

/// An office and everybody around it.
pub struct Office {
    /// The clock of everything.
    pub clock: VirtualClock,
    /// The wire to the table.
    pub wire: Wire,
    /// The neighbour that takes SMS.
    pub sns: Sns,
    /// The neighbour that takes letters.
    pub ses: Ses,
    /// The message gateway of an agency that has one.
    pub carrier: Carrier,
    /// The clients of both, as the functions have them.
    pub outlets: Outlets,
    /// What handlers work with.
    pub site: Site,
    /// The one agency.
    pub agency: AgencyCode,
    /// The stream, as `notify` reads it.
    pub stream: Trigger,
}

impl Office {
    /// Opens on Wednesday 15/04/2020 at eight.
    pub async fn open() -> Self {
        Self::open_with(Settings::default()).await
    }

    /// Opens it with a stream of these settings.
    pub async fn open_with(settings: Settings) -> Self {
        Self::open_at("2020-04-15T08:00:00+07:00".parse().unwrap(), settings).await
    }

    /// Opens it at any instant.
    pub async fn open_at(now: Timestamp, settings: Settings) -> Self {
        let clock = VirtualClock::new(now);
        let wire = Wire::in_process(database::memory_with_clock(&clock).unwrap());
        let store = Store::new(client(&wire, &clock), TABLE);
        create_table(&store).await.unwrap();
        let config = prompt::prompt_with(prompt::LINKLESS);
        let carrier = Carrier::memory(&config, clock.clone());
        let site = Site::new(config, store).reaching(Web::over(carrier.clone(), clock.clone()));
        let agency = site.config.agencies()[0].code.clone();
        site.recorder.catalogue().import(&agency, &procedure()).await.unwrap();
        let sns = Sns::new(Outbox::memory(), clock.clone());
        let ses = Ses::memory(clock.clone());
        let (sms, email) = (Sms::new(&sns::client(&sns, &clock)), Email::new(&ses::client(&ses, &clock)));
        let outlets = Outlets { sms, email };
        let stream = Trigger::open(wire.database(), TABLE, "notify", None, settings).unwrap();
        wire.reset();
        Self { clock, wire, sns, ses, carrier, outlets, site, agency, stream }
    }

    /// Returns the time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Returns the store.
    pub fn store(&self) -> &Store {
        self.site.recorder.store()
    }

    /// Lets time pass.
    pub fn wait(&self, time: SignedDuration) {
        self.clock.advance(Duration::try_from(time).unwrap());
    }

    /// Lets time pass until an instant.
    pub fn wait_until(&self, at: &str) {
        self.clock.advance_to(at.parse().unwrap());
    }

    /// Files a dossier online.
    pub async fn submit(&self, number: u64, person: Person) -> DossierId {
        let id = DossierId::from_random(number);
        let submission = Submission {
            source: Source::Office,
            filing: Filing::Online,
            procedure: ProcedureRef { code: PROCEDURE.into(), version: 0 },
            code: None,
            enclosed: Enclosed::default(),
        };
        self.command(id, Action::Submit(submission), Some(person)).await;
        id
    }

    /// Files and accepts a dossier; the papers of its first step are missing.
    pub async fn accepted(&self, number: u64, person: Person) -> DossierId {
        let id = self.submit(number, person).await;
        self.order(id, Action::Accept { code: None }).await;
        id
    }

    /// Gives a clerk's command, which must be recorded; returns the dossier after it.
    pub async fn order(&self, id: DossierId, action: Action) -> Dossier {
        self.command(id, action, None).await
    }

    async fn command(&self, id: DossierId, action: Action, person: Option<Person>) -> Dossier {
        match self.site.recorder.record(&self.written(id, action, person)).await.unwrap() {
            Done::Now(dossier) => *dossier,
            done @ (Done::Before(..) | Done::Elsewhere(_)) => panic!("{done:?}"),
        }
    }

    /// Writes a clerk's order, under a key of its own.
    pub fn written(&self, id: DossierId, action: Action, person: Option<Person>) -> Order {
        let command = Command::now(self.now(), Actor::Staff("lan".into()), action);
        let delivery = format!("{id}-{:?}-{}", command.action.kind(), command.now);
        let receipt = Receipt { source: "desk".into(), delivery, digest: String::new(), as_written: String::new() };
        Order {
            agency: self.agency.clone(),
            id,
            command,
            receipt,
            called: None,
            expected_version: None,
            form: None,
            person: person.map(|person| Personal::Filed(Box::new(person))),
            accept: false,
        }
    }

    /// Lets `notify` read the stream to its end.
    pub async fn tell(&mut self) {
        let (site, outlets, clock) = (&self.site, &self.outlets, &self.clock);
        let read = async |event: Value| in_role("notify", notify::handle(site, outlets, &event, clock.now())).await;
        self.stream.drain(read).await.unwrap();
    }

    /// Returns another reader of the stream, at its beginning.
    pub fn reader(&self, name: &str) -> Trigger {
        Trigger::open(self.wire.database(), TABLE, name, None, Settings::default()).unwrap()
    }

    /// Returns everything the stream holds, as one batch: the delivery of a replay of dead letters.
    pub async fn batch(&self) -> Value {
        let mut reader = self.reader("replay");
        let records = std::cell::RefCell::new(Vec::new());
        let keep = async |event: Value| {
            records.borrow_mut().extend(event["Records"].as_array().unwrap().iter().cloned());
            Value::Null
        };
        reader.drain(keep).await.unwrap();
        serde_json::json!({ "Records": records.into_inner() })
    }

    /// Hands a batch to `notify`; returns its answer.
    pub async fn notify(&self, batch: &Value) -> Value {
        in_role("notify", notify::handle(&self.site, &self.outlets, batch, self.now())).await
    }

    /// Runs the broadcasts once, as the schedule does every minute.
    pub async fn broadcast(&self) -> motcua::tell::Progress {
        in_role("notify", notify::broadcast(&self.site, &self.outlets, self.now(), &|| true)).await
    }

    /// Hands everything in the topic of receipts to `delivery`.
    pub async fn hear(&self) -> delivery::Report {
        let mut all = delivery::Report::default();
        while let Some(event) = self.ses.next_event() {
            let report = self.hears(&event).await.unwrap();
            all.noted += report.noted;
            all.unchanged += report.unchanged;
            all.silent += report.silent;
            all.strange += report.strange;
        }
        all
    }

    /// Hands one event to `delivery`.
    pub async fn hears(&self, event: &Value) -> Result<delivery::Report, motcua::store::Error> {
        in_role("delivery", delivery::handle(&self.site, ses::TOPIC, event, self.now())).await
    }

    /// Takes another configuration.
    pub fn configure(&mut self, config: &str) {
        let config = Config::strict(config, Host::Loopback).unwrap();
        self.carrier.configure(&config);
        let site = Site::new(config, self.store().clone());
        self.site = site.reaching(Web::over(self.carrier.clone(), self.clock.clone()));
    }

    /// Hands one result of the gateway's to `delivery`; returns its answer.
    pub async fn result(&self, letter: &Letter) -> (u16, String) {
        let request = letter.request();
        let answer = in_role("delivery", delivery::gateway::handle(&self.site, &request, self.now())).await;
        (answer.status().as_u16(), answer.text().to_owned())
    }

    /// Hands every result that the gateway tells to `delivery`; returns how many were noted.
    pub async fn results(&self) -> usize {
        let mut noted = 0;
        while let Some(letter) = self.carrier.next_result() {
            let (status, told) = self.result(&letter).await;
            assert_eq!(status, 200, "{told}");
            noted += usize::from(told.contains("noted"));
        }
        noted
    }

    /// Runs the sweep once.
    pub async fn sweep(&self) -> deadline_sweep::Report {
        in_role("deadline-sweep", deadline_sweep::handle(&self.site, &self.outlets, self.now(), &|| true)).await
    }

    /// Returns number and text of every SMS so far.
    pub fn sent(&self) -> Vec<(String, String)> {
        self.sns.outbox().messages().into_iter().map(|sms| (sms.phone_number, sms.text)).collect()
    }

    /// Counts the SMS to this number.
    pub fn sent_to(&self, number: &str) -> usize {
        self.sent().iter().filter(|(to, _)| to == number).count()
    }

    /// Returns the message items of a dossier.
    pub async fn messages(&self, id: DossierId) -> Vec<Item> {
        self.store().under(&Key::dossier_pk(&self.agency, id), "message#", None).await.unwrap().items
    }

    /// Returns the events of a dossier, in order.
    pub async fn events(&self, id: DossierId) -> Vec<Event> {
        let page = self.store().history(&self.agency, id, None).await.unwrap();
        page.items.into_iter().flat_map(|recorded| recorded.events).collect()
    }

    /// Returns a dossier as it is now.
    pub async fn dossier(&self, id: DossierId) -> Dossier {
        self.store().load(&self.agency, id, &[]).await.unwrap().dossier.unwrap()
    }

    /// Returns the tasks that wait for a person: sort key and reason.
    pub async fn before_a_person(&self, kind: TaskKind) -> Vec<(String, String)> {
        let keys = self.store().indexed(&kind.person_pk(&self.agency), None, None).await.unwrap().items;
        let mut list = Vec::new();
        for key in keys {
            let item = self.store().item(&key).await.unwrap().unwrap();
            list.push((key.sk, text(&item, "reason").unwrap_or("").to_owned()));
        }
        list
    }

    /// Counts the tasks of one kind that still wait for a sweep, due or not.
    pub async fn waiting(&self, kind: TaskKind) -> usize {
        let mut waiting = 0;
        for shard in 0..SHARDS {
            let page = self.store().indexed(&wake_pk(&self.agency, shard), None, None).await.unwrap();
            waiting += page.items.iter().filter(|key| key.task_kind() == Some(kind)).count();
        }
        waiting
    }
}

/// Hands out the result to the applicant, who shows a citizen card.
pub fn hand_out() -> Action {
    Action::HandOut { part: false, to: Recipient::Applicant, shown: Identity::CitizenCard }
}

/// Returns a procedure of five working days; its first step needs two originals within two, and waits last ten.
pub fn procedure() -> Procedure {
    let wait = Some(Wait { n: 10, unit: WaitUnit::WorkingDays });
    let mut pauses = Pauses::default();
    pauses.originals.wait = wait;
    pauses.supplement.wait = wait;
    pauses.fee.wait = wait;
    let step =
        |name: &str, originals| Step { name: name.into(), name_vi: name.into(), originals, grace_working_days: 2 };
    Procedure {
        code: PROCEDURE.into(),
        version: 1,
        name_vi: "Cấp giấy phép lao động".into(),
        name_en: "Work permit".into(),
        legal_basis: "NĐ 61/2018/NĐ-CP".into(),
        limit: Limit::civil_code(5, Unit::WorkingDays),
        starts_on: rules::catalogue::ClockStart::Acceptance,
        acceptance_office_hours: 8,
        papers: ["P1", "P2"].map(|code| Paper::named(code, "Giấy tờ")).into(),
        steps: vec![step("appraisal", vec!["P1".into(), "P2".into()]), step("signing", Vec::new())],
        pauses,
        supplement_within_working_days: 3,
        most_rounds: None,
        on_missed_wait: OnMissedWait::Propose,
        valid_from: None,
        valid_until: None,
        online: true,
        fees: Vec::new(),
        returns_by_post: true,
        bereavement: false,
        remind_working_days_before: 2,
        remind_after_working_days: 10,
    }
}

/// Returns an applicant with this number, and a filer with that one.
pub fn people(applicant: Option<&str>, filer: Option<&str>) -> Person {
    let party = |phone: Option<&str>| Party {
        name: "Công ty TNHH Thử Nghiệm".into(),
        phone: phone.map(str::to_owned),
        ..Party::default()
    };
    Person { applicant: party(applicant), filer: filer.map(|phone| party(Some(phone))), ..Person::default() }
}

/// Returns an applicant and a filer with their numbers.
pub fn both() -> Person {
    people(Some(APPLICANT.0), Some(FILER.0))
}

/// Returns an applicant alone.
pub fn one() -> Person {
    people(Some(APPLICANT.0), None)
}

/// Returns `count` numbers of dossiers that all live in this shard.
pub fn of_shard(shard: u32, count: usize) -> Vec<u64> {
    let lives_there = |number: &u64| DossierId::from_random(*number).shard(SHARDS) == shard;
    (1..).filter(lives_there).take(count).collect()
}

/// Receives these papers at the desk.
pub fn receipt_of(papers: &[&str]) -> Action {
    let papers = papers.iter().map(|paper| (*paper).to_owned()).collect();
    Action::RecordReceipt { papers, minutes_no: "BB-01".into(), by_post: false }
}

/// Checks as in the town: no function does anything that the template does not allow it.
impl Drop for Office {
    fn drop(&mut self) {
        let denied = self.wire.denied();
        assert!(denied.is_empty() || std::thread::panicking(), "{denied:?}");
    }
}
