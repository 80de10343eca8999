//! The confirmation above a dossier that was filed just now.

use ::pages::part::button::{self, Weight};
use ::pages::part::panel::panel;
use maud::{Markup, html};
use rules::dossier::{Kind, Phase};
use rules::id::DossierId;
use rules::language::Both;
use rules::phone::Phone;
use rules::vietnam;

use crate::pages::dossier::opened::Opened;
use crate::pages::layout::Frame;
use crate::print;
use ::pages::form::Form;

/// Path of the intake.
const INTAKE: &str = "/desk/new";
/// The field with the dossiers that the same visitor has filed just now.
pub(crate) const WITH: &str = "with";
/// The most dossiers of one visitor that are led to.
const MOST: usize = 9;

/// A dossier was filed, after these others of the same visitor.
pub(crate) struct Filed(Vec<DossierId>);

impl Filed {
    /// Reads the others from a form or an address. Whatever is no id is passed over.
    pub(crate) fn of(asked: &Form) -> Self {
        let ids = asked.get(WITH).unwrap_or_default().split(',').filter_map(|id| DossierId::parse(id).ok());
        Self(ids.take(MOST).collect())
    }

    /// The dossier whose people the next one has, and all of the visitor's, if the address names one.
    pub(crate) fn before(asked: &Form) -> Option<(DossierId, String)> {
        let id = DossierId::parse(asked.get("after")?).ok()?;
        let mut all = Self::of(asked).0;
        all.retain(|other| *other != id);
        all.insert(0, id);
        all.truncate(MOST);
        Some((id, Self(all).ids()))
    }

    /// Their ids, as an address has them.
    pub(crate) fn ids(&self) -> String {
        self.0.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    }

    /// The panel: what was done, the code, the due date, what to print, and what comes next.
    pub(crate) fn panel(&self, frame: &Frame, opened: &Opened) -> Markup {
        let dossier = opened.dossier();
        let done = frame.lang.pick(done(dossier.phase()));
        let below = html! {
            @if let Some(due) = dossier.due() {
                p { (frame.say("Hẹn trả kết quả", "Due")) " " strong { (vietnam::date_time(due.at)) } }
            } @else if dossier.clock.is_some() {
                p { (frame.say("Ngày hẹn trả sẽ báo sau; lý do ghi trên giấy hẹn.", "The due date follows; the slip says why.")) }
            }
            @if !is_reached(opened) {
                p { strong { (frame.say(
                    "Không nhắn tin được cho người này: hãy dặn ngày đến nhận kết quả, hoặc ghi thêm số di động.",
                    "No message reaches this person: tell them when to come, or add a mobile number.",
                )) } }
            }
        };
        let code = (dossier.code.is_some() || dossier.clock.is_none()).then(|| dossier.called());
        html! {
            (panel(done, code, &below))
            (button::row(&self.next(frame, opened)))
            @if !self.0.is_empty() {
                p { (frame.say("Hồ sơ khác vừa nhận của người này:", "The other dossiers of this visitor:"))
                    @for (place, id) in self.0.iter().rev().enumerate() {
                        " " a href={ "/desk/dossiers/" (id) "?done=new" } { (frame.say("hồ sơ", "dossier")) " " (place + 1) }
                    }
                }
            }
        }
    }

    fn next(&self, frame: &Frame, opened: &Opened) -> Markup {
        let dossier = opened.dossier();
        let papers = print::Form::printable(dossier, &opened.whole.history);
        let paper = papers.into_iter().rev().find(|form| *form != print::Form::Control);
        let (id, with) = (dossier.id, self.ids());
        let with = if with.is_empty() { String::new() } else { format!("&{WITH}={with}") };
        html! {
            @if let Some(paper) = paper {
                (button::link(Weight::Main, &format!("/desk/dossiers/{id}/print/{}", paper.name()), frame.lang.pick(to_print(paper)), None))
            }
            @if frame.role.may(Kind::Submit) {
                (button::link(Weight::Second, INTAKE, frame.say("Hồ sơ mới", "New dossier"), None))
                (button::link(Weight::Second, &format!("{INTAKE}?after={id}{with}"), frame.say("Hồ sơ khác của người này", "Another dossier of this person"), None))
            }
        }
    }
}

fn done(phase: Phase) -> Both {
    match phase {
        Phase::NotAccepted => ["Đã từ chối tiếp nhận", "Intake was refused"],
        Phase::Incomplete => ["Đã yêu cầu bổ sung, chưa tiếp nhận", "A supplement was asked for; not accepted yet"],
        Phase::New | Phase::Submitted => ["Đã nhận hồ sơ vào sổ, chưa tiếp nhận", "Filed, not accepted yet"],
        Phase::Accepted | Phase::InProgress | Phase::Paused => ["Đã tiếp nhận hồ sơ", "The dossier is accepted"],
        Phase::Done | Phase::InPost | Phase::Returned | Phase::Withdrawn | Phase::Closed => {
            ["Đã nhận hồ sơ vào sổ", "The dossier is filed"]
        }
    }
}

fn to_print(paper: print::Form) -> Both {
    match paper {
        print::Form::Receipt(_) => ["In giấy hẹn", "Print the slip"],
        print::Form::Supplement(_) => ["In phiếu yêu cầu bổ sung", "Print the request"],
        print::Form::Refusal(_) => ["In phiếu từ chối", "Print the refusal"],
        print::Form::Apology(_) => ["In phiếu xin lỗi", "Print the apology"],
        print::Form::Closing(_) => ["In thông báo", "Print the notice"],
        print::Form::Control => ["In phiếu kiểm soát", "Print the control slip"],
    }
}

/// Whether a message reaches the applicant or the filer.
fn is_reached(opened: &Opened) -> bool {
    let Some(person) = &opened.whole.person else { return false };
    let parties = std::iter::once(&person.applicant).chain(&person.filer);
    let mut phones = parties.filter_map(|party| party.phone.as_deref());
    phones.any(|phone| Phone::first(phone).is_ok_and(|phone| phone.takes_sms()))
}
