//! Open dossiers counted by tables that are not in force, without a trace.

use jiff::Timestamp;

use super::Recorder;
use super::tables::{OPEN, PORTION};
use crate::store::Error;
use rules::clock::{Calendar, Office};
use rules::dossier::{Foreseen, Terms};
use rules::id::{AgencyCode, DossierId};
use rules::notice::Standing;
use rules::worklist::Asked;

impl Recorder {
    /// Tells how many open dossiers of an agency would move, and by how much, if `tables` took the place of its own for
    /// the same years. Looks at `most` dossiers, or a portion more.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn foresee(
        &self,
        agency: &AgencyCode,
        tables: Calendar,
        most: u64,
        now: Timestamp,
    ) -> Result<Foreseen, Error> {
        let Office { calendar, hours } = self.office(agency);
        let office = Office { calendar: calendar.with(tables), hours };
        let mut foreseen = Foreseen::default();
        for list in OPEN {
            let mut asked = Asked::all_of(list);
            loop {
                if foreseen.open >= most {
                    foreseen.more = true;
                    return Ok(foreseen);
                }
                let (rows, next) = self.store().rows_of(agency, &asked, PORTION).await?;
                let ids: Vec<DossierId> = rows.iter().map(|row| row.id).collect();
                for dossier in self.store().dossiers_lately(agency, &ids).await? {
                    let procedure = self.procedure_of(&dossier, now).await?;
                    foreseen.add(
                        &dossier,
                        Terms {
                            procedure: procedure.as_deref(),
                            office: &office,
                            channel: None,
                            notices: Standing::none(),
                        },
                    );
                }
                let Some(next) = next else { break };
                asked = Asked { after: Some(next), ..Asked::all_of(list) };
            }
        }
        Ok(foreseen)
    }
}
