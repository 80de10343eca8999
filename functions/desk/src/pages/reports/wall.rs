//! The four figures of a report that are read across a room.

use maud::Markup;
use rules::language::{Both, Language};
use rules::statistics::{Class, FIGURES};

use super::asked::Asked;
use super::data::Report;
use super::sheet::value;
use crate::pages::period::Period;
use ::pages::part::figure::{Figure, figures};
use ::pages::part::tag::Tone;

/// The shares among them, by the name of their definition.
const SHARES: [(&str, Both, Tone); 2] = [
    ("in_time_of_finished", ["giải quyết trước và đúng hạn", "finished in time"], Tone::Green),
    ("index_766_online", ["nộp trực tuyến", "filed online"], Tone::Neutral),
];

/// Received, on time, late, online.
pub(crate) fn wall(report: &Report, lang: Language) -> Markup {
    let tally = report.whole.tally(&report.asked.reading);
    let received = Figure {
        value: tally.received_in_period().to_string(),
        name: lang.pick(["hồ sơ tiếp nhận trong kỳ", "dossiers received in the period"]),
        of: None,
        leads: register(&report.asked, lang),
        tone: Tone::Neutral,
    };
    let share = |(name, told, tone): (&str, Both, Tone)| {
        let figure = FIGURES.iter().find(|it| it.name == name)?.of(&tally);
        let of = Some(format!("{}/{}", figure.count, figure.among)).filter(|_| figure.among > 0);
        Some(Figure { value: value(&figure, lang), name: lang.pick(told), of, leads: None, tone })
    };
    let [finished, running] = [Class::Late, Class::RunningLate].map(|class| tally.of(class));
    let late = Figure {
        value: (finished + running).to_string(),
        name: lang.pick(["hồ sơ quá hạn", "late dossiers"]),
        of: Some(match lang {
            Language::Vi => format!("{finished} đã giải quyết, {running} đang giải quyết"),
            Language::En => format!("{finished} finished, {running} running"),
        }),
        leads: (running > 0).then(|| {
            let words = lang.pick(["Xem hồ sơ đang quá hạn", "See the late ones"]);
            ("/desk/lists/late".to_owned(), words.to_owned())
        }),
        tone: if finished + running > 0 { Tone::Red } else { Tone::Neutral },
    };
    let [in_time, online] = SHARES.map(share);
    let all: Vec<_> = [Some(received), in_time, Some(late), online].into_iter().flatten().collect();
    figures(&all)
}

/// The register of the same days, unless they are more than it shows at once.
fn register(asked: &Asked, lang: Language) -> Option<(String, String)> {
    let period = Period::between(asked.from, asked.as_of)?;
    let words = lang.pick(["Xem sổ theo dõi hồ sơ", "See the register"]);
    Some((format!("/desk/register?{}", period.query()), words.to_owned()))
}
