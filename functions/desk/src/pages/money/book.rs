//! The book of money received, by channel and day of payment, each payment with its owner.

use maud::{Markup, html};
use motcua::site::Site;
use motcua::store::{Booked, Key, Money};
use rules::dossier::CASH;
use rules::gateway::settlement::Line;
use rules::http::Response;
use rules::http::query;
use rules::vietnam;
use rules::vnd::Vnd;

use super::whose;
use crate::pages::layout::{Frame, Place, framed};
use crate::pages::money::compare::MOST_BOOKED;
use crate::pages::period::{Period, Wrong, day_fields};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Staff;
use crate::words;
use ::pages::form::Form;
use ::pages::part::errors::{Mistakes, NOT_SHOWN};
use ::pages::part::field::Field;

/// Path of the book.
const ROOT: &str = "/desk/money/book";
/// Payments on a page.
const ROWS: usize = 50;

/// The agency's open channels.
pub(super) fn gateways(site: &Site, staff: &Staff) -> impl Iterator<Item = String> {
    let open = site.config.channels().filter(|channel| channel.agency == staff.agency);
    open.map(|channel| channel.id.clone())
}

/// Name of a channel.
fn called<'c>(visit: &Visit<'c>, channel: &'c str) -> &'c str {
    words::channel(channel, &visit.site.config, visit.frame.lang)
}

/// Shows the book of the days asked for; a mistake in them is shown on the page.
pub(crate) async fn show(visit: &Visit<'_>, asked: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let channels: Vec<_> = std::iter::once(CASH.to_owned()).chain(gateways(site, staff)).collect();
    let chosen = match asked.get("channel") {
        Some(chosen) => Some(channels.iter().find(|channel| *channel == chosen).ok_or(Problem::NotFound)?.as_str()),
        None => None,
    };
    let refused = |wrong: &Wrong| {
        let mistakes = wrong.mistakes(frame.lang);
        let form = asking(visit, asked, &channels, chosen, &mistakes);
        Ok(shown(frame, 400, &html! { (mistakes.summary(frame.lang, NOT_SHOWN)) (form) }))
    };
    let period = match Period::of(asked, frame.now) {
        Ok(period) => period,
        Err(wrong) => return refused(&wrong),
    };
    let mut sums = Vec::new();
    let mut booked = Vec::new();
    for channel in channels.iter().filter(|channel| chosen.is_none_or(|chosen| chosen == *channel)) {
        let days = (period.from, period.until);
        let Some(lines) = site.recorder.store().booked(&staff.agency, channel, days, MOST_BOOKED).await? else {
            return refused(&too_many());
        };
        sums.push((channel.as_str(), lines.len(), Vnd::sum(lines.iter().map(|line| line.amount_vnd))));
        booked = lines;
    }
    let rows = match chosen {
        Some(channel) => payments(visit, asked, (&period, channel), &booked).await?,
        None => html! {},
    };
    let content = html! {
        (asking(visit, asked, &channels, chosen, &Mistakes::default()))
        (summary(visit, &period, &sums))
        (rows)
    };
    Ok(shown(frame, 200, &content))
}

/// Complaint about days on which too much came in.
pub(super) fn too_many() -> Wrong {
    let why = [
        "Có quá nhiều khoản trong những ngày này; hãy chọn ít ngày hơn.",
        "Too many payments came in on these days; choose fewer days.",
    ];
    Wrong::new("from", why)
}

fn shown(frame: &Frame, status: u16, content: &Markup) -> Response {
    framed(status, frame, Place::Money, frame.say("Sổ thu phí, lệ phí", "Book of what came in"), content)
}

fn asking(visit: &Visit<'_>, asked: &Form, channels: &[String], chosen: Option<&str>, mistakes: &Mistakes) -> Markup {
    let frame = visit.frame;
    let all = (String::new(), frame.say("tất cả", "all").to_owned());
    let named = channels.iter().map(|channel| (channel.clone(), called(visit, channel).to_owned()));
    let options: Vec<_> = std::iter::once(all).chain(named).collect();
    html! {
        form.filter method="get" action=(ROOT) novalidate {
            (days(frame, asked, mistakes))
            (Field::new(frame.lang, "channel", frame.say("Kênh", "Channel")).list("channel", &options, chosen, false))
            button.main { (frame.say("Xem", "Show")) }
        }
    }
}

