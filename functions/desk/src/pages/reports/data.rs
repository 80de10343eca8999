//! Data of a report, read from totals.

use std::collections::BTreeMap;

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{Error, Total};
use rules::dossier::Filing;
use rules::id::AgencyCode;
use rules::language::Language;
use rules::rating::Figures;
use rules::statistics::{Month, Sum};

use super::asked::{Asked, By};

/// Most procedures whose names are looked up; others are shown by their code.
const MOST_NAMES: usize = 200;

/// A report, ready to be shown.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    /// The query.
    pub asked: Asked,
    /// One row for each group or month.
    pub rows: Vec<Row>,
    /// All of the period.
    pub whole: Sum,
    /// Portals by name, and how many dossiers were received from each.
    pub portals: Vec<(String, u64)>,
    /// Ratings of the period, which are of no group; none are read where none are shown.
    pub ratings: Figures,
}

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The code of a procedure, or a month; empty if the name is enough.
    pub code: String,
    /// Its name for people.
    pub name: String,
    /// Its totals.
    pub sum: Sum,
}

/// Reads a report.
pub(crate) async fn read(
    site: &Site,
    agency: &AgencyCode,
    asked: &Asked,
    lang: Language,
    now: Timestamp,
) -> Result<Report, Error> {
    let kept = site.recorder.store().totals(agency, asked.from, asked.as_of).await?;
    let mut report = from_totals(asked, &kept, lang);
    for (portal, _) in &mut report.portals {
        *portal = site.config.portal_called(portal).to_owned();
    }
    if asked.by == By::Procedure {
        for row in report.rows.iter_mut().take(MOST_NAMES) {
            let at = rules::vietnam::instant(asked.as_of.at(12, 0, 0, 0)).unwrap_or(now);
            if let Some(procedure) = site.recorder.catalogue().in_force(agency, &row.code, at, now).await? {
                row.name = lang.pick([&procedure.name_vi, &procedure.name_en]).to_owned();
            }
        }
    }
    Ok(report)
}

/// The report made from stored totals; procedures have their code as name.
pub(crate) fn from_totals(asked: &Asked, kept: &[Total], lang: Language) -> Report {
    let totals = Total::together(asked.from, asked.as_of, kept);
    let rows = match asked.by {
        By::Procedure => {
            let codes: BTreeMap<_, _> = totals.groups().map(|group| (group.procedure.clone(), ())).collect();
            let row = |code: String| {
                let sum = totals.sum(|group| group.procedure == code);
                Row { name: code.clone(), code, sum }
            };
            codes.into_keys().map(row).collect()
        }
        By::Channel => {
            let row = |channel| {
                let sum = totals.sum(|group| group.channel == channel);
                Row { code: String::new(), name: lang.pick(channel_told(channel)).to_owned(), sum }
            };
            [Filing::Online, Filing::Desk, Filing::Post].into_iter().map(row).collect()
        }
        By::Month => Month::between(Month::of(asked.from), Month::of(asked.as_of))
            .map(|month| {
                let (from, to) = (month.first_day().max(asked.from), month.last_day().min(asked.as_of));
                let name = format!("{:02}/{:04}", from.month(), from.year());
                Row { code: String::new(), name, sum: Total::together(from, to, kept).sum(|_| true) }
            })
            .collect(),
    };
    let whole = totals.sum(|_| true);
    let portals = whole.from_portals().into_iter().map(|(id, number)| (id.to_owned(), number)).collect();
    Report { asked: *asked, rows, whole, portals, ratings: Figures::default() }
}

/// `KenhThucHien` in words.
pub(crate) fn channel_told(channel: Filing) -> [&'static str; 2] {
    match channel {
        Filing::Desk => ["Trực tiếp", "At the desk"],
        Filing::Online => ["Trực tuyến", "Online"],
        Filing::Post => ["Bưu chính công ích", "By post"],
    }
}
