//! Test of the news that can meet in one commit, found by asking dossiers of all sorts for all sorts of things.

use std::collections::BTreeSet;

use fastrand::Rng;
use jiff::{SignedDuration, ToSpan};

use super::*;
use rules::catalogue::{ClockStart, FeeDue, FeeKind, FeeTerms, OnMissedWait, Paper, Pauses, Procedure, Step};
use rules::clock::{Calendar, Limit, Office, Unit, Wait, WaitUnit};
use rules::dossier::{
    Action, Command, Consent, Enclosed, Identity, Payment, PaymentOutcome, Recipient, Submission, Terms, Whose, decide,
    evolve, wake_at,
};
use rules::message::{Visit, parts};
use rules::notice::Standing;

/// Enough lives: eight times as many find no further pair.
const LIVES: u64 = 1_500;

const PAPERS: [&str; 3] = ["P1", "P2", "P3"];
const REASONS: [&str; 4] = ["originals", "supplement", "fee", "opinion"];

fn some<'a>(rng: &mut Rng, all: &[&'a str]) -> &'a str {
    all[rng.usize(..all.len())]
}

fn papers(rng: &mut Rng) -> Vec<String> {
    PAPERS.iter().filter(|_| rng.bool()).map(|paper| (*paper).to_owned()).collect()
}

fn procedure(rng: &mut Rng) -> Procedure {
    let grace_working_days = rng.u32(0..2);
    let step = |name: &str, papers: &[&str]| Step {
        name: name.into(),
        name_vi: name.into(),
        originals: papers.iter().map(|code| (*code).to_owned()).collect(),
        grace_working_days,
    };
    let fee = |code: &str, due| FeeTerms {
        code: code.into(),
        name_vi: code.into(),
        kind: FeeKind::Charge,
        amount_vnd: Vnd::new(200_000).unwrap(),
        legal_basis: "NQ HĐND".into(),
        due,
    };
    let mut pauses = Pauses::default();
    for terms in [&mut pauses.originals, &mut pauses.supplement, &mut pauses.fee] {
        terms.wait = rng.bool().then(|| Wait { n: rng.u32(1..5), unit: WaitUnit::WorkingDays });
    }
    let fees = [("PHI", FeeDue::OnAcceptance), ("LE", FeeDue::OnAcceptance), ("BAN", FeeDue::OnReturn)];
    Procedure {
        code: "1.005129".into(),
        version: 1,
        name_vi: "Cấp giấy phép".into(),
        name_en: "Permit".into(),
        legal_basis: "NĐ 61/2018/NĐ-CP".into(),
        limit: Limit::civil_code(5, Unit::WorkingDays),
        starts_on: if rng.bool() { ClockStart::Acceptance } else { ClockStart::FeePaid },
        acceptance_office_hours: 8,
        papers: PAPERS.map(|code| Paper::named(code, code)).into(),
        steps: vec![step("appraisal", if rng.bool() { &PAPERS } else { &[] }), step("signing", &PAPERS)],
        pauses,
        supplement_within_working_days: 3,
        most_rounds: None,
        on_missed_wait: if rng.bool() { OnMissedWait::Auto } else { OnMissedWait::Propose },
        valid_from: None,
        valid_until: None,
        online: true,
        fees: fees.into_iter().filter(|_| rng.bool()).map(|(code, due)| fee(code, due)).collect(),
        returns_by_post: true,
        remind_working_days_before: 2,
        remind_after_working_days: 2,
        bereavement: false,
    }
}

fn payment(rng: &mut Rng) -> Payment {
    Payment {
        channel: "vnpay".into(),
        identity: rng.u32(..).to_string(),
        attempt: rng.u8(1..5),
        amount_vnd: Vnd::new(200_000).ok(),
        outcome: PaymentOutcome::Paid,
        in_parts: rng.bool(),
        conflict: false,
        after_reversal: false,
    }
}

