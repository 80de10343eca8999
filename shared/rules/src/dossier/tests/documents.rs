//! Documents that another body owes: its opinion, the minutes of an inspection.

use super::*;

fn awaiting_opinion(of: &[&str]) -> Life {
    let mut life = Life::signing(procedure());
    life.done("2020-04-16 09:00", pause_for_opinion(of));
    life
}

#[test]
fn the_opinion_of_another_agency_ends_the_pause_with_its_number_and_date() {
    let mut life = awaiting_opinion(&[]);
    assert_eq!((life.phase(), life.due()), (Phase::Paused, "none".into()));
    let events = life.recorded("2020-04-20 10:00", "2020-04-21 08:00", document(&[]));
    let received = Event::DocumentReceived {
        reason: "opinion".into(),
        papers: vec![],
        document_no: "1234/SXD-QLN".into(),
        issued_on: "2020-04-15".parse().unwrap(),
        at: at("2020-04-20 10:00"),
    };
    assert_eq!(events[0], received);
    assert!(matches!(events[1], Event::ClockResumed { at: then, .. } if then == at("2020-04-20 10:00")));
    assert_eq!((life.phase(), life.due()), (Phase::InProgress, "2020-04-24".into()));
    assert!(life.dossier().papers.is_empty(), "it is no paper of the applicant's");
}

#[test]
fn of_several_agencies_asked_the_last_opinion_ends_the_pause() {
    let mut life = awaiting_opinion(&["Sở Xây dựng", "Sở Tài nguyên và Môi trường"]);
    let events = life.done("2020-04-17 10:00", document(&["Sở Xây dựng", "Sở Công Thương"]));
    assert_eq!(events.len(), 1, "the applicant is told of papers of theirs only");
    assert!(matches!(&events[0], Event::DocumentReceived { papers, .. } if *papers == ["Sở Xây dựng"]));
    assert_eq!(life.phase(), Phase::Paused);
    assert_eq!(life.refused("2020-04-17 11:00", document(&["Sở Xây dựng"])), Refusal::NotAwaited, "it is in");
    life.done("2020-04-20 10:00", document(&["Sở Tài nguyên và Môi trường"]));
    assert_eq!((life.phase(), life.due()), (Phase::InProgress, "2020-04-24".into()));
}

#[test]
fn an_opinion_that_had_come_before_the_pause_began_makes_it_void() {
    let mut life = awaiting_opinion(&[]);
    let events = life.recorded("2020-04-16 08:00", "2020-04-17 08:00", document(&[]));
    assert!(matches!(events[1], Event::PauseVoided { .. }));
    assert_eq!(life.due(), "2020-04-22");
}

#[test]
fn an_opinion_may_be_done_without_or_handed_over_with_the_papers() {
    for action in [waive("opinion".into(), &[]), receipt(&["opinion"])] {
        let mut life = awaiting_opinion(&[]);
        life.done("2020-04-20 10:00", action);
        assert_eq!((life.phase(), life.due()), (Phase::InProgress, "2020-04-24".into()));
    }
}

#[test]
fn a_document_is_of_another_body_awaited_numbered_and_not_of_the_future() {
    let mut life = awaiting_opinion(&[]);
    life.done("2020-04-16 10:00", pause_for_originals(&["BC.01"]));
    let of = |reason: Reason, document_no: &str, day: &str| Action::RecordDocument {
        reason,
        papers: vec![],
        document_no: document_no.into(),
        issued_on: day.parse().unwrap(),
    };
    let refused = |action| life.refused("2020-04-17 08:00", action);
    for reason in [Reason::Originals, Reason::Supplement, Reason::Fee] {
        assert_eq!(refused(of(reason, "1", "2020-04-16")), Refusal::NotADocument);
    }
    assert_eq!(refused(of("inspection".into(), "1", "2020-04-16")), Refusal::NotAwaited);
    assert_eq!(refused(of("opinion".into(), " ", "2020-04-16")), Refusal::Text("document_no", 500));
    assert_eq!(refused(of("opinion".into(), "1", "2020-04-18")), Refusal::IssuedLater);
    life.done("2020-04-17 08:00", of("opinion".into(), "1", "2020-04-17"));
    assert_eq!(life.phase(), Phase::Paused, "the original is awaited still");
}
