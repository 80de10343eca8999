//! Instructions of a callback.

use std::process::Command as Process;

use motcua_local::samples;
use motcua_local::senders::payment;
use motcua_tests::town::{FEE_VND, MORNING, PERMIT, at};
use rules::clock::Office;
use rules::config::{Config, Gateway};
use rules::dossier::{
    Action, Actor, Command, Dossier, Enclosed, Filing, Payment, PaymentOutcome, Source, Submission, Terms, decide,
    evolve,
};
use rules::http::Request;
use rules::id::DossierId;
use rules::notice::Standing;
use rules::vnd::Vnd;

/// Iterations of the shorter of two runs whose difference is counted.
const ITERATIONS: u64 = 200;

/// Counts instructions of verify, parse and decide: the difference of two runs, one twice as long as the other.
pub fn table() {
    println!("| callback | accepted | forged |\n| --- | ---: | ---: |");
    let config = Config::demo();
    for channel in config.channels() {
        let [accepted, forged] = ["accepted", "forged"].map(|what| told(each(&channel.id, what)));
        println!("| {} | {accepted} | {forged} |", channel.gateway.name());
    }
    // The place of a wrong byte in the signature must not show: 64 bytes, their first and last among them.
    let places = ["wrong 00", "wrong 31", "wrong 63"].map(|what| each("vnpay-demo", what));
    println!("\nVNPAY, wrong in byte 0, 31, 63 of the signature: {}", places.map(told).join(", "));
    assert!(places.iter().all(|count| *count == places[0]), "the count tells where a guess is wrong");
}

/// Returns the figure of a table.
pub fn told(count: Option<u64>) -> String {
    count.map_or("valgrind is not installed".into(), |count| count.to_string())
}

fn each(channel: &str, what: &str) -> Option<u64> {
    let run = |times: u64| refs(&["iterate", channel, what, &times.to_string()]);
    Some((run(2 * ITERATIONS)? - run(ITERATIONS)?) / ITERATIONS)
}

/// Returns the instructions of this program under these arguments; `None` without valgrind.
pub fn refs(arguments: &[&str]) -> Option<u64> {
    let program = std::env::current_exe().unwrap();
    let mut valgrind = Process::new("valgrind");
    valgrind.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]).arg(program);
    let output = valgrind.args(arguments).output().ok()?;
    let told = String::from_utf8_lossy(&output.stderr);
    let line = told.lines().find(|line| line.contains("I") && line.contains("refs:"))?;
    line.rsplit(':').next()?.trim().replace(',', "").parse().ok()
}

/// Runs the pure part of a callback, so many times.
pub fn iterate(channel: &str, what: &str, times: u64) {
    let config = Config::demo();
    let channel = config.channel(channel).unwrap();
    let now = at(MORNING);
    let (dossier, office) = (asked(&config, &channel.id), Office::official());
    let procedure = samples::procedures().remove(0);
    let terms = Terms { procedure: Some(&procedure), office: &office, channel: None, notices: Standing::none() };
    let reference = match channel.gateway {
        Gateway::Payos => "4503599627370497".to_owned(),
        _ => format!("{}01", dossier.id),
    };
    let amount_vnd = Vnd::new(FEE_VND).unwrap();
    let transaction = "14422574".to_owned();
    let written = motcua_local::senders::Payment { reference, transaction, amount_vnd, paid: true, at: now };
    let letter = payment(channel, &written, now).unwrap();
    let request = match what.strip_prefix("wrong ") {
        None if what == "accepted" => letter.request(),
        None => letter.forged().request(),
        Some(byte) => wrong_in(letter.request(), byte.parse().unwrap()),
    };
    let adapter = payment_callback::gateway::adapter(channel.gateway);
    for _ in 0..times {
        let received = (adapter.receive)(channel, std::hint::black_box(&request), now);
        let read = received.ok().and_then(|it| Some((it.found?, it.currency, it.units, it.transaction)));
        let Some((found, currency, units, transaction)) = read else {
            assert_ne!(what, "accepted");
            continue;
        };
        std::hint::black_box(found.meaning(&format!("{currency} {units}"), &transaction));
        let action = Action::RecordPayment(Payment {
            channel: channel.id.clone(),
            identity: found.identity,
            attempt: 1,
            amount_vnd: found.amount_vnd,
            outcome: PaymentOutcome::Paid,
            in_parts: false,
            conflict: false,
            after_reversal: false,
        });
        let command = Command::now(now, Actor::Gateway(channel.id.clone()), action);
        let events = decide(Some(&dossier), &command, terms).unwrap();
        assert!(!std::hint::black_box(events).is_empty());
    }
}

/// Returns the query with that byte of its signature, which comes last in hexadecimal, changed.
fn wrong_in(mut request: Request, byte: usize) -> Request {
    let mut target = request.uri().to_string();
    let place = target.rfind('=').unwrap() + 1 + 2 * byte;
    let other = if target[place..].starts_with('0') { "1" } else { "0" };
    target.replace_range(place..=place, other);
    *request.uri_mut() = target.parse().unwrap();
    request
}

/// Returns an accepted dossier whose fee is open.
fn asked(config: &Config, channel: &str) -> Dossier {
    let procedure = samples::procedures().remove(0);
    assert_eq!(procedure.code, PERMIT);
    let office = Office::official();
    let terms = Terms { procedure: Some(&procedure), office: &office, channel: None, notices: Standing::none() };
    let now = at(MORNING);
    let agency = config.agencies()[0].code.clone();
    let mut dossier = Dossier::before(agency, DossierId::from_random(7), procedure.reference(), now);
    let submission = Submission {
        source: Source::Office,
        filing: Filing::Online,
        procedure: procedure.reference(),
        code: Some("G22-1".into()),
        enclosed: Enclosed::default(),
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
