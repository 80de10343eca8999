//! Sign-in, session and sign-out.

use http::Method;
use motcua_local::server::{Server, Settings};
use rules::http::Reply;

use super::*;

#[tokio::test]
async fn a_clerk_signs_in_and_is_at_the_page_they_wanted() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let wanted = format!("/desk/dossiers/{id}?done=accept");
    let mut browser = Browser::new(&town);

    let asked = browser.get(&wanted).await;
    assert_eq!(asked.status().as_u16(), 303);
    assert_eq!(location(&asked), format!("/desk/sign-in?back={}", query::encode(wanted.as_bytes())));
    let there = browser.sent_to_the_provider(&wanted).await;
    assert_eq!(parameter(&there, "redirect_uri"), format!("{NOWHERE}/desk/signed-in"));
    assert_eq!(parameter(&there, "code_challenge_method"), "S256");
    assert_eq!(parameter(&there, "scope"), "openid profile");
    let page = at_provider(&town, Method::GET, &there, "");
    for role in rules::config::ROLES {
        assert!(page.text().contains(&of(&town, role)), "{}", page.text());
    }
    let back = chosen(&town, &there, &of(&town, "clerk"));
    let led = browser.get(&back).await;
    assert_eq!((led.status().as_u16(), location(&led)), (303, wanted.as_str()));
    assert!(browser.jar.contains_key(SESSION) && !browser.jar.contains_key(ON_THE_WAY));
    let page = browser.get(&wanted).await;
    assert_eq!(page.status().as_u16(), 200);
    assert!(page.text().contains("Cán bộ một cửa · cán bộ một cửa"), "{}", page.text());
}

#[tokio::test]
async fn every_answer_keeps_the_browser_from_being_led_astray() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "clerk"), "/desk").await;
    let policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self' http://127.0.0.1:8080; \
                  frame-ancestors 'none'; base-uri 'none'";
    let page = browser.get("/desk").await;
    assert_eq!(page.header("content-security-policy"), Some(policy));
    for target in [
        "/desk",
        "/desk/nowhere",
        "/desk/language/en",
        "/desk/sign-in",
        "/desk/signed-in",
        "/desk/signed-out",
        "/desk/sign-out",
    ] {
        let page = browser.get(target).await;
        assert!(page.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"), "{target}");
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"), "{target}");
        assert_eq!(page.header("referrer-policy"), Some("same-origin"), "{target}");
        assert_eq!(page.header("cache-control"), Some("no-store"), "{target}");
    }
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    let led = browser.signs_in(&of(&town, "clerk"), "/desk").await;
    let lines: Vec<_> = cookies(&led).collect();
    assert!(lines[0].starts_with("motcua=") && lines[0].ends_with("; Path=/desk; HttpOnly; SameSite=Lax"), "{lines:?}");
    assert_eq!(lines[1], "motcua-in=; Path=/desk; HttpOnly; SameSite=Lax; Max-Age=0");
    assert!(!lines[0].contains("clerk"));

    // Under https the cookie also says that it is ours alone.
    let site = town.office.site();
    let sign_in = rules::config::SignIn {
        desk_url: Some("https://motcua.example".into()),
        ..site.config.sign_in().unwrap().clone()
    };
    town.office.configure((*site.config).clone().signing_in(sign_in));
    let language = Browser::new(&town).get("/desk/language/en?back=%2Fdesk").await;
    assert_eq!(language.header("set-cookie"), Some("lang=en; Path=/desk; Max-Age=31536000; SameSite=Lax; Secure"));
    let begun = Browser::new(&town).get("/desk/sign-in").await;
    let line = begun.header("set-cookie").unwrap();
    assert!(line.starts_with("__Host-motcua-in="), "{line}");
    assert!(line.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600"), "{line}");
    assert_eq!(parameter(location(&begun), "redirect_uri"), "https://motcua.example/desk/signed-in");
}

#[tokio::test]
async fn who_signs_out_is_out_here_and_at_the_provider() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "manager"), "/desk").await;
    let csrf = browser.csrf("/desk").await;
    let out = browser.post("/desk/sign-out", &[("csrf", &csrf)]).await;
    let there = location(&out).to_owned();
    assert!(there.starts_with(&format!("{NOWHERE}{PATH}/end?")), "{there}");
    assert_eq!(parameter(&there, "client_id"), "motcua-desk");
    assert!(!browser.jar.contains_key(SESSION));
    let led = at_provider(&town, Method::GET, &there, "");
    assert_eq!(location(&led), format!("{NOWHERE}/desk/signed-out"));
    let page = browser.get("/desk/signed-out").await;
    assert!(page.text().contains("Đã đăng xuất"));
    assert_eq!(browser.get("/desk").await.status().as_u16(), 303);
    let again = browser.post("/desk/sign-out", &[]).await;
    assert_eq!(location(&again), "/desk/signed-out", "who is out already is out");
}

