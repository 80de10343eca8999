//! By code, telephone number and identity paper, exactly.

use super::*;

#[tokio::test]
async fn a_telephone_number_is_found_however_it_is_written_and_with_its_prefix_of_before_2018() {
    let desk = Desk::open().await;
    let mut person = named("Cơ sở Hải Yến");
    person.applicant.phone = Some("0162 345 6789".into());
    let id = desk.filed(1, person).await;
    for text in ["01623456789", "0323456789", "+84 32 345 6789", "032.345.6789"] {
        assert_eq!(desk.found(Kind::Phone, text).await, [id], "{text}");
    }
    for text in ["032345678", "0323456780"] {
        assert_eq!(desk.found(Kind::Phone, text).await, [], "{text}");
    }
}

#[tokio::test]
async fn an_identity_number_is_found_whole_and_never_as_a_telephone_number() {
    let desk = Desk::open().await;
    let id = desk.filed(1, named("Cơ sở Hải Yến")).await;
    for text in ["056099001234", " 056 099 001 234 ", "056.099.001.234"] {
        assert_eq!(desk.found(Kind::Identity, text).await, [id], "{text}");
    }
    assert_eq!(desk.found(Kind::Identity, "05609900123").await, []);
    assert_eq!(desk.found(Kind::Phone, "056099001234").await, []);
    assert_eq!(desk.found(Kind::Identity, "0912345678").await, []);
}

#[tokio::test]
async fn a_code_finds_its_dossier_even_where_it_looks_like_an_id() {
    let desk = Desk::open().await;
    let agency = desk.office.agency.clone();
    for (number, code) in [(1, "000.00.01.H32-200415-0001"), (2, "H32/2020 đơn"), (3, "ABCDEFGHIJ12")] {
        let id = desk.filed_as(&agency, number, Some(code), named("Cơ sở Hải Yến")).await;
        assert_eq!(desk.found(Kind::Code, code).await, [id], "{code}");
        assert_eq!(desk.found(Kind::Code, id.as_str()).await, [id], "{code}, by its id");
    }
    assert_eq!(desk.found(Kind::Code, "ZZZZZZZZZZ99").await, []);
}

#[test]
fn a_company_s_tax_number_in_the_one_box_is_taken_for_an_identity_number() {
    for (text, kind) in [
        ("0912 345 678", Kind::Phone),
        ("056099001234", Kind::Identity),
        ("0100109106", Kind::Identity),
        ("0100109106-001", Kind::Identity),
        ("000.00.01.H32-200415-0001", Kind::Code),
        ("Bình Minh 2", Kind::Name),
    ] {
        assert_eq!(Sought::guess(text).map(|sought| sought.kind()), Some(kind), "{text}");
    }
}
