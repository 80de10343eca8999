//! Faults reported in a catalogue file, line by line.

mod papers;

use super::*;
use crate::catalogue::{ClockStart, FeeDue, FeeKind, WaitFrom};
use crate::clock::{AfterHours, Counting, Policy, Unit};

/// An entry that is right, of eight lines.
const RIGHT: &str = r#"[[procedures]]
code = "1.000001"
version = 1
name_vi = "Thủ tục (mẫu)"
name_en = "A procedure (sample)"
legal_basis = "Điều 1"
limit = { allowance = { n = 5, unit = "working_days" } }

"#;

fn faults(text: &str) -> Vec<String> {
    let faults = read(text.as_bytes()).err().unwrap_or_default();
    faults.iter().map(Fault::to_string).collect()
}

/// Returns the faults of an entry with this second line, in place of the one of the same field.
fn with(line: &str) -> Vec<String> {
    let field = line.split_once(" =").map_or(line, |(field, _)| field);
    let kept = RIGHT.lines().skip(1).filter(|own| !own.starts_with(&format!("{field} =")));
    faults(&["[[procedures]]", line].into_iter().chain(kept).collect::<Vec<_>>().join("\n"))
}

/// Checks that these faults are reported, without the name of the entry.
#[track_caller]
fn check(line: &str, said: &[&str]) {
    let told = with(line).into_iter().map(|fault| match (fault.find("procedures[0] "), fault.find("): ")) {
        (Some(from), Some(to)) => format!("{}{}", &fault[..from], &fault[to + 3..]),
        _ => fault,
    });
    assert_eq!(told.collect::<Vec<_>>(), said, "{line}");
}

#[test]
fn an_entry_with_what_it_must_have_gets_the_usual_rest() {
    let procedure = read(RIGHT.as_bytes()).unwrap().remove(0);
    assert_eq!(procedure.steps, Procedure::usual_steps());
    assert_eq!((procedure.acceptance_office_hours, procedure.supplement_within_working_days), (8, 3));
    assert_eq!((procedure.online, procedure.returns_by_post, procedure.most_rounds), (true, true, None));
    // A stored procedure is read as the same: the defaults of the file are those of the store.
    let stored = r#"{"code":"1.000001","version":1,"name_vi":"Thủ tục (mẫu)","name_en":"A procedure (sample)",
        "legal_basis":"Điều 1","limit":{"allowance":{"n":5,"unit":"working_days"}}}"#;
    assert_eq!(serde_json::from_str::<Procedure>(stored).unwrap(), procedure);
}

#[test]
fn every_field_is_read_as_it_is_written() {
    let text = r#"
[[procedures]]
code = "1.000002"
version = 2
name_vi = "Thủ tục"
name_en = "A procedure"
legal_basis = "Điều 2"
valid_from = 2026-07-01
valid_until = "2027-06-30"
online = false
returns_by_post = false
starts_on = "fee_paid"
acceptance_office_hours = 4
supplement_within_working_days = 5
most_rounds = 1
on_missed_wait = "auto"
remind_working_days_before = 3
remind_after_working_days = 7

[procedures.limit]
allowance = { n = 480, unit = "working_hours" }
counting = "office_hours"
after_hours = "next_working_day"
cutoff = 15:00:00

[[procedures.steps]]
name = "field"
name_vi = "Thực địa"
grace_working_days = 0
originals = [{ code = "P1", name_vi = "Bản vẽ" }]

[[procedures.fees]]
code = "LP1"
name_vi = "Lệ phí cấp phép"
kind = "fee"
amount_vnd = 150_000
legal_basis = "Điều 3"
due = "on_acceptance"

[procedures.pauses]
supplement = { policy = "resume", wait = { n = 30, unit = "calendar_days" }, wait_from = "asked" }

[[procedures.pauses.further]]
reason = "opinion"
policy = "resume"
legal_basis = "Điều 4"
"#;
    let procedure = read(text.as_bytes()).unwrap().remove(0);
    let limit = procedure.limit;
    assert_eq!((limit.allowance.n, limit.allowance.unit), (480, Unit::WorkingHours));
    assert_eq!((limit.counting, limit.after_hours), (Counting::OfficeHours, AfterHours::NextWorkingDay));
    assert_eq!(limit.cutoff.unwrap().to_string(), "15:00:00");
    assert_eq!((procedure.valid_from.unwrap(), procedure.valid_until.unwrap()), (day("2026-07-01"), day("2027-06-30")));
    assert_eq!((procedure.online, procedure.returns_by_post, procedure.starts_on), (false, false, ClockStart::FeePaid));
    assert_eq!((procedure.remind_working_days_before, procedure.remind_after_working_days), (3, 7));
    let fee = &procedure.fees[0];
    assert_eq!((fee.kind, fee.due, fee.amount_vnd.dong()), (FeeKind::Fee, FeeDue::OnAcceptance, 150_000));
    let supplement = &procedure.pauses.supplement;
    assert_eq!((supplement.policy, supplement.wait_from), (Policy::Resume, WaitFrom::Asked));
    assert_eq!(supplement.legal_basis, "NĐ 61/2018/NĐ-CP Điều 19 khoản 4", "the usual one where none is given");
    assert_eq!((procedure.pauses.further[0].reason.as_str(), procedure.steps[0].grace_working_days), ("opinion", 0));
}

