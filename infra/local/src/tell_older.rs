//! `cargo run -- tell-older PORTAL`: begins the dossiers that were filed before a portal was told of any.

use std::io::{self, Write};
use std::path::PathBuf;

use jiff::Timestamp;
use motcua::site::Site;
use portal_sync::{Begun, NotBegun, begin};
use rules::config::Config;
use rules::vietnam;

use crate::clock::LocalClock;
use crate::folder::lock;
use crate::rebuild::{self, RebuildError};

/// Which portal, and which office.
#[derive(Debug, clap::Args)]
pub struct TellOlder {
    /// The portal, by the id of its entry.
    portal: String,
    /// The data folder of an office that is not running.
    #[arg(long, default_value = "target/motcua-data", conflicts_with = "deployed")]
    data: PathBuf,
    /// The deployed office, by the environment that its functions have. It may go on working.
    #[arg(long)]
    deployed: bool,
}

/// Reason why nothing was begun, or not all.
#[derive(Debug, thiserror::Error)]
pub enum TellOlderError {
    /// The office cannot be opened.
    #[error(transparent)]
    Office(#[from] RebuildError),
    /// Not begun.
    #[error("{0}: {1}")]
    NotBegun(String, NotBegun),
    /// The output.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// Gives each older dossier its turn, and says until when they take. It may be interrupted and run again at any time.
///
/// # Errors
/// [`TellOlderError`].
pub async fn run(task: &TellOlder, config: Config, out: &mut impl Write) -> Result<(), TellOlderError> {
    if task.deployed {
        let site = Box::pin(motcua::lambda::deployed()).await.map_err(RebuildError::Deployed)?;
        let now = LocalClock::open(None, None).map_err(RebuildError::Folder)?.now();
        return begin_all(&site, &task.portal, now, out).await;
    }
    if !task.data.is_dir() {
        return Err(RebuildError::NoFolder(task.data.clone()).into());
    }
    let held = lock(&task.data).map_err(RebuildError::Folder)?;
    let _held = held.ok_or_else(|| RebuildError::InUse(task.data.clone()))?;
    let now = LocalClock::open(Some(&task.data), None).map_err(RebuildError::Folder)?.now();
    begin_all(&rebuild::site(&task.data, config).await?, &task.portal, now, out).await
}

async fn begin_all(site: &Site, portal: &str, now: Timestamp, out: &mut impl Write) -> Result<(), TellOlderError> {
    let Begun { begun, in_all, last, .. } =
        begin(site, portal, now, &|| true).await.map_err(|error| TellOlderError::NotBegun(portal.to_owned(), error))?;
    match last.filter(|_| begun > 0) {
        Some(last) => writeln!(
            out,
            "{portal}: {begun} older dossiers were given a turn, {in_all} in all; the last at {}",
            vietnam::date_time(last)
        )?,
        None => writeln!(out, "{portal}: nothing is left to begin, {in_all} in all")?,
    }
    Ok(())
}
