//! Lines as they are typed, and the answers as they are printed.

use super::*;

const RECEIVED: &str = r#""allowance":5,"unit":"working_days","received_at":"2020-04-15T08:00:00+07:00""#;

/// Answers the case of five working days with more fields.
fn with(fields: &str) -> String {
    answer(&format!("{{{RECEIVED},{fields}}}"))
}

fn refusal(line: &str) -> (String, Option<String>) {
    let told: Value = serde_json::from_str(&answer(line)).unwrap();
    (told["error"].as_str().unwrap_or_default().to_owned(), told["field"].as_str().map(str::to_owned))
}

#[test]
fn a_paused_case_is_answered_with_its_parts() {
    assert_eq!(
        with(
            r#""counting":"civil_code","policy":"resume","pauses":[{"from":"2020-04-16T10:00:00+07:00","to":"2020-04-20T15:00:00+07:00"}]"#
        ),
        concat!(
            r#"{"due_on":"2020-04-24","due_at":"2020-04-24T17:00:00+07:00","segments":["#,
            r#"{"from":"2020-04-15T08:00:00+07:00","to":"2020-04-16T10:00:00+07:00","kind":"running","counted":0,"unit":"working_days"},"#,
            r#"{"from":"2020-04-16T10:00:00+07:00","to":"2020-04-20T15:00:00+07:00","kind":"paused","counted":0,"unit":"working_days"},"#,
            r#"{"from":"2020-04-20T15:00:00+07:00","to":"2020-04-24T17:00:00+07:00","kind":"running","counted":5,"unit":"working_days"}]}"#,
        )
    );
}

