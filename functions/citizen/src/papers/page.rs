//! The page of the papers that were asked for.

use maud::{Markup, html};
use motcua::site::Site;
use pages::part::errors::Mistakes;
use pages::part::field::Field;
use pages::part::notice::Notice;
use rules::catalogue::Reason;
use rules::dossier::{Actor, Awaited, Event, Filing};
use rules::http::Response;
use rules::language::Both;
use rules::notice::Mail;
use rules::token::Token;
use rules::vietnam;

use super::label;
use crate::all::{All, By};
use crate::coming;
use crate::frame::Frame;
use crate::path;

/// Name of the boxes of the papers that come.
pub(super) const PAPER: &str = "paper";
/// Name of the choice of the way.
pub(super) const BY: &str = "by";
/// By post.
pub(super) const POST: &str = "post";
/// At the desk.
pub(super) const DESK: &str = "desk";
/// The field with the version of the dossier that the page showed.
pub(super) const SEEN: &str = "seen";

const TITLE: Both = ["Giấy tờ cần gửi", "Papers to send"];
const WHICH: Both = ["Giấy tờ nào sẽ gửi", "Which papers come"];
const HOW: Both = ["Gửi bằng cách nào", "How they come"];

/// The reason why something sent was not recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing was sent.
    Nothing,
    /// No way was chosen.
    NoWay,
    /// No paper was ticked.
    NoPaper,
    /// The dossier has gone on meanwhile.
    TooLate,
}

/// The papers that are awaited of the applicant now.
pub(super) fn asked(all: &All) -> Vec<&Awaited> {
    all.opened.dossier.awaited().iter().filter(|awaited| awaited.reason.asks_for_papers()).collect()
}

/// Writes the page.
pub(super) fn shown(site: &Site, frame: &Frame<'_>, (token, all): (&Token, &All), said: Said) -> Response {
    let asked = asked(all);
    if asked.is_empty() {
        return none(frame, (token, all), said);
    }
    let mistakes = match said {
        Said::NoWay => Mistakes::at(BY, frame.say(HOW), frame.say(["Hãy chọn một cách.", "Choose one way."])),
        Said::NoPaper => {
            Mistakes::at(PAPER, frame.say(WHICH), frame.say(["Hãy chọn giấy tờ sẽ gửi.", "Tick what comes."]))
        }
        Said::Nothing | Said::TooLate => Mistakes::default(),
    };
    let content = html! {
        h1 { (frame.say(TITLE)) }
        p { (frame.say(["Hồ sơ ", "Dossier "])) span.wide { (all.opened.dossier.called()) } }
        @if said == Said::TooLate { (too_late(frame)) }
        (mistakes.summary(frame.lang, ["Chưa có gì được ghi.", "Nothing was recorded."]))
        (which(frame, all, &asked))
        (until(frame, &asked))
        (announced(frame, all))
        h2 { (frame.say(["Cách gần nhất", "The nearest way"])) }
        (ways(site, frame, token, all))
        h2 { (frame.say(["Báo cho cơ quan", "Tell the office"])) }
        (form(frame, token, all, (&asked, &mistakes)))
        (back(frame, all))
        (all.foot(frame, By::Link(token)))
    };
    let status = match said {
        Said::Nothing => 200,
        Said::NoWay | Said::NoPaper => 400,
        Said::TooLate => 409,
    };
    frame.page(status, frame.say(TITLE), &content)
}

/// The page while nothing is asked for.
fn none(frame: &Frame<'_>, (token, all): (&Token, &All), said: Said) -> Response {
    let title = ["Không còn giấy tờ nào phải gửi", "No papers are to be sent"];
    let content = html! {
        h1 { (frame.say(title)) }
        p { (frame.say(["Hồ sơ ", "Dossier "])) span.wide { (all.opened.dossier.called()) } }
        @if said != Said::Nothing { (too_late(frame)) }
        p { (frame.say([
            "Giấy tờ đã đủ, không còn cần nữa, hoặc hồ sơ đã kết thúc. Nếu đã gửi, giấy tờ vẫn được giữ cho ông/bà.",
            "Everything is in, is not needed any more, or the dossier is over. Papers that were sent are kept for you.",
        ])) }
        (back(frame, all))
        (all.foot(frame, By::Link(token)))
    };
    frame.page(if said == Said::Nothing { 200 } else { 409 }, frame.say(title), &content)
}

fn too_late(frame: &Frame<'_>) -> Markup {
    Notice::Warning.of(&html! { p { strong { (frame.say([
        "Chưa ghi được: hồ sơ vừa thay đổi. Tình trạng hiện nay như sau.",
        "Nothing was recorded: the dossier has just changed. This is its state now.",
    ])) } } })
}

fn back(frame: &Frame<'_>, all: &All) -> Markup {
    html! { p { a href=(frame.way(&path::of_dossier(all.opened.dossier.id))) { (frame.say([
        "Xem tình trạng hồ sơ", "The state of the dossier",
    ])) } } }
}

/// The papers that are asked for, by their names.
fn which(frame: &Frame<'_>, all: &All, asked: &[&Awaited]) -> Markup {
    let papers: Vec<_> = asked.iter().flat_map(|awaited| &awaited.papers).collect();
    html! { @if !papers.is_empty() {
        p { (frame.say(["Cơ quan đang chờ:", "The office waits for:"])) }
        ul { @for code in papers { li { strong { bdi { (all.opened.paper(frame, code)) } } } } }
    } }
}

