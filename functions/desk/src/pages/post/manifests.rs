//! The manifests of the office, the newest first.

use maud::html;
use motcua::post;
use motcua::store::Did;
use rules::http::{Response, respond};
use rules::post::ManifestNo;
use rules::{vietnam, vnd::grouped};

use super::{Part, called, page, said};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use crate::words::named;
use ::pages::form::{Form, NotAForm};
use ::pages::part::errors::{Mistakes, NOT_RECORDED};
use ::pages::part::pager::pager;
use ::pages::part::tag::{Tone, tag};

pub(super) async fn show(visit: &Visit<'_>) -> Result<Response, Problem> {
    whole(visit, 200, &Mistakes::default()).await
}

async fn whole(visit: &Visit<'_>, status: u16, mistakes: &Mistakes) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let asked = visit.asked();
    let after = asked.get("after").map(|no| ManifestNo::parse(no).map_err(|_| Problem::NotFound)).transpose()?;
    let (list, people) = tokio::join!(site.recorder.store().manifests(&staff.agency, after), visit.people());
    let (list, people) = (list?, people?);
    let mut open_for = Vec::new();
    for post in super::operators(visit) {
        let left = post::numbers_left(site, &staff.agency, &post.id).await;
        // A word more or less; the list itself is what somebody came for.
        open_for.push((post, left.ok().flatten()));
    }
    let here = Part::Manifests.href();
    let next = list.next.map(|no| format!("{here}?after={no}"));
    let [number, operator, opened, state, parcels] = [
        frame.say("Số", "Number"),
        frame.say("Bưu điện", "Operator"),
        frame.say("Mở lúc", "Opened"),
        frame.say("Tình trạng", "State"),
        frame.say("Bưu gửi", "Parcels"),
    ];
    let content = html! {
        (mistakes.summary(frame.lang, NOT_RECORDED))
        @if staff.needs(Permission::Handle).is_ok() { ul.actions { @for (post, left) in &open_for { li {
            form method="post" action=(here) {
                (frame.csrf_field())
                input type="hidden" name="operator" value=(post.id);
                button { (frame.say("Mở bảng kê cho", "Open a manifest for")) " " (post.called()) }
            }
            @if let Some(left) = left { small { (frame.say("còn", "with")) " " (grouped(*left, '.')) " " (frame.say("số hiệu", "numbers left")) } }
        } } } }
        @if list.manifests.is_empty() { p { (frame.say("Chưa có bảng kê nào.", "There is no manifest yet.")) } }
        @else { div.list { table.rows {
            thead { tr { @for head in [number, operator, opened, state, parcels] { th scope="col" { (head) } } } }
            tbody { @for manifest in &list.manifests { tr {
                td.code data-name=(number) { a href={ (here) "/" (manifest.no) } { (manifest.no) } }
                td.wide data-name=(operator) { (called(visit, &manifest.operator)) }
                td data-name=(opened) { (vietnam::date_time(manifest.opened_at)) br; small { (named(&manifest.opened_by, &people, frame.lang)) } }
                td data-name=(state) { @match &manifest.closed {
                    Some((at, by)) => { (tag(Tone::Green, frame.say("đã giao", "handed over"))) " " small { (vietnam::date_time(*at)) ", " (named(by, &people, frame.lang)) } }
                    None => (tag(Tone::Blue, frame.say("đang mở", "open"))),
                } }
                td.n data-name=(parcels) { (manifest.parcels.len()) }
            } } }
        } } }
        (pager(frame.lang, asked.get("after").map(|_| here), next.as_deref()))
    };
    page(visit, status, (Some(Part::Manifests), frame.say("Bảng kê gửi bưu điện", "Manifests of the post")), &content)
        .await
}

/// Opens a manifest for an operator.
pub(super) async fn open(visit: &Visit<'_>, sent: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    staff.needs(Permission::Handle)?;
    let operator = sent.get("operator").ok_or(Problem::Form(NotAForm::Malformed))?;
    match post::open(site, &staff.agency, operator, &staff.subject, now).await {
        Ok(manifest) => {
            visit.audits(Did::Post { what: "open".to_owned(), no: manifest.no.to_string() }).await?;
            Ok(respond::see_other(format!("{}/{}", Part::Manifests.href(), manifest.no)))
        }
        Err(why) => {
            let why = said::not_done(frame, why, &*visit.people().await?)?;
            whole(visit, 422, &Mistakes::of_all(why)).await
        }
    }
}
