//! Postage of an operator, and the office's own place.

use super::*;
use crate::vnd::Vnd;

fn with(setting: &str) -> Result<Config, Problems> {
    let text = format!(
        "id_key = \"0123456789abcdef\"\n[[posts]]\nid = \"p\"\nkeys = [\"whsec_bW90Y3VhIGRlbW86IG5hdGlvbmFsIHBvcnRhbCBrZXk=\"]\n{setting}\n"
    );
    Config::strict(&text, Host::Public)
}

#[test]
fn postage_is_one_amount_or_classes_of_weight() {
    let config = with("postage = { in_province = 26000, elsewhere = [[100, 31000], [250, 35000]] }").unwrap();
    let tariff = config.post("p").unwrap().postage.clone().unwrap();
    let amount = |in_province, grams| tariff.amount(in_province, Some(grams)).map(Vnd::dong);
    assert_eq!(
        [amount(true, 9_000), amount(false, 100), amount(false, 101)],
        [Some(26_000), Some(31_000), Some(35_000)]
    );
    assert!(with("").unwrap().post("p").unwrap().postage.is_none());
}

#[test]
fn each_mistake_of_postage_is_named() {
    let what = "takes an amount in đồng, or up to 20 classes [grams, amount], the lightest first";
    for wrong in ["0", "-1", "1.5", "\"26000\"", "[]", "[[250, 2], [100, 1]]", "[[1]]"] {
        let problems = with(&format!("postage = {{ in_province = {wrong}, elsewhere = 1000 }}")).unwrap_err();
        assert_eq!(problems.to_string(), format!("posts[0] (p): postage.in_province: {what}"), "{wrong}");
    }
    let problem = |setting: &str| with(setting).unwrap_err().to_string();
    assert_eq!(problem("postage = { in_province = 1 }"), format!("posts[0] (p): postage.elsewhere: {what}"));
    assert_eq!(problem("postage = 1"), "posts[0] (p): postage: is not a table");
}

#[test]
fn the_office_has_a_commune_with_its_day() {
    let config = with("commune = \"22366@2025-07-01\"\nold_commune = \"22366@2025-06-30\"").unwrap();
    let place = config.post("p").unwrap().place.unwrap();
    assert_eq!((place.commune.to_string(), place.old.is_some()), ("22366@2025-07-01".to_owned(), true));
    for wrong in ["22366", "56@2025-07-01", "22366@2025-13-01"] {
        let problem = with(&format!("commune = \"{wrong}\"")).unwrap_err().to_string();
        assert_eq!(problem, "posts[0] (p): commune: is no commune with its day, such as \"22366@2025-07-01\"");
    }
    let problem = with("old_commune = \"22366@2025-06-30\"").unwrap_err().to_string();
    assert_eq!(problem, "posts[0] (p): old_commune: stands without commune");
}
