//! The list itself.

use maud::{Markup, html};
use motcua::store::Did;
use rules::calls::{AskedFor, Call};
use rules::http::{Response, query};
use rules::vietnam;

use super::post::to_post;
use super::{ROOT, progress};
use crate::api::calls::shown::{self, About, Shown, Unanswered, Unheard};
use crate::pages::dossier::waited;
use crate::pages::layout::{Frame, Place, page};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::words::{outcome, unsent, unusable};
use ::pages::form::Form;
use ::pages::part::notice::Notice;
use ::pages::part::pager::pager;
use ::pages::part::phone;
use ::pages::part::tabs::{Tab, tabs};
use ::pages::part::tag::{Tone, tag};
use rules::person::Outcome;

/// The dossiers that a line of the list shows; the others are on the page of the person.
const MOST_DOSSIERS: usize = 5;

/// Part of the list, by what is needed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Anything,
    Call,
    Mend,
    Letter,
    Post,
}

impl Need {
    const ALL: [Self; 5] = [Self::Anything, Self::Call, Self::Mend, Self::Letter, Self::Post];

    fn path(self) -> &'static str {
        match self {
            Self::Anything => "",
            Self::Call => "call",
            Self::Mend => "mend",
            Self::Letter => "letter",
            Self::Post => "post",
        }
    }

    fn name(self) -> [&'static str; 2] {
        match self {
            Self::Anything => ["Tất cả", "All"],
            Self::Call => ["Gọi điện", "To call"],
            Self::Mend => ["Sửa số điện thoại", "To mend the number"],
            Self::Letter => ["Gửi thư", "To send a letter"],
            Self::Post => ["Hỏi nhận kết quả tại nhà", "To ask about the post"],
        }
    }

    fn takes(self, shown: &Shown) -> bool {
        match self {
            Self::Anything => true,
            Self::Mend => shown.is_to_be_mended(),
            Self::Letter => !shown.is_to_be_mended() && shown.kept.call.wants_a_letter(),
            Self::Post => shown.unanswered.iter().any(|it| it.asked.what == AskedFor::Return),
            Self::Call => !shown.is_to_be_mended() && !shown.kept.call.wants_a_letter(),
        }
    }
}

pub(super) async fn show(visit: &Visit<'_>, asked: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let wanted = asked.get("need").unwrap_or_default();
    let need = Need::ALL.into_iter().find(|need| need.path() == wanted).ok_or(Problem::NotFound)?;
    let mine = asked.get("mine").is_some();
    let page_of = site.recorder.store().calls(&staff.agency, asked.get("after"), now).await?;
    let page_of = page_of.ok_or(Problem::NotFound)?;
    let mut people = shown::of(site, &staff.agency, page_of.calls).await?;
    people.retain(|it| need.takes(it) && (!mine || it.is_held_by(&staff.subject)));
    visit.audits(Did::SawCalls { shown: people.len() }).await?;
    let progress = if need == Need::Post { progress::shown(visit).await? } else { Markup::default() };
    let next = page_of.next.map(|next| address(need, mine, Some(&next)));
    let first = asked.get("after").map(|_| address(need, mine, None));
    let content = html! {
        (done(frame, asked, &to_post(visit, asked).await?))
        p { (frame.say(
            "Những người mà tin nhắn không đến được, hoặc đã được hỏi mà chưa trả lời. Gọi một lần cho mọi hồ sơ của một người, việc gấp trước.",
            "People whom a message did not reach, or who were asked and have not answered. One call is for all dossiers of a person; the urgent come first.",
        )) }
        (filters(frame, need, mine))
        (progress)
        @if people.is_empty() { p { (empty(frame, next.is_some())) } } @else { (table(frame, &people)) }
        (pager(frame.lang, first.as_deref(), next.as_deref()))
    };
    Ok(page(frame, Place::Calls, frame.say("Cần gọi điện", "To call"), &content))
}

fn empty(frame: &Frame, goes_on: bool) -> &str {
    match goes_on {
        true => frame.say("Không có ai ở trang này; còn trang sau.", "Nobody on this page; there is another."),
        false => frame.say("Không có ai cần gọi.", "Nobody is to be called."),
    }
}

