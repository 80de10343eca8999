//! A notice as somebody types it, field by field, and what is wrong with it.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::{
    Effect, Further, LONGEST_ADVICE, LONGEST_BODY, LONGEST_SOURCE, LONGEST_TITLE, MOST_EFFECTS, MOST_FURTHER,
    MOST_PROCEDURES, Mail, Measure, Told,
};
use crate::limits::{LONGEST_ADDRESS, LONGEST_CODE};

/// A notice without its number, version and publication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the notice")]
pub struct Draft {
    pub issuer: String,
    pub legal_basis: String,
    pub vi: Option<Told>,
    pub en: Option<Told>,
    pub further: Vec<Further>,
    pub procedures: Vec<String>,
    pub effects: Vec<Effect>,
}

/// A mistake in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The name of the field.
    pub field: String,
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
    /// No day that there is.
    NotADay,
    /// The last day is before the first.
    EndsBeforeItBegins,
    /// The text holds a character that no text holds.
    NotText,
    /// Not one of the choices.
    NotAChoice,
    /// A text was typed in a language without its title, or the other way round.
    Half,
}

impl Fault {
    /// Returns what is to be done, in words that follow the name of the field.
    #[must_use]
    pub fn said(self) -> [String; 2] {
        match self {
            Self::Missing => ["chưa nhập.".into(), "is missing.".into()],
            Self::TooLong(most) => [format!("dài quá {most} ký tự."), format!("is longer than {most} characters.")],
            Self::TooMany(most) => [format!("nhiều quá {most}."), format!("are more than {most}.")],
            Self::NotADay => ["không phải một ngày có thật.".into(), "is no day that exists.".into()],
            Self::EndsBeforeItBegins => ["kết thúc trước khi bắt đầu.".into(), "ends before it begins.".into()],
            Self::NotText => ["có ký tự không dùng được.".into(), "holds a character that cannot be used.".into()],
            Self::NotAChoice => ["không nằm trong các lựa chọn.".into(), "is none of the choices.".into()],
            Self::Half => ["cần cả tiêu đề và nội dung.".into(), "needs both a title and a text.".into()],
        }
    }
}

/// Reads the fields, each by its name, and collects what is wrong with them.
struct Reader<'a, F: Fn(&str) -> Option<&'a str>> {
    typed: F,
    read_day: fn(&str) -> Option<Date>,
    mistakes: Vec<Mistake>,
}

impl Draft {
    /// Reads a draft. `typed` returns what was typed into a field; `read_day` reads a day as the form's other fields do.
    ///
    /// # Errors
    /// Every [`Mistake`], in the order of the fields.
    pub fn read<'a>(
        typed: impl Fn(&str) -> Option<&'a str>,
        read_day: fn(&str) -> Option<Date>,
    ) -> Result<Self, Vec<Mistake>> {
        let mut reader = Reader { typed, read_day, mistakes: Vec::new() };
        let vi = reader.told("title", "text", true);
        let en = reader.told("title_en", "text_en", false);
        let issuer = reader.line("issuer", LONGEST_SOURCE, true);
        let legal_basis = reader.line("legal_basis", LONGEST_SOURCE, true);
        let procedures = reader.procedures();
        let effects = (0..MOST_EFFECTS).filter_map(|row| reader.effect(row)).collect();
        let further = (0..MOST_FURTHER).filter_map(|row| reader.further(row)).collect();
        if !reader.mistakes.is_empty() {
            return Err(reader.mistakes);
        }
        Ok(Self { issuer, legal_basis, vi, en, further, procedures, effects })
    }
}

