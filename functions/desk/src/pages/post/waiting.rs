//! Results that are ready for the post, and the form that puts them into a manifest.

use maud::{Markup, html};
use motcua::post;
use motcua::store::Did;
use rules::http::{Response, respond};
use rules::id::DossierId;
use rules::post::{Manifest, ManifestNo};
use rules::worklist::{After, Asked, List};

use super::groups::{self, Apart, Blocked, Group, Groups};
use super::{Part, ROOT, called, operators, page, said};
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use ::pages::form::{Form, NotAForm};
use ::pages::part::errors::{Mistakes, NOT_RECORDED};
use ::pages::part::field::Field;
use ::pages::part::pager::pager;
use ::pages::part::phone;

/// Results read for one page.
const PAGE: usize = 100;
/// Parcels made by one form.
const MOST_AT_ONCE: usize = 20;
/// Value of a choice that opens a manifest, with the operator behind it.
const NEW: &str = "new:";

pub(super) async fn show(visit: &Visit<'_>) -> Result<Response, Problem> {
    whole(visit, 200, &Mistakes::default()).await
}

async fn whole(visit: &Visit<'_>, status: u16, mistakes: &Mistakes) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let (store, asked) = (site.recorder.store(), visit.asked());
    let after = asked.get("after").map(|after| After::parse(after).ok_or(Problem::NotFound)).transpose()?;
    let (rows, next) = store.rows_of(&staff.agency, &Asked { after, ..Asked::all_of(List::Post) }, PAGE).await?;
    let ids: Vec<DossierId> = rows.iter().map(|row| row.id).collect();
    visit.audits(Did::SawList { list: List::Post.name().to_owned(), shown: ids.len() }).await?;
    let groups = groups::of(visit, &ids).await?;
    let open = store.manifests(&staff.agency, None).await?;
    let open: Vec<Manifest> = open.manifests.into_iter().filter(|manifest| !manifest.is_closed()).collect();
    let next = next.map(|next| format!("{ROOT}?after={next}"));
    let first = asked.get("after").map(|_| ROOT);
    let content = html! {
        (mistakes.summary(frame.lang, NOT_RECORDED))
        (ready(visit, &groups, &open))
        (apart(frame, &groups.apart))
        (pager(frame.lang, first, next.as_deref()))
    };
    page(visit, status, (Some(Part::Waiting), frame.say("Kết quả chờ gửi bưu điện", "Results to post")), &content).await
}

fn ready(visit: &Visit<'_>, groups: &Groups, open: &[Manifest]) -> Markup {
    let frame = visit.frame;
    if groups.ready.is_empty() {
        return html! { p { (frame.say("Không có kết quả nào sẵn sàng gửi.", "No result is ready to be posted.")) } };
    }
    let may = visit.staff.needs(Permission::Handle).is_ok();
    html! {
        h2 { (frame.say("Sẵn sàng gửi", "Ready")) }
        p { (frame.say(
            "Các kết quả của một người, cùng địa chỉ, đi chung một bưu gửi.",
            "The results of one person at one address go in one parcel.",
        )) }
        form method="post" action={ (ROOT) "/put" } novalidate {
            (frame.csrf_field())
            (table(frame, &groups.ready, may))
            @if may { (target(visit, open)) }
        }
    }
}

fn table(frame: &Frame, groups: &[Group], may: bool) -> Markup {
    let [to, address, what, postage] = [
        frame.say("Người nhận", "Receiver"),
        frame.say("Địa chỉ", "Address"),
        frame.say("Kết quả", "Results"),
        frame.say("Cước", "Postage"),
    ];
    html! { div.list { table.rows {
        thead { tr {
            @if may { th scope="col" { (frame.say("Chọn", "Choose")) } }
            @for head in [to, address, what, postage] { th scope="col" { (head) } }
        } }
        tbody { @for group in groups { tr {
            @if may { td { input type="checkbox" name="group" value=(ids(group)) checked aria-label={ (frame.say("Chọn", "Choose")) " " (group.label.name) }; } }
            td.wide data-name=(to) { bdi { (group.label.name) } @if let Some(number) = &group.label.telephone { br; span.nowrap { (phone::shown(number)) } } }
            td.wide data-name=(address) { @for line in &group.label.lines { bdi { (line) } br; } }
            td data-name=(what) { @for one in &group.results { a.code href={ "/desk/dossiers/" (one.id) } { (one.called) } br; } }
            td data-name=(postage) { @if let Some(one) = group.results.first() { small { (frame.lang.pick(one.payer.said().each_ref().map(String::as_str))) } } }
        } } }
    } } }
}

fn ids(group: &Group) -> String {
    group.results.iter().map(|one| one.id.to_string()).collect::<Vec<_>>().join(",")
}

/// The choice of a manifest, and the button.
fn target(visit: &Visit<'_>, open: &[Manifest]) -> Markup {
    let frame = visit.frame;
    let known = open.iter().map(|manifest| {
        let words = format!("{} ({})", manifest.no, called(visit, &manifest.operator));
        (manifest.no.to_string(), words)
    });
    let new = operators(visit).into_iter().map(|post| {
        let words = format!("{} – {}", frame.say("Bảng kê mới", "A new manifest"), post.called());
        (format!("{NEW}{}", post.id), words)
    });
    let options: Vec<_> = known.chain(new).collect();
    let first = options.first().map(|(value, _)| value.clone());
    html! {
        @if options.is_empty() {
            p.hint { (frame.say(
                "Cấu hình của cơ quan chưa có bưu điện nào ([[posts]]).",
                "The agency's configuration has no operator ([[posts]]).",
            )) }
        } @else {
            (Field::new(frame.lang, "manifest", frame.say("Cho vào bảng kê", "Put into")).list("manifest", &options, first.as_deref(), false))
            button.main { (frame.say("Cho vào bảng kê", "Put into the manifest")) }
        }
    }
}

