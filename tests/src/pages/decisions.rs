//! Dossiers that want a decision because a limit ended, and one that is over and is not late any more.

use rules::dossier::Event;
use rules::id::DossierId;
use serde_json::{Value, json};

use super::*;

/// The number beside the menu's entry.
fn counted(page: &str) -> &str {
    let (_, rest) = page.split_once("accesskey=\"d\"").unwrap_or_else(|| panic!("no entry in {page}"));
    let entry = rest.split("</a>").next().unwrap();
    entry.split("<b>").nth(1).unwrap().split('<').next().unwrap()
}

async fn swept(town: &Town, at: &str) {
    town.until(at);
    town.office.sweep().await;
    town.office.deliver().await.unwrap();
}

const LIST: &str = "/desk/lists/decide";

#[tokio::test]
async fn what_was_not_accepted_or_not_brought_in_time_is_listed_counted_and_leaves_once_it_is_decided() {
    let town = Town::new().await;
    let (late, waits) = (town.submit("G22-LATE").await, town.submit("G22-WAITS").await);
    let paper = json!({ "reason": "thiếu giấy", "papers": ["DK.01"] });
    town.clerk(waits, "request-supplement", paper).await;
    town.office.deliver().await.unwrap();
    let list = seated(&town, "clerk").await.get(LIST).await.text().to_owned();
    assert!(list.contains("Không có hồ sơ nào ở đây") && counted(&list) == "0", "{list}");

    swept(&town, "2020-04-16T08:05:00+07:00").await;
    let mut clerk = seated(&town, "clerk").await;
    let list = clerk.get(LIST).await.text().to_owned();
    assert!(list.contains("G22-LATE") && list.contains("chưa tiếp nhận, đã hết hạn") && !list.contains("G22-WAITS"));
    assert_eq!(counted(&list), "1");
    let page = clerk.get(&format!("/desk/dossiers/{late}")).await.text().to_owned();
    assert!(page.contains("Hết hạn tiếp nhận mà hồ sơ chưa được tiếp nhận") && counted(&page) == "1", "{page}");
    assert_eq!(
        town.reading("clerk", &format!("/api/v1/dossiers/{late}")).await["decision"],
        json!({ "on": "acceptance" })
    );

    // 30 calendar days end on Friday 15 May; the next opening of office is that of Monday.
    for at in ["2020-05-13T08:00:00+07:00", "2020-05-15T23:59:00+07:00"] {
        swept(&town, at).await;
    }
    let list = seated(&town, "manager").await.get(LIST).await.text().to_owned();
    assert_eq!(counted(&list), "1", "the last day is not over");
    swept(&town, "2020-05-18T07:30:00+07:00").await;
    assert!(matches!(town.events(waits).await.last(), Some(Event::WaitMissed { .. })));
    let mut manager = seated(&town, "manager").await;
    let list = manager.get(LIST).await.text().to_owned();
    assert!(list.contains("G22-WAITS") && list.contains("quá hạn, chỉ chờ đến hết"), "{list}");
    assert!(list.find("G22-LATE") < list.find("G22-WAITS"), "what waits longest comes first");
    assert_eq!(counted(&list), "2");
    assert!(
        manager.get(&format!("/desk/dossiers/{waits}")).await.text().contains("đến hết ngày 15/05/2020 mà không có")
    );
    let seen = town.reading("clerk", &format!("/api/v1/dossiers/{waits}")).await;
    assert_eq!(seen["decision"], json!({ "on": "missed_wait", "reasons": ["supplement"], "last_day": "2020-05-15" }));

    town.clerk(waits, "refuse-intake", json!({ "reason": "quá hạn bổ sung" })).await;
    town.clerk(late, "accept", json!({})).await;
    town.office.deliver().await.unwrap();
    let list = manager.get(LIST).await.text().to_owned();
    assert!(counted(&list) == "0" && list.contains("Không có hồ sơ nào ở đây"), "{list}");
    assert_eq!(town.reading("clerk", &format!("/api/v1/dossiers/{late}")).await["decision"], Value::Null);
}

