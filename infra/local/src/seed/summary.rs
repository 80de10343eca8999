//! What an office holds after its four months.

use std::collections::BTreeMap;
use std::io::Write;

use motcua::dossier::{Dossier, FeeState};
use motcua::store::TaskKind;
use motcua::vietnam;
use motcua::vnd::Vnd;

use super::SeedError;
use super::town::Town;

/// Tells it.
pub(super) async fn tell(town: &Town, out: &mut (impl Write + Send)) -> Result<(), SeedError> {
    let dossiers = town.dossiers().await?;
    writeln!(out, "{} dossiers, the clock stands at {}", dossiers.len(), vietnam::date_time(town.clock.now()))?;
    for (title, of) in [("phase", phase as fn(&Dossier) -> String), ("filed", filed), ("procedure", procedure)] {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for dossier in &dossiers {
            *counts.entry(of(dossier)).or_default() += 1;
        }
        let counts: Vec<_> = counts.into_iter().map(|(name, count)| format!("{name} {count}")).collect();
        writeln!(out, "  {title:<10} {}", counts.join(", "))?;
    }
    let mut paid: BTreeMap<&str, (usize, Vnd)> = BTreeMap::new();
    for fee in dossiers.iter().flat_map(|dossier| &dossier.fees).filter(|fee| fee.state == FeeState::Paid) {
        let (count, sum) = paid.entry(fee.channel.as_deref().unwrap_or("cash")).or_default();
        *count += 1;
        *sum = sum.checked_add(fee.amount_vnd).unwrap_or(Vnd::MAX);
    }
    let paid: Vec<_> =
        paid.into_iter().map(|(channel, (count, sum))| format!("{channel} {count} ({})", sum.plain())).collect();
    writeln!(out, "  {:<10} {}", "fees paid", paid.join(", "))?;
    let store = town.office.site().recorder.store().clone();
    let aside = store.indexed(&TaskKind::Money.person_pk(&town.agency), None, None).await?.items.len();
    let sent = town.office.sns().outbox().count();
    writeln!(out, "  {:<10} {sent} SMS in the outbox, {aside} payments before a person", "told")?;
    for declined in &town.declined {
        writeln!(out, "  declined   {declined}")?;
    }
    Ok(())
}

fn phase(dossier: &Dossier) -> String {
    format!("{:?}", dossier.phase())
}

fn filed(dossier: &Dossier) -> String {
    format!("{:?}", dossier.filing)
}

fn procedure(dossier: &Dossier) -> String {
    dossier.procedure.code.clone()
}