/// Results that cannot go yet.
fn apart(frame: &Frame, apart: &[Apart]) -> Markup {
    let [code, name, why] =
        [frame.say("Mã hồ sơ", "Code"), frame.say("Chủ hồ sơ", "Applicant"), frame.say("Việc cần làm", "What to do")];
    html! { @if !apart.is_empty() {
        h2 { (frame.say("Chưa gửi được", "Not yet")) }
        div.list { table.rows id="apart" {
            thead { tr { @for head in [code, name, why] { th scope="col" { (head) } } } }
            tbody { @for it in apart { tr {
                td.code data-name=(code) { a href={ "/desk/dossiers/" (it.one.id) } { (it.one.called) } }
                td.wide data-name=(name) { bdi { (it.name) } }
                td.wide data-name=(why) { (todo(frame, it)) }
            } } }
        } }
    } }
}

fn todo(frame: &Frame, it: &Apart) -> Markup {
    let link =
        |command: &str, words: &str| html! { a href={ "/desk/dossiers/" (it.one.id) "/" (command) } { (words) } };
    match it.why {
        Blocked::NoAddress(asked) => html! {
            @if asked { (frame.say("Đã hỏi địa chỉ, chưa có trả lời.", "The address was asked for, without an answer.")) }
            @else { (frame.say("Địa chỉ chưa xác nhận.", "The address is not confirmed.")) }
            " " (link("confirm-address", frame.say("Xác nhận địa chỉ", "Confirm the address")))
            @if !asked { ", " (link("ask-address", frame.say("hỏi qua tin nhắn", "ask by a message"))) }
        },
        Blocked::PostageUnasked(amount) => html! {
            (frame.say("Cần nộp cước", "Postage to be paid")) " " (amount) ". "
            (link(&format!("ask-postage?amount_vnd={}", amount.dong()), frame.say("Yêu cầu nộp cước", "Ask for the postage")))
        },
        Blocked::PostageUnpaid(missing) => html! {
            (frame.say("Chờ nộp cước, còn", "Postage awaited, missing")) " " (missing) ". "
            (link("record-cash-payment", frame.say("Thu tiền mặt", "Take cash")))
        },
        Blocked::FeeUnpaid => html! {
            (frame.say("Còn phí, lệ phí chưa nộp.", "A fee is still to be paid.")) " "
            (link("record-cash-payment", frame.say("Thu tiền mặt", "Take cash")))
        },
    }
}

/// Puts the chosen results into parcels of a manifest, one for each receiver.
pub(super) async fn put(visit: &Visit<'_>, sent: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    staff.needs(Permission::Handle)?;
    let chosen: Vec<Vec<DossierId>> = sent.all("group").filter_map(parsed).collect();
    let refused = async |why: String| whole(visit, 422, &Mistakes::of_all(why)).await;
    if chosen.is_empty() {
        return refused(frame.say("Chọn ít nhất một người nhận.", "Choose at least one receiver.").to_owned()).await;
    }
    if chosen.len() > MOST_AT_ONCE {
        let why = frame.say("Mỗi lần cho vào nhiều nhất 20 bưu gửi.", "At most 20 parcels at once.");
        return refused(why.to_owned()).await;
    }
    let ids: Vec<DossierId> = chosen.iter().flatten().copied().collect();
    let groups = groups::of(visit, &ids).await?;
    let is_one = |ids: &[DossierId]| {
        groups.ready.iter().any(|group| ids.iter().all(|id| group.results.iter().any(|one| one.id == *id)))
    };
    if !chosen.iter().all(|ids| is_one(ids)) {
        let why = frame.say("Trong lúc đó có thay đổi; xem lại danh sách.", "Something changed; look again.");
        return refused(why.to_owned()).await;
    }
    let people = visit.people().await?;
    let manifest = match target_of(visit, sent).await? {
        Ok(manifest) => manifest,
        Err(why) => return refused(said::not_done(frame, why, &people)?).await,
    };
    let (mut made, mut declined) = (0, 0);
    for ids in &chosen {
        match Box::pin(post::put(site, &staff.agency, (manifest, ids), &staff.subject, now)).await {
            Ok(put) => {
                visit.audits(Did::Post { what: "put".to_owned(), no: put.parcel.no.to_string() }).await?;
                made += 1;
                declined += put.declined.len();
            }
            Err(why) if made == 0 => return refused(said::not_done(frame, why, &people)?).await,
            // The page of the manifest shows those that went in; the others are still in the list.
            Err(_) => declined += ids.len(),
        }
    }
    Ok(respond::see_other(format!("{ROOT}/manifests/{manifest}?put={made}&left={declined}")))
}

fn parsed(ids: &str) -> Option<Vec<DossierId>> {
    ids.split(',').map(|id| DossierId::parse(id).ok()).collect()
}

/// The manifest that was chosen; a new one is opened.
async fn target_of(visit: &Visit<'_>, sent: &Form) -> Result<Result<ManifestNo, post::NotDone>, Problem> {
    let Visit { site, staff, now, .. } = *visit;
    let chosen = sent.get("manifest").ok_or(Problem::Form(NotAForm::Malformed))?;
    let Some(operator) = chosen.strip_prefix(NEW) else {
        return Ok(Ok(ManifestNo::parse(chosen).map_err(|_| Problem::Form(NotAForm::Malformed))?));
    };
    let opened = post::open(site, &staff.agency, operator, &staff.subject, now).await;
    if let Ok(manifest) = &opened {
        visit.audits(Did::Post { what: "open".to_owned(), no: manifest.no.to_string() }).await?;
    }
    Ok(opened.map(|manifest| manifest.no))
}
