//! Figures of dossiers in time, on `/local`: every figure under every reading of what the sources leave open.

use jiff::Timestamp;
use maud::{Markup, html};
use motcua::site::Site;
use rules::dossier::Dossier;
use rules::statistics::{Case, Class, FIGURES, Figure, Period, Reading, Report, Scale, readings};
use rules::vietnam;

use super::words::Words;

/// Counts the reports of this year, one per reading; the default one first.
pub(super) async fn reports(
    site: &Site,
    dossiers: &[Dossier],
    now: Timestamp,
) -> Result<Vec<(Reading, Report)>, motcua::store::Error> {
    let new_year = vietnam::day(now).first_of_year().at(0, 0, 0, 0);
    let period = Period { from: vietnam::instant(new_year).unwrap_or(Timestamp::MIN), as_of: now };
    let mut reports: Vec<_> =
        readings().into_iter().map(|reading| (reading, Report::new(period, reading.settings))).collect();
    for dossier in dossiers {
        let procedure = site.recorder.catalogue().version(&dossier.agency, &dossier.procedure).await?;
        let Some(case) = Case::of(dossier, procedure.as_deref().map(|it| &it.limit)) else { continue };
        reports.iter_mut().for_each(|(_, report)| report.add(&case));
    }
    Ok(reports)
}

/// Shows one row per class and figure, one column per reading.
pub(super) fn figures(words: &Words, reports: &[(Reading, Report)]) -> Markup {
    html! {
        h2 { (words.figures) }
        div.list tabindex="0" role="region" aria-label=(words.figures) { table id="figures" {
            thead { tr { th {} @for (reading, _) in reports { th { (words.of([reading.vi, reading.en])) } } } }
            tbody {
                @for class in Class::ALL { tr {
                    th { (words.of(class.named())) }
                    @for (_, report) in reports { td { (report.whole.of(class)) } }
                } }
                @for it in &FIGURES { tr {
                    th { details {
                        summary { (words.of(it.title)) }
                        small { (words.of(it.numerator)) " / " (words.of(it.denominator)) br; (it.source) }
                    } }
                    @for (_, report) in reports { td { (value(words, it.of(&report.whole))) } }
                } }
            }
        } }
    }
}

fn value(words: &Words, figure: Figure) -> String {
    let Some(value) = figure.value else { return "–".to_owned() };
    let (whole, rest) = (value / 100, value % 100);
    let unit = match figure.scale {
        Scale::BasisPoints => " %",
        Scale::HundredthsOfAPoint => "",
    };
    format!("{whole}{}{rest:02}{unit} ({}/{})", words.decimal, figure.count, figure.among)
}
