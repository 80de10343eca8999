//! `cargo run -- seed`: an office that has lived from 2 January to the end of April 2020, made through the same
//! commands, messages and sweeps as any other, with made-up companies and households.

mod days;
mod fate;
mod life;
mod peek;
mod summary;
mod town;
mod words;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use fastrand::Rng;
use jiff::civil::{Time, date, time};
use jiff::{SignedDuration, Timestamp};
use rules::config::{Config, Gateway, ROLES};
use rules::vnd::Vnd;

use crate::clock::LocalClock;
use crate::folder::{FolderError, plain};
use crate::office::OpenError;
use crate::people::PEOPLE;
use crate::wire::stream::TriggerError;
use crate::{directive, folder, progress};
use fate::Drawn;
use life::{Around, Case};
use town::Town;
use words::Party;

/// The most dossiers of one seed: the embedded table fills ever slower.
pub const MOST: u16 = 5_000;

/// Dossiers of `cargo run -- --sample`: as many as a machine of two cores makes in about a minute.
pub const SAMPLE: &str = "120";

/// Number from which the office is drawn if nobody names another.
pub const NUMBER: u64 = 2020;

/// File of a data folder that exists from the first dossier of a seed to the last.
const UNFINISHED: &str = "unfinished-seed";

/// Longest delay of messages: the stream is read once for several dossiers.
const DELIVERED_WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// How much, and where.
#[derive(Debug, clap::Args)]
pub struct Seed {
    /// How many dossiers.
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u16).range(1..=i64::from(MOST)))]
    pub dossiers: u16,
    /// The folder, which must be empty or missing; an unfinished seed is made anew.
    #[arg(long, default_value = "target/motcua-data")]
    pub data: PathBuf,
    /// The same number makes the same office.
    #[arg(long, default_value_t = NUMBER)]
    pub seed: u64,
}

