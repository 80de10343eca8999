//! Reports from totals kept in the table, against counts from the dossiers themselves.

mod kept;
mod repaired;
mod streamed;

use std::collections::BTreeMap;

use fastrand::Rng;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use motcua::store::Total;
use rules::catalogue::Procedure;
use rules::clock::{Counting, Limit, Unit};
use rules::dossier::{Action, Dossier, Enclosed, Filing, PaymentOutcome, ResultKind, Source, Submission};
use rules::id::DossierId;
use rules::statistics::{Case, Report, Totals, readings};
use rules::vietnam;
use rules::vnd::Vnd;

use crate::fixture::{CHANNEL, Office, PROCEDURE, one, procedure, receipt_of};

const PROCEDURES: [&str; 3] = [PROCEDURE, "1.005130", "1.005131"];

/// An office over some days, and every case as it was at the end of each of them.
struct Played {
    office: Office,
    ids: Vec<DossierId>,
    cases: BTreeMap<Date, Vec<Case>>,
    rng: Rng,
}

impl Played {
    /// Opens an office on 15/04/2020 with three procedures.
    async fn open(seed: u64) -> Self {
        let office = Office::open().await;
        let by_hours = Limit { counting: Counting::OfficeHours, ..Limit::civil_code(1, Unit::WorkingDays) };
        for (code, limit) in [(PROCEDURES[1], by_hours), (PROCEDURES[2], Limit::civil_code(10, Unit::CalendarDays))] {
            let other = Procedure { code: code.into(), limit, ..procedure() };
            office.site.recorder.catalogue().import(&office.agency, &other).await.unwrap();
        }
        Self { office, ids: Vec::new(), cases: BTreeMap::new(), rng: Rng::with_seed(seed) }
    }

    /// Plays an office that worked from 15 April to 20 May and was counted now and then.
    async fn a_month(seed: u64) -> Self {
        let mut played = Self::open(seed).await;
        for _ in 0..36 {
            played.a_day().await;
        }
        played
    }

    fn today(&self) -> Date {
        vietnam::day(self.office.now())
    }

    async fn a_day(&mut self) {
        let today = self.today();
        for hour in 8..18 {
            self.office.wait_until(&format!("{today}T{hour:02}:{:02}:00+07:00", self.rng.u8(..60)));
            self.something_happens().await;
        }
        self.office.wait_until(&format!("{today}T23:59:59+07:00"));
        self.office.sweep().await;
        let mut cases = Vec::new();
        for id in &self.ids {
            cases.extend(self.case(*id).await);
        }
        self.cases.insert(today, cases);
        self.office.wait_until(&format!("{}T00:00:01+07:00", today.checked_add(1.day()).unwrap()));
    }

    async fn case(&self, id: DossierId) -> Option<Case> {
        let dossier = self.office.dossier(id).await;
        let catalogue = self.office.site.recorder.catalogue();
        let procedure = catalogue.version(&self.office.agency, &dossier.procedure).await.unwrap();
        Case::of(&dossier, procedure.as_deref().map(|it| &it.limit))
    }

    async fn something_happens(&mut self) {
        if self.ids.len() < 40 && self.rng.u8(..10) < 3 {
            self.submitted().await;
        }
        for _ in 0..3 {
            let Some(id) = self.rng.choice(&self.ids).copied() else { return };
            let dossier = self.office.dossier(id).await;
            let action = self.something(&dossier);
            let mut order = self.office.written(id, action, None);
            order.command.at = order.command.now - SignedDuration::from_mins(self.rng.i64(0..60).pow(2));
            // Much of it is refused, as by any office.
            let _ = self.office.site.recorder.record(&order).await;
        }
        if self.rng.u8(..10) < 3 {
            self.counted().await;
        }
    }

    async fn submitted(&mut self) {
        let id = DossierId::from_random(self.ids.len() as u64 + 1);
        let (source, filing) = match self.rng.u8(..4) {
            0 => (Source::Office, Filing::Desk),
            1 => (Source::Office, Filing::Post),
            2 => (Source::Portal("dvcqg-demo".into()), Filing::Online),
            _ => (Source::Portal("province-demo".into()), Filing::Online),
        };
        let code = PROCEDURES[self.rng.usize(..3)];
        let reference = rules::catalogue::ProcedureRef { code: code.into(), version: 0 };
        let submission = Submission { source, filing, procedure: reference, code: None, enclosed: Enclosed::default() };
        let order = self.office.written(id, Action::Submit(submission), Some(one()));
        self.office.site.recorder.record(&order).await.unwrap();
        self.ids.push(id);
        let order = self.office.written(id, Action::Accept { code: None }, None);
        self.office.site.recorder.record(&order).await.unwrap();
    }

    fn something(&mut self, dossier: &Dossier) -> Action {
        let words = || "có lý do".to_owned();
        let attempt = dossier.fees.last().map_or(1, |fee| fee.attempt);
        let amount_vnd = Vnd::new(200_000).unwrap();
        match self.rng.u8(..14) {
            0 | 1 => Action::RecordResult { kind: ResultKind::Positive, reason: None },
            2 => Action::AskFee { channel: CHANNEL.into(), amount_vnd },
            3..6 => Action::RecordPayment(rules::dossier::Payment {
                channel: CHANNEL.into(),
                identity: self.rng.u64(..).to_string(),
                attempt,
                amount_vnd: Some(amount_vnd),
                outcome: PaymentOutcome::Paid,
                in_parts: false,
                conflict: false,
                after_reversal: false,
            }),
            6 => Action::RecordCash { attempt, amount_vnd, receipt_no: Some("0001234".into()) },
            7 => Action::RequestSupplement { papers: vec!["DK.01".into()], reason: words() },
            8 => Action::RecordSupplement { papers: Vec::new() },
            9 => receipt_of(&["P1", "P2"]),
            10 => Action::Withdraw { reason: words() },
            11 => Action::Close { reason: words(), article: "Điều 5".into() },
            12 => Action::Reopen { reason: words() },
            _ => Action::Apologise { reason: words(), new_due_on: self.today().checked_add(9.days()).unwrap() },
        }
    }

    /// Counts some dossier, as the stream does: at any time, by two at once, and again.
    async fn counted(&mut self) {
        let (recorder, agency) = (&self.office.site.recorder, &self.office.agency);
        let Some(id) = self.rng.choice(&self.ids).copied() else { return };
        let (one, other) = tokio::join!(recorder.count(agency, id), recorder.count(agency, id));
        assert!(one.is_ok() || other.is_ok());
    }

    /// Counts every dossier; returns how many months were written.
    async fn all_counted(&self) -> u32 {
        let mut written = 0;
        for id in &self.ids {
            written += self.office.site.recorder.count(&self.office.agency, *id).await.unwrap();
        }
        written
    }

    async fn totals(&self, from: Date, to: Date) -> Totals {
        let kept = self.office.store().totals(&self.office.agency, from, to).await.unwrap();
        Total::together(from, to, &kept)
    }

    /// Checks that every report of every reading equals the count from the cases of its day.
    async fn holds(&self, from: Date, to: Date) {
        let totals = self.totals(from, to).await;
        for reading in readings() {
            let mut direct = Report::new(totals.period(), reading.settings);
            self.cases[&to].iter().for_each(|case| direct.add(case));
            assert_eq!(totals.report(&self.office.agency, &reading), direct, "{from} to {to}, {}", reading.en);
        }
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}
