//! The fields of a command in its form, filled in as far as the dossier allows.

use maud::{Markup, html};
use rules::catalogue::Reason;
use rules::dossier::{Awaited, Dossier, FeeState, Kind, PaperState, Stage};
use rules::json::Malformed;
use rules::vietnam;

use super::About;
use super::wrong::Wrong;
use crate::api::commands::{Field, Is};
use crate::words::{choice, complaint, field, reason};
use ::pages::form::Form;

/// A form being drawn.
pub(super) struct Inputs<'a> {
    pub about: &'a About<'a>,
    /// Values typed before.
    pub sent: &'a Form,
    /// The mistake in them.
    pub wrong: Wrong<'a>,
}

/// A key for one form: a second click on its button finds the outcome of the first.
pub(crate) fn fresh_key() -> String {
    let (one, other) = (fastrand::u64(..), fastrand::u64(..));
    format!("{one:016x}{other:016x}")
}

impl Inputs<'_> {
    /// Every field, and when it happened.
    pub(super) fn all(&self) -> Markup {
        let frame = self.about.visit.frame;
        html! {
            @for field in self.about.spec.fields { (self.one(field)) }
            details open[self.sent.get("at").is_some() || self.is_wrong("at")] {
                summary { (frame.say("Việc này đã xảy ra trước đó", "This happened earlier")) }
                div.field.bad-field[self.is_wrong("at")] {
                    label for="at" { (self.name("at")) }
                    input id="at" name="at" type="datetime-local" value=[self.sent.get("at")]
                        max=(vietnam::civil(frame.now).strftime("%Y-%m-%dT%H:%M"));
                    (self.why("at"))
                }
            }
        }
    }

    /// Whether every field that must be there is filled in already, so that Enter goes on.
    pub(super) fn nothing_to_type(&self) -> bool {
        let typed = |field: &Field| typed_into(field.is);
        self.wrong.field().is_none() && !self.about.spec.fields.iter().any(|field| field.needed && typed(field))
    }

    /// The complaint above the form.
    pub(super) fn complaint(&self, wrong: &Malformed) -> Markup {
        let frame = self.about.visit.frame;
        let name = self.name(wrong.field.split('[').next().unwrap_or_default());
        html! {
            div.notice.bad role="alert" {
                p { strong { (name) ": " (complaint(&wrong.why, frame.lang)) } }
                p { (frame.say("Chưa có gì được ghi.", "Nothing was recorded.")) }
            }
        }
    }

    fn one(&self, field: &Field) -> Markup {
        let label = self.name(field.name);
        let id = field.name;
        html! {
            div.field.bad-field[self.is_wrong(field.name)] {
                @match field.is {
                    Is::Papers => (self.papers(field)),
                    Is::Flag => label.check { input type="checkbox" name=(id) value="1" checked[self.sent.get(id).is_some()]; (label) },
                    Is::OneOf(words) => (self.choices(field, words)),
                    _ => { label for=(id) { (label) @if !field.needed { " " span.soft { (self.about.visit.frame.say("(không bắt buộc)", "(optional)")) } } } (self.control(field)) }
                }
                (self.why(field.name))
            }
        }
    }

    fn control(&self, field: &Field) -> Markup {
        let (id, dossier) = (field.name, self.about.opened.dossier());
        let value = self.sent.get(id).map(str::to_owned);
        match field.is {
            Is::Prose => html! {
                textarea id=(id) name=(id) maxlength=[field.is.longest()] required[field.needed] autofocus[self.first(field)] { (value.unwrap_or_default()) }
            },
            Is::Day => html! {
                input id=(id) name=(id) type="date" required[field.needed] value=[value] autofocus[self.first(field)];
            },
            Is::Amount => html! {
                input id=(id) name=(id) inputmode="numeric" autocomplete="off" required[field.needed] value=[value.or_else(|| missing(dossier))]
                    autofocus[self.first(field)];
            },
            Is::Channel => self.select(field, self.channels()),
            Is::Step => self.select(field, self.steps()),
            Is::PauseReason => self.select(field, self.pause_reasons()),
            Is::AwaitedReason => self.select(field, self.awaited()),
            Is::Attempt => self.select(field, open_fees(dossier)),
            Is::Line
            | Is::Name
            | Is::IdentityNo
            | Is::DocumentNo
            | Is::Address
            | Is::Phone
            | Is::Account
            | Is::Papers
            | Is::Flag
            | Is::OneOf(_) => {
                html! {
                    input id=(id) name=(id) type=(if field.is == Is::Phone { "tel" } else { "text" }) maxlength=[field.is.longest()] autocomplete="off" required[field.needed] value=[value] autofocus[self.first(field)];
                }
            }
        }
    }

    fn select(&self, field: &Field, options: Vec<(String, String)>) -> Markup {
        let chosen = self.sent.get(field.name);
        html! {
            select id=(field.name) name=(field.name) required[field.needed] {
                @for (value, label) in &options { option value=(value) selected[Some(value.as_str()) == chosen] { (label) } }
            }
        }
    }

    fn choices(&self, field: &Field, words: &[&str]) -> Markup {
        let chosen = self.sent.get(field.name).or(words.first().copied().filter(|_| field.needed));
        html! {
            fieldset.check {
                legend { (self.name(field.name)) }
                @for word in words {
                    label { input type="radio" name=(field.name) value=(word) checked[Some(*word) == chosen];
                        (choice(word, self.about.visit.frame.lang)) }
                }
            }
        }
    }

    /// Papers that the dossier awaits or lacks, as boxes ticked at first, and a place for others.
    fn papers(&self, field: &Field) -> Markup {
        let frame = self.about.visit.frame;
        let names = self.about.opened.names(frame.lang);
        let asked_before = self.sent.get("key").is_some();
        let sent: Vec<_> = self.sent.all(field.name).collect();
        let ticked = |code: &str| if asked_before { sent.contains(&code) } else { self.ticked_at_first() };
        html! {
            fieldset.check {
                legend { (self.name(field.name)) }
                @for code in self.known_papers() {
                    label { input type="checkbox" name=(field.name) value=(code) checked[ticked(&code)]; (names.paper(&code)) }
                }
                label.soft for="papers_more" { (frame.say("Giấy tờ khác, mỗi dòng một mục", "Other papers, one a line")) }
                textarea id="papers_more" name="papers_more" { (self.sent.get("papers_more").unwrap_or_default()) }
            }
        }
    }

    fn ticked_at_first(&self) -> bool {
        matches!(self.about.spec.kind, Kind::RecordReceipt | Kind::PauseClock | Kind::Waive)
    }

    fn known_papers(&self) -> Vec<String> {
        let opened = self.about.opened;
        let kind = self.about.spec.kind;
        if kind == Kind::CorrectReceipt {
            let papers = opened.dossier().papers.iter().filter(|(_, state)| **state == PaperState::Received);
            return papers.map(|(code, _)| code.clone()).collect();
        }
        let awaited = match &opened.dossier().stage {
            Stage::Paused(pause) => pause.awaited.as_slice(),
            Stage::Incomplete(awaited) => std::slice::from_ref(awaited),
            _ => &[],
        };
        let mut papers: Vec<String> = Vec::new();
        let missing = if kind == Kind::RecordDocument { Vec::new() } else { opened.missing_originals() };
        let asked = |thing: &&Awaited| kind != Kind::RecordDocument || thing.reason.is_of_another_body();
        // While something is awaited, the receipt is for that; other originals can come with it.
        for paper in awaited.iter().filter(asked).flat_map(|thing| &thing.papers).chain(&missing) {
            if !papers.contains(paper) {
                papers.push(paper.clone());
            }
        }
        papers
    }

    fn channels(&self) -> Vec<(String, String)> {
        let own =
            self.about.visit.site.config.channels().filter(|channel| channel.agency == self.about.visit.staff.agency);
        own.map(|channel| (channel.id.clone(), channel.id.clone())).collect()
    }

    /// The steps; the one after the current step comes first.
    fn steps(&self) -> Vec<(String, String)> {
        let opened = self.about.opened;
        let steps = opened.procedure.as_deref().map(|procedure| procedure.steps.as_slice()).unwrap_or_default();
        let at = opened.dossier().step.as_ref().and_then(|visit| steps.iter().position(|step| step.name == visit.name));
        let next = at.map_or(0, |at| at + 1).min(steps.len());
        let named = |step: &rules::catalogue::Step| (step.name.clone(), step.name_vi.clone());
        steps[next..].iter().chain(&steps[..next]).map(named).collect()
    }

    fn pause_reasons(&self) -> Vec<(String, String)> {
        let further = self.about.opened.procedure.as_deref().map(|it| it.pauses.further.as_slice()).unwrap_or_default();
        let reasons = std::iter::once(&Reason::Originals).chain(further.iter().map(|pause| &pause.reason));
        reasons.map(|it| self.offered(it)).collect()
    }

    fn awaited(&self) -> Vec<(String, String)> {
        let mut reasons: Vec<&Reason> = match &self.about.opened.dossier().stage {
            Stage::Paused(pause) => pause.awaited.iter().map(|thing| &thing.reason).collect(),
            Stage::Incomplete(awaited) => vec![&awaited.reason],
            _ => Vec::new(),
        };
        if self.about.spec.kind == Kind::RecordDocument {
            reasons.retain(|it| it.is_of_another_body());
        } else {
            let usual = [&Reason::Originals, &Reason::Fee].into_iter().filter(|usual| !reasons.contains(usual));
            reasons.extend(usual.collect::<Vec<_>>());
        }
        reasons.into_iter().map(|it| self.offered(it)).collect()
    }

    /// A reason as a select offers it: its text and its words.
    fn offered(&self, offered: &Reason) -> (String, String) {
        (offered.to_string(), reason(offered, self.about.visit.frame.lang).to_owned())
    }

    /// The first field that must be typed into.
    fn first(&self, field: &Field) -> bool {
        let typed = |it: &&Field| typed_into(it.is) && it.needed;
        self.about.spec.fields.iter().find(typed) == Some(field)
    }

    fn name(&self, name: &str) -> &'static str {
        self.about.visit.frame.lang.pick(field(self.about.spec.kind, name))
    }

    fn is_wrong(&self, name: &str) -> bool {
        self.wrong.field() == Some(name)
    }

    fn why(&self, name: &str) -> Markup {
        html! {
            @if self.is_wrong(name) { @match self.wrong {
                Wrong::Typed(wrong) => p.wrong { (complaint(&wrong.why, self.about.visit.frame.lang)) },
                Wrong::Declined(_, why) => p.wrong { (why) },
                Wrong::Nothing => {}
            } }
        }
    }
}

/// Whether a field is filled in by typing, rather than chosen.
fn typed_into(is: Is) -> bool {
    matches!(
        is,
        Is::Line
            | Is::Name
            | Is::IdentityNo
            | Is::DocumentNo
            | Is::Address
            | Is::Phone
            | Is::Prose
            | Is::Day
            | Is::Account
            | Is::Amount
    )
}

fn open_fees(dossier: &Dossier) -> Vec<(String, String)> {
    let open = dossier.debts().filter(|debt| debt.state == FeeState::Open);
    open.map(|debt| (debt.fee.to_string(), format!("{}: {}", debt.fee, debt.missing_vnd()))).collect()
}

/// Amount that the first open fee lacks.
fn missing(dossier: &Dossier) -> Option<String> {
    let debt = dossier.debts().find(|debt| debt.state == FeeState::Open)?;
    Some(debt.missing_vnd().to_string())
}
