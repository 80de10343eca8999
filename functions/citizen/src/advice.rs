//! Advice for the reader of a dossier's page: the next thing to do, in words that people know.

use maud::{Markup, html};
use rules::catalogue::Reason;
use rules::dossier::{Awaited, Dossier, Stage, spoken};
use rules::language::Both;
use rules::vietnam;
use rules::vnd::Vnd;

use crate::coming;
use crate::frame::Frame;
use crate::opened::Opened;

/// Bring along when a result is collected.
const COLLECT: Both = [
    "Đến Bộ phận Một cửa nhận kết quả. Đem theo giấy hẹn và giấy tờ tùy thân; người nhận thay đem thêm giấy ủy quyền.",
    "Collect the result at the one-stop desk. Bring your slip and an identity paper; whoever collects it for you also brings an authorisation.",
];
/// Papers that were handed in to a dossier that has ended.
const TAKE_BACK: Both = [
    "Giấy tờ đã nộp được nhận lại tại Bộ phận Một cửa.",
    "Papers that were handed in can be collected at the one-stop desk.",
];
const NOTHING: Both = ["Chưa phải làm gì.", "There is nothing to do now."];

/// Writes the advice.
pub(crate) fn now(frame: &Frame<'_>, opened: &Opened) -> Markup {
    let dossier = &opened.dossier;
    match &dossier.stage {
        Stage::Submitted => said(
            frame,
            &[
                NOTHING,
                [
                    "Cơ quan đang kiểm tra hồ sơ, rồi sẽ tiếp nhận, yêu cầu bổ sung hoặc trả lời vì sao không tiếp nhận.",
                    "The office checks the dossier, and then accepts it, asks for more papers, or says why it is not accepted.",
                ],
            ],
        ),
        Stage::Incomplete(awaited) => thing(frame, opened, awaited),
        Stage::Paused(pause) => html! { @for awaited in &pause.awaited { (thing(frame, opened, awaited)) } },
        Stage::Running(_) => running(frame, opened),
        Stage::Done { .. } => html! { (fee(frame, dossier, None)) (done(frame, opened)) },
        Stage::InPost { .. } => said(
            frame,
            &[[
                "Kết quả đang được bưu điện chuyển đến. Nếu quá vài ngày chưa nhận được, hãy gọi cơ quan.",
                "The result is on its way by post. If it has not come after a few days, call the office.",
            ]],
        ),
        Stage::Returned { .. } => said(
            frame,
            &[[
                "Kết quả đã được trả. Nếu chưa nhận được, hãy gọi cơ quan ngay.",
                "The result was handed over. If you did not get it, call the office at once.",
            ]],
        ),
        Stage::NotAccepted => said(
            frame,
            &[[
                "Hồ sơ không được tiếp nhận; lý do ghi trong phiếu từ chối. Gọi cơ quan nếu cần hỏi thêm.",
                "The dossier was not accepted; the refusal form says why. Call the office if you have questions.",
            ]],
        ),
        Stage::Withdrawn => html! {
            (said(frame, &[["Hồ sơ đã được rút theo yêu cầu.", "The dossier was withdrawn as asked."]]))
            (coming::invited(frame, &opened.office, TAKE_BACK))
        },
        Stage::Closed(_) => html! {
            (said(frame, &[[
                "Cơ quan đã dừng xử lý hồ sơ; lý do ghi trong thông báo. Gọi cơ quan nếu cần hỏi thêm.",
                "The office closed the dossier; the notice says why. Call the office if you have questions.",
            ]]))
            (coming::invited(frame, &opened.office, TAKE_BACK))
        },
    }
}

fn said(frame: &Frame<'_>, sentences: &[Both]) -> Markup {
    html! { p { @for sentence in sentences { (frame.say(*sentence)) " " } } }
}

fn running(frame: &Frame<'_>, opened: &Opened) -> Markup {
    let dossier = &opened.dossier;
    if dossier.owes() {
        return html! { (fee(frame, dossier, None)) };
    }
    if opened.overdue(frame).is_some_and(|it| it.punctuality.is_late()) {
        return said(
            frame,
            &[[
                "Hồ sơ đã quá ngày hẹn trả. Gọi cơ quan để biết khi nào có kết quả.",
                "The date of the result is over. Call the office to learn when it will be ready.",
            ]],
        );
    }
    if awaits_address(dossier) {
        return said(frame, &[CONFIRM]);
    }
    if dossier.returns_by_post == Some(true) {
        let then = [
            "Kết quả sẽ được gửi qua bưu điện đến địa chỉ đã đăng ký.",
            "The result will be sent by post to the address that was given.",
        ];
        return said(frame, &[NOTHING, then]);
    }
    let then = [
        "Đến ngày hẹn, đem giấy hẹn và giấy tờ tùy thân đến Bộ phận Một cửa nhận kết quả.",
        "On the day of the result, bring your slip and an identity paper to the one-stop desk.",
    ];
    html! { (said(frame, &[NOTHING])) (coming::invited(frame, &opened.office, then)) }
}

/// Whether the result is to come by post and nobody confirmed the address yet: then it is packed in no parcel.
pub(crate) fn awaits_address(dossier: &Dossier) -> bool {
    dossier.returns_by_post == Some(true) && !dossier.address_confirmed && dossier.parcel.is_none()
}

