//! The e-mail about one commit: the same news as the SMS, with everything that an SMS has no room for.
//!
//! A letter has no limit of length, so nothing is left out to save room: the papers by their names, the reason for the
//! date, the unit and the person who handle the dossier, and the times of receipt, processing and return (NĐ
//! 224/2026/NĐ-CP art. 15(1)(g)). It holds the names that the office itself uses; none of the applicant's.

mod english;
mod leads_to;
mod reminder;
mod vietnamese;
mod visitors;

pub use leads_to::LeadsTo;
pub use reminder::Unreported;

use jiff::Timestamp;
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::{News, Visit, is_code};
use crate::language::Language;
use crate::vietnam;

/// The longest subject, in characters: mail programs on a phone show about that much of it.
const LONGEST_SUBJECT: usize = 120;

/// Why somebody gets the letter of a broadcast.
const BROADCAST_CLOSING: crate::language::Both = [
    "Ông/bà nhận thư này vì đang có hồ sơ tại cơ quan và đã để lại địa chỉ thư điện tử. Thư được gửi tự động, xin không \
     trả lời thư này. Tin về chính hồ sơ của ông/bà vẫn được gửi như trước.",
    "You get this letter because you have a dossier with the office and left your e-mail address. It was sent \
     automatically; please do not answer it. What happens to your own dossier is told as before.",
];

/// The last words of a day's list.
const DAILY_CLOSING: crate::language::Both = [
    "Ông/bà nhận thư này vì đã chọn một danh sách mỗi ngày thay cho từng tin nhắn. Thư được gửi tự động, xin không trả lời \
     thư này; muốn nhận từng tin, xin báo cho cơ quan.",
    "You get this letter because you chose one list a day in place of a message for each piece of news. It was sent \
     automatically; please do not answer it. To get each message again, tell the office.",
];

/// The dossier that a letter is about, as far as the office knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Case<'a> {
    /// Its code, or its id until there is one.
    pub code: &'a str,
    /// The name of its procedure.
    pub procedure: Option<&'a str>,
    /// When it came in.
    pub submitted_at: Option<Timestamp>,
    /// When it was accepted.
    pub accepted_at: Option<Timestamp>,
    /// The day on which the result is promised.
    pub due_on: Option<jiff::civil::Date>,
    /// When the work on it ended.
    pub ended_at: Option<Timestamp>,
    /// The sentence why the date is what it is, in the letter's language.
    pub why: Option<&'a str>,
    /// The agency that handles it.
    pub agency: &'a str,
    /// Its telephone.
    pub telephone: Option<&'a str>,
    /// The address of its one-stop desk.
    pub address: Option<&'a str>,
    /// The hours in which visitors are received, in the letter's language.
    pub visiting_hours: Option<&'a str>,
    /// The dossier's page, if the agency sends links.
    pub link: Option<&'a str>,
    /// The person who handles it now.
    pub handled_by: Option<&'a str>,
    /// Words of today's notices to visitors.
    pub visit: Visit<'a>,
}

/// A letter, not yet in any form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The language it is written in.
    pub language: Language,
    /// Its subject, on one line.
    pub subject: String,
    /// What happened, in one sentence.
    pub lead: String,
    /// Paragraphs of a broadcast; none in a letter about a dossier.
    pub body: Vec<String>,
    /// What the reader is to do now, and until when.
    pub to_do: Option<String>,
    /// The papers that are awaited, by their names.
    pub papers: Vec<String>,
    /// Why the date is what it is.
    pub why: Option<String>,
    /// What is known of the dossier: a word and its value.
    pub facts: Vec<(String, String)>,
    /// The agency that sends it.
    pub agency: String,
    /// Where and when the agency is reached: a word and its value.
    pub reached: Vec<(String, String)>,
    /// The address that it leads to.
    pub link: Option<String>,
    /// The page there.
    pub leads_to: LeadsTo,
    /// Why the reader gets it, and that nobody reads an answer to it.
    pub closing: String,
    /// The address by which the reader gets no more broadcasts; only a broadcast has one.
    pub unsubscribe: Option<String>,
}

/// The sentences of one piece of news.
struct Words {
    subject: String,
    lead: String,
    to_do: Option<String>,
}

