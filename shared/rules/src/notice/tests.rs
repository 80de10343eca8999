//! Notices: what they grant on which day, what is wrong with one, and their copies.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::*;
use crate::clock::Calendar;

fn on(day: i8) -> Date {
    date(2020, 4, day)
}

fn effect(measure: Measure, from: Date, until: Option<Date>) -> Effect {
    Effect { measure, from, until }
}

/// The notice of the source: free postage until the isolation ends, guidance until the epidemic is over.
fn source() -> Notice {
    let text = "Từ ngày 01/04/2020, xin nộp hồ sơ trực tuyến. Khi cần bản chính, xin gửi qua bưu điện. Cảm ơn.";
    let at = "2020-04-01T08:00:00+07:00".parse().unwrap();
    Notice {
        number: 1,
        version: 1,
        issuer: "UBND tỉnh Khánh Hòa".into(),
        legal_basis: "Công văn 2964/UBND-KSTT ngày 01/04/2020".into(),
        vi: Told { title: "Biện pháp cấp bách tại Bộ phận Một cửa".into(), text: text.into() },
        en: Some(Told { title: "Urgent measures at the one-stop desk".into(), text: "Please file online.".into() }),
        further: Vec::new(),
        procedures: Vec::new(),
        effects: vec![
            effect(Measure::FreePostage { of: Mail::Results }, on(1), Some(on(15))),
            effect(Measure::OriginalsByPost, on(1), Some(on(15))),
            effect(Measure::Guidance, on(1), None),
            effect(Measure::Advice { vi: "Đeo khẩu trang, rửa tay".into(), en: "Wear a mask".into() }, on(1), None),
        ],
        enclosures: Vec::new(),
        first_published_at: at,
        published_at: at,
        published_by: "lanh-dao".into(),
        withdrawn: false,
    }
}

fn standing(notices: &[Notice]) -> Standing {
    notices.iter().fold(Standing::default(), |standing, notice| standing.with(notice.card(), on(1)))
}

#[test]
fn each_effect_has_its_own_first_and_last_day() {
    let standing = standing(&[source()]);
    let free = |day| standing.free_postage(Mail::Results, "1.000", day).is_some();
    assert_eq!([free(date(2020, 3, 31)), free(on(1)), free(on(15)), free(on(16))], [false, true, true, false]);
    assert_eq!(standing.free_postage(Mail::Originals, "1.000", on(2)), None, "it says results");
    let basis = |day| standing.basis_for_originals("1.000", day);
    assert_eq!(basis(on(15)), Some("Công văn 2964/UBND-KSTT ngày 01/04/2020"));
    assert_eq!(basis(on(16)), None, "a measure that has ended is never cited");
    assert_eq!(standing.advice(date(2021, 1, 1), Language::En), ["Wear a mask"], "open end");
}

#[test]
fn a_notice_about_some_procedures_grants_nothing_to_the_others() {
    let notice = Notice { procedures: vec!["1.000".into()], ..source() };
    let standing = standing(&[notice]);
    assert_eq!(standing.free_postage(Mail::Results, "1.000", on(2)), Some(Granted { notice: 1, version: 1 }));
    assert_eq!(standing.free_postage(Mail::Results, "2.000", on(2)), None);
    assert_eq!(standing.basis_for_originals("2.000", on(2)), None);
}

#[test]
fn a_newer_version_takes_the_place_of_the_older_and_what_has_ended_leaves() {
    let shorter = Notice {
        version: 2,
        effects: vec![effect(Measure::FreePostage { of: Mail::Both }, on(1), Some(on(10)))],
        ..source()
    };
    let now = standing(&[source(), shorter.clone()]);
    assert_eq!(now.cards.len(), 1);
    assert_eq!(now.free_postage(Mail::Originals, "1", on(10)), Some(Granted { notice: 1, version: 2 }));
    let other = Notice { number: 2, ..source() };
    let later = now.with(other.card(), date(2020, 5, 20));
    assert_eq!(
        later.cards.iter().map(|card| card.number).collect::<Vec<_>>(),
        [1, 2],
        "it ended less than 40 days ago"
    );
    let later = now.with(other.card(), date(2020, 5, 21));
    assert_eq!(later.cards.iter().map(|card| card.number).collect::<Vec<_>>(), [2]);
    let withdrawn = Notice { version: 3, withdrawn: true, ..shorter };
    assert!(now.with(withdrawn.card(), on(2)).cards.is_empty());
}

