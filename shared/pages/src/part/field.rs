//! A field of a form: its label, its hint, its control and what is wrong with it, tied together for those who listen.

use maud::{Markup, html};
use rules::language::Language;

use super::errors::id_of_text;

/// The frame around a control.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// The language of its words.
    pub lang: Language,
    /// The id of its control; of a group, of the first control in it.
    pub id: &'a str,
    /// The label.
    pub label: &'a str,
    /// Advice on how to fill it in.
    pub hint: Option<&'a str>,
    /// The mistake in it.
    pub wrong: Option<&'a str>,
    /// Whether it must be filled in; one that need not is marked so.
    pub needed: bool,
}

/// A control of one line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Line<'a> {
    /// The name under which it is sent.
    pub name: &'a str,
    /// The content.
    pub value: Option<&'a str>,
    /// The keys that a telephone shows: `numeric`, `tel`, `email`; all of them if it is empty.
    pub keys: &'a str,
    /// The most characters.
    pub longest: Option<usize>,
    /// Whether its content is short, such as a day, and its control narrow.
    pub short: bool,
    /// Whether it takes the keyboard when the page opens.
    pub focus: bool,
    /// The language of what is typed, if it is not the page's.
    pub lang: Option<&'a str>,
}

impl<'a> Field<'a> {
    /// Makes a field that must be filled in, without hint and mistake.
    #[must_use]
    pub fn new(lang: Language, id: &'a str, label: &'a str) -> Self {
        Self { lang, id, label, hint: None, wrong: None, needed: true }
    }

    /// Returns the same field, which may stay empty.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { needed: false, ..self }
    }

    /// Returns the same field with a hint, unless it has one.
    #[must_use]
    pub fn hinted(self, hint: &'a str) -> Self {
        Self { hint: self.hint.or(Some(hint)), ..self }
    }

    /// Returns the same field with the mistake in it.
    #[must_use]
    pub fn wrong(self, wrong: Option<&'a str>) -> Self {
        Self { wrong, ..self }
    }

    /// Returns the ids of the texts that describe the control, for its `aria-describedby`.
    #[must_use]
    pub fn described_by(&self) -> Option<String> {
        let hint = self.hint.map(|_| self.id_of_hint());
        let ids: Vec<_> = hint.into_iter().chain(self.wrong.map(|_| id_of_text(self.id))).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Returns the value of the control's `aria-invalid`.
    #[must_use]
    pub fn invalid(&self) -> Option<&'static str> {
        self.wrong.map(|_| "true")
    }

    /// Writes the field around a control that has its id.
    #[must_use]
    pub fn around(&self, control: &Markup) -> Markup {
        html! {
            div.field.bad-field[self.wrong.is_some()] {
                label for=(self.id) { (self.label) (self.mark()) }
                (self.texts())
                (control)
            }
        }
    }

    /// Writes the field around several controls, the first of which has its id.
    #[must_use]
    pub fn group(&self, controls: &Markup) -> Markup {
        html! {
            div.field.bad-field[self.wrong.is_some()] {
                fieldset.check aria-describedby=[self.described_by()] {
                    legend { (self.label) (self.mark()) }
                    (self.texts())
                    (controls)
                }
            }
        }
    }

    /// Writes the field with a control of one line. What others are asked for is never filled in by the browser.
    #[must_use]
    pub fn line(&self, line: &Line<'_>) -> Markup {
        let keys = Some(line.keys).filter(|keys| !keys.is_empty());
        self.around(&html! {
            input.short[line.short] id=(self.id) name=(line.name) type=(if line.keys == "tel" { "tel" } else { "text" }) inputmode=[keys]
                autocomplete="off" maxlength=[line.longest] required[self.needed] value=[line.value] lang=[line.lang]
                aria-invalid=[self.invalid()] aria-describedby=[self.described_by()] autofocus[line.focus];
        })
    }

    /// Writes the field with a control of several lines.
    #[must_use]
    pub fn lines(&self, line: &Line<'_>) -> Markup {
        self.around(&html! {
            textarea id=(self.id) name=(line.name) autocomplete="off" maxlength=[line.longest] required[self.needed]
                lang=[line.lang] aria-invalid=[self.invalid()] aria-describedby=[self.described_by()] autofocus[line.focus] {
                // The first line end within a textarea is not part of its value.
                "\n" (line.value.unwrap_or_default())
            }
        })
    }

    /// Writes the field as a choice of one: buttons for a few, a list for many. Each has its value and its words.
    #[must_use]
    pub fn choice(&self, name: &str, options: &[(String, String)], chosen: Option<&str>, focus: bool) -> Markup {
        if options.is_empty() || options.len() > MOST_BUTTONS {
            return self.list(name, options, chosen, focus);
        }
        self.group(&html! {
            @for (place, (value, words)) in options.iter().enumerate() {
                label { input type="radio" id=[(place == 0).then_some(self.id)] name=(name) value=(value)
                    checked[Some(value.as_str()) == chosen] autofocus[focus && place == 0];
                    (words) }
            }
        })
    }

    /// Writes the field as a list of which one is chosen.
    #[must_use]
    pub fn list(&self, name: &str, options: &[(String, String)], chosen: Option<&str>, focus: bool) -> Markup {
        self.around(&html! {
            select id=(self.id) name=(name) required[self.needed] aria-invalid=[self.invalid()]
                aria-describedby=[self.described_by()] autofocus[focus] {
                @for (value, words) in options { option value=(value) selected[Some(value.as_str()) == chosen] { (words) } }
            }
        })
    }

    fn mark(&self) -> Markup {
        html! { @if !self.needed { " " (self.lang.pick(["(không bắt buộc)", "(optional)"])) } }
    }

    fn texts(&self) -> Markup {
        html! {
            @if let Some(hint) = self.hint { p.hint id=(self.id_of_hint()) { (hint) } }
            @if let Some(wrong) = self.wrong { p.wrong id=(id_of_text(self.id)) { (wrong) } }
        }
    }

    fn id_of_hint(&self) -> String {
        format!("{}-hint", self.id)
    }
}

