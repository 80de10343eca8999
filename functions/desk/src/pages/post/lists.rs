//! Parcels on the way with those that are late, parcels that came back, and those that a person looks at.

use maud::{Markup, html};
use motcua::store::{Did, Posted};
use rules::http::{Response, query};
use rules::id::DossierId;
use rules::post::Parcel;
use rules::vietnam;

use super::transit::{Counting, Time};
use super::{Part, ROOT, bill, called, page, said};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use ::pages::part::pager::pager;
use ::pages::part::tag::tag;

pub(super) async fn show(visit: &Visit<'_>, part: Part) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let list = match part {
        Part::CameBack => Posted::CameBack,
        Part::ForAPerson => Posted::ForAPerson,
        Part::InPost | Part::Waiting | Part::Manifests => Posted::InPost,
    };
    let asked = visit.asked();
    let (parcels, next) =
        site.recorder.store().posted_after(&staff.agency, list, asked.get("after")).await?.ok_or(Problem::NotFound)?;
    visit.audits(Did::Post { what: "list".to_owned(), no: parcels.len().to_string() }).await?;
    let ids: Vec<DossierId> = parcels.iter().flat_map(|parcel| parcel.dossiers.iter().map(|it| it.id)).collect();
    let known = bill::known(visit, &ids).await?;
    let office = site.recorder.office(&staff.agency);
    let counting = Counting { units: site.units(), office: &office, today: vietnam::day(now) };
    let time = |parcel: &Parcel| {
        let person = parcel.dossiers.first().and_then(|it| known.people.get(&it.id));
        Time::of(parcel, &parcel.standing(), site.config.post(&parcel.operator).ok(), person, counting)
    };
    let mut timed: Vec<(Time, &Parcel)> = parcels.iter().map(|parcel| (time(parcel), parcel)).collect();
    // The late ones of the page first; otherwise in the order of the list, which is by waiting.
    timed.sort_by_key(|(time, parcel)| (!time.owes_an_invitation(&parcel.standing()), time.late_by.is_none()));
    let next = next.map(|next| format!("{}?after={}", part.href(), query::encode(next.as_bytes())));
    let content = html! {
        p { (frame.lang.pick(about(part))) }
        @if timed.is_empty() { p { (frame.say("Không có bưu gửi nào.", "No parcel.")) } } @else { (table(visit, &timed, &known)) }
        (pager(frame.lang, asked.get("after").map(|_| part.href()), next.as_deref()))
    };
    page(visit, 200, (Some(part), frame.lang.pick(part.name())), &content).await
}

fn about(part: Part) -> [&'static str; 2] {
    match part {
        Part::CameBack => [
            "Bưu điện đã trả lại; kết quả sẵn sàng tại nơi trả, người nhận đã được báo. Xác nhận địa chỉ rồi gửi lại, hoặc mời đến nhận.",
            "The post brought these back. The results are ready at the desk and their people were told: confirm the address and post again, or hand out.",
        ],
        Part::ForAPerson => [
            "Những bưu gửi mà bưu điện báo trái ngược, từ chối, thất lạc, chưa biết địa chỉ tốt hơn, hoặc hồ sơ không nhận.",
            "Parcels that an operator contradicts, refuses, lost, or whose better address it does not know, and those of which a dossier would not be told.",
        ],
        Part::InPost | Part::Waiting | Part::Manifests => [
            "Bưu gửi bưu điện đang giữ. Bưu gửi trễ thời hạn toàn trình đứng trước.",
            "Parcels that the operator has; those beyond their time come first.",
        ],
    }
}

fn table(visit: &Visit<'_>, timed: &[(Time, &Parcel)], known: &bill::Known) -> Markup {
    let frame = visit.frame;
    let [number, to, state, time] = [
        frame.say("Bưu gửi", "Parcel"),
        frame.say("Người nhận, hồ sơ", "Receiver, dossiers"),
        frame.say("Tình trạng", "State"),
        frame.say("Thời hạn", "Time"),
    ];
    html! { div.list { table.rows {
        thead { tr { @for head in [number, to, state, time] { th scope="col" { (head) } } } }
        tbody { @for (it, parcel) in timed { @let standing = parcel.standing(); tr {
            td.code data-name=(number) {
                a href={ (ROOT) "/parcels/" (parcel.no) } { (parcel.no) }
                br; small { (parcel.waybill.as_deref().unwrap_or("–")) ", " (called(visit, &parcel.operator)) }
            }
            td.wide data-name=(to) {
                @if let Some(person) = parcel.dossiers.first().and_then(|first| known.people.get(&first.id)) { bdi { (person.applicant.name) } br; }
                @for contained in &parcel.dossiers { a.code href={ "/desk/dossiers/" (contained.id) } {
                    (known.dossiers.get(&contained.id).map_or_else(|| contained.id.to_string(), |dossier| dossier.called().to_owned()))
                } br; }
            }
            td data-name=(state) {
                (tag(said::tone(standing.state), frame.lang.pick(standing.state.said())))
                @if let Some(since) = standing.since { br; small { (vietnam::date_time(since)) } }
                @if let Some(trouble) = parcel.trouble(&standing) { br; span.late { (frame.lang.pick(said::trouble(trouble))) } }
            }
            td data-name=(time) { (it.said(frame, &standing)) }
        } } }
    } } }
}
