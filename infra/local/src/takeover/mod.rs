//! `cargo run -- import`: takes over the open dossiers of the office's earlier software, with the history of their
//! clocks.

mod file;
mod way;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rules::config::Config;
use rules::takeover::{Fault, MOST_REPEATS, Row};

use crate::folder::{FolderError, plain};
use crate::progress;
use crate::senders::{Courier, Unanswered};
use file::{Content, FileLine, Unreadable};
pub use way::{Here, Told, Way};

/// Which file, and where it goes.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// CSV in UTF-8, with commas or semicolons; shared/rules/README.md lists the columns.
    #[arg(required_unless_present = "template")]
    file: Option<PathBuf>,
    /// Print an empty file with every column, and two made-up lines.
    #[arg(long)]
    template: bool,
    /// Leave bad lines out, and write them to a file of their own to be corrected.
    #[arg(long)]
    skip_bad: bool,
    /// The data folder of an office that is not running.
    #[arg(long, default_value = "target/motcua-data", conflicts_with = "to")]
    data: PathBuf,
    /// The agency in a data folder, where there are several.
    #[arg(long, conflicts_with = "to")]
    agency: Option<String>,
    /// The office, such as http://127.0.0.1:8080.
    #[arg(long, requires = "token")]
    to: Option<String>,
    /// The staff token of an administrator; the dossiers become that agency's.
    #[arg(long)]
    token: Option<String>,
}

