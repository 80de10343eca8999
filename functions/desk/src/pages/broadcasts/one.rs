//! One broadcast: its state, what to do next, its numbers, its texts, and who did what.

use maud::{Markup, html};
use motcua::store::People;
use rules::broadcast::{Act, Broadcast, Refusal, Stage};
use rules::http::{Reply, Response};
use rules::limits::LONGEST_TEXT;
use rules::vietnam;

use super::numbers::{self, With};
use super::{ROOT, found, may_act, settings, tone};
use crate::pages::layout::{Frame, Place, framed};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::words::named;
use ::pages::part::button::{Weight, link, row, send};
use ::pages::part::errors::{Mistakes, NOT_RECORDED};
use ::pages::part::field::{Field, Line};
use ::pages::part::notice::Notice;
use ::pages::part::tag::tag;

/// Seconds after which a page of something that moves is shown anew.
const REFRESH_S: &str = "20";

pub(super) async fn show(
    visit: &Visit<'_>,
    number: u32,
    (status, mistakes): (u16, Option<&Mistakes>),
) -> Result<Response, Problem> {
    let Visit { frame, .. } = *visit;
    let it = found(visit, number).await?;
    let (people, before) = tokio::join!(visit.people(), before(visit, &it));
    let (people, before) = (people?, before?);
    let with = With::of(visit, &it);
    let notice = match it.notice {
        Some(notice) => visit.site.recorder.store().notice(&visit.staff.agency, notice).await?,
        None => None,
    };
    let known = matches!(it.stage, Stage::Ready | Stage::Sending | Stage::Stopped | Stage::Done);
    let content = html! {
        @if let Some(mistakes) = mistakes { (mistakes.summary(frame.lang, NOT_RECORDED)) }
        (done(visit))
        p { (tag(tone(it.stage), frame.lang.pick(it.stage.said()))) }
        (waits(frame, &it, before))
        @if may_act(visit) { (next(visit, &it, mistakes)) }
        @if matches!(it.stage, Stage::Sending | Stage::Stopped | Stage::Done) || it.report.ended() > 0 {
            h2 { (frame.say("Tiến độ", "Progress")) }
            (numbers::progress(frame, &it))
        }
        @if known {
            h2 { (frame.say("Người nhận", "Receivers")) }
            (numbers::preview(frame, &it, &with))
        }
        @if let Some(notice) = &notice {
            p { (frame.say("Về thông báo số", "About notice")) " " a href={ "/desk/notices/" (notice.number) } {
                (notice.number) ": " (notice.told(frame.lang).0.title)
            } }
        }
        h2 { (frame.say("Nội dung gửi đi", "The texts as they leave")) }
        (numbers::texts(frame, &it, &with))
        h2 { (frame.say("Gửi cho ai", "Whom it is for")) }
        (audience(frame, &it))
        h2 { (frame.say("Đã làm", "What was done")) }
        (history(frame, &it, &people))
        p { a href=(ROOT) { (frame.say("Về danh sách", "Back to the list")) } }
    };
    let title = format!("{} {number}", frame.say("Tin số", "Broadcast"));
    let page = framed(status, frame, Place::Broadcasts, &title, &content);
    // Not while somebody may be typing a reason: a page that waits for a person does not move.
    Ok(if it.stage.moves() && status == 200 { page.with_header("refresh", REFRESH_S) } else { page })
}

/// The number of the broadcast that this one waits for.
async fn before(visit: &Visit<'_>, it: &Broadcast) -> Result<Option<u32>, Problem> {
    if it.stage != Stage::Sending {
        return Ok(None);
    }
    let moving = visit.site.recorder.store().moving_broadcasts(&visit.staff.agency).await?;
    Ok(moving.iter().find(|other| other.stage == Stage::Sending && other.number < it.number).map(|other| other.number))
}

fn done(visit: &Visit<'_>) -> Markup {
    let frame = visit.frame;
    let asked = visit.asked();
    let act = Act::ALL.into_iter().find(|act| asked.get("done") == Some(act.name()));
    html! { @if let Some(act) = act {
        (Notice::Done.of(&html! { p { strong { (frame.say("Đã ghi", "Recorded")) ": " (frame.lang.pick(act.said())) "." } } }))
    } }
}

/// Why nothing leaves at this moment.
fn waits(frame: &Frame, it: &Broadcast, before: Option<u32>) -> Markup {
    let told = |content: Markup| Notice::Told.of(&html! { p { (content) } });
    match (it.stage, before, &it.wait) {
        (Stage::Sending, Some(other), _) => told(html! {
            (frame.say("Chờ gửi xong", "It waits for")) " "
            a href={ (ROOT) "/" (other) } { (frame.say("tin số", "broadcast")) " " (other) }
            (frame.say(" rồi mới gửi.", " to end."))
        }),
        (Stage::Sending, None, Some(wait)) if wait.until > frame.now => {
            let why = match wait.why.as_str() {
                "daily_cap" => frame.say("Đã hết số tin của hôm nay.", "The messages of the day are used up."),
                _ => frame.say("Ban đêm không nhắn tin.", "No telephone rings at night."),
            };
            told(
                html! { (why) " " (frame.say("Gửi tiếp từ", "It goes on from")) " " (vietnam::date_time(wait.until)) "." },
            )
        }
        (Stage::Gathering, ..) => told(html! { (frame.say(
            "Đang xem các hồ sơ để lập danh sách người nhận. Trang tự tải lại.",
            "The dossiers are looked through for receivers. The page shows itself anew.",
        )) }),
        _ => html! {},
    }
}

