//! The fields of a command in its form, filled in as far as the dossier allows.

use maud::{Markup, html};
use rules::catalogue::Reason;
use rules::dossier::{Awaited, Dossier, FeeState, Kind, PaperState};
use rules::vietnam;

use super::About;
use crate::api::commands::{Field, Is};
use crate::pages::receipts;
use crate::pages::receivers;
use crate::pages::visit::Visit;
use crate::words::{choice, field, reason};
use ::pages::form::Form;
use ::pages::part::errors::Mistakes;
use ::pages::part::field::{Field as Framed, Line};
use ::pages::part::notice::Notice;
use ::pages::part::{amount, date, phone};

/// A form being drawn.
pub(super) struct Inputs<'a> {
    pub about: &'a About<'a>,
    /// Values typed before.
    pub sent: &'a Form,
    /// The mistakes in them.
    pub mistakes: &'a Mistakes,
}

/// A key for one form: a second click on its button finds the outcome of the first.
pub(crate) fn fresh_key() -> String {
    let (one, other) = (fastrand::u64(..), fastrand::u64(..));
    format!("{one:016x}{other:016x}")
}

/// Whether cash needs the number of a paper receipt: as long as there is paper, where no provider issues electronic ones.
pub(super) fn needs_paper(about: &About<'_>) -> bool {
    let Visit { site, staff, now, .. } = about.visit;
    about.spec.kind == Kind::RecordCash && !receipts::concern(site, &staff.agency, now)
}

