//! The reporter of the tables: reminded once a day by a letter, until the tables are noted as reported.

use mail_parser::MessageParser;
use motcua::store::{AuditEntry, Did, Reminder, Reported};
use motcua_local::neighbours::ses::Failure;
use motcua_local::wire::faults::{Faults, Plan};
use rules::config::{Config, DEMO, Host};
use rules::vietnam;

use super::{cash, minutes, paid, town};
use crate::town::{FEE_VND, Town};

/// The address of the demo's reporter.
const ADDRESS: &str = "bien-lai@kktvanphong.example";

/// Returns the subjects and texts of the letters to the reporter.
fn letters(town: &Town) -> Vec<(String, String)> {
    let mails = town.office.ses().mails().into_iter().filter(|mail| mail.to == ADDRESS);
    mails
        .map(|mail| {
            let read = MessageParser::default().parse(mail.raw.as_bytes()).unwrap();
            (read.subject().unwrap().to_owned(), read.body_text(0).unwrap().into_owned())
        })
        .collect()
}

/// Runs once at an instant.
async fn run_at(town: &Town, at: &str) -> receipts::Report {
    town.until(at);
    Box::pin(town.office.issue_receipts()).await
}

async fn reported(town: &Town, day: &str, rows: u64) {
    let (site, agency, now) = (town.office.site(), town.agency(), town.clock.now());
    let day = day.parse().unwrap();
    let audited = AuditEntry { at: now, who: "lan".into(), did: Did::ReportedReceipts { day, rows } }.claim(&agency);
    let noted = Reported { rows, by: "lan".into(), at: now };
    assert!(site.recorder.store().note_reported(&agency, day, &noted, &audited).await.unwrap());
}

#[tokio::test]
async fn the_reporter_is_told_once_on_the_day_again_on_each_working_day_and_no_more_once_it_is_reported() {
    let town = town().await;
    paid(&town, "G22.99-1").await;
    cash(&town, "G22.99-2", FEE_VND).await;
    minutes(&town, 2).await;
    // Monday 30 November.
    assert_eq!(run_at(&town, "2026-11-30T15:59:00+07:00").await.reminded, 0);
    assert_eq!(run_at(&town, "2026-11-30T16:00:00+07:00").await.reminded, 1);
    minutes(&town, 20).await;
    let all = letters(&town);
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0].0, "Chưa nộp bảng tổng hợp biên lai của 1 ngày, cũ nhất 30/11/2026");
    for text in ["2 dòng", "/desk/receipts", "Ghi nhận đã nộp", "2 rows"] {
        assert!(all[0].1.contains(text), "{text}: {}", all[0].1);
    }
    assert_eq!(run_at(&town, "2026-12-01T09:00:00+07:00").await.reminded, 0, "the morning is for reporting");
    assert_eq!(run_at(&town, "2026-12-01T16:03:00+07:00").await.reminded, 1);
    cash(&town, "G22.99-3", FEE_VND).await;
    minutes(&town, 2).await;
    assert_eq!(letters(&town).len(), 2);
    assert_eq!(run_at(&town, "2026-12-02T17:00:00+07:00").await.reminded, 1);
    let (subject, text) = letters(&town).pop().unwrap();
    assert!(subject.contains("2 ngày, cũ nhất 30/11/2026") && text.contains("3 dòng"), "{subject} {text}");
    reported(&town, "2026-11-30", 2).await;
    reported(&town, "2026-12-01", 1).await;
    assert_eq!(run_at(&town, "2026-12-03T16:30:00+07:00").await.reminded, 0);
    assert_eq!(letters(&town).len(), 3);
}

