//! Laws that hold for every dossier, with any commands in any order.

use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::table::{Cell, cell};
use super::asked::actions;
use super::explanation::the_explanation_tells_the_count;
use super::*;
use crate::clock::{Counting, Due, count};

/// Time since the command before, time by which it happened before it was recorded, and the command.
pub(super) type Step = (SignedDuration, SignedDuration, Action);

fn minutes(range: std::ops::Range<i64>) -> impl Strategy<Value = SignedDuration> {
    range.prop_map(SignedDuration::from_mins)
}

fn procedures() -> impl Strategy<Value = Procedure> {
    let limits = select(vec![
        Limit::civil_code(5, Unit::WorkingDays),
        Limit::civil_code(10, Unit::CalendarDays),
        Limit::civil_code(1, Unit::Months),
        Limit { counting: Counting::OfficeHours, ..Limit::civil_code(2, Unit::WorkingDays) },
    ]);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (limits, flags, 0_u32..3, select(vec![None, Some(0), Some(1), Some(10)])).prop_map(
        |(limit, (fee_first, auto, restart, first_needs), grace, wait)| {
            let mut procedure = Procedure { limit, ..procedure() };
            procedure.starts_on = if fee_first { ClockStart::FeePaid } else { ClockStart::Acceptance };
            procedure.on_missed_wait = if auto { OnMissedWait::Auto } else { OnMissedWait::Propose };
            procedure.steps[1].grace_working_days = grace;
            if restart {
                procedure.fees = with_fees(&[("PHI", 200_000, FeeDue::OnAcceptance), ("LE", 9, FeeDue::OnReturn)]).fees;
            }
            if first_needs {
                procedure.steps.remove(0);
            }
            let pauses = &mut procedure.pauses;
            pauses.fee.policy = if restart { Policy::Restart } else { Policy::Resume };
            for terms in [&mut pauses.originals, &mut pauses.supplement, &mut pauses.fee] {
                terms.wait = wait.and_then(working_days);
            }
            procedure
        },
    )
}

pub(super) fn lives() -> impl Strategy<Value = (Procedure, Filing, Timestamp, Vec<Step>)> {
    let starts = select(vec!["2020-04-14 16:00", "2022-01-28 23:59", "2023-12-30 00:00", "2026-12-28 10:00"]);
    let gap = prop_oneof![minutes(0..2), minutes(0..600), minutes(0..6_000)];
    let lag = prop_oneof![3 => minutes(0..1), 1 => minutes(-60..6_000)];
    let steps = prop::collection::vec((gap, lag, actions()), 1..40);
    let filings = select(vec![Filing::Online, Filing::Online, Filing::Desk]);
    (procedures(), filings, starts.prop_map(at), steps)
}

pub(super) fn filed(procedure: Procedure, filing: Filing, start: Timestamp) -> Life {
    let mut life = Life::under(procedure);
    life.channel = (filing == Filing::Online).then_some("vnpay");
    let (source, procedure) = (Source::Portal("dvcqg".into()), life.procedure.reference());
    let submission = Submission {
        source,
        filing,
        procedure,
        code: Some("G09.20-20260609-0092637".into()),
        enclosed: Enclosed::default(),
    };
    let events = life.decide(start, start, Action::Submit(submission)).unwrap();
    life.apply(start, &events);
    life
}

/// Recounts the due date from nothing but the start and what stopped the clock.
fn recounted(life: &Life, stops: &[crate::clock::Stop]) -> Option<Due> {
    let starts_at = life.dossier().clock.as_ref()?.starts_at?;
    Some(count(&life.procedure.limit, starts_at, stops, &life.office).unwrap().due)
}

fn the_clock_is_the_sum_of_its_running_intervals(life: &Life) {
    let Some(clock) = &life.dossier().clock else { return };
    let on = |due: Option<Due>| match due {
        Some(Due::On { date, at }) => Some(DueDate { on: date, at }),
        _ => None,
    };
    let ended: Vec<_> = clock.pauses.iter().map(ClosedPause::stop).collect();
    assert!(clock.pauses.iter().all(|pause| pause.since <= pause.until));
    let Some(pause) = life.dossier().pause() else {
        // A clock that was stopped when the dossier ended has no date; any other has the one counted.
        assert!(clock.due == on(recounted(life, &ended)) || (clock.ended_at.is_some() && clock.due.is_none()));
        return;
    };
    match recounted(life, &life.dossier().stops()) {
        Some(Due::Standing { .. }) => assert_eq!(life.dossier().due(), None, "a standing clock has no due date"),
        Some(Due::On { date, at }) => {
            assert_eq!(clock.due, Some(DueDate { on: date, at }), "a late dossier stays late");
            assert!(pause.overdue || clock.promised.is_some());
        }
        Some(Due::Gap { .. }) | None => {}
    }
}

fn nothing_is_left_undone(life: &Life, now: Timestamp) {
    assert!(life.wakes_at().is_none_or(|next| next > now), "after a wake the next one is later");
    assert_eq!(life.decide(now, now, Action::Wake), Ok(vec![]), "a second wake finds nothing to do");
}

fn what_is_stored_reads_back_the_same(life: &Life, recorded: &Recorded) {
    let state = serde_json::to_string(life.dossier()).unwrap();
    assert_eq!(serde_json::from_str::<Dossier>(&state).unwrap(), *life.dossier());
    let events = serde_json::to_string(recorded).unwrap();
    assert_eq!(serde_json::from_str::<Recorded>(&events).unwrap(), *recorded);
}

