//! Coming to the one-stop desk: an invitation with the advice that runs, or, while the desk is closed, when it opens again.

use maud::{Markup, html};
use rules::clock::Office;
use rules::language::Both;
use rules::notice::Measure;
use rules::vietnam;

use crate::frame::Frame;
use crate::path;

/// Whether the desk is closed today by a notice.
pub(crate) fn is_closed(frame: &Frame<'_>) -> bool {
    frame.standing().closed_on(frame.today()).is_some()
}

/// Asks somebody to come in, with what to heed there. While the desk is closed nobody is asked.
pub(crate) fn invited(frame: &Frame<'_>, office: &Office, invitation: Both) -> Markup {
    html! {
        @if !is_closed(frame) { p { (frame.say(invitation)) } }
        (heeded(frame, office))
    }
}

/// Writes what everybody has to know who may come: that the desk is closed, or the advice.
pub(crate) fn heeded(frame: &Frame<'_>, office: &Office) -> Markup {
    if is_closed(frame) { closed(frame, office) } else { advice(frame) }
}

/// Says that the desk is closed, until when, and how else the office is reached.
pub(crate) fn closed(frame: &Frame<'_>, office: &Office) -> Markup {
    let Some(card) = frame.standing().closed_on(frame.today()) else { return html! {} };
    let opens = frame.standing().open_from(&office.calendar, frame.today()).map(vietnam::written);
    html! { p {
        strong { (frame.say(["Bộ phận Một cửa đang tạm ngừng tiếp", "The one-stop desk is closed"])) }
        @match &opens {
            Some(day) => { (frame.say([", mở lại ngày ", " and opens again on "])) strong.nowrap { (day) } ". " }
            None => (frame.say([" cho đến khi có thông báo mới. ", " until further notice. "])),
        }
        (frame.say([
            "Xin chưa đến; hãy gọi cơ quan hoặc gửi, nhận qua bưu điện. ",
            "Please do not come yet; call the office, or send and receive by post. ",
        ]))
        a href=(frame.way(&path::of_notice(card.number))) { (frame.say(["Xem thông báo", "See the notice"])) }
    } }
}

/// Writes what visitors heed today: advice, and who is received where not everybody is.
fn advice(frame: &Frame<'_>) -> Markup {
    let (standing, today) = (frame.standing(), frame.today());
    let mut heeded: Vec<String> = standing.advice(today, frame.lang).into_iter().map(str::to_owned).collect();
    for (_, effect) in standing.on(today) {
        if let Measure::Restricted { .. } = effect.measure {
            let said = effect.measure.said();
            heeded.push(frame.say([&said[0], &said[1]]).to_owned());
        }
    }
    html! { @if !heeded.is_empty() {
        p { strong { (frame.say(["Khi đến:", "When you come:"])) } }
        ul { @for text in &heeded { li { bdi { (text) } } } }
    } }
}