const CONFIRM: Both = [
    "Xác nhận địa chỉ nhận kết quả. Bưu điện chỉ gửi khi địa chỉ đã được xác nhận.",
    "Confirm the address for the result. It is sent by post only once the address is confirmed.",
];

fn done(frame: &Frame<'_>, opened: &Opened) -> Markup {
    let dossier = &opened.dossier;
    match dossier.returns_by_post {
        Some(true) if awaits_address(dossier) => said(frame, &[CONFIRM]),
        Some(true) => said(
            frame,
            &[[
                "Kết quả sắp được gửi qua bưu điện đến địa chỉ đã đăng ký.",
                "The result will soon be sent by post to the address that was given.",
            ]],
        ),
        Some(false) | None => coming::invited(frame, &opened.office, COLLECT),
    }
}

/// Things that are awaited of the reader, or of somebody else.
fn thing(frame: &Frame<'_>, opened: &Opened, awaited: &Awaited) -> Markup {
    let by = awaited.wait.map(|wait| vietnam::written(wait.last_day()));
    let missed = awaited.wait.is_some_and(|wait| wait.is_over(frame.now));
    let asked = match &awaited.reason {
        Reason::Originals => originals(frame, opened, awaited, by.as_deref()),
        Reason::Supplement => html! {
            p { (frame.say([
                "Bổ sung hồ sơ theo Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
                "Complete the dossier as the request for a supplement says",
            ])) (until(frame, by.as_deref())) }
            (papers(frame, opened, awaited))
            (coming::closed(frame, &opened.office))
        },
        Reason::Fee => fee(frame, &opened.dossier, by.as_deref()),
        Reason::Further(_) => html! { p {
            (frame.say(NOTHING)) " "
            (frame.say(["Cơ quan đang chờ ", "The office awaits "])) (spoken::reason(&awaited.reason, frame.lang)) "."
        } },
    };
    html! {
        (asked)
        @if missed && !awaited.reason.is_of_another_body() { p { strong { (frame.say([
            "Đã hết ngày này. Gọi cơ quan ngay để biết còn nộp được không.",
            "This day is over. Call the office at once to learn whether it can still be handed in.",
        ])) } } }
    }
}

/// Originals come by post alone while the desk is closed, or while a measure says so.
fn originals(frame: &Frame<'_>, opened: &Opened, awaited: &Awaited, by: Option<&str>) -> Markup {
    let procedure = &opened.dossier.procedure.code;
    let by_post = frame.standing().basis_for_originals(procedure, frame.today()).is_some();
    let asked = match by_post || coming::is_closed(frame) {
        true => ["Gửi bản chính qua bưu điện, không cần đến", "Send the originals by post; there is no need to come"],
        false => [
            "Nộp bản chính tại Bộ phận Một cửa hoặc gửi qua bưu điện",
            "Hand in the originals at the one-stop desk, or send them by post",
        ],
    };
    html! {
        p { (frame.say(asked)) (until(frame, by)) }
        (papers(frame, opened, awaited))
        @match by_post {
            true => (coming::closed(frame, &opened.office)),
            false => (coming::heeded(frame, &opened.office)),
        }
    }
}

fn until(frame: &Frame<'_>, by: Option<&str>) -> Markup {
    html! { @match by {
        Some(day) => { (frame.say([", đến hết ngày ", ", by the end of "])) strong.nowrap { (day) } "." }
        None => { "." }
    } }
}

/// The papers by their names in the check-list. One that is not in it was named by a member of staff, in words that may
/// name somebody, so without the key it is only counted.
fn papers(frame: &Frame<'_>, opened: &Opened, awaited: &Awaited) -> Markup {
    let is_known = |code: &str| opened.procedure.as_deref().is_some_and(|procedure| procedure.paper(code).is_some());
    let named = awaited.papers.iter().filter(|code| opened.is_shown_whole || is_known(code));
    let names: Vec<_> = named.map(|code| opened.paper(frame, code)).collect();
    let others = awaited.papers.len() - names.len();
    html! { @if !awaited.papers.is_empty() { ul {
        @for name in &names { li { bdi { (name) } } }
        @if others > 0 { li { (others) " " (frame.say([
            "giấy tờ khác ghi trong phiếu yêu cầu", "other papers that the request names",
        ])) } }
    } } }
}

/// The money that is still owed. A payer who has just come back from a gateway may be faster than its callback.
fn fee(frame: &Frame<'_>, dossier: &Dossier, by: Option<&str>) -> Markup {
    let Some(missing) = Vnd::sum(dossier.debts().map(|debt| debt.missing_vnd())).filter(|sum| *sum > Vnd::ZERO) else {
        return html! {};
    };
    html! {
        p { (frame.say(["Nộp phí, lệ phí ", "Pay the fee of "])) strong.nowrap { (missing) } (until(frame, by)) }
        p { (frame.say([
            "Nếu vừa nộp xong: ngân hàng có thể báo lại sau vài phút, hãy tải lại trang; không nộp lần nữa.",
            "If you have just paid: the bank may report it a few minutes later. Load the page again; do not pay twice.",
        ])) }
    }
}
