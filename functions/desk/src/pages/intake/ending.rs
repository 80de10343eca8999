//! The result of an intake, and the page that asks for its reason.

use ::pages::part::field::{Field, Line};
use maud::{Markup, html};
use rules::catalogue::Procedure;
use rules::dossier::{Kind, Refusal};
use rules::json::Fields;
use rules::limits::LONGEST_TEXT;
use serde_json::Value;

use super::Wrong;
use super::carried::{handed_over, hidden, of_people};
use super::case::{case, kind_of};
use crate::api::commands::{self, Read, Spec};
use crate::api::{self, Answer, Wish};
use crate::pages::dossier::command::{fresh_key, json_of};
use crate::pages::layout::Frame;
use crate::pages::mistakes;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::words::{self, field, of_command};
use ::pages::form::Form;

/// The results of an intake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Entered into the register; somebody else decides.
    Filed,
    /// Accepted.
    Accepted,
    /// A supplement is asked for.
    Supplement,
    /// Refused.
    Refused,
}

/// A command that follows the filing, at its first version.
pub(super) struct Order {
    spec: &'static Spec,
    body: Value,
    read: Read,
}

/// The outcome of that command.
pub(super) enum Given {
    /// It is recorded.
    Done,
    /// It is not, though the dossier was filed: the dossier declines it, or somebody else was faster.
    Not(Option<Refusal>),
}

impl End {
    /// The result that a form asks for.
    pub(super) fn of(sent: &Form) -> Self {
        match sent.get("end") {
            Some("supplement") => Self::Supplement,
            Some("refuse") => Self::Refused,
            _ if sent.get("accept").is_some() => Self::Accepted,
            _ => Self::Filed,
        }
    }

    /// The name in the form.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Filed => "",
            Self::Accepted => "accept",
            Self::Supplement => "supplement",
            Self::Refused => "refuse",
        }
    }

    /// The command that records it; `None` if filing is all.
    pub(super) fn kind(self) -> Option<Kind> {
        match self {
            Self::Filed => None,
            Self::Accepted => Some(Kind::Accept),
            Self::Supplement => Some(Kind::RequestSupplement),
            Self::Refused => Some(Kind::RefuseIntake),
        }
    }

    /// The command that follows the filing. Acceptance is in one commit with it.
    pub(super) fn command(self) -> Option<&'static Spec> {
        match self {
            Self::Filed | Self::Accepted => None,
            Self::Supplement => commands::find("request-supplement"),
            Self::Refused => commands::find("refuse-intake"),
        }
    }

    /// Reads that command. An error without a mistake: its reason was not asked for yet.
    pub(super) fn read(self, visit: &Visit<'_>, sent: &Form) -> Result<Option<Order>, Option<Wrong>> {
        let Some(spec) = self.command() else { return Ok(None) };
        if sent.get("confirm").is_none() {
            return Err(None);
        }
        let body = json_of(spec, sent);
        let text = body.to_string().into_bytes();
        let read = Fields::of_body(&text)
            .and_then(|fields| commands::parse(spec, fields, &visit.site.config, &visit.staff.agency, visit.now));
        match read {
            Ok(read) => Ok(Some(Order { spec, body, read })),
            Err(malformed) => {
                let (lang, name) = (visit.frame.lang, move |name: &str| field(spec.kind, name));
                let form = mistakes::Sent { lang, fields: spec.fields, form: sent, name, prefix: "" };
                Err(Some(Wrong::fields(form.mistakes(&malformed))))
            }
        }
    }
}

impl Order {
    /// Gives the command to the dossier that was filed with this key. A second click finds it given.
    pub(super) async fn give(self, visit: &Visit<'_>, key: &str, id: &str) -> Result<Given, Problem> {
        let Visit { site, staff, now, .. } = *visit;
        let path = format!("/api/v1/dossiers/{id}/{}", self.spec.name);
        let receipt = api::receipt(staff, &format!("{key}-end"), &path, self.body.to_string().as_bytes());
        let Read { action, at, personal } = self.read;
        let wish = Wish { name: id.to_owned(), version: 1, action, at, personal };
        let done = Box::pin(api::command(site, staff, receipt, wish, now)).await;
        match done.unwrap_or_else(|refused| refused) {
            Answer::Recorded(..) | Answer::AlreadyRecorded(..) => Ok(Given::Done),
            Answer::Refused(refusal) => Ok(Given::Not(Some(refusal))),
            Answer::Stale(_) => Ok(Given::Not(None)),
            other => Err(other.into()),
        }
    }
}

