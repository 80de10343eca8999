//! The forms of one task: a new try, or a note of how it was dealt with.

use maud::{Markup, html};
use motcua::recorder::Arrival;
use motcua::store::{Aside, TaskKind, text};
use rules::limits::LONGEST_TEXT;
use rules::portal::Why;

use crate::pages::layout::Frame;
use ::pages::form::Form;
use ::pages::part::errors::Mistakes;
use ::pages::part::field::{Field, Line};

/// Prefix of the source of a payment message.
pub(super) const PAYMENT: &str = "payment:";

/// The reason why a portal's message is kept, if it is known.
pub(super) fn why(it: &Aside) -> Option<Why> {
    Why::named(text(&it.read.item, "reason")?).filter(|_| it.task.kind == TaskKind::Arrival)
}

/// Returns `true` if a new try can help: a payment message that cannot be read will not be readable next time, and a change
/// that came after acceptance stays one.
pub(super) fn can_be_tried_again(it: &Aside) -> bool {
    if it.task.kind == TaskKind::Parcel || matches!(why(it), Some(Why::AfterAcceptance | Why::Unreadable)) {
        return false;
    }
    it.task.kind != TaskKind::Arrival
        || Arrival::read(&it.read.item).is_ok_and(|arrival| !arrival.portal.starts_with(PAYMENT))
}

/// Returns `true` if it can be noted as dealt with: a dossier's clock never can, and a parcel's end is recorded on its own page.
pub(super) fn can_be_done_with(it: &Aside) -> bool {
    !matches!(it.task.kind, TaskKind::Dossier | TaskKind::Parcel)
}

/// The forms that apply to it.
pub(super) fn both(frame: &Frame, action: &str, it: &Aside, (sent, mistakes): (&Form, &Mistakes)) -> Markup {
    let note = Field::new(frame.lang, "note", frame.say("Đã xử lý thế nào", "How it was dealt with"));
    let hint = match it.task.kind {
        TaskKind::Arrival => frame.say(
            "Ghi vào nhật ký, không ghi tên hay số điện thoại. Nội dung nhận được sẽ bị xóa.",
            "It goes into the audit; name nobody in it. What was received is deleted.",
        ),
        _ => {
            frame.say("Ghi vào nhật ký, không ghi tên hay số điện thoại.", "It goes into the audit; name nobody in it.")
        }
    };
    let note = note.wrong(mistakes.why("note")).hinted(hint);
    let line = Line { name: "note", value: sent.get("note"), longest: Some(LONGEST_TEXT), ..Line::default() };
    html! {
        @if can_be_tried_again(it) {
            form method="post" action=(action) novalidate {
                (frame.csrf_field())
                input type="hidden" name="do" value="again";
                p { (frame.say("Khi nguyên nhân đã được sửa:", "Once its cause is put right:")) }
                button.main { (frame.say("Thử lại", "Try again")) }
            }
        }
        @if can_be_done_with(it) {
            form method="post" action=(action) novalidate {
                (frame.csrf_field())
                input type="hidden" name="do" value="done";
                @if can_be_tried_again(it) { p { (frame.say("Hoặc, khi không cần thử nữa:", "Or, if it need not be tried again:")) } }
                (note.line(&line))
                button { (frame.say("Ghi là đã xử lý", "Note as dealt with")) }
            }
        }
    }
}
