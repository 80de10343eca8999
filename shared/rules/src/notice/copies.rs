//! Copies of a notice for other outlets: the text for a loudspeaker, and the plain text for mails and other sites.

use serde::{Deserialize, Serialize};

use super::{MOST_WORDS, Notice, Told};
use crate::language::Language;
use crate::vietnam::written;

/// A notice in a language beside Vietnamese and English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Further {
    /// The name of the language in itself, such as `日本語`.
    pub language: String,
    /// The title and the text.
    #[serde(flatten)]
    pub told: Told,
}

/// Returns the number of words of a text, as they are read out.
#[must_use]
pub fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Returns the text that is read out over a loudspeaker, of at most [`MOST_WORDS`] words: the title, the effects with
/// their days, then as many whole sentences of the text as there is room for, and the telephone.
#[must_use]
pub fn script(notice: &Notice, office: &str, telephone: Option<&str>) -> String {
    let mut lines = vec![format!("{office} thông báo: {}.", notice.vi.title.trim_end_matches('.'))];
    let call = telephone.map(|telephone| format!("Cần hỏi, xin gọi {telephone}."));
    let mut left = MOST_WORDS.saturating_sub(words(&lines[0]) + call.as_deref().map_or(0, words));
    let effects = notice.effects.iter().map(|effect| {
        let [vi, _] = effect.measure.said();
        format!("{} {}", days(effect.from, effect.until), vi)
    });
    for line in effects.chain(sentences(&notice.vi.text)) {
        match left.checked_sub(words(&line)) {
            Some(rest) => {
                left = rest;
                lines.push(line);
            }
            None => break,
        }
    }
    lines.extend(call);
    lines.join(" ")
}

/// Writes the days of an effect at the beginning of a sentence.
fn days(from: jiff::civil::Date, until: Option<jiff::civil::Date>) -> String {
    match until {
        Some(until) if until == from => format!("Ngày {}:", written(from)),
        Some(until) => format!("Từ {} đến hết {}:", written(from), written(until)),
        None => format!("Từ {}:", written(from)),
    }
}

/// Returns the sentences of a text, each with its own full stop.
fn sentences(text: &str) -> impl Iterator<Item = String> {
    text.split('\n')
        .flat_map(|line| line.split_inclusive(". "))
        .map(|sentence| sentence.trim().to_owned())
        .filter(|sentence| !sentence.is_empty())
}

impl Notice {
    /// Returns the notice as plain text, for a mail or for a site that takes no markup. Lines end with `\n`.
    #[must_use]
    pub fn plain(&self, lang: Language) -> String {
        let (told, lang) = self.told(lang);
        let mut text = format!("{}\n\n{}\n", told.title, told.text.trim_end());
        if !self.effects.is_empty() && !self.withdrawn {
            text.push('\n');
        }
        for effect in self.effects.iter().filter(|_| !self.withdrawn) {
            let [vi, en] = effect.measure.said();
            text.push_str(&format!("- {} {}\n", in_days(effect, lang), lang.pick([&vi, &en])));
        }
        let source = lang.pick(["Căn cứ", "Legal basis"]);
        text.push_str(&format!("\n{}\n{source}: {}\n", self.issuer, self.legal_basis));
        text
    }
}

/// Writes the days of an effect in a language.
#[must_use]
pub(super) fn in_days(effect: &super::Effect, lang: Language) -> String {
    match lang {
        Language::Vi => days(effect.from, effect.until),
        Language::En => match effect.until {
            Some(until) if until == effect.from => format!("{}:", written(effect.from)),
            Some(until) => format!("{} to {}:", written(effect.from), written(until)),
            None => format!("From {}:", written(effect.from)),
        },
    }
}

impl super::Effect {
    /// Returns its days in words that begin a line: `Từ 01/04/2020 đến hết 15/04/2020:`.
    #[must_use]
    pub fn days_in(&self, lang: Language) -> String {
        in_days(self, lang)
    }
}
