//! `cargo run -- foresee`: how many open dossiers a table of days off would move, before it is put in force.

use std::io::{self, Write};
use std::path::PathBuf;

use jiff::Timestamp;
use motcua::site::Site;
use rules::clock::{Calendar, Doubt};
use rules::config::Config;
use rules::dossier::Foreseen;

use crate::clock::LocalClock;
use crate::folder::{lock, plain};
use crate::rebuild::{self, RebuildError};

/// Which table, and which office.
#[derive(Debug, clap::Args)]
pub struct Foresee {
    /// The table: a file with `[[years]]` as in the configuration.
    table: PathBuf,
    /// The data folder of an office that is not running.
    #[arg(long, default_value = "target/motcua-data", conflicts_with = "deployed")]
    data: PathBuf,
    /// The deployed office, by the environment that its functions have. It may go on working.
    #[arg(long)]
    deployed: bool,
}

/// Reason why nothing was foreseen.
#[derive(Debug, thiserror::Error)]
pub enum ForeseeError {
    /// The file cannot be read.
    #[error("{0} {1}")]
    File(String, String),
    /// It is no table.
    #[error("{0}: {1}")]
    Table(String, rules::clock::CalendarError),
    /// The office cannot be opened.
    #[error(transparent)]
    Office(#[from] RebuildError),
    /// The store.
    #[error("the table: {0}")]
    Store(#[from] motcua::store::Error),
    /// The output.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// Tells it for every agency of the configuration on `out`. Nothing is changed.
///
/// # Errors
/// [`ForeseeError`].
pub async fn run(task: &Foresee, config: Config, out: &mut impl Write) -> Result<(), ForeseeError> {
    let named = task.table.display().to_string();
    let text =
        std::fs::read_to_string(&task.table).map_err(|error| ForeseeError::File(named.clone(), plain(&error)))?;
    let table = Calendar::from_toml(&text).map_err(|error| ForeseeError::Table(named, error))?;
    for [_, doubt] in table.doubts().iter().map(Doubt::told) {
        writeln!(out, "ATTENTION    {doubt}")?;
    }
    if task.deployed {
        let site = Box::pin(motcua::lambda::deployed()).await.map_err(RebuildError::Deployed)?;
        let now = LocalClock::open(None, None).map_err(RebuildError::Folder)?.now();
        return every_agency(&site, &table, now, out).await;
    }
    if !task.data.is_dir() {
        return Err(RebuildError::NoFolder(task.data.clone()).into());
    }
    let held = lock(&task.data).map_err(RebuildError::Folder)?;
    let _held = held.ok_or_else(|| RebuildError::InUse(task.data.clone()))?;
    let now = LocalClock::open(Some(&task.data), None).map_err(RebuildError::Folder)?.now();
    every_agency(&rebuild::site(&task.data, config).await?, &table, now, out).await
}

async fn every_agency(site: &Site, table: &Calendar, now: Timestamp, out: &mut impl Write) -> Result<(), ForeseeError> {
    for agency in site.config.agencies() {
        let foreseen = site.recorder.foresee(&agency.code, table.clone(), u64::MAX, now).await?;
        tell(agency.code.as_str(), &foreseen, out)?;
    }
    Ok(())
}

fn tell(agency: &str, foreseen: &Foreseen, out: &mut impl Write) -> io::Result<()> {
    let Foreseen { open, by_days, other, without_table, more: _ } = foreseen;
    writeln!(
        out,
        "{agency}: open dossiers {open}, due later {}, due sooner {}, other limits alone {other}, still without a table \
         {without_table}",
        foreseen.later(),
        foreseen.sooner()
    )?;
    for (days, dossiers) in by_days {
        writeln!(out, "  {days:+} days: {dossiers}")?;
    }
    Ok(())
}
