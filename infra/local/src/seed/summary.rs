//! Summary of what an office holds after its four months.

use std::collections::BTreeMap;
use std::io::Write;

use motcua::store::TaskKind;
use rules::catalogue::Reason;
use rules::dossier::{Dossier, FeeState, Phase, Punctuality, Terms, decision, overdue};
use rules::notice::Standing;
use rules::vietnam;
use rules::vnd::Vnd;

use super::SeedError;
use super::town::Town;

/// Writes it.
pub(super) async fn tell(town: &Town, out: &mut (impl Write + Send)) -> Result<(), SeedError> {
    let dossiers = town.dossiers()?;
    writeln!(out, "{} dossiers, the clock stands at {}", dossiers.len(), vietnam::date_time(town.clock.now()))?;
    for (title, of) in [("phase", phase as fn(&Dossier) -> String), ("filed", filed), ("procedure", procedure)] {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for dossier in &dossiers {
            *counts.entry(of(dossier)).or_default() += 1;
        }
        let counts: Vec<_> = counts.into_iter().map(|(name, count)| format!("{name} {count}")).collect();
        writeln!(out, "  {title:<10} {}", counts.join(", "))?;
    }
    writeln!(out, "  {:<10} {}", "lists", lists(town, &dossiers))?;
    let mut paid: BTreeMap<&str, (usize, Vnd)> = BTreeMap::new();
    for fee in dossiers.iter().flat_map(|dossier| &dossier.fees).filter(|fee| fee.state == FeeState::Paid) {
        let (count, sum) = paid.entry(fee.channel.as_deref().unwrap_or("cash")).or_default();
        *count += 1;
        *sum = sum.checked_add(fee.amount_vnd).unwrap_or(Vnd::MAX);
    }
    let paid: Vec<_> = paid.into_iter().map(|(channel, (count, sum))| format!("{channel} {count} ({sum})")).collect();
    writeln!(out, "  {:<10} {}", "fees paid", paid.join(", "))?;
    let store = town.office.site().recorder.store().clone();
    let sent = town.office.sns().outbox().count();
    let mut waiting = Vec::new();
    for (kind, what) in [
        (TaskKind::Money, "payments"),
        (TaskKind::Arrival, "arrivals"),
        (TaskKind::Message, "messages that reached nobody"),
    ] {
        let count = store.indexed(&kind.person_pk(&town.agency), None, None).await?.items.len();
        waiting.push(format!("{what} {count}"));
    }
    let calls = store.every_call(&town.agency).await?.len();
    waiting.push(format!("people in the phone list {calls}"));
    writeln!(out, "  {:<10} {sent} SMS in the outbox", "told")?;
    writeln!(out, "  {:<10} {}", "before a person", waiting.join(", "))?;
    for declined in &town.declined {
        writeln!(out, "  declined   {declined}")?;
    }
    Ok(())
}

/// Counts the dossiers that the last day finds in each list.
fn lists(town: &Town, dossiers: &[Dossier]) -> String {
    let (office, now) = (town.office.site().recorder.office(&town.agency), town.clock.now());
    let terms = Terms { procedure: None, office: &office, channel: None, notices: Standing::none() };
    let is = |dossier: &&Dossier, is: fn(&Punctuality) -> bool| {
        let open = matches!(dossier.phase(), Phase::Accepted | Phase::InProgress);
        open && overdue(dossier, terms, now).is_ok_and(|it| is(&it.punctuality))
    };
    let awaits = |dossier: &&Dossier, reason: Reason| {
        let mut things = dossier.pause().into_iter().flat_map(|pause| &pause.awaited);
        dossier.phase() == Phase::Paused && things.any(|thing| thing.reason == reason)
    };
    let count = |which: &dyn Fn(&&Dossier) -> bool| dossiers.iter().filter(which).count();
    let counts = [
        ("to decide", count(&|it| decision(it).is_some())),
        ("new", count(&|it| it.phase() == Phase::Submitted)),
        ("incomplete", count(&|it| it.phase() == Phase::Incomplete)),
        ("in progress", count(&|it| matches!(it.phase(), Phase::Accepted | Phase::InProgress))),
        ("due within a day", count(&|it| is(it, |it| *it == Punctuality::DueSoon))),
        ("late", count(&|it| is(it, Punctuality::is_late))),
        ("awaiting a fee", count(&|it| awaits(it, Reason::Fee))),
        ("awaiting originals", count(&|it| awaits(it, Reason::Originals))),
        ("awaiting a supplement", count(&|it| awaits(it, Reason::Supplement))),
        ("ready", count(&|it| it.phase() == Phase::Done)),
        ("in the post", count(&|it| it.phase() == Phase::InPost)),
    ];
    counts.map(|(name, count)| format!("{name} {count}")).join(", ")
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
