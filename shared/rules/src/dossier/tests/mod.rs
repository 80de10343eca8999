//! Behaviour of a dossier, shown through commands and the events that follow. Instants are the wall clock of Vietnam.

mod actions;
mod apology;
mod asked;
mod contributions;
mod corrections;
mod counting;
mod documents;
mod doubt;
mod drawing;
mod explanation;
mod fees;
mod finish;
mod foreseen;
mod gap;
mod laws;
mod life;
mod measures;
mod money;
mod moved;
mod originals;
mod overdue;
mod post;
mod refusals;
mod returning;
mod settings;
mod shape;
mod statistics;
mod table;
mod told_portals;
mod waits;

use crate::notice::Standing;
use jiff::Timestamp;
use jiff::civil::DateTime;

use super::*;
use crate::catalogue::{
    ClockStart, FeeDue, FeeKind, FeeTerms, FurtherPause, OnMissedWait, Paper, PauseTerms, Pauses, Procedure, Reason,
    Step, WaitFrom,
};
use crate::clock::{Limit, Office, Policy, Unit, VIETNAM, Wait, WaitUnit};
use crate::id::{AgencyCode, DossierId};
use crate::vnd::Vnd;
use actions::*;

/// Returns the instant at which the wall clock in Vietnam shows `text`, such as `2020-04-15 08:00`.
fn at(text: &str) -> Timestamp {
    let shown: DateTime = text.parse().unwrap();
    VIETNAM.to_timestamp(shown).unwrap()
}

fn dong(amount: u64) -> Vnd {
    Vnd::new(amount).unwrap()
}

fn names(papers: &[&str]) -> Vec<String> {
    papers.iter().map(|paper| (*paper).to_owned()).collect()
}

/// Returns a procedure of five working days; the originals of two papers are needed for signing.
fn procedure() -> Procedure {
    let step = |name: &str, originals: &[&str]| Step {
        name: name.into(),
        name_vi: name.into(),
        originals: names(originals),
        grace_working_days: 2,
    };
    let opinion = PauseTerms {
        policy: Policy::Resume,
        wait: None,
        wait_from: WaitFrom::NoticeSent,
        legal_basis: "Luật Đầu tư Điều 32".into(),
    };
    Procedure {
        code: "1.005129".into(),
        version: 3,
        name_vi: "Cấp giấy chứng nhận đăng ký đầu tư".into(),
        name_en: "Investment registration certificate".into(),
        legal_basis: "Luật Đầu tư Điều 38".into(),
        limit: Limit::civil_code(5, Unit::WorkingDays),
        starts_on: ClockStart::Acceptance,
        acceptance_office_hours: 8,
        papers: ["BC.01", "BC.02"].map(|code| Paper::named(code, code)).into(),
        steps: vec![step("appraisal", &[]), step("signing", &["BC.01", "BC.02"]), step("return", &[])],
        pauses: Pauses {
            further: vec![FurtherPause { reason: "opinion".into(), terms: opinion }],
            ..Pauses::default()
        },
        supplement_within_working_days: 3,
        most_rounds: None,
        on_missed_wait: OnMissedWait::Propose,
        valid_from: None,
        valid_until: None,
        online: true,
        fees: Vec::new(),
        returns_by_post: true,
        remind_working_days_before: 2,
        remind_after_working_days: 10,
        bereavement: false,
    }
}

fn working_days(n: u32) -> Option<Wait> {
    Some(Wait { n, unit: WaitUnit::WorkingDays })
}

/// Returns the procedure, with ten working days to wait for each of the three usual things.
fn with_waits() -> Procedure {
    let mut procedure = procedure();
    procedure.pauses.originals.wait = working_days(10);
    procedure.pauses.supplement.wait = working_days(10);
    procedure.pauses.fee.wait = working_days(10);
    procedure
}

/// Returns the procedure, with these fees of its catalogue: code, amount, and when each is due.
fn with_fees(fees: &[(&str, u64, FeeDue)]) -> Procedure {
    let terms = |(code, amount, due): &(&str, u64, FeeDue)| FeeTerms {
        code: (*code).into(),
        name_vi: "Phí thẩm định".into(),
        kind: FeeKind::Charge,
        amount_vnd: dong(*amount),
        legal_basis: "NQ HĐND".into(),
        due: *due,
    };
    Procedure { fees: fees.iter().map(terms).collect(), ..procedure() }
}

/// A dossier with everything around it.
#[derive(Clone)]
struct Life {
    procedure: Procedure,
    office: Office,
    /// The channel through which the catalogue's fees are asked for.
    channel: Option<&'static str>,
    /// The notices that stand.
    notices: Standing,
    dossier: Option<Dossier>,
    history: Vec<Recorded>,
}

impl Life {
    fn under(procedure: Procedure) -> Self {
        Self {
            procedure,
            office: Office::official(),
            channel: None,
            notices: Standing::default(),
            dossier: None,
            history: Vec::new(),
        }
    }