/// The last day, and what a missed one means.
fn until(frame: &Frame<'_>, asked: &[&Awaited]) -> Markup {
    let Some(wait) = asked.iter().filter_map(|awaited| awaited.wait).min_by_key(|wait| wait.until) else {
        return html! {};
    };
    html! {
        p { (frame.say(["Đến hết ngày ", "By the end of "])) strong.nowrap { (vietnam::written(wait.last_day())) } "." }
        @if wait.is_over(frame.now) { p { strong { (frame.say([
            "Đã hết ngày này. Gọi cơ quan ngay để biết còn nộp được không.",
            "This day is over. Call the office at once to learn whether it can still be handed in.",
        ])) } } }
    }
}

/// The last word of the holder of a link.
fn announced(frame: &Frame<'_>, all: &All) -> Markup {
    let own = all.history.iter().rev().filter(|commit| commit.actor == Actor::Applicant);
    let mut said = own.flat_map(|commit| commit.events.iter().map(move |event| (commit.recorded_at, event)));
    let said = said.find_map(|(at, event)| match event {
        Event::OriginalsAnnounced { papers, by_post: Some(by_post) } => Some((at, papers, *by_post)),
        _ => None,
    });
    html! { @if let Some((at, papers, by_post)) = said {
        (Notice::Done.of(&html! {
            p { (frame.say(["Đã báo lúc ", "Told at "])) (vietnam::date_time(at)) ": "
                (frame.say(if by_post { ["gửi qua bưu điện", "by post"] } else { ["đem đến Bộ phận Một cửa", "at the desk"] })) "." }
            ul { @for code in papers { li { bdi { (all.opened.paper(frame, code)) } } } }
        }))
    } }
}

/// The ways: the post office, the postman at home, the desk, and the portal for what need not be an original.
fn ways(site: &Site, frame: &Frame<'_>, token: &Token, all: &All) -> Markup {
    let dossier = &all.opened.dossier;
    let procedure = &dossier.procedure.code;
    let free = frame.standing().free_postage(Mail::Originals, procedure, frame.today()).is_some();
    let by_post_alone =
        frame.standing().basis_for_originals(procedure, frame.today()).is_some() || coming::is_closed(frame);
    let collects = site.config.posts().any(|post| post.agency == *frame.agency.key());
    let originals = asked(all).iter().any(|awaited| awaited.reason == Reason::Originals);
    html! {
        ul {
            li { (frame.say([
                "Bưu cục gần nhất: gửi đến địa chỉ dưới đây. Giữ biên bản giao nhận của bưu cục; ngày giao ở bưu cục là ngày nộp.",
                "The nearest post office: send them to the address below. Keep the hand-over minutes; the day at the post office counts.",
            ])) " " (frame.say(if free {
                ["Miễn cước.", "The postage is free."]
            } else {
                ["Người gửi trả cước.", "The sender pays the postage."]
            })) }
            @if collects { li { (frame.say([
                "Tại nhà: gọi cơ quan để bưu tá đến lấy.", "At home: call the office, and the postman collects them.",
            ])) } }
            @if !by_post_alone { li { (frame.say([
                "Bộ phận Một cửa: nộp trực tiếp, nhận biên bản giao nhận.",
                "The one-stop desk: hand them in and get the hand-over minutes.",
            ])) } }
            @if dossier.filing == Filing::Online && !originals { li { (frame.say([
                "Bản điện tử: bổ sung trên cổng dịch vụ công nơi đã nộp hồ sơ.",
                "Electronic copies: add them at the portal where the dossier was filed.",
            ])) } }
        }
        (label::written(frame, dossier.called()))
        p { a href=(frame.way(&format!("{}/label", path::of_link(token)))) { (frame.say(["In nhãn", "Print the label"])) } }
        @if !by_post_alone { (coming::heeded(frame, &all.opened.office)) }
    }
}

/// The form: which papers come, and how.
fn form(frame: &Frame<'_>, token: &Token, all: &All, (asked, mistakes): (&[&Awaited], &Mistakes)) -> Markup {
    let papers: Vec<_> = asked.iter().flat_map(|awaited| &awaited.papers).collect();
    let which = Field::new(frame.lang, PAPER, frame.say(WHICH)).wrong(mistakes.why(PAPER));
    let how = Field::new(frame.lang, BY, frame.say(HOW)).wrong(mistakes.why(BY));
    let ways = [
        (POST.to_owned(), frame.say(["Qua bưu điện", "By post"]).to_owned()),
        (DESK.to_owned(), frame.say(["Đem đến Bộ phận Một cửa", "I bring them to the desk"]).to_owned()),
    ];
    html! {
        form method="post" novalidate action=(frame.way(&path::of_link(token))) {
            input type="hidden" name=(SEEN) value=(all.opened.dossier.version);
            @if !papers.is_empty() { (which.group(&html! {
                @for (place, code) in papers.iter().enumerate() {
                    label {
                        input type="checkbox" id=[(place == 0).then_some(PAPER)] name=(PAPER) value=(code) checked;
                        bdi { (all.opened.paper(frame, code)) }
                    }
                }
            })) }
            (how.choice(BY, &ways, Some(POST), false))
            p { button.main { (frame.say(["Báo cho cơ quan", "Tell the office"])) } }
            p.small.soft { (frame.say([
                "Báo trước để cơ quan chờ; giấy tờ chỉ được tính khi có biên bản giao nhận. Báo lại được bất cứ lúc nào.",
                "The office then waits for them; they count once there are hand-over minutes. You can tell it anew at any time.",
            ])) }
        }
    }
}
