//! Return of a result, and its recipient.

use super::*;

#[test]
fn the_applicant_may_choose_at_filing_and_again_until_the_result_has_left() {
    let mut life = Life::under(procedure());
    let enclosed = Enclosed { returns_by_post: Some(true), ..Enclosed::default() };
    let submission = Submission {
        source: Source::Portal("dvcqg".into()),
        filing: Filing::Online,
        procedure: procedure().reference(),
        code: Some("000.00.01.H32-200414-0007".into()),
        enclosed,
    };
    let events = life.done("2020-04-14 16:00", Action::Submit(submission));
    assert_eq!(events[1..], [Event::ReturnChosen { by_post: true, consent: None, free: None }]);
    assert_eq!(life.dossier().returns_by_post, Some(true));
    assert_eq!(life.refused("2020-04-15 08:00", choose_return(true)), Refusal::SameReturn);
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    life.done("2020-04-16 08:00", positive());
    let events = life.done("2020-04-16 09:00", choose_return(false));
    assert_eq!(events, [Event::ReturnChosen { by_post: false, consent: Some(Consent::Phone), free: None }]);
    life.done("2020-04-16 10:00", choose_return(true));
    life.done("2020-04-16 11:00", Action::PostResult { item_code: "CE123456789VN".into() });
    assert!(matches!(life.refused("2020-04-16 12:00", choose_return(false)), Refusal::Phase { .. }));
}

#[test]
fn a_result_that_is_handed_out_only_cannot_be_chosen_by_post() {
    let here = Procedure { returns_by_post: false, ..procedure() };
    let mut life = Life::accepted(here.clone());
    assert_eq!(life.refused("2020-04-15 09:00", choose_return(true)), Refusal::NotByPost);
    life.done("2020-04-15 09:00", choose_return(false));
    let submission = |source| Submission {
        source,
        filing: Filing::Online,
        procedure: here.reference(),
        code: None,
        enclosed: Enclosed { returns_by_post: Some(true), ..Enclosed::default() },
    };
    let new = Life::under(here.clone());
    let at_the_desk = Action::Submit(submission(Source::Office));
    assert_eq!(new.refused("2020-04-14 16:00", at_the_desk), Refusal::NotByPost, "the clerk can say so");
    let now = at("2020-04-14 16:00");
    let events = new.decide(now, now, Action::Submit(submission(Source::Portal("dvcqg".into())))).unwrap();
    assert!(matches!(events[..], [Event::Submitted { .. }]), "a portal's dossier is taken all the same");
}

#[test]
fn who_posts_a_result_that_nobody_chose_to_have_posted_is_warned() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 08:00", positive());
    let warned = warnings(life.dossier(), Some(&procedure()));
    assert_eq!(warned, [Warning::PostNotChosen]);
    assert_eq!(warned[0].of(), Kind::PostResult);
    let here = Procedure { returns_by_post: false, ..procedure() };
    assert_eq!(warnings(life.dossier(), Some(&here)), [], "it cannot be posted at all");
    let mut unasked = life.clone();
    unasked.done("2020-04-16 09:00", Action::PostResult { item_code: "CE123456789VN".into() });
    assert_eq!(unasked.phase(), Phase::InPost, "and may do it all the same");
    life.done("2020-04-16 09:00", choose_return(true));
    assert_eq!(warnings(life.dossier(), Some(&procedure())), []);
}

#[test]
fn a_hand_out_says_to_whom_when_and_by_which_paper_and_nothing_that_is_personal() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 08:00", positive());
    let to_a_proxy = |part| Action::HandOut { part, to: Recipient::Proxy, shown: Identity::Passport };
    let (to, shown) = (Some(Recipient::Proxy), Some(Identity::Passport));
    let events = life.recorded("2020-04-17 08:00", "2020-04-17 08:05", to_a_proxy(true));
    assert_eq!(events, [Event::PartHandedOut { at: Some(at("2020-04-17 08:00")), to, shown }]);
    let events = life.recorded("2020-04-17 09:00", "2020-04-17 09:05", to_a_proxy(false));
    assert_eq!(events, [Event::HandedOut { at: at("2020-04-17 09:00"), to, shown }]);
}

#[test]
fn what_is_handed_over_at_filing_is_received_at_once() {
    let submission = |minutes_no: &str| Submission {
        source: Source::Office,
        filing: Filing::Post,
        procedure: procedure().reference(),
        code: Some("000.00.01.H32-200414-0007".into()),
        enclosed: Enclosed {
            originals: names(&["BC.01", "BC.02", "BC.01"]),
            copies: names(&["DK.01"]),
            minutes_no: minutes_no.into(),
            returns_by_post: None,
        },
    };
    let mut life = Life::under(procedure());
    let without = Action::Submit(submission(""));
    assert_eq!(life.refused("2020-04-14 16:00", without), Refusal::Text("minutes_no", 500));
    let events = life.recorded("2020-04-14 09:00", "2020-04-14 16:00", Action::Submit(submission("7/BBGN")));
    let received = Event::PapersReceived {
        papers: names(&["BC.01", "BC.02"]),
        copies: names(&["DK.01"]),
        at: at("2020-04-14 09:00"),
        minutes_no: "7/BBGN".into(),
        by_post: true,
    };
    assert_eq!(events[1..], [received]);
    assert_eq!(life.dossier().papers.len(), 2, "a copy is no original");
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    life.done("2020-04-15 09:00", enter("signing"));
    assert!(life.dossier().step.as_ref().unwrap().needs.is_empty());
}