fn address(need: Need, mine: bool, after: Option<&str>) -> String {
    let after = after.map(|after| query::encode(after.as_bytes()));
    let pairs = [
        Some(need.path()).filter(|path| !path.is_empty()).map(|path| format!("need={path}")),
        mine.then(|| "mine=1".to_owned()),
        after.map(|after| format!("after={after}")),
    ];
    let asked: Vec<_> = pairs.into_iter().flatten().collect();
    if asked.is_empty() { ROOT.to_owned() } else { format!("{ROOT}?{}", asked.join("&")) }
}

/// What was just recorded.
fn done(frame: &Frame, asked: &Form, next: &Markup) -> Markup {
    let recorded = asked.get("done").and_then(Outcome::named);
    html! { @if let Some(it) = recorded {
        (Notice::Done.of(&html! { p { strong { (frame.say("Đã ghi", "Recorded")) ": " (frame.lang.pick(outcome(it))) "." } } (next) }))
    } }
}

fn filters(frame: &Frame, open: Need, mine: bool) -> Markup {
    let tab = |need: Need| Tab {
        href: address(need, mine, None),
        name: need.name(),
        count: None,
        presses: false,
        open: need == open,
    };
    let label = frame.say("Cần làm gì", "What is needed");
    html! {
        (tabs(frame.lang, label, &Need::ALL.map(tab)))
        p {
            @if mine {
                (frame.say("Chỉ hồ sơ của tôi.", "My dossiers only.")) " "
                a href=(address(open, false, None)) { (frame.say("Xem của mọi người", "Show everybody's")) }
            } @else {
                a href=(address(open, true, None)) { (frame.say("Chỉ xem hồ sơ của tôi", "Show my dossiers only")) }
            }
        }
    }
}

fn table(frame: &Frame, people: &[Shown]) -> Markup {
    let [who, what, state] = [
        frame.say("Người cần gọi", "Person"),
        frame.say("Hồ sơ và việc cần báo", "Dossiers, and what to tell"),
        frame.say("Tình trạng", "State"),
    ];
    html! { div.list { table.rows id="calls" {
        thead { tr { @for head in [who, what, state, ""] { th scope="col" { (head) } } } }
        tbody { @for it in people { tr {
            td data-name=(who) { (person(frame, it)) }
            td.wide data-name=(what) {
                @for about in it.dossiers.iter().take(MOST_DOSSIERS) { div.wide { (line(frame, about)) } }
                @if let Some(more @ 1..) = it.dossiers.len().checked_sub(MOST_DOSSIERS) {
                    small { (frame.say("và", "and")) " " (more) " " (frame.say("hồ sơ khác", "other dossiers")) }
                }
                @for it in &it.broadcasts { div.wide { (unheard(frame, it)) } }
                @for it in it.questions().take(MOST_DOSSIERS) { div.wide { (asked_of(frame, it)) } }
            }
            td data-name=(state) { (state_of(frame, it)) }
            td { a href={ (ROOT) "/" (it.name) } { (frame.say("Ghi kết quả", "Record")) span.unseen { " " (whose(frame, it)) } } }
        } } }
    } } }
}

/// Name of the person.
pub(super) fn whose<'s>(frame: &'s Frame, it: &'s Shown) -> &'s str {
    let name = it.party.as_ref().map(|party| party.name.as_str()).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| frame.say("không còn lưu tên", "no name on record"))
}

/// Name of the person, and the number to be called.
fn person(frame: &Frame, it: &Shown) -> Markup {
    html! { strong { bdi { (whose(frame, it)) } } br; (number(frame, it)) }
}

/// The number to be called, or what was written in its place.
pub(super) fn number(frame: &Frame, it: &Shown) -> Markup {
    let written = it.party.as_ref().and_then(|party| party.phone.as_deref());
    html! {
        @match (it.phone(), written) {
            (Some(number), _) => a href={ "tel:" (number.expose()) } { (phone::shown(number.expose())) },
            (None, Some(written)) => bdi { (written) },
            (None, None) => (frame.say("chưa có số điện thoại", "no telephone number")),
        }
    }
}

/// A dossier: its code, what the person is to be told, and why the message did not arrive.
pub(super) fn line(frame: &Frame, about: &About) -> Markup {
    let called = about.dossier.as_ref().map_or(about.id.as_str(), |dossier| dossier.called());
    html! {
        a.code href={ "/desk/dossiers/" (about.id) } { (called) } " "
        (frame.lang.pick([&about.told[0], &about.told[1]])) " "
        small { (frame.say("Chưa báo được vì", "Not told:")) " " (unsent(&about.untold.reason, frame.lang)) ", " (waited(frame, about.untold.since)) "." }
    }
}

