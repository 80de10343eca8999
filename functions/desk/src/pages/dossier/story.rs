//! All that happened, newest first, each with who did it and what was sent because of it.

use maud::{Markup, html};
use motcua::store::{Sending, SentMessage};
use motcua::tell;
use rules::dossier::Recorded;
use rules::language::Language;
use rules::vietnam;

use crate::pages::dossier::opened::Opened;
use crate::pages::layout::Frame;
use crate::pages::visit::Visit;
use crate::words::{self, narrated, unsent};

pub(super) fn history(visit: &Visit<'_>, opened: &Opened) -> Markup {
    let frame = visit.frame;
    let names = opened.names(frame.lang);
    html! {
        h2 { (frame.say("Diễn biến", "History")) }
        ol.line reversed {
            @for commit in opened.whole.history.iter().rev() {
                @let sentences: Vec<_> = commit.events.iter().map(|event| narrated(event, names)).filter(|it| !it.is_empty()).collect();
                li {
                    time datetime=(commit.at) { (vietnam::date_time(commit.at)) }
                    @if commit.recorded_at.as_second() / 60 != commit.at.as_second() / 60 {
                        " " small { (frame.say("ghi lúc", "recorded")) " " (vietnam::date_time(commit.recorded_at)) }
                    }
                    " · " small { (names.actor(&commit.actor)) }
                    @for sentence in sentences { div.wide { (sentence) } }
                    (messages(visit, opened, commit))
                }
            }
        }
    }
}

/// The SMS of one commit, as they would be worded now, each with its outcome.
fn messages(visit: &Visit<'_>, opened: &Opened, commit: &Recorded) -> Markup {
    let Visit { site, staff, frame, .. } = *visit;
    let sent: Vec<&SentMessage> = opened.whole.messages.iter().filter(|it| it.version == commit.version).collect();
    if sent.is_empty() {
        return html! {};
    }
    let (config, agency, dossier) = (&site.config, &staff.agency, opened.dossier());
    html! {
        @for message in sent {
            @let text = match message.position {
                None => tell::text(config, agency, commit, dossier, opened.visit_on(vietnam::day(commit.recorded_at), Language::Vi)),
                Some(place) => tell::text_of_event(config, agency, commit, place, dossier),
            };
            details {
                summary { small {
                    (frame.lang.pick(words::outlet(message.outlet))) " " (receiver(frame, message.receiver)) ": "
                    (sending(frame, &message.sending))
                    // Two messages of a minute would have one name.
                    span.unseen { ", " (frame.say("lần ghi", "record")) " " (message.version) @if let Some(place) = message.position { "." (place + 1) } }
                } }
                @if let Some(text) = text { p.sms { (text) } }
            }
        }
    }
}

fn receiver(frame: &Frame, receiver: usize) -> &'static str {
    if receiver == 0 { frame.say("chủ hồ sơ", "applicant") } else { frame.say("người nộp", "filer") }
}

fn sending(frame: &Frame, sending: &Sending) -> String {
    match sending {
        Sending::Sent(at) => format!("{} {}", frame.say("đã gửi", "sent"), vietnam::date_time(*at)),
        Sending::Delivered(at) => format!("{} {}", frame.say("đã đến", "arrived"), vietnam::date_time(*at)),
        Sending::PassedOn(reason, to) => format!(
            "{} ({}), {} {}",
            frame.say("không đến được", "did not arrive"),
            unsent(reason, frame.lang),
            frame.say("chuyển sang", "passed to"),
            frame.lang.pick(words::outlet(*to))
        ),
        Sending::Waits(reason) => format!("{} ({})", frame.say("chờ gửi", "waits"), unsent(reason, frame.lang)),
        Sending::NotSent(reason) => format!("{} ({})", frame.say("không gửi", "not sent"), unsent(reason, frame.lang)),
    }
}
