//! The check-list of a procedure, and the steps that need originals.

use maud::{Markup, html};
use rules::catalogue::{Procedure, Step, spoken};

use crate::frame::Frame;

/// Writes both.
pub(super) fn shown(frame: &Frame<'_>, procedure: &Procedure) -> Markup {
    let needing: Vec<&Step> = procedure.steps.iter().filter(|step| !step.originals.is_empty()).collect();
    html! {
        h2 { (frame.say(["Giấy tờ phải nộp", "Papers to hand in"])) }
        @if procedure.papers.is_empty() {
            p { (frame.say(["Danh mục chưa ghi giấy tờ nào. Hãy gọi cơ quan.", "The catalogue names no paper. Call the office."])) }
        }
        ul { @for paper in &procedure.papers { li {
            bdi { (frame.say(paper.names())) } ": " span.nowrap { (spoken::copies(paper, frame.lang)) }
            @if let Some(when) = paper.when() { ", " bdi { (frame.say(when)) } }
            @match (paper.form_address(), &paper.form) {
                (Some(address), _) => { ". " a href=(address) rel="noreferrer" {
                    (frame.say(["Tải mẫu", "Get the form"])) span.unseen { ": " (frame.say(paper.names())) }
                } }
                (None, Some(name)) => { ". " (frame.say(["Mẫu: ", "Form: "])) bdi lang="vi" { (name) } }
                (None, None) => {}
            }
        } } }
        @if !needing.is_empty() {
            h2 { (frame.say(["Khi nào cần bản chính", "When originals are needed"])) }
            p { (frame.say([
                "Nộp trực tuyến thì chỉ đính kèm bản chụp. Đến các bước sau phải có bản chính, gửi qua bưu điện hoặc đem đến:",
                "A dossier that is filed online has pictures only. These steps need the originals, sent by post or brought:",
            ])) }
            ul { @for step in needing { li {
                strong lang="vi" { (step.name_vi) } ": "
                @for (place, code) in step.originals.iter().enumerate() {
                    @if place > 0 { "; " }
                    bdi { (procedure.paper(code).map_or(code.as_str(), |paper| frame.say(paper.names()))) }
                }
                ", " (within(frame, step.grace_working_days))
            } } }
        }
    }
}

fn within(frame: &Frame<'_>, days: u32) -> String {
    let [vi, en] = match days {
        0 => ["ngay khi đến bước này".to_owned(), "at once".to_owned()],
        1 => ["trong 1 ngày làm việc".to_owned(), "within 1 working day".to_owned()],
        days => [format!("trong {days} ngày làm việc"), format!("within {days} working days")],
    };
    frame.say([&vi, &en]).to_owned()
}
