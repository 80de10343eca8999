//! Dossiers of the earlier software: looked at without a trace, then recorded command by command.
//!
//! The dossier's own history shows how far a takeover came. An interrupted one therefore goes on, and a finished one
//! changes nothing however late it is repeated.

use jiff::Timestamp;

use super::{Done, Order, Receipt, RecordError, Recorder};
use crate::store::{Error, Key, Money, Owner, text};
use rules::config::{Config, Level};
use rules::dossier::{Actor, CASH, Recorded, Source, Terms};
use rules::id::{AgencyCode, DossierId};
use rules::notice;
use rules::person::Personal;
use rules::takeover::{Fault, Line, Plan, Row, plan, read};

/// Source of the receipts of a takeover.
const TAKEOVER: &str = "takeover";

/// One row, for an agency, on the word of an account.
#[derive(Clone, Copy, Debug)]
pub struct Takeover<'a> {
    /// The agency.
    pub agency: &'a AgencyCode,
    /// The account that takes it over.
    pub by: &'a str,
    /// Its cells.
    pub row: &'a Row,
}

/// Whether a dossier of the earlier software is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not yet.
    New,
    /// This many of its commands are recorded.
    Begun(usize),
    /// All of it.
    There,
}

/// A row that can be taken over, and the points that should be looked at.
#[derive(Debug)]
pub struct Examined {
    /// The dossier's id.
    pub id: DossierId,
    /// The part of it that is here.
    pub standing: Standing,
    /// The commands, and warnings.
    pub plan: Plan,
    line: Line,
}

/// Reasons why a row is not taken over.
#[derive(Debug, thiserror::Error)]
pub enum TakeoverError {
    /// The faults of the row.
    #[error("{} faults", .0.len())]
    Faults(Vec<Fault>),
    /// The store failed. Try again later.
    #[error(transparent)]
    Store(#[from] Error),
}

impl From<Fault> for TakeoverError {
    fn from(fault: Fault) -> Self {
        Self::Faults(vec![fault])
    }
}

impl Recorder {
    /// Looks at a row without recording anything.
    ///
    /// # Errors
    /// [`TakeoverError`].
    pub async fn examine(
        &self,
        config: &Config,
        takeover: Takeover<'_>,
        now: Timestamp,
    ) -> Result<Examined, TakeoverError> {
        let Takeover { agency, by, row } = takeover;
        let line = read(row, now).map_err(TakeoverError::Faults)?;
        let (id, source) = identity(config, agency, &line)?;
        let received_at = line.submitted_at;
        let procedure = self.catalogue().in_force(agency, &line.procedure, received_at, now).await?;
        let (office, till) = (self.office(agency), self.till(agency));
        let channel = till.default_channel.as_deref().unwrap_or(CASH);
        let terms = Terms {
            procedure: procedure.as_deref(),
            office: &office,
            channel: None,
            notices: notice::Standing::none(),
        };
        let plan = plan(&line, (agency, id), (source, by), (terms, channel)).map_err(TakeoverError::Faults)?;
        let standing = self.standing(takeover, id, &line, plan.commands.len()).await?;
        Ok(Examined { id, standing, plan, line })
    }