/// Acts that are possible now, the likeliest first.
fn next(visit: &Visit<'_>, it: &Broadcast, mistakes: Option<&Mistakes>) -> Markup {
    let frame = visit.frame;
    let button = |act: Act, weight: Weight, words: [&str; 2]| {
        html! { form method="post" action={ (ROOT) "/" (it.number) } novalidate {
            (hidden(frame, it, act)) (send(weight, frame.lang.pick(words)))
        } }
    };
    let cancel = || button(Act::Cancel, Weight::Quiet, ["Hủy tin này", "Cancel it"]);
    match it.stage {
        Stage::Drafted => row(&html! {
            (button(Act::Gather, Weight::Main, ["Lập danh sách người nhận", "Find the receivers"]))
            (link(Weight::Second, &format!("{ROOT}/{}/edit", it.number), frame.say("Sửa", "Change"), None))
            (cancel())
        }),
        Stage::Gathering => html! { (give_back(frame, it, mistakes)) (row(&cancel())) },
        Stage::Ready => {
            let reached = it.figures.people - it.figures.unreachable.values().sum::<u64>();
            let refused = it.may_be_released_by(&visit.staff.subject, &settings(visit)).err();
            html! {
                @match refused {
                    None => (row(&button(Act::Release, Weight::Main, [
                        &format!("Duyệt gửi cho {reached} người"), &format!("Release to {reached} people"),
                    ]))),
                    Some(why) => (not_released(frame, &why)),
                }
                (give_back(frame, it, mistakes))
                (row(&cancel()))
            }
        }
        Stage::Sending => row(&button(Act::Stop, Weight::Second, ["Dừng gửi", "Stop"])),
        Stage::Stopped => row(&html! {
            (button(Act::Continue, Weight::Main, ["Gửi tiếp", "Continue"])) (cancel())
        }),
        Stage::Done | Stage::Cancelled => html! {},
    }
}

fn not_released(frame: &Frame, why: &Refusal) -> Markup {
    let [vi, en] = why.said();
    Notice::Warning.of(&html! { p { (frame.lang.pick([&vi, &en])) } })
}

fn hidden(frame: &Frame, it: &Broadcast, act: Act) -> Markup {
    html! {
        (frame.csrf_field())
        input type="hidden" name="act" value=(act.name());
        input type="hidden" name="round" value=(it.round);
    }
}

/// The form that gives it back to be changed.
fn give_back(frame: &Frame, it: &Broadcast, mistakes: Option<&Mistakes>) -> Markup {
    let label = frame.say("Lý do trả lại", "Reason");
    let wrong = mistakes.and_then(|mistakes| mistakes.why("reason"));
    let field = Field::new(frame.lang, "reason", label).wrong(wrong);
    let line = Line { name: "reason", longest: Some(LONGEST_TEXT), ..Line::default() };
    html! { form.sheet method="post" action={ (ROOT) "/" (it.number) } novalidate {
        (hidden(frame, it, Act::Return))
        (field.line(&line))
        (send(Weight::Second, frame.say("Trả lại để sửa", "Return it to be changed")))
    } }
}

fn audience(frame: &Frame, it: &Broadcast) -> Markup {
    let audience = &it.audience;
    let all = || frame.say("tất cả", "all").to_owned();
    let joined = |words: Vec<String>| if words.is_empty() { all() } else { words.join(", ") };
    let filings = audience.filings.iter().map(|filing| frame.lang.pick(crate::words::filing(*filing)).to_owned());
    let parts = audience.parts.iter().map(|part| frame.lang.pick(part.said()).to_owned());
    html! { ul {
        li { (frame.say("Thủ tục", "Procedures")) ": " (joined(audience.procedures.clone())) }
        li { (frame.say("Hồ sơ đang ở", "Dossiers")) ": " (joined(parts.collect())) }
        li { (frame.say("Cách nộp", "Filed")) ": " (joined(filings.collect())) }
        li { (frame.say("Cách nhận kết quả", "Result")) ": " (frame.lang.pick(audience.post.said())) }
    } }
}

fn history(frame: &Frame, it: &Broadcast, people: &People) -> Markup {
    html! { ul { @for acted in it.acted.iter().rev() { li {
        (vietnam::date_time(acted.at)) " · "
        @if let Some(by) = &acted.by { bdi { (named(by, people, frame.lang)) } ": " }
        (frame.lang.pick(acted.act.said()))
        @if let Some(reason) = &acted.reason { ". " bdi { (reason) } }
    } } } }
}
