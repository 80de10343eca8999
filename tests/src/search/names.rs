//! By the words of a name.

use super::*;

#[tokio::test]
async fn a_name_is_found_with_marks_without_them_and_by_the_beginnings_of_its_words() {
    let desk = Desk::open().await;
    let id = desk.filed(1, named("Hộ kinh doanh Đường Đức")).await;
    // The last is written with loose marks, as some telephones send it.
    for text in ["Đường", "duong", "DUONG", "đư", "duc duong", "ho kinh doanh", "du ki", "Đươ\u{300}ng"] {
        assert_eq!(desk.found(Kind::Name, text).await, [id], "{text}");
    }
    for text in ["uong", "duongg", "duong nha", "đuc nam", "hoo"] {
        assert_eq!(desk.found(Kind::Name, text).await, [], "{text}");
    }
}

#[tokio::test]
async fn whoever_filed_for_the_applicant_is_found_too_and_each_dossier_once() {
    let desk = Desk::open().await;
    let id = desk.filed(1, filed_by("Cơ sở Hải Yến", "Công ty TNHH Dịch vụ Hải Đăng")).await;
    for text in ["yen", "dang", "hai", "hai yen dang"] {
        assert_eq!(desk.found(Kind::Name, text).await, [id], "{text}");
    }
}

#[tokio::test]
async fn the_last_words_of_a_long_company_name_find_it() {
    let desk = Desk::open().await;
    let long = "Công ty Trách nhiệm hữu hạn Một thành viên Thương mại Dịch vụ Xây dựng Sao Biển";
    let id = desk.filed(1, named(long)).await;
    assert_eq!(desk.found(Kind::Name, "cong ty").await, [id]);
    assert_eq!(desk.found(Kind::Name, "sao bien").await, [id], "the words that tell it from all others");
    assert_eq!(desk.found(Kind::Name, long).await, [id]);
}

#[tokio::test]
async fn the_newest_come_first_by_the_page_and_no_page_leads_into_another_agency() {
    let desk = Desk::open().await;
    let other = desk.neighbour().await;
    let theirs = desk.filed_as(&other, 900, None, named("Cơ sở Bình Minh")).await;
    let mut ours = Vec::new();
    for number in 1..=13 {
        desk.office.wait(jiff::SignedDuration::from_mins(1));
        ours.push(desk.office.submit(number, named("Cơ sở Bình Minh")).await);
    }
    desk.project(Settings::default()).await;
    ours.reverse();
    let agency = desk.office.agency.clone();
    let ids = |page: &FoundPage| page.rows.iter().map(|listed| listed.row.id).collect::<Vec<_>>();
    for text in ["minh", "binh minh"] {
        let first = desk.page(&agency, Kind::Name, text, None).await;
        assert_eq!(ids(&first), ours[..10], "{text}");
        let next = After::parse(&first.next.expect("three are left").to_string()).unwrap();
        let second = desk.page(&agency, Kind::Name, text, Some(&next)).await;
        assert_eq!((ids(&second), second.next), (ours[10..].to_vec(), None), "{text}");
        // A place of ours, given with another agency's question, shows theirs or nothing.
        let crossed = desk.page(&other, Kind::Name, text, Some(&next)).await;
        assert!(ids(&crossed).iter().all(|id| *id == theirs), "{text}");
        assert_eq!(ids(&desk.page(&other, Kind::Name, text, None).await), [theirs], "{text}");
    }
}

#[tokio::test]
async fn a_page_is_two_round_trips_and_at_most_twelve_read_units() {
    let desk = Desk::open().await;
    for number in 1..=12 {
        let person = filed_by("Công ty Cổ phần Đầu tư Xây dựng Bình Minh", "Hộ kinh doanh Nguyên Khang");
        desk.office.submit(number, person).await;
    }
    desk.project(Settings::default()).await;
    for text in ["minh", "binh minh", "dau tu xay dung"] {
        desk.office.wire.reset();
        assert_eq!(desk.found(Kind::Name, text).await.len(), 10, "{text}");
        let tally = desk.office.wire.tally();
        let reads = tally.of("Query").round_trips + tally.of("BatchGetItem").round_trips;
        assert_eq!((reads, tally.of("PutItem").round_trips), (2, 1), "{text}: {tally:?}");
        assert_eq!(tally.round_trips(), 3, "the audit is written beside the second read");
        assert!(tally.read_units() <= motcua_local::wire::tally::Units::whole(12), "{text}: {}", tally.read_units());
    }
}
