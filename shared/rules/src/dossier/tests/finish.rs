//! The result, every other end, and coming back.

use super::*;

fn result_ready(procedure: Procedure) -> Life {
    let mut life = Life::accepted(procedure);
    life.done("2020-04-20 08:00", positive());
    life
}

/// Returns one dossier in every open phase.
fn open() -> Vec<Life> {
    let mut incomplete = Life::filed(with_waits());
    incomplete.done("2020-04-14 16:30", ask_supplement(&["DK.01"]));
    vec![
        Life::filed(procedure()),
        incomplete,
        Life::accepted(procedure()),
        Life::signing(procedure()),
        Life::lacking_originals(with_waits()),
    ]
}

/// Checks that they are equal apart from the number of commits.
fn same(one: &Life, other: &Life) {
    let version = one.dossier().version;
    assert_eq!(*one.dossier(), Dossier { version, ..other.dossier().clone() });
}

#[test]
fn a_result_ends_the_clock_and_is_returned_over_the_counter() {
    let mut life = result_ready(procedure());
    assert_eq!((life.phase(), life.dossier().stage.portal_status(), life.wakes_at()), (Phase::Done, 9, None));
    assert_eq!(life.dossier().clock.as_ref().unwrap().ended_at, Some(at("2020-04-20 08:00")));
    assert_eq!(
        life.done("2020-04-21 08:00", hand_out(true)),
        [Event::PartHandedOut {
            at: Some(at("2020-04-21 08:00")),
            to: Some(Recipient::Applicant),
            shown: Some(Identity::CitizenCard),
        }]
    );
    assert_eq!(life.phase(), Phase::Done, "until the last paper");
    life.done("2020-04-22 08:00", hand_out(false));
    assert_eq!((life.phase(), life.dossier().stage.portal_status()), (Phase::Returned, 10));
}

#[test]
fn a_negative_result_needs_its_reason_and_is_handed_out_like_any_other() {
    let mut life = Life::accepted(procedure());
    for reason in [None, Some("  ".into())] {
        let action = Action::RecordResult { kind: ResultKind::Negative, reason };
        assert_eq!(life.refused("2020-04-20 08:00", action), Refusal::NoReason);
    }
    let long = Action::RecordResult { kind: ResultKind::Positive, reason: Some("x".repeat(501)) };
    assert_eq!(life.refused("2020-04-20 08:00", long), Refusal::Text("reason", 500));
    life.done("2020-04-20 08:00", negative());
    assert_eq!((life.phase(), life.dossier().stage.portal_status()), (Phase::Done, 9));
    life.done("2020-04-20 09:00", hand_out(false));
    assert_eq!(life.dossier().stage, Stage::Returned { result: ResultKind::Negative });
}

#[test]
fn a_result_by_post_is_delivered_or_comes_back_and_is_posted_again() {
    let mut life = result_ready(procedure());
    let post = || Action::PostResult { item_code: "CE123456789VN".into() };
    assert_eq!(
        life.refused("2020-04-20 09:00", Action::PostResult { item_code: String::new() }),
        Refusal::Text("item_code", 500)
    );
    life.done("2020-04-20 09:00", post());
    assert_eq!((life.phase(), life.dossier().stage.portal_status()), (Phase::InPost, 9));
    life.done("2020-04-24 09:00", Action::RecordUndelivered);
    assert_eq!(life.phase(), Phase::Done);
    life.done("2020-04-24 10:00", post());
    life.done("2020-04-27 16:30", Action::RecordDelivery);
    assert_eq!(life.dossier().stage, Stage::Returned { result: ResultKind::Positive });
}

#[test]
fn a_wrong_or_lost_result_is_issued_anew() {
    for wayward in [None, Some(Action::PostResult { item_code: "CE1".into() }), Some(hand_out(false))] {
        let mut life = result_ready(procedure());
        if let Some(action) = wayward {
            life.done("2020-04-20 09:00", action);
        }
        life.done("2020-05-20 09:00", Action::ReissueResult { reason: "sai tên".into() });
        assert_eq!(life.dossier().stage, Stage::Done { result: ResultKind::Positive });
        life.done("2020-05-21 09:00", hand_out(false));
        assert_eq!(life.phase(), Phase::Returned);
    }
}