/// The fields of that command, for its own form.
pub(super) fn typed(sent: &Form) -> Form {
    let own = sent.fields().filter(|(name, _)| ["reason", "papers", "papers_more"].contains(name));
    own.fold(Form::default().with("key", &fresh_key()), |form, (name, value)| form.with(name, value))
}

/// The third page: the reason, and for a supplement the papers, of the check-list or others.
pub(super) fn form(frame: &Frame, procedure: &Procedure, sent: &Form, (end, wrong): (End, Option<&Wrong>)) -> Markup {
    let kind = end.kind().unwrap_or(Kind::Submit);
    let why = |id: &str| wrong.and_then(|wrong| wrong.why(id));
    let told = match end {
        End::Refused => frame.say(
            "Ghi hồ sơ vào sổ, từ chối tiếp nhận và in phiếu từ chối. Giấy tờ đã nhận được trả lại.",
            "Enters the dossier, refuses it and prints the refusal. The papers are given back.",
        ),
        End::Supplement | End::Filed | End::Accepted => frame.say(
            "Ghi hồ sơ vào sổ, chưa tiếp nhận, và in phiếu yêu cầu bổ sung. Thời hạn giải quyết chưa bắt đầu tính.",
            "Enters the dossier without accepting it and prints the request. The clock does not start yet.",
        ),
    };
    html! {
        @if let Some(wrong) = wrong { (wrong.summary(frame)) }
        h2 { (frame.lang.pick(of_command(kind))) }
        (case(frame, procedure, sent))
        p { (told) }
        form method="post" action=(super::ROOT) novalidate {
            (frame.csrf_field())
            input type="hidden" name="listed" value=(procedure.version);
            input type="hidden" name="end" value=(end.name());
            (hidden(of_people(sent)))
            (hidden(handed_over(sent)))
            @if end == End::Supplement { (papers(frame, procedure, sent, why("papers"))) }
            (Field::new(frame.lang, "reason", frame.lang.pick(field(kind, "reason"))).wrong(why("reason")).lines(&Line {
                name: "reason",
                value: sent.get("reason"),
                longest: Some(LONGEST_TEXT),
                focus: wrong.is_none(),
                ..Line::default()
            }))
            div.buttons {
                button.main name="confirm" value="1" { (frame.say("Ghi và in phiếu", "Record and print")) }
                button.quiet name="back" value="1" { (frame.say("Quay lại", "Back")) }
                a.button.quiet href="/desk" { (frame.say("Hủy", "Cancel")) }
            }
        }
    }
}

/// The papers to ask for: those of the check-list, at first ticked if they are always needed and were not handed over.
fn papers(frame: &Frame, procedure: &Procedure, sent: &Form, wrong: Option<&str>) -> Markup {
    let asked_before = sent.get("confirm").is_some();
    let chosen: Vec<_> = sent.all("papers").collect();
    let ticked = |code: &str, lacking: bool| if asked_before { chosen.contains(&code) } else { lacking };
    let tied = Field::new(frame.lang, "papers", frame.say("Giấy tờ cần bổ sung", "Papers to be added")).wrong(wrong);
    let more = if procedure.papers.is_empty() { tied.id } else { "papers_more" };
    tied.group(&html! {
        @for (place, paper) in procedure.papers.iter().enumerate() {
            @let lacking = paper.when().is_none() && kind_of(procedure, sent, &paper.code).is_none();
            label {
                input type="checkbox" id=[(place == 0).then_some(tied.id)] name="papers" value=(paper.code) checked[ticked(&paper.code, lacking)];
                bdi { (frame.lang.pick(paper.names())) } " (" (words::copies(paper, frame.lang)) ")"
            }
        }
        label.soft for=(more) { (frame.say("Giấy tờ khác, mỗi dòng một mục", "Other papers, one a line")) }
        textarea id=(more) name="papers_more" { "\n" (sent.get("papers_more").unwrap_or_default()) }
    })
}