#[test]
fn the_policy_settings_and_other_offsets_are_understood() {
    let pauses = r#""pauses":[{"from":"2020-04-16T03:00:00Z","to":"2020-04-20T08:00:00Z"}]"#;
    assert!(with(&format!(r#""policy":"restart",{pauses}"#)).starts_with(r#"{"due_on":"2020-04-27""#));
    assert!(with(&format!(r#""policy":null,{pauses}"#)).starts_with(r#"{"due_on":"2020-04-24""#));
    let evening = r#"{"allowance":1,"unit":"working_days","received_at":"2020-04-13T15:30:00+07:00""#;
    assert!(answer(&format!("{evening}}}")).contains("2020-04-14"));
    assert!(answer(&format!(r#"{evening},"cutoff":"15:00"}}"#)).contains("2020-04-15"));
    let hours =
        r#"{"allowance":4,"unit":"working_hours","counting":"office_hours","received_at":"2020-04-28T15:30:00+07:00"}"#;
    assert!(answer(hours).contains(r#""due_at":"2020-04-29T10:00:00+07:00""#));
}

#[test]
fn a_standing_pause_and_a_missing_table_have_no_due_date() {
    assert_eq!(
        with(r#""pauses":[{"from":"2020-04-17T10:00:00+07:00"}]"#),
        r#"{"due_on":null,"paused_since":"2020-04-17T10:00:00+07:00","left":4,"unit":"working_days"}"#
    );
    assert_eq!(
        answer(r#"{"allowance":5,"unit":"working_days","received_at":"2026-12-29T08:00:00+07:00"}"#),
        r#"{"due_on":null,"gap":[2027]}"#
    );
}

#[test]
fn a_bad_line_is_answered_by_what_is_wrong_and_where() {
    let check = |line: &str, error: &str, field: Option<&str>| {
        assert_eq!(refusal(line), (error.to_owned(), field.map(str::to_owned)), "{line}");
    };
    let case = |fields: &str| format!("{{{RECEIVED},{fields}}}");
    let pause = |from: &str, to: &str| {
        case(&format!(r#""pauses":[{{"from":"2020-04-{from}:00+07:00","to":"2020-04-{to}:00+07:00"}}]"#))
    };
    check("", "a case is one JSON object", None);
    check("[5]", "a case is one JSON object", None);
    check("{\"allowance\":5,", "the line is not JSON", None);
    check(&format!("{{{RECEIVED}}} x"), "the line is not JSON", None);
    check(&"{\"unit\":".repeat(10_000), "the line is not JSON", None);
    check("{}", "is missing", Some("allowance"));
    check(r#"{"allowance":5}"#, "is missing", Some("unit"));
    check(r#"{"allowance":5,"unit":"working_days"}"#, "is missing", Some("received_at"));
    check(&case(r#""allowance":6"#), "stands twice", Some("allowance"));
    check(&case(r#""cutof":"15:00""#), "is not a field of a case", Some("cutof"));
    check(&case(r#""cutoff":"25:00""#), "must be a time of day such as 15:00", Some("cutoff"));
    check(&case(r#""counting":"lunar""#), "must be civil_code or office_hours", Some("counting"));
    check(&case(r#""policy":3"#), "must be resume or restart", Some("policy"));
    check(&case(r#""after_hours":"""#), "must be same_day or next_working_day", Some("after_hours"));
    check(&case(r#""pauses":5"#), "must be a list of objects with from and to", Some("pauses"));
    check(&case(r#""pauses":[{}]"#), "is missing", Some("pauses[0].from"));
    check(&case(r#""pauses":[{"from":"2020-04-16"}]"#), INSTANT, Some("pauses[0].from"));
    check(&pause("17T10:00", "16T10:00"), "pause 0 ends before it begins", Some("pauses[0].to"));
    check(&pause("14T10:00", "16T10:00"), "the pause begins before the clock starts", Some("pauses[0].from"));
    check(&pause("23T00:00", "24T10:00"), "the pause begins after the limit has run out", Some("pauses[0].from"));
    let days =
        r#"{"allowance":5,"unit":"calendar_days","counting":"office_hours","received_at":"2020-04-15T08:00:00+07:00"}"#;
    check(days, "calendar days cannot be counted by office hours", Some("counting"));
    let no_offset = r#"{"allowance":5,"unit":"working_days","received_at":"2020-04-15T08:00:00"}"#;
    check(no_offset, INSTANT, Some("received_at"));
    let no_such_day = r#"{"allowance":5,"unit":"working_days","received_at":"2019-02-29T08:00:00+07:00"}"#;
    check(no_such_day, INSTANT, Some("received_at"));
}

#[test]
fn numbers_and_years_beyond_reason_are_refused_or_named_as_a_gap() {
    let case = |n: &str, unit: &str, year: &str| {
        answer(&format!(r#"{{"allowance":{n},"unit":"{unit}","received_at":"{year}T08:00:00+07:00"}}"#))
    };
    for n in ["4000000000", "18446744073709551615"] {
        let told = case(n, "working_days", "2020-04-15");
        assert!(told.ends_with(r#"is above the most that is counted, 36500","field":"allowance"}"#), "{told}");
    }
    for n in ["-1", "1.0", "1.5", "1e3", "99999999999999999999", "\"5\""] {
        let whole = r#"{"error":"must be a whole number, 0 or more","field":"allowance"}"#;
        assert_eq!(case(n, "working_days", "2020-04-15"), whole, "{n}");
    }
    assert_eq!(case("5", "working_days", "9999-12-28"), r#"{"due_on":null,"gap":[9999]}"#);
    let beyond = r#"{"error":"the count leaves the years that can be expressed","field":"received_at"}"#;
    assert_eq!(case("36500", "calendar_days", "9999-12-28"), beyond);
    assert_eq!(case("1200", "months", "9950-01-01"), beyond);
    assert_eq!(case("1", "working_hours", "-009999-02-01"), r#"{"due_on":null,"gap":[-9999]}"#);
    assert!(case("36500", "working_days", "2020-04-15").starts_with(r#"{"due_on":null,"gap":[2027,2028,"#));
}

#[test]
fn every_line_is_answered_whatever_came_before_it() {
    let good = format!("{{{RECEIVED}}}");
    let mut input = format!("{good}\n\nnonsense\n").into_bytes();
    input.extend([0xff, 0xfe, b'\n']);
    input.extend(std::iter::repeat_n(b' ', MAX_LINE_BYTES + 10));
    input.extend(format!("\n{good}").bytes());
    let mut output = Vec::new();
    run(input.as_slice(), &mut output, &Office::official()).unwrap();
    let told = String::from_utf8(output).unwrap();
    let starts: Vec<&str> = told.lines().map(|line| &line[..line.len().min(40)]).collect();
    assert_eq!(
        starts,
        [
            r#"{"due_on":"2020-04-22","due_at":"2020-04"#,
            r#"{"error":"a case is one JSON object","fi"#,
            r#"{"error":"the line is not UTF-8","field""#,
            r#"{"error":"a line is at most 64 KiB","fie"#,
            r#"{"due_on":"2020-04-22","due_at":"2020-04"#,
        ]
    );
}

/// The demo's configuration with a day off more, and a second agency that opens later.
fn configured(more: &str) -> Config {
    let table = "\n[[years]]\nyear = 2020\nnotice = \"mẫu\"\ndays_off = [\"2020-04-16\"]\n";
    Config::per_channel(&format!("{}{table}{more}", rules::config::DEMO), rules::config::Host::Loopback).unwrap()
}

#[test]
fn the_calendar_of_a_configuration_counts_and_of_several_agencies_one_is_named() {
    let config = configured("");
    let office = office_of(&config, None).unwrap();
    assert!(answer_by(&format!("{{{RECEIVED}}}"), &office).starts_with(r#"{"due_on":"2020-04-23""#), "a day off more");
    let code = config.agencies()[0].code.to_string();
    assert!(office_of(&config, Some(&code)).is_ok());
    let wrong = office_of(&config, Some("000.00.99.H32")).unwrap_err();
    assert_eq!(wrong, format!("the configuration has no agency 000.00.99.H32, only {code}"));
    let agency = |code: &str| format!("\n[[agencies]]\ncode = \"{code}\"\nname = \"Cơ quan {code}\"\n");
    let two = configured(&(agency(&code) + &agency("000.00.02.H32")));
    let unnamed = office_of(&two, None).unwrap_err();
    assert_eq!(unnamed, format!("name one of the agencies with --agency: {code}, 000.00.02.H32"));
}
