//! The procedure, and the people of the dossier.

use std::collections::BTreeMap;

use ::pages::part::field::Field;
use ::pages::part::notice::Notice;
use maud::{Markup, html};
use rules::dossier::Kind;
use rules::limits::{LONGEST_ADDRESS, LONGEST_CODE, LONGEST_NAME};
use rules::phone;
use rules::vietnam;
use serde_json::{Map, Value, json};

use super::carried::{handed_over, hidden};
use super::{ROOT, Wrong};
use crate::pages::dossier::command::fresh_key;
use crate::pages::dossier::filed::WITH;
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::words::{choice, field};
use ::pages::form::Form;

/// Pages of the catalogue that are offered, a hundred versions each.
const MOST_PAGES: u32 = 4;

/// The applicant's or the filer's fields.
const PARTY: [&str; 5] = ["name", "phone", "address", "identity_no", "email"];

/// The first page, with what was typed and the mistake in it.
pub(super) async fn form(visit: &Visit<'_>, sent: &Form, wrong: Option<&Wrong>) -> Result<Markup, Problem> {
    let frame = visit.frame;
    let filing = sent.get("filing").unwrap_or("desk");
    let of_procedure = wrong.and_then(|wrong| wrong.why("procedure"));
    Ok(html! {
        @if let Some(wrong) = wrong { (wrong.summary(frame)) }
        p { a href={ (ROOT) "/guide" } { (frame.say("Hướng dẫn nộp trực tuyến, tại quầy hoặc qua điện thoại", "How to file online, told at the desk or on the phone")) } }
        form method="post" action=(ROOT) novalidate {
            (frame.csrf_field())
            input type="hidden" name="key" value=(sent.get("key").map_or_else(fresh_key, str::to_owned));
            @if let Some(with) = sent.get(WITH) { input type="hidden" name=(WITH) value=(with); }
            (procedure(visit, sent, of_procedure, wrong.is_none()).await?)
            (ways(frame, filing, wrong.and_then(|wrong| wrong.why("filing"))))
            fieldset {
                legend { (frame.say("Chủ hồ sơ", "Applicant")) }
                (party(frame, sent, "applicant", wrong))
            }
            details open[PARTY.iter().any(|name| sent.get(&format!("filer.{name}")).is_some())] {
                summary { (frame.say("Người nộp khác chủ hồ sơ (được ủy quyền)", "Somebody else files for the applicant")) }
                fieldset { legend { (frame.say("Người nộp", "Filer")) } (party(frame, sent, "filer", wrong)) }
            }
            // If somebody comes back from the second page, their answers there are kept.
            (hidden(handed_over(sent)))
            div.buttons {
                button.main { (frame.say("Tiếp: giấy tờ kèm theo", "Next: papers")) }
                a.button.quiet href="/desk" { (frame.say("Hủy", "Cancel")) }
            }
        }
    })
}

fn ways(frame: &Frame, filing: &str, wrong: Option<&str>) -> Markup {
    let ways = ["desk", "post"].map(|way| (way.to_owned(), choice(way, frame.lang).to_owned()));
    let tied = Field::new(frame.lang, "filing", frame.lang.pick(field(Kind::Submit, "filing"))).wrong(wrong);
    tied.choice("filing", &ways, Some(filing), false)
}

/// The field for the procedure, which offers those of today.
pub(super) async fn procedure(
    visit: &Visit<'_>,
    sent: &Form,
    wrong: Option<&str>,
    focus: bool,
) -> Result<Markup, Problem> {
    let frame = visit.frame;
    let procedures = procedures(visit).await?;
    let label = Field::new(frame.lang, "procedure", frame.lang.pick(field(Kind::Submit, "procedure")))
        .hinted(frame.say("Gõ mã hoặc tên thủ tục rồi chọn.", "Type a code or a name, then choose."))
        .wrong(wrong);
    let control = html! {
        input id="procedure" name="procedure" list="procedures" required autofocus[focus] autocomplete="off"
            maxlength=(LONGEST_CODE) value=[sent.get("procedure")] aria-invalid=[label.invalid()] aria-describedby=[label.described_by()];
    };
    Ok(html! {
        (label.around(&control))
        datalist id="procedures" { @for (code, name) in &procedures { option value=(code) { (name) } } }
    })
}