impl<'a, F: Fn(&str) -> Option<&'a str>> Reader<'a, F> {
    fn wrong(&mut self, field: impl Into<String>, fault: Fault) {
        self.mistakes.push(Mistake { field: field.into(), fault });
    }

    fn text(&mut self, field: &str, most: usize, lines: bool) -> Option<String> {
        let typed = (self.typed)(field).map(str::trim).filter(|text| !text.is_empty())?;
        let text: String = typed.replace("\r\n", "\n").nfc().collect();
        let control = |c: char| c.is_control() && !(lines && matches!(c, '\n' | '\t'));
        if text.chars().any(|c| control(c) || crate::attachment::turns_direction(c)) {
            self.wrong(field, Fault::NotText);
        } else if text.chars().count() > most {
            self.wrong(field, Fault::TooLong(most));
        }
        Some(text)
    }

    fn line(&mut self, field: &str, most: usize, must: bool) -> String {
        let line = self.text(field, most, false);
        if line.is_none() && must {
            self.wrong(field, Fault::Missing);
        }
        line.unwrap_or_default()
    }

    fn told(&mut self, title: &str, text: &str, must: bool) -> Option<Told> {
        let (line, body) = (self.text(title, LONGEST_TITLE, false), self.text(text, LONGEST_BODY, true));
        match (line, body) {
            (Some(title), Some(text)) => Some(Told { title, text }),
            (None, None) if !must => None,
            (line, body) => {
                let fault = if must { Fault::Missing } else { Fault::Half };
                if line.is_none() {
                    self.wrong(title, fault);
                }
                if body.is_none() {
                    self.wrong(text, fault);
                }
                None
            }
        }
    }

    fn procedures(&mut self) -> Vec<String> {
        let all = self.text("procedures", MOST_PROCEDURES * (LONGEST_CODE + 2), true).unwrap_or_default();
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

    fn day(&mut self, field: &str) -> Option<Date> {
        let typed = (self.typed)(field)?;
        let day = (self.read_day)(typed);
        if day.is_none() {
            self.wrong(field, Fault::NotADay);
        }
        day
    }

    fn effect(&mut self, row: usize) -> Option<Effect> {
        let field = |name: &str| format!("effect_{row}_{name}");
        let is = (self.typed)(&field("is"))?.to_owned();
        let typed_from = (self.typed)(&field("from")).is_some();
        let (from, until) = (self.day(&field("from")), self.day(&field("until")));
        if !typed_from {
            self.wrong(field("from"), Fault::Missing);
        }
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            self.wrong(field("until"), Fault::EndsBeforeItBegins);
        }
        let measure = self.measure(&is, row);
        Some(Effect { measure: measure?, from: from?, until })
    }

    fn measure(&mut self, is: &str, row: usize) -> Option<Measure> {
        let (vi, en) = (format!("effect_{row}_vi"), format!("effect_{row}_en"));
        let optional = |text: String| Some(text).filter(|text| !text.is_empty());
        Some(match is {
            "free_postage" => {
                let of = (self.typed)(&format!("effect_{row}_of")).unwrap_or("both").to_owned();
                match Mail::ALL.into_iter().find(|mail| mail.name() == of) {
                    Some(of) => Measure::FreePostage { of },
                    None => {
                        self.wrong(format!("effect_{row}_of"), Fault::NotAChoice);
                        return None;
                    }
                }
            }
            "originals_by_post" => Measure::OriginalsByPost,
            "guidance" => Measure::Guidance,
            "advice" => {
                Measure::Advice { vi: self.line(&vi, LONGEST_ADVICE, true), en: self.line(&en, LONGEST_ADVICE, false) }
            }
            "restricted" => Measure::Restricted {
                vi: self.line(&vi, LONGEST_ADVICE, true),
                en: self.line(&en, LONGEST_ADVICE, false),
            },
            "closed" => {
                let article = optional(self.line(&vi, LONGEST_SOURCE, false));
                Measure::Closed { article, waits_run: (self.typed)(&format!("effect_{row}_waits_run")).is_some() }
            }
            "moved" => Measure::Moved {
                to: self.line(&vi, LONGEST_ADDRESS, true),
                telephone: optional(self.line(&en, LONGEST_SOURCE, false)),
            },
            "outage" => Measure::Outage { hours: self.line(&vi, LONGEST_ADVICE, true) },
            _ => {
                self.wrong(format!("effect_{row}_is"), Fault::NotAChoice);
                return None;
            }
        })
    }

    fn further(&mut self, row: usize) -> Option<Further> {
        let (name, title, text) =
            (format!("further_{row}_language"), format!("further_{row}_title"), format!("further_{row}_text"));
        let language = self.text(&name, 40, false);
        let told = self.told(&title, &text, false);
        match (language, told) {
            (Some(language), Some(told)) => Some(Further { language, told }),
            (None, None) => None,
            (None, Some(_)) => {
                self.wrong(name, Fault::Missing);
                None
            }
            (Some(_), None) => {
                if !self.mistakes.iter().any(|it| it.field == title || it.field == text) {
                    self.wrong(title, Fault::Half);
                }
                None
            }
        }
    }
}
