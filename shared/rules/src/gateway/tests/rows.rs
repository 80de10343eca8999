use std::collections::BTreeSet;

use super::*;
use crate::vnd::Limits;

#[test]
fn the_list_of_all_gateways_is_in_their_order_and_every_name_is_one_gateway_s() {
    for (place, gateway) in Gateway::ALL.into_iter().enumerate() {
        assert_eq!(gateway as usize, place, "{gateway:?}");
        assert_eq!(Gateway::from_name(gateway.name()), Some(gateway));
    }
    let shown: BTreeSet<_> = Gateway::ALL.into_iter().map(|gateway| gateway.row().shown_name).collect();
    assert!(shown.len() == Gateway::ALL.len() && !shown.contains(""), "{shown:?}");
    assert_eq!(Gateway::from_name("Vnpay"), None);
    assert_eq!(Gateway::from_name(""), None);
}

#[test]
fn who_is_asked_has_an_address_a_span_and_a_reader_of_the_answer() {
    let asked = Gateway::ALL.into_iter().filter(|gateway| gateway.row().recipe.ask.is_some());
    assert_eq!(
        asked.collect::<Vec<_>>(),
        [Gateway::Vnpay, Gateway::Momo, Gateway::Zalopay, Gateway::Payos],
        "the table of orders in README says which"
    );
    for gateway in Gateway::ALL {
        let Row { recipe, api, first_question_after, .. } = gateway.row();
        let asked = recipe.ask.is_some();
        assert_eq!(
            [recipe.answered.is_some(), first_question_after.is_some(), api != Address::NotTaken],
            [asked; 3],
            "{gateway:?}"
        );
        assert!(recipe.opened.is_none() || recipe.open.is_some(), "{gateway:?}");
    }
}

#[test]
fn an_account_is_where_a_code_leads_and_a_page_where_a_query_does() {
    for gateway in Gateway::ALL {
        let row = gateway.row();
        let by_page = row.page != Address::NotTaken;
        let by_call = row.recipe.opened.is_some();
        let ways = [by_page, by_call, row.takes_bank_account].into_iter().filter(|way| *way).count();
        assert_eq!(ways, usize::from(row.recipe.open.is_some()), "{gateway:?}");
    }
}

#[test]
fn vnpay_takes_5_000_to_under_1_000_000_000_dong_and_no_other_gateway_says_what_it_takes() {
    for gateway in Gateway::ALL {
        let Row { min_vnd, max_vnd, .. } = gateway.row();
        let expected = match gateway == Gateway::Vnpay {
            true => [Some(5_000), Some(999_999_999)],
            false => [None, None],
        };
        assert_eq!([min_vnd, max_vnd].map(|limit| limit.map(Vnd::dong)), expected, "{gateway:?}");
        assert_eq!(gateway.row().limits(), Limits { min_vnd, max_vnd }, "{gateway:?}");
    }
}

#[test]
fn zalopay_s_orders_begin_with_the_day_payos_counts_them_and_all_others_are_named_by_us() {
    for gateway in Gateway::ALL {
        let plain = gateway.row().numbering == Numbering::Plain;
        assert_eq!(plain, ![Gateway::Zalopay, Gateway::Payos].contains(&gateway), "{gateway:?}");
    }
    assert_eq!(Gateway::Zalopay.row().numbering, Numbering::AfterDay);
}
