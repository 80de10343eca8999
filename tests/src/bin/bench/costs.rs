//! Round trips and capacity.

use motcua::store::Key;
use motcua_local::neighbours::outbox::Outbox;
use motcua_local::neighbours::sns::Sns;
use motcua_local::senders::Letter;
use motcua_local::wire::stream::Settings as Stream;
use motcua_local::wire::tally::Tally;
use motcua_local::wire::{VirtualClock, Wire, database};
use motcua_tests::one_dossier::{live, submission};
use motcua_tests::town::{FEE_VND, MORNING, Town, at, form};
use rules::broadcast::{Act, Audience, Broadcast, Settings, Texts};
use rules::clock::Calendar;
use rules::config::{Config, DEMO, Host};
use rules::http::Domain;
use rules::message::parts;
use rules::notice::{Effect, Measure, Notice, Told};
use serde_json::json;

use crate::{home, keyed, post};

/// Head of the table.
const HEAD: &str = "| journey | round trips | read units | write units |\n| --- | ---: | ---: | ---: |";

/// Prints the round trips and capacity of each journey, on a warm function.
pub async fn table() {
    println!("{HEAD}");
    let town = Town::new().await;
    // The catalogue is read once in five minutes; everything counted comes after.
    let (_, warm_reference) = town.asked("G22-0").await;
    town.send(&town.callback(&town.paid(&warm_reference))).await;
    let submission = town.portal_letter("dossier.submitted", "d1", form("G22-1"));
    count(&town, "portal submission", &submission).await;
    count(&town, "the same again", &submission).await;
    let id = town.id_of("G22-1");
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "ask-fee", json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND })).await;
    let callback = town.callback(&town.paid(&format!("{id}01")));
    let forged = Letter { target: callback.target.replace("vnp_Amount=1", "vnp_Amount=2"), ..callback.clone() };
    count(&town, "new callback", &callback).await;
    count(&town, "the same again", &callback).await;
    count(&town, "forged callback", &forged).await;
    viewed(&town, &id.to_string()).await;
    booked(&town, &id.to_string()).await;
    projected(&town, "project, a dossier submitted", "G22-2").await;
    town.office.deliver().await.unwrap();
    // Money that was paid gets its vouchers first.
    assert_eq!(town.office.sweep().await.vouchers, 2);
    town.office.wire().reset();
    town.office.sweep().await;
    print("sweep with nothing due", &town.office.wire().tally());
    town.clerk(id, "enter-step", json!({ "step": "verification" })).await;
    town.until("2020-04-17T17:05:00+07:00");
    town.office.deliver().await.unwrap();
    town.office.wire().reset();
    assert_eq!(town.office.sweep().await.paused, 1);
    print("sweep with one dossier due", &town.office.wire().tally());
    Box::pin(recounted()).await;
    Box::pin(noticed()).await;
    Box::pin(broadcast()).await;
    Box::pin(home::table(print)).await;
    Box::pin(keyed::table(print)).await;
    Box::pin(post::table(print)).await;
}

/// Prints the costs of the post alone.
pub async fn post() {
    println!("{HEAD}");
    Box::pin(post::table(print)).await;
}

/// People of the broadcast that is counted: one portion.
const PEOPLE: u64 = 25;

/// Prints the costs of a broadcast to a portion of people: gathered, and told by SMS.
async fn broadcast() {
    let town = Town::new().await;
    for number in 1..=PEOPLE {
        let mut form = form(&format!("G22-{number}"));
        form["SoDienThoai"] = json!(format!("09120000{number:02}"));
        let letter = town.portal_letter("dossier.submitted", &format!("d{number}"), form);
        town.send(&letter).await;
    }
    town.office.deliver().await.unwrap();
    let (site, agency) = (town.office.site(), town.agency());
    let store = site.recorder.store();
    let texts = Texts { sms_vi: "Tạm đóng cửa".into(), ..Texts::default() };
    let new = Broadcast::new((Audience::default(), texts, None), "lan", town.clock.now());
    let new = store.open_broadcast(&agency, new, ("lan", "bench")).await.unwrap().unwrap();
    for (act, title) in [(Act::Gather, "broadcast, 25 people gathered"), (Act::Release, "broadcast, 25 people told")] {
        let it = store.broadcast(&agency, new.number).await.unwrap().unwrap();
        let acted = it.acted(act, ("lan", town.clock.now()), (it.round, None), &Settings::default());
        store.move_broadcast(&agency, &acted.unwrap().unwrap(), None).await.unwrap().unwrap();
        town.minutes(1);
        town.office.wire().reset();
        let progress = town.office.broadcast().await;
        assert!(progress.looked_at.max(progress.told) == PEOPLE, "{progress:?}");
        print(title, &town.office.wire().tally());
    }
}

/// Prints the messages that one dossier costs, told by SMS: the bill is by parts.
pub async fn messages() {
    println!("| life of one dossier | SMS | parts |\n| --- | ---: | ---: |");
    let clock = VirtualClock::new(at(MORNING));
    let wire = Wire::in_process(database::memory_with_clock(&clock).expect("an embedded database opens"));
    let sns = Sns::new(Outbox::memory(), clock.clone());
    // Its messages wait and keep quiet as those of the demonstration do.
    let town = Box::pin(Town::with(clock, Config::demo(), wire, sns, Stream::default())).await;
    live(&town, submission()).await;
    let sms = town.sms();
    let parts: usize = sms.iter().filter_map(|sms| parts(&sms.text)).sum();
    println!("| as `cargo run -- demo` tells it | {} | {parts} |", sms.len());
}

