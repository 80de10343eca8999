//! Money that waits for a person, until the desk has a page for it.

use maud::{Markup, html};
use motcua::site::Site;
use motcua::store::{Error, Money, Refund};
use rules::vietnam;

use super::words::Words;

/// Reads the first page of each agency's list, at most so many rows of it.
pub(super) async fn gather(site: &Site, rows: usize) -> Result<Vec<Money>, Error> {
    let mut waiting = Vec::new();
    for agency in site.recorder.agencies() {
        let page = site.recorder.store().money_before_a_person(agency, None).await?;
        for (_, money) in page.into_iter().flat_map(|page| page.items).take(rows) {
            waiting.push(money?);
        }
    }
    Ok(waiting)
}

pub(super) fn list(words: &Words, waiting: &[Money]) -> Markup {
    html! {
        h2 { (words.unclaimed) " (" (waiting.len()) ")" }
        @if !waiting.is_empty() {
            div.list tabindex="0" role="region" aria-label=(words.unclaimed) { table id="unclaimed" {
                thead { tr { th { (words.received_at) } th { (words.channel) } th { (words.reference) } th { (words.amount) } th { (words.why) } } }
                tbody { @for money in waiting { (row(words, money)) } }
            } }
        }
    }
}

fn row(words: &Words, money: &Money) -> Markup {
    html! {
        tr {
            td { (vietnam::date_time(money.received_at)) }
            td { (money.payment.channel) }
            td.code { (money.reference) }
            td {
                @if let Some(amount) = money.surplus_vnd.or(money.payment.amount_vnd) { (amount) } @else { "?" }
            }
            td { (words.owner(money.owner)) @if money.refund == Some(Refund::Marked) { ", " (words.to_refund) } }
        }
    }
}
