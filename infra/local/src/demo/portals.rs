//! The end of the story: what the portals that are told know of the dossier.

use std::io::Write;
use std::time::Duration;

use serde_json::Value;

use super::{DemoError, expect};
use crate::office::Office;

/// Looks for the last step, while the schedule may be telling portals by itself.
const LOOKS: u32 = 50;
/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(100);
/// `TrangThai` of a result that was handed out.
const RETURNED: &str = "10";

/// Prints each portal's own view, and checks that it ends as the story does.
pub(super) async fn tell(office: &Office, code: &str, out: &mut (dyn Write + Send)) -> Result<(), DemoError> {
    for portal in office.portals().ids() {
        let mut known = office.portals().known(&portal).remove(code).unwrap_or_default();
        for _ in 0..LOOKS {
            if known.states().last().is_some_and(|state| state == RETURNED) {
                break;
            }
            tokio::time::sleep(PAUSE).await;
            if let Err(error) = office.deliver().await {
                tracing::error!(%error, "the stream was not read");
            }
            office.tell_portals().await;
            known = office.portals().known(&portal).remove(code).unwrap_or_default();
        }
        let tally = office.portals().tally(&portal);
        writeln!(out, "\n{portal} was told in {} calls, of which it refused {}:", tally.calls, tally.refusals)?;
        for step in &known.steps {
            let [status, words] = ["TrangThai", "NoiDungXuLy"].map(|it| step[it].as_str().unwrap_or_default());
            writeln!(out, "  {status:>2}  {words}")?;
        }
        let requests = known.dossier.get("DanhSachHoSoBoSung").and_then(Value::as_array).map_or(0, Vec::len);
        writeln!(out, "  requests for papers: {requests}")?;
        expect("the portal's last step", &RETURNED, &known.states().last().map_or("", String::as_str))?;
    }
    Ok(())
}
