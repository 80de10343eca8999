//! The agency comes from the name that the API tells, and from nothing that a sender writes.

use motcua::recorder::{Done, Order, Receipt};
use motcua_local::neighbours::outbox::Outbox;
use motcua_local::neighbours::sns::Sns;
use motcua_local::wire::stream::Settings;
use motcua_local::wire::{VirtualClock, Wire, database};
use rules::catalogue::ProcedureRef;
use rules::config::{Config, Host};
use rules::dossier::{Action, Actor, Command, Enclosed, Filing, Source, Submission};
use rules::id::AgencyCode;

use super::*;
use crate::town::{MORNING, PERMIT, at};

const OFFICES: &str = r#"
public_url = "https://cong.example"
[[agencies]]
code = "H32.01"
name = "Ban Quản lý Khu kinh tế"
hosts = ["kkt.example", "abc123.execute-api.ap-southeast-1.amazonaws.com"]
telephone = "0258 000 0001"
[[agencies]]
code = "H32.02"
name = "Sở Xây dựng"
hosts = ["chung.example"]
path = "sxd"
telephone = "0258 000 0002"
[[agencies]]
code = "H32.03"
name = "Sở Tài chính"
hosts = ["chung.example"]
path = "stc"
[[agencies]]
code = "H32.04"
name = "Sở Nội vụ"
"#;

pub(super) async fn offices() -> Town {
    configured(OFFICES).await
}

/// Makes a fresh town of this configuration.
pub(super) async fn configured(config: &str) -> Town {
    let clock = VirtualClock::new(at(MORNING));
    let wire = Wire::in_process(database::memory_with_clock(&clock).unwrap());
    let sns = Sns::new(Outbox::memory(), clock.clone());
    Town::with(clock, Config::strict(config, Host::Loopback).unwrap(), wire, sns, Settings::default()).await
}

/// Files a dossier at an agency.
async fn filed(town: &Town, agency: &str, number: u64) -> DossierId {
    let id = DossierId::from_random(number);
    let submission = Submission {
        source: Source::Office,
        filing: Filing::Desk,
        procedure: ProcedureRef { code: PERMIT.into(), version: 0 },
        code: None,
        enclosed: Enclosed::default(),
    };
    let command = Command::now(town.clock.now(), Actor::Staff("lan".into()), Action::Submit(submission));
    let receipt =
        Receipt { source: "desk".into(), delivery: id.to_string(), digest: String::new(), as_written: String::new() };
    let order = Order {
        agency: AgencyCode::parse(agency).unwrap(),
        id,
        command,
        receipt,
        called: None,
        expected_version: None,
        form: None,
        person: None,
        accept: false,
    };
    assert!(matches!(town.office.site().recorder.record(&order).await.unwrap(), Done::Now(_)));
    id
}

#[tokio::test]
async fn each_agency_has_its_dossiers_at_its_own_host_or_path_and_nobody_else_s() {
    let town = offices().await;
    let (one, two, three) =
        (filed(&town, "H32.01", 1).await, filed(&town, "H32.02", 2).await, filed(&town, "H32.03", 3).await);
    let gateway = "abc123.execute-api.ap-southeast-1.amazonaws.com";
    for (host, path, name) in [
        ("kkt.example", format!("/d/{one}"), "Ban Quản lý Khu kinh tế"),
        (gateway, format!("/d/{one}"), "Ban Quản lý Khu kinh tế"),
        ("chung.example", format!("/sxd/d/{two}"), "Sở Xây dựng"),
        ("chung.example", format!("/stc/d/{three}"), "Sở Tài chính"),
        ("chung.example", "/sxd".to_owned(), "Sở Xây dựng"),
        ("chung.example", "/sxd/d".to_owned(), "Sở Xây dựng"),
    ] {
        let page = asked(&town, Some(host), &path, &[]).await;
        assert_eq!(page.status().as_u16(), 200, "{host}{path}: {}", page.text());
        assert!(page.text().contains(name), "{host}{path}");
    }
    // Links within a page stay at the agency's own segment.
    let page = asked(&town, Some("chung.example"), &format!("/sxd/d/{two}"), &[]).await;
    assert!(page.text().contains("href=\"/sxd/\""), "{}", page.text());
    let form = asked(&town, Some("chung.example"), "/sxd?lang=en", &[]).await;
    assert!(
        form.text().contains("action=\"/sxd/d\"") && form.text().contains("href=\"/sxd/?lang=en\""),
        "{}",
        form.text()
    );
    let led = asked(&town, Some("chung.example"), &format!("/sxd/d?lang=en&code={two}"), &[]).await;
    assert_eq!(led.header("location"), Some(format!("/sxd/d/{two}?lang=en").as_str()));

    // A dossier of another agency is as unknown as one that never was.
    for (host, root, others) in [("kkt.example", "", [two, three]), ("chung.example", "/sxd", [one, three])] {
        let never = asked(&town, Some(host), &format!("{root}/d/ZZZZZZZZZZZZ"), &[]).await;
        assert_eq!(never.status().as_u16(), 404);
        for id in others {
            let other = asked(&town, Some(host), &format!("{root}/d/{id}"), &[]).await;
            assert_eq!(other.status(), never.status());
            assert_eq!(other.text(), never.text());
        }
    }
}

#[tokio::test]
async fn an_unknown_host_is_nobody_s_with_one_text_and_no_call_whatever_the_headers_say() {
    let town = offices().await;
    let id = filed(&town, "H32.01", 1).await;
    town.office.wire().reset();
    let nowhere = asked(&town, Some("evil.example"), "/", &[]).await;
    assert_eq!(nowhere.status().as_u16(), 404);
    let lies = [
        ("host", "kkt.example"),
        ("x-forwarded-host", "kkt.example"),
        ("forwarded", "host=kkt.example"),
        ("x-motcua-host", "kkt.example"),
    ];
    let of_one = format!("/d/{id}");
    // Neither the office's own address, where several agencies live, nor an agency's segment at another's host.
    for host in [Some("evil.example"), Some("cong.example"), Some("kkt.example.evil"), Some(""), None] {
        for path in ["/", "/d", "/d/ZZZZZZZZZZZZ", "/t/0123456789", "/sxd", of_one.as_str()] {
            let answer = asked(&town, host, path, &lies).await;
            assert_eq!((answer.status(), answer.text()), (nowhere.status(), nowhere.text()), "{host:?}{path}");
        }
    }
    for path in ["/", of_one.as_str(), "/abc/d/ZZZZZZZZZZZZ", "/stcx"] {
        let answer = asked(&town, Some("chung.example"), path, &lies).await;
        assert_eq!((answer.status(), answer.text()), (nowhere.status(), nowhere.text()), "{path}");
    }
    assert_eq!(town.office.wire().tally().round_trips(), 0);
    // A lie does not lead away from an agency's own page either.
    let page = asked(&town, Some("kkt.example"), &of_one, &[("x-forwarded-host", "chung.example")]).await;
    assert!(page.status().as_u16() == 200 && page.text().contains("Ban Quản lý Khu kinh tế"), "{}", page.text());
}