    /// Returns how much of a row's dossier is here. Another dossier or other content in its place is a fault.
    async fn standing(
        &self,
        takeover: Takeover<'_>,
        id: DossierId,
        line: &Line,
        commands: usize,
    ) -> Result<Standing, TakeoverError> {
        let Takeover { agency, row, .. } = takeover;
        let alias = Key::code(agency, &line.code);
        let receipt = |no: &str| Key::money(agency, CASH, no);
        let receipts = line.fees.iter().filter_map(|fee| Some((fee.number, receipt(&fee.paid.as_ref()?.1))));
        let receipts: Vec<_> = receipts.collect();
        let beside: Vec<_> = receipts.iter().map(|(_, key)| key).chain([&alias]).cloned().collect();
        let loaded = self.store.load(agency, id, &beside).await?;
        let used = |key: &Key| loaded.item(key).map(Money::read).transpose();
        for (number, key) in &receipts {
            if used(key)?.is_some_and(|money| money.owner != Owner::Dossier(id)) {
                return Err(
                    Fault::new(format!("SoBienLai.{number}"), "was recorded before, for another dossier").into()
                );
            }
        }
        let filed = loaded.item(&alias);
        if filed.and_then(|item| text(item, "id")).is_some_and(|owner| owner != id.as_str()) {
            return Err(Fault::new("MaHoSo", "is that of a dossier that came another way before").into());
        }
        if loaded.dossier.is_none() {
            return Ok(Standing::New);
        }
        let ours = filed.filter(|item| text(item, "delivery") == Some(&format!("{TAKEOVER}#{}", line.code)));
        let Some(ours) = ours else {
            return Err(Fault::new("MaHoSo", "is here before: a portal filed it").into());
        };
        if text(ours, "digest") != Some(&row.digest()) {
            return Err(
                Fault::new("MaHoSo", "was taken over before with another content; nothing is overwritten").into()
            );
        }
        let history = self.store.whole_history(agency, id).await?;
        let ours = |commit: &&Recorded| matches!(commit.actor, Actor::Takeover(_));
        let recorded = history.iter().filter(ours).count();
        Ok(if recorded < commands { Standing::Begun(recorded) } else { Standing::There })
    }

    /// Records the part of an examined row that is not here yet. Returns how many commands that were.
    ///
    /// # Errors
    /// [`RecordError`]. What was recorded until then stays, and the next call goes on from there.
    pub async fn take_over(&self, takeover: Takeover<'_>, examined: &Examined) -> Result<usize, RecordError> {
        let Takeover { agency, row, .. } = takeover;
        let Examined { id, standing, plan, line } = examined;
        let done = match standing {
            Standing::New => 0,
            Standing::Begun(recorded) => *recorded,
            Standing::There => return Ok(0),
        };
        // The counter is raised before the first command, so that the office never gives this code from now on.
        if let Some((counter, number)) = own_series(agency, self.code(agency), &line.code) {
            self.store.raise(&counter, number).await?;
        }
        for (place, command) in plan.commands.iter().enumerate().skip(done) {
            let first = place == 0;
            let delivery = if first { line.code.clone() } else { format!("{}#{place}", line.code) };
            let order = Order {
                agency: agency.clone(),
                id: *id,
                command: command.clone(),
                receipt: Receipt { source: TAKEOVER.into(), delivery, digest: row.digest(), as_written: row.digest() },
                called: None,
                expected_version: None,
                form: first.then(|| row.form()),
                person: first.then(|| Personal::Filed(Box::new(line.person.clone()))),
                accept: false,
            };
            if let Done::Elsewhere(_) = self.record(&order).await? {
                return Err(RecordError::KeyReused);
            }
        }
        Ok(plan.commands.len() - done)
    }
}

/// Returns the id of a line's dossier. One that a portal filed has the id that the portal's own events lead to.
fn identity(config: &Config, agency: &AgencyCode, line: &Line) -> Result<(DossierId, Source), Fault> {
    let key = config.id_key().expose();
    let Some(level) = line.portal else {
        return Ok((DossierId::of_foreign(key, agency, TAKEOVER, &line.code), Source::Office));
    };
    let mut portals = config.portals().filter(|portal| portal.agency == *agency && portal.level == level);
    let name = if level == Level::National { "national" } else { "provincial" };
    let Some(portal) = portals.next() else {
        return Err(Fault::new("NoiNopHoSo", format!("names a {name} portal, and the configuration has none")));
    };
    if portals.next().is_some() {
        return Err(Fault::new("NoiNopHoSo", format!("names a {name} portal, and the configuration has several")));
    }
    let id = DossierId::of_foreign(key, agency, &portal.id, &line.code);
    Ok((id, Source::Portal(portal.id.clone())))
}

/// Returns the counter of the office's own codes that a code belongs to, and its number in it.
fn own_series(agency: &AgencyCode, own: &AgencyCode, code: &str) -> Option<(Key, u64)> {
    let (day, number) = code.strip_prefix(own.as_str())?.strip_prefix('-')?.split_once('-')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if day.len() != 6 || !digits(day) || !digits(number) {
        return None;
    }
    Some((Key::counter(agency, &format!("code#{day}")), number.parse().ok()?))
}
