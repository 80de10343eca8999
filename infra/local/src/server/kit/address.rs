//! The steps of an address, as the page kit shows them.

use maud::{Markup, html};
use pages::Form;
use pages::address::{AddressForm, Around, Known};
use rules::language::Language;
use units::Units;

/// Pages of an address: to type it, to choose the commune, to read it back; the last two with other words than the first.
pub(super) fn steps(lang: Language, (path, long): (&str, &str)) -> Markup {
    let today = "2026-11-28".parse().expect("it is a day");
    let known = Known { units: Units::official(), today, lang };
    let typed = [
        [("address_street", ""), ("address_commune", "Xã Không Có Trong Danh Mục"), ("address_step", "seek")],
        [
            ("address_street", "5 Đội Cấn"),
            ("address_commune", "Phường Cống Vị, Ba Đình, Hà Nội"),
            ("address_step", "seek"),
        ],
        [("address_street", long), ("address_commune", "P. Bến Nghé, Q1, TP.HCM"), ("address_step", "seek")],
    ];
    let around =
        Around {
            more: &html! {}, send: ["Đúng, gửi đến địa chỉ này", "Right: send it to this address"], focus: false
        };
    html! { @for fields in typed {
        form action=(path) {
            (AddressForm::of(&Form::of_pairs(&fields.map(|(name, value)| (name, value.to_owned())))).step(&known).shown(&known, &around))
        }
    } }
}