fn action(rng: &mut Rng) -> Action {
    let word = || "có lý do".to_owned();
    match rng.u32(..27) {
        0..3 => Action::Accept { code: None },
        3 => Action::RequestSupplement { papers: papers(rng), reason: word() },
        4 => Action::PauseClock { reason: "originals".into(), papers: papers(rng) },
        5 => Action::AskFee { channel: "vnpay".into(), amount_vnd: Vnd::new(100_000 * rng.u64(1..4)).unwrap() },
        6..9 => Action::RecordPayment(payment(rng)),
        9 => Action::RecordCash {
            attempt: rng.u8(1..5),
            amount_vnd: Vnd::new(200_000).unwrap(),
            receipt_no: Some(word()),
        },
        10 => Action::AttachMoney { payment: payment(rng), attempt: Some(rng.u8(1..5)), because: word() },
        11 | 12 => Action::RecordReceipt { papers: papers(rng), minutes_no: "1".into(), by_post: false },
        13 | 24 => {
            let awaited_as = rng.bool().then(|| some(rng, &REASONS).into());
            Action::CorrectReceipt { papers: papers(rng), awaited_as, because: word() }
        }
        14 => Action::RecordSupplement { papers: papers(rng) },
        15 => Action::Waive { reason: some(rng, &REASONS).into(), papers: papers(rng), because: word() },
        16 => Action::VoidPause { because: word() },
        17 => Action::EnterStep { step: some(rng, &["appraisal", "signing"]).to_owned() },
        18 => Action::CorrectContact {
            whose: Whose::Filer,
            address: true,
            phone: rng.bool(),
            consent: Consent::Phone,
            because: word(),
        },
        19 => Action::ChooseReturn { by_post: rng.bool(), consent: Some(Consent::Phone) },
        20 => Action::RecordResult { kind: ResultKind::Positive, reason: None },
        21 => Action::Reopen { reason: word() },
        22 => Action::HandOut { part: rng.bool(), to: Recipient::Applicant, shown: Identity::CitizenCard },
        23 => Action::Apologise { reason: word(), new_due_on: jiff::civil::date(2020, 5, 29) },
        _ => Action::Wake,
    }
}

/// A dossier, the terms it is decided by, and the present time.
struct Life {
    procedure: Procedure,
    office: Office,
    now: Timestamp,
    dossier: Option<Dossier>,
}

impl Life {
    fn new(rng: &mut Rng) -> Self {
        let begun = some(rng, &["2020-04-14T16:00:00+07:00", "2026-12-25T10:00:00+07:00", "2026-12-28T10:00:00+07:00"]);
        let (procedure, office) = (procedure(rng), Office::official());
        Self { procedure, office, now: begun.parse().unwrap(), dossier: None }
    }

    /// Takes all actions in one commit; `None` if it is declined or changes nothing.
    fn commit(&mut self, happened: Timestamp, actions: &[Action]) -> Option<Recorded> {
        let procedure = self.procedure.reference();
        let agency = AgencyCode::parse("H32").unwrap();
        let mut dossier = self.dossier.clone();
        let mut events = Vec::new();
        let mut last = None;
        for action in actions {
            let command = Command { at: happened, now: self.now, actor: Actor::Sweep, action: action.clone() };
            let terms = Terms {
                procedure: Some(&self.procedure),
                office: &self.office,
                channel: Some("vnpay"),
                notices: Standing::none(),
            };
            let more = decide(dossier.as_ref(), &command, terms).ok()?;
            let before = dossier.unwrap_or_else(|| {
                Dossier::before(agency.clone(), DossierId::from_random(1), procedure.clone(), self.now)
            });
            dossier = Some(more.iter().fold(before, evolve));
            events.extend(more);
            last = Some(command);
        }
        let after = dossier.filter(|_| !events.is_empty())?;
        let recorded = Recorded::new(&last?, &after, events);
        self.dossier = Some(after);
        Some(recorded)
    }

    fn passes(&mut self, rng: &mut Rng) {
        let next = self.dossier.as_ref().and_then(wake_at).filter(|at| rng.bool() && *at > self.now);
        self.now = match next {
            // A sweep may come late, and then finds more to do.
            Some(at) if rng.bool() => at + rng.i64(0..200).hours(),
            Some(at) => at,
            None => self.now + SignedDuration::from_mins(rng.i64(0..3_000)),
        };
        if rng.u32(..8) == 0 {
            let year = "[[years]]\nyear = 2027\nnotice = \"mẫu\"\ndays_off = [\"2027-01-01\"]";
            self.office.calendar = Calendar::official().with(Calendar::from_toml(year).unwrap());
        }
    }
}

fn submission(rng: &mut Rng) -> Action {
    Action::Submit(Submission {
        source: Source::Office,
        filing: if rng.u32(..4) > 0 { Filing::Online } else { Filing::Desk },
        procedure: ProcedureRef { code: "1.005129".into(), version: 1 },
        code: Some("H32-1".into()),
        enclosed: Enclosed {
            originals: papers(rng),
            minutes_no: "1".into(),
            returns_by_post: rng.bool().then_some(true),
            ..Enclosed::default()
        },
    })
}

fn kind(news: &News<'_>) -> String {
    let all = format!("{news:?}");
    all.split([' ', '(']).next().unwrap_or_default().to_owned()
}

