//! Reasons why nothing was filed: every mistake of a page at once, each at its field.

use ::pages::part::errors::{Mistake, Mistakes, NOT_RECORDED};
use jiff::Timestamp;
use maud::Markup;
use rules::dossier::{Kind, Refusal};
use rules::json::{Fields, Malformed};
use serde_json::{Value, json};

use crate::api::intake::{self, Filed};
use crate::pages::layout::Frame;
use crate::words::{complaint, field};

/// The fields in the order of the pages.
const IN_ORDER: [&str; 15] = [
    "procedure",
    "filing",
    "applicant.name",
    "applicant.phone",
    "applicant.address",
    "applicant.identity_no",
    "applicant.email",
    "filer.name",
    "filer.phone",
    "filer.address",
    "filer.identity_no",
    "filer.email",
    "all",
    "minutes_no",
    "return",
];

/// Reason why nothing was filed.
pub(super) struct Wrong {
    /// The status of the page that shows it.
    pub status: u16,
    mistakes: Mistakes,
}

impl Wrong {
    /// Fields are not as they should be.
    pub(super) fn fields(mistakes: Mistakes) -> Self {
        Self { status: 400, mistakes }
    }

    /// The rules decline it.
    pub(super) fn declined(frame: &Frame, refusal: &Refusal) -> Self {
        let why = frame.lang.pick([&refusal.vi(), &refusal.to_string()]).to_owned();
        let mistakes = match *refusal == Refusal::UnknownProcedure {
            true => Mistakes::at("procedure", frame.lang.pick(field(Kind::Submit, "procedure")), why),
            false => Mistakes::of_all(why),
        };
        Self { status: 422, mistakes }
    }

    /// The check-list that was ticked is not the one in force; `gone` was ticked and is no longer in it.
    pub(super) fn other_list(frame: &Frame, gone: &[String]) -> Self {
        Self { status: 409, mistakes: Mistakes::of_all(other_list(frame, gone)) }
    }

    /// The mistake in the control of this id.
    pub(super) fn why(&self, id: &str) -> Option<&str> {
        self.mistakes.why(id)
    }

    /// The summary above the form.
    pub(super) fn summary(&self, frame: &Frame) -> Markup {
        self.mistakes.summary(frame.lang, NOT_RECORDED)
    }
}

/// Reads a filing as the API would; with the mistakes of all its fields if one cannot be read. A procedure that the
/// catalogue does not know is one of them.
pub(super) fn read(frame: &Frame, mut body: Value, now: Timestamp, unknown: bool) -> Result<Filed, Wrong> {
    let mut found: Vec<Mistake> = Vec::new();
    // The reader stops at the first mistake. It is read again with something else in that field, until it has no other.
    for _ in 0..=IN_ORDER.len() {
        let text = body.to_string().into_bytes();
        let malformed = match Fields::of_body(&text).and_then(|fields| intake::parse(fields, now)) {
            Ok(filed) if found.is_empty() && !unknown => return Ok(filed),
            Ok(_) => break,
            Err(malformed) => malformed,
        };
        found.push(mistake(frame, &malformed));
        if !mended(&mut body, place(&malformed)) {
            break;
        }
    }
    if unknown && found.iter().all(|mistake| mistake.at.as_deref() != Some("procedure")) {
        let declined = Wrong::declined(frame, &Refusal::UnknownProcedure);
        if found.is_empty() {
            return Err(declined);
        }
        let why = declined.why("procedure").unwrap_or_default().to_owned();
        let name = frame.lang.pick(field(Kind::Submit, "procedure")).to_owned();
        found.push(Mistake { at: Some("procedure".to_owned()), name, why });
    }
    found.sort_by_key(|mistake| IN_ORDER.iter().position(|id| mistake.at.as_deref() == Some(id)));
    let mut mistakes = Mistakes::default();
    found.into_iter().for_each(|mistake| mistakes.push(mistake));
    Err(Wrong::fields(mistakes))
}

fn place(malformed: &Malformed) -> &str {
    malformed.field.split('[').next().unwrap_or_default()
}

fn mistake(frame: &Frame, malformed: &Malformed) -> Mistake {
    let at = place(malformed);
    // A person without a name is told at the name; the papers at the first box of the list.
    let id = match at {
        "applicant" | "filer" => format!("{at}.name"),
        "papers" => "all".to_owned(),
        at => at.to_owned(),
    };
    let name = frame.lang.pick(field(Kind::Submit, at)).to_owned();
    Mistake { at: Some(id), name, why: complaint(&malformed.why, frame.lang) }
}

/// Puts something that can be read into a field; `false` if it is no field of the pages.
fn mended(body: &mut Value, at: &str) -> bool {
    let (whose, name) = at.split_once('.').unwrap_or((at, "name"));
    match (whose, name) {
        ("applicant" | "filer", "name") => body[whose]["name"] = json!("x"),
        ("applicant" | "filer", name) => body[whose][name] = Value::Null,
        ("procedure" | "filing", _) => body[whose] = json!("desk"),
        // Whether the number of the minutes is wanting is to be found too.
        ("papers", _) => body[whose] = json!([{ "code": "x", "kind": "copy" }]),
        ("minutes_no", _) => body[whose] = json!("x"),
        ("return", _) => body[whose] = Value::Null,
        _ => return false,
    }
    true
}

fn other_list(frame: &Frame, gone: &[String]) -> String {
    let mut said = frame
        .say(
            "Thành phần hồ sơ của thủ tục vừa thay đổi. Hãy kiểm tra lại các mục đã chọn.",
            "The check-list of the procedure has just changed. Look at what you ticked again.",
        )
        .to_owned();
    if !gone.is_empty() {
        said.push_str(frame.say(" Không còn trong danh mục: ", " No longer in the list: "));
        said.push_str(&gone.join(", "));
        said.push('.');
    }
    said
}
