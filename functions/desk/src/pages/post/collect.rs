//! Papers that the post fetches from an applicant: an order with sender and receiver swapped. When they were handed over at
//! the post office is recorded with the minutes, as of that instant (QĐ 45/2016/QĐ-TTg art. 7(4)).

use maud::html;
use motcua::post;
use motcua::store::Did;
use rules::dossier::Phase;
use rules::http::{Response, respond};
use rules::id::DossierId;
use rules::person::Label;
use rules::vietnam;

use super::{ROOT, bill, operators, page, said};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use ::pages::form::Form;
use ::pages::part::errors::{Mistakes, NOT_RECORDED};
use ::pages::part::field::Field;
use ::pages::part::phone;

pub(super) async fn show(visit: &Visit<'_>, id: &str) -> Result<Response, Problem> {
    whole(visit, id, 200, &Mistakes::default()).await
}

async fn whole(visit: &Visit<'_>, id: &str, status: u16, mistakes: &Mistakes) -> Result<Response, Problem> {
    let Visit { site, frame, now, .. } = *visit;
    visit.needs(Permission::Handle)?;
    let id = DossierId::parse(id).map_err(|_| Problem::NotFound)?;
    let known = bill::known(visit, &[id]).await?;
    let dossier = known.dossiers.get(&id).ok_or(Problem::NotFound)?;
    visit.audits(Did::Opened { id }).await?;
    let label = known.people.get(&id).map(|person| Label::of(person, site.units(), vietnam::day(now)));
    let options: Vec<_> = operators(visit).iter().map(|post| (post.id.clone(), post.called().to_owned())).collect();
    let first = options.first().map(|(id, _)| id.clone());
    let content = html! {
        (mistakes.summary(frame.lang, NOT_RECORDED))
        p { (frame.say("Hồ sơ", "Dossier")) " " a.code href={ "/desk/dossiers/" (id) } { (dossier.called()) } }
        @if let Some(label) = &label {
            p { (frame.say("Bưu điện đến nhận giấy tờ tại:", "The post fetches the papers at:")) }
            p { strong { bdi { (label.name) } } @if let Some(number) = &label.telephone { ", " (phone::shown(number)) }
                @for line in &label.lines { br; bdi { (line) } } }
            @if !label.confirmed {
                p.hint { (frame.say("Địa chỉ này chưa xác nhận.", "This address is not confirmed.")) " "
                    a href={ "/desk/dossiers/" (id) "/confirm-address" } { (frame.say("Xác nhận địa chỉ", "Confirm the address")) } }
            }
        }
        @if dossier.phase() == Phase::Paused || dossier.phase() == Phase::Incomplete {
            p { (frame.say(
                "Khi biên bản giao nhận tới, ghi “Nhận giấy tờ” cho thời điểm ký biên bản tại bưu cục: thời hạn tính tiếp từ lúc đó, dù ghi sau.",
                "When the minutes arrive, record the receipt as of their signature at the post office: the clock runs again from then, though recorded later.",
            )) }
        }
        @if options.is_empty() { p { (frame.say("Cấu hình của cơ quan chưa có bưu điện nào.", "The agency's configuration has no operator.")) } }
        @else {
            form method="post" action={ (ROOT) "/collect/" (id) } novalidate {
                (frame.csrf_field())
                (Field::new(frame.lang, "operator", frame.say("Bưu điện", "Operator")).list("operator", &options, first.as_deref(), false))
                button.main { (frame.say("Đặt bưu điện đến nhận", "Order the collection")) }
            }
        }
        p { a.button.quiet href={ "/desk/dossiers/" (id) "/record-receipt" } { (frame.say("Nhận giấy tờ theo biên bản", "Record the receipt by the minutes")) } }
    };
    page(visit, status, (None, frame.say("Nhận giấy tờ qua bưu điện", "Papers in by post")), &content).await
}

/// Orders the collection.
pub(super) async fn order(visit: &Visit<'_>, id: &str, sent: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    staff.needs(Permission::Handle)?;
    let dossier = DossierId::parse(id).map_err(|_| Problem::NotFound)?;
    let Some(operator) = sent.get("operator") else {
        let why = frame.say("Chọn bưu điện.", "Choose the operator.");
        return whole(visit, id, 422, &Mistakes::at("operator", frame.say("Bưu điện", "Operator"), why)).await;
    };
    match Box::pin(post::collect(site, &staff.agency, (operator, dossier), &staff.subject, now)).await {
        Ok(parcel) => {
            visit.audits(Did::Post { what: "collect".to_owned(), no: parcel.no.to_string() }).await?;
            Ok(respond::see_other(format!("{ROOT}/parcels/{}?done=1", parcel.no)))
        }
        Err(why) => {
            let why = said::not_done(frame, why, &*visit.people().await?)?;
            whole(visit, id, 422, &Mistakes::of_all(why)).await
        }
    }
}