/// Prints the costs of the sweep that counts ten open dossiers anew, since a day off was added.
async fn recounted() {
    let town = Town::new().await;
    for number in 0..10 {
        let id = town.submit(&format!("G22-{number}")).await;
        town.clerk(id, "accept", json!({})).await;
    }
    town.office.deliver().await.unwrap();
    // The sweep looks for other tables once an hour, and must have seen these.
    town.until("2020-04-15T08:30:00+07:00");
    town.office.sweep().await;
    let official = Calendar::official();
    let days: Vec<_> = official.days_off(2020).map(|day| day.to_string()).chain(["2020-04-21".to_owned()]).collect();
    let table = format!("{DEMO}\n[[years]]\nyear = 2020\nnotice = \"mẫu\"\ndays_off = {days:?}\n");
    town.office.configure(Config::strict(&table, Host::Loopback).unwrap());
    town.until("2020-04-15T09:30:00+07:00");
    town.office.sweep().await;
    town.until("2020-04-16T07:30:00+07:00");
    town.office.wire().reset();
    assert_eq!(town.office.sweep().await.recounted, 10);
    print("sweep that counts ten dossiers anew", &town.office.wire().tally());
}

async fn count(town: &Town, journey: &str, letter: &Letter) {
    town.office.wire().reset();
    town.send(letter).await;
    print(journey, &town.office.wire().tally());
}

/// Prints the costs of a look at a dossier's public page, at one of no dossier, and at a link of none.
async fn viewed(town: &Town, id: &str) {
    for (journey, target) in [
        ("public page of a dossier", format!("/d/{id}")),
        ("public page of no dossier", "/d/ZZZZZZZZZZZZ".to_owned()),
        ("a link that was guessed", "/t/0123456789".to_owned()),
    ] {
        // The procedure is read once by a process.
        asked(town, target.clone()).await;
        town.office.wire().reset();
        asked(town, target).await;
        print(journey, &town.office.wire().tally());
    }
}

/// Prints the costs of a look at the public pages of notices: once a minute, and again within it.
async fn noticed() {
    let town = Town::new().await;
    let (site, agency, now) = (town.office.site(), town.agency(), town.clock.now());
    let store = site.recorder.store();
    let told = Told { title: "Biện pháp cấp bách".into(), text: "Xin nộp hồ sơ trực tuyến.".into() };
    let from = rules::vietnam::day(now);
    let notice = Notice {
        number: 0,
        version: 1,
        issuer: "UBND tỉnh".into(),
        legal_basis: "Công văn 2964/UBND-KSTT".into(),
        vi: told,
        en: None,
        further: Vec::new(),
        procedures: Vec::new(),
        effects: vec![Effect { measure: Measure::Guidance, from, until: None }],
        enclosures: Vec::new(),
        first_published_at: now,
        published_at: now,
        published_by: "lanh-dao".into(),
        withdrawn: false,
    };
    let stood = store.standing_notices(&agency).await.unwrap();
    store.publish(&agency, notice, &stood, "bench").await.unwrap();
    for (journey, target) in [
        ("public page of a notice, once a minute", "/notices/1"),
        ("their list, once a minute", "/notices"),
        ("their feed, once a minute", "/notices.atom"),
    ] {
        town.minutes(1);
        town.office.wire().reset();
        asked(&town, target.to_owned()).await;
        print(journey, &town.office.wire().tally());
        town.office.wire().reset();
        asked(&town, target.to_owned()).await;
        assert_eq!(town.office.wire().tally().round_trips(), 0, "{target} again within the minute");
    }
    // The notices are known for this minute.
    for (journey, target) in [
        ("public page of a procedure, once in five minutes", "/procedures/1.005129"),
        ("their list, once in five minutes", "/procedures"),
    ] {
        town.office.wire().reset();
        asked(&town, target.to_owned()).await;
        print(journey, &town.office.wire().tally());
    }
}

/// Asks for a public page.
async fn asked(town: &Town, target: String) {
    let letter = Letter { method: http::Method::GET, target, headers: Vec::new(), body: String::new() };
    let mut request = letter.request();
    request.extensions_mut().insert(Domain("127.0.0.1".to_owned()));
    town.office.answer(&request).await;
}

/// Prints the costs of `project` for the payment of a dossier's first fee, and for a record of it that comes again.
async fn booked(town: &Town, id: &str) {
    let paid = town.paid(&format!("{id}01"));
    let identity = format!("MOTCUA01/{}/{}", paid.reference, paid.transaction);
    let key = Key::money(&town.agency(), "vnpay-demo", &identity);
    told(town, "project, a payment", key.clone()).await;
    told(town, "the same again", key).await;
}

/// Prints the costs of `project` for one new item.
async fn told(town: &Town, journey: &str, key: Key) {
    let keys = json!({ "pk": { "S": key.pk }, "sk": { "S": key.sk } });
    let record = json!({ "eventName": "INSERT", "dynamodb": { "SequenceNumber": "1", "Keys": keys } });
    town.office.wire().reset();
    let answer = project::handle(&town.office.site(), &json!({ "Records": [record] })).await;
    assert_eq!(answer, json!({ "batchItemFailures": [] }));
    print(journey, &town.office.wire().tally());
}

/// Prints the costs of `project` for a new dossier, for its next event, and for a record that comes again.
async fn projected(town: &Town, journey: &str, code: &str) {
    let project = async |journey: &str, version: u64| {
        told(town, journey, Key::event(&town.agency(), town.id_of(code), version)).await;
    };
    let id = town.submit(code).await;
    project(journey, 1).await;
    town.clerk(id, "accept", json!({})).await;
    project("project, its acceptance", 2).await;
    project("the same again", 2).await;
}

fn print(journey: &str, tally: &Tally) {
    println!("| {journey} | {} | {} | {} |", tally.round_trips(), tally.read_units(), tally.write_units());
}
