//! Settings of a procedure, and their effect on a dossier.

use super::*;

fn wait(life: &Life) -> Deadline {
    let Stage::Paused(pause) = &life.dossier().stage else { panic!("the clock runs") };
    pause.awaited[0].wait.unwrap()
}

#[test]
fn a_wait_runs_from_the_notice_or_from_when_the_office_asked() {
    // Asked at the desk on Thursday, recorded on Monday: the notice leaves on Monday.
    let asked = |from: WaitFrom| {
        let mut procedure = with_waits();
        procedure.pauses.supplement.wait_from = from;
        let mut life = Life::accepted(procedure);
        life.recorded("2020-04-16 10:00", "2020-04-20 09:00", ask_supplement(&["DK.01"]));
        let Stage::Paused(pause) = &life.dossier().stage else { panic!("the clock runs") };
        assert_eq!(pause.since, at("2020-04-20 09:00"), "the clock stops when it is recorded, whatever the wait");
        wait(&life).until
    };
    assert_eq!(asked(WaitFrom::NoticeSent), at("2020-05-07 00:00"));
    assert_eq!(asked(WaitFrom::Asked), at("2020-05-05 00:00"));
}

#[test]
fn the_reminder_comes_as_many_working_days_before_the_end_as_the_procedure_says() {
    let next = |remind_working_days_before| {
        let mut life = Life::accepted(Procedure { remind_working_days_before, ..with_waits() });
        life.done("2020-04-16 10:00", ask_supplement(&["DK.01"]));
        wait(&life).next.unwrap()
    };
    // Ten working days end on Monday 4 May; 30 April and 1 May are off.
    assert_eq!(next(0), at("2020-05-04 07:30"));
    assert_eq!(next(2), at("2020-04-28 07:30"));
    assert_eq!(next(5), at("2020-04-23 07:30"));
    assert_eq!(next(10), at("2020-05-05 07:30"), "asked on the day it would be: none, so the next is a miss");
}

#[test]
fn who_has_no_wait_is_reminded_after_as_many_working_days_as_the_procedure_says() {
    let mut life = Life::accepted(Procedure { remind_after_working_days: 3, ..procedure() });
    life.done("2020-04-16 10:00", ask_supplement(&["DK.01"]));
    assert_eq!(life.wakes_at(), Some(at("2020-04-21 07:30")));
}

#[test]
fn a_result_that_is_handed_out_only_is_not_posted() {
    let mut life = Life::accepted(Procedure { returns_by_post: false, ..procedure() });
    life.done("2020-04-16 10:00", positive());
    let post = Action::PostResult { item_code: "CE123456789VN".into() };
    assert_eq!(life.refused("2020-04-16 11:00", post), Refusal::NotByPost);
    life.done("2020-04-16 11:00", hand_out(false));
    assert_eq!(life.phase(), Phase::Returned);
}

#[test]
fn a_procedure_stored_before_these_settings_reads_with_their_defaults() {
    let before = r#"{"code":"1.005129","version":3,"name_vi":"v","name_en":"e","legal_basis":"l",
        "limit":{"allowance":{"n":5,"unit":"working_days"}},"steps":[],
        "pauses":{"further":[{"reason":"opinion","policy":"resume","legal_basis":"l"}]}}"#;
    let read: Procedure = serde_json::from_str(before).unwrap();
    assert_eq!((read.valid_from, read.valid_until, read.online, read.returns_by_post), (None, None, true, true));
    assert_eq!((read.remind_working_days_before, read.remind_after_working_days), (2, 10));
    assert_eq!((read.fees.len(), read.pauses.fee.wait_from), (0, WaitFrom::NoticeSent));
    assert_eq!(read.pauses.further[0].terms.wait_from, WaitFrom::NoticeSent);
    let written = serde_json::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<Procedure>(&written).unwrap(), read);
}
