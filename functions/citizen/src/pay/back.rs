//! The page to which a gateway sends its payer back. It changes nothing and believes nothing of what the gateway wrote into
//! the address: what counts is what the gateway's own message told the office.

use maud::{Markup, html};
use motcua::site::Site;
use motcua::store::Error;
use pages::part::notice::Notice;
use rules::dossier::{Dossier, Event, FeeState, Recorded, Stage};
use rules::http::{Reply, Response};
use rules::id::Reference;
use rules::language::Both;
use rules::vnd::Vnd;

use crate::beside;
use crate::frame::Frame;
use crate::path;
use crate::problem::Problem;

/// Name in the query that counts how often the page has asked again.
pub(crate) const ASKED: &str = "again";
/// How often it does so by itself. A gateway's message comes within seconds, or after minutes.
const MOST: u32 = 12;
/// Seconds between two of them.
const EVERY: u32 = 5;

/// The standing of a payment, as far as the office knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// The fee is paid.
    Paid(Vnd),
    /// Part of it came in.
    Part(Vnd),
    /// The gateway says that it failed.
    Failed,
    /// Nothing came yet.
    Nothing,
    /// It is not owed any more, or the dossier is over.
    NotOwed,
}

/// Shows the page.
pub(crate) async fn came_back(
    site: &Site,
    frame: &Frame<'_>,
    text: &str,
    asked: Option<&str>,
) -> Result<Response, Problem> {
    let reference = path::reference(text).ok_or(Problem::NotFound)?;
    let (read, ()) = tokio::join!(Box::pin(read(site, frame, reference)), frame.learn(site));
    let (dossier, history) = read?.ok_or(Problem::NotFound)?;
    let known = known(&dossier, &history, reference.attempt).ok_or(Problem::NotFound)?;
    let asked = asked.and_then(|asked| asked.parse::<u32>().ok()).unwrap_or(0).min(MOST);
    let waits = known == Known::Nothing;
    let title = frame.say(title(known));
    let here = format!("/pay/{reference}");
    let content = html! {
        h1 { (title) }
        p { (frame.say(["Hồ sơ ", "Dossier "])) span.wide { (dossier.called()) } }
        (told(frame, known, asked))
        @if beyond(&history) { (Notice::Warning.of(&html! { p { (frame.say([
            "Có khoản nộp thừa hoặc nộp hai lần. Cơ quan giữ riêng khoản này và sẽ liên hệ để trả lại.",
            "More came in than was owed, or it was paid twice. The office keeps it apart and will contact you to give it back.",
        ])) } })) }
        @if waits { p { a.button href=(frame.way(&here)) { (frame.say(["Kiểm tra lại", "Check again"])) } } }
        p { a href=(frame.way(&path::of_dossier(reference.id))) { (frame.say([
            "Xem tình trạng hồ sơ", "The state of the dossier",
        ])) } }
        (beside::call_me(frame, reference.id))
    };
    let page = frame.page(200, title, &content);
    if !waits || asked >= MOST {
        return Ok(page);
    }
    let next = frame.way_to(&here, &[(ASKED, asked + 1)]);
    Ok(page.with_header("refresh", format!("{EVERY}; url={next}")))
}

/// The state and what was recorded of it, as they are now. People are not read.
async fn read(site: &Site, frame: &Frame<'_>, of: Reference) -> Result<Option<(Dossier, Vec<Recorded>)>, Error> {
    let (store, agency) = (site.recorder.store(), frame.agency.key());
    let (loaded, history) = tokio::join!(store.load(agency, of.id, &[]), store.whole_history(agency, of.id));
    let Some(dossier) = loaded?.dossier else { return Ok(None) };
    Ok(Some((dossier, history?)))
}

