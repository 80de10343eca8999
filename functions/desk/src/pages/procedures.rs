//! The procedures that the rows of a list live under.

use std::collections::HashMap;
use std::sync::Arc;

use motcua::site::Site;
use rules::catalogue::{Procedure, ProcedureRef};
use rules::worklist::Row;

use super::problem::Problem;
use crate::permission::Staff;

/// The procedures of rows; none where the catalogue does not know one.
pub(crate) type Procedures = HashMap<ProcedureRef, Option<Arc<Procedure>>>;

/// The procedures of these rows, which the process remembers once it has read them.
pub(crate) async fn procedures<'a>(
    site: &Site,
    staff: &Staff,
    rows: impl Iterator<Item = &'a Row>,
) -> Result<Procedures, Problem> {
    let mut found = Procedures::new();
    for row in rows {
        if !found.contains_key(&row.procedure) {
            let procedure = site.recorder.catalogue().version(&staff.agency, &row.procedure).await?;
            found.insert(row.procedure.clone(), procedure);
        }
    }
    Ok(found)
}
