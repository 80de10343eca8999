//! One procedure: every version, with the terms it sets.

use std::sync::Arc;

use maud::{Markup, html};
use rules::catalogue::{ClockStart, FeeKind, OnMissedWait, Paper, PauseTerms, Procedure, in_force};
use rules::clock::{Policy, WaitUnit};
use rules::http::Response;
use rules::vietnam;

use super::catalogue::validity;
use super::{ROOT, Tab, page};
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::words::{self, fee_due, limit, reason};

/// The newest version first.
pub(super) async fn show(visit: &Visit<'_>, code: &str) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let mut versions = site.recorder.catalogue().versions(&staff.agency, code).await?;
    if versions.is_empty() {
        return Err(Problem::NotFound);
    }
    versions.sort_by_key(|version| std::cmp::Reverse(version.version));
    Ok(page(200, frame, Tab::Catalogue, code, &content(frame, &versions)))
}

/// The page's own part.
pub(super) fn content(frame: &Frame, versions: &[Arc<Procedure>]) -> Markup {
    let now = in_force(versions, vietnam::day(frame.now)).map(|it| it.version);
    html! {
        p { a href={ (ROOT) "/catalogue" } { (frame.say("Danh mục thủ tục", "Catalogue of procedures")) } }
        @for version in versions { (told(frame, version, now == Some(version.version))) }
    }
}

fn told(frame: &Frame, procedure: &Procedure, in_force: bool) -> Markup {
    html! {
        section {
            h2 {
                (frame.say("Phiên bản", "Version")) " " (procedure.version) ": "
                bdi { (frame.say(&procedure.name_vi, &procedure.name_en)) }
                @if in_force { " " span.good { (frame.say("(đang có hiệu lực)", "(in force)")) } }
            }
            dl.facts {
                (fact(frame.say("Hiệu lực", "In force"), &validity(frame, procedure.valid_from, procedure.valid_until)))
                (fact(frame.say("Căn cứ", "Legal basis"), &procedure.legal_basis))
                (fact(frame.say("Thời hạn", "Limit"), &limit(procedure.limit.allowance, frame.lang)))
                (fact(frame.say("Bắt đầu tính", "Clock starts"), start(frame, procedure.starts_on)))
                (fact(frame.say("Hạn tiếp nhận", "Acceptance"), &counted(procedure.acceptance_office_hours, frame.say("giờ làm việc", "office hours"))))
                (fact(frame.say("Nộp trực tuyến", "Online"), yes(frame, procedure.online)))
                (fact(frame.say("Trả qua bưu điện", "Returned by post"), yes(frame, procedure.returns_by_post)))
                (fact(frame.say("Thủ tục sau khi có người mất", "After a death"), yes(frame, procedure.bereavement)))
                (fact(frame.say("Bổ sung đúng hạn trong", "Supplement regular within"), &counted(procedure.supplement_within_working_days, working_days(frame))))
                (fact(frame.say("Số lần bổ sung tối đa", "Most supplements"), &procedure.most_rounds.map_or_else(|| frame.say("không giới hạn", "no limit").to_owned(), |most| most.to_string())))
                (fact(frame.say("Quá hạn chờ", "A missed wait"), missed(frame, procedure.on_missed_wait)))
                (fact(frame.say("Nhắc trước", "Reminder before"), &counted(procedure.remind_working_days_before, working_days(frame))))
                (fact(frame.say("Nhắc khi không có hạn, sau", "Reminder without a wait, after"), &counted(procedure.remind_after_working_days, working_days(frame))))
            }
            (papers(frame, &procedure.papers))
            (steps(frame, procedure))
            (fees(frame, procedure))
            (pauses(frame, procedure))
        }
    }
}

fn fact(name: &str, value: &str) -> Markup {
    html! { dt { (name) } dd { bdi { (value) } } }
}

fn counted(n: u32, unit: &str) -> String {
    format!("{n} {unit}")
}

fn working_days(frame: &Frame) -> &'static str {
    frame.say("ngày làm việc", "working days")
}

fn yes(frame: &Frame, yes: bool) -> &'static str {
    if yes { frame.say("có", "yes") } else { frame.say("không", "no") }
}

fn start(frame: &Frame, start: ClockStart) -> &'static str {
    match start {
        ClockStart::Acceptance => frame.say("khi tiếp nhận", "at acceptance"),
        ClockStart::FeePaid => frame.say("khi nộp đủ phí, lệ phí", "when the fee is paid"),
    }
}

fn missed(frame: &Frame, missed: OnMissedWait) -> &'static str {
    match missed {
        OnMissedWait::Propose => frame.say("chờ quyết định", "put before a person"),
        OnMissedWait::Auto => frame.say("tự dừng xử lý", "closes the dossier"),
    }
}

