//! Broadcasts keep the night, the cap of a day and the number of a minute, and leave a service alone that is down.

use jiff::SignedDuration;
use motcua_local::neighbours::sns::Failure;
use motcua_local::wire::Plan;
use motcua_local::wire::faults::Faults;
use rules::broadcast::{Audience, Stage};

use super::{LINES, filed, it, minute, office, office_of, released};

#[tokio::test]
async fn no_telephone_rings_at_night() {
    let office = office_of(&format!("{LINES}messages = {{ wait_minutes = 0 }}\n")).await;
    filed(&office, 3).await;
    office.wait_until("2020-04-15T21:30:00+07:00");
    let broadcast = released(&office, Audience::default()).await;
    minute(&office).await;
    assert_eq!(office.sent(), []);
    let wait = it(&office, broadcast).await.wait.unwrap();
    assert_eq!((wait.why.as_str(), wait.until), ("quiet_hours", "2020-04-16T07:00:00+07:00".parse().unwrap()));
    office.wait_until("2020-04-16T06:59:00+07:00");
    office.broadcast().await;
    assert_eq!(office.sent(), []);
    minute(&office).await;
    assert_eq!((office.sent().len(), it(&office, broadcast).await.stage), (3, Stage::Done));
}

#[tokio::test]
async fn what_is_beyond_the_cap_of_a_day_leaves_on_the_next() {
    let office =
        office_of(&format!("{LINES}messages = {{ wait_minutes = 0, quiet_hours = \"none\", sms_a_day = 4 }}\n")).await;
    filed(&office, 7).await;
    let broadcast = released(&office, Audience::default()).await;
    for _ in 0..3 {
        minute(&office).await;
    }
    assert_eq!(office.sent().len(), 4);
    let it = it(&office, broadcast).await;
    assert_eq!((it.stage, it.wait.unwrap().why.as_str()), (Stage::Sending, "daily_cap"));
    office.wait_until("2020-04-16T08:00:00+07:00");
    minute(&office).await;
    assert_eq!(office.sent().len(), 7);
    assert_eq!(super::it(&office, broadcast).await.stage, Stage::Done);
}

#[tokio::test]
async fn a_minute_has_no_more_messages_than_the_agency_says_even_if_two_runs_fall_into_it() {
    let office = office("broadcasts = { a_minute = 10 }\n").await;
    filed(&office, 25).await;
    released(&office, Audience::default()).await;
    minute(&office).await;
    office.broadcast().await;
    assert_eq!(office.sent().len(), 10);
    minute(&office).await;
    assert_eq!(office.sent().len(), 20);
}

#[tokio::test]
async fn a_service_that_is_down_is_left_alone_and_everybody_is_told_once_it_is_back() {
    let office = office("").await;
    filed(&office, 30).await;
    let broadcast = released(&office, Audience::default()).await;
    let plan = Plan::Burst { first_call: 1, calls: u64::MAX, fault: Failure::Throttled };
    office.sns.set_failures(Faults::from_seed(1, plan));
    let progress = minute(&office).await;
    assert_eq!((progress.told, progress.put_off), (0, 3));
    assert_eq!(it(&office, broadcast).await.stage, Stage::Sending);
    office.sns.set_failures(Faults::none());
    for _ in 0..5 {
        office.wait(SignedDuration::from_mins(2));
        office.broadcast().await;
    }
    let numbers: std::collections::BTreeSet<_> = office.sent().into_iter().map(|(to, _)| to).collect();
    assert_eq!((numbers.len(), office.sent().len()), (30, 30));
    assert_eq!(it(&office, broadcast).await.stage, Stage::Done);
}
