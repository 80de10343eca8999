//! Each kind of news, sent in both languages by SMS and as a letter.

use std::fmt::Write as _;

use jiff::Timestamp;
use mail_parser::MessageParser;
use motcua::site::Site;
use motcua::tell::{Outcome, Sender};
use motcua_local::rights::in_role;
use rules::calls;
use rules::catalogue::{ProcedureRef, Reason};
use rules::clock::Policy;
use rules::dossier::{
    Actor, Awaited, Consent, Deadline, DueDate, Event, Filing, Recorded, Recounted, ResultKind, Source, Whose,
};
use rules::language::Language;
use rules::message::{Outlet, parts};
use rules::person::Said;
use rules::vnd::Vnd;
use rules::worklist::SearchKey;

use crate::fixture::{APPLICANT, Office, people};
use crate::prompt::{AT_ONCE, LINKLESS, demo_agency};

fn at(day: i8, hour: i8) -> Timestamp {
    format!("2020-04-{day:02}T{hour:02}:00:00+07:00").parse().unwrap()
}

fn due(day: i8) -> DueDate {
    DueDate { on: jiff::civil::date(2020, 4, day), at: at(day, 17) }
}

fn awaited(reason: Reason, papers: usize) -> Awaited {
    Awaited {
        attempt: None,
        reason,
        since: at(16, 9),
        asked: papers,
        papers: (0..papers).map(|number| format!("P{number}")).collect(),
        policy: Policy::Resume,
        wait: Some(Deadline { until: at(29, 17), next: None, missed_at: None }),
        remind_at: None,
        gap: Vec::new(),
        last_in: None,
        wait_since: None,
    }
}

/// Returns a commit of these events.
pub(super) fn commit(version: u64, events: Vec<Event>) -> Recorded {
    Recorded {
        version,
        at: at(15, 8),
        recorded_at: at(15, 8),
        actor: Actor::Sweep,
        called: "000.00.01.H32-200415-0001".into(),
        procedure: ProcedureRef { code: "1.005129".into(), version: 1 },
        events,
    }
}

/// Returns a supplement that can be brought until the end of this day.
pub(super) fn awaited_until(now: Timestamp) -> Awaited {
    Awaited { wait: Some(Deadline { until: now, next: None, missed_at: None }), ..awaited(Reason::Supplement, 1) }
}

/// Returns the events of a commit for each kind of news, with its name.
#[rustfmt::skip]
fn each_kind() -> Vec<(&'static str, Vec<Event>)> {
    let fee = Vnd::new(12_500_000).unwrap();
    let text = String::new;
    let accepted = || Event::Accepted { code: text(), at: at(15, 8), procedure: None };
    let asked = || Event::FeeAsked {
        attempt: 1, channel: "vnpay-demo".into(), amount_vnd: fee, until: Some(at(29, 17)), code: None, again: None, asked_at: None,
    };
    vec![
        ("received", vec![Event::Submitted { source: Source::Office, filing: Filing::Online, code: None, accept_until: None }]),
        ("accepted", vec![accepted(), Event::ClockStarted { at: at(15, 8), due: Some(due(24)), gap: Vec::new() }]),
        ("fee asked", vec![asked()]),
        ("accepted and fee asked", vec![accepted(), asked()]),
        ("paid", vec![Event::FeePaid {
            attempt: 1, channel: "vnpay-demo".into(), identity: "1".into(), amount_vnd: fee, at: at(20, 9), fee: None,
            total_vnd: None, surplus_vnd: None, receipt_no: Some("0001234".into()),
        }]),
        ("paused for originals", vec![Event::ClockPaused {
            awaited: awaited(Reason::Originals, 12), legal_basis: text(), step: None, overdue: false,
        }]),
        ("supplement asked", vec![Event::IntakeSupplementRequested { awaited: awaited(Reason::Supplement, 12), reason: text() }]),
        ("partly in", vec![Event::PartlyReceived { received: 11, missing: 1, at: at(20, 9) }]),
        ("resumed", vec![Event::ClockResumed {
            at: at(20, 9), policy: Policy::Resume, due: Some(due(24)), gap: Vec::new(), promised: None, late: false,
            was: Some(due(22)), at_once: false,
        }]),
        ("pause void", vec![Event::PauseVoided { since: at(16, 17), due: Some(due(22)), because: text() }]),
        ("date moved", vec![Event::Recounted(Recounted {
            notices: vec![text()], was: Some(due(22)), due: Some(due(23)), ..Recounted::default()
        })]),
        ("apology", vec![Event::Apologised { reason: text(), was: Some(due(22)), promised: due(24), late: false }]),
        ("ready", vec![Event::ResultReady { result: ResultKind::Positive, reason: None, at: at(22, 9) }]),
        ("negative result", vec![Event::ResultReady { result: ResultKind::Negative, reason: None, at: at(22, 9) }]),
        ("posted", vec![Event::ResultPosted { item_code: "CE123456785VN".into(), free: None }]),
        ("delivered", vec![Event::ResultDelivered { at: at(25, 16) }]),
        ("not accepted", vec![Event::IntakeRefused { reason: text() }]),
        ("contact corrected", vec![Event::ContactCorrected {
            whose: Whose::Applicant, address: true, phone: true, consent: Consent::Phone, because: text(),
        }]),
        ("return chosen", vec![Event::ReturnChosen { by_post: true, consent: Some(Consent::Phone), free: None }]),
        ("receipt corrected", vec![Event::ReceiptCorrected {
            papers: vec!["P0".into(), "P1".into()], needs: Vec::new(), grace_until: None, because: text(), at: None,
        }]),
        ("closed", vec![Event::Closed { reason: text(), article: text(), at: at(30, 9) }]),
    ]
}

