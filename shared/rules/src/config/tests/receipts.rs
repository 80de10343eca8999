//! Settings of providers of receipts.

use super::*;
use crate::receipt::Form;

const OFFICE: &str = r#"
id_key = "0123456789abcdef"

[[receipts]]
id = "viettel"
kind = "viettel"
url = "https://api-vinvoice.example.vn"
letters = "AB"
payee = "Ban Quản lý Khu kinh tế Vân Phong"
tax_code = "4200000000-001"
from = "2026-12-01"
except = ["paygov"]
"#;
const LOG_IN: &str = "username = \"u\"\npassword = \"geheim\"\n";

fn office() -> String {
    format!("{OFFICE}{LOG_IN}")
}

#[test]
fn the_symbol_has_the_year_and_the_agency_s_letters() {
    let config = Config::strict(&office(), Host::Public).unwrap();
    let provider = config.receipt_provider("viettel").unwrap();
    assert_eq!((provider.form, provider.symbol(2026).to_string()), (Form::Ebl01, "26TAB".to_owned()));
    assert_eq!(provider.symbol(2027).to_string(), "27TAB");
    assert!(!format!("{provider:?}").contains("geheim"));
}

#[test]
fn money_of_a_day_goes_to_the_provider_that_began_last() {
    let second = office().replace("id_key = \"0123456789abcdef\"", "").replace("\"viettel\"\nkind", "\"vnpt\"\nkind");
    let both = format!("{}{}", office(), second.replace("2026-12-01", "2027-01-01"));
    let config = Config::strict(&both, Host::Public).unwrap();
    let agency = config.agencies()[0].key();
    let of = |day: &str| config.receipts_of(agency, day.parse().unwrap()).map(|it| it.id.as_str());
    assert_eq!((of("2026-11-30"), of("2026-12-31"), of("2027-01-01")), (None, Some("viettel"), Some("vnpt")));
}

#[test]
fn each_mistake_is_told_with_its_field() {
    let wrong = office()
        .replace("\"AB\"", "\"IJ\"")
        .replace("4200000000-001", "42")
        .replace("2026-12-01", "tomorrow")
        .replace("kind = \"viettel\"", "kind = \"vnpt\"\nform = \"EBL09\"");
    let problems = Config::strict(&wrong, Host::Public).unwrap_err().to_string();
    for part in [
        "kind: is none of viettel",
        "form: is neither",
        "letters: takes two",
        "tax_code: takes ten",
        "from: is not a day",
    ] {
        assert!(problems.contains(part), "{part}: {problems}");
    }
    let lacks = Config::strict(OFFICE, Host::Public).unwrap_err().to_string();
    assert!(lacks.contains("username: is missing") && lacks.contains("password: is missing"), "{lacks}");
}

#[test]
fn the_log_in_lies_in_a_secret_of_its_own() {
    let read = |parts: &[(Use, &str)]| Config::in_parts(OFFICE, parts, Host::Public).unwrap();
    assert!(read(&[]).receipt_provider("viettel").unwrap().password.is_none());
    let own = "[[receipts]]\nid = \"viettel\"\nusername = \"u\"\npassword = \"geheim\"\n";
    let config = read(&[(Use::Receipts, own)]);
    assert_eq!(config.receipt_provider("viettel").unwrap().password.as_ref().unwrap().expose(), "geheim");
    assert!(read(&[(Use::Receipts, "")]).has_closed("receipts"));
}

#[test]
fn a_reporter_is_an_account_with_an_address_and_three_days_are_usual() {
    let read = |more: &str| Config::strict(&format!("{}{more}", office()), Host::Public);
    let of = |more: &str| {
        let config = read(more).unwrap();
        let it = config.receipt_provider("viettel").unwrap();
        (it.reporter.clone(), it.reporter_email.clone(), it.make_up_days)
    };
    assert_eq!(of(""), (None, None, 3));
    let named = "reporter = \"lan\"\nreporter_email = \"lan@example.vn\"\nmake_up_days = 5\n";
    assert_eq!(of(named), (Some("lan".to_owned()), Some("lan@example.vn".to_owned()), 5));
    for (wrong, what) in [
        ("reporter = \"Lan Anh\"", "reporter: takes an account"),
        ("reporter_email = \"lan@example.vn\"", "reporter_email: needs \"reporter\""),
        ("reporter = \"lan\"\nreporter_email = \"lan\"", "reporter_email: takes an address"),
        ("make_up_days = 0", "make_up_days: takes a number from 1 to 10"),
        ("make_up_days = \"3\"", "make_up_days: takes a number from 1 to 10"),
    ] {
        let told = read(&format!("{wrong}\n")).unwrap_err().to_string();
        assert!(told.contains(what), "{wrong}: {told}");
    }
}