/// Facts that a person must know of a piece of news: what is to be paid and handed in, what was paid, and the date by
/// which all is done.
#[derive(Debug, Default, PartialEq, Eq)]
struct Facts {
    fee: u64,
    originals: u32,
    supplement: bool,
    paid: u64,
    due_on: Option<jiff::civil::Date>,
}

fn facts(news: &News<'_>) -> Facts {
    let none = Facts::default();
    match *news {
        News::Accepted { due_on }
        | News::Resumed { due_on, .. }
        | News::PauseVoid { due_on, .. }
        | News::ContactCorrected { due_on, .. }
        | News::ReturnChosen { due_on, .. }
        | News::ReceiptCorrected { due_on, .. } => Facts { due_on, ..none },
        News::Paid { paid_vnd, due_on, .. } => Facts { paid: paid_vnd.dong(), due_on, ..none },
        News::FeeAsked { fee_vnd, .. } => Facts { fee: fee_vnd.dong(), ..none },
        News::Ready { fee_vnd, .. } => Facts { fee: fee_vnd.map_or(0, Vnd::dong), ..none },
        News::PausedForOriginals { missing, .. } => Facts { originals: missing, ..none },
        News::SupplementAsked { .. } => Facts { supplement: true, ..none },
        News::Outstanding(all) => Facts {
            fee: all.fee_vnd.map_or(0, Vnd::dong),
            originals: all.originals.into(),
            supplement: all.papers.is_some(),
            ..none
        },
        _ => none,
    }
}

/// Returns the kinds of news of a commit that has several, and the news told. Checks that no fact is lost.
fn met(recorded: &Recorded, dossier: &Dossier) -> Option<String> {
    let each: Vec<_> =
        recorded.events.iter().filter_map(|event| news::of_event(event, recorded, Some(dossier))).collect();
    let told = news::news(recorded, Some(dossier))?;
    let text = Message { code: "000.00.01.H32-200415-0001", link: None, news: told, visit: Visit::NONE }
        .text(Language::Vi, "KKT: ");
    assert_eq!(parts(&text), Some(1), "{text}");
    if each.len() < 2 {
        assert_eq!(each, [told]);
        return None;
    }
    let all = each.iter().map(facts).fold(Facts::default(), |all, one| Facts {
        fee: all.fee + one.fee,
        originals: all.originals + one.originals,
        supplement: all.supplement || one.supplement,
        paid: all.paid + one.paid,
        due_on: one.due_on.or(all.due_on),
    });
    // A date that a pause has overtaken is no fact.
    let due_on = all.due_on.filter(|_| dossier.due().is_some());
    assert_eq!(facts(&told), Facts { due_on, ..all }, "{each:?}");
    let kinds: BTreeSet<_> = each.iter().map(kind).collect();
    Some(format!("{}: {}", Vec::from_iter(kinds).join(" + "), kind(&told)))
}

#[test]
fn the_news_that_meet_in_one_commit_are_these() {
    let mut all = BTreeSet::new();
    for seed in 0..LIVES {
        let rng = &mut Rng::with_seed(seed);
        let mut life = Life::new(rng);
        let filed = [submission(rng), Action::Accept { code: None }];
        let first = if rng.u32(..4) == 0 { &filed[..] } else { &filed[..1] };
        let mut commits = vec![(life.commit(life.now, first), life.dossier.clone())];
        for _ in 0..40 {
            life.passes(rng);
            let happened = life.now - SignedDuration::from_mins(rng.i64(0..2) * rng.i64(0..6_000));
            let action = action(rng);
            commits.push((life.commit(happened, &[action]), life.dossier.clone()));
        }
        for (recorded, dossier) in commits {
            all.extend(recorded.zip(dossier).and_then(|(recorded, dossier)| met(&recorded, &dossier)));
        }
    }
    assert_snapshot!(Vec::from_iter(all).join("\n"), @r"
    Accepted + ContactCorrected: ContactCorrected
    Accepted + FeeAsked + PausedForOriginals: Outstanding
    Accepted + FeeAsked: Outstanding
    Accepted + Paid: Paid
    Accepted + PausedForOriginals: Outstanding
    Accepted + ReturnChosen: ReturnChosen
    FeeAsked + PausedForOriginals + SupplementAsked: Outstanding
    FeeAsked + PausedForOriginals: Outstanding
    FeeAsked + Ready: Ready
    FeeAsked + SupplementAsked: Outstanding
    FeeAsked: FeeAsked
    Paid + PauseVoid: Paid
    Paid + Resumed: Paid
    PausedForOriginals + SupplementAsked: Outstanding
    PausedForOriginals: PausedForOriginals
    SupplementAsked: SupplementAsked
    ");
}