fn day(text: &str) -> jiff::civil::Date {
    text.parse().unwrap()
}

#[test]
fn what_has_another_shape_is_named() {
    check("version = 0", &["2: version: is not between 1 and 999999"]);
    check("version = -1", &["2: version: is negative"]);
    check("version = 1.5", &["2: version: is not a whole number"]);
    check("version = \"1\"", &["2: version: is not a number"]);
    check("version = 99999999999999999999", &["2: version: is above 4294967295"]);
    check("name_vi = 3", &["2: name_vi: is not a text"]);
    check("name_en = \"  \"", &["2: name_en: is empty"]);
    check("legal_basis = \"\"", &["2: legal_basis: is empty"]);
    check("legal_basi = \"Điều 1\"", &["2: legal_basi: is not a field of this table"]);
    check("online = \"yes\"", &["2: online: is neither true nor false"]);
    check("most_rounds = 256", &["2: most_rounds: is above 255"]);
    check("starts_on = \"submission\"", &["2: starts_on: is none of acceptance, fee_paid"]);
    check("valid_from = \"1/7/2026\"", &["2: valid_from: is not a day such as 2026-07-01"]);
    check("valid_from = 2026-07-01T08:00:00", &["2: valid_from: is not a day such as 2026-07-01"]);
    check("steps = []", &["2: steps: is empty"]);
    check("steps = \"intake\"", &["2: steps: is not a list of tables"]);
    check("limit = 5", &["2: limit: is not a table"]);
    check("pauses = { fee = 5 }", &["2: pauses.fee: is not a table"]);
}

#[test]
fn a_limit_that_cannot_be_counted_is_named() {
    let limit = |rest: &str| format!("limit = {{ allowance = {rest} }}");
    check(
        &limit("{ n = 5, unit = \"days\" }"),
        &["2: limit.allowance.unit: is none of working_days, calendar_days, months, working_hours"],
    );
    check(&limit("{ n = 1201, unit = \"months\" }"), &["2: limit.allowance.n: is above 1200 months"]);
    check(&limit("{ n = -5, unit = \"months\" }"), &["2: limit.allowance.n: is negative"]);
    check(&limit("{ n = 0.5, unit = \"months\" }"), &["2: limit.allowance.n: is not a whole number"]);
    check(&limit("{ unit = \"months\" }"), &["2: limit.allowance.n: is missing"]);
    check(
        &limit("{ n = 5, unit = \"calendar_days\" }, counting = \"office_hours\""),
        &["2: limit.counting: calendar days cannot be counted by office hours"],
    );
    check(
        &limit("{ n = 5, unit = \"working_days\" }, cutoff = \"25:00\""),
        &["2: limit.cutoff: is not a time of day such as 15:00"],
    );
    check(
        &limit("{ n = 5, unit = \"working_days\" }, cutof = \"15:00\""),
        &["2: limit.cutof: is not a field of this table"],
    );
}

