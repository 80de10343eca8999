//! The SMS that people are sent: one part each, plain letters, no names.
//!
//! A part costs more than everything else a dossier does, so no text is ever split. If a code, a link or an office's
//! prefix is longer than usual, the text gives up these parts, in this order and only as far as needed:
//!
//! 1. extra news (the last such piece first: advice, postage, parcel number, receipt number),
//! 2. the words that introduce the link,
//! 3. the link itself,
//! 4. the office's prefix (last, since a message that does not say who sends it looks like fraud).
//!
//! A code that is longer than any real one, or holds anything but a code's characters, is not shown: the text is about
//! "ho so cua ban".

mod english;
mod gsm7;
mod letter;
mod news;
mod outlet;
mod timing;
mod vietnamese;
mod visit;

use crate::language::Language;

pub use gsm7::{EACH_OF_SEVERAL, ONE_PART, gsm7_len, parts, plain};
pub use letter::{Case, LeadsTo, Letter, Unreported};
pub use news::{News, Outstanding};
pub use outlet::Outlet;
pub use timing::{Held, Quiet, Timing, WAIT_MINUTES, WARNED_AT_PERCENT};
pub use visit::{Closed, Visit};

/// The longest code that every text has room for, in characters.
pub const LONGEST_CODE: usize = 30;

/// One SMS about one dossier. There is no field for a name, nor for any other personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message<'a> {
    /// The dossier's code, ours (25 or 26 characters) or a partner's (up to 30).
    pub code: &'a str,
    /// The office's own link for this dossier, `None` if the office sends no links.
    pub link: Option<&'a str>,
    /// The event to report.
    pub news: News<'a>,
    /// Words of today's notices to visitors, used where the news asks somebody to come.
    pub visit: Visit<'a>,
}

/// A text in pieces, so that it can be shortened in the order above.
struct Pieces {
    /// Text from the start, code included, to where the optional pieces go; without a full stop.
    core: String,
    /// Extra news, each piece with its own comma or full stop before it.
    optional: Vec<String>,
    /// A last sentence that is kept even without a link, such as a date; without a full stop.
    last: Option<String>,
    /// The words before the link, used if there is no last sentence.
    lead: &'static str,
}

/// Parts of a text that there is room for.
struct Room {
    optional: usize,
    lead: bool,
    link: bool,
    prefix: bool,
}

impl Message<'_> {
    /// Returns the text to send: characters of the SMS alphabet only, one part, whatever the lengths.
    ///
    /// `prefix` names the office and precedes the text as it is, space included (`KKT Van Phong: `); marks are taken
    /// off. A link that holds characters that an SMS cannot carry is left out.
    pub fn text(&self, language: Language, prefix: &str) -> String {
        let prefix = plain(prefix);
        let code = if is_code(self.code) { self.code } else { language.pick(["cua ban", "of yours"]) };
        let link = self.link.filter(|link| gsm7_len(link).is_some());
        let pieces = self.pieces(language, code);
        let all = pieces.optional.len();
        let ladder = (0..=all).rev().map(|optional| Room { optional, lead: true, link: true, prefix: true }).chain([
            Room { optional: 0, lead: false, link: true, prefix: true },
            Room { optional: 0, lead: false, link: false, prefix: true },
        ]);
        for room in ladder {
            let text = pieces.joined(&room, &prefix, link);
            if parts(&text) == Some(1) {
                return text;
            }
        }
        // A code that is shown has room in every text without a prefix.
        pieces.joined(&Room { optional: 0, lead: false, link: false, prefix: false }, "", None)
    }

    /// Returns the same text, which names the office's telephone if it shows no link and there is room: somebody who does
    /// not understand it has to find somebody to ask.
    pub fn text_with(&self, language: Language, prefix: &str, telephone: Option<&str>) -> String {
        let text = self.text(language, prefix);
        let Some(telephone) = telephone.filter(|_| !self.link.is_some_and(|link| text.ends_with(link))) else {
            return text;
        };
        let asked = format!("{text} {} {}.", language.pick(["Hoi", "Call"]), plain(telephone));
        if parts(&asked) == Some(1) { asked } else { text }
    }

    fn pieces(&self, language: Language, code: &str) -> Pieces {
        let pieces = match language {
            Language::Vi => vietnamese::pieces(&self.news, code, self.visit),
            Language::En => english::pieces(&self.news, code, self.visit),
        };
        let asks = self.news.asks_to_come() && self.visit.closed.is_none();
        let advice = self.visit.advice.into_iter().flatten().filter(|_| asks);
        advice.fold(pieces, |pieces, advice| pieces.optional(Some(format!(". {}", advice_in_short(advice)))))
    }
}

impl Pieces {
    fn new(core: String, lead: &'static str) -> Self {
        Self { core, optional: Vec::new(), last: None, lead }
    }

    fn optional(mut self, piece: Option<String>) -> Self {
        self.optional.extend(piece);
        self
    }

    fn last(mut self, sentence: Option<String>) -> Self {
        self.last = sentence;
        self
    }

    fn joined(&self, room: &Room, prefix: &str, link: Option<&str>) -> String {
        let prefix = if room.prefix { prefix } else { "" };
        let mut text = format!("{prefix}{}{}.", self.core, self.optional[..room.optional].concat());
        let link = link.filter(|_| room.link);
        match (&self.last, link) {
            (Some(last), Some(link)) => text.push_str(&format!(" {last}: {link}")),
            (Some(last), None) => text.push_str(&format!(" {last}.")),
            (None, Some(link)) if room.lead && !self.lead.is_empty() => {
                text.push_str(&format!(" {} {link}", self.lead));
            }
            (None, Some(link)) => text.push_str(&format!(" {link}")),
            (None, None) => {}
        }
        text
    }
}

/// Writes advice as it stands in an SMS, without a full stop.
fn advice_in_short(advice: &str) -> String {
    plain(advice).trim_end_matches('.').to_owned()
}

/// Whether a text is shown as a dossier's code. A portal chooses the codes of its dossiers, so that one could carry words or
/// an address to people under the office's name.
fn is_code(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'/'));
    plain && text.len() <= LONGEST_CODE && !text.contains("//") && !reads_as_host(text)
}

/// Whether a telephone would make a link of some part: two letters or more after a dot and nothing joined to them, or four
/// numbers.
fn reads_as_host(text: &str) -> bool {
    text.split(['/', '-']).any(|part| {
        let labels: Vec<_> = part.split('.').collect();
        let numbers = labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
        let named =
            labels.iter().skip(1).any(|label| label.len() > 1 && label.bytes().all(|it| it.is_ascii_alphabetic()));
        numbers || named
    })
}

#[cfg(test)]
mod tests;
