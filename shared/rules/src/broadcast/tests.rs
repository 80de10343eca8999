use std::collections::BTreeSet;

use jiff::Timestamp;

use super::*;
use crate::language::Language;
use crate::message::{Outlet, parts};
use crate::worklist::List;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_587_000_000 + minute * 60).unwrap()
}

fn drafted(by: &str) -> Broadcast {
    let texts = Texts { sms_vi: "Bộ phận một cửa đóng cửa từ ngày 01/04".into(), ..Texts::default() };
    Broadcast::new((Audience::default(), texts, None), by, at(0))
}

fn ready(people: u64) -> Broadcast {
    let settings = Settings::default();
    let gathering = drafted("lan").acted(Act::Gather, ("lan", at(1)), (0, None), &settings).unwrap().unwrap();
    let mut ready = gathering.found(at(2)).unwrap();
    (0..people).for_each(|_| ready.figures.add(Outlet::Sms, Language::Vi));
    ready
}

fn act(it: &Broadcast, act: Act, by: &str) -> Result<Option<Broadcast>, Refusal> {
    it.acted(act, (by, at(9)), (it.round, Some("vì sai ngày")), &Settings::default())
}

#[test]
fn what_may_follow_is_the_table_and_everything_else_is_refused_or_a_repeat() {
    let mut followed = BTreeSet::new();
    for stage in Stage::ALL {
        for act in Act::ALL {
            match act.after(stage) {
                Some(_) => {
                    assert!(!act.is_done_at(stage), "{act:?} at {stage:?}");
                    followed.insert(act);
                }
                None => {
                    let it = Broadcast { stage, ..ready(1) };
                    let acted = it.acted(act, ("hoa", at(9)), (it.round, Some("x")), &Settings::default());
                    let expected =
                        if act.is_done_at(stage) { Ok(None) } else { Err(Refusal::NotNow { act, at: stage }) };
                    assert_eq!(acted, expected, "{act:?} at {stage:?}");
                }
            }
        }
    }
    assert_eq!(followed.len(), Act::ALL.len());
}

#[test]
fn nothing_leaves_but_what_a_person_released_and_what_is_over_stays_over() {
    let sending = Act::ALL.into_iter().flat_map(|act| Stage::ALL.map(|stage| (act, stage, act.after(stage))));
    for (act, from, to) in sending {
        if to == Some(Stage::Sending) {
            assert!(matches!((act, from), (Act::Release, Stage::Ready) | (Act::Continue, Stage::Stopped)));
        }
        assert!(to.is_none() || !matches!(from, Stage::Done | Stage::Cancelled), "{act:?} {from:?}");
    }
}

#[test]
fn above_fifty_people_neither_its_author_nor_its_last_editor_releases_it() {
    let settings = Settings::default();
    assert!(act(&ready(50), Act::Release, "lan").unwrap().is_some());
    assert_eq!(act(&ready(51), Act::Release, "lan"), Err(Refusal::Own { people: 51, above: 50 }));
    let returned = act(&ready(51), Act::Return, "hoa").unwrap().unwrap();
    let content = (returned.audience.clone(), returned.texts.clone(), None);
    let edited = returned.written(content, "hoa", at(10)).unwrap();
    assert_eq!(edited.writers(), ["lan", "hoa"]);
    let mut again = edited.acted(Act::Gather, ("hoa", at(11)), (0, None), &settings).unwrap().unwrap();
    (0..51).for_each(|_| again.figures.add(Outlet::Sms, Language::Vi));
    let again = again.found(at(12)).unwrap();
    for own in ["lan", "hoa"] {
        assert_eq!(act(&again, Act::Release, own), Err(Refusal::Own { people: 51, above: 50 }), "{own}");
    }
    let released = act(&again, Act::Release, "minh").unwrap().unwrap();
    assert_eq!(released.stage, Stage::Sending);
    assert_eq!(released.last(Act::Release).and_then(|it| it.by.as_deref()), Some("minh"));
    assert_eq!(act(&released, Act::Release, "minh"), Ok(None), "a second click");
    assert_eq!(act(&released, Act::Release, "lan"), Ok(None), "a second person's click");
}

#[test]
fn where_there_is_one_manager_they_release_their_own() {
    let alone = Settings { second_person_above: None, ..Settings::default() };
    let it = ready(100_000);
    assert!(it.acted(Act::Release, ("lan", at(9)), (it.round, None), &alone).unwrap().is_some());
}

#[test]
fn one_that_reaches_nobody_is_never_released() {
    let mut it = ready(0);
    assert_eq!(act(&it, Act::Release, "hoa"), Err(Refusal::Nobody));
    it.figures.add_unreachable("no_number");
    it.figures.add_together();
    assert_eq!(act(&it, Act::Release, "hoa"), Err(Refusal::Nobody));
}

#[test]
fn it_is_released_only_as_it_was_looked_at_and_returned_only_for_a_reason() {
    let (it, settings) = (ready(2), Settings::default());
    let stale = it.acted(Act::Release, ("hoa", at(9)), (it.round - 1, None), &settings);
    assert_eq!(stale, Err(Refusal::Changed));
    let silent = it.acted(Act::Return, ("hoa", at(9)), (it.round, Some("  ")), &settings);
    assert_eq!(silent, Err(Refusal::NoReason));
    let returned = act(&it, Act::Return, "hoa").unwrap().unwrap();
    assert_eq!(returned.last(Act::Return).and_then(|it| it.reason.as_deref()), Some("vì sai ngày"));
}