#[test]
fn a_closed_desk_opens_on_the_next_working_day_after_it() {
    let closed = Notice {
        effects: vec![effect(Measure::Closed { article: None, waits_run: false }, on(8), Some(on(10)))],
        ..source()
    };
    let standing = standing(&[closed]);
    let calendar = Calendar::official();
    assert!(standing.closed_on(on(8)).is_some() && standing.closed_on(on(11)).is_none());
    // 11 and 12 April 2020 were a weekend.
    assert_eq!(standing.open_from(&calendar, on(9)), Some(on(13)));
    assert_eq!(standing.open_from(&calendar, on(7)), Some(on(7)));
    let open_end =
        Notice { effects: vec![effect(Measure::Closed { article: None, waits_run: false }, on(8), None)], ..source() };
    assert_eq!(self::standing(&[open_end]).open_from(&calendar, on(9)), None);
}

#[test]
fn the_office_is_where_the_last_move_took_it() {
    let to = |to: &str, from| effect(Measure::Moved { to: to.into(), telephone: None }, from, None);
    let moved = Notice { effects: vec![to("10 Lê Lợi", on(20)), to("2 Trần Phú", on(5))], ..source() };
    let standing = standing(&[moved]);
    let place = |day| standing.moved_to(day).map(|(to, _)| to);
    assert_eq!([place(on(4)), place(on(5)), place(on(20))], [None, Some("2 Trần Phú"), Some("10 Lê Lợi")]);
}

#[test]
fn what_contradicts_on_the_same_days_is_told() {
    let closed = |article: Option<&str>| Measure::Closed { article: article.map(Into::into), waits_run: false };
    let restricted = Measure::Restricted { vi: "Chỉ trả kết quả".into(), en: String::new() };
    let one = Notice { effects: vec![effect(closed(None), on(1), Some(on(10)))], ..source() };
    let others = standing(&[one]);
    let clash = |measure: Measure, from, until| {
        let notice = Notice { number: 2, effects: vec![effect(measure, from, until)], ..source() };
        clashes(&notice.card(), &others)
    };
    assert_eq!(
        clash(restricted.clone(), on(10), None),
        [Clash { other: Some(1), here: "restricted", there: "closed" }]
    );
    assert_eq!(clash(restricted, on(11), None), [], "on other days");
    assert_eq!(clash(closed(None), on(2), None), [], "the same is no contradiction");
    assert_eq!(clash(closed(Some("Luật X")), on(2), None).len(), 1);
    assert_eq!(clash(Measure::Guidance, on(2), None), []);
}

#[test]
fn a_planned_outage_is_announced_seven_working_days_before() {
    let calendar = Calendar::official();
    let outage = |from| effect(Measure::Outage { hours: "18:00–22:00".into() }, from, Some(from));
    let short = |from: Date| is_short_by(&outage(from), on(1), &calendar);
    // From Wednesday 1 April 2020: 3, 6, 7, 8, 9, 10 April are working days; 2 April was the Hung Kings' day.
    assert_eq!(short(on(1)), Some(7));
    assert_eq!(short(date(2020, 4, 14)), Some(short_by(on(1), date(2020, 4, 14))));
    assert_eq!(short(date(2020, 5, 20)), Some(0));
    assert_eq!(is_short_by(&effect(Measure::Guidance, on(1), None), on(1), &calendar), None);
}

/// Working days that are missing, counted in another way.
fn short_by(announced_on: Date, from: Date) -> u32 {
    let calendar = Calendar::official();
    let last = from.yesterday().unwrap();
    let between = calendar.working_days_between(announced_on, last).unwrap();
    7_u32.saturating_sub(u32::try_from(between).unwrap())
}

fn typed(fields: &[(&str, &str)]) -> Result<Draft, Vec<Mistake>> {
    let fields: BTreeMap<&str, &str> = fields.iter().copied().collect();
    let day = |text: &str| text.parse::<Date>().ok();
    Draft::read(|name| fields.get(name).copied(), day)
}

const WHOLE: [(&str, &str); 4] =
    [("title", "Biện pháp"), ("text", "Nội dung"), ("issuer", "UBND tỉnh"), ("legal_basis", "Công văn 1")];

#[test]
fn a_draft_is_read_with_its_effects() {
    let mut fields = WHOLE.to_vec();
    fields.extend([
        ("effect_0_is", "free_postage"),
        ("effect_0_of", "results"),
        ("effect_0_from", "2020-04-01"),
        ("effect_0_until", "2020-04-15"),
        ("effect_3_is", "closed"),
        ("effect_3_from", "2020-04-01"),
        ("procedures", "1.000, 2.000;1.000"),
        ("further_0_language", "日本語"),
        ("further_0_title", "お知らせ"),
        ("further_0_text", "本文"),
    ]);
    let draft = typed(&fields).unwrap();
    assert_eq!(draft.effects[0], effect(Measure::FreePostage { of: Mail::Results }, on(1), Some(on(15))));
    assert_eq!(draft.effects[1], effect(Measure::Closed { article: None, waits_run: false }, on(1), None));
    assert_eq!(draft.procedures, ["1.000", "2.000"]);
    assert_eq!(draft.further[0].language, "日本語");
}

