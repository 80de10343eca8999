//! What the office costs, counted and not timed: round trips and capacity at the wire, instructions under valgrind.
//!
//! `cargo run --profile measure -p motcua-tests --bin bench`
#![expect(clippy::unwrap_used, reason = "a bench that fails is a panic")]

use std::process::Command as Process;

use motcua::clock::Office;
use motcua::config::Config;
use motcua::dossier::{
    Action, Actor, Command, Dossier, Filing, Payment, PaymentOutcome, Source, Submission, Terms, decide, evolve,
};
use motcua::http::Request;
use motcua::id::DossierId;
use motcua::vnd::Vnd;
use motcua_local::samples;
use motcua_local::senders::{Letter, payment};
use motcua_local::wire::tally::Tally;
use motcua_tests::town::{FEE_VND, MORNING, PERMIT, Town, at, form, request};
use serde_json::json;

/// Iterations of the shorter of two runs whose difference is counted.
const ITERATIONS: u64 = 200;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["iterate", channel, what, times] => iterate(channel, what, times.parse().unwrap()),
        _ => {
            Box::pin(costs()).await;
            println!();
            instructions();
        }
    }
}

/// Round trips and capacity of each journey, on a warm function.
async fn costs() {
    println!("| journey | round trips | read units | write units |\n| --- | ---: | ---: | ---: |");
    let town = Town::new().await;
    // The catalogue is read once in five minutes; what is counted comes after.
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
    town.office.deliver().await.unwrap();
    town.office.wire().reset();
    town.office.sweep().await;
    print("sweep with nothing due", &town.office.wire().tally());
    town.clerk(id, "enter-step", json!({ "step": "verification" })).await;
    town.until("2020-04-17T17:05:00+07:00");
    town.office.deliver().await.unwrap();
    town.office.wire().reset();
    assert_eq!(town.office.sweep().await.paused, 1);
    print("sweep with one dossier due", &town.office.wire().tally());
}

async fn count(town: &Town, journey: &str, letter: &Letter) {
    town.office.wire().reset();
    town.send(letter).await;
    print(journey, &town.office.wire().tally());
}

fn print(journey: &str, tally: &Tally) {
    println!("| {journey} | {} | {} | {} |", tally.round_trips(), tally.read_units(), tally.write_units());
}

/// Instructions of verify, parse and decide: the difference of two runs, one twice as long as the other.
fn instructions() {
    println!("| callback | instructions |\n| --- | ---: |");
    for channel in ["vnpay-demo", "generic-demo"] {
        for what in ["accepted", "forged"] {
            let (short, long) = (refs(channel, what, ITERATIONS), refs(channel, what, 2 * ITERATIONS));
            match (short, long) {
                (Some(short), Some(long)) => println!("| {channel}, {what} | {} |", (long - short) / ITERATIONS),
                _ => println!("| {channel}, {what} | valgrind is not installed |"),
            }
        }
    }
}

fn refs(channel: &str, what: &str, times: u64) -> Option<u64> {
    let program = std::env::current_exe().unwrap();
    let mut valgrind = Process::new("valgrind");
    valgrind.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]).arg(program);
    let output = valgrind.args(["iterate", channel, what, &times.to_string()]).output().ok()?;
    let told = String::from_utf8_lossy(&output.stderr);
    let line = told.lines().find(|line| line.contains("I") && line.contains("refs:"))?;
    line.rsplit(':').next()?.trim().replace(',', "").parse().ok()
}

/// The pure part of a callback, so many times.
fn iterate(channel: &str, what: &str, times: u64) {
    let config = Config::demo();
    let channel = config.channel(channel).unwrap();
    let now = at(MORNING);
    let (dossier, office) = (asked(&config, &channel.id), Office::official());
    let procedure = samples::procedures().remove(0);
    let terms = Terms { procedure: Some(&procedure), office: &office, channel: None };
    let written = motcua_local::senders::Payment {
        reference: format!("{}01", dossier.id),
        transaction: "14422574".into(),
        amount_vnd: Vnd::new(FEE_VND).unwrap(),
        paid: true,
        at: now,
    };
    let mut genuine: Request = request(&payment(channel, &written, now).unwrap());
    if what == "forged" {
        genuine.raw_query = genuine.raw_query.replace("vnp_Amount=1", "vnp_Amount=2");
        genuine.body = String::from_utf8(genuine.body.to_vec()).unwrap().replace("paid", "PAID").into();
    }
    let adapter = payment_callback::gateway::adapter(channel.gateway);
    for _ in 0..times {
        let received = (adapter.receive)(channel, std::hint::black_box(&genuine), now);
        let Ok(callback) = received else {
            assert_eq!(what, "forged");
            continue;
        };
        let action = Action::RecordPayment(Payment {
            channel: channel.id.clone(),
            identity: callback.identity,
            attempt: 1,
            amount_vnd: callback.amount_vnd.and_then(|amount| Vnd::new(amount).ok()),
            outcome: PaymentOutcome::Paid,
            in_parts: false,
            conflict: false,
        });
        let command = Command::now(now, Actor::Gateway(channel.id.clone()), action);
        let events = decide(Some(&dossier), &command, terms).unwrap();
        assert!(!std::hint::black_box(events).is_empty());
    }
}

/// An accepted dossier whose fee is open.
fn asked(config: &Config, channel: &str) -> Dossier {
    let procedure = samples::procedures().remove(0);
    assert_eq!(procedure.code, PERMIT);
    let office = Office::official();
    let terms = Terms { procedure: Some(&procedure), office: &office, channel: None };
    let now = at(MORNING);
    let agency = config.agencies()[0].code.clone();
    let mut dossier = Dossier::before(agency, DossierId::from_random(7), procedure.reference(), now);
    let submission = Submission {
        source: Source::Office,
        filing: Filing::Online,
        procedure: procedure.reference(),
        code: Some("G22-1".into()),
    };
    let ask = Action::AskFee { channel: channel.to_owned(), amount_vnd: Vnd::new(FEE_VND).unwrap() };
    let mut there = None;
    for action in [Action::Submit(submission), Action::Accept { code: None }, ask] {
        let command = Command::now(now, Actor::Staff("bench".into()), action);
        for event in decide(there.as_ref(), &command, terms).unwrap() {
            dossier = evolve(dossier, &event);
        }
        there = Some(dossier.clone());
    }
    dossier
}