/// The check-list, in its order.
fn papers(frame: &Frame, papers: &[Paper]) -> Markup {
    let heads = [["Giấy tờ", "Paper"], ["Nộp", "To be filed"], ["Mẫu", "Form"], ["Cần khi", "Needed"]];
    let heads = heads.map(|head| frame.lang.pick(head));
    html! {
        h3 { (frame.say("Thành phần hồ sơ", "Check-list of papers")) }
        @if papers.is_empty() { p { (frame.say("Không có danh mục.", "None.")) } } @else {
            div.list { table.rows {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { @for paper in papers { tr {
                    td.wide data-name=(heads[0]) { bdi { (frame.lang.pick(paper.names())) } " " span.code { "(" (paper.code) ")" } }
                    td data-name=(heads[1]) { (words::copies(paper, frame.lang)) }
                    td.wide data-name=(heads[2]) { (words::form_of(paper)) }
                    td data-name=(heads[3]) { bdi { (paper.when().map_or(frame.say("luôn luôn", "always"), |when| frame.lang.pick(when))) } }
                } } }
            } }
        }
    }
}

fn steps(frame: &Frame, procedure: &Procedure) -> Markup {
    let name = |code: &str| {
        let named = procedure.paper(code).map(|paper| frame.lang.pick(paper.names()));
        html! { @if let Some(name) = named { bdi { (name) } " " } span.code { "(" (code) ")" } }
    };
    html! {
        h3 { (frame.say("Các bước", "Steps")) }
        ol { @for step in &procedure.steps { li {
            bdi { (step.name_vi) } " " span.code { "(" (step.name) ")" }
            @if !step.originals.is_empty() {
                ": " (frame.say("cần bản chính trong", "originals within")) " " (step.grace_working_days) " " (working_days(frame))
                ul { @for code in &step.originals { li { (name(code)) } } }
            }
        } } }
    }
}

fn fees(frame: &Frame, procedure: &Procedure) -> Markup {
    html! {
        h3 { (frame.say("Phí, lệ phí", "Fees")) }
        @if procedure.fees.is_empty() { p { (frame.say("Không thu.", "None.")) } } @else {
            div.list { table.rows {
                thead { tr { @for name in [["Tên", "Name"], ["Loại", "Kind"], ["Số tiền", "Amount"], ["Nộp khi", "Due"], ["Căn cứ", "Legal basis"]] {
                    th scope="col" { (frame.say(name[0], name[1])) }
                } } }
                tbody { @for fee in &procedure.fees { tr {
                    td { bdi { (fee.name_vi) } " " span.code { "(" (fee.code) ")" } }
                    td { (match fee.kind { FeeKind::Charge => frame.say("phí", "charge"), FeeKind::Fee => frame.say("lệ phí", "fee") }) }
                    td.n { (fee.amount_vnd) }
                    td { (frame.lang.pick(fee_due(fee.due))) }
                    td { bdi { (fee.legal_basis) } }
                } } }
            } }
        }
    }
}

fn pauses(frame: &Frame, procedure: &Procedure) -> Markup {
    let usual = procedure.pauses.usual();
    let usual = usual.iter().map(|(reason, terms)| (reason, *terms));
    let further = procedure.pauses.further.iter().map(|further| (&further.reason, &further.terms));
    html! {
        h3 { (frame.say("Dừng tính", "Pauses")) }
        div.list { table.rows {
            thead { tr { @for name in [["Chờ", "Awaited"], ["Nhận đủ thì", "The receipt"], ["Hạn chờ", "Wait"], ["Căn cứ", "Legal basis"]] {
                th scope="col" { (frame.say(name[0], name[1])) }
            } } }
            tbody { @for (name, terms) in usual.chain(further) { tr {
                td { bdi { (reason(name, frame.lang)) } }
                td { (policy(frame, terms.policy)) }
                td { (wait(frame, terms)) }
                td { bdi { (terms.legal_basis) } }
            } } }
        } }
    }
}

fn policy(frame: &Frame, policy: Policy) -> &'static str {
    let [vi, en] = words::policy(policy);
    frame.say(vi, en)
}

fn wait(frame: &Frame, terms: &PauseTerms) -> String {
    match terms.wait {
        None => frame.say("không có hạn", "none").to_owned(),
        Some(wait) => counted(
            wait.n,
            match wait.unit {
                WaitUnit::WorkingDays => working_days(frame),
                WaitUnit::CalendarDays => frame.say("ngày", "calendar days"),
            },
        ),
    }
}