#[tokio::test]
async fn on_a_day_off_only_its_own_table_is_told_of() {
    let town = town().await;
    town.until("2026-12-04T10:00:00+07:00");
    paid(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    assert_eq!(run_at(&town, "2026-12-04T16:00:00+07:00").await.reminded, 1);
    assert_eq!(run_at(&town, "2026-12-05T16:00:00+07:00").await.reminded, 0, "a Saturday");
    paid(&town, "G22.99-2").await;
    minutes(&town, 2).await;
    assert_eq!(letters(&town).len(), 2, "the law knows no day off for a table of its own day");
    assert_eq!(run_at(&town, "2026-12-06T16:00:00+07:00").await.reminded, 0, "a Sunday");
    assert_eq!(run_at(&town, "2026-12-07T16:00:00+07:00").await.reminded, 1);
}

#[tokio::test]
async fn a_letter_holds_nothing_of_anybody_s_dossier() {
    let town = town().await;
    let id = paid(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    run_at(&town, "2026-11-30T16:00:00+07:00").await;
    let [mail] = &town.office.ses().mails().into_iter().filter(|it| it.to == ADDRESS).collect::<Vec<_>>()[..] else {
        panic!("one letter")
    };
    let (_, text) = letters(&town).remove(0);
    for secret in [id.as_str(), "G22", "125.000", "0905", "Thử Nghiệm", "26TAB"] {
        assert!(!text.contains(secret) && !mail.raw.contains(secret), "{secret}: {text}");
    }
    assert!(mail.set.is_none() && mail.tags.is_empty(), "nothing waits to hear of it: {mail:?}");
}

#[tokio::test]
async fn a_run_that_was_killed_between_its_claim_and_its_letter_is_made_up_for_two_minutes_later() {
    let town = town().await;
    paid(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    town.until("2026-11-30T16:00:00+07:00");
    let (site, agency, now) = (town.office.site(), town.agency(), town.clock.now());
    let begun = Reminder { begun_at: now, tries: 1, sent_at: None, version: 1 };
    let store = site.recorder.store();
    assert!(store.note_reminder(&agency, vietnam::day(now), &begun).await.unwrap());
    assert!(!store.note_reminder(&agency, vietnam::day(now), &begun).await.unwrap(), "two runs claim one day once");
    minutes(&town, 1).await;
    assert!(letters(&town).is_empty(), "the other run may still be at it");
    minutes(&town, 10).await;
    assert_eq!(letters(&town).len(), 1);
}

#[tokio::test]
async fn a_letter_whose_answer_is_lost_may_leave_again_but_three_times_at_most() {
    let town = town().await;
    paid(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    town.until("2026-11-30T15:59:30+07:00");
    let plan = Plan::Burst { first_call: 1, calls: 1_000, fault: Failure::TimeoutSent };
    town.office.ses().set_failures(Faults::from_seed(1, plan));
    let mut unreminded = 0;
    for _ in 0..60 {
        town.minutes(1);
        unreminded += Box::pin(town.office.issue_receipts()).await.unreminded;
    }
    assert_eq!((unreminded, letters(&town).len()), (3, 3));
    town.office.ses().set_failures(Faults::none());
    assert_eq!(run_at(&town, "2026-12-01T16:00:00+07:00").await.reminded, 1, "the next day begins anew");
}

#[tokio::test]
async fn without_a_reporter_or_an_address_nobody_is_written_to() {
    let town = town().await;
    paid(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    for left_out in ["reporter_email = \"bien-lai@kktvanphong.example\"", "email"] {
        let config: String =
            DEMO.lines().filter(|line| !line.starts_with(left_out)).map(|it| format!("{it}\n")).collect();
        let config = match left_out {
            "email" => {
                config.replace("reporter = \"canbo01\"\n", "").replace(&format!("reporter_email = \"{ADDRESS}\"\n"), "")
            }
            _ => config,
        };
        town.office.configure(Config::strict(&config, Host::Loopback).unwrap());
        let report = run_at(&town, "2026-11-30T16:00:00+07:00").await;
        assert_eq!((report.reminded, report.unreminded, report.errors), (0, 0, 0), "{left_out}");
    }
    assert!(letters(&town).is_empty());
}
