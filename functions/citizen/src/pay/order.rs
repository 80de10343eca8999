//! The page of a fee: how much, what for, until when, and the ways to pay it.

use maud::{Markup, PreEscaped, html};
use motcua::checkout::Checkout;
use motcua::site::Site;
use pages::part::facts;
use pages::part::notice::Notice;
use rules::dossier::{Awaited, Debt, Event, FeeState, Stage};
use rules::gateway::vietqr;
use rules::http::Response;
use rules::id::DossierId;
use rules::language::Both;
use rules::vietnam;

use super::{FRESH, back_to};
use crate::all::{self, All, By, PAY};
use crate::frame::Frame;
use crate::path;
use crate::problem::Problem;

const TITLE: Both = ["Nộp phí, lệ phí", "Pay a fee"];

/// Shows the page of an attempt.
pub(crate) async fn shown(
    site: &Site,
    frame: &Frame<'_>,
    (id, by): (DossierId, By<'_>),
    attempt: u8,
) -> Result<Response, Problem> {
    let all = all::read(site, frame, id).await?;
    let debt = all.opened.dossier.debt(attempt).ok_or(Problem::NotFound)?;
    Ok(page(site, frame, &all, (&debt, by)))
}

/// Shows what a link to pay leads to: the fee that is asked for, or what became of it.
pub(crate) async fn of_link(site: &Site, frame: &Frame<'_>, id: DossierId, by: By<'_>) -> Result<Response, Problem> {
    let all = all::read(site, frame, id).await?;
    let debts: Vec<_> = all.opened.dossier.debts().collect();
    let open = debts.iter().find(|debt| debt.state == FeeState::Open && all.asked(debt).is_some());
    match open.or_else(|| debts.iter().find(|debt| debt.state == FeeState::Open)).or(debts.last()) {
        Some(debt) => Ok(page(site, frame, &all, (debt, by))),
        None => Ok(told(frame, (NOTHING_ASKED, 200), &html! {}, by, &all)),
    }
}

/// The standing of a fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// It can be paid by this attempt.
    Open(u8),
    /// No channel was chosen for it yet.
    NotAsked,
    /// It is paid.
    Paid,
    /// It is not owed any more.
    Waived,
    /// The dossier is over.
    Over,
}

fn stands(all: &All, debt: &Debt) -> Stands {
    let is_over = matches!(all.opened.dossier.stage, Stage::NotAccepted | Stage::Withdrawn | Stage::Closed(_));
    match debt.state {
        FeeState::Paid => Stands::Paid,
        FeeState::Waived => Stands::Waived,
        FeeState::Open | FeeState::Superseded if is_over => Stands::Over,
        FeeState::Open | FeeState::Superseded => all.asked(debt).map_or(Stands::NotAsked, Stands::Open),
    }
}

const NOTHING_ASKED: Both = ["Hồ sơ này không có khoản phải nộp", "Nothing is to be paid for this dossier"];

fn page(site: &Site, frame: &Frame<'_>, all: &All, (debt, by): (&Debt, By<'_>)) -> Response {
    let id = all.opened.dossier.id;
    let attempt = match stands(all, debt) {
        Stands::Open(attempt) => attempt,
        Stands::Paid => {
            let way = frame.way(&format!("{}/paid/{}", by.path(), debt.fee));
            let more = html! {
                p { (facts_of(frame, all, debt)) }
                p { a.button href=(way) { (frame.say(["Xác nhận thanh toán", "Payment confirmation"])) } }
                (twice(frame, all))
            };
            return told(frame, (["Khoản này đã nộp", "This fee is paid"], 200), &more, by, all);
        }
        Stands::Waived => {
            let title = ["Khoản này được miễn", "This fee is not owed any more"];
            return told(
                frame,
                (title, 200),
                &html! { p { (frame.say(["Không phải nộp.", "There is nothing to pay."])) } },
                by,
                all,
            );
        }
        Stands::Over => {
            let why = html! { p { (frame.say([
                "Hồ sơ đã kết thúc: xin đừng nộp. Nếu đã nộp, cơ quan sẽ liên hệ để trả lại.",
                "The dossier is over: please do not pay. If you paid, the office will contact you to give it back.",
            ])) } };
            return told(frame, (["Không nộp được nữa", "It cannot be paid any more"], 410), &why, by, all);
        }
        Stands::NotAsked => {
            let why = html! {
                p { (facts_of(frame, all, debt)) }
                p { (frame.say([
                    "Cơ quan chưa mở cách nộp trực tuyến cho khoản này. Hãy gọi cơ quan, hoặc nộp tại Bộ phận Một cửa.",
                    "No way to pay this online was opened yet. Call the office, or pay at the one-stop desk.",
                ])) }
            };
            return told(frame, (TITLE, 200), &why, by, all);
        }
    };
    let content = html! {
        h1 { (frame.say(TITLE)) }
        p { (frame.say(["Hồ sơ ", "Dossier "])) span.wide { (all.opened.dossier.called()) } }
        (facts_of(frame, all, debt))
        (ways(site, frame, all, (attempt, by)))
        (back(frame, by, id))
        (all.foot(frame, by))
    };
    frame.page(200, frame.say(TITLE), &content)
}