#[test]
fn every_mistake_of_a_draft_is_told_with_its_field() {
    let faults = |more: &[(&str, &str)]| {
        let fields: Vec<_> = WHOLE.iter().copied().chain(more.iter().copied()).collect();
        let mistakes = typed(&fields).unwrap_err();
        mistakes.into_iter().map(|it| (it.field, it.fault)).collect::<Vec<_>>()
    };
    let of = |field: &str, fault| vec![(field.to_owned(), fault)];
    assert_eq!(faults(&[("title", "")]), of("title", Fault::Missing));
    assert_eq!(faults(&[("text", " ")]), of("text", Fault::Missing), "without text");
    assert_eq!(faults(&[("title_en", "Measures")]), of("text_en", Fault::Half));
    let backwards = [("effect_0_is", "guidance"), ("effect_0_from", "2020-04-10"), ("effect_0_until", "2020-04-01")];
    assert_eq!(faults(&backwards), of("effect_0_until", Fault::EndsBeforeItBegins));
    assert_eq!(faults(&[("effect_0_is", "guidance")]), of("effect_0_from", Fault::Missing));
    assert_eq!(
        faults(&[("effect_0_is", "guidance"), ("effect_0_from", "2020-02-30")]),
        of("effect_0_from", Fault::NotADay)
    );
    assert_eq!(faults(&[("effect_0_is", "x"), ("effect_0_from", "2020-04-01")]), of("effect_0_is", Fault::NotAChoice));
    assert_eq!(
        faults(&[("effect_0_is", "advice"), ("effect_0_from", "2020-04-01")]),
        of("effect_0_vi", Fault::Missing)
    );
    assert_eq!(faults(&[("title", "\u{202e}fdp")]), of("title", Fault::NotText));
    let long = "x".repeat(LONGEST_TITLE + 1);
    assert_eq!(faults(&[("title", &long)]), of("title", Fault::TooLong(LONGEST_TITLE)));
    assert_eq!(faults(&[("further_0_title", "t"), ("further_0_text", "t")]), of("further_0_language", Fault::Missing));
    assert_eq!(faults(&[("further_0_language", "ខ្មែរ")]), of("further_0_title", Fault::Half));
}

#[test]
fn a_text_with_marks_that_look_like_markup_is_kept_as_it_was_typed() {
    let mut fields = WHOLE.to_vec();
    fields[1] = ("text", "<b>A & B</b>");
    assert_eq!(typed(&fields).unwrap().vi.unwrap().text, "<b>A & B</b>");
}

#[test]
fn the_text_for_a_loudspeaker_has_at_most_150_words_and_ends_with_the_telephone() {
    let script = super::script(&source(), "Ban Quản lý", Some("0258 3 123 456"));
    assert!(script.starts_with("Ban Quản lý thông báo: Biện pháp cấp bách tại Bộ phận Một cửa."));
    assert!(script.contains("Từ 01/04/2020 đến hết 15/04/2020: Gửi trả kết quả qua bưu điện được miễn cước."));
    assert!(script.ends_with("Cần hỏi, xin gọi 0258 3 123 456."), "{script}");
    let long = Notice { vi: Told { text: "Một câu dài năm chữ. ".repeat(200), ..source().vi }, ..source() };
    let script = super::script(&long, "Ban Quản lý", Some("0258 3 123 456"));
    assert!(words(&script) <= MOST_WORDS && words(&script) > MOST_WORDS - 10, "{}", words(&script));
    assert!(script.ends_with("Cần hỏi, xin gọi 0258 3 123 456."));
}

#[test]
fn the_plain_copy_says_what_runs_and_by_what_right() {
    let plain = source().plain(Language::En);
    assert!(
        plain.starts_with("Urgent measures at the one-stop desk\n\nPlease file online.\n\n- 01/04/2020 to 15/04/2020:")
    );
    assert!(plain.ends_with("Legal basis: Công văn 2964/UBND-KSTT ngày 01/04/2020\n"));
    let withdrawn = Notice { withdrawn: true, ..source() };
    assert!(!withdrawn.plain(Language::Vi).contains("miễn cước"));
}

#[test]
fn a_version_with_the_same_content_says_the_same() {
    let again = Notice { version: 2, published_by: "khac".into(), ..source() };
    assert!(source().says_the_same_as(&again));
    assert!(!source().says_the_same_as(&Notice { withdrawn: true, ..source() }));
}
