use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::id::DossierId;
use crate::vietnam;
use crate::vnd::Vnd;

fn vnd(dong: u64) -> Vnd {
    Vnd::new(dong).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn no(number: u32) -> ReceiptNo {
    ReceiptNo { form: Form::Ebl01, symbol: Symbol::parse("26TAB").unwrap(), number: Number::new(number).unwrap() }
}

fn issued(number: u32) -> Issued {
    let at = at("2026-11-30T03:00:00Z");
    Issued { no: no(number), on: vietnam::day(at), at, code: None, by: None, ending: None }
}

fn lawful() -> Lawful {
    Lawful {
        dossier: DossierId::parse("ABCDEFGHIJ01").unwrap(),
        attempt: 1,
        channel: "cash".into(),
        identity: "TM".into(),
        paid_at: at("2026-11-30T02:00:00Z"),
        provider: Some("viettel".into()),
        issues: vec![Issue::wanted("key-1".into(), vnd(150_000))],
        version: 1,
    }
}

#[test]
fn hard_amounts_are_said_as_schoolbooks_say_them() {
    for (dong, words) in [
        (0, "Không đồng"),
        (1, "Một đồng"),
        (4, "Bốn đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (14, "Mười bốn đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (25, "Hai mươi lăm đồng"),
        (94, "Chín mươi tư đồng"),
        (100, "Một trăm đồng"),
        (101, "Một trăm linh một đồng"),
        (104, "Một trăm linh bốn đồng"),
        (105, "Một trăm linh năm đồng"),
        (110, "Một trăm mười đồng"),
        (111, "Một trăm mười một đồng"),
        (115, "Một trăm mười lăm đồng"),
        (121, "Một trăm hai mươi mốt đồng"),
        (1_000, "Một nghìn đồng"),
        (1_001, "Một nghìn không trăm linh một đồng"),
        (1_010, "Một nghìn không trăm mười đồng"),
        (1_021, "Một nghìn không trăm hai mươi mốt đồng"),
        (12_500, "Mười hai nghìn năm trăm đồng"),
        (150_000, "Một trăm năm mươi nghìn đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (1_234_567, "Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng"),
        (1_000_000_000, "Một tỷ đồng"),
        (1_000_001_000, "Một tỷ không trăm linh một nghìn đồng"),
        (25_000_000_055, "Hai mươi lăm tỷ không trăm năm mươi lăm đồng"),
        (
            999_999_999_999,
            "Chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín đồng",
        ),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
    ] {
        assert_eq!(in_words(vnd(dong)), words, "{dong}");
    }
}

/// Reads words back by another way than they are written: each unit multiplies what stands before it.
fn read_back(words: &str) -> u64 {
    let (mut sum, mut billions, mut group) = (0, 0, 0_u64);
    for word in words.to_lowercase().split(' ') {
        match word {
            "linh" | "đồng" => {}
            "mười" => group += 10,
            "mươi" => group = group / 10 * 10 + group % 10 * 10,
            "trăm" => group *= 100,
            "nghìn" => (sum, group) = (sum + group * 1_000, 0),
            "triệu" => (sum, group) = (sum + group * 1_000_000, 0),
            "tỷ" => (billions, sum, group) = (sum + group, 0, 0),
            digit => {
                let value = match digit {
                    "không" => 0,
                    "một" | "mốt" => 1,
                    "hai" => 2,
                    "ba" => 3,
                    "bốn" | "tư" => 4,
                    "năm" | "lăm" => 5,
                    "sáu" => 6,
                    "bảy" => 7,
                    "tám" => 8,
                    "chín" => 9,
                    other => panic!("{other}"),
                };
                group += value;
            }
        }
    }
    billions * 1_000_000_000 + sum + group
}

proptest! {
    #[test]
    fn words_lead_back_to_their_amount(dong in 0..=1_000_000_000_000_u64) {
        prop_assert_eq!(read_back(&in_words(vnd(dong))), dong);
    }

    #[test]
    fn the_name_of_a_receipt_is_read_as_it_is_written(
        year in 2026..2100_i16, one in 0..20_usize, two in 0..20_usize, number in 1..=Number::LARGEST,
    ) {
        let symbol = Symbol::of(year, &format!("{}{}", LETTERS[one], LETTERS[two])).unwrap();
        prop_assert_eq!(Symbol::parse(&symbol.to_string()), Ok(symbol));
        prop_assert!(symbol.is_of(year) && !symbol.is_of(year + 1));
        prop_assert_eq!(Number::parse(&format!("{number:08}")), Number::new(number));
        let no = ReceiptNo { form: Form::Ebl01, symbol, number: Number::new(number).unwrap() };
        prop_assert!(no.to_string().len() <= ReceiptNo::LONGEST);
        prop_assert_eq!(serde_json::from_str::<ReceiptNo>(&serde_json::to_string(&no).unwrap()).unwrap(), no);
    }

    #[test]
    fn whatever_is_done_at_most_one_is_in_force_and_the_rows_sum_to_it(acts in prop::collection::vec((0..12_u8, 1..9_u64), 0..40)) {
        let mut it = lawful();
        let mut rows = Vec::new();
        let now = at("2026-12-01T02:00:00Z");
        for (place, (act, amount)) in acts.into_iter().enumerate() {
            let before = it.clone();
            let number = u32::try_from(place).unwrap() + 1;
            let done = match act {
                0 | 1 => it.begin(&[], now),
                2 | 3 => it.issue(issued(number)).map(|row| rows.push(row)),
                4 => it.issue(Issued { by: Some("h".into()), ..issued(number) }).map(|row| rows.push(row)),
                5 => it.refuse("X", now),
                6 => it.ask_again("viettel", now),
                7 => it.want_cancelled("h", "sai", now),
                8 => it.begin_cancelling(),
                9 => it.cancel(now).map(|row| rows.push(row)),
                10 => it.refuse_cancelling("X", now),
                _ => it.want_replaced(("h", "sai"), format!("key-{number}"), vnd(amount * 1_000)),
            };
            if done.is_err() {
                prop_assert_eq!(&it, &before, "a refusal changes nothing");
            }
            let in_force: Vec<_> = it.issues.iter().filter(|issue| issue.in_force().is_some()).collect();
            prop_assert!(in_force.len() <= 1);
            let worth = in_force.first().map_or(0, |issue| i64::try_from(issue.amount_vnd.dong()).unwrap());
            prop_assert_eq!(total_vnd(&rows), worth);
        }
    }
}

#[test]
fn a_name_that_the_law_does_not_know_is_none() {
    for text in ["26TAI", "26TFA", "26tab", "26KAB", "6TAB", "26TABC", "26TA", "ă6TAB"] {
        assert_eq!(Symbol::parse(text), Err(NotAName::Symbol), "{text}");
    }
    for text in ["0", "00000000", "100000000", "-1", "", "1a"] {
        assert_eq!(Number::parse(text), Err(NotAName::Number), "{text}");
    }
    assert_eq!(Form::parse("EBL03"), Err(NotAName::Form));
    assert_eq!(no(12_345_678).to_string(), "EBL01 26TAB 12345678");
}

/// The order of states: each with the acts that it takes.
#[test]
fn every_act_follows_on_its_states_alone() {
    let now = at("2026-12-01T02:00:00Z");
    let wanted = lawful();
    let made = |act: &dyn Fn(&mut Lawful) -> Result<(), NotNow>, from: &Lawful| {
        let mut it = from.clone();
        act(&mut it).unwrap();
        it
    };
    let asked = made(&|it| it.begin(&[], now), &wanted);
    let refused = made(&|it| it.refuse("X", now), &asked);
    let in_force = made(&|it| it.issue(issued(1)).map(drop), &asked);
    let to_cancel = made(&|it| it.want_cancelled("h", "sai", now), &in_force);
    let cancelled = made(&|it| it.cancel(now).map(drop), &to_cancel);
    let not_cancelled = made(&|it| it.refuse_cancelling("X", now), &to_cancel);
    let to_replace = made(&|it| it.want_replaced(("h", "sai"), "key-2".into(), vnd(1)), &in_force);
    let without = Lawful { provider: None, ..lawful() };
    type Act<'a> = (&'static str, &'a dyn Fn(&mut Lawful) -> Result<(), NotNow>);
    let acts: [Act<'_>; 10] = [
        ("begin", &|it| it.begin(&[], now)),
        ("issue", &|it| it.issue(issued(9)).map(drop)),
        ("by hand", &|it| it.issue(Issued { by: Some("h".into()), ..issued(9) }).map(drop)),
        ("refuse", &|it| it.refuse("X", now)),
        ("again", &|it| it.ask_again("viettel", now)),
        ("want cancelled", &|it| it.want_cancelled("h", "sai", now)),
        ("begin cancelling", &Lawful::begin_cancelling),
        ("cancel", &|it| it.cancel(now).map(drop)),
        ("refuse cancelling", &|it| it.refuse_cancelling("X", now)),
        ("replace", &|it| it.want_replaced(("h", "sai"), "key-9".into(), vnd(1))),
    ];
    let table: Vec<String> = [
        ("wanted", &wanted),
        ("asked", &asked),
        ("refused", &refused),
        ("without a provider", &without),
        ("in force", &in_force),
        ("to cancel", &to_cancel),
        ("cancelled", &cancelled),
        ("not cancelled", &not_cancelled),
        ("to replace", &to_replace),
    ]
    .into_iter()
    .map(|(name, from)| {
        let taken = acts.iter().filter(|(_, act)| act(&mut from.clone()).is_ok()).map(|(name, _)| *name);
        format!("{name} ({:?}): {}", from.standing(), taken.collect::<Vec<_>>().join(", "))
    })
    .collect();
    insta::assert_snapshot!(table.join("\n"), @r"
    wanted (ToIssue): begin, by hand, refuse
    asked (ToLookUp): begin, issue, by hand, refuse
    refused (ForAPerson): by hand, again
    without a provider (ForAPerson): by hand, again
    in force (ToFetch): want cancelled, replace
    to cancel (ToCancel): begin cancelling, cancel, refuse cancelling
    cancelled (Settled): 
    not cancelled (ForAPerson): want cancelled
    to replace (ToIssue): begin, by hand, refuse
    ");
}

#[test]
fn content_that_does_not_fit_is_named() {
    let content = Content {
        form: Form::Ebl01,
        symbol: Symbol::parse("26TAB").unwrap(),
        payee: "Ban Quản lý Khu kinh tế Vân Phong".into(),
        tax_code: "4200000000".into(),
        charges: vec![Charge { name: "Lệ phí cấp giấy phép".into(), kind: None, amount_vnd: vnd(150_000) }],
        amount_vnd: vnd(150_000),
        on: date(2026, 11, 30),
    };
    assert_eq!((content.wrong(), content.words()), (Vec::new(), "Một trăm năm mươi nghìn đồng".to_owned()));
    let next_year = Content { on: date(2027, 1, 1), ..content.clone() };
    assert_eq!(next_year.wrong(), [Element::Symbol]);
    let other = Content { payee: " ".into(), tax_code: "42".into(), amount_vnd: vnd(1), ..content.clone() };
    assert_eq!(other.wrong(), [Element::Payee, Element::TaxCode, Element::Figures]);
    assert_eq!(Content { charges: Vec::new(), ..content }.wrong(), [Element::Charges, Element::Figures]);
    assert_eq!(ARTICLES.len(), 11);
}

#[test]
fn a_row_of_a_later_day_names_the_day_that_it_corrects() {
    let mut it = lawful();
    it.begin(&[], at("2026-11-30T03:00:00Z")).unwrap();
    let new = it.issue(issued(1)).unwrap();
    assert_eq!((new.on(), new.period(), new.effect()), (date(2026, 11, 30), None, 150_000));
    it.want_replaced(("h", "sai số tiền"), "key-2".into(), vnd(100_000)).unwrap();
    it.begin(&[], at("2026-12-01T03:00:00Z")).unwrap();
    let later = at("2026-12-01T03:00:00Z");
    let row = it.issue(Issued { at: later, on: vietnam::day(later), ..issued(2) }).unwrap();
    assert_eq!((row.on(), row.period(), row.effect()), (date(2026, 12, 1), Some(date(2026, 11, 30)), -50_000));
    assert_eq!(
        (row.related(), row.because.as_deref(), row.change.word()),
        (Some(no(1)), Some("sai số tiền"), "Thay thế")
    );
    assert_eq!((it.no(), total_vnd([&new, &row])), (Some(no(2)), 100_000));
}

#[test]
fn paper_ends_with_the_year() {
    assert!(!paper_is_over(date(2026, 12, 31)) && paper_is_over(date(2027, 1, 1)));
}

#[test]
fn a_payment_for_two_fees_names_both_and_one_of_postage_has_no_receipt() {
    let procedure: crate::catalogue::Procedure = serde_json::from_value(serde_json::json!({
        "code": "1.012789", "version": 1, "name_vi": "Giao đất", "name_en": "Land", "legal_basis": "Luật",
        "limit": { "allowance": { "n": 20, "unit": "working_days" } }, "steps": [],
        "fees": [
            { "code": "PHI", "name_vi": "Phí thẩm định", "kind": "charge", "amount_vnd": 2_000_000, "legal_basis": "TT", "due": "on_acceptance" },
            { "code": "LP", "name_vi": "Lệ phí cấp giấy", "kind": "fee", "amount_vnd": 100_000, "legal_basis": "TT", "due": "on_return" },
        ],
    }))
    .unwrap();
    let fee = |code: Option<&str>, dong: u64| crate::dossier::Fee {
        attempt: 1,
        channel: None,
        amount_vnd: vnd(dong),
        state: crate::dossier::FeeState::Open,
        code: code.map(str::to_owned),
        again: None,
        paid_vnd: Vnd::ZERO,
        asked_at: None,
    };
    let named = |fee: &crate::dossier::Fee, dong: u64| {
        let charges = charges(fee, Some(&procedure), vnd(dong))?;
        Some(
            charges
                .into_iter()
                .map(|it| format!("{} {} {}", kind_name(it.kind), it.name, it.amount_vnd.dong()))
                .collect::<Vec<_>>(),
        )
    };
    let both = fee(None, 2_100_000);
    assert_eq!(named(&both, 2_100_000).unwrap(), ["Phí Phí thẩm định 2000000", "Lệ phí Lệ phí cấp giấy 100000"]);
    assert_eq!(named(&both, 600_000).unwrap(), ["Phí, lệ phí Phí thẩm định; Lệ phí cấp giấy 600000"]);
    assert_eq!(named(&fee(Some("LP"), 100_000), 40_000).unwrap(), ["Lệ phí Lệ phí cấp giấy 40000"]);
    assert_eq!(named(&fee(None, 7_000), 7_000).unwrap(), ["Phí, lệ phí Phí, lệ phí 7000"]);
    assert_eq!(named(&fee(Some(crate::post::postage::POSTAGE), 30_000), 30_000), None);
}
