//! The form for the outcome of a call.

use maud::{Markup, html};
use rules::language::Both;
use rules::limits::LONGEST_TEXT;
use rules::person::{Agreed, Outcome};
use serde_json::{Map, Value, json};

use super::ROOT;
use crate::api::calls::shown::Shown;
use crate::pages::dossier::command::fresh_key;
use crate::pages::layout::Frame;
use crate::pages::mistakes::time_of;
use crate::words::{agreed, outcome};
use ::pages::form::Form;
use ::pages::part::date;
use ::pages::part::errors::{Mistake, Mistakes};
use ::pages::part::field::{Field, Line};

/// Writes the form, with what was typed and what was wrong with it.
pub(super) fn form(frame: &Frame, it: &Shown, (sent, mistakes): (&Form, &Mistakes)) -> Markup {
    let field = |name: &'static str| Field::new(frame.lang, name, name_of(frame, name)).wrong(mistakes.why(name));
    let choose = (String::new(), frame.say("Chọn kết quả", "Choose the outcome").to_owned());
    let known = offered(it).map(|it| (it.name().to_owned(), frame.lang.pick(outcome(it)).to_owned()));
    let options: Vec<_> = std::iter::once(choose).chain(known).collect();
    let note = Line { name: "note", value: sent.get("note"), longest: Some(LONGEST_TEXT), ..Line::default() };
    html! {
        h2 { (frame.say("Kết quả cuộc gọi", "Outcome of the call")) }
        form method="post" action={ (ROOT) "/" (it.name) } novalidate {
            (frame.csrf_field())
            input type="hidden" name="version" value=(it.kept.version);
            input type="hidden" name="key" value=(fresh_key());
            (field("outcome").list("outcome", &options, sent.get("outcome"), false))
            (date::time_field(&field("back_at").optional().hinted(frame.say(
                "Chỉ khi hẹn gọi lại, ví dụ 05/04/2020 14:30",
                "Only if you are to call back, for example 05/04/2020 14:30",
            )), "back_at", sent.get("back_at"), false))
            (field("agreed").optional().group(&agreements(frame, sent)))
            (field("note").optional().hinted(frame.say(
                "Lưu cùng thông tin của người này, tối đa 500 ký tự.",
                "It is kept with the data of this person; 500 characters at most.",
            )).lines(&note))
            button.main { (frame.say("Ghi kết quả", "Record the outcome")) }
        }
    }
}

/// The agreements, and the consent that they are kept.
fn agreements(frame: &Frame, sent: &Form) -> Markup {
    let tick = |name: &str, said: &str| {
        html! { label { input type="checkbox" name=(name) value="1" checked[sent.get(name).is_some()]; (said) } }
    };
    html! {
        @for it in Agreed::ALL { (tick(&ticked(it), frame.lang.pick(agreed(it)))) }
        (tick("consent", frame.say("Người này đồng ý để cơ quan ghi lại điều trên", "They consent that this is kept")))
    }
}

/// Name of the box of an agreement.
fn ticked(agreed: Agreed) -> String {
    format!("agreed_{}", agreed.name())
}

/// The agreements that were ticked.
pub(super) fn agreed_in(sent: &Form) -> impl Iterator<Item = Agreed> {
    Agreed::ALL.into_iter().filter(|it| sent.get(&ticked(*it)).is_some())
}

/// The outcomes that fit. Messages to a number that is of no use would only come back.
fn offered(it: &Shown) -> impl Iterator<Item = Outcome> {
    let mended = !it.is_to_be_mended();
    Outcome::ALL.into_iter().filter(move |outcome| *outcome != Outcome::SendAgain || mended)
}

fn name_of(frame: &Frame, field: &str) -> &'static str {
    match field {
        "outcome" => frame.lang.pick(["Kết quả", "Outcome"]),
        "back_at" => frame.lang.pick(["Gọi lại lúc", "Call back at"]),
        "agreed" => frame.lang.pick(["Đã thống nhất", "Agreed"]),
        _ => frame.lang.pick(["Đã nói gì", "What was said"]),
    }
}