/// The debt: its purpose, amount and last day.
fn facts_of(frame: &Frame<'_>, all: &All, debt: &Debt) -> Markup {
    let mut known = vec![(frame.say(["Khoản", "Fee"]), html! { bdi lang="vi" { (all.fee(frame, debt.fee)) } })];
    let owed = debt.missing_vnd();
    let is_open = debt.state == FeeState::Open;
    let (name, sum) =
        if is_open { (["Phải nộp", "To pay"], owed) } else { (["Số tiền", "Amount"], debt.amount_vnd) };
    known.push((frame.say(name), html! { strong.nowrap { (sum) } }));
    if is_open && debt.paid_vnd > rules::vnd::Vnd::ZERO {
        known.push((frame.say(["Đã nộp một phần", "Paid so far"]), html! { (debt.paid_vnd) }));
    }
    let of_fee = |thing: &&Awaited| thing.attempt == Some(debt.fee);
    let wait = all.opened.dossier.awaited().iter().find(of_fee).and_then(|thing| thing.wait);
    if let Some(wait) = wait {
        let day = html! { (frame.say(["hết ngày ", "the end of "])) (vietnam::written(wait.last_day())) };
        known.push((frame.say(["Nộp đến", "Until"]), day));
    }
    facts::summary(&known)
}

/// The order that is open, or the button that opens one.
fn ways(site: &Site, frame: &Frame<'_>, all: &All, (attempt, by): (u8, By<'_>)) -> Markup {
    let order = current(all, attempt, frame);
    html! {
        @match order {
            Some(order) => (way(site, frame, order)),
            None => p { (frame.say([
                "Bấm nút dưới đây để mở đơn nộp tiền, có hiệu lực một giờ.",
                "Press the button to open an order, which is good for one hour.",
            ])) }
        }
        @if by.acts() {
            form method="post" action=(frame.way(&by.path())) {
                @if order.is_some() { input type="hidden" name=(FRESH) value="1"; }
                button.main[order.is_none()] name=(PAY) value=(attempt) {
                    (frame.say(if order.is_some() {
                        ["Lần trước không thành: mở đơn khác", "The last try failed: open another order"]
                    } else {
                        ["Nộp trực tuyến", "Pay online"]
                    }))
                }
            }
        }
        h2 { (frame.say(["Sau đó thế nào", "What happens then"])) }
        p { (frame.say([
            "Cổng thanh toán báo cho cơ quan trong vài phút; cơ quan nhắn tin xác nhận và hồ sơ được tính tiếp. Chỉ nộp một lần.",
            "The gateway tells the office within minutes; the office confirms it by a message, and the dossier goes on. Pay only once.",
        ])) }
    }
}

/// The last order of an attempt, as long as it can be paid and no failure was recorded since.
fn current<'a>(all: &'a All, attempt: u8, frame: &Frame<'_>) -> Option<&'a Checkout> {
    let last = all.orders.iter().filter(|order| order.attempt == attempt).max_by_key(|order| order.order)?;
    let since = all.history.iter().filter(|commit| commit.recorded_at >= last.opened_at);
    let failed = since.flat_map(|commit| &commit.events).any(|event| {
        matches!(event, Event::PaymentFailed { attempt: of, channel, .. } if *of == attempt && *channel == last.channel)
    });
    (last.page.is_some() && last.expires_at > frame.now && !failed).then_some(last)
}

fn way(site: &Site, frame: &Frame<'_>, order: &Checkout) -> Markup {
    let Some(page) = &order.page else { return html! {} };
    let picture = page.qr.as_deref().and_then(vietqr::picture);
    let channel = site.config.channel_called(&order.channel);
    html! {
        @if let Some(url) = &page.url { p {
            a.button.main href=(url) rel="noreferrer" {
                (frame.say(["Mở trang thanh toán", "Open the payment page of"])) " " (channel)
            }
        } }
        @if let Some(picture) = picture {
            p { (frame.say(["Hoặc quét mã bằng ứng dụng ngân hàng:", "Or scan this with your bank's application:"])) }
            div.qr role="img" aria-label=(frame.say(["Mã VietQR", "VietQR code"])) { (PreEscaped(picture)) }
        }
        p { (frame.say(["Có hiệu lực đến ", "Good until "])) strong.nowrap { (vietnam::date_time(order.expires_at)) } "." }
    }
}

/// Warns of money that came in and pays nothing.
fn twice(frame: &Frame<'_>, all: &All) -> Markup {
    let beyond = all.history.iter().flat_map(|commit| &commit.events).any(|event| match event {
        Event::PaymentSetAside { .. } => true,
        Event::FeePaid { surplus_vnd, .. } => surplus_vnd.is_some(),
        _ => false,
    });
    html! { @if beyond { (Notice::Warning.of(&html! { p { (frame.say([
        "Có khoản nộp thừa hoặc nộp hai lần. Cơ quan giữ riêng khoản này và sẽ liên hệ để trả lại.",
        "More came in than was owed, or it was paid twice. The office keeps it apart and will contact you to give it back.",
    ])) } })) } }
}

/// A page on which nothing can be paid, with the way forward.
fn told(frame: &Frame<'_>, (title, status): (Both, u16), why: &Markup, by: By<'_>, all: &All) -> Response {
    let content = html! {
        h1 { (frame.say(title)) }
        (why)
        (back(frame, by, all.opened.dossier.id))
        (all.foot(frame, by))
    };
    frame.page(status, frame.say(title), &content)
}

/// A link to pay leads to the fee alone; all of the dossier is behind its own key.
fn back(frame: &Frame<'_>, by: By<'_>, id: DossierId) -> Markup {
    match by {
        By::Digits(_) => back_to(frame, by),
        By::Link(_) | By::Staff(_) => html! { p { a href=(frame.way(&path::of_dossier(id))) { (frame.say([
            "Xem tình trạng hồ sơ", "The state of the dossier",
        ])) } } },
    }
}