/// Reason why nothing, or not everything, was taken over.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be read or written.
    #[error("{path} {what}", path = .0.display(), what = plain(.1))]
    File(PathBuf, io::Error),
    /// Everything that is wrong, a line each; nothing was recorded.
    #[error("nothing was taken over:\n{0}")]
    Faults(String),
    /// Lines that were wrong by the time they were recorded, one each; the others are in.
    #[error("not taken over:\n{0}")]
    Declined(String),
    /// An office works on the data folder.
    #[error("an office is at work on {0}: import with --to <its address> --token <an administrator's>")]
    InUse(PathBuf),
    /// The configuration has not just one agency.
    #[error("name one agency of the configuration with --agency")]
    Agency,
    /// The data folder.
    #[error("the data folder: {0}")]
    Folder(#[from] FolderError),
    /// The store. What was recorded until then stays; the same file goes on from there.
    #[error("the table: {0}")]
    Store(#[from] motcua::store::Error),
    /// The office does not answer.
    #[error("{0}")]
    Office(#[from] Unanswered),
    /// The office gave another answer.
    #[error("the office answered {0}: {1}")]
    Answer(u16, String),
    /// The output.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// Does the import, and reports on `out`.
///
/// # Errors
/// [`ImportError`].
pub async fn run(import: &Import, config: Config, out: &mut (impl Write + Send)) -> Result<(), ImportError> {
    let Some(file) = import.file.as_deref().filter(|_| !import.template) else {
        return Ok(out.write_all(file::template().as_bytes())?);
    };
    let bytes = std::fs::read(file).map_err(|error| ImportError::File(file.to_owned(), error))?;
    let way = match &import.to {
        Some(office) => {
            let courier = Courier::to(office.trim_end_matches('/'))?;
            Way::There(courier, import.token.clone().unwrap_or_default())
        }
        None => Way::folder(&import.data, import.agency.as_deref(), config).await?,
    };
    take_over(&way, file, &bytes, import.skip_bad, out).await
}

/// Takes over the lines of a file: all of them or, if one is bad, none; with `skip_bad` the good ones.
///
/// # Errors
/// [`ImportError`].
pub async fn take_over(
    way: &Way,
    file: &Path,
    bytes: &[u8],
    skip_bad: bool,
    out: &mut (impl Write + Send),
) -> Result<(), ImportError> {
    let content = Content::read(bytes)
        .map_err(|Unreadable(faults)| ImportError::Faults(told(file, faults.iter().map(|(line, it)| (*line, it)))))?;
    let looked = look(way, &content.lines).await?;
    let bad = || content.lines.iter().filter(|line| looked.faults.contains_key(&line.number));
    let faults = told(file, flat(&looked.faults));
    if !faults.is_empty() && !skip_bad {
        return Err(ImportError::Faults(faults));
    }
    for (line, warning) in flat(&looked.warnings) {
        writeln!(out, "{}:{line}: warning: {warning}", file.display())?;
    }
    let good = content.lines.iter().filter(|line| !looked.faults.contains_key(&line.number));
    let taken = record(way, good.collect()).await?;
    write!(out, "{} dossiers taken over, {} there before", taken.now, taken.before)?;
    let bad: Vec<&FileLine> = bad().collect();
    if bad.is_empty() {
        writeln!(out)?;
    } else {
        let beside = file.with_extension("bad.csv");
        std::fs::write(&beside, content.only(&bad)).map_err(|error| ImportError::File(beside.clone(), error))?;
        writeln!(out, "; {} bad lines are in {}:\n{faults}", bad.len(), beside.display())?;
    }
    if taken.declined.is_empty() { Ok(()) } else { Err(ImportError::Declined(told(file, flat(&taken.declined)))) }
}

type ByLine = BTreeMap<u64, Vec<Fault>>;

/// Findings of a first look, by line.
#[derive(Default)]
struct Looked {
    faults: ByLine,
    warnings: ByLine,
}

async fn look(way: &Way, lines: &[FileLine]) -> Result<Looked, ImportError> {
    let mut looked = Looked::default();
    let mut seen = Seen::default();
    let bar = progress::bar(lines.len(), "looking");
    for line in lines {
        let number = line.number;
        let row = match &line.row {
            Ok(row) => row,
            Err(fault) => {
                looked.faults.insert(number, vec![fault.clone()]);
                continue;
            }
        };
        let mut faults = seen.again(number, row);
        match way.take(row, false).await? {
            Told::Takes(warnings) if !warnings.is_empty() => {
                looked.warnings.insert(number, warnings);
            }
            Told::Takes(_) | Told::There(_) => {}
            Told::Not(found) => faults.extend(found),
        }
        if !faults.is_empty() {
            looked.faults.insert(number, faults);
            looked.warnings.remove(&number);
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(looked)
}

/// Values that may occur only once in a file, with the line that has them.
#[derive(Default)]
struct Seen(BTreeMap<(bool, String), u64>);

impl Seen {
    fn again(&mut self, line: u64, row: &Row) -> Vec<Fault> {
        let receipts = (1..=MOST_REPEATS).map(|number| format!("SoBienLai.{number}"));
        let once = std::iter::once("MaHoSo".to_owned()).chain(receipts);
        let mut faults = Vec::new();
        for (is_receipt, column) in once.enumerate().map(|(place, column)| (place > 0, column)) {
            let Some(cell) = row.cell(&column) else { continue };
            if let Some(before) = self.0.insert((is_receipt, cell.to_owned()), line) {
                faults.push(Fault::new(column, format!("stands in line {before} before")));
            }
        }
        faults
    }
}

#[derive(Default)]
struct Taken {
    now: usize,
    before: usize,
    declined: ByLine,
}

async fn record(way: &Way, lines: Vec<&FileLine>) -> Result<Taken, ImportError> {
    let mut taken = Taken::default();
    let bar = progress::bar(lines.len(), "taking over");
    for line in lines {
        let Ok(row) = &line.row else { continue };
        match way.take(row, true).await? {
            Told::Takes(_) => taken.now += 1,
            Told::There(_) => taken.before += 1,
            Told::Not(faults) => {
                taken.declined.insert(line.number, faults);
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(taken)
}

fn flat(by_line: &ByLine) -> impl Iterator<Item = (u64, &Fault)> {
    by_line.iter().flat_map(|(line, faults)| faults.iter().map(|fault| (*line, fault)))
}

fn told<'a>(file: &Path, faults: impl Iterator<Item = (u64, &'a Fault)>) -> String {
    // Two reasons may give a line the same fault.
    let mut said = BTreeSet::new();
    let lines = faults.map(|(line, fault)| format!("{}:{line}: {fault}", file.display()));
    lines.filter(|line| said.insert(line.clone())).collect::<Vec<_>>().join("\n")
}