#[test]
fn an_applicant_may_withdraw_an_open_dossier_with_or_without_a_reason() {
    for mut life in open() {
        let due_before = life.due();
        let pauses = life.dossier().clock.as_ref().map(|clock| clock.pauses.clone());
        life.done("2020-04-20 08:00", Action::Withdraw { reason: String::new() });
        assert_eq!((life.phase(), life.dossier().stage.portal_status(), life.wakes_at()), (Phase::Withdrawn, 7, None));
        let clock = life.dossier().clock.as_ref();
        assert_eq!(clock.map(|clock| clock.pauses.clone()), pauses, "a running pause ends without resuming");
        assert!(clock.is_none_or(|clock| clock.ended_at == Some(at("2020-04-20 08:00"))));
        assert_eq!(life.due(), due_before, "a clock that stood does not become late by ending");
        let again = life.done("2020-04-20 09:00", withdraw());
        assert!(matches!(&again[..], [Event::ArrivalKept { .. }]));
    }
    let life = Life::accepted(procedure());
    let long = Action::Withdraw { reason: "x".repeat(501) };
    assert_eq!(life.refused("2020-04-20 08:00", long), Refusal::Text("reason", 500));
}

#[test]
fn once_the_result_is_there_it_is_too_late_to_withdraw() {
    let mut life = result_ready(procedure());
    let refused = |life: &Life, phase| {
        assert_eq!(life.refused("2020-04-20 10:00", withdraw()), Refusal::Phase { kind: Kind::Withdraw, phase });
    };
    refused(&life, Phase::Done);
    life.done("2020-04-20 09:00", hand_out(false));
    refused(&life, Phase::Returned);
}

#[test]
fn closing_names_its_reason_and_its_article() {
    for mut life in open() {
        for (reason, article, field) in [("", "Điều 5", "reason"), ("quá hạn", " ", "article")] {
            let action = Action::Close { reason: reason.into(), article: article.into() };
            assert_eq!(life.refused("2020-04-20 08:00", action), Refusal::Text(field, 500));
        }
        let (due, stops) = (life.due(), life.dossier().stops());
        life.done("2020-04-20 08:00", close());
        assert_eq!((life.phase(), life.dossier().stage.portal_status(), life.wakes_at()), (Phase::Closed, 8, None));
        assert_eq!((life.due(), life.dossier().stops()), (due, stops), "a clock that stood is still told as standing");
    }
}

#[test]
fn a_dossier_closed_in_error_comes_back_as_if_it_had_never_been_closed() {
    for mut life in open() {
        let before = life.clone();
        life.done("2020-04-20 08:00", close());
        let events = life.done("2020-04-21 08:00", reopen());
        let limit = (before.phase() == Phase::Submitted).then(|| at("2020-04-22 08:00"));
        let since = limit.map(|_| at("2020-04-21 08:00"));
        assert_eq!(events, [Event::Reopened { reason: "đóng nhầm".into(), accept_until: limit, accept_from: since }]);
        let mut expected = before.clone();
        let reopened = expected.dossier.as_mut().unwrap();
        (reopened.accept_until, reopened.accept_from) = (limit, since);
        same(&life, &expected);
    }
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 08:00", close());
    life.done("2020-04-30 08:00", reopen());
    assert_eq!(life.due(), "2020-04-22", "late, since the clock never stopped");
    assert_eq!(
        life.refused("2020-04-30 09:00", reopen()),
        Refusal::Phase { kind: Kind::Reopen, phase: Phase::Accepted }
    );
}

#[test]
fn a_dossier_refused_at_intake_in_error_comes_back_to_where_it_was() {
    let refuse = || Action::RefuseIntake { reason: "nhầm".into() };
    let mut life = Life::filed(procedure());
    life.done("2020-04-15 08:00", refuse());
    assert_eq!(life.refused("2020-04-20 08:00", Action::Reopen { reason: " ".into() }), Refusal::Text("reason", 500));
    life.done("2020-04-20 08:00", reopen());
    assert_eq!((life.phase(), life.wakes_at()), (Phase::Submitted, Some(at("2020-04-21 08:00"))));

    let mut life = Life::filed(with_waits());
    life.done("2020-04-15 08:00", ask_supplement(&["DK.01"]));
    let before = life.clone();
    life.done("2020-04-16 08:00", refuse());
    life.done("2020-04-20 08:00", reopen());
    same(&life, &before);
}

#[test]
fn what_arrives_after_the_end_changes_nothing_and_is_kept_for_a_person() {
    let end = |action: Action| {
        let mut life = Life::filed(procedure());
        life.done("2020-04-15 08:00", action);
        life
    };
    let mut returned = result_ready(procedure());
    returned.done("2020-04-20 09:00", hand_out(false));
    for mut life in [end(withdraw()), end(close()), end(Action::RefuseIntake { reason: "x".into() }), returned] {
        let before = life.clone();
        for (action, what) in [
            (receipt(&["BC.01"]), "papers"),
            (supplement(&["BC.01"]), "supplement"),
            (Action::AnnounceOriginals { papers: names(&["BC.01"]), by_post: None }, "originals_announced"),
        ] {
            let kept = Event::ArrivalKept { what: what.into(), papers: names(&["BC.01"]) };
            assert_eq!(life.done("2020-05-20 08:00", action), [kept]);
        }
        same(&life, &before);
    }
}
