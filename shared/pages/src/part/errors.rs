//! Mistakes in a form: a summary that leads to each of them, and the text at the field.

use maud::{Markup, html};
use rules::language::{Both, Language};

/// The attribute by which a page is known to show a summary.
pub(crate) const MARK: &str = "id=\"errors\"";

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The id of the control that it is about; `None` if it is about the whole form.
    pub at: Option<String>,
    /// The name of the field, empty for the whole form.
    pub name: String,
    /// A sentence that says what to do.
    pub why: String,
}

/// The mistakes of a form, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes(Vec<Mistake>);

/// Returns the id of the text at a field.
pub(crate) fn id_of_text(id: &str) -> String {
    format!("{id}-wrong")
}

impl Mistakes {
    /// Makes the one mistake of a field.
    #[must_use]
    pub fn at(id: impl Into<String>, name: impl Into<String>, why: impl Into<String>) -> Self {
        Self(vec![Mistake { at: Some(id.into()), name: name.into(), why: why.into() }])
    }

    /// Makes the one mistake of a whole form.
    #[must_use]
    pub fn of_all(why: impl Into<String>) -> Self {
        Self(vec![Mistake { at: None, name: String::new(), why: why.into() }])
    }

    /// Adds a mistake.
    pub fn push(&mut self, mistake: Mistake) {
        self.0.push(mistake);
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns what is wrong with the field of this id.
    #[must_use]
    pub fn why(&self, id: &str) -> Option<&str> {
        self.0.iter().find(|mistake| mistake.at.as_deref() == Some(id)).map(|mistake| mistake.why.as_str())
    }

    /// Writes the summary, which takes the keyboard when the page opens; nothing if there is no mistake. `after` says
    /// what became of the form.
    #[must_use]
    pub fn summary(&self, lang: Language, after: Both) -> Markup {
        if self.is_empty() {
            return html! {};
        }
        let about_fields = self.0.iter().any(|mistake| mistake.at.is_some());
        let title = match about_fields {
            true => lang.pick(["Có mục cần sửa", "There is something to mend"]),
            false => lang.pick(["Chưa làm được", "It was not done"]),
        };
        html! {
            section.errors id="errors" tabindex="-1" autofocus aria-labelledby="errors-title" {
                h2 id="errors-title" { (title) }
                ul { @for Mistake { at, name, why } in &self.0 { li {
                    @match at {
                        Some(id) => a href={ "#" (id) } { @if !name.is_empty() { (name) ": " } (why) },
                        None => strong { (why) },
                    }
                } } }
                p { (lang.pick(after)) }
            }
        }
    }
}

/// The words for a form of which nothing was recorded.
pub const NOT_RECORDED: Both =
    ["Chưa có gì được ghi. Những gì đã điền vẫn còn.", "Nothing was recorded. What you typed is kept."];

/// The words for a question that was not answered.
pub const NOT_SHOWN: Both = ["Sửa lại rồi xem.", "Mend it, then look again."];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[test]
    fn each_mistake_leads_to_its_field_and_what_was_typed_is_never_markup() {
        let mut mistakes = Mistakes::at("amount_vnd", "Số tiền", "Viết <số>.");
        mistakes.push(Mistake { at: None, name: String::new(), why: "Hồ sơ đã kết thúc.".into() });
        let written = mistakes.summary(Language::Vi, NOT_RECORDED).into_string();
        assert!(written.contains("<a href=\"#amount_vnd\">Số tiền: Viết &lt;số&gt;.</a>"), "{written}");
        assert!(written.contains("<strong>Hồ sơ đã kết thúc.</strong>"), "{written}");
        assert!(written.contains(MARK) && written.contains("tabindex=\"-1\" autofocus"), "{written}");
        assert_eq!(mistakes.why("amount_vnd"), Some("Viết <số>."));
        assert_eq!(mistakes.why("reason"), None);
        assert_eq!(Mistakes::default().summary(Language::Vi, NOT_RECORDED).into_string(), "");
    }

    #[test]
    fn the_title_of_a_page_with_a_summary_says_that_something_is_wrong() {
        let document = |lang| Document { lang, title: "Tìm", site: "Một cửa", style: "/s" };
        let wrong = Mistakes::of_all("x").summary(Language::Vi, NOT_RECORDED);
        let title = |lang, body: &Markup| {
            let page = document(lang).around(body).into_string();
            page.split_once("<title>").unwrap().1.split("</title>").next().unwrap().to_owned()
        };
        assert_eq!(title(Language::Vi, &wrong), "Lỗi: Tìm – Một cửa");
        assert_eq!(title(Language::En, &wrong), "Error: Tìm – Một cửa");
        assert_eq!(title(Language::Vi, &html! { p { "id=\"errors\"" } }), "Tìm – Một cửa");
    }
}