/// The fields of a person. They are somebody else's data, so that the browser neither keeps nor offers them.
fn party(frame: &Frame, sent: &Form, whose: &str, wrong: Option<&Wrong>) -> Markup {
    html! { @for name in PARTY {
        @let id = format!("{whose}.{name}");
        @let why = wrong.and_then(|wrong| wrong.why(&id));
        @let longest = if name == "address" { LONGEST_ADDRESS } else { LONGEST_NAME };
        @let needed = id == "applicant.name";
        @let label = Field { needed, ..Field::new(frame.lang, &id, frame.lang.pick(field(Kind::Submit, &id))) };
        @let label = label.wrong(why);
        (label.around(&html! {
            input id=(id) name=(id) autocomplete="off" type=(if name == "phone" { "tel" } else { "text" }) maxlength=(longest)
                required[needed] value=[sent.get(&id)] aria-invalid=[label.invalid()] aria-describedby=[label.described_by()];
            @if name == "phone" { (remark(frame, sent, &id)) }
        }))
        @if name == "phone" { (shared(frame, sent, whose)) }
    } }
}

/// The box that says that the telephone is shared: its number then opens nothing of the dossier.
fn shared(frame: &Frame, sent: &Form, whose: &str) -> Markup {
    let id = format!("{whose}.shared");
    html! { label.check {
        input type="checkbox" id=(id) name=(id) value="true" checked[sent.get(&id).is_some()];
        " " (frame.lang.pick(field(Kind::Submit, &id)))
    } }
}

/// Fields for a telephone number.
const PHONES: [&str; 2] = ["applicant.phone", "filer.phone"];

/// The remark about a telephone number, if messages cannot reach it as it was typed.
fn remark(frame: &Frame, sent: &Form, id: &str) -> Markup {
    let remark = sent.get(id).and_then(phone::remark);
    html! { @if let Some(remark) = remark {
        p role="status" { strong { (frame.lang.pick(field(Kind::Submit, id))) " " (frame.lang.pick(remark)) "." } }
    } }
}

/// The fields for a telephone number about which there is a remark, and the word that there is no number at all, to be
/// mended while the person stands there.
pub(super) fn to_mend(frame: &Frame, sent: &Form) -> Markup {
    if PHONES.into_iter().all(|id| sent.get(id).is_none()) {
        return Notice::Warning.of(&html! { p { strong { (frame.say(
            "Chưa có số điện thoại: không nhắn tin được cho người này. Hãy hỏi số di động, bấm Quay lại để ghi thêm.",
            "There is no telephone number: no message reaches this person. Ask for a mobile number and go back to add it.",
        )) } } });
    }
    let remarked = PHONES.into_iter().filter(|id| sent.get(id).and_then(phone::remark).is_some());
    html! { @for id in remarked {
        div.field {
            label for=(id) { (frame.lang.pick(field(Kind::Submit, id))) }
            input id=(id) name=(id) autocomplete="off" maxlength=(LONGEST_NAME) value=[sent.get(id)];
            (remark(frame, sent, id))
        }
    } }
}

/// Code and name of the procedures under which dossiers are received today. An agency with more than
/// [`MOST_PAGES`] pages of versions is offered the first of them; the code of any other can be typed.
async fn procedures(visit: &Visit<'_>) -> Result<BTreeMap<String, String>, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let today = vietnam::day(frame.now);
    let (mut found, mut after) = (BTreeMap::new(), None);
    for _ in 0..MOST_PAGES {
        let from = after.as_ref().map(|(code, version): &(String, u32)| (code.as_str(), *version));
        let page = site.recorder.catalogue().list(&staff.agency, "", from).await?;
        for it in page.items {
            let holds =
                it.valid_from.is_none_or(|from| from <= today) && it.valid_until.is_none_or(|until| today <= until);
            if holds {
                // Of two that are valid, the later version is the one in force.
                found.insert(it.code, frame.lang.pick([&it.name_vi, &it.name_en]).to_owned());
            }
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(found)
}

/// The body of the filing, as the API would get it.
pub(super) fn json_of(sent: &Form) -> Value {
    let party = |whose: &str| {
        let typed =
            PARTY.iter().filter_map(|name| Some(((*name).to_owned(), json!(sent.get(&format!("{whose}.{name}"))?))));
        let mut typed: Map<String, Value> = typed.collect();
        if !typed.is_empty() && sent.get(&format!("{whose}.shared")).is_some() {
            typed.insert("shared".to_owned(), json!(true));
        }
        (!typed.is_empty()).then_some(Value::Object(typed))
    };
    let mut body = Map::new();
    for name in ["procedure", "filing"] {
        if let Some(typed) = sent.get(name) {
            body.insert(name.to_owned(), json!(typed));
        }
    }
    body.insert("applicant".to_owned(), party("applicant").unwrap_or_else(|| json!({})));
    if let Some(filer) = party("filer") {
        body.insert("filer".to_owned(), filer);
    }
    Value::Object(body)
}
