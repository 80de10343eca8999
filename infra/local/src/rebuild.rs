//! `cargo run -- rebuild`: makes lists, counts and search entries anew, and says what was wrong with them.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use motcua::site::Site;
use motcua::store::{Store, create_table};
use project::Rebuilt;
use rules::config::Config;

use crate::folder::{FolderError, lock};
use crate::office::TABLE;
use crate::wire::{self, Wire, database};

/// Which office.
#[derive(Debug, clap::Args)]
pub struct Rebuild {
    /// The data folder of an office that is not running.
    #[arg(long, default_value = "target/motcua-data", conflicts_with = "deployed")]
    data: PathBuf,
    /// The deployed office, by the environment that its functions have. It may go on working.
    #[arg(long)]
    deployed: bool,
}

/// Reason why nothing was rebuilt.
#[derive(Debug, thiserror::Error)]
pub enum RebuildError {
    /// The data folder does not exist.
    #[error("{0} is no data folder: nothing is there to be rebuilt")]
    NoFolder(PathBuf),
    /// An office works on the data folder.
    #[error("an office is at work on {0}: stop it first")]
    InUse(PathBuf),
    /// The data folder.
    #[error("the data folder: {0}")]
    Folder(#[from] FolderError),
    /// The deployed office.
    #[error("the deployed office: {0}")]
    Deployed(motcua::lambda::Error),
    /// The store.
    #[error("the table: {0}")]
    Store(#[from] motcua::store::Error),
    /// The output.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// Rebuilds every agency of the configuration, a line or more each on `out`.
///
/// # Errors
/// [`RebuildError`]; what was put right before stays right.
pub async fn run(task: &Rebuild, config: Config, out: &mut impl Write) -> Result<(), RebuildError> {
    if task.deployed {
        let site = Box::pin(motcua::lambda::deployed()).await.map_err(RebuildError::Deployed)?;
        return every_agency(&site, out).await;
    }
    if !task.data.is_dir() {
        return Err(RebuildError::NoFolder(task.data.clone()));
    }
    let _held = lock(&task.data)?.ok_or_else(|| RebuildError::InUse(task.data.clone()))?;
    every_agency(&site(&task.data, config).await?, out).await
}

async fn every_agency(site: &Site, out: &mut impl Write) -> Result<(), RebuildError> {
    for agency in site.config.agencies() {
        let rebuilt = Box::pin(project::rebuild(site, agency.key())).await?;
        tell(agency.code.as_str(), &rebuilt, out)?;
    }
    Ok(())
}

pub(crate) async fn site(data: &Path, config: Config) -> Result<Site, RebuildError> {
    let wire = Wire::in_process(database::in_folder(data)?);
    let store = Store::new(wire::real_time_client(&wire), TABLE);
    create_table(&store).await?;
    Ok(Site::new(config, store))
}

fn tell(agency: &str, rebuilt: &Rebuilt, out: &mut impl Write) -> io::Result<()> {
    let Rebuilt {
        dossiers,
        behind,
        unreadable,
        rows_missing,
        rows_stray,
        counts_wrong,
        months_wrong,
        totals_wrong,
        calls_wrong,
        not_booked,
        no_receipt,
        notices_wrong,
        moved_meanwhile,
    } = rebuilt;
    if rebuilt.nothing_was_wrong() {
        return writeln!(out, "{agency}: {dossiers} dossiers, nothing was wrong");
    }
    writeln!(
        out,
        "{agency}: {dossiers} dossiers, {behind} brought up to date, {unreadable} unreadable, {rows_missing} rows \
         missing, {rows_stray} stray, {} counts, {months_wrong} months and {totals_wrong} totals wrong, {not_booked} \
         payments not in the book, {no_receipt} without their receipt wanted, {calls_wrong} dossiers wrong in the phone list, {notices_wrong} notices",
        counts_wrong.len()
    )?;
    for (name, was, right) in counts_wrong {
        writeln!(out, "{agency}: {name}: {was}, now {right}")?;
    }
    if *moved_meanwhile {
        writeln!(out, "{agency}: the counts moved meanwhile and were not compared: run again")?;
    }
    Ok(())
}
