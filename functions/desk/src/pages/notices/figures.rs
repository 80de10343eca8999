//! Outcome of a notice by a day: people guided and told, staff who confirmed.

use std::collections::BTreeMap;

use jiff::civil::Date;
use maud::{Markup, html};
use motcua::store::{GuidedCount, People, ReadBy};
use rules::broadcast::{Act, Report};
use rules::message::Outlet;
use rules::notice::Notice;
use rules::vietnam::{day, written};

use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::words;
use ::pages::form::Form;
use ::pages::part::date;
use ::pages::part::facts;
use ::pages::part::field::Field;

/// Name of the field of the day.
const AS_OF: &str = "as_of";

/// Broadcasts of one page of their list, and the most pages that are looked through.
const PAGE: usize = 50;
const MOST_PAGES: usize = 20;

/// The figures of one notice.
pub(super) struct Figures {
    from: Date,
    as_of: Date,
    guided: GuidedCount,
    /// Messages of its broadcasts that left, by outlet, and people who were not reached.
    told: (BTreeMap<Outlet, u64>, u64),
    /// Members of staff who had confirmed some version, and all of them.
    confirmed: (usize, usize),
    /// A day that was typed and is none.
    wrong: Option<[String; 2]>,
}

/// Returns the figures from the notice's first day to the day that is asked for, by default today.
pub(super) async fn read(
    visit: &Visit<'_>,
    newest: &Notice,
    (readers, people): (&[ReadBy], &People),
    asked: &Form,
) -> Result<Figures, Problem> {
    let typed = asked.get(AS_OF).map(date::read);
    let wrong = typed.and_then(|typed| typed.err()).map(|wrong| wrong.told());
    let today = day(visit.now);
    let as_of = typed.and_then(Result::ok).unwrap_or(today).min(today);
    let first = newest.effects.iter().map(|effect| effect.from).min();
    let from = first.unwrap_or_else(|| day(newest.first_published_at)).min(as_of);
    let guided = visit.site.recorder.store().guided(&visit.staff.agency, from, as_of).await?;
    let told = told(visit, newest.number, as_of).await?;
    let members = people.members().filter(|member| !member.closed);
    let had = |who: &str| readers.iter().any(|read| read.account == who && day(read.at) <= as_of);
    let (all, confirmed) =
        members.fold((0, 0), |(all, had_read), member| (all + 1, had_read + usize::from(had(&member.seen.who))));
    Ok(Figures { from, as_of, guided, told, confirmed: (confirmed, all), wrong })
}

/// Sums the broadcasts about a notice that were released until the end of a day.
async fn told(visit: &Visit<'_>, notice: u32, as_of: Date) -> Result<(BTreeMap<Outlet, u64>, u64), Problem> {
    let store = visit.site.recorder.store();
    let (mut report, mut below) = (Report::default(), None);
    for _ in 0..MOST_PAGES {
        let page = store.broadcasts(&visit.staff.agency, below, PAGE).await?;
        for broadcast in page.broadcasts.iter().filter(|it| it.notice == Some(notice)) {
            if broadcast.last(Act::Release).is_some_and(|released| day(released.at) <= as_of) {
                report.add(&broadcast.report);
            }
        }
        below = page.next;
        if below.is_none() {
            break;
        }
    }
    Ok((report.told.clone(), report.unreached.values().sum()))
}

/// Shows them, with a field for another day.
pub(super) fn shown(frame: &Frame, it: &Figures, path: &str) -> Markup {
    let Figures { from, as_of, guided, told: (left, unreached), confirmed, wrong } = it;
    let by_outlet = left.iter().map(|(outlet, count)| (frame.lang.pick(words::outlet(*outlet)), html! { (count) }));
    let told: Vec<_> = [
        (frame.say("Hướng dẫn tại quầy", "Guided at the desk"), html! { (guided.desk) }),
        (frame.say("Hướng dẫn qua điện thoại", "Guided on the phone"), html! { (guided.phone) }),
        (frame.say("Sau đó nộp trực tuyến", "Filed online next"), html! { (guided.filed) }),
        (frame.say("Cán bộ đã xác nhận đọc", "Staff who had confirmed"), html! { (confirmed.0) "/" (confirmed.1) }),
        (frame.say("Không báo được", "Not reached"), html! { (unreached) }),
    ]
    .into_iter()
    .chain(by_outlet)
    .collect();
    let label = frame.say("Tính đến hết ngày", "As of");
    let wrong = wrong.as_ref().map(|[vi, en]| frame.lang.pick([vi, en]));
    let typed = written(*as_of);
    html! {
        h2 id="figures" { (frame.say("Kết quả thực hiện", "What became of it")) }
        p { (written(*from)) " – " (written(*as_of)) }
        (facts::summary(&told))
        p { a href={ "/desk/reports?from=" (written(*from)) "&to=" (written(*as_of)) } {
            (frame.say("Hồ sơ trực tuyến, qua bưu điện, tạm dừng, đúng hạn trong thời gian này", "Dossiers online, by post, paused and on time in this period"))
        } }
        form.inline method="get" action=(path) novalidate {
            (date::field(&Field::new(frame.lang, AS_OF, label).wrong(wrong), AS_OF, Some(&typed), false))
            button.quiet { (frame.say("Xem", "Show")) }
        }
    }
}
