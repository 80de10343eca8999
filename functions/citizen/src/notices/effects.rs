//! Effects in plain words: what holds, from when until when, and whether that is over.

use jiff::civil::Date;
use maud::{Markup, html};
use rules::language::Language;
use rules::notice::{Effect, Measure};

use crate::frame::Frame;

/// An effect's place in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// Its last day is over.
    Ended,
    /// It holds today.
    Running,
    /// Its first day is ahead.
    ToCome,
}

/// Returns where an effect stands on a day.
pub(crate) fn when(effect: &Effect, day: Date) -> When {
    match (effect.runs_on(day), effect.from > day) {
        (true, _) => When::Running,
        (false, true) => When::ToCome,
        (false, false) => When::Ended,
    }
}

/// Returns the sentence of a measure, and the language that it is in: some words are typed in Vietnamese alone.
pub(crate) fn sentence(measure: &Measure, lang: Language) -> (String, Language) {
    let [vi, en] = measure.said();
    let only_vi = match measure {
        Measure::Advice { en, .. } | Measure::Restricted { en, .. } => en.is_empty(),
        Measure::FreePostage { .. }
        | Measure::OriginalsByPost
        | Measure::Guidance
        | Measure::Closed { .. }
        | Measure::Moved { .. }
        | Measure::Outage { .. } => false,
    };
    match lang {
        Language::En if !only_vi => (ended(en), Language::En),
        Language::En | Language::Vi => (ended(vi), Language::Vi),
    }
}

/// Ends a sentence: days follow it, and whoever typed it may have left off the full stop.
fn ended(text: String) -> String {
    if text.trim_end().ends_with(['.', '!', '?', '…', ':', ';']) { text } else { format!("{}.", text.trim_end()) }
}

/// Returns the days of an effect: `Từ 01/04/2020 đến hết 15/04/2020`.
pub(crate) fn days(effect: &Effect, lang: Language) -> String {
    let days = effect.days_in(lang);
    let days = days.trim_end_matches(':');
    match effect.until {
        Some(_) => days.to_owned(),
        None => format!("{days}{}", lang.pick([" đến khi có thông báo mới", " until further notice"])),
    }
}

/// Writes an effect in one line, its days behind it.
pub(crate) fn line(frame: &Frame<'_>, effect: &Effect) -> Markup {
    let (text, lang) = sentence(&effect.measure, frame.lang);
    let other = (lang != frame.lang).then(|| lang.code());
    html! { bdi lang=[other] { (text) } " " span.soft { (days(effect, frame.lang)) "." } }
}

/// Writes effects as a list, each marked with where it stands today.
pub(crate) fn marked(frame: &Frame<'_>, effects: &[Effect], more: impl Fn(&Effect) -> Markup) -> Markup {
    html! { ul { @for effect in effects { li {
        (line(frame, effect)) " "
        @match when(effect, frame.today()) {
            When::Running => span.tag.green { (frame.say(["Đang áp dụng", "In force"])) },
            When::ToCome => span.tag.blue { (frame.say(["Sắp áp dụng", "To come"])) },
            When::Ended => span.tag { (frame.say(["Đã kết thúc", "Ended"])) },
        }
        (more(effect))
    } } } }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_effect_is_ended_runs_or_is_to_come() {
        let effect = Effect { measure: Measure::Guidance, from: date(2020, 4, 2), until: Some(date(2020, 4, 3)) };
        let on = |day| when(&effect, date(2020, 4, day));
        assert_eq!([on(1), on(2), on(3), on(4)], [When::ToCome, When::Running, When::Running, When::Ended]);
        assert_eq!(days(&effect, Language::Vi), "Từ 02/04/2020 đến hết 03/04/2020");
        let open = Effect { until: None, ..effect };
        assert_eq!(when(&open, date(2030, 1, 1)), When::Running);
        assert_eq!(days(&open, Language::En), "From 02/04/2020 until further notice");
    }

    #[test]
    fn words_that_were_typed_in_vietnamese_alone_are_shown_as_vietnamese() {
        let said = |en: &str| sentence(&Measure::Advice { vi: "Đeo khẩu trang".into(), en: en.into() }, Language::En);
        assert_eq!(said(""), ("Đeo khẩu trang.".into(), Language::Vi));
        assert_eq!(said("Wear a mask!"), ("Wear a mask!".into(), Language::En));
    }
}
