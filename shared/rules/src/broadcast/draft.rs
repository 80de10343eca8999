//! A broadcast as somebody types it, field by field, and what is wrong with it.

use unicode_normalization::UnicodeNormalization;

use super::audience::{Audience, Part, Post};
use super::texts::{Around, LONGEST_SMS, LONGEST_SUBJECT, LONGEST_TEXT, Letter, MOST_PARTS, Texts};
use crate::dossier::Filing;
use crate::language::Language;
use crate::limits::LONGEST_CODE;
use crate::message::parts;

/// The most procedures that an audience names.
const MOST_PROCEDURES: usize = 40;
/// The names of the ways of filing in forms.
const FILINGS: [(Filing, &str); 3] = [(Filing::Desk, "desk"), (Filing::Online, "online"), (Filing::Post, "post")];

/// The content of a broadcast.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The dossiers whose applicants it is for.
    pub audience: Audience,
    /// The texts.
    pub texts: Texts,
    /// The number of the notice that it is about.
    pub notice: Option<u32>,
}

/// A mistake in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The name of the field.
    pub field: &'static str,
    /// The mistake.
    pub fault: Fault,
}

/// A kind of mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was typed where something must be.
    Missing,
    /// Longer than this number of characters.
    TooLong(usize),
    /// More than this number of things.
    TooMany(usize),
    /// A character that no text holds.
    NotText,
    /// Not one of the choices, or no number.
    NotAChoice,
    /// A subject without a text, or the other way round.
    Half,
    /// A text that would leave in so many parts, with what stands around it.
    Parts(usize),
}

impl Fault {
    /// Returns what is to be done, in words that follow the name of the field.
    #[must_use]
    pub fn said(self) -> [String; 2] {
        match self {
            Self::Missing => ["chưa nhập.".into(), "is missing.".into()],
            Self::TooLong(most) => [format!("dài quá {most} ký tự."), format!("is longer than {most} characters.")],
            Self::TooMany(most) => [format!("nhiều quá {most}."), format!("are more than {most}.")],
            Self::NotText => ["có ký tự không dùng được.".into(), "holds a character that cannot be used.".into()],
            Self::NotAChoice => ["không nằm trong các lựa chọn.".into(), "is none of the choices.".into()],
            Self::Half => ["cần cả tiêu đề và nội dung.".into(), "needs both a subject and a text.".into()],
            Self::Parts(parts) => [
                format!("dài {parts} tin nhắn, tối đa là {MOST_PARTS}; hãy rút ngắn."),
                format!("takes {parts} messages, of at most {MOST_PARTS}; shorten it."),
            ],
        }
    }
}

/// Returns the name of a way of filing in forms.
#[must_use]
pub fn filing_name(filing: Filing) -> &'static str {
    FILINGS.iter().find(|(it, _)| *it == filing).map_or("", |(_, name)| name)
}

struct Reader<'a, F: Fn(&str) -> Option<&'a str>> {
    typed: F,
    mistakes: Vec<Mistake>,
}

impl Draft {
    /// Reads a draft. `typed` returns what was typed into a field. `around` stands around each text for telephones, but
    /// for the link, which `link` makes of the number of a notice. Letters must be there if the agency sends any.
    ///
    /// # Errors
    /// Every [`Mistake`], in the order of the fields.
    pub fn read<'a>(
        typed: impl Fn(&str) -> Option<&'a str>,
        around: &Around<'_>,
        link: impl Fn(u32) -> Option<String>,
        letters: bool,
    ) -> Result<Self, Vec<Mistake>> {
        let mut reader = Reader { typed, mistakes: Vec::new() };
        let audience = Audience {
            procedures: reader.procedures(),
            filings: reader.ticked("filing", FILINGS),
            parts: reader.ticked("part", Part::ALL.map(|part| (part, part.name()))),
            post: reader.post(),
        };
        let notice = reader.notice();
        let sms_vi = reader.text("sms_vi", LONGEST_SMS, true).unwrap_or_default();
        let sms_en = reader.text("sms_en", LONGEST_SMS, false);
        let letter_vi = reader.letter(["subject_vi", "text_vi"], letters);
        let letter_en = reader.letter(["subject_en", "text_en"], false);
        let texts = Texts { sms_vi, sms_en, letter_vi, letter_en };
        let link = notice.and_then(link);
        reader.parts(&texts, &Around { link: link.as_deref(), ..*around });
        if reader.mistakes.is_empty() { Ok(Self { audience, texts, notice }) } else { Err(reader.mistakes) }
    }
}

