//! Codes that an agency had.

use super::*;

const TWO: &str = r#"
[[agencies]]
code = "H40"
name = "Cơ quan mới"
formerly = ["H32", "H35"]

[[agencies]]
code = "H41"
name = "Cơ quan khác"

[[portals]]
id = "old"
agency = "H35"
keys = ["whsec_YS1rZXktb2Ytbm9ib2R5LTAxMjM0NTY3ODk="]
"#;

#[test]
fn each_code_leads_to_the_agency_whose_keys_begin_with_the_first_one() {
    let config = Config::strict(TWO, Host::Loopback).unwrap();
    for code in ["H40", "H32", "H35"] {
        let agency = config.agency(code).unwrap();
        assert_eq!((agency.code.as_str(), agency.key().as_str()), ("H40", "H32"), "{code}");
    }
    assert_eq!(config.agency("H41").unwrap().key().as_str(), "H41");
    assert_eq!(config.portal("old").unwrap().agency.as_str(), "H32");
    assert!(config.agency("H3").is_none());
}

#[test]
fn a_code_that_is_no_code_or_somebody_elses_is_a_mistake_at_its_place() {
    for (formerly, field, what) in [
        (r#"["a b"]"#, "formerly[0]", "takes letters"),
        (r#"["H40"]"#, "formerly[0]", "is named twice"),
        (r#"["H32", "H32"]"#, "formerly[1]", "is named twice"),
        (r#"[1]"#, "formerly[0]", "is not a text"),
        (r#""H32""#, "formerly", "is not a list"),
    ] {
        let text = format!("[[agencies]]\ncode = \"H40\"\nname = \"A\"\nformerly = {formerly}\n");
        let problems = Config::strict(&text, Host::Loopback).unwrap_err();
        let found: Vec<_> = problems.iter().collect();
        assert!(
            found.len() == 1 && found[0].field == field && found[0].what.starts_with(what),
            "{formerly}: {problems}"
        );
    }
    for other in ["code = \"H32\"", "code = \"H42\"\nformerly = [\"H35\"]", "code = \"H42\"\nformerly = [\"H40\"]"] {
        let text = TWO.replace("code = \"H41\"", other);
        let problems = Config::strict(&text, Host::Loopback).unwrap_err();
        assert!(problems.to_string().contains("is another agency's code"), "{other}: {problems}");
    }
}
