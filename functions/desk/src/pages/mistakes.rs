//! Mistakes in the form of a command or a decision, each field looked at, so that all are told at once. What the API's
//! own reader says of it comes on top.

use rules::json::Malformed;
use rules::language::{Both, Language};
use rules::vietnam::parse_portal_instant;

use crate::api::commands::{Field, Is};
use crate::words::complaint;
use ::pages::form::Form;
use ::pages::part::amount;
use ::pages::part::date::{self, NoDay};
use ::pages::part::errors::{Mistake, Mistakes};

/// A form that was sent.
pub(crate) struct Sent<'a, N> {
    /// The language of its words.
    pub lang: Language,
    /// The fields that the body has.
    pub fields: &'static [Field],
    /// The fields as typed.
    pub form: &'a Form,
    /// The name of a field.
    pub name: N,
    /// Prefix of the ids of its controls, which have a field's name behind it.
    pub prefix: &'a str,
}

impl<N: Fn(&str) -> Both> Sent<'_, N> {
    /// Finds what is wrong with it, with the reader's complaint about its body.
    pub(crate) fn mistakes(&self, malformed: &Malformed) -> Mistakes {
        let mut found = Mistakes::default();
        for field in self.fields {
            if let Some(why) = self.of_field(field) {
                found.push(self.mistake(field.name, why));
            }
        }
        if let Some(why) = self.of_time() {
            found.push(self.mistake("at", why));
        }
        let place = malformed.field.split('[').next().unwrap_or_default();
        let known = place == "at" || self.fields.iter().any(|field| field.name == place);
        if !known {
            return Mistakes::of_all(self.lang.pick([
                "Biểu mẫu này không dùng được nữa. Hãy mở lại trang và điền lại.",
                "This form cannot be used any more. Open the page again and fill it in.",
            ]));
        }
        if found.why(&self.id(place)).is_none() {
            found.push(self.mistake(place, complaint(&malformed.why, self.lang)));
        }
        found
    }

    /// Makes a mistake of a sentence about a field, or about the whole form if it has no such field.
    pub(crate) fn declined(&self, field: Option<&str>, why: &str) -> Mistakes {
        match field.filter(|name| self.fields.iter().any(|field| field.name == *name)) {
            Some(field) => Mistakes::at(self.id(field), self.lang.pick((self.name)(field)), why),
            None => Mistakes::of_all(why),
        }
    }

    fn mistake(&self, field: &str, why: String) -> Mistake {
        Mistake { at: Some(self.id(field)), name: self.lang.pick((self.name)(field)).to_owned(), why }
    }

    fn id(&self, field: &str) -> String {
        format!("{}{field}", self.prefix)
    }

    fn of_field(&self, field: &Field) -> Option<String> {
        let says = |why: &str| Some(complaint(why, self.lang));
        if field.is == Is::Papers {
            let none = self.form.get(field.name).is_none() && self.form.get("papers_more").is_none();
            let why = ["Đánh dấu hoặc ghi ít nhất một giấy tờ.", "Tick or write at least one paper."];
            return (field.needed && none).then(|| self.lang.pick(why).to_owned());
        }
        let Some(typed) = self.form.get(field.name) else {
            return says("is missing").filter(|_| field.needed);
        };
        if let Some(most) = field.is.longest().filter(|most| typed.chars().count() > *most) {
            return says(&format!("has more than {most} characters"));
        }
        match field.is {
            Is::Day => date::read(typed).err().map(|wrong| self.say(&wrong.told())),
            Is::Attempt => says("is not a whole number").filter(|_| typed.parse::<u8>().is_err()),
            Is::Amount => amount::read(typed).is_none().then(|| self.lang.pick(amount::NO_AMOUNT).to_owned()),
            _ => {
                says("has no letter and no digit").filter(|_| field.needed && !typed.chars().any(char::is_alphanumeric))
            }
        }
    }

    /// The time at which it happened, if one was typed.
    fn of_time(&self) -> Option<String> {
        let typed = self.form.get("at")?;
        time_of(typed).err().map(|wrong| self.say(&wrong.told()))
    }

    fn say(&self, [vi, en]: &[String; 2]) -> String {
        self.lang.pick([vi, en]).to_owned()
    }
}

/// Returns a day and a time on Vietnam's clock as the API takes them; an instant that is written so already stays.
///
/// # Errors
/// [`NoDay`].
pub(crate) fn time_of(typed: &str) -> Result<String, NoDay> {
    match date::read_time(typed) {
        Ok(at) => Ok(format!("{}+07:00", at.strftime("%Y-%m-%dT%H:%M:%S"))),
        Err(_) if typed.contains(['T', 't']) && parse_portal_instant(typed).is_ok() => Ok(typed.to_owned()),
        Err(wrong) => Err(wrong),
    }
}
