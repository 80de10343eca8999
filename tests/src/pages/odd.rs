//! Anything odd that a browser may send: a clear sentence, nothing lost from the form, never a 5xx.

use super::*;
use rules::http::Reply;

const ODD: [&str; 8] = [
    "<script>alert(1)</script>",
    "\u{202e}txt.exe",
    "Nguye\u{302}\u{303}n Th\u{1ecb}",
    "a\u{0}b",
    "'; DROP TABLE --",
    "\"><img src=x>",
    "{{7*7}}",
    "\u{1f4a9}\u{200d}\u{1f525}",
];

#[tokio::test]
async fn every_field_of_every_form_takes_anything_or_says_what_is_wrong() {
    let town = Town::new().await;
    let mut browser = seated(&town, "manager").await;
    let id = town.submit("G22.99-1").await;
    town.clerk(id, "accept", serde_json::json!({})).await;
    let page = browser.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    let prefix = format!("href=\"/desk/dossiers/{id}/");
    let commands: Vec<_> = page.split(&prefix).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    let commands: Vec<_> =
        commands.into_iter().filter(|it| !it.contains('/') && !it.contains('?') && it != "looks").collect();
    assert!(commands.len() > 10, "{commands:?}");
    let long = "x".repeat(600);
    for command in commands {
        let path = format!("/desk/dossiers/{id}/{command}");
        let form = browser.get(&path).await.text().to_owned();
        let names: Vec<_> =
            form.split(" name=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
        for odd in ODD.iter().copied().chain(["", "-1", &long]) {
            let typed = names.iter().filter(|name| !["csrf", "key", "version"].contains(&name.as_str()));
            let filled = typed.fold(Filled::on(&form, &path), |form, name| form.with(name, odd));
            let answer = browser.post(&path, &filled.fields()).await;
            assert!(
                [200, 400, 409, 422].contains(&answer.status().as_u16()),
                "{command} {odd:?} {}",
                answer.status().as_u16()
            );
            assert!(
                !answer.text().contains("<script>alert") && !answer.text().contains("<img src=x"),
                "{command} {odd:?}"
            );
        }
    }
}

#[tokio::test]
async fn what_was_typed_at_intake_stands_in_the_form_again() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let form = Filled::on(browser.get("/desk/new").await.text(), "/desk/new");
    let form = form.with("procedure", "9.999999").with("filing", "desk").with("applicant.name", "Hộ kinh doanh <Mẫu>");
    let answer = browser.post("/desk/new", &form.fields()).await;
    assert_eq!(answer.status().as_u16(), 422);
    for words in ["9.999999", "Hộ kinh doanh &lt;Mẫu&gt;", "Danh mục chưa có thủ tục này"] {
        assert!(answer.text().contains(words), "{words} in {}", answer.text());
    }
}

#[tokio::test]
async fn a_forged_form_another_role_and_another_agency_s_dossier_get_nowhere() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let mut clerk = seated(&town, "clerk").await;
    let mut administrator = seated(&town, "administrator").await;
    let path = format!("/desk/dossiers/{id}/accept");
    let form = Filled::on(clerk.get(&path).await.text(), &path);
    let stolen = administrator.post(&path, &form.fields()).await;
    assert_eq!(stolen.status().as_u16(), 403);
    let forged: Vec<_> = form.fields().into_iter().filter(|(name, _)| *name != "csrf").collect();
    assert_eq!(clerk.post(&path, &forged).await.status().as_u16(), 403);
    assert_eq!(administrator.get(&path).await.status().as_u16(), 403);
    assert_eq!(clerk.get("/desk/admin").await.status().as_u16(), 403);
    assert_eq!(clerk.get(&format!("/desk/dossiers/{id}/reopen")).await.status().as_u16(), 403);
    for unknown in [
        "/desk/dossiers/ZZZZZZZZZZZZ",
        "/desk/dossiers/x",
        "/desk/lists/x",
        "/desk/nowhere",
        "/desk/money/x",
        "/desk/lists/new?after=x",
    ] {
        assert_eq!(clerk.get(unknown).await.status().as_u16(), 404, "{unknown}");
    }
    assert_eq!(clerk.post("/desk/lists/new", &[]).await.status().as_u16(), 403);
    assert_eq!(Browser::new(&town).get(&path).await.status().as_u16(), 303, "nobody is signed in");
}