/// Finds what is wrong with it, all at once.
pub(super) fn mistakes(frame: &Frame, sent: &Form) -> Mistakes {
    let mut found = Mistakes::default();
    let mut wrong = |at: &str, why: &str| {
        found.push(Mistake { at: Some(at.to_owned()), name: name_of(frame, at).to_owned(), why: why.to_owned() });
    };
    let outcome = sent.get("outcome").and_then(Outcome::named);
    if outcome.is_none() {
        wrong("outcome", frame.say("Hãy chọn kết quả.", "Choose the outcome."));
    }
    match (outcome, sent.get("back_at").map(time_of)) {
        (_, Some(Err(why))) => {
            let [vi, en] = why.told();
            wrong("back_at", frame.lang.pick([&vi, &en]));
        }
        (Some(Outcome::CallBack), None) => {
            wrong("back_at", frame.say("Hãy ghi ngày và giờ gọi lại.", "Say on which day and at what time."));
        }
        (Some(Outcome::CallBack), Some(Ok(at))) if !lies_ahead(frame, &at) => {
            wrong("back_at", frame.say("Hãy ghi một lúc trong vòng một năm tới.", "Name a time within the next year."))
        }
        (Some(Outcome::CallBack) | None, _) | (_, None) => {}
        (Some(_), Some(Ok(_))) => wrong(
            "back_at",
            frame.say(
                "Chỉ ghi khi kết quả là “Hẹn gọi lại”.",
                "It belongs to the outcome “Asked to be called back” alone.",
            ),
        ),
    }
    if let Some([vi, en]) = wrong_agreement(outcome, sent) {
        wrong("agreed", frame.lang.pick([vi, en]));
    }
    if sent.get("note").is_some_and(|note| note.trim().chars().count() > LONGEST_TEXT) {
        wrong("note", frame.say("Viết tối đa 500 ký tự.", "Write 500 characters at most."));
    }
    found
}

/// The mistake in the agreements.
fn wrong_agreement(outcome: Option<Outcome>, sent: &Form) -> Option<Both> {
    let agreed: Vec<Agreed> = agreed_in(sent).collect();
    if agreed.is_empty() {
        return None;
    }
    if outcome.is_some_and(|outcome| !outcome.was_spoken_with()) {
        return Some([
            "Chỉ ghi khi đã nói chuyện với người này.",
            "It belongs to outcomes in which somebody spoke with them.",
        ]);
    }
    if agreed.contains(&Agreed::WantsPost) && agreed.contains(&Agreed::WantsNoPost) {
        return Some([
            "Chọn nhận qua bưu chính hoặc không, không chọn cả hai.",
            "Choose the post or no post, not both.",
        ]);
    }
    let consents = sent.get("consent").is_some();
    (!consents).then_some([
        "Hãy hỏi và đánh dấu là người này đồng ý ghi lại.",
        "Ask for their consent that it is kept, and tick it.",
    ])
}

fn lies_ahead(frame: &Frame, at: &str) -> bool {
    rules::vietnam::parse_portal_instant(at).is_ok_and(|at| crate::api::calls::lies_ahead(at, frame.now))
}

/// The body, as the API would get it.
pub(super) fn body(sent: &Form) -> Vec<u8> {
    let mut body = Map::new();
    for name in ["outcome", "back_at", "note"] {
        let Some(typed) = sent.get(name).map(str::trim).filter(|typed| !typed.is_empty()) else { continue };
        let value = match name {
            "back_at" => time_of(typed).unwrap_or_else(|_| typed.to_owned()),
            _ => typed.to_owned(),
        };
        body.insert(name.to_owned(), json!(value));
    }
    let agreed: Vec<&str> = agreed_in(sent).map(Agreed::name).collect();
    if !agreed.is_empty() {
        body.insert("agreed".to_owned(), json!(agreed));
        body.insert("consent".to_owned(), json!(sent.get("consent").is_some()));
    }
    Value::Object(body).to_string().into_bytes()
}