/// Sends each kind by this outlet in this language; returns what left, a line each.
async fn sent(outlet: Outlet, language: Language) -> String {
    let mut office = Office::open().await;
    let lines = format!("outlets = [\"{}\"]\nemail_from = \"mot-cua@example.vn\"\n{AT_ONCE}{LINKLESS}", outlet.name());
    office.site = Site::new(demo_agency(&lines), office.store().clone());
    let mut person = people(Some(APPLICANT.0), None);
    person.applicant.email = Some("nguoi.nop@example.vn".into());
    let id = office.submit(1, person.clone()).await;
    let name = calls::name(&SearchKey::of(office.site.config.id_key()), &office.agency, Some(&person), (id, 0));
    let said = Said { at: office.now(), by: "lan".into(), how: Consent::Desk };
    let wishes =
        office.store().wishes(&office.agency, &name).await.unwrap().said(language, &Outlet::ALL, &Outlet::ALL, said);
    assert!(office.store().keep_wishes(&office.agency, &name, &wishes).await.unwrap());
    let mut all = String::new();
    for (version, (kind, events)) in (100..).zip(each_kind()) {
        let recorded = commit(version, events);
        let mut sender = Sender::new(&office.site, &office.outlets, notify::LEASE, office.now());
        let told = in_role("notify", sender.tell(&office.agency, id, &recorded)).await.unwrap();
        assert_eq!(told, [Outcome::Sent], "{kind}");
        let left = match outlet {
            Outlet::Sms | Outlet::Https => {
                let (_, text) = office.sent().pop().unwrap();
                assert_eq!(parts(&text), Some(1), "{kind}: {text}");
                text
            }
            Outlet::Email => {
                let mails = office.ses.mails();
                let mail = MessageParser::default().parse(mails.last().unwrap().raw.as_bytes()).unwrap();
                let (subject, body) = (mail.subject().unwrap(), mail.body_text(0).unwrap());
                format!("{subject} | {}", body.lines().next().unwrap_or_default())
            }
        };
        writeln!(all, "{kind}: {left}").unwrap();
    }
    all
}

#[tokio::test]
async fn each_kind_of_news_is_sent_in_the_language_of_its_receiver_by_sms_and_as_a_letter() {
    let mut all = String::new();
    for outlet in [Outlet::Sms, Outlet::Email] {
        let (vietnamese, english) = (sent(outlet, Language::Vi).await, sent(outlet, Language::En).await);
        for (vi, en) in vietnamese.lines().zip(english.lines()) {
            assert_ne!(vi, en);
            assert!(!en.contains("ho so") && !en.contains("hồ sơ"), "{en}");
        }
        write!(all, "{}\n{vietnamese}\n{english}\n", outlet.name()).unwrap();
    }
    insta::assert_snapshot!(all);
}