#[tokio::test]
async fn without_the_provider_a_sign_out_still_ends_the_session_here() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "clerk"), "/desk").await;
    let csrf = browser.csrf("/desk").await;
    // The provider's description of itself is an hour old, and it answers nothing now.
    town.office.site().web.forget(&format!("{NOWHERE}{PATH}/.well-known/openid-configuration"));
    town.office.identity().go_down(true);
    let out = browser.post("/desk/sign-out", &[("csrf", &csrf)]).await;
    assert_eq!(location(&out), "/desk/signed-out");
    assert!(!browser.jar.contains_key(SESSION));
}

#[tokio::test]
async fn the_pages_of_the_way_in_are_told_in_english_too() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    browser.jar.insert("lang".into(), "en".into());
    let page = browser.get("/desk/signed-out").await;
    assert!(page.text().contains("<html lang=\"en\">") && page.text().contains("Signed out"), "{}", page.text());
    let there = browser.sent_to_the_provider("/desk").await;
    assert_eq!(parameter(&there, "ui_locales"), "en");
}

/// Fetches an answer of the server: status, head, body.
async fn fetched(
    server: std::net::SocketAddr,
    target: &str,
    jar: &[String],
    form: Option<&str>,
) -> (u16, String, String) {
    let cookie = jar.join("; ");
    let headers = [("cookie", cookie.as_str()), ("content-type", FORM)];
    let method = if form.is_some() { "POST" } else { "GET" };
    crate::plain_http::send_whole(server, method, target, &headers, form.unwrap_or_default().as_bytes()).await
}

fn line<'h>(head: &'h str, name: &str) -> &'h str {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.into_iter().find(|(it, _)| *it == name).map(|(_, value)| value).unwrap_or_else(|| panic!("{name}: {head}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_the_network_a_started_server_is_its_own_provider_at_the_port_it_listens_on() {
    let config = rules::config::Config::demo();
    let server = Server::start(Settings { port: 0, folder: None, config, start: None }).await.unwrap();
    let (address, home) = (server.address, format!("http://{}", server.address));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(server.serve(async { drop(stopped.await) }));

    let mut jar = Vec::new();
    let (status, head, _) = fetched(address, "/desk/search", &jar, None).await;
    assert_eq!(status, 303);
    let (_, head, _) = fetched(address, line(&head, "location"), &jar, None).await;
    let there = line(&head, "location").strip_prefix(&home).expect("this server").to_owned();
    jar.push(line(&head, "set-cookie").split(';').next().unwrap().to_owned());
    let (status, _, page) = fetched(address, &there, &jar, None).await;
    assert!(status == 200 && page.contains("specialist.000.00.01.H32"), "{page}");
    let form = format!("{}&account=specialist.000.00.01.H32", there.split_once('?').unwrap().1);
    let (_, head, _) = fetched(address, "/local/sign-in/authorize", &[], Some(&form)).await;
    let back = line(&head, "location").strip_prefix(&home).expect("this server").to_owned();
    let (_, head, _) = fetched(address, &back, &jar, None).await;
    assert_eq!(line(&head, "location"), "/desk/search");
    assert_eq!(head.matches("set-cookie: ").count(), 2, "{head}");
    let jar = [line(&head, "set-cookie").split(';').next().unwrap().to_owned()];
    let (status, _, page) = fetched(address, "/desk/search", &jar, None).await;
    assert!(status == 200 && page.contains("Chuyên viên"), "{page}");
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn on_loopback_a_browser_that_calls_us_otherwise_is_led_to_our_own_name_first() {
    let town = Town::new().await;
    let mut request = bare(Method::GET, "/desk/sign-in?back=%2Fdesk%2Fnew");
    request.headers_mut().insert("host", "localhost:8080".parse().unwrap());
    let led = Box::pin(town.office.answer(&request)).await.unwrap();
    assert_eq!(location(&led), format!("{NOWHERE}/desk/sign-in?back=%2Fdesk%2Fnew"));
    assert_eq!(led.header("set-cookie"), None);
}
