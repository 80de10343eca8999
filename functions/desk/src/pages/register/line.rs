//! A dossier's line in an export, as it is kept between two portions.

use std::fmt;

use jiff::Timestamp;
use motcua::store::Listed;
use rules::dossier::{Filing, Phase};
use rules::limits::LONGEST_ADDRESS;
use serde::{Deserialize, Serialize};

use motcua::recorder::Procedures;

/// The most characters of one text: a whole address, and far below what a cell holds.
const LONGEST: usize = LONGEST_ADDRESS;
/// The most bytes of one part: an item of the table holds 400 KB.
const LARGEST_PART: usize = 300_000;

/// Data of a dossier in an export.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    /// The code, or the id until there is a code.
    pub code: String,
    /// The procedure's code.
    pub procedure: String,
    /// The procedure's name, as the law has it: in Vietnamese.
    pub name: String,
    /// The applicant's name; empty if the people were erased.
    pub applicant: String,
    /// The applicant's address.
    pub address: String,
    /// The applicant's telephone.
    pub phone: String,
    /// The way it was filed.
    pub filing: Filing,
    /// When it was received.
    pub received_at: Timestamp,
    /// When it is due; while no date applies, the one before.
    pub due_at: Option<Timestamp>,
    /// When the result left the office.
    pub returned_at: Option<Timestamp>,
    /// Its phase.
    pub phase: Phase,
}

/// Shows the code only, because a line holds people's data.
impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line({})", self.code)
    }
}

impl Line {
    /// The line of a dossier.
    pub(super) fn of(listed: &Listed, procedures: &Procedures) -> Self {
        let row = &listed.row;
        let procedure = procedures.get(&row.procedure).and_then(Option::as_deref);
        let applicant = listed.person.as_ref().map(|person| &person.applicant);
        let text = |text: Option<&String>| text.map(|text| shortened(text)).unwrap_or_default();
        Self {
            code: row.called().to_owned(),
            procedure: row.procedure.code.clone(),
            name: text(procedure.map(|procedure| &procedure.name_vi)),
            applicant: text(applicant.map(|party| &party.name)),
            address: text(applicant.and_then(|party| party.address.as_ref())),
            phone: text(applicant.and_then(|party| party.phone.as_ref())),
            filing: row.filing,
            received_at: row.submitted_at,
            due_at: row.due.or(row.due_before).map(|due| due.at),
            returned_at: row.returned_at,
            phase: row.phase,
        }
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// These lines as JSON texts, each small enough for an item.
pub(super) fn parts(lines: &[Line]) -> Result<Vec<String>, serde_json::Error> {
    let text = serde_json::to_string(lines)?;
    if lines.len() < 2 || text.len() <= LARGEST_PART {
        return Ok(if lines.is_empty() { Vec::new() } else { vec![text] });
    }
    let (first, second) = lines.split_at(lines.len() / 2);
    Ok([parts(first)?, parts(second)?].concat())
}

/// The lines of such a text.
pub(super) fn lines(part: &str) -> Result<Vec<Line>, serde_json::Error> {
    serde_json::from_str(part)
}