/// The fields of the days; they keep what was typed if that is no period.
pub(super) fn days(frame: &Frame, asked: &Form, mistakes: &Mistakes) -> Markup {
    let period = Period::of(asked, frame.now).ok();
    let days = [
        ("from", ["Nộp từ ngày", "Paid from"], period.map(|period| period.from)),
        ("until", ["Đến ngày", "To"], period.map(|period| period.until)),
    ];
    day_fields(frame.lang, asked, &days, mistakes)
}

fn summary(visit: &Visit<'_>, period: &Period, sums: &[(&str, usize, Option<Vnd>)]) -> Markup {
    let frame = visit.frame;
    let money = |sum: Option<Vnd>| sum.map_or_else(|| "?".to_owned(), |sum| sum.to_string());
    let all = sums.iter().map(|(_, _, sum)| *sum).collect::<Option<Vec<_>>>().and_then(Vnd::sum);
    let count: usize = sums.iter().map(|(_, count, _)| count).sum();
    let heads = [frame.say("Kênh", "Channel"), frame.say("Số khoản", "Payments"), frame.say("Số tiền", "Amount")];
    html! { div.list { table.rows id="sums" {
        thead { tr { th scope="col" { (heads[0]) } th.n scope="col" { (heads[1]) } th.n scope="col" { (heads[2]) } } }
        tbody {
            @for (channel, count, sum) in sums { tr {
                td data-name=(heads[0]) {
                    a href={ (ROOT) "?" (period.query()) "&channel=" (query::encode(channel.as_bytes())) } { (called(visit, channel)) }
                }
                td.n data-name=(heads[1]) { (count) }
                td.n data-name=(heads[2]) { (money(*sum)) }
            } }
            @if sums.len() > 1 { tr {
                td data-name=(heads[0]) { strong { (frame.say("Cộng", "Together")) } }
                td.n data-name=(heads[1]) { strong { (count) } }
                td.n data-name=(heads[2]) { strong { (money(all)) } }
            } }
        }
    } } }
}

const HEADS: [[&str; 2]; 5] = [
    ["Nộp lúc", "Paid"],
    ["Mã giao dịch", "Transaction"],
    ["Mã tham chiếu", "Reference"],
    ["Số tiền", "Amount"],
    ["Của hồ sơ nào", "Whose"],
];

/// A page of the payments of one channel, each as it is now.
async fn payments(
    visit: &Visit<'_>,
    asked: &Form,
    (period, channel): (&Period, &str),
    booked: &[Booked],
) -> Result<Markup, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let page = asked.get("page").map_or(Ok(1), str::parse).ok().filter(|page| *page > 0).ok_or(Problem::NotFound)?;
    let from = ROWS.saturating_mul(page - 1);
    let lines = booked.get(from..).unwrap_or_default();
    let (lines, more) = (lines.get(..ROWS).unwrap_or(lines), lines.len() > ROWS);
    let keys: Vec<_> = lines.iter().map(|line| line.money(&staff.agency)).collect();
    let found = site.recorder.store().all_lately(&keys).await?;
    Ok(html! {
        @if lines.is_empty() {
            p role="status" { (frame.say("Không có khoản nào.", "Nothing came in.")) }
        } @else {
            h2 { (frame.say("Từng khoản", "Each payment")) }
            div.list { table.rows id="payments" {
                thead { tr { @for head in HEADS { th scope="col" { (frame.lang.pick(head)) } } } }
                tbody { @for (line, key) in lines.iter().zip(&keys) {
                    (row(frame, line, key, found.get(key).and_then(|item| Money::read(item).ok()).as_ref()))
                } }
            } }
        }
        @if more {
            p { a.button rel="next" href={
                (ROOT) "?" (period.query()) "&channel=" (query::encode(channel.as_bytes())) "&page=" (page + 1)
            } { (frame.say("Trang sau", "Next page")) } }
        }
    })
}

/// The gateway's number of a payment, as in its settlements.
fn gateway_number(line: &Booked) -> String {
    Line::from(line.clone()).transaction
}

fn row(frame: &Frame, line: &Booked, key: &Key, money: Option<&Money>) -> Markup {
    let [paid, transaction, reference, amount, whom] = HEADS.map(|head| frame.lang.pick(head));
    html! { tr {
        td data-name=(paid) { (vietnam::date_time(line.at)) }
        td.code data-name=(transaction) { a href={ "/desk/money/" (key.money_name().unwrap_or_default()) } { (gateway_number(line)) } }
        td.code data-name=(reference) { (line.reference) }
        td data-name=(amount) { strong { (line.amount_vnd) } }
        td data-name=(whom) { @if let Some(money) = money { (whose(frame, money)) } @else { "–" } }
    } }
}
