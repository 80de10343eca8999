//! The fields of the form.

use maud::{Markup, html};
use rules::language::Both;
use rules::notice::{
    LONGEST_BODY, LONGEST_SOURCE, LONGEST_TITLE, MOST_EFFECTS, MOST_FURTHER, Mail, Measure, Mistake as Fault, Notice,
};
use rules::vietnam::written;

use crate::pages::layout::Frame;
use ::pages::form::Form;
use ::pages::part::date;
use ::pages::part::errors::{Mistake, Mistakes};
use ::pages::part::field::{Field, Line};

/// Empty rows behind those that are filled.
const SPARE: usize = 3;

/// Returns the name of a field, for people.
fn name_of(field: &str) -> Both {
    match field {
        "title" => ["Tiêu đề", "Title in Vietnamese"],
        "text" => ["Nội dung", "Text in Vietnamese"],
        "title_en" => ["Tiêu đề tiếng Anh", "Title in English"],
        "text_en" => ["Nội dung tiếng Anh", "Text in English"],
        "issuer" => ["Cơ quan ban hành", "Issued by"],
        "legal_basis" => ["Căn cứ", "Legal basis"],
        "procedures" => ["Mã thủ tục áp dụng", "Codes of the procedures"],
        _ => match field.rsplit('_').next().unwrap_or_default() {
            "is" => ["Biện pháp", "Measure"],
            "from" => ["Từ ngày", "From"],
            "until" => ["Đến hết ngày", "Until the end of"],
            "of" => ["Miễn cước cho", "Free for"],
            "vi" => ["Chi tiết", "Details in Vietnamese"],
            "en" => ["Chi tiết tiếng Anh, hoặc điện thoại", "Details in English, or the telephone"],
            "run" => ["Hạn của người dân vẫn tính", "Waits of applicants run on"],
            "language" => ["Ngôn ngữ", "Language"],
            "title" => ["Tiêu đề", "Title"],
            _ => ["Nội dung", "Text"],
        },
    }
}

/// Returns the mistakes with the words of the page.
pub(super) fn mistakes(frame: &Frame, faults: &[Fault]) -> Mistakes {
    let mut found = Mistakes::default();
    for fault in faults {
        let [vi, en] = fault.fault.said();
        let name = frame.lang.pick(name_of(&fault.field)).to_owned();
        let row = fault.field.split('_').nth(1).and_then(|row| row.parse::<usize>().ok());
        let name = row.map_or(name.clone(), |row| format!("{name} ({})", row + 1));
        found.push(Mistake { at: Some(fault.field.clone()), name, why: frame.lang.pick([&vi, &en]).to_owned() });
    }
    found
}

/// Writes all fields with what was typed and what was wrong with it.
pub(super) fn all(frame: &Frame, typed: &Form, mistakes: &Mistakes) -> Markup {
    let it = Typed { frame, typed, mistakes };
    let rows = (0..MOST_EFFECTS).rfind(|row| it.value(&format!("effect_{row}_is")).is_some()).map_or(0, |row| row + 1);
    let further = (0..MOST_FURTHER).rfind(|row| it.value(&format!("further_{row}_text")).is_some());
    html! {
        (it.line("title", LONGEST_TITLE, true, None))
        (it.lines("text", LONGEST_BODY, true))
        (it.line("issuer", LONGEST_SOURCE, true, Some(["Ví dụ: UBND tỉnh Khánh Hòa", "For example UBND tỉnh Khánh Hòa"])))
        (it.line("legal_basis", LONGEST_SOURCE, true, Some(["Ví dụ: Công văn 2964/UBND-KSTT ngày 01/04/2020", "For example Công văn 2964/UBND-KSTT ngày 01/04/2020"])))
        (it.line("procedures", 4_000, false, Some(["Để trống là mọi thủ tục; nhiều mã cách nhau bằng dấu phẩy", "All procedures if left empty; several codes with commas"])))
        h2 { (frame.say("Biện pháp, mỗi biện pháp có ngày riêng", "Measures, each with its own days")) }
        p.hint { (frame.say(
            "Chi tiết: lời khuyến cáo, ai được tiếp, địa điểm mới, giờ ngừng; khi đóng quầy là điều luật cho phép không tính các ngày này.",
            "Details: the advice, who is received, the new place, the hours of an outage; for a closed desk the article by which these days do not count.",
        )) }
        @for row in 0..(rows + SPARE).min(MOST_EFFECTS) { (it.effect(row)) }
        details open[it.value("title_en").is_some() || mistakes.why("title_en").is_some() || mistakes.why("text_en").is_some()] {
            summary { (frame.say("Bản tiếng Anh", "The English text")) }
            (it.line("title_en", LONGEST_TITLE, false, None))
            (it.lines("text_en", LONGEST_BODY, false))
        }
        @for row in 0..further.map_or(1, |row| (row + 2).min(MOST_FURTHER)) { (it.further(row)) }
    }
}

/// The fields as they were typed.
struct Typed<'a> {
    frame: &'a Frame,
    typed: &'a Form,
    mistakes: &'a Mistakes,
}

