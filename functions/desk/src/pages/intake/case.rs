//! The case as both later pages of an intake tell it, and the ticks in its check-list.

use ::pages::part::facts::summary;
use maud::{Markup, html};
use rules::catalogue::{PaperKind, Procedure};
use rules::dossier::Kind;

use super::carried::PAPER;
use crate::pages::layout::Frame;
use crate::words::{self, field};
use ::pages::form::Form;

/// The procedure, the applicant, the time and the money.
pub(super) fn case(frame: &Frame, procedure: &Procedure, sent: &Form) -> Markup {
    let name = frame.lang.pick([&procedure.name_vi, &procedure.name_en]);
    let mut facts = vec![
        (
            frame.lang.pick(field(Kind::Submit, "procedure")),
            html! { strong { (name) } " " span.code { (procedure.code) } },
        ),
        (frame.say("Chủ hồ sơ", "Applicant"), html! { bdi { (sent.get("applicant.name").unwrap_or_default()) } }),
        (
            frame.say("Thời hạn", "Time limit"),
            html! { (words::limit(procedure.limit.allowance, frame.lang)) " (" (procedure.legal_basis) ")" },
        ),
    ];
    for fee in &procedure.fees {
        let due = frame.lang.pick(words::fee_due(fee.due));
        facts.push((&fee.name_vi, html! { (fee.amount_vnd) " – " (due) }));
    }
    summary(&facts)
}

/// Kind in which a paper of the list was handed over, as typed: by its own choice, or by the box for all of them.
pub(super) fn kind_of<'f>(procedure: &Procedure, sent: &'f Form, code: &str) -> Option<&'f str> {
    let own = sent.get(&format!("{PAPER}{code}"));
    let paper = procedure.paper(code).filter(|paper| sent.get("all").is_some() && paper.when().is_none());
    own.or(paper.map(|paper| match paper.kind {
        PaperKind::Original => "original",
        PaperKind::Copy => "copy",
    }))
}