impl Inputs<'_> {
    /// Every field, and when it happened.
    pub(super) fn all(&self) -> Markup {
        self.but(&[])
    }

    /// Every field but these, and when it happened.
    pub(super) fn but(&self, elsewhere: &[&str]) -> Markup {
        let frame = self.about.visit.frame;
        let at = self.framed("at", false);
        html! {
            (self.receipted())
            @for field in self.about.spec.fields { @if !elsewhere.contains(&field.name) && !self.is_over(field) { (self.one(field)) } }
            details open[self.sent.get("at").is_some()] {
                summary { (frame.say("Ghi cho thời điểm đã qua", "Record it for an earlier time")) }
                (date::time_field(&at, "at", self.sent.get("at"), false))
            }
        }
    }

    /// Whether a field has had its day: cash that gets an electronic receipt has no paper one.
    fn is_over(&self, field: &Field) -> bool {
        field.name == "receipt_no" && !needs_paper(self.about)
    }

    /// The future of the receipt of cash, before it is taken.
    fn receipted(&self) -> Markup {
        let Visit { site, staff, now, frame, .. } = self.about.visit;
        if self.about.spec.kind != Kind::RecordCash || !receipts::concern(site, &staff.agency, now) {
            return html! {};
        }
        match site.config.receipts_of(&staff.agency, vietnam::day(now)) {
            Some(provider) => html! { p.soft {
                (frame.say("Biên lai điện tử do", "An electronic receipt is issued by")) " " (provider.called()) " "
                (frame.say("lập, số hiện ở hồ sơ sau vài phút.", "within minutes; its number stands on the dossier's page."))
            } },
            None => Notice::Warning.of(&html! { p { strong {
                (frame.say("Chưa có nhà cung cấp biên lai điện tử, mà biên lai giấy chỉ dùng đến hết ngày 31/12/2026.", "There is no provider of electronic receipts, and paper ended on 31/12/2026."))
            } " " (frame.say("Nếu thu tiền mặt, khoản này được đưa vào danh sách chờ biên lai; nên mời nộp trực tuyến hoặc báo quản trị trước.", "Cash that is taken stands in the list of what waits for a receipt; ask to pay online, or tell the administrator first.")) } }),
        }
    }

    fn one(&self, field: &Field) -> Markup {
        let needed = field.needed || (field.name == "receipt_no" && needs_paper(self.about));
        let (tied, dossier) = (self.framed(field.name, needed), self.about.opened.dossier());
        let (name, value, focus) = (field.name, self.sent.get(field.name), self.first(field));
        let line = Line { name, value, longest: field.is.longest(), focus, ..Line::default() };
        match field.is {
            Is::Papers => self.papers(&tied, focus),
            Is::Flag => self.flag(&tied, focus),
            Is::OneOf(words) => self.choice(&tied, self.words(words, field.needed), focus),
            Is::Prose => tied.lines(&line),
            Is::Day => date::field(&tied, name, value, focus),
            Is::Amount => {
                let missing = missing(dossier);
                amount::field(&tied, name, value.or(missing.as_deref()), focus)
            }
            Is::Channel => self.choice(&tied, self.channels(), focus),
            Is::Step => self.choice(&tied, self.steps(), focus),
            Is::PauseReason => self.choice(&tied, self.pause_reasons(), focus),
            Is::AwaitedReason => self.choice(&tied, self.awaited(), focus),
            Is::Attempt => self.choice(&tied, self.open_fees(), focus),
            Is::Phone => phone::field(&tied, &line),
            Is::Account => receivers::field(&tied, self.about.receivers, (name, value), focus),
            Is::Line | Is::Name | Is::IdentityNo | Is::DocumentNo | Is::Address => tied.line(&line),
        }
    }

    /// The frame of a field, with the mistake in it.
    fn framed<'f>(&'f self, name: &'f str, needed: bool) -> Framed<'f> {
        let framed = Framed::new(self.about.visit.frame.lang, name, self.name(name)).wrong(self.mistakes.why(name));
        if needed { framed } else { framed.optional() }
    }

    fn flag(&self, tied: &Framed<'_>, focus: bool) -> Markup {
        html! {
            div.field { label.check {
                input type="checkbox" id=(tied.id) name=(tied.id) value="1" checked[self.sent.get(tied.id).is_some()] autofocus[focus];
                (tied.label)
            } }
        }
    }

    /// A choice of one; the first is chosen until somebody chooses.
    fn choice(&self, tied: &Framed<'_>, options: Vec<(String, String)>, focus: bool) -> Markup {
        let first = options.first().map(|(value, _)| value.clone());
        tied.choice(tied.id, &options, self.sent.get(tied.id).or(first.as_deref()), focus)
    }

    /// The words of a choice; one that need not be made has a word for that.
    fn words(&self, words: &[&str], needed: bool) -> Vec<(String, String)> {
        let lang = self.about.visit.frame.lang;
        let none = (!needed).then(|| (String::new(), lang.pick(["Không", "Not now"]).to_owned()));
        let named = words.iter().map(|word| ((*word).to_owned(), choice(word, lang).to_owned()));
        none.into_iter().chain(named).collect()
    }

    /// Papers that the dossier awaits or lacks, as boxes ticked at first, and a place for others.
    fn papers(&self, tied: &Framed<'_>, focus: bool) -> Markup {
        let frame = self.about.visit.frame;
        let names = self.about.opened.names(frame.lang);
        let asked_before = self.sent.get("key").is_some();
        let sent: Vec<_> = self.sent.all(tied.id).collect();
        let ticked = |code: &str| if asked_before { sent.contains(&code) } else { self.ticked_at_first() };
        let known = self.known_papers();
        let more = if known.is_empty() { tied.id } else { "papers_more" };
        tied.group(&html! {
            @for (place, code) in known.iter().enumerate() {
                label { input type="checkbox" id=[(place == 0).then_some(tied.id)] name=(tied.id) value=(code)
                    checked[ticked(code)] autofocus[focus && place == 0]; (names.paper(code)) }
            }
            label.soft for=(more) { (frame.say("Giấy tờ khác, mỗi dòng một mục", "Other papers, one a line")) }
            textarea id=(more) name="papers_more" autofocus[focus && known.is_empty()] {
                "\n" (self.sent.get("papers_more").unwrap_or_default())
            }
        })
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
        // A supplement is chosen from the check-list of the dossier's own version.
        let listed = opened.procedure.as_deref().filter(|_| kind == Kind::RequestSupplement);
        let mut papers: Vec<String> = listed
            .map(|procedure| procedure.papers.iter().map(|paper| paper.code.clone()).collect())
            .unwrap_or_default();
        let missing = if kind == Kind::RecordDocument { Vec::new() } else { opened.missing_originals() };
        let asked = |thing: &&Awaited| kind != Kind::RecordDocument || thing.reason.is_of_another_body();
        // While something is awaited, the receipt is for that; other originals can come with it.
        for paper in opened.dossier().awaited().iter().filter(asked).flat_map(|thing| &thing.papers).chain(&missing) {
            if !papers.contains(paper) {
                papers.push(paper.clone());
            }
        }
        papers
    }

    fn channels(&self) -> Vec<(String, String)> {
        let own =
            self.about.visit.site.config.channels().filter(|channel| channel.agency == self.about.visit.staff.agency);
        own.map(|channel| (channel.id.clone(), channel.called().to_owned())).collect()
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
        let things = self.about.opened.dossier().awaited();
        let mut reasons: Vec<&Reason> = things.iter().map(|thing| &thing.reason).collect();
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

    /// Fees that are open, each with what is missing.
    fn open_fees(&self) -> Vec<(String, String)> {
        let (dossier, lang) = (self.about.opened.dossier(), self.about.visit.frame.lang);
        let open = dossier.debts().filter(|debt| debt.state == FeeState::Open);
        open.map(|debt| {
            (debt.fee.to_string(), format!("{}: {}", self.about.opened.fee(debt.fee, lang), debt.missing_vnd()))
        })
        .collect()
    }

    /// Whether it is the first field, which takes the keyboard unless a summary of mistakes does.
    fn first(&self, field: &Field) -> bool {
        self.mistakes.is_empty() && self.about.spec.fields.first() == Some(field)
    }

    fn name(&self, name: &str) -> &'static str {
        self.about.visit.frame.lang.pick(field(self.about.spec.kind, name))
    }
}

/// Amount that the first open fee lacks.
fn missing(dossier: &Dossier) -> Option<String> {
    let debt = dossier.debts().find(|debt| debt.state == FeeState::Open)?;
    Some(debt.missing_vnd().to_string())
}