/// Returns where an attempt stands; `None` if there is no such attempt.
fn known(dossier: &Dossier, history: &[Recorded], attempt: u8) -> Option<Known> {
    let (fee, debt) = (dossier.attempt(attempt)?, dossier.debt(attempt)?);
    let is_over = matches!(dossier.stage, Stage::NotAccepted | Stage::Withdrawn | Stage::Closed(_));
    Some(match debt.state {
        FeeState::Paid => Known::Paid(debt.amount_vnd),
        FeeState::Waived => Known::NotOwed,
        FeeState::Open | FeeState::Superseded if is_over => Known::NotOwed,
        FeeState::Open | FeeState::Superseded if fee.paid_vnd > Vnd::ZERO => Known::Part(debt.missing_vnd()),
        FeeState::Open | FeeState::Superseded if has_failed(history, attempt) => Known::Failed,
        FeeState::Open | FeeState::Superseded => Known::Nothing,
    })
}

/// Whether the last thing that a gateway told of an attempt is a failure.
fn has_failed(history: &[Recorded], attempt: u8) -> bool {
    let events = history.iter().flat_map(|commit| &commit.events).rev();
    let mut told = events.filter_map(|event| match event {
        Event::PaymentFailed { attempt: of, .. } if *of == attempt => Some(true),
        Event::FeeAsked { attempt: of, .. } if *of == attempt => Some(false),
        _ => None,
    });
    told.next().unwrap_or(false)
}

/// Whether money came in that pays nothing.
fn beyond(history: &[Recorded]) -> bool {
    history.iter().flat_map(|commit| &commit.events).any(|event| match event {
        Event::PaymentSetAside { .. } => true,
        Event::FeePaid { surplus_vnd, .. } => surplus_vnd.is_some(),
        _ => false,
    })
}

fn title(known: Known) -> Both {
    match known {
        Known::Paid(_) => ["Đã nhận được tiền", "The money has come in"],
        Known::Part(_) => ["Đã nhận một phần tiền", "Part of the money has come in"],
        Known::Failed => ["Nộp tiền không thành", "The payment failed"],
        Known::Nothing => ["Đang kiểm tra khoản nộp", "The payment is being checked"],
        Known::NotOwed => ["Không phải nộp nữa", "It is not owed any more"],
    }
}

fn told(frame: &Frame<'_>, known: Known, asked: u32) -> Markup {
    match known {
        Known::Paid(amount) => Notice::Done.of(&html! { p {
            (frame.say(["Cơ quan đã thu ", "The office has collected "])) strong.nowrap { (amount) } ". "
            (frame.say([
                "Không phải nộp nữa. Xác nhận thanh toán có ở trang hồ sơ.",
                "Do not pay again. The payment confirmation is on the dossier's page.",
            ]))
        } }),
        Known::Part(missing) => Notice::Warning.of(&html! { p {
            (frame.say(["Còn phải nộp ", "Still to pay: "])) strong.nowrap { (missing) } "."
        } }),
        Known::Failed => Notice::Bad.of(&html! { p { (frame.say([
            "Cổng thanh toán báo lần nộp này không thành. Chưa có khoản nào vào hồ sơ. Có thể nộp lại từ trang hồ sơ.",
            "The gateway says that this payment failed. Nothing came in. You can pay again from the dossier's page.",
        ])) } }),
        Known::Nothing => html! {
            p { strong { (frame.say(["Xin đừng nộp lần nữa.", "Please do not pay again."])) } }
            p { (frame.say(if asked < MOST {
                [
                    "Cơ quan đang chờ cổng thanh toán báo. Trang này tự kiểm tra lại sau năm giây.",
                    "The office waits for the gateway's message. This page asks again every five seconds.",
                ]
            } else {
                [
                    "Cổng thanh toán chưa báo. Có khi phải chờ một giờ; khi nhận được tiền, cơ quan sẽ nhắn tin.",
                    "The gateway has not told yet. It may take an hour; when the money is in, the office sends a message.",
                ]
            })) }
        },
        Known::NotOwed => html! { p { (frame.say([
            "Khoản này không phải nộp nữa. Nếu đã nộp, cơ quan sẽ liên hệ để trả lại.",
            "This fee is not owed any more. If you paid, the office will contact you to give it back.",
        ])) } },
    }
}
