//! The SMS that people are sent: one part each, plain letters, no names.
//!
//! A part costs more than everything else a dossier does, so no text is ever split. If a code, a link or an office's
//! prefix is longer than usual, the text gives up these parts, in this order and only as far as needed:
//!
//! 1. extra news (the last such piece first: postage, parcel number, receipt number, advice),
//! 2. the words that introduce the link,
//! 3. the link itself,
//! 4. the office's prefix (late, since a message that does not say who sends it looks like fraud),
//! 5. the middle of the code (`000.00.01.H22-...-0001`).

mod english;
mod gsm7;
mod news;
mod outlet;
mod vietnamese;

use crate::language::Language;

pub use gsm7::{EACH_OF_SEVERAL, ONE_PART, gsm7_len, parts, plain};
pub use news::{News, Outstanding};
pub use outlet::Outlet;

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
        let code = plain(self.code);
        let link = self.link.filter(|link| gsm7_len(link).is_some());
        let pieces = self.pieces(language, &code);
        let all = pieces.optional.len();
        let ladder = (0..=all).rev().map(|optional| Room { optional, lead: true, link: true, prefix: true }).chain([
            Room { optional: 0, lead: false, link: true, prefix: true },
            Room { optional: 0, lead: false, link: false, prefix: true },
            Room { optional: 0, lead: false, link: false, prefix: false },
        ]);
        for room in ladder {
            let text = pieces.joined(&room, &prefix, link);
            if parts(&text) == Some(1) {
                return text;
            }
        }
        let bare = Room { optional: 0, lead: false, link: false, prefix: false };
        self.pieces(language, &abbreviated(&code)).joined(&bare, "", None)
    }

    fn pieces(&self, language: Language, code: &str) -> Pieces {
        match language {
            Language::Vi => vietnamese::pieces(&self.news, code),
            Language::En => english::pieces(&self.news, code),
        }
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

/// Returns the first and last characters of a code longer than any we know, or any other code as it is.
fn abbreviated(code: &str) -> String {
    let septets: Vec<char> =
        code.chars().filter(|character| gsm7_len(character.encode_utf8(&mut [0; 4])) == Some(1)).collect();
    if septets.len() <= LONGEST_CODE {
        return septets.into_iter().collect();
    }
    let ends = (LONGEST_CODE - 3) / 2;
    let head: String = septets[..ends].iter().collect();
    let tail: String = septets[septets.len() - ends..].iter().collect();
    format!("{head}...{tail}")
}

#[cfg(test)]
mod tests;