#[test]
fn an_audience_walks_each_part_of_the_open_dossiers_and_those_whose_pause_ended_meanwhile_once_more() {
    let lists = [List::New, List::Running, List::Paused, List::Ready, List::Running];
    assert_eq!(Audience::default().lists(), lists);
    let paused = Audience { parts: vec![Part::Paused], ..Audience::default() };
    assert_eq!(paused.lists(), [List::Paused]);
    let chosen = Audience { post: Post::Chosen, ..Audience::default() };
    assert_eq!([Some(true), Some(false), None].map(|it| chosen.takes_return(it)), [true, false, false]);
    let other = Audience { post: Post::NotChosen, ..Audience::default() };
    assert_eq!([Some(true), Some(false), None].map(|it| other.takes_return(it)), [false, true, true]);
}

#[test]
fn a_text_leaves_without_marks_with_the_office_before_it_and_more_behind_it() {
    let texts = drafted("lan").texts;
    let mut around = Around { prefix: Some("KKT Vân Phong"), telephone: Some("0258 000 0000"), link: None };
    let text = texts.sms(Language::En, &around);
    assert_eq!(
        text,
        "KKT Van Phong: Bo phan mot cua dong cua tu ngay 01/04. Hoi 0258 000 0000.".replace("Hoi", "Call")
    );
    around.link = Some("https://x.vn/notices/3");
    assert_eq!(
        texts.sms(Language::Vi, &around),
        "KKT Van Phong: Bo phan mot cua dong cua tu ngay 01/04. https://x.vn/notices/3"
    );
}

#[test]
fn the_parts_of_all_messages_are_counted_by_outlet_and_language() {
    let texts = Texts { sms_vi: "ngắn".into(), sms_en: Some("a".repeat(161)), ..Texts::default() };
    let mut figures = Figures::default();
    (0..3).for_each(|_| figures.add(Outlet::Sms, Language::Vi));
    (0..2).for_each(|_| figures.add(Outlet::Https, Language::En));
    figures.add(Outlet::Email, Language::Vi);
    assert_eq!(figures.parts(&texts, &Around::default()), 3 + 2 * 2);
    assert_eq!((figures.people, figures.messages(), figures.by(Outlet::Sms)), (6, 6, 3));
}

fn read(fields: &[(&str, &str)], letters: bool) -> Result<Draft, Vec<Mistake>> {
    let typed = |name: &str| fields.iter().find(|(it, _)| *it == name).map(|(_, value)| *value);
    let around = Around { prefix: Some("KKT Van Phong"), telephone: Some("0258 000 0000"), link: None };
    Draft::read(typed, &around, |number| Some(format!("https://x.vn/notices/{number}")), letters)
}

#[test]
fn a_form_is_read_whole_or_every_mistake_in_it_is_told() {
    let draft = read(
        &[
            ("procedures", "1.005129, 1.005130;1.005129"),
            ("part_paused", "on"),
            ("filing_post", "on"),
            ("post", "chosen"),
            ("sms_vi", " Đóng cửa "),
            ("subject_vi", "Đóng cửa"),
            ("text_vi", "Trụ sở\r\n\r\nđóng cửa"),
            ("notice", "3"),
        ],
        true,
    )
    .unwrap();
    assert_eq!(draft.audience.procedures, ["1.005129", "1.005130"]);
    assert_eq!((draft.audience.parts.as_slice(), draft.audience.post), ([Part::Paused].as_slice(), Post::Chosen));
    assert_eq!(draft.texts.letter_vi.unwrap().text, "Trụ sở\n\nđóng cửa");
    assert_eq!(draft.notice, Some(3));
    let wrong = read(&[("post", "x"), ("notice", "0"), ("sms_en", "a\u{7}"), ("subject_en", "A")], true).unwrap_err();
    let expected = [
        ("post", Fault::NotAChoice),
        ("notice", Fault::NotAChoice),
        ("sms_vi", Fault::Missing),
        ("sms_en", Fault::NotText),
        ("subject_vi", Fault::Missing),
        ("text_vi", Fault::Missing),
        ("text_en", Fault::Half),
    ];
    assert_eq!(wrong, expected.map(|(field, fault)| Mistake { field, fault }));
}

#[test]
fn a_text_of_two_parts_is_taken_and_one_of_three_is_not() {
    let of = |len: usize| read(&[("sms_vi", &"a ".repeat(len / 2)), ("sms_en", "short")], false);
    assert!(of(250).is_ok());
    let wrong = of(320).unwrap_err();
    assert_eq!(wrong, [Mistake { field: "sms_vi", fault: Fault::Parts(3) }]);
    assert_eq!(parts(&"a".repeat(161)), Some(2));
}

#[test]
fn a_minute_has_so_many_messages_and_the_next_one_as_many_again() {
    let mut it = ready(1);
    assert_eq!(it.left_in_minute(300, at(5)), 300);
    it.begin(250, at(5));
    assert_eq!((it.left_in_minute(300, at(5)), it.left_in_minute(300, at(6))), (50, 300));
    it.begin(10, at(6));
    assert_eq!(it.left_in_minute(300, at(6)), 290);
}

#[test]
fn a_history_that_is_full_takes_no_change_but_always_an_end() {
    let mut it = ready(1);
    let entry = it.acted[0].clone();
    it.acted.resize(MOST_ACTED, entry);
    assert_eq!(act(&it, Act::Return, "hoa"), Err(Refusal::TooMuch));
    assert!(act(&it, Act::Release, "hoa").unwrap().is_some());
    assert!(act(&it, Act::Cancel, "hoa").unwrap().is_some());
}

#[test]
fn a_broadcast_of_an_earlier_shape_is_read() {
    let written = r#"{"number":1,"version":1,"stage":"drafted","audience":{},"texts":{"sms_vi":"a"},"acted":[]}"#;
    let it: Broadcast = serde_json::from_str(written).unwrap();
    assert_eq!((it.round, it.waiting()), (0, 0));
}