/// The question whether the result is to come by post, which the person has not answered, or their wish to be called.
pub(super) fn asked_of(frame: &Frame, it: &Unanswered) -> Markup {
    let called = it.dossier.as_ref().map_or(it.asked.id.as_str(), |dossier| dossier.called());
    let said = match it.asked.what {
        AskedFor::Return => None,
        AskedFor::Call => {
            Some(["Người dân đề nghị gọi lại, qua trang tra cứu.", "Wishes to be called, by the public page."])
        }
        AskedFor::Missing => Some([
            "Người dân báo chưa nhận được kết quả mà bưu điện báo đã phát.",
            "Says that the result did not arrive, which the post says was delivered.",
        ]),
        AskedFor::Damaged => {
            Some(["Người dân báo kết quả bị hỏng, thiếu hoặc ướt.", "Says that the result is damaged."])
        }
        AskedFor::Address => Some([
            "Người dân muốn nhận kết quả ở xã, phường khác; xác nhận địa chỉ với người dân.",
            "Wants the result in another commune: confirm the address with them.",
        ]),
    };
    if let Some(said) = said {
        return html! {
            a.code href={ "/desk/dossiers/" (it.asked.id) } { (called) } " " (frame.lang.pick(said)) " "
            small { (waited(frame, it.asked.since)) "." }
        };
    }
    html! {
        a.code href={ "/desk/dossiers/" (it.asked.id) } { (called) } " "
        (frame.say("Hỏi có nhận kết quả tại nhà qua bưu điện không, và địa chỉ đúng.", "Ask whether the result is to come by post, and the right address.")) " "
        small { (frame.say("Đã nhắn tin hỏi, chưa trả lời,", "Asked by a message, not answered,")) " " (waited(frame, it.asked.since)) "." }
    }
}

/// A broadcast that did not reach the person.
pub(super) fn unheard(frame: &Frame, it: &Unheard) -> Markup {
    html! {
        (frame.lang.pick([&it.told[0], &it.told[1]])) " "
        small {
            a href={ "/desk/broadcasts/" (it.wanted.broadcast) } { (frame.say("Tin số", "Broadcast")) " " (it.wanted.broadcast) } ". "
            (frame.say("Chưa báo được vì", "Not told:")) " " (unsent(&it.wanted.reason, frame.lang)) ", " (waited(frame, it.wanted.since)) "."
        }
    }
}

/// What is known of the person, and what is to be done first.
pub(super) fn state_of(frame: &Frame, it: &Shown) -> Markup {
    let call: &Call = &it.kept.call;
    let today = vietnam::day(frame.now);
    let act_by = call.untold.iter().filter_map(|it| it.act_by).min();
    let late = call.untold.iter().filter_map(|it| it.due_on).any(|due| due < today);
    let mut tags: Vec<(Tone, String)> = Vec::new();
    let mut add = |tone, [vi, en]: [&str; 2]| tags.push((tone, frame.lang.pick([vi, en]).to_owned()));
    if let Some(day) = act_by {
        let tone = if day <= today { Tone::Red } else { Tone::Amber };
        let day = vietnam::written(day);
        add(tone, [&format!("phải làm trước hết ngày {day}"), &format!("to act by {day}")]);
    }
    if late {
        add(Tone::Red, ["hồ sơ quá hạn", "late dossier"]);
    }
    match call.unusable {
        Some(why) => add(Tone::Amber, unusable(why)),
        None if it.phone().is_none() => add(Tone::Amber, ["cần sửa số điện thoại", "the number is to be mended"]),
        None => {}
    }
    if call.interpreter {
        add(Tone::Blue, ["cần người phiên dịch", "needs an interpreter"]);
    }
    if call.cannot_read {
        add(Tone::Blue, ["không đọc được chữ", "cannot read"]);
    }
    if call.wants_a_letter() {
        add(Tone::Amber, ["ba ngày không nghe máy, nên gửi thư", "no answer on three days: send a letter"]);
    }
    html! {
        @for (tone, words) in &tags { div { (tag(*tone, words)) } }
        @if let Some(at) = call.wakes_at {
            div { (frame.say("gọi lại từ", "to be called from")) " " (vietnam::date_time(at)) }
        }
        @if let Some(last) = &call.last {
            div { small { (frame.say("Lần trước", "Last")) ": " (frame.lang.pick(outcome(last.outcome))) ", " (vietnam::date_time(last.at)) } }
        }
    }
}
