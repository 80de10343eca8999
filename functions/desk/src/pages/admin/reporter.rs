//! Health of electronic receipts: whether their provider answers, who reports the tables of the days, and what is not reported.

use std::sync::Arc;

use maud::{Markup, html};
use motcua::store::{Down, Key, People, ReceiptDay, Shut};
use rules::config::ReceiptProvider;
use rules::vietnam;

use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::words::named;

/// The provider of today, as it stands.
pub(super) struct Stands<'a> {
    provider: &'a ReceiptProvider,
    down: Option<Down>,
    unreported: Vec<ReceiptDay>,
    people: Arc<People>,
    /// The agency has an address that letters are sent from.
    writes: bool,
}

/// Reads it; `None` if the agency has none.
pub(super) async fn read<'a>(visit: &Visit<'a>) -> Result<Option<Stands<'a>>, Problem> {
    let Visit { site, staff, now, .. } = *visit;
    let (store, agency) = (site.recorder.store(), &staff.agency);
    let Some(provider) = site.config.receipts_of(agency, vietnam::day(now)) else { return Ok(None) };
    let door = Key::providers_door(&provider.id);
    let (down, unreported) = tokio::join!(store.down(agency, &door), store.unreported_days(agency, now));
    let writes = site.config.agency(agency.as_str()).is_some_and(|it| it.email_from.is_some());
    let people = visit.people().await?;
    Ok(Some(Stands { provider, down: down?, unreported: unreported?, people, writes }))
}

/// Shows it.
pub(super) fn shown(frame: &Frame, stands: Option<&Stands<'_>>) -> Markup {
    let Some(it) = stands else { return Markup::default() };
    let amber = |vi, en| html! { span.tag.amber { (frame.say(vi, en)) } };
    html! {
        h2 { (frame.say("Biên lai điện tử", "Electronic receipts")) }
        dl.facts {
            dt { (it.provider.called()) }
            dd { @match it.down {
                None => span.tag.green { (frame.say("Trả lời", "Answers")) },
                Some(down) => {
                    span.tag.red { @match down.why {
                        Shut::Silent => (frame.say("Không trả lời", "Silent")),
                        Shut::LogIn => (frame.say("Không cho đăng nhập", "No log-in")),
                    } }
                    " " (frame.say("từ", "since")) " " (vietnam::date_time(down.since))
                },
            } }
            dt { (frame.say("Người nộp bảng tổng hợp", "Reports the tables")) }
            dd { @match &it.provider.reporter {
                Some(account) => (named(account, &it.people, frame.lang)),
                None => { (amber("Chưa chỉ định ai", "Nobody is named")) " " code { "reporter" } },
            } }
            dt { (frame.say("Nhắc qua thư", "Reminded by mail")) }
            dd { @match (&it.provider.reporter, &it.provider.reporter_email, it.writes) {
                (_, Some(_), true) => (frame.say("từ 16 giờ, mỗi ngày một lần", "from 16:00, once a day")),
                (_, Some(_), false) => { (amber("Cơ quan chưa có địa chỉ gửi thư", "The agency has no sender")) " " code { "email_from" } },
                (Some(_), None, _) => { (amber("Chưa có địa chỉ", "There is no address")) " " code { "reporter_email" } },
                (None, None, _) => (frame.say("không ai", "nobody")),
            } }
            dt { (frame.say("Chưa nộp", "Not reported")) }
            dd { @match it.unreported.first() {
                None => (frame.say("không có", "none")),
                Some(oldest) => span.tag.red { (it.unreported.len()) " " (frame.say("ngày, cũ nhất", "days, the oldest")) " " (vietnam::written(oldest.day)) },
            } }
        }
    }
}