#[test]
fn steps_papers_and_fees_that_contradict_themselves_are_named() {
    let step = |name: &str, papers: &str| format!("{{ name = \"{name}\", name_vi = \"x\", originals = [{papers}] }}");
    let paper = |code: &str, name: &str| format!("{{ code = \"{code}\", name_vi = \"{name}\" }}");
    check(&format!("steps = [{}, {}]", step("a", ""), step("a", "")), &["2: steps[1].name: is another step's name"]);
    let same = [paper("P", "x"), paper("P", "x")].join(", ");
    check(&format!("steps = [{}]", step("a", &same)), &["2: steps[0].originals[1].code: is listed twice in this step"]);
    let other = format!("steps = [{}, {}]", step("a", &paper("P", "x")), step("b", &paper("P", "y")));
    check(&other, &["2: steps[1].originals[0].code: is another paper's code"]);
    let again = format!("steps = [{}, {}]", step("a", &paper("P", "x")), step("b", &paper("P", "x")));
    check(&again, &[]);
    check(&format!("steps = [{}]", step("a b", "")), &["2: steps[0].name: holds a space"]);
    let fee = |code: &str, amount: &str| {
        format!(
            "{{ code = \"{code}\", name_vi = \"x\", kind = \"fee\", amount_vnd = {amount}, legal_basis = \"x\", \
             due = \"on_return\" }}"
        )
    };
    check(&format!("fees = [{}, {}]", fee("F", "1"), fee("F", "2")), &["2: fees[1].code: is another fee's code"]);
    check(
        &format!("fees = [{}]", fee("F", "0")),
        &["2: fees[0].amount_vnd: is nothing: leave out a fee that costs nothing"],
    );
    check(&format!("fees = [{}]", fee("F", "1.5")), &["2: fees[0].amount_vnd: is not a whole number"]);
    check(
        "starts_on = \"fee_paid\"",
        &["2: starts_on: is fee_paid, and no fee is due on_acceptance: the clock would never start"],
    );
}

#[test]
fn pauses_that_contradict_themselves_are_named() {
    check(
        "pauses = { fee = { wait = { n = 0, unit = \"working_days\" } } }",
        &["2: pauses.fee.wait.n: is not between 1 and 3650"],
    );
    check(
        "pauses = { fee = { wait = { n = 3, unit = \"months\" } } }",
        &["2: pauses.fee.wait.unit: is none of working_days, calendar_days"],
    );
    check("pauses = { supplement = { legal_basis = \"\" } }", &["2: pauses.supplement.legal_basis: is empty"]);
    check(
        "pauses = { supplement = { wait_from = \"now\" } }",
        &["2: pauses.supplement.wait_from: is none of notice_sent, asked"],
    );
    let further = |reason: &str| format!("{{ reason = \"{reason}\", policy = \"resume\", legal_basis = \"x\" }}");
    check(
        &format!("pauses = {{ further = [{}] }}", further("fee")),
        &["2: pauses.further[0].reason: is one of the three that every procedure has"],
    );
    check(
        &format!("pauses = {{ further = [{}, {}] }}", further("visit"), further("visit")),
        &["2: pauses.further[1].reason: is another pause's reason"],
    );
    check(
        "pauses = { further = [{ reason = \"visit\" }] }",
        &["2: pauses.further[0].policy: is missing", "2: pauses.further[0].legal_basis: is missing"],
    );
    check("on_missed_wait = \"auto\"", &["2: on_missed_wait: is auto, and no pause has a wait that could be missed"]);
}

#[test]
fn names_are_kept_in_one_form_and_hide_nothing() {
    // The same letters, composed and with the marks apart.
    let apart = RIGHT.replace("Thủ tục", "Thu\u{309} tu\u{323}c");
    assert_eq!(read(apart.as_bytes()), read(RIGHT.as_bytes()));
    check("name_vi = \"Thủ\\u0007 tục\"", &["2: name_vi: holds a control character"]);
    check("name_vi = \"Thủ\\u202E tục\"", &["2: name_vi: holds a control character"]);
    check(&format!("name_vi = \"{}\"", "ủ".repeat(501)), &["2: name_vi: is longer than 500 characters"]);
    check(&format!("name_vi = \"{}\"", "ủ".repeat(500)), &[]);
    let long = format!("code = \"{}\"", "1".repeat(101));
    assert!(with(&long)[0].ends_with("code: is longer than 100 characters"));
}

