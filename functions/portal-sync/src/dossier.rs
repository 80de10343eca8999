//! One dossier, told to one portal.

use motcua::store::{Error, Store, Task, TaskItem, Told};
use motcua::web::Silence;
use rules::portal::outbound::{Records, Row, chunk};
use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::line::Line;

/// The longest code of another office that is kept, in characters.
const LONGEST_UNIT: usize = 40;

/// Reasons why a portal does not know a dossier yet.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// It did not answer.
    #[error(transparent)]
    Silent(#[from] Silence),
    /// By its clock a time of the dossier has not come yet.
    #[error("too early by the portal's clock")]
    Early,
    /// It refuses the dossier.
    #[error("refused")]
    Refused { reason: String, field: String },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Error),
}

/// The portal's own view of a dossier.
struct Known {
    /// Whether it has it.
    exists: bool,
    /// Steps that it has, if it shows them.
    steps: Vec<Map<String, Value>>,
}

/// Tells a portal everything that it does not know of a dossier: the dossier as it is now, then the steps in their order,
/// at most ten a call. Progress is noted after each call, so that a run that is killed loses nothing.
pub(crate) async fn tell(
    line: &Line<'_>,
    store: &Store,
    task: &Task,
    read: &TaskItem,
    records: &Records,
) -> Result<(), Trouble> {
    let told = Told::read(&read.item);
    // A first telling, or one that ended between two calls: only the portal knows how far it came.
    let known = match told.upserted == 0 || told.upserted != told.progressed {
        true => look_up(line, records).await?,
        false => Known { exists: true, steps: Vec::new() },
    };
    let mut progressed = told.progressed;
    if told.upserted < records.version || !known.exists {
        let kept = upsert(line, records, known.exists).await?;
        if !kept || !known.exists {
            // It never knew the dossier, or forgot it, and its steps with it.
            progressed = 0;
        }
        store.note_upserted(task, records.version, progressed).await?;
    }
    let is_untold = |row: &&Row| row.version > progressed && !known.steps.iter().any(|step| is_same(step, row));
    let rows: Vec<Row> = records.progress.iter().filter(is_untold).cloned().collect();
    let mut rest = rows.as_slice();
    while !rest.is_empty() {
        let (now, later) = chunk(rest);
        progress(line, now).await?;
        if let Some(last) = now.last().filter(|_| !later.is_empty()) {
            store.note_progressed(task, last.version).await?;
        }
        rest = later;
    }
    Ok(())
}

/// Returns another office's code as far as it is one.
fn office(unit: &str) -> String {
    unit.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')).take(LONGEST_UNIT).collect()
}

/// Whether a step of the portal's is ours.
fn is_same(step: &Map<String, Value>, row: &Row) -> bool {
    ["ThoiDiemXuLy", "TrangThai", "NoiDungXuLy"].into_iter().all(|field| step.get(field) == row.fields.get(field))
}

async fn look_up(line: &Line<'_>, records: &Records) -> Result<Known, Trouble> {
    let body = match line.look_up(&records.code).await? {
        Answer::Done(body) => body,
        Answer::Missing => return Ok(Known { exists: false, steps: Vec::new() }),
        Answer::Exists => return Ok(Known { exists: true, steps: Vec::new() }),
        other @ (Answer::Refused { .. } | Answer::SessionOver | Answer::Early | Answer::Claimed) => {
            return Err(not_taken(other));
        }
    };
    let data = body.get("data");
    let dossier = data.and_then(|data| data.get(0).or(Some(data))).and_then(Value::as_object);
    let Some(dossier) = dossier.filter(|dossier| !dossier.is_empty()) else {
        return Ok(Known { exists: false, steps: Vec::new() });
    };
    let unit = dossier.get("MaDonVi").and_then(Value::as_str);
    if let Some(unit) = unit.filter(|unit| *unit != line.to.unit) {
        return Err(Trouble::Refused { reason: format!("claimed:{}", office(unit)), field: "MaDonVi".to_owned() });
    }
    let steps = dossier.get("DanhSachTienTrinh").and_then(Value::as_array).into_iter().flatten();
    Ok(Known { exists: true, steps: steps.filter_map(Value::as_object).cloned().collect() })
}

/// Adds or updates the dossier; `false` if the portal had forgotten it.
async fn upsert(line: &Line<'_>, records: &Records, exists: bool) -> Result<bool, Trouble> {
    let dossier = &records.dossier;
    let (answer, kept) = match line.upsert(exists, dossier).await? {
        // It came there meanwhile, or by a call whose answer was lost.
        Answer::Exists if !exists => (line.upsert(true, dossier).await?, true),
        Answer::Missing if exists => (line.upsert(false, dossier).await?, false),
        answer => (answer, true),
    };
    match answer {
        Answer::Done(_) | Answer::Exists => Ok(kept),
        other @ (Answer::Missing | Answer::Refused { .. } | Answer::SessionOver | Answer::Early | Answer::Claimed) => {
            Err(not_taken(other))
        }
    }
}

async fn progress(line: &Line<'_>, rows: &[Row]) -> Result<(), Trouble> {
    let all: Vec<_> = rows.iter().map(|row| &row.fields).collect();
    if let Answer::Exists = taken(line.progress(&all).await?)? {
        // A portal that shows no steps has some of them already: each by itself tells which.
        for row in &all {
            taken(line.progress(&[row]).await?)?;
        }
    }
    Ok(())
}

fn taken(answer: Answer) -> Result<Answer, Trouble> {
    match answer {
        Answer::Done(_) | Answer::Exists => Ok(answer),
        other @ (Answer::Missing | Answer::Refused { .. } | Answer::SessionOver | Answer::Early | Answer::Claimed) => {
            Err(not_taken(other))
        }
    }
}

/// Returns the trouble behind an answer by which a portal did not take something.
fn not_taken(answer: Answer) -> Trouble {
    let refused = |reason: &str, field: &str| Trouble::Refused { reason: reason.to_owned(), field: field.to_owned() };
    match answer {
        Answer::Early => Trouble::Early,
        Answer::Claimed => refused("claimed", "MaDonVi"),
        Answer::SessionOver => Silence::LogIn.into(),
        Answer::Refused { reason, field } => Trouble::Refused { reason, field },
        Answer::Done(_) | Answer::Exists | Answer::Missing => refused("không tồn tại", "MaHoSo"),
    }
}