#[tokio::test]
async fn a_wait_missed_after_acceptance_is_listed_until_the_papers_come_and_an_administrator_only_reads() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await;
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "enter-step", json!({ "step": "verification" })).await;
    let lists = async |role: &str| seated(&town, role).await.get(LIST).await;
    for at in ["2020-04-17T17:00:00+07:00", "2020-05-08T07:30:00+07:00", "2020-05-13T07:30:00+07:00"] {
        swept(&town, at).await;
    }
    let list = lists("specialist").await.text().to_owned();
    assert!(list.contains("G22-1") && counted(&list) == "1", "{list}");
    let read = lists("administrator").await;
    assert_eq!(read.status().as_u16(), 200);
    assert!(read.text().contains("G22-1") && !read.text().contains("accesskey=\"d\""), "nothing for them to decide");
    let receipt = json!({ "papers": ["GPXD-DON", "GPXD-BV"], "minutes_no": "1", "by": "hand" });
    town.clerk(id, "record-receipt", receipt).await;
    town.office.deliver().await.unwrap();
    assert_eq!(counted(lists("specialist").await.text()), "0");
}

/// Words of search, dossier page and API about a dossier long after its end.
async fn told_of(town: &Town, id: DossierId, code: &str) -> (String, String, Value) {
    town.office.deliver().await.unwrap();
    let mut clerk = seated(town, "clerk").await;
    let form = clerk.get("/desk/search").await;
    let csrf = csrf_in(form.text());
    let found = clerk.post("/desk/search", &[("csrf", &csrf), ("q", "Thử Nghiệm"), ("by", "name")]).await;
    let found = found.text().to_owned();
    let (_, row) = found.split_once(&format!("/desk/dossiers/{id}")).unwrap_or_else(|| panic!("no {code} in {found}"));
    let row = row.split("</tr>").next().unwrap().to_owned();
    let page = clerk.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    let page = page.split_once("<main").unwrap().1.split_once("<h2").unwrap().0.to_owned();
    let api = town.reading("clerk", &format!("/api/v1/dossiers/{id}")).await["overdue"].clone();
    (row, page, api)
}

#[tokio::test]
async fn what_is_over_is_never_late_and_keeps_whether_it_was_on_time_at_its_end() {
    let town = Town::new().await;
    let mut ids = Vec::new();
    for code in ["G22-1", "G22-2", "G22-3", "G22-4"] {
        let id = town.submit(code).await;
        town.clerk(id, "accept", json!({})).await;
        ids.push(id);
    }
    let [early, overdue, withdrawn, closed] = ids[..] else { panic!("four dossiers") };
    let out = json!({ "to": "applicant", "shown": "citizen_card", "paper_no": "056090001234" });
    town.until("2020-05-08T16:00:00+07:00");
    town.clerk(early, "record-result", json!({ "kind": "positive" })).await;
    town.clerk(early, "hand-out", out.clone()).await;
    town.clerk(withdrawn, "withdraw", json!({ "reason": "đổi ý" })).await;
    town.until("2020-05-12T09:00:00+07:00");
    town.clerk(overdue, "record-result", json!({ "kind": "positive" })).await;
    town.clerk(closed, "close", json!({ "reason": "không hợp tác", "article": "Quy định mẫu" })).await;
    town.until("2020-08-20T09:00:00+07:00");
    for (id, code, words, is) in [
        (early, "G22-1", "kết thúc đúng hạn", "in_time"),
        (overdue, "G22-2", "kết thúc trễ 2 ngày làm việc", "late"),
        (withdrawn, "G22-3", "kết thúc đúng hạn", "in_time"),
        (closed, "G22-4", "kết thúc trễ 2 ngày làm việc", "late"),
    ] {
        let (row, page, api) = told_of(&town, id, code).await;
        for shown in [&row, &page] {
            assert!(
                shown.contains(words) && !shown.contains("quá hạn") && !shown.contains("\"late\""),
                "{code}: {shown}"
            );
        }
        assert_eq!((&api["punctuality"]["is"], &api["late_from"]), (&json!(is), &Value::Null), "{api}");
        assert!(api["ended_at"].is_string(), "{api}");
    }
    // A result that waits to be handed out says for how long, and is not late either.
    let ready = seated(&town, "clerk").await.get("/desk/lists/ready").await.text().to_owned();
    assert!(ready.contains("đã chờ 100 ngày") && ready.contains("kết thúc trễ 2 ngày làm việc"), "{ready}");
    assert!(!ready.contains("span class=\"late\""), "{ready}");
}
