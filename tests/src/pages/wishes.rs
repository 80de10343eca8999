//! How people want to be told: written down at the desk, shown with its day, and kept for all their dossiers.

use motcua::store::{Did, TaskKind};
use rules::http::Response;

use super::*;
use crate::desk::audited::acts;
use crate::prompt::{demo_agency, prompt};

/// Sends the form of one of them.
async fn write(clerk: &mut Browser<'_>, path: &str, fields: &[(&str, &str)]) -> Response {
    let csrf = clerk.csrf(path).await;
    clerk.post(path, &[&[("csrf", csrf.as_str())], fields].concat()).await
}

#[tokio::test]
async fn a_clerk_writes_down_how_somebody_wants_to_be_told_and_it_holds_for_their_next_dossier() {
    let town = Town::new().await;
    let mut clerk = seated(&town, "clerk").await;
    let id = town.submit("G22-1").await;
    let path = format!("/desk/dossiers/{id}/messages");
    let page = clerk.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    assert!(page.contains(&format!("href=\"{path}\"")), "{page}");
    let form = clerk.get(&path).await.text().to_owned();
    assert!(form.contains("Chủ hồ sơ") && form.contains("name=\"sms\" value=\"1\" checked"), "{form}");
    assert!(!form.contains("từ chối từ"), "{form}");
    let said = [("whose", "applicant"), ("language", "en"), ("consent", "phone"), ("email", "1")];
    assert_eq!(write(&mut clerk, &path, &said).await.status().as_u16(), 303);
    let form = clerk.get(&format!("{path}?done=1")).await.text().to_owned();
    assert!(form.contains("Đã ghi cách báo tin.") && form.contains("từ chối từ 15/04/2020"), "{form}");
    assert!(form.contains("value=\"en\" checked") && !form.contains("name=\"sms\" value=\"1\" checked"), "{form}");
    let wrote = acts(&town).await.into_iter().filter(|entry| matches!(entry.did, Did::WroteWishes { .. })).count();
    assert_eq!(wrote, 1);
    // The arrival was told before they said so.
    town.office.deliver().await.unwrap();
    let before = town.sms().len();
    let next = town.submit("G22-2").await;
    town.office.deliver().await.unwrap();
    assert_eq!(town.sms().len(), before, "no SMS for the next one");
    let form = clerk.get(&format!("/desk/dossiers/{next}/messages")).await.text().to_owned();
    assert!(form.contains("từ chối từ 15/04/2020"), "{form}");
}

#[tokio::test]
async fn somebody_with_more_than_ten_dossiers_may_choose_one_letter_a_day_and_others_are_not_asked() {
    let town = Town::new().await;
    town.office.configure(demo_agency("outlets = [\"sms\", \"email\"]\nemail_from = \"mot-cua@example.vn\"\n"));
    let mut clerk = seated(&town, "clerk").await;
    let mut last = None;
    for number in 1..=10 {
        let mut form = crate::town::form(&format!("G22-{number}"));
        form["Email"] = "dai.ly@example.vn".into();
        assert_eq!(town.portal("dossier.submitted", &format!("s{number}"), form).await.status().as_u16(), 200);
        last = Some(town.id_of(&format!("G22-{number}")));
    }
    town.office.deliver().await.unwrap();
    let path = format!("/desk/dossiers/{}/messages", last.unwrap());
    let form = clerk.get(&path).await.text().to_owned();
    assert!(!form.contains("name=\"daily\""), "ten are not many: {form}");
    let said = [("whose", "applicant"), ("language", "vi"), ("consent", "phone"), ("sms", "1"), ("email", "1")];
    let chosen = [&said[..], &[("about_daily", "1"), ("daily", "1")]].concat();
    write(&mut clerk, &path, &chosen).await;
    let form = clerk.get(&path).await.text().to_owned();
    assert!(!form.contains("chọn từ"), "a form that nobody was shown: {form}");
    town.submit("G22-11").await;
    town.office.deliver().await.unwrap();
    let form = clerk.get(&path).await.text().to_owned();
    assert!(form.contains("name=\"daily\" value=\"1\">"), "{form}");
    write(&mut clerk, &path, &chosen).await;
    let form = clerk.get(&path).await.text().to_owned();
    assert!(form.contains("name=\"daily\" value=\"1\" checked") && form.contains("chọn từ 15/04/2020"), "{form}");
    write(&mut clerk, &path, &[&said[..], &[("about_daily", "1")]].concat()).await;
    let form = clerk.get(&path).await.text().to_owned();
    assert!(form.contains("name=\"daily\" value=\"1\">") && !form.contains("chọn từ"), "{form}");
}

#[tokio::test]
async fn a_form_that_is_none_and_a_page_of_nobody_change_nothing() {
    let town = Town::new().await;
    let mut clerk = seated(&town, "clerk").await;
    let id = town.submit("G22-1").await;
    let path = format!("/desk/dossiers/{id}/messages");
    for wrong in [
        [("whose", "neighbour"), ("language", "vi"), ("consent", "phone")],
        [("whose", "applicant"), ("language", "fr"), ("consent", "phone")],
        [("whose", "applicant"), ("language", "vi"), ("consent", "dream")],
    ] {
        assert_eq!(write(&mut clerk, &path, &wrong).await.status().as_u16(), 400, "{wrong:?}");
    }
    let right = [("whose", "applicant"), ("language", "vi"), ("consent", "phone")];
    assert_eq!(clerk.post(&path, &right).await.status().as_u16(), 403, "a form of another page");
    assert_eq!(clerk.get("/desk/dossiers/ZZZZZZZZZZZZ/messages").await.status().as_u16(), 404);
    let wrote = acts(&town).await.into_iter().filter(|entry| matches!(entry.did, Did::WroteWishes { .. })).count();
    assert_eq!(wrote, 0);
}

#[tokio::test]
async fn the_health_page_tells_of_a_cap_that_is_reached_and_of_work_that_is_late() {
    let town = Town::new().await;
    let line = "outlets = [\"sms\"]\nmessages = { wait_minutes = 0, quiet_hours = \"none\", sms_a_day = 5 }\n";
    town.office.configure(demo_agency(line));
    let mut admin = seated(&town, "administrator").await;
    let page = admin.get("/desk/admin/health").await.text().to_owned();
    assert!(page.contains("Kịp") && !page.contains("Chậm") && !page.contains("đã hết số tin"), "{page}");
    for (dossiers, told) in [(4, "đã dùng 4/5"), (6, "đã hết số tin của hôm nay")] {
        for number in 0..dossiers {
            town.submit(&format!("G22-{dossiers}{number}")).await;
        }
        town.office.deliver().await.unwrap();
        let page = admin.get("/desk/admin/health").await.text().to_owned();
        assert!(page.contains(told), "{page}");
    }
    assert_eq!(town.sms().len(), 5);
    // Nobody sweeps for half a day.
    town.until("2020-04-16T08:00:00+07:00");
    let mut admin = seated(&town, "administrator").await;
    let page = admin.get("/desk/admin/health").await.text().to_owned();
    assert!(page.contains("Chậm"), "{page}");
    town.office.sweep().await;
    town.office.sweep().await;
    let page = admin.get("/desk/admin/health").await.text().to_owned();
    assert!(!page.contains("Chậm"), "{page}");
    town.office.configure(prompt());
    let page = admin.get("/desk/admin/health").await.text().to_owned();
    assert!(page.contains("không đặt"), "{page}");
    assert_eq!(TaskKind::ALL.len(), 11, "each kind of work is due in one of the lists of the page");
}
