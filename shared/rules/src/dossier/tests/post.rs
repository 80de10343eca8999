//! A result on its way home: asked for, addressed, packed, posted, brought back, sent again.

use super::*;
use crate::post::Why;

fn confirm() -> Action {
    Action::ConfirmAddress { differs: true, consent: None }
}

fn put(parcel: &str) -> Action {
    Action::PutInParcel { parcel: parcel.into() }
}

fn post() -> Action {
    Action::PostResult { item_code: "CE123456785VN".into() }
}

fn failed(attempt: u8) -> Action {
    Action::RecordFailedAttempt { attempt, why: Why::Moved }
}

/// A dossier whose result is ready and is to come by post.
fn ready() -> Life {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 08:00", choose_return(true));
    life.done("2020-04-16 08:30", confirm());
    life.done("2020-04-16 09:00", positive());
    life
}

#[test]
fn nobody_is_asked_twice_for_the_address_and_nobody_who_has_said_everything() {
    let mut life = Life::accepted(procedure());
    let events = life.done("2020-04-16 08:00", Action::AskAddress);
    assert_eq!(events, [Event::AddressAsked { at: at("2020-04-16 08:00"), free: None }]);
    assert_eq!(life.refused("2020-04-17 08:00", Action::AskAddress), Refusal::AddressAsked);
    let said = ready();
    assert_eq!(said.refused("2020-04-16 11:00", Action::AskAddress), Refusal::AddressAsked);
    let only_by_hand = Life::accepted(Procedure { returns_by_post: false, ..procedure() });
    assert_eq!(only_by_hand.refused("2020-04-16 08:00", Action::AskAddress), Refusal::NotByPost);
}

#[test]
fn a_desk_that_was_chosen_before_the_question_may_be_chosen_once_more() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 08:00", choose_return(false));
    assert_eq!(life.refused("2020-04-16 08:05", choose_return(false)), Refusal::SameReturn);
    life.done("2020-04-16 09:00", Action::AskAddress);
    assert!(life.dossier().desk_in_question);
    life.done("2020-04-16 10:00", choose_return(false));
    assert!(!life.dossier().desk_in_question);
    assert_eq!(life.refused("2020-04-16 10:05", choose_return(false)), Refusal::SameReturn);
}

#[test]
fn a_result_is_in_one_parcel_at_most_and_what_is_written_on_it_stays() {
    let mut life = ready();
    life.done("2020-04-16 11:00", put("B20-000001"));
    assert_eq!(life.dossier().parcel.as_deref(), Some("B20-000001"));
    for action in [put("B20-000002"), choose_return(false), confirm()] {
        assert_eq!(life.refused("2020-04-16 12:00", action), Refusal::InAParcel);
    }
    let events = life.done("2020-04-16 13:00", Action::TakeOffParcel { because: "sai địa chỉ".into() });
    assert_eq!(events, [Event::ParcelTakenOff { parcel: "B20-000001".into(), because: "sai địa chỉ".into() }]);
    assert_eq!(life.dossier().parcel, None);
    let nothing = Action::TakeOffParcel { because: "sai".into() };
    assert_eq!(life.refused("2020-04-16 14:00", nothing), Refusal::NoParcel);
    life.done("2020-04-16 15:00", confirm());
}

#[test]
fn only_who_chose_the_post_confirmed_the_address_and_owes_nothing_gets_a_parcel() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 09:00", positive());
    assert_eq!(life.refused("2020-04-16 10:00", put("B20-000001")), Refusal::PostNotChosen);
    life.done("2020-04-16 11:00", choose_return(true));
    life.done("2020-04-16 12:00", ask_fee(200_000));
    assert_eq!(life.refused("2020-04-16 13:00", put("B20-000001")), Refusal::FeeOwed);
    life.done("2020-04-16 14:00", paid(1, 200_000));
    assert_eq!(life.refused("2020-04-16 15:00", put("B20-000001")), Refusal::AddressNotConfirmed);
    life.done("2020-04-16 16:00", confirm());
    life.done("2020-04-16 17:00", put("B20-000001"));
}

#[test]
fn a_result_fetched_at_the_desk_leaves_its_parcel() {
    let mut life = ready();
    life.done("2020-04-16 11:00", put("B20-000001"));
    life.done("2020-04-16 12:00", hand_out(false));
    assert_eq!((life.phase(), life.dossier().parcel.as_deref()), (Phase::Returned, None));
}

#[test]
fn the_first_failed_attempt_is_known_as_the_first_and_the_address_is_bettered_on_the_way() {
    let mut life = ready();
    life.done("2020-04-16 11:00", put("B20-000001"));
    life.done("2020-04-16 12:00", post());
    // The second attempt may be reported before the first.
    for (attempt, first) in [(2, true), (1, false)] {
        let events = life.done("2020-04-20 09:00", failed(attempt));
        let at = at("2020-04-20 09:00");
        assert_eq!(events, [Event::DeliveryFailed { attempt, why: Why::Moved, at, first }]);
    }
    life.done("2020-04-20 10:00", confirm());
    life.done("2020-04-24 09:00", Action::RecordUndelivered);
    assert_eq!((life.phase(), life.dossier().parcel.as_deref()), (Phase::Done, None));
    life.done("2020-04-24 10:00", put("B20-000002"));
    life.done("2020-04-24 11:00", post());
    assert_eq!(life.dossier().failed_attempts, 0);
    life.done("2020-04-27 09:00", Action::RecordDelivery);
    assert_eq!((life.phase(), life.dossier().parcel.as_deref()), (Phase::Returned, None));
}

fn ask_postage() -> Action {
    Action::AskPostage { amount_vnd: dong(26_000) }
}

#[test]
fn postage_is_a_fee_before_posting_that_stops_no_clock() {
    let mut life = ready();
    let asked = life.done("2020-04-16 10:00", ask_postage());
    let code = "cuoc-buu-chinh".to_owned();
    assert_eq!(asked, [Event::FeeOwed { attempt: 1, code, amount_vnd: dong(26_000) }]);
    assert_eq!(life.refused("2020-04-16 11:00", ask_postage()), Refusal::FeeAlreadyAsked);
    assert_eq!(life.refused("2020-04-16 11:00", put("B20-000001")), Refusal::FeeOwed);
    life.done("2020-04-16 12:00", cash(1, 26_000, "0001234"));
    let put = life.done("2020-04-16 13:00", put("B20-000001"));
    assert_eq!(put, [Event::ParcelMade { parcel: "B20-000001".into() }]);
}

#[test]
fn who_fetches_the_result_pays_no_postage_and_who_owes_more_still_does() {
    let mut life = ready();
    life.done("2020-04-16 10:00", ask_postage());
    life.done("2020-04-16 11:00", choose_return(false));
    assert!(!life.dossier().owes() && life.dossier().postage().is_none());
    let mut fetched = ready();
    fetched.done("2020-04-16 10:00", ask_postage());
    fetched.done("2020-04-16 11:00", hand_out(false));
    assert!(!fetched.dossier().owes());
    let mut owing = ready();
    owing.done("2020-04-16 10:00", ask_postage());
    owing.done("2020-04-16 10:30", ask_fee(200_000));
    assert_eq!(owing.refused("2020-04-16 11:00", hand_out(false)), Refusal::FeeOwed);
}