    /// Returns a dossier filed online with a code of the portal's, on Tuesday 14 April 2020 at 16:00.
    fn filed(procedure: Procedure) -> Self {
        Self::filed_by(Filing::Online, procedure)
    }

    fn filed_by(filing: Filing, procedure: Procedure) -> Self {
        let mut life = Self::under(procedure);
        let source = Source::Portal("dvcqg".into());
        let code = Some("000.00.01.H32-200414-0007".into());
        let procedure = life.procedure.reference();
        let enclosed = Enclosed::default();
        life.done("2020-04-14 16:00", Action::Submit(Submission { source, filing, procedure, code, enclosed }));
        life
    }

    /// Returns a dossier accepted on Wednesday 15 April 2020 at 08:00.
    fn accepted(procedure: Procedure) -> Self {
        let mut life = Self::filed(procedure);
        life.done("2020-04-15 08:00", Action::Accept { code: None });
        life
    }

    /// Returns one in the step `signing` since Wednesday 15 April 2020 at 09:00: grace ends on Friday at 17:00.
    fn signing(procedure: Procedure) -> Self {
        let mut life = Self::accepted(procedure);
        life.done("2020-04-15 09:00", enter("signing"));
        life
    }

    /// Returns one that waits for its two originals since the sweep of Friday 17 April 2020 at 17:00.
    fn lacking_originals(procedure: Procedure) -> Self {
        let mut life = Self::signing(procedure);
        life.done("2020-04-17 17:00", Action::Wake);
        assert_eq!(life.phase(), Phase::Paused);
        life
    }

    fn decide(&self, happened: Timestamp, now: Timestamp, action: Action) -> Result<Vec<Event>, Refusal> {
        let command = Command { at: happened, now, actor: actor(&action), action };
        let terms = Terms {
            procedure: Some(&self.procedure),
            office: &self.office,
            channel: self.channel,
            notices: &self.notices,
        };
        decide(self.dossier.as_ref(), &command, terms)
    }

    /// Commits events at the desk, as they happen.
    fn apply(&mut self, happened: Timestamp, events: &[Event]) {
        self.commit(&Command::now(happened, Actor::Staff("u-17".into()), withdraw()), events);
    }

    /// Applies the events of this command to the dossier.
    fn commit(&mut self, command: &Command, events: &[Event]) {
        if events.is_empty() {
            return;
        }
        let happened = command.at.min(command.now);
        let before = self.dossier.take().unwrap_or_else(|| {
            let agency = AgencyCode::parse("000.00.01.H32").unwrap();
            Dossier::before(agency, DossierId::from_random(20_200_415), self.procedure.reference(), happened)
        });
        let mut after = events.iter().fold(before, evolve);
        after.version += 1;
        self.history.push(Recorded::new(command, &after, events.to_vec()));
        self.dossier = Some(after);
    }

    /// Gives a command that happened earlier than it was recorded.
    fn recorded(&mut self, happened: &str, recorded: &str, action: Action) -> Vec<Event> {
        let events = self.decide(at(happened), at(recorded), action.clone());
        let events = events.unwrap_or_else(|refusal| panic!("{action:?} was refused: {refusal}"));
        self.commit(&Command { at: at(happened), now: at(recorded), actor: actor(&action), action }, &events);
        events
    }

    /// Gives a command that is taken.
    fn done(&mut self, now: &str, action: Action) -> Vec<Event> {
        self.recorded(now, now, action)
    }

    /// Gives a command that is declined.
    fn refused(&self, now: &str, action: Action) -> Refusal {
        self.decide(at(now), at(now), action).unwrap_err()
    }

    /// Lets time pass until then, with every wake on the way.
    fn sleeps_until(&mut self, until: &str) -> Vec<Event> {
        let mut all = Vec::new();
        while let Some(now) = wake_at(self.dossier()).filter(|now| *now <= at(until)) {
            let events = self.decide(now, now, Action::Wake).unwrap();
            assert!(!events.is_empty(), "a wake that is due does something");
            self.commit(&Command::now(now, Actor::Sweep, Action::Wake), &events);
            all.extend(events);
        }
        all
    }

    fn dossier(&self) -> &Dossier {
        self.dossier.as_ref().expect("the dossier was filed")
    }

    fn phase(&self) -> Phase {
        self.dossier.as_ref().map_or(Phase::New, Dossier::phase)
    }

    /// Returns the date that holds, such as `2020-04-22`; `none` while there is none.
    fn due(&self) -> String {
        self.dossier().due().map_or("none".into(), |due| due.on.to_string())
    }

    fn wakes_at(&self) -> Option<Timestamp> {
        wake_at(self.dossier())
    }
}

fn actor(action: &Action) -> Actor {
    match action {
        Action::Wake => Actor::Sweep,
        Action::RecordPayment(payment) => Actor::Gateway(payment.channel.clone()),
        _ => Actor::Staff("u-17".into()),
    }
}
