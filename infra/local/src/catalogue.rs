//! `cargo run -- catalogue`: checks a catalogue file, and imports it into an office.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use http::Method;
use motcua::recorder::{ImportError, Imported};
use motcua::site::Site;
use motcua::store::{Store, create_table};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rules::catalogue::{Procedure, file};
use rules::config::Config;

pub use crate::folder::lock;
use crate::folder::{FolderError, plain};
use crate::office::TABLE;
use crate::senders::{Courier, Letter, Unanswered};
use crate::wire::{self, Wire, database};

/// What to do with a catalogue file.
#[derive(Debug, clap::Subcommand)]
pub enum Task {
    /// Say everything that is wrong with files, with file, line and field.
    Check {
        /// TOML files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Check a file and import it: into a data folder, or with --to into an office at work.
    Import {
        /// A TOML file.
        file: PathBuf,
        /// The data folder of an office that is not running.
        #[arg(long, default_value = "target/motcua-data", conflicts_with = "to")]
        data: PathBuf,
        /// The office, such as http://127.0.0.1:8080.
        #[arg(long, requires = "token")]
        to: Option<String>,
        /// The staff token of an administrator; the versions go to that agency.
        #[arg(long)]
        token: Option<String>,
    },
}

/// Reason why a catalogue was not imported, or was found wrong.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// A file cannot be read.
    #[error("{path} {what}", path = .0.display(), what = plain(.1))]
    File(PathBuf, io::Error),
    /// Everything that is wrong, a line each.
    #[error("{0}")]
    Faults(String),
    /// Versions that the office cannot take, a line each; nothing was imported.
    #[error("nothing was imported:\n{0}")]
    Refused(String),
    /// Versions that an office at work declined, a line each; the others are in.
    #[error("the office declined:\n{0}")]
    Declined(String),
    /// An office works on the data folder.
    #[error("an office is at work on {0}: import with --to <its address> --token <an administrator's>")]
    InUse(PathBuf),
    /// The data folder.
    #[error("the data folder: {0}")]
    Folder(#[from] FolderError),
    /// The store.
    #[error("the table: {0}")]
    Store(#[from] motcua::store::Error),
    /// The office does not answer.
    #[error("{0}")]
    Office(#[from] Unanswered),
    /// The output.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// Does the task, and reports on `out`.
///
/// # Errors
/// [`CatalogueError`].
pub async fn run(task: &Task, config: Config, out: &mut impl Write) -> Result<(), CatalogueError> {
    match task {
        Task::Check { files } => check(files, out),
        Task::Import { file, to: Some(office), token, .. } => {
            let procedures = read(file)?;
            send(&procedures, office, token.as_deref().unwrap_or_default(), out).await
        }
        Task::Import { file, data, .. } => {
            let procedures = read(file)?;
            let _held = lock(data)?.ok_or_else(|| CatalogueError::InUse(data.clone()))?;
            import(&procedures, &site(data, config).await?, out).await
        }
    }
}

/// Reads the procedures of a file.
///
/// # Errors
/// [`CatalogueError::Faults`], a line each: `FILE:LINE: procedures[0] (CODE version N): FIELD: what`.
pub fn read(file: &Path) -> Result<Vec<Procedure>, CatalogueError> {
    let bytes = fs::read(file).map_err(|error| CatalogueError::File(file.to_owned(), error))?;
    file::read(&bytes).map_err(|faults| {
        let lines: Vec<_> = faults.iter().map(|fault| format!("{}:{fault}", file.display())).collect();
        CatalogueError::Faults(lines.join("\n"))
    })
}

fn check(files: &[PathBuf], out: &mut impl Write) -> Result<(), CatalogueError> {
    let mut faults = Vec::new();
    for file in files {
        match read(file) {
            Ok(procedures) => writeln!(out, "{}: {} versions, nothing is wrong", file.display(), procedures.len())?,
            Err(CatalogueError::Faults(lines)) => faults.push(lines),
            Err(other) => return Err(other),
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(CatalogueError::Faults(faults.join("\n"))) }
}

async fn site(data: &Path, config: Config) -> Result<Site, CatalogueError> {
    let wire = Wire::in_process(database::in_folder(data)?);
    let store = Store::new(wire::real_time_client(&wire), TABLE);
    create_table(&store).await?;
    Ok(Site::new(config, store))
}

/// Imports into every agency of the configuration. Nothing is written unless everything can be.
///
/// # Errors
/// [`CatalogueError::Refused`], [`CatalogueError::Store`].
pub async fn import(procedures: &[Procedure], site: &Site, out: &mut impl Write) -> Result<(), CatalogueError> {
    let catalogue = site.recorder.catalogue();
    let mut refused = Vec::new();
    for agency in site.config.agencies() {
        for procedure in procedures {
            match catalogue.would_import(agency.key(), procedure).await {
                Ok(_) => {}
                Err(ImportError::Store(error)) => return Err(error.into()),
                Err(error) => refused.push(format!("{}: {error}", agency.code)),
            }
        }
    }
    if !refused.is_empty() {
        return Err(CatalogueError::Refused(refused.join("\n")));
    }
    for agency in site.config.agencies() {
        for procedure in procedures {
            let done = match catalogue.import(agency.key(), procedure).await {
                Ok(Imported::Now) => "imported",
                Ok(Imported::Before) => "there before",
                Err(ImportError::Store(error)) => return Err(error.into()),
                Err(error) => return Err(CatalogueError::Refused(error.to_string())),
            };
            writeln!(out, "{}: {} version {}: {done}", agency.code, procedure.code, procedure.version)?;
        }
    }
    Ok(())
}

/// Sends them one by one to an office at work. Each is taken by itself: what was taken stays, and a second run goes on.
async fn send(procedures: &[Procedure], office: &str, token: &str, out: &mut impl Write) -> Result<(), CatalogueError> {
    let courier = Courier::to(office.trim_end_matches('/'))?;
    let mut refused = Vec::new();
    for procedure in procedures {
        let code = utf8_percent_encode(&procedure.code, NON_ALPHANUMERIC);
        let letter = Letter {
            method: Method::PUT,
            target: format!("/api/v1/procedures/{code}/{}", procedure.version),
            headers: vec![
                ("authorization", format!("Bearer {token}")),
                ("content-type", "application/json".to_owned()),
            ],
            body: serde_json::to_string(procedure).expect("a procedure has string keys only"),
        };
        let reply = courier.send(&letter).await?;
        let line = format!("{} version {}: {} {}", procedure.code, procedure.version, reply.status, reply.body);
        if reply.status == 200 { writeln!(out, "{line}")? } else { refused.push(line) }
    }
    if refused.is_empty() { Ok(()) } else { Err(CatalogueError::Declined(refused.join("\n"))) }
}