/// Reason why an office was not made.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// Something is there.
    #[error("{0} is not empty; name another folder with --data, or remove it")]
    NotEmpty(PathBuf),
    /// The folder cannot be read or written.
    #[error("{path} {what}", path = .0.display(), what = plain(.1))]
    Folder(PathBuf, io::Error),
    /// The data folder.
    #[error("{0}")]
    Data(#[from] FolderError),
    /// The office.
    #[error("{0}")]
    Office(#[from] OpenError),
    /// The store.
    #[error("the table: {0}")]
    Store(#[from] motcua::store::Error),
    /// The table, looked into past the store.
    #[error("the table: {0}")]
    Look(String),
    /// The stream.
    #[error("{0}")]
    Stream(#[from] TriggerError),
    /// The calendar has no table for 2020.
    #[error("the calendar: {0}")]
    Calendar(#[from] rules::clock::ClockError),
    /// A procedure that the courses need is missing.
    #[error("the catalogue does not hold {0}")]
    Procedure(&'static str),
    /// A portal or channel is missing in the configuration.
    #[error("there is no such {0}")]
    Nobody(&'static str),
    /// An order was not opened or not paid.
    #[error("an order: {0}")]
    Order(String),
    /// The office gave a wrong answer.
    #[error("{0}: answered {1}: {2}")]
    Answer(String, u16, String),
    /// The output.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// Makes the office, and reports on `out` what it holds. Its clock stands at the end of its days until it is opened.
///
/// # Errors
/// [`SeedError`].
pub async fn run(seed: &Seed, config: Config, out: &mut (impl Write + Send)) -> Result<(), SeedError> {
    let held = claim(&seed.data)?;
    let _held = held.ok_or_else(|| SeedError::NotEmpty(seed.data.clone()))?;
    make(seed, config, out).await
}

/// Makes the office in an empty folder; returns `false` if the folder holds an office already,
/// which is left as it is.
///
/// # Errors
/// [`SeedError`].
pub async fn fill(seed: &Seed, config: Config, out: &mut (impl Write + Send)) -> Result<bool, SeedError> {
    let Some(_held) = claim(&seed.data)? else { return Ok(false) };
    writeln!(
        out,
        "Making a sample office of {} dossiers in {}, about two a second",
        seed.dossiers,
        seed.data.display()
    )?;
    make(seed, config, out).await?;
    Ok(true)
}

async fn make(seed: &Seed, config: Config, out: &mut (impl Write + Send)) -> Result<(), SeedError> {
    let failed = |error| SeedError::Folder(seed.data.clone(), error);
    let count = usize::from(seed.dossiers.min(MOST));
    let first = days::at(days::FIRST, time(7, 30, 0, 0));
    let mut town = Box::pin(Town::open(&seed.data, config, first)).await?;
    Box::pin(live(&mut town, count, seed.seed)).await?;
    // The office stays where its days end until it is opened, however many days later: its lists are as they were told.
    let clock = LocalClock::open(Some(&seed.data), Some(days::end()))?;
    clock.wait_at(days::end()).map_err(failed)?;
    fs::remove_file(seed.data.join(UNFINISHED)).map_err(failed)?;
    summary::tell(&town, out).await
}

/// Locks an empty folder, or one whose seed is unfinished, which is emptied. `None` if it holds anything else or
/// another process works on it.
fn claim(folder: &Path) -> Result<Option<File>, FolderError> {
    folder::make(folder)?;
    let failed = |error| FolderError::Unusable(folder.to_owned(), error);
    if !folder.join(UNFINISHED).exists() && !is_empty(folder).map_err(failed)? {
        return Ok(None);
    }
    let Some(lock) = folder::lock(folder)? else { return Ok(None) };
    empty(folder).map_err(failed)?;
    Ok(Some(lock))
}

/// Removes what is left of an unfinished seed, and notes that another one begins.
fn empty(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            // A process that opens another file of this name would not meet our lock.
            false if entry.file_name() == folder::LOCK_FILE => {}
            false => fs::remove_file(entry.path())?,
        }
    }
    fs::write(folder.join(UNFINISHED), "")
}

fn is_empty(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// Account of the manager who publishes the directive.
const MANAGER: &str = "lanhdao01";
/// Account of the one who has not read it.
const UNREAD_BY: [&str; 1] = ["chuyenvien05"];
/// Time at which it is published.
const DIRECTED_AT: Time = time(8, 0, 0, 0);

/// Next event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Directive,
    Sweep,
    Stray(usize),
    Visit(usize),
}

async fn live(town: &mut Town, count: usize, seed: u64) -> Result<(), SeedError> {
    let mut rng = Rng::with_seed(seed);
    let site = town.office.site();
    let hours = site.recorder.office(&town.agency);
    let worked = days::worked(&hours)?;
    let parties: Vec<_> = (0..count.div_ceil(2).max(4)).map(|number| Party::draw(number, &mut rng)).collect();
    let portals: Vec<_> =
        site.config.portals().filter(|it| it.agency == town.agency).map(|portal| portal.id.clone()).collect();
    let channels = weighted_channels(town);
    let around = Around { parties: &parties, portals: &portals, channels: &channels, hours: &hours };
    let mut cases = Vec::with_capacity(count);
    for number in 0..count {
        let mut own = Rng::with_seed(rng.u64(..));
        let drawn = Drawn::draw(number, count, &worked, &mut own);
        let catalogue = site.recorder.catalogue();
        let procedure = catalogue.in_force(&town.agency, drawn.procedure, drawn.filed_at, drawn.filed_at).await?;
        let procedure = procedure.ok_or(SeedError::Procedure(drawn.procedure))?;
        cases.push(Case::new(number, drawn, procedure, &around, own));
    }
    let mut turns: BinaryHeap<Reverse<(Timestamp, Turn)>> =
        days::sweeps(&worked).into_iter().map(|at| Reverse((at, Turn::Sweep))).collect();
    turns.extend(strays().into_iter().enumerate().map(|(place, at)| Reverse((at, Turn::Stray(place)))));
    turns.extend(cases.iter().enumerate().map(|(place, case)| Reverse((case.drawn.filed_at, Turn::Visit(place)))));
    turns.push(Reverse((days::at(directive::FROM, DIRECTED_AT), Turn::Directive)));
    let mut delivered = Timestamp::UNIX_EPOCH;
    let bar = progress::bar(worked.len(), "seeding");
    while let Some(Reverse((at, turn))) = turns.pop() {
        until(town, at).await?;
        match turn {
            Turn::Sweep => {
                town.sweep().await?;
                bar.set_position(worked.partition_point(|day| days::at(*day, days::END) <= at) as u64);
            }
            Turn::Directive => directed(town, at).await?,
            Turn::Stray(place) => stray(town, place).await?,
            Turn::Visit(place) => {
                let next = cases[place].visit(town, &around).await?.filter(|next| *next < days::end());
                turns.extend(next.map(|next| Reverse((next, Turn::Visit(place)))));
                if delivered + DELIVERED_WITHIN <= at {
                    town.settle().await?;
                    delivered = at;
                }
            }
        }
    }
    // The result of many dossiers does not depend on when it is looked at.
    town.office.deliver().await?;
    bar.finish_and_clear();
    Ok(())
}

/// A manager publishes the directive, and everybody but one reads it.
async fn directed(town: &Town, at: Timestamp) -> Result<(), SeedError> {
    let site = town.office.site();
    let code = site.recorder.code(&town.agency);
    let by_role: Vec<String> = ROLES.iter().map(|role| format!("{role}.{code}")).collect();
    let named = PEOPLE.iter().map(|(who, ..)| *who).chain(by_role.iter().map(String::as_str));
    let readers = named.filter(|who| !UNREAD_BY.contains(who));
    Ok(directive::publish(site.recorder.store(), &town.agency, (MANAGER, at), readers).await?)
}

/// Lets time pass; a gateway that calls on the way is answered when it calls.
async fn until(town: &Town, at: Timestamp) -> Result<(), SeedError> {
    while let Some(call) = town.office.gateways().next_call_at().filter(|call| *call < at) {
        town.clock.advance_to(call.max(town.clock.now()));
        town.settle().await?;
    }
    town.clock.advance_to(at.max(town.clock.now()));
    Ok(())
}

/// Weights by which people pay through gateways; through the others never.
const USE: [(Gateway, usize); 7] = [
    (Gateway::Vnpay, 5),
    (Gateway::Dvcqg, 4),
    (Gateway::Momo, 3),
    (Gateway::Zalopay, 2),
    (Gateway::StandardWebhooks, 2),
    (Gateway::Payos, 1),
    (Gateway::Onepay, 1),
];

/// Returns the channels that people pay through, each as often as it is used.
fn weighted_channels(town: &Town) -> Vec<String> {
    let weight = |gateway| USE.iter().find(|(used, _)| *used == gateway).map_or(0, |(_, weight)| *weight);
    let channels = town.channels();
    channels.iter().flat_map(|channel| std::iter::repeat_n(channel.id.clone(), weight(channel.gateway))).collect()
}

/// Returns when money comes that names nothing of ours, and at last a message that cannot be used.
fn strays() -> [Timestamp; 4] {
    [date(2020, 2, 14), date(2020, 3, 12), date(2020, 4, 16), date(2020, 4, 27)]
        .map(|day| days::at(day, time(10, 30, 0, 0)))
}

async fn stray(town: &mut Town, place: usize) -> Result<(), SeedError> {
    let channels = town.channels();
    // The last one is a message that no office can use: it names neither amount nor transaction.
    if place + 1 == strays().len() {
        let vnpay = channels.iter().find(|channel| channel.gateway == Gateway::Vnpay);
        return match vnpay {
            Some(channel) => town.garble(channel).await,
            None => Ok(()),
        };
    }
    let tells = |gateway| matches!(gateway, Gateway::Vnpay | Gateway::StandardWebhooks | Gateway::Momo);
    let mut known = channels.iter().filter(|channel| tells(channel.gateway)).cycle();
    let Some(channel) = known.nth(place) else { return Ok(()) };
    let amount_vnd = Vnd::new([150_000, 75_000, 2_000_000][place % 3]).unwrap_or_default();
    town.tell(channel, format!("KHACH{place}"), amount_vnd, true).await
}
