//! The result of an intake, and the page that asks for its reason.

use ::pages::part::field::{Field, Line};
use maud::{Markup, html};
use rules::catalogue::Procedure;
use rules::dossier::Kind;
use rules::json::{Fields, Malformed};
use rules::limits::LONGEST_TEXT;
use serde_json::Value;

use super::Wrong;
use super::carried::{handed_over, hidden, of_people};
use super::case::{case, kind_of};
use crate::api::commands::{self, Read};
use crate::api::{self, Answer, Wish};
use crate::pages::dossier::command::json_of;
use crate::pages::layout::Frame;
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
    name: &'static str,
    body: Value,
    read: Read,
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

    /// The command that follows the filing. Acceptance is in one commit with it and needs none. An error without a
    /// reason: it was not asked for yet.
    pub(super) fn read(self, visit: &Visit<'_>, sent: &Form) -> Result<Option<Order>, Option<Wrong>> {
        let name = match self {
            Self::Filed | Self::Accepted => return Ok(None),
            Self::Supplement => "request-supplement",
            Self::Refused => "refuse-intake",
        };
        if sent.get("confirm").is_none() {
            return Err(None);
        }
        let unknown = || Some(Wrong::Field(Malformed::new("end", "is missing")));
        let spec = commands::find(name).ok_or_else(unknown)?;
        let body = json_of(spec, sent);
        let text = body.to_string().into_bytes();
        let read = Fields::of_body(&text)
            .and_then(|fields| commands::parse(spec, fields, &visit.site.config, &visit.staff.agency, visit.now));
        let read = read.map_err(|wrong| Some(Wrong::Field(wrong)))?;
        Ok(Some(Order { name: spec.name, body, read }))
    }
}

impl Order {
    /// Gives the command to the dossier that was filed with this key. A second click finds it given; and if somebody
    /// was faster, the dossier's page shows what they did.
    pub(super) async fn give(self, visit: &Visit<'_>, key: &str, id: &str) -> Result<(), Problem> {
        let Visit { site, staff, now, .. } = *visit;
        let path = format!("/api/v1/dossiers/{id}/{}", self.name);
        let receipt = api::receipt(staff, &format!("{key}-end"), &path, self.body.to_string().as_bytes());
        let Read { action, at, personal } = self.read;
        let wish = Wish { name: id.to_owned(), version: 1, action, at, personal };
        let done = Box::pin(api::command(site, staff, receipt, wish, now)).await;
        match done.unwrap_or_else(|refused| refused) {
            Answer::Recorded(..) | Answer::AlreadyRecorded(..) | Answer::Refused(_) | Answer::Stale(_) => Ok(()),
            other => Err(other.into()),
        }
    }
}

/// The third page: the reason, and for a supplement the papers, of the check-list or others.
pub(super) fn form(frame: &Frame, procedure: &Procedure, sent: &Form, (end, wrong): (End, Option<&Wrong>)) -> Markup {
    let kind = end.kind().unwrap_or(Kind::Submit);
    let why = |name: &str| wrong.and_then(|wrong| wrong.why(frame, name));
    let reason = why("reason");
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
        @if let Some(wrong) = wrong { (wrong.summary(frame, kind)) }
        h2 { (frame.lang.pick(of_command(kind))) }
        (case(frame, procedure, sent))
        p { (told) }
        form method="post" action=(super::ROOT) novalidate {
            (frame.csrf_field())
            input type="hidden" name="listed" value=(procedure.version);
            input type="hidden" name="end" value=(end.name());
            (hidden(of_people(sent)))
            (hidden(handed_over(sent)))
            @if end == End::Supplement { (papers(frame, procedure, sent)) }
            (Field::new(frame.lang, "reason", frame.lang.pick(field(kind, "reason"))).wrong(reason.as_deref()).lines(&Line {
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
fn papers(frame: &Frame, procedure: &Procedure, sent: &Form) -> Markup {
    let asked_before = sent.get("confirm").is_some();
    let chosen: Vec<_> = sent.all("papers").collect();
    let ticked = |code: &str, lacking: bool| if asked_before { chosen.contains(&code) } else { lacking };
    html! {
        fieldset.check {
            legend { (frame.say("Giấy tờ cần bổ sung", "Papers to be added")) }
            @for paper in &procedure.papers {
                @let lacking = paper.when().is_none() && kind_of(procedure, sent, &paper.code).is_none();
                label {
                    input type="checkbox" name="papers" value=(paper.code) checked[ticked(&paper.code, lacking)];
                    bdi { (frame.lang.pick(paper.names())) } " (" (words::copies(paper, frame.lang)) ")"
                }
            }
        }
        (Field::new(frame.lang, "papers_more", frame.say("Giấy tờ khác, mỗi dòng một mục", "Other papers, one a line")).optional().lines(&Line {
            name: "papers_more",
            value: sent.get("papers_more"),
            ..Line::default()
        }))
    }
}