impl<'a, F: Fn(&str) -> Option<&'a str>> Reader<'a, F> {
    fn wrong(&mut self, field: &'static str, fault: Fault) {
        self.mistakes.push(Mistake { field, fault });
    }

    fn text(&mut self, field: &'static str, most: usize, must: bool) -> Option<String> {
        let typed = (self.typed)(field).map(str::trim).filter(|text| !text.is_empty());
        let Some(typed) = typed else {
            if must {
                self.wrong(field, Fault::Missing);
            }
            return None;
        };
        let text: String = typed.replace("\r\n", "\n").nfc().collect();
        let control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        if text.chars().any(|c| control(c) || crate::attachment::turns_direction(c)) {
            self.wrong(field, Fault::NotText);
        } else if text.chars().count() > most {
            self.wrong(field, Fault::TooLong(most));
        }
        Some(text)
    }

    fn letter(&mut self, [subject, text]: [&'static str; 2], must: bool) -> Option<Letter> {
        let line = self.text(subject, LONGEST_SUBJECT, must);
        let body = self.text(text, LONGEST_TEXT, must);
        if line.as_ref().is_some_and(|line| line.contains('\n')) {
            self.wrong(subject, Fault::NotText);
        }
        match (line, body) {
            (Some(subject), Some(text)) => Some(Letter { subject, text }),
            (None, None) => None,
            (line, _) if !must => {
                self.wrong(if line.is_none() { subject } else { text }, Fault::Half);
                None
            }
            (_, _) => None,
        }
    }

    fn procedures(&mut self) -> Vec<String> {
        let all = self.text("procedures", MOST_PROCEDURES * (LONGEST_CODE + 2), false).unwrap_or_default();
        let mut codes: Vec<String> = Vec::new();
        for code in all.split([',', ';', '\n', ' ']).map(str::trim).filter(|code| !code.is_empty()) {
            if !codes.iter().any(|it| it == code) {
                codes.push(code.to_owned());
            }
        }
        if codes.len() > MOST_PROCEDURES {
            self.wrong("procedures", Fault::TooMany(MOST_PROCEDURES));
        }
        codes
    }

    /// The choices that are ticked; all of them are as good as none.
    fn ticked<T: Copy, const N: usize>(&self, field: &str, choices: [(T, &str); N]) -> Vec<T> {
        let is_ticked = |name: &str| (self.typed)(&format!("{field}_{name}")).is_some();
        let ticked: Vec<T> = choices.iter().filter(|(_, name)| is_ticked(name)).map(|(choice, _)| *choice).collect();
        if ticked.len() == N { Vec::new() } else { ticked }
    }

    fn post(&mut self) -> Post {
        let Some(typed) = (self.typed)("post") else { return Post::Any };
        match Post::ALL.into_iter().find(|post| post.name() == typed) {
            Some(post) => post,
            None => {
                self.wrong("post", Fault::NotAChoice);
                Post::Any
            }
        }
    }

    fn notice(&mut self) -> Option<u32> {
        let typed = (self.typed)("notice").map(str::trim).filter(|text| !text.is_empty())?;
        let number = typed.parse().ok().filter(|number| *number > 0);
        if number.is_none() {
            self.wrong("notice", Fault::NotAChoice);
        }
        number
    }

    fn parts(&mut self, texts: &Texts, around: &Around<'_>) {
        for (field, language, is_there) in
            [("sms_vi", Language::Vi, !texts.sms_vi.is_empty()), ("sms_en", Language::En, texts.sms_en.is_some())]
        {
            let parts = parts(&texts.sms(language, around)).unwrap_or(MOST_PARTS + 1);
            if is_there && parts > MOST_PARTS && !self.mistakes.iter().any(|it| it.field == field) {
                self.wrong(field, Fault::Parts(parts));
            }
        }
    }
}