impl Letter {
    /// Writes the letter about a piece of news. `papers` are the names of what is awaited.
    #[must_use]
    pub fn new<'a>(
        language: Language,
        news: &News<'_>,
        case: &Case<'_>,
        papers: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let code = if is_code(case.code) { case.code } else { language.pick(["của ông/bà", "of yours"]) };
        let words = match language {
            Language::Vi => vietnamese::words(news, code),
            Language::En => english::words(news, code),
        };
        Self {
            language,
            subject: one_line(&words.subject),
            lead: composed(&words.lead),
            body: Vec::new(),
            to_do: visitors::to_do(language, news, words.to_do, case.visit).as_deref().map(composed),
            papers: papers.into_iter().map(composed).collect(),
            why: case.why.map(composed),
            facts: facts(language, case, code),
            agency: composed(case.agency),
            reached: reached(language, case),
            link: case.link.map(str::to_owned),
            leads_to: LeadsTo::Dossier,
            closing: closing(language).to_owned(),
            unsubscribe: None,
        }
    }

    /// Writes the letter of a broadcast: a subject and a text, not about one dossier. `case` is the agency's part alone.
    #[must_use]
    pub fn broadcast(
        language: Language,
        (subject, text): (&str, &str),
        case: &Case<'_>,
        unsubscribe: Option<&str>,
    ) -> Self {
        let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
        Self {
            language,
            subject: one_line(subject),
            lead: composed(subject),
            body: paragraphs.map(composed).collect(),
            to_do: None,
            papers: Vec::new(),
            why: None,
            facts: Vec::new(),
            agency: composed(case.agency),
            reached: reached(language, case),
            link: case.link.map(str::to_owned),
            leads_to: LeadsTo::Notice,
            closing: language.pick(BROADCAST_CLOSING).to_owned(),
            unsubscribe: unsubscribe.map(str::to_owned),
        }
    }

    /// Writes the letter of a day's list: a paragraph for each piece of news. `case` is the agency's part alone.
    #[must_use]
    pub fn daily(language: Language, day: Date, told: impl IntoIterator<Item = String>, case: &Case<'_>) -> Self {
        let body: Vec<String> = told.into_iter().map(|told| composed(&told)).collect();
        let number = body.len();
        let subject = match language {
            Language::Vi => format!("Danh sách ngày {}: {number} tin về các hồ sơ của ông/bà", vietnam::written(day)),
            Language::En => {
                format!("List of {}: {number} pieces of news about your dossiers", vietnam::written_english(day))
            }
        };
        Self {
            closing: language.pick(DAILY_CLOSING).to_owned(),
            body,
            ..Self::broadcast(language, (&subject, ""), case, None)
        }
    }

    /// Writes it as plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut paragraphs = vec![self.lead.clone()];
        paragraphs.extend(self.body.iter().cloned());
        paragraphs.extend(self.to_do.clone());
        if !self.papers.is_empty() {
            let lines: Vec<_> = self.papers.iter().map(|paper| format!("- {paper}")).collect();
            paragraphs.push(format!("{}\n{}", self.papers_heading(), lines.join("\n")));
        }
        paragraphs.extend(self.why.clone());
        let lines = |pairs: &[(String, String)]| {
            pairs.iter().map(|(word, value)| format!("{word}: {value}")).collect::<Vec<_>>().join("\n")
        };
        paragraphs.extend(self.link.as_ref().map(|link| format!("{} {link}", self.link_words())));
        paragraphs.extend(Some(lines(&self.facts)).filter(|facts| !facts.is_empty()));
        paragraphs.push(format!("{}\n{}", self.agency, lines(&self.reached)).trim_end().to_owned());
        paragraphs.push(self.closing.clone());
        paragraphs.extend(self.unsubscribe.as_ref().map(|link| format!("{}: {link}", self.unsubscribe_words())));
        paragraphs.join("\n\n") + "\n"
    }

    /// Returns the words before the link.
    #[must_use]
    pub fn link_words(&self) -> &'static str {
        self.language.pick(self.leads_to.words())
    }

    /// Returns the words of the link by which the reader gets no more broadcasts.
    #[must_use]
    pub fn unsubscribe_words(&self) -> &'static str {
        match self.language {
            Language::Vi => "Không nhận thông báo chung nữa",
            Language::En => "No more broadcasts to me",
        }
    }

    /// Returns the heading of the list of papers.
    #[must_use]
    pub fn papers_heading(&self) -> &'static str {
        match self.language {
            Language::Vi => "Giấy tờ còn thiếu:",
            Language::En => "Papers that are missing:",
        }
    }
}

fn facts(language: Language, case: &Case<'_>, code: &str) -> Vec<(String, String)> {
    let at = |at: Option<Timestamp>| match language {
        Language::Vi => at.map(vietnam::date_time),
        Language::En => at.map(vietnam::date_time_english),
    };
    let on = |day: Option<jiff::civil::Date>| match language {
        Language::Vi => day.map(vietnam::written),
        Language::En => day.map(vietnam::written_english),
    };
    let known = [
        (["Mã hồ sơ", "Dossier"], Some(code.to_owned())),
        (["Thủ tục", "Procedure"], case.procedure.map(composed)),
        (["Nộp lúc", "Filed"], at(case.submitted_at)),
        (["Tiếp nhận lúc", "Accepted"], at(case.accepted_at)),
        (["Hẹn trả kết quả", "Result promised for"], on(case.due_on)),
        (["Giải quyết xong lúc", "Settled"], at(case.ended_at)),
        (["Cơ quan giải quyết", "Handled by"], Some(composed(case.agency))),
        (["Người xử lý", "Member of staff"], case.handled_by.map(composed)),
    ];
    known.into_iter().filter_map(|(word, value)| Some((language.pick(word).to_owned(), value?))).collect()
}

fn reached(language: Language, case: &Case<'_>) -> Vec<(String, String)> {
    let known = [
        (["Điện thoại", "Telephone"], case.telephone),
        (["Địa chỉ", "Address"], case.address),
        (["Giờ tiếp dân", "Visiting hours"], case.visiting_hours),
    ];
    known.into_iter().filter_map(|(word, value)| Some((language.pick(word).to_owned(), composed(value?)))).collect()
}

fn closing(language: Language) -> &'static str {
    match language {
        Language::Vi => {
            "Ông/bà nhận thư này vì đã để lại địa chỉ thư điện tử khi nộp hồ sơ. Thư được gửi tự động, xin không trả lời \
             thư này."
        }
        Language::En => {
            "You get this letter because you left your e-mail address with the dossier. It was sent automatically; please \
             do not answer it."
        }
    }
}

/// Writes marks and letters as one character each (NFC), since some mail programs show them apart otherwise.
fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// Writes a text on one line of usual length: a subject with a line break would begin another header.
fn one_line(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|it: char| it.is_whitespace() || it.is_control()).filter(|it| !it.is_empty()).collect();
    let line: String = composed(&words.join(" "));
    if line.chars().count() <= LONGEST_SUBJECT {
        return line;
    }
    line.chars().take(LONGEST_SUBJECT - 1).chain(['…']).collect()
}
