//! Those who looked at a dossier, by their names, for whoever may see the audit. The dossier's people see the same lines
//! without names.

use maud::{Markup, html};
use motcua::store::{Look, Looker, NO_ACCOUNT, People};
use rules::http::{Response, query};
use rules::id::DossierId;
use rules::vietnam;

use crate::pages::layout::{Frame, Place, page};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::{Permission, Role};
use ::pages::part::notice::Notice;

/// Shows the page. Nothing of the dossier's people is on it.
pub(super) async fn show(visit: &Visit<'_>, id: DossierId) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    visit.needs(Permission::SeeAudit)?;
    let store = site.recorder.store();
    let (dossier, looks, people) =
        tokio::join!(store.load(&staff.agency, id, &[]), store.looks(&staff.agency, id), visit.people());
    let dossier = dossier?.dossier.ok_or(Problem::NotFound)?;
    let (looks, people) = (looks?, people?);
    let content = html! {
        p { (frame.say("Hồ sơ", "Dossier")) " " a.code href={ "/desk/dossiers/" (id) } { (dossier.called()) } }
        @if looks.more { (Notice::Warning.of(&html! { p { (frame.say(
            "Danh sách chưa đủ: xem thêm trong nhật ký.", "The list is not complete: see the audit.",
        )) } })) }
        @if looks.lines.is_empty() { p role="status" { (frame.say("Chưa ghi lần xem nào.", "No look is noted yet.")) } }
        @else { div.list { table.rows id="looks" {
            thead { tr { @for name in columns(frame) { th scope="col" { (name) } } } }
            tbody { @for look in &looks.lines { (line(frame, look, &people)) } }
        } } }
        p.hint { (frame.say(
            "Không kể danh sách, sổ và kết quả tìm kiếm. Người không có tài khoản: mỗi giờ một lần. Người dân thấy các dòng này không kèm tên.",
            "Without lists, the register and searches. Whoever has no account: once an hour. Citizens see these lines without names.",
        )) }
    };
    Ok(page(frame, Place::Dossier, frame.say("Ai đã xem hồ sơ", "Who looked at the dossier"), &content))
}

fn columns(frame: &Frame) -> [&str; 5] {
    [
        frame.say("Người xem", "Looked"),
        frame.say("Vai trò", "Role"),
        frame.say("Số lần", "Times"),
        frame.say("Lần đầu", "First"),
        frame.say("Lần cuối, mở nhật ký", "Last, with the audit"),
    ]
}

fn line(frame: &Frame, look: &Look, people: &People) -> Markup {
    let [who, role, times, first, last] = columns(frame);
    let account = match &look.by {
        Looker::Staff { who, .. } => who.as_str(),
        Looker::Through(_) => NO_ACCOUNT,
    };
    let audit =
        |at| format!("/desk/admin/audit?day={}&account={}", vietnam::day(at), query::encode(account.as_bytes()));
    html! { tr {
        td data-name=(who) { @match &look.by {
            Looker::Through(through) => (frame.lang.pick(through.said())),
            Looker::Staff { who, .. } => {
                @if let Some(name) = people.name_of(who) { bdi { (name) } " " small { bdi { (who) } } } @else { bdi { (who) } }
            },
        } }
        td data-name=(role) { @match &look.by {
            Looker::Staff { role: Some(role), .. } => (Role::from_name(role).map_or(role.as_str(), |role| role.told(frame.lang))),
            Looker::Staff { role: None, .. } | Looker::Through(_) => "–",
        } }
        td data-name=(times) { (look.times) }
        td data-name=(first) { a href=(audit(look.first)) { (vietnam::date_time(look.first)) } }
        td data-name=(last) { a href=(audit(look.last)) { (vietnam::date_time(look.last)) } }
    } }
}