impl Typed<'_> {
    fn value(&self, field: &str) -> Option<&str> {
        self.typed.get(field)
    }

    fn line(&self, name: &str, longest: usize, needed: bool, hint: Option<Both>) -> Markup {
        let field =
            Field::new(self.frame.lang, name, self.frame.lang.pick(name_of(name))).wrong(self.mistakes.why(name));
        let field = match hint {
            Some(hint) => field.hinted(self.frame.lang.pick(hint)),
            None => field,
        };
        let field = if needed { field } else { field.optional() };
        let focus = name == "title" && self.mistakes.is_empty();
        let lang = language_of(name);
        field.line(&Line { name, value: self.value(name), longest: Some(longest), focus, lang, ..Line::default() })
    }

    fn lines(&self, name: &str, longest: usize, needed: bool) -> Markup {
        let field =
            Field::new(self.frame.lang, name, self.frame.lang.pick(name_of(name))).wrong(self.mistakes.why(name));
        let field = if needed { field } else { field.optional() };
        let lang = language_of(name);
        field.lines(&Line { name, value: self.value(name), longest: Some(longest), lang, ..Line::default() })
    }

    fn effect(&self, row: usize) -> Markup {
        let (lang, field) = (self.frame.lang, |name: &str| format!("effect_{row}_{name}"));
        let none = (String::new(), self.frame.say("Không có", "None").to_owned());
        let kinds = Measure::NAMES.map(|name| (name.to_owned(), lang.pick(Measure::called(name)).to_owned()));
        let kinds: Vec<_> = std::iter::once(none).chain(kinds).collect();
        let mails = Mail::ALL.map(|mail| (mail.name().to_owned(), lang.pick(mail_named(mail)).to_owned()));
        let (is, of, from, until, run) = (field("is"), field("of"), field("from"), field("until"), field("waits_run"));
        let named = |id: &'static str| lang.pick(name_of(id));
        html! {
            fieldset {
                legend { (self.frame.say("Biện pháp", "Measure")) " " (row + 1) }
                (Field::new(lang, &is, named("effect_is")).optional().wrong(self.mistakes.why(&is)).list(&is, &kinds, self.value(&is), false))
                (date::field(&Field::new(lang, &from, named("effect_from")).optional().wrong(self.mistakes.why(&from)), &from, self.value(&from), false))
                (date::field(&Field::new(lang, &until, named("effect_until")).optional().hinted(self.frame.say("Để trống nếu chưa biết", "Leave empty if it is not known")).wrong(self.mistakes.why(&until)), &until, self.value(&until), false))
                (self.line(&field("vi"), LONGEST_SOURCE, false, None))
                (self.line(&field("en"), LONGEST_SOURCE, false, None))
                (Field::new(lang, &of, named("effect_of")).optional().wrong(self.mistakes.why(&of)).list(&of, &mails, self.value(&of).or(Some("both")), false))
                label.check { input type="checkbox" name=(run) value="1" checked[self.value(&run).is_some()]; " "
                    (self.frame.say("Đóng quầy: hạn của người dân vẫn tính", "Closed desk: waits of applicants run on")) }
            }
        }
    }

    fn further(&self, row: usize) -> Markup {
        let field = |name: &str| format!("further_{row}_{name}");
        let names = [field("language"), field("title"), field("text")];
        let open = names.iter().any(|name| self.value(name).is_some() || self.mistakes.why(name).is_some());
        html! {
            details open[open] {
                summary { (self.frame.say("Ngôn ngữ khác", "A further language")) " " (row + 1) }
                (self.line(&names[0], 40, false, None))
                (self.line(&names[1], LONGEST_TITLE, false, None))
                (self.lines(&names[2], LONGEST_BODY, false))
            }
        }
    }
}

/// Returns the language of a field's text, if it is not that of the page.
fn language_of(field: &str) -> Option<&'static str> {
    field.ends_with("_en").then_some("en")
}

fn mail_named(mail: Mail) -> Both {
    match mail {
        Mail::Results => ["kết quả", "results"],
        Mail::Originals => ["bản chính gửi đến", "originals"],
        Mail::Both => ["cả hai", "both"],
    }
}

/// Returns what the form of a notice holds.
pub(super) fn of(notice: &Notice) -> Form {
    let mut fields: Vec<(String, String)> = vec![
        ("title".into(), notice.vi.title.clone()),
        ("text".into(), notice.vi.text.clone()),
        ("issuer".into(), notice.issuer.clone()),
        ("legal_basis".into(), notice.legal_basis.clone()),
        ("procedures".into(), notice.procedures.join(", ")),
    ];
    if let Some(en) = &notice.en {
        fields.extend([("title_en".into(), en.title.clone()), ("text_en".into(), en.text.clone())]);
    }
    for (row, effect) in notice.effects.iter().enumerate() {
        let mut put = |name: &str, value: String| fields.push((format!("effect_{row}_{name}"), value));
        put("is", effect.measure.name().to_owned());
        put("from", written(effect.from));
        put("until", effect.until.map(written).unwrap_or_default());
        match &effect.measure {
            Measure::FreePostage { of } => put("of", of.name().to_owned()),
            Measure::Advice { vi, en } | Measure::Restricted { vi, en } => {
                put("vi", vi.clone());
                put("en", en.clone());
            }
            Measure::Closed { article, waits_run } => {
                put("vi", article.clone().unwrap_or_default());
                put("waits_run", if *waits_run { "1".into() } else { String::new() });
            }
            Measure::Moved { to, telephone } => {
                put("vi", to.clone());
                put("en", telephone.clone().unwrap_or_default());
            }
            Measure::Outage { hours } => put("vi", hours.clone()),
            Measure::OriginalsByPost | Measure::Guidance => {}
        }
    }
    for (row, further) in notice.further.iter().enumerate() {
        let mut put = |name: &str, value: &str| fields.push((format!("further_{row}_{name}"), value.to_owned()));
        put("language", &further.language);
        put("title", &further.told.title);
        put("text", &further.told.text);
    }
    let pairs: Vec<(&str, String)> = fields.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    Form::of_pairs(&pairs)
}
