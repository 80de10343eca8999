//! Costs of the post: a result put into a parcel, an operator's event, an order, and a page of a feed.

use jiff::SignedDuration;
use motcua::post::{close, open, put};
use motcua_local::senders::{event, webhook};
use motcua_local::wire::tally::Tally;
use motcua_tests::town::{Town, form};
use rules::http::Reply;
use rules::id::DossierId;
use rules::post::State;
use serde_json::json;

const OPERATOR: &str = "vnpost-demo";
const CLERK: &str = "clerk";
/// Rows of one page of a feed.
const ROWS: usize = 500;
/// Parcels whose state an operator's feed tells in one page.
const PARCELS: usize = 10;

/// Prints them.
pub async fn table(print: impl Fn(&str, &Tally)) {
    let town = Town::new().await;
    let first = ready(&town, 0).await;
    // The catalogue and the notices are read once in a while, the rest is counted.
    let wire = || {
        town.office.wire().reset();
        &town
    };
    let manifest = open(&wire().office.site(), &town.agency(), OPERATOR, CLERK, town.clock.now()).await.unwrap();
    print("a manifest is opened", &town.office.wire().tally());
    let (site, agency) = (town.office.site(), town.agency());
    wire();
    let made = Box::pin(put(&site, &agency, (manifest.no, &[first]), CLERK, town.clock.now())).await.unwrap();
    print("a result is put into a parcel", &town.office.wire().tally());
    town.office.deliver().await.unwrap();
    synced(&town).await;
    print("a run of `postal-sync` that gives one order", &town.office.wire().tally());
    synced(&town).await;
    print("a run with nothing to do", &town.office.wire().tally());
    wire();
    Box::pin(close(&site, &agency, manifest.no, CLERK, town.clock.now())).await.unwrap();
    print("its manifest is closed", &town.office.wire().tally());
    town.minutes(60);
    let said = json!({ "order": made.parcel.no, "at": town.clock.now() });
    let key = site.config.post(OPERATOR).unwrap().keys.current().clone();
    for (journey, delivery) in [("an operator's signed event", "d-1"), ("the same again", "d-2")] {
        let now = town.clock.now();
        let letter = webhook(
            "/postal/events",
            &key,
            delivery,
            now,
            event("post.attempt_failed", now, said.as_object().unwrap()),
        );
        wire();
        let answer = town.send(&letter).await;
        assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
        print(journey, &town.office.wire().tally());
    }
    synced(&town).await;
    print("a run that tells the dossier of it", &town.office.wire().tally());
    Box::pin(fed(&town, print)).await;
}

/// Prints the cost of a run that reads one whole page of a feed about ten parcels that it knows.
async fn fed(town: &Town, print: impl Fn(&str, &Tally)) {
    let (site, agency) = (town.office.site(), town.agency());
    let manifest = open(&site, &agency, OPERATOR, CLERK, town.clock.now()).await.unwrap();
    let mut numbers = Vec::new();
    for place in 1..=PARCELS {
        let id = ready(town, place).await;
        let made = Box::pin(put(&site, &agency, (manifest.no, &[id]), CLERK, town.clock.now())).await.unwrap();
        numbers.push(made.parcel.no.to_string());
    }
    town.office.deliver().await.unwrap();
    synced(town).await;
    close(&site, &agency, manifest.no, CLERK, town.clock.now()).await.unwrap();
    town.minutes(60);
    town.office.sync_post().await;
    for row in 0..ROWS - PARCELS {
        let at = town.clock.now() - SignedDuration::from_secs(i64::try_from(row).unwrap());
        town.office.posts().tell(OPERATOR, &numbers[row % PARCELS], "2", at);
    }
    for number in &numbers {
        assert!(town.office.posts().act(OPERATOR, number, State::OutForDelivery, town.clock.now()));
    }
    town.minutes(60);
    synced(town).await;
    print("a run that reads a page of 500 rows about ten parcels", &town.office.wire().tally());
}

/// Runs `postal-sync` once, a minute later, and counts it alone.
async fn synced(town: &Town) {
    town.minutes(1);
    town.office.wire().reset();
    Box::pin(town.office.sync_post()).await;
}

/// Files a dossier whose result is ready and goes by post, to an address that was confirmed.
async fn ready(town: &Town, place: usize) -> DossierId {
    let code = format!("G22-{place}");
    let mut filed = form(&code);
    // One receiver would get all in one parcel.
    filed["SoDienThoai"] = json!(format!("09050000{place:02}"));
    let letter = town.portal_letter("dossier.submitted", &format!("d-{code}"), filed);
    town.send(&letter).await;
    let id = town.id_of(&code);
    for (command, body) in [
        ("accept", json!({})),
        ("choose-return", json!({ "by": "post", "consent": "phone" })),
        ("record-result", json!({ "kind": "positive" })),
        ("confirm-address", json!({ "street": "12 Trần Phú", "commune": "22363@2025-06-30", "consent": "phone" })),
    ] {
        town.clerk(id, command, body).await;
    }
    id
}
