//! Proof that guessing opens nothing: random tokens, and random digits at many dossiers from many addresses.

use std::net::{IpAddr, Ipv4Addr};

use fastrand::Rng;
use motcua_local::senders::Letter;
use motcua_tests::town::Town;
use rules::access::MOST_WRONG;
use rules::http::{Domain, Reply, Response, Sender};
use rules::id::DossierId;
use rules::token::TOKEN_LEN;
use serde_json::json;

/// Dossiers whose digits are guessed.
const DOSSIERS: u32 = 50;
/// Guesses between two hours.
const AN_HOUR: u32 = 500;
/// The letters of a token.
const LETTERS: &[u8] = b"0123456789ABCDEFGHJKLMNOPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Tries so many tokens and as many digits, and fails if a token opens anything, or if more digits were compared with a
/// dossier's than it may ever take.
pub async fn prove(guesses: u32, seed: u64) {
    let mut rng = Rng::with_seed(seed);
    let town = Town::new().await;
    let mut ids = Vec::new();
    for number in 0..DOSSIERS {
        let id = town.submit(&format!("G22-{number}")).await;
        town.clerk(id, "accept", json!({})).await;
        ids.push(id);
    }
    let nothing = sent(&town, "/t/0000000000", None, 1).await;
    for _ in 0..guesses {
        let token: String = (0..TOKEN_LEN).map(|_| char::from(LETTERS[rng.usize(..LETTERS.len())])).collect();
        town.office.wire().reset();
        let answer = sent(&town, &format!("/t/{token}"), None, 1).await;
        assert_eq!((answer.status(), answer.text()), (nothing.status(), nothing.text()), "{token}");
        assert_eq!(town.office.wire().tally().round_trips(), 1, "{token}");
    }
    let (mut compared, mut opened) = (0, 0);
    for guess in 0..guesses {
        if guess % AN_HOUR == 0 {
            town.minutes(60);
        }
        let id = ids[rng.usize(..ids.len())];
        let digits = format!("digits={:04}", rng.u32(..10_000));
        let answer = sent(&town, &format!("/d/{id}"), Some(&digits), rng.u32(1..200_000)).await;
        match answer.status().as_u16() {
            303 => opened += 1,
            403 if answer.text().contains("không đúng") => compared += 1,
            403 | 429 => {}
            other => panic!("{other}: {}", answer.text()),
        }
    }
    let most = MOST_WRONG * DOSSIERS;
    println!("seed {seed}: {guesses} random tokens opened nothing.");
    println!(
        "{guesses} digits at {DOSSIERS} dossiers: {compared} compared and wrong, of at most {most}; {opened} opened."
    );
    assert!(compared <= most);
    for id in ids {
        let wrong = tries(&town, id).await;
        assert!(wrong <= MOST_WRONG, "{id}: {wrong}");
    }
}

async fn tries(town: &Town, id: DossierId) -> u32 {
    let site = town.office.site();
    site.recorder.store().whole(&town.agency(), id).await.unwrap().unwrap().tries.wrong
}

async fn sent(town: &Town, target: &str, body: Option<&str>, sender: u32) -> Response {
    let method = if body.is_some() { http::Method::POST } else { http::Method::GET };
    let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
    let letter = Letter { method, target: target.to_owned(), headers, body: body.unwrap_or_default().to_owned() };
    let mut request = letter.request();
    request.extensions_mut().insert(Domain("127.0.0.1".to_owned()));
    request.extensions_mut().insert(Sender(IpAddr::V4(Ipv4Addr::from_bits(0x0a00_0000 + sender))));
    town.office.answer(&request).await.unwrap()
}
