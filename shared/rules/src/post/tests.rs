//! Words of operators, in whatever order they come.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::id::DossierId;

fn at(minutes: i64) -> Timestamp {
    "2026-11-30T01:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

fn event(minutes: i64, state: State) -> Tracked {
    Tracked {
        code: state.name().into(),
        state: Some(state),
        at: at(minutes),
        heard_at: at(100_000),
        place: None,
        attempt: None,
        why: None,
        to: None,
        source: Source::Signed,
    }
}

fn parcel(number: u32) -> Parcel {
    Parcel {
        no: ParcelNo::of(2026, number),
        direction: Direction::Result,
        operator: "vnpost".into(),
        dossiers: vec![Contained::of(DossierId::from_random(7))],
        manifest: None,
        waybill: None,
        order: Ordering::OnPaper,
        made_at: at(0),
        made_by: "clerk".into(),
        closed_at: Some(at(0)),
        events: Vec::new(),
        looked: None,
        told_address: None,
        better_address: None,
        look: false,
        version: 1,
    }
}

#[test]
fn a_complaint_goes_to_a_person_and_is_taken_back() {
    let (id, mut parcel) = (DossierId::from_random(7), parcel(1));
    parcel.events = vec![event(50, State::Delivered)];
    assert_eq!(parcel.trouble(&parcel.standing()), None);
    let complaint = Some(Complaint { what: Wrong::Missing, at: at(60) });
    assert!(parcel.complain(id, complaint) && !parcel.complain(id, complaint));
    assert!(!parcel.complain(DossierId::from_random(8), complaint));
    assert_eq!(parcel.trouble(&parcel.standing()), Some(Trouble::Complained));
    assert!(parcel.complain(id, None));
    assert_eq!(parcel.trouble(&parcel.standing()), None);
}

#[test]
fn an_end_stays_whatever_earlier_event_comes_behind_it() {
    let events = [event(50, State::Delivered), event(40, State::AttemptFailed), event(10, State::Collected)];
    let standing = fold(&events);
    assert_eq!((standing.state, standing.contradicted), (State::Delivered, None));
    assert_eq!((standing.since, standing.collected_at), (Some(at(50)), Some(at(10))));
    assert_eq!(standing.failed.len(), 1);
}

#[test]
fn a_later_event_contradicts_an_end_until_a_clerk_decides() {
    let mut events = vec![event(50, State::Delivered), event(60, State::AttemptFailed)];
    let standing = fold(&events);
    assert_eq!((standing.state, standing.contradicted), (State::Delivered, Some(State::AttemptFailed)));
    events.push(Tracked { source: Source::Clerk, ..event(70, State::Returned) });
    let standing = fold(&events);
    assert_eq!((standing.state, standing.contradicted), (State::Returned, None));
}

#[test]
fn two_ends_at_one_instant_go_to_a_person() {
    let standing = fold(&[event(50, State::Returned), event(50, State::Delivered)]);
    assert!(standing.contradicted.is_some());
    let standing = fold(&[event(50, State::Delivered), event(50, State::OutForDelivery)]);
    assert_eq!((standing.state, standing.contradicted), (State::Delivered, None));
}

#[test]
fn an_end_that_nobody_signed_counts_once_the_operator_confirms_it() {
    let unsigned = Tracked { source: Source::Unsigned, ..event(50, State::Delivered) };
    let before = [event(10, State::Collected), unsigned.clone()];
    let standing = fold(&before);
    assert_eq!((standing.state, standing.unconfirmed), (State::Collected, Some(State::Delivered)));
    let confirmed = Tracked { source: Source::LookUp, code: "4".into(), ..event(51, State::Delivered) };
    let standing = fold(&[before[0].clone(), unsigned, confirmed]);
    assert_eq!((standing.state, standing.unconfirmed), (State::Delivered, None));
}

#[test]
fn a_time_that_had_not_come_counts_as_that_of_the_arrival() {
    let wrong = Tracked { heard_at: at(20), ..event(60 * 24 * 30, State::OutForDelivery) };
    let standing = fold(&[wrong, event(30, State::Delivered)]);
    assert_eq!((standing.state, standing.contradicted, standing.of_the_future), (State::Delivered, None, 1));
}

#[test]
fn a_code_that_nobody_knows_is_kept_and_moves_nothing() {
    let unknown = Tracked { state: None, code: "Z9".into(), ..event(20, State::InTransit) };
    let standing = fold(&[event(10, State::Collected), unknown]);
    assert_eq!((standing.state, standing.unknown), (State::Collected, 1));
}

#[test]
fn attempts_count_by_the_operator_or_by_us() {
    let told = |minutes, attempt| Tracked { attempt, ..event(minutes, State::AttemptFailed) };
    let counted = |events: &[Tracked]| fold(events).failed.iter().map(|failed| failed.attempt).collect::<Vec<_>>();
    assert_eq!(counted(&[told(10, None), told(20, None)]), [1, 2]);
    assert_eq!(counted(&[told(10, Some(1)), told(12, Some(1)), told(20, Some(2))]), [1, 2]);
}

#[test]
fn a_dossier_is_told_each_step_once_and_in_order() {
    let mut parcel = parcel(1);
    for told in [event(10, State::Collected), event(40, State::AttemptFailed), event(90, State::Delivered)] {
        parcel.hear(&told);
    }
    let mut steps = Vec::new();
    while let Some(step) = parcel.next_step(&parcel.dossiers[0], &parcel.standing()) {
        steps.push(step);
        let id = parcel.dossiers[0].id;
        parcel.told(id, step);
    }
    assert_eq!(steps, [Step::Put, Step::Posted, Step::Failed(0), Step::Delivered]);
    assert_eq!(parcel.due(&parcel.standing(), at(200)), None);
}

#[test]
fn a_parcel_whose_last_dossier_leaves_is_cancelled_where_the_operator_may_know_of_it() {
    for (order, cancelled) in [
        (Ordering::OnPaper, Ordering::Cancelled),
        (Ordering::Wanted, Ordering::CancelWanted),
        (Ordering::Sent(at(1)), Ordering::CancelWanted),
        (Ordering::Refused("102".into()), Ordering::Cancelled),
    ] {
        let mut parcel = Parcel { order, ..parcel(1) };
        parcel.leave(DossierId::from_random(7), Place::Left, "handed out");
        assert_eq!(parcel.order, cancelled);
    }
}

#[test]
fn a_look_up_that_confirms_nothing_ends_with_a_person() {
    let mut parcel = parcel(1);
    parcel.hear(&Tracked { source: Source::Unsigned, ..event(50, State::Delivered) });
    let mut now = at(60);
    let mut times = 0;
    while let Some(at) = parcel.look_up_at(&parcel.standing(), now) {
        now = at;
        times += 1;
        parcel.looked = Some((times, now));
    }
    assert_eq!((times, parcel.trouble(&parcel.standing())), (5, Some(Trouble::Unconfirmed)));
}

#[test]
fn numbers_are_read_back_as_they_are_written() {
    for (number, text) in [(123, "B26-000123"), (1_234_567, "B26-1234567")] {
        assert_eq!(ParcelNo::of(2026, number).to_string(), text);
        assert_eq!(ParcelNo::parse(&format!(" {} ", text.to_lowercase())), Ok(ParcelNo::of(2026, number)));
    }
    for other in ["", "B26", "B26-0", "B26-000000", "B26-0000001", "26-000001", "B2६-000001", "K26-000001"] {
        assert_eq!(ParcelNo::parse(other), Err(NotANumber), "{other}");
    }
    assert_eq!(ManifestNo::parse("K26-000012").unwrap().to_string(), "K26-000012");
}

/// Ten events of one parcel: any state, known or not, of any source and time, some of one instant.
fn events() -> impl Strategy<Value = Vec<Tracked>> {
    let one = (0_i64..40, 0_usize..12, 0_u8..3, 0_usize..5, 0_i64..60);
    let one = one.prop_map(|(minutes, state, attempt, source, heard)| {
        let state = State::ALL.get(state).copied();
        let sources = [Source::Unsigned, Source::Feed, Source::LookUp, Source::Signed, Source::Clerk];
        Tracked {
            code: state.map_or("Z9", State::name).into(),
            state,
            attempt: (attempt > 0).then_some(attempt),
            why: (state == Some(State::AttemptFailed)).then_some(Why::Absent),
            source: sources[source],
            heard_at: at(heard),
            ..event(minutes, State::Ordered)
        }
    });
    proptest::collection::vec(one, 10)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A thousand events of a hundred parcels, of which some come twice, some are lost and come later, in any order.
    #[test]
    fn any_order_repetition_and_loss_ends_where_the_fold_over_all_ends(
        all in proptest::collection::vec(events(), 100),
        lost in proptest::collection::vec(any::<bool>(), 1000),
        twice in proptest::collection::vec(any::<bool>(), 1000),
        seed in any::<u64>(),
    ) {
        let sent: Vec<(usize, &Tracked)> = all.iter().enumerate().flat_map(|(of, events)| events.iter().map(move |it| (of, it))).collect();
        let shuffled = |round: u64| {
            let mut order: Vec<usize> = (0..sent.len()).collect();
            order.sort_by_key(|place| (*place as u64 + 1).wrapping_mul(seed | 1).wrapping_add(round).rotate_left(29).wrapping_mul(0x9E37_79B9_7F4A_7C15));
            order
        };
        let mut parcels: Vec<Parcel> = (1..=100).map(parcel).collect();
        for place in shuffled(1).into_iter().filter(|place| !lost[*place]) {
            let (of, told) = sent[place];
            parcels[of].hear(told);
        }
        for place in shuffled(2).into_iter().filter(|place| lost[*place] || twice[*place]) {
            let (of, told) = sent[place];
            parcels[of].hear(told);
        }
        for (parcel, events) in parcels.iter().zip(&all) {
            prop_assert_eq!(parcel.standing(), fold(events));
        }
    }
}
