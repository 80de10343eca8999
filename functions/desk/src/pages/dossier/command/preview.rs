//! Preview of a command, before it is recorded.

use jiff::Timestamp;
use maud::{Markup, html};
use motcua::site::Site;
use motcua::tell;
use rules::dossier::{Action, Actor, Command, Dossier, Recorded, Refusal, decide_within, evolve};
use rules::language::Language;
use rules::person::{Person, Personal};
use rules::phone::Phone;
use rules::vietnam;

use crate::pages::dossier::opened::Opened;
use crate::pages::layout::Frame;
use crate::permission::Staff;
use crate::words::{narrated, phase};

/// Placeholder for the code that acceptance will assign.
const CODE_TO_COME: &str = "…";

/// Effect of a command.
pub(crate) struct WillHappen {
    recorded: Recorded,
    after: Dossier,
    text: Option<String>,
    receivers: Vec<String>,
}

/// Decides the command without recording it.
///
/// # Errors
/// The dossier's refusal.
pub(crate) fn will_happen(
    site: &Site,
    opened: &Opened,
    (action, personal): (Action, Option<&Personal>),
    at: Timestamp,
    staff: &Staff,
    now: Timestamp,
) -> Result<WillHappen, Refusal> {
    let dossier = opened.dossier();
    let people = opened.whole.person.as_ref();
    let action = match action {
        Action::Accept { code: None } => Action::Accept { code: Some(CODE_TO_COME.to_owned()) },
        other => other,
    };
    let command = Command { at, now, actor: Actor::Staff(staff.subject.clone()), action };
    let events = decide_within(Some(dossier), &command, opened.terms(), &opened.till.limits)?;
    personal.map_or(Ok(()), |personal| Person::take(people, personal, &command.action))?;
    let mut after = events.iter().fold(dossier.clone(), evolve);
    after.version += 1;
    let recorded = Recorded::new(&command, &after, events);
    let visit = opened.visit_on(vietnam::day(now), Language::Vi);
    let text = tell::text(&site.config, &staff.agency, &recorded, &after, visit);
    let mobiles = people.map(Person::mobiles).unwrap_or_default();
    let receivers = mobiles.iter().map(Phone::to_string).collect();
    Ok(WillHappen { recorded, after, text, receivers })
}

impl WillHappen {
    /// Shows it on the page.
    pub(crate) fn shown(&self, frame: &Frame, opened: &Opened) -> Markup {
        let names = opened.names(frame.lang);
        let (before, after) = (opened.dossier(), &self.after);
        let told = self.recorded.events.iter().map(|event| narrated(event, names)).filter(|told| !told.is_empty());
        let moved = before.due() != after.due();
        html! {
            section.notice {
                h2 { (frame.say("Kiểm tra trước khi ghi", "Check before it is recorded")) }
                ul { @for sentence in told { li { (sentence) } } }
                @if before.phase() != after.phase() {
                    p { (frame.say("Trạng thái", "State")) ": " (frame.lang.pick(phase(before.phase()))) " → "
                        strong { (frame.lang.pick(phase(after.phase()))) } }
                }
                @if moved {
                    p { (frame.say("Ngày hẹn trả", "Due date")) ": " (on(before)) " → " strong { (on(after)) } }
                }
                (self.messages(frame))
            }
        }
    }

    fn messages(&self, frame: &Frame) -> Markup {
        html! {
            @if self.text.is_none() {
                p.soft { (frame.say("Không gửi tin nhắn nào.", "No message is sent.")) }
            } @else if self.receivers.is_empty() {
                p { strong { (frame.say(
                    "Không có số di động để nhắn: hãy báo người dân bằng cách khác.",
                    "There is no mobile number: tell the applicant in another way.",
                )) } }
            } @else {
                p { (frame.say("Tin nhắn gửi tới", "SMS to")) " " (self.receivers.join(", ")) ":" }
                @if let Some(text) = &self.text { p.sms { (text) } }
            }
        }
    }

    /// Shows it in one line, for a list of several dossiers.
    pub(crate) fn in_short(&self, frame: &Frame, opened: &Opened) -> String {
        let names = opened.names(frame.lang);
        let told = self.recorded.events.iter().map(|event| narrated(event, names)).filter(|told| !told.is_empty());
        told.collect::<Vec<_>>().join(". ")
    }
}

fn on(dossier: &Dossier) -> String {
    dossier.due().map_or_else(|| "–".to_owned(), |due| vietnam::written(due.on))
}
