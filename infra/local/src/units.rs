//! `cargo run -- units`: checks a file of changes of provinces and communes, before it is in the configuration.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use units::{Fault, Units, read_changes};

use crate::folder::plain;

/// A task with files of changes.
#[derive(Debug, clap::Subcommand)]
pub enum Task {
    /// Say everything that is wrong with files, with file, line and field.
    Check {
        /// TOML files with `[[units]]` as in the configuration.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

/// Reason why a file was found wrong.
#[derive(Debug, thiserror::Error)]
pub enum UnitsError {
    /// A file cannot be read.
    #[error("{path} {what}", path = .0.display(), what = plain(.1))]
    File(PathBuf, io::Error),
    /// Everything that is wrong, a line each.
    #[error("{0}")]
    Faults(String),
    /// The output.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// Checks the files, each by itself, and tells what each right one changes.
///
/// # Errors
/// [`UnitsError::Faults`], a line each: `FILE:LINE: FIELD: what`.
pub fn run(task: &Task, out: &mut impl Write) -> Result<(), UnitsError> {
    let Task::Check { files } = task;
    let mut faults = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).map_err(|error| UnitsError::File(file.clone(), error))?;
        match check(&text) {
            Ok(changes) => writeln!(out, "{}: {changes} changes, nothing is wrong", file.display())?,
            Err(found) => faults.extend(found.iter().map(|fault| format!("{}:{fault}", file.display()))),
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(UnitsError::Faults(faults.join("\n"))) }
}

/// Returns the number of changes.
fn check(text: &str) -> Result<usize, Vec<Fault>> {
    let (lines, changes): (Vec<_>, Vec<_>) = read_changes(text)?.into_iter().unzip();
    let fits = Units::official().with(&changes).map(|_| changes.len());
    fits.map_err(|all| all.into_iter().map(|(index, mistake)| Fault { line: lines[index], mistake }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what the command says of a file with this text, without the file's place.
    fn said(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("units.toml");
        fs::write(&file, text).unwrap();
        let mut out = Vec::new();
        let result = run(&Task::Check { files: vec![file] }, &mut out);
        let said = result.map_or_else(|error| error.to_string(), |()| String::from_utf8(out).unwrap());
        said.replace(&format!("{}/", folder.path().display()), "")
    }

    #[test]
    fn a_right_file_is_counted_and_a_wrong_one_told_by_line() {
        let right = "[[units]]\nfrom = \"2027-03-01\"\nby = \"1/NQ\"\ncode = \"26740\"\nname = \"Phường Bến Nghé\"\n";
        assert_eq!(said(right), "units.toml: 1 changes, nothing is wrong\n");
        let wrong = format!("{right}\n{}", right.replace("26740", "26744"));
        assert_eq!(said(&wrong), "units.toml:7: province: is missing: 26744 is new on 2027-03-01");
        assert_eq!(said("[[unit]]"), "units.toml:1: unknown field `unit`, expected `units`");
    }
}
