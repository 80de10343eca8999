//! Links to the forms that can be printed, beside the head of the page.

use maud::{Markup, html};
use std::mem::discriminant;

use crate::pages::dossier::opened::Opened;
use crate::pages::layout::Frame;
use crate::print::Form;

/// Links to the newest form of each kind, and to the earlier ones in a group of their own.
pub(super) fn all(frame: &Frame, opened: &Opened) -> Markup {
    let forms = Form::printable(opened.dossier(), &opened.whole.history);
    let newest =
        |place: usize| forms[place + 1..].iter().all(|other| discriminant(other) != discriminant(&forms[place]));
    let (new, earlier): (Vec<_>, Vec<_>) = (0..forms.len()).partition(|place| newest(*place));
    html! {
        details.folded.small {
            summary { (frame.say("In giấy tờ", "Print")) " (" (forms.len()) ")" }
            ul.plain { @for place in new { li { (link(opened, forms[place])) } } }
            @if !earlier.is_empty() { details {
                summary { (frame.say("Bản trước", "Earlier ones")) " (" (earlier.len()) ")" }
                ul.plain { @for place in earlier { li { (link(opened, forms[place])) } } }
            } }
        }
    }
}

/// Link to the form that the newest commit gave cause for, to be printed at once.
pub(super) fn of_last(frame: &Frame, opened: &Opened, version: u64) -> Markup {
    let forms = Form::printable(opened.dossier(), &opened.whole.history);
    let form = forms.into_iter().find(|form| form.version() == Some(version));
    html! { @if let Some(form) = form { p { (frame.say("In", "Print")) ": " (link(opened, form)) } } }
}

fn link(opened: &Opened, form: Form) -> Markup {
    let (dossier, history) = (opened.dossier(), &opened.whole.history);
    html! { a href={ "/desk/dossiers/" (dossier.id) "/print/" (form.name()) } lang="vi" { (form.label(dossier, history)) } }
}
