//! Papers that were asked for: the nearest way, the label, and the word which of them come and how.

use rules::dossier::{Actor, Event};

use super::*;

async fn says(town: &Town, way: &str, fields: &[(&str, &str)]) -> Response {
    sends(town, Sent { target: way, fields, headers: &[], sender: SENDER }).await
}

/// A dossier that awaits a supplement, with the path of a link to answer it.
async fn asked_for_papers(town: &Town) -> (DossierId, String) {
    let id = accepted(town, "G22-1").await;
    let papers = json!({ "reason": "thiếu chữ ký", "papers": ["GPXD-DON", "Giấy ủy quyền"] });
    town.clerk(id, "request-supplement", papers).await;
    let way = linked(town, id, Purpose::Supplement).await;
    (id, way)
}

#[tokio::test]
async fn the_page_has_the_papers_the_day_the_nearest_way_and_a_label() {
    let town = Town::new().await;
    let (id, way) = asked_for_papers(&town).await;
    let version = town.dossier(id).await.unwrap().version;
    let told = words(&page(&town, &way).await);
    for text in [
        "Giấy tờ cần gửi",
        "Giấy ủy quyền",
        "Bưu cục gần nhất",
        "Giữ biên bản giao nhận",
        "Người gửi trả cước",
        "Kính gửi: Ban Quản lý Khu kinh tế Vân Phong , Bộ phận Một cửa",
        "Hồ sơ: G22-1",
        "bổ sung trên cổng dịch vụ công",
    ] {
        assert!(told.contains(text), "{text:?} in {told}");
    }
    let label = words(&page(&town, &format!("{way}/label")).await);
    assert!(label.contains("Nhãn gửi giấy tờ") && label.contains("Hồ sơ: G22-1"), "{label}");
    assert!(page(&town, &format!("{way}?lang=en")).await.contains("The nearest post office"));
    assert_eq!(town.dossier(id).await.unwrap().version, version);
}

#[tokio::test]
async fn what_comes_and_how_is_told_once_and_the_desk_sees_it() {
    let town = Town::new().await;
    let (id, way) = asked_for_papers(&town).await;
    let version = town.dossier(id).await.unwrap().version.to_string();
    let fields = [("seen", &*version), ("by", "post"), ("paper", "Giấy ủy quyền"), ("paper", "no such paper")];
    for _ in 0..2 {
        let answer = says(&town, &way, &fields).await;
        assert_eq!((answer.status().as_u16(), answer.header("location")), (303, Some(way.as_str())));
    }
    let history = town.history(id).await;
    let own: Vec<_> = history.iter().filter(|commit| commit.actor == Actor::Applicant).collect();
    assert_eq!(own.len(), 1);
    let said = Event::OriginalsAnnounced { papers: vec!["Giấy ủy quyền".into()], by_post: Some(true) };
    assert_eq!(own[0].events, [said]);
    let told = words(&page(&town, &way).await);
    assert!(told.contains("Đã báo lúc 15/04/2020 08:00: gửi qua bưu điện"), "{told}");
    // It can be told anew, and nothing counts as received by it.
    says(&town, &way, &[("by", "desk"), ("paper", "GPXD-DON"), ("paper", "Giấy ủy quyền")]).await;
    let told = words(&page(&town, &way).await);
    assert!(told.contains("đem đến Bộ phận Một cửa") && told.contains("Giấy tờ nào sẽ gửi"), "{told}");
    assert!(all(&town, id).await.contains("Báo đem giấy tờ đến quầy"));
}

#[tokio::test]
async fn a_form_without_a_way_or_a_paper_says_what_is_missing_and_records_nothing() {
    let town = Town::new().await;
    let (id, way) = asked_for_papers(&town).await;
    let version = town.dossier(id).await.unwrap().version;
    for (fields, why) in [
        (&[("paper", "GPXD-DON")][..], "Hãy chọn một cách"),
        (&[("by", "pigeon"), ("paper", "GPXD-DON")], "Hãy chọn một cách"),
        (&[("by", "post")], "Hãy chọn giấy tờ sẽ gửi"),
        (&[("by", "post"), ("paper", "<b>x</b>")], "Hãy chọn giấy tờ sẽ gửi"),
    ] {
        let answer = says(&town, &way, fields).await;
        assert_eq!(answer.status().as_u16(), 400, "{fields:?}");
        assert!(answer.text().contains(why) && !answer.text().contains("<b>x"), "{}", answer.text());
    }
    assert_eq!(town.dossier(id).await.unwrap().version, version);
}

#[tokio::test]
async fn when_everything_is_in_or_the_dossier_is_over_nothing_is_asked() {
    let town = Town::new().await;
    let (id, way) = asked_for_papers(&town).await;
    let papers = json!({ "papers": ["GPXD-DON", "Giấy ủy quyền"], "by": "hand", "minutes_no": "12/BB" });
    town.clerk(id, "record-receipt", papers).await;
    assert!(page(&town, &way).await.contains("Không còn giấy tờ nào phải gửi"));
    let late = says(&town, &way, &[("by", "post"), ("paper", "GPXD-DON")]).await;
    assert_eq!(late.status().as_u16(), 409);
    assert!(late.text().contains("Chưa ghi được"), "{}", late.text());
    town.clerk(id, "withdraw", json!({ "reason": "đổi ý" })).await;
    assert!(page(&town, &way).await.contains("Không còn giấy tờ nào phải gửi"));
}