/// Gives one command and checks everything that must hold of it.
pub(super) fn step(life: &mut Life, happened: Timestamp, now: Timestamp, action: &Action) -> Vec<Event> {
    let (phase, before, kind) = (life.phase(), life.dossier().clone(), action.kind());
    let events = match (life.decide(happened, now, action.clone()), cell(phase, kind)) {
        (decided, Cell::Refused) => {
            assert_eq!(decided, Err(Refusal::Phase { kind, phase }));
            return vec![];
        }
        (Err(refusal), _) => {
            assert!(!matches!(refusal, Refusal::Phase { .. }), "{phase:?} takes {kind:?}");
            return vec![];
        }
        (Ok(events), _) => events,
    };
    let after = events.iter().fold(before.clone(), evolve);
    assert_eq!(after.version, before.version, "only a commit counts versions");
    let command = Command { at: happened, now, actor: actor(action), action: action.clone() };
    life.commit(&command, &events);
    match cell(phase, kind) {
        Cell::Leads(to) => assert!(to.contains(&life.phase()), "{phase:?} {kind:?} led to {:?}", life.phase()),
        Cell::Kept | Cell::Refused => assert_eq!(after, before),
    }
    what_is_stored_reads_back_the_same(life, &Recorded::new(&command, life.dossier(), events.clone()));
    the_clock_is_the_sum_of_its_running_intervals(life);
    the_explanation_tells_the_count(life);
    if let Stage::Paused(pause) = &life.dossier().stage {
        assert!(!pause.awaited.is_empty(), "a pause awaits something");
        assert!(pause.since <= now);
    }
    if kind == Kind::Wake {
        let goes_on = |event: &Event| matches!(event, Event::ClockResumed { .. } | Event::PauseVoided { .. });
        assert!(!events.iter().any(goes_on), "no timer ends a pause");
        nothing_is_left_undone(life, now);
    }
    events
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_asked_of_a_dossier_every_law_holds((procedure, filing, start, steps) in lives()) {
        let mut life = filed(procedure, filing, start);
        let (mut now, mut history) = (start, Vec::new());
        let first = life.dossier().clone();
        for (gap, lag, action) in steps {
            now += gap;
            history.extend(step(&mut life, now - lag, now, &action));
        }
        let replayed = history.iter().fold(first, evolve);
        prop_assert_eq!(Dossier { version: life.dossier().version, ..replayed }, life.dossier().clone());
        super::money::every_dong_is_counted_once(life.dossier(), &history);
    }

    #[test]
    fn a_dossier_left_alone_is_woken_a_few_times_and_then_sleeps((procedure, filing, start, steps) in lives()) {
        let mut life = filed(procedure, filing, start);
        let mut now = start;
        for (gap, lag, action) in steps {
            now += gap;
            step(&mut life, now - lag, now, &action);
        }
        for _ in 0..100 {
            let Some(next) = life.wakes_at() else { return Ok(()) };
            now = now.max(next);
            step(&mut life, now, now, &Action::Wake);
        }
        prop_assert!(life.dossier().has_gap(), "it was woken a hundred times, and no table of days off is missing");
    }

    #[test]
    fn no_instant_and_no_command_makes_a_decision_panic(
        (procedure, filing, start, steps) in lives(),
        seconds in prop::collection::vec((any::<i64>(), any::<i64>()), 40),
    ) {
        let mut life = filed(procedure, filing, start);
        let (first, last) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        let instant = |second: i64| Timestamp::from_second(first + second.rem_euclid(last - first)).unwrap();
        for ((_, _, action), (happened, now)) in steps.into_iter().zip(seconds) {
            let (happened, now) = (instant(happened), instant(now));
            if let Ok(events) = life.decide(happened, now, action) {
                life.apply(happened, &events);
            }
        }
    }

    #[test]
    fn the_clock_says_the_same_in_whatever_order_things_are_learned(
        things in prop::collection::vec((0_i64..6_000, 0_i64..3_000, 0_i64..3_000, any::<bool>()), 1..6),
    ) {
        let start = at("2020-04-15 08:00");
        let ask = |n: usize, supplement: bool| {
            let paper = format!("BC.{n}");
            if supplement { ask_supplement(&[&paper]) } else { pause_for_originals(&[&paper]) }
        };
        let (mut on_time, mut late) = (Vec::new(), Vec::new());
        for (n, (asked, took, learned_after, supplement)) in things.into_iter().enumerate() {
            // Whole minutes plus the thing's own seconds, so that no two coincide.
            let own = SignedDuration::from_secs(i64::try_from(n).unwrap() * 3 + 1);
            let asked = start + SignedDuration::from_mins(asked) + own;
            let handed_over = asked + SignedDuration::from_mins(took) + SignedDuration::from_secs(1);
            let learned = handed_over + SignedDuration::from_mins(learned_after) + SignedDuration::from_secs(1);
            let brought = receipt(&[&format!("BC.{n}")]);
            on_time.extend([(asked, asked, ask(n, supplement)), (handed_over, handed_over, brought.clone())]);
            late.extend([(asked, asked, ask(n, supplement)), (handed_over, learned, brought)]);
        }
        let told = |mut commands: Vec<(Timestamp, Timestamp, Action)>| {
            commands.sort_by_key(|(_, now, _)| *now);
            let mut life = Life::accepted(procedure());
            for (happened, now, action) in commands {
                let events = life.decide(happened, now, action).unwrap();
                life.apply(happened, &events);
            }
            life.dossier().clock.clone().unwrap()
        };
        let (on_time, late) = (told(on_time), told(late));
        prop_assert_eq!(on_time.due, late.due);
    }
}

#[test]
fn what_happens_later_than_it_is_recorded_happens_now() {
    let life = Life::lacking_originals(procedure());
    let (now, later) = (at("2020-04-20 08:00"), at("2021-04-20 08:00"));
    let papers = || receipt(&["BC.01", "BC.02"]);
    assert_eq!(life.decide(later, now, papers()), life.decide(now, now, papers()));
}