#[test]
fn versions_that_cannot_stand_beside_each_other_are_named() {
    let next = |version: u32, lines: &str| RIGHT.replace("version = 1", &format!("version = {version}\n{lines}"));
    let both = |second: String| faults(&format!("{RIGHT}{second}"));
    let place = |version: u32| format!("procedures[1] (1.000001 version {version}): ");
    assert_eq!(both(next(1, "")), [format!("11: {}version: is the version of line 1 too", place(1))]);
    let missing = format!("9: {}valid_from: claims days of version 1, line 1", place(2));
    assert_eq!(both(next(2, "")), [missing], "a new version says since when it holds");
    assert_eq!(both(next(2, "valid_from = \"2026-07-01\"")), [""; 0]);
    let turned = "valid_from = \"2026-07-01\"\nvalid_until = \"2026-06-30\"";
    assert_eq!(both(next(2, turned)), [format!("13: {}valid_until: lies before valid_from", place(2))]);
    let ended = RIGHT.replace("version = 1", "version = 1\nvalid_until = 2026-07-01");
    let overlapping = format!("{ended}{}", next(2, "valid_from = \"2026-07-01\""));
    assert_eq!(faults(&overlapping), [format!("13: {}valid_from: claims days of version 1, line 1", place(2))]);
}

#[test]
fn three_wrong_lines_among_ten_thousand_are_three_messages() {
    let entry = |n: usize| RIGHT.replace("1.000001", &format!("1.{n:06}"));
    let mut lines: Vec<String> =
        (0..1_300).flat_map(|n| entry(n).lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    assert!(lines.len() > 10_000);
    lines[6] = "limit = { allowance = { n = 5, unit = \"minutes\" } }".into();
    lines[5_004] = "name_en = A procedure".into();
    lines[9_605] = "legal_basis = \"\"".into();
    let said = faults(&lines.join("\r\n"));
    let units = "is none of working_days, calendar_days, months, working_hours";
    assert_eq!(said.len(), 3, "{said:#?}");
    assert_eq!(said[0], format!("7: procedures[0] (1.000000 version 1): limit.allowance.unit: {units}"));
    assert!(said[1].starts_with("5005: is not TOML: "), "{}", said[1]);
    assert_eq!(said[2], "9606: procedures[1200] (1.001200 version 1): legal_basis: is empty");
}

#[test]
fn lines_that_are_no_toml_are_told_one_by_one() {
    for broken in ["name_en = \"unclosed", "name_en", "name_en = 1 2", "= \"x\"", "name_vi = \"again\"", "[[procedures"]
    {
        let wrong = RIGHT.replace("name_en = \"A procedure (sample)\"", broken);
        let said = faults(&format!("{wrong}{}", RIGHT.replace("1.000001", "1.000002")));
        assert_eq!(said.len(), 1, "{broken}: {said:#?}");
        assert!(said[0].starts_with("5: is not TOML: "), "{broken}: {said:?}");
    }
}

#[test]
fn a_file_that_is_something_else_is_called_so() {
    assert_eq!(faults(""), ["1: holds no [[procedures]]"]);
    assert_eq!(faults("procedures = 3"), ["1: procedures is not a list of tables"]);
    assert_eq!(faults("procedures = [3]"), ["1: procedures[0] is not a table"]);
    let other = format!("title = \"x\"\n{RIGHT}");
    assert_eq!(faults(&other), ["1: only [[procedures]] may stand at the top of a catalogue"]);
    let faults = read(b"a = 1\n\xff").unwrap_err();
    assert_eq!(faults[0].to_string(), "2: is not UTF-8");
    assert!(read(format!("\u{feff}{RIGHT}").as_bytes()).is_ok(), "an editor's mark at the beginning is passed over");
}
