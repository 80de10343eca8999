//! A data folder of an earlier version opens under this one, and the stories in it go on.
//!
//! The folder beside this file was written by commit 9ae9261 (`seed --dossiers 14 --seed 11`), when a message was named by
//! the position of its event and the digest of a payment was of the bytes of its message. It is never made anew.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::GzDecoder;
use motcua::store::text;
use motcua_local::office::TABLE;
use motcua_local::wire::{VirtualClock, Wire, client, database};
use rules::dossier::{Dossier, FeeState, Phase};
use rules::id::Reference;

use super::*;
use crate::town::at;

/// Unpacks the folder.
fn unpack(folder: &Path) {
    let files: [(&str, &[u8]); 4] = [
        ("clock.json", include_bytes!("clock.json")),
        ("outbox.jsonl", include_bytes!("outbox.jsonl")),
        ("stream-notify.json", include_bytes!("stream-notify.json")),
        ("stream-project.json", include_bytes!("stream-project.json")),
    ];
    for (name, content) in files {
        std::fs::write(folder.join(name), content).unwrap();
    }
    let mut table = Vec::new();
    GzDecoder::new(&include_bytes!("dynamodb.db.gz")[..]).read_to_end(&mut table).unwrap();
    std::fs::write(folder.join("dynamodb.db"), table).unwrap();
}

/// Every dossier in it, as its state is read today.
async fn dossiers(folder: &Path) -> BTreeMap<String, Dossier> {
    let wire = Wire::in_process(database::in_folder(folder).unwrap());
    let client = client(&wire, &VirtualClock::new(at("2020-04-29T16:00:00+07:00")));
    let (mut from, mut all) = (None, BTreeMap::new());
    loop {
        let page = client.scan().table_name(TABLE).set_exclusive_start_key(from).send().await.unwrap();
        for item in page.items.unwrap_or_default() {
            if text(&item, "sk") == Some("state") {
                let dossier: Dossier = motcua::store::read_json(&item, "state").unwrap();
                all.insert(dossier.id.to_string(), dossier);
            }
        }
        from = page.last_evaluated_key;
        if from.is_none() {
            return all;
        }
    }
}

/// How often each message is in the outbox.
async fn told(laptop: &Laptop) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for sms in laptop.get("/local/outbox").await.as_array().unwrap() {
        let of = |name: &str| sms[name].as_str().unwrap().to_owned();
        *counts.entry((of("phone_number"), of("text"))).or_insert(0) += 1;
    }
    counts
}

async fn hour(laptop: &Laptop) {
    let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
    let target = "/local/clock".to_owned();
    laptop.json(&Letter { method: http::Method::POST, target, headers, body: "hours=1".into() }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_of_the_version_before_opens_and_its_stories_go_on() {
    let folder = tempfile::tempdir().unwrap();
    unpack(folder.path());
    let before = dossiers(folder.path()).await;
    assert_eq!(before.len(), 14);
    let laptop = Laptop::start(&["--data", folder.path().to_str().unwrap()]).await;
    let sent = told(&laptop).await;
    assert_eq!(sent.values().sum::<usize>(), 67);
    for (id, dossier) in &before {
        let seen = laptop.get(&format!("/api/v1/dossiers/{id}")).await;
        assert_eq!(seen["version"], json!(dossier.version), "{id}: {seen}");
        assert_eq!(seen["due"]["on"], json!(dossier.due().map(|due| due.on.to_string())), "{id}");
        let versions = seen["history"]["items"].as_array().unwrap().len();
        assert_eq!(u64::try_from(versions).unwrap(), dossier.version, "{id}");
    }

    // Whatever comes again after the deployment, nobody hears a message of before twice.
    hour(&laptop).await;
    let after = told(&laptop).await;
    for (message, count) in &sent {
        assert_eq!(after.get(message), Some(count), "{message:?}");
    }

    let submitted = before.values().find(|dossier| dossier.phase() == Phase::Submitted).unwrap();
    let accepted = laptop.clerk(&submitted.id.to_string(), "accept", submitted.version, json!({})).await;
    assert_eq!(accepted["status"], "recorded", "{accepted}");

    let config = Config::demo();
    let owing = before.values().find_map(|dossier| {
        let fee = dossier.fees.iter().find(|fee| fee.state == FeeState::Open)?;
        Some((dossier, fee.attempt, fee.amount_vnd, fee.channel.clone()?))
    });
    let (dossier, attempt, amount_vnd, channel) = owing.unwrap();
    let channel = config.channel(&channel).unwrap();
    let now = laptop.now().await;
    let reference = Reference { id: dossier.id, attempt }.to_string();
    let written = Payment { reference, transaction: "99000001".into(), amount_vnd, paid: true, at: now };
    let letter = payment(channel, &written, now).unwrap();
    assert_eq!(laptop.courier.send(&letter).await.unwrap().status, 200);
    hour(&laptop).await;
    let seen = laptop.get(&format!("/api/v1/dossiers/{}", dossier.id)).await;
    let fee = seen["fees"].as_array().unwrap().iter().find(|fee| fee["attempt"] == json!(attempt)).unwrap();
    assert_eq!(fee["state"], "paid", "{fee}");
    let last = told(&laptop).await;
    let news: Vec<_> = last.keys().filter(|message| !after.contains_key(*message)).map(|(_, text)| text).collect();
    assert!(
        news.iter().any(|text| text.contains("Da thu ")) && news.iter().any(|text| text.contains("Da tiep nhan")),
        "{news:?}"
    );
}