/// The most choices that are shown as buttons.
const MOST_BUTTONS: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    fn field(wrong: Option<&'static str>) -> Field<'static> {
        Field::new(Language::Vi, "amount", "Số tiền").hinted("ví dụ 1.250.000").wrong(wrong)
    }

    #[test]
    fn hint_and_mistake_are_tied_to_the_control_by_ids_that_exist() {
        let written = field(Some("Cần điền mục này.")).line(&Line { name: "amount_vnd", ..Line::default() });
        let written = written.into_string();
        for piece in [
            "class=\"field bad-field\"",
            "<label for=\"amount\">",
            "id=\"amount\" name=\"amount_vnd\"",
            "aria-describedby=\"amount-hint amount-wrong\"",
            "aria-invalid=\"true\"",
            "<p class=\"hint\" id=\"amount-hint\">ví dụ 1.250.000</p>",
            "<p class=\"wrong\" id=\"amount-wrong\">Cần điền mục này.</p>",
            " required",
        ] {
            assert!(written.contains(piece), "{piece} in {written}");
        }
    }

    #[test]
    fn a_field_without_mistake_says_nothing_of_one_and_an_optional_one_says_so() {
        let written = field(None).optional().line(&Line::default()).into_string();
        assert!(written.contains("aria-describedby=\"amount-hint\"") && written.contains("(không bắt buộc)"));
        for piece in ["aria-invalid", "bad-field", "class=\"wrong\"", " required"] {
            assert!(!written.contains(piece), "{piece} in {written}");
        }
    }

    #[test]
    fn the_first_button_of_a_choice_has_the_id_that_a_summary_leads_to() {
        let options: Vec<_> = (0..9).map(|it| (it.to_string(), format!("mục {it}"))).collect();
        let few = field(Some("Chọn một mục.")).choice("kind", &options[..3], Some("1"), true).into_string();
        assert!(few.contains("<input type=\"radio\" id=\"amount\" name=\"kind\" value=\"0\" autofocus>"), "{few}");
        assert_eq!((few.matches(" checked").count(), few.matches("id=\"amount\"").count()), (1, 1), "{few}");
        assert!(few.contains("aria-describedby=\"amount-hint amount-wrong\""), "{few}");
        let many = field(None).choice("kind", &options, Some("1"), false).into_string();
        assert!(many.contains("<select id=\"amount\" name=\"kind\"") && !many.contains("radio"), "{many}");
    }
}
