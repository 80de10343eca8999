//! Costs of the office, counted and not timed: round trips and capacity at the wire, instructions under valgrind.
//!
//! `cargo run --profile measure -p motcua-tests --bin bench`, and `… --bin bench scale 100000` for a sweep and for the
//! pages that people open beside so many dossiers; `pages 100000` for the pages alone, which fails if one of them costs
//! more than it may; `messages 100000 50` for the proof that each message leaves at least once, `broadcast 10000 5` for the same
//! of a broadcast; `portal 1000 50` for the proof that a portal which fails, told by a process that is killed, ends with what the
//! office knows; `guesses 100000` for the proof that guessing opens nothing; `receipts 1000` for the proof that each payment has
//! one receipt; `files` for the cost of a fetched file alone, `post` for those of the post.
#![expect(clippy::unwrap_used, reason = "a bench that fails is a panic")]

mod broadcast;
mod costs;
mod files;
mod fill;
mod guesses;
mod home;
mod instructions;
mod keyed;
mod messages;
mod portal;
mod post;
mod reads;
mod receipts;
mod scale;
mod units;

/// Seed of the faults and deaths if none is given.
const SEED: u64 = 20_200_415;

/// Dossiers stored beside the due ones if no number is given.
const STORED: [u64; 2] = [1_000, 4_000];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["iterate", channel, what, times] => instructions::iterate(channel, what, times.parse().unwrap()),
        ["units", what, times] => units::iterate(what, times.parse().unwrap()),
        ["scale", stored] => {
            let stored = stored.parse().unwrap();
            Box::pin(scale::table(&[1_000, stored])).await;
            println!();
            Box::pin(reads::table(stored)).await;
        }
        ["post"] => Box::pin(costs::post()).await,
        ["files"] => Box::pin(files::table()).await,
        ["receipts"] => Box::pin(receipts::table()).await,
        ["portal", dossiers, kills] => shown(dossiers, kills, SEED).await,
        ["portal", dossiers, kills, seed] => shown(dossiers, kills, seed.parse().unwrap()).await,
        ["guesses", guesses] => Box::pin(guesses::prove(guesses.parse().unwrap(), SEED)).await,
        ["guesses", guesses, seed] => Box::pin(guesses::prove(guesses.parse().unwrap(), seed.parse().unwrap())).await,
        ["pages", stored] => Box::pin(reads::table(stored.parse().unwrap())).await,
        ["receipts", payments] => receipted(payments, SEED).await,
        ["receipts", payments, seed] => receipted(payments, seed.parse().unwrap()).await,
        ["broadcast", receivers, kills] => told(receivers, kills, SEED).await,
        ["broadcast", receivers, kills, seed] => told(receivers, kills, seed.parse().unwrap()).await,
        ["messages", events, kills] => prove(events, kills, SEED).await,
        ["messages", events, kills, seed] => prove(events, kills, seed.parse().unwrap()).await,
        _ => {
            Box::pin(costs::table()).await;
            println!();
            Box::pin(costs::messages()).await;
            println!();
            Box::pin(portal::table()).await;
            println!();
            Box::pin(files::table()).await;
            println!();
            Box::pin(receipts::table()).await;
            println!();
            instructions::table();
            println!();
            units::table();
            println!();
            Box::pin(scale::table(&STORED)).await;
            println!();
            Box::pin(reads::table(STORED[0])).await;
        }
    }
}

async fn shown(dossiers: &str, kills: &str, seed: u64) {
    Box::pin(portal::prove(dossiers.parse().unwrap(), kills.parse().unwrap(), seed)).await;
}

async fn prove(events: &str, kills: &str, seed: u64) {
    Box::pin(messages::prove(events.parse().unwrap(), kills.parse().unwrap(), seed)).await;
}

async fn receipted(payments: &str, seed: u64) {
    let payments: u64 = payments.parse().unwrap();
    let killed = Box::pin(motcua_tests::receipted::prove(usize::try_from(payments).unwrap(), seed)).await;
    println!(
        "{payments} payments have one receipt each and stand in the tables of their days; {killed} runs were killed"
    );
    let deaths = Box::pin(motcua_tests::receipted::prove_killed(payments.div_ceil(20), seed)).await;
    println!("{deaths} deaths of the process by `kill -9`: each payment has one receipt");
}

async fn told(receivers: &str, kills: &str, seed: u64) {
    Box::pin(broadcast::prove(receivers.parse().unwrap(), kills.parse().unwrap(), seed)).await;
}
