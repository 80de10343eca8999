//! Work of a person about portals: dossiers that one refuses, dossiers that one has from another office too, and
//! portals that do not let the office log in.

use std::collections::BTreeMap;

use maud::{Markup, html};
use motcua::store::{Aside, Error, Key, TaskKind, text};
use rules::config::Config;
use rules::id::DossierId;
use rules::language::Both;

use crate::pages::layout::Frame;
use crate::pages::visit::Visit;
use crate::words;

/// The most dossiers of one batch.
const BATCH: usize = 100;

/// Title of the dossiers that are another office's too.
pub(super) const CLAIMED: Both = ["Hồ sơ mà hai đơn vị cùng nhận", "Dossiers that two offices claim"];

const AGREE: Both = [
    "Liên hệ đơn vị ghi trên cổng để thống nhất nơi giải quyết. Khi cổng đã ghi lại cho cơ quan này, bấm Thử lại. Nếu đơn vị kia giải quyết, ghi là đã xử lý.",
    "Agree with the office that the portal names on who settles it. Once the portal has it as this office's, try again. If the other office settles it, note it as dealt with.",
];
const MEND: Both = [
    "Sửa trong hồ sơ điều mà cổng nêu, rồi bấm Thử lại. Nếu hồ sơ đúng, gọi cho cổng.",
    "Put right in the dossier what the portal names, then try again. If the dossier is right, call the portal.",
];
const LET_IN: Both = [
    "Hỏi quản trị: tên đăng nhập hoặc mật khẩu của cổng có thể đã đổi. Sửa xong thì bấm Thử lại. Trong lúc đó mỗi giờ hệ thống vẫn thử, và không mất bước nào.",
    "Ask the administrator: the portal's name or password for this office may have changed. Then try again. Meanwhile it is tried every hour, and no step is lost.",
];
const CLOCK: Both = [
    "Báo cho cổng là đồng hồ của cổng chạy chậm. Cổng chỉnh xong thì bấm Thử lại.",
    "Tell the portal that its clock is behind. Once it is put right, try again.",
];
const NOBODY: Both = [
    "Không còn gì để báo: ghi là đã xử lý, và báo cho cổng nếu cần.",
    "There is nothing left to tell: note it as dealt with, and call the portal if it must know.",
];
const WAIT: Both = [
    "Gọi cho cổng. Khi cổng trả lời được về hồ sơ này, bấm Thử lại.",
    "Call the portal. Once it can answer about this dossier, try again.",
];

/// Official codes of dossiers, by which a portal knows them.
pub(super) type Codes = BTreeMap<DossierId, String>;

/// Reads the codes of the dossiers that portals were not told of or whose files are missing, in one batch for each hundred.
pub(super) async fn codes(visit: &Visit<'_>, tasks: impl Iterator<Item = &Aside>) -> Result<Codes, Error> {
    let ids: Vec<_> =
        tasks.filter_map(|it| it.task.key.told_of().map(|told| told.1).or_else(|| it.task.key.fetching_of())).collect();
    let mut codes = Codes::new();
    for ids in ids.chunks(BATCH) {
        let dossiers = visit.site.recorder.store().dossiers_lately(&visit.staff.agency, ids).await?;
        codes.extend(dossiers.into_iter().filter_map(|dossier| Some((dossier.id, dossier.code?))));
    }
    Ok(codes)
}

/// Whether the portal has the dossier from another office.
pub(super) fn is_claimed(it: &Aside) -> bool {
    it.task.kind == TaskKind::Telling && reason(it).starts_with("claimed")
}

/// Returns what a person does about it; `None` for tasks that have nothing to do with a portal.
pub(super) fn advice(it: &Aside) -> Option<Both> {
    match (it.task.kind, reason(it)) {
        (TaskKind::Door, _) => Some(LET_IN),
        (TaskKind::Telling, "") => Some(WAIT),
        (TaskKind::Telling, "early") => Some(CLOCK),
        (TaskKind::Telling, "people_erased") => Some(NOBODY),
        (TaskKind::Telling, _) if is_claimed(it) => Some(AGREE),
        (TaskKind::Telling, _) => Some(MEND),
        _ => None,
    }
}

/// The portal, the dossier, the field and the reason, as far as each is known. `None` if it was written by a newer version.
pub(super) fn line(frame: &Frame, (config, codes): (&Config, &Codes), it: &Aside) -> Option<Markup> {
    let (portal, id) = it.task.key.told_of()?;
    let field = text(&it.read.item, "field").filter(|field| !field.is_empty() && !is_claimed(it));
    Some(html! {
        (config.portal_called(portal)) " · "
        (frame.say("hồ sơ", "dossier")) " " a.code href={ "/desk/dossiers/" (id) } {
            @match codes.get(&id) { Some(code) => (code), None => (id) }
        }
        @if let Some(field) = field { " · " span.code { (field) } }
        " · " (words::untold(reason(it), frame.lang))
    })
}

/// The portal or the postal operator that lets nobody in.
pub(super) fn door(frame: &Frame, config: &Config, it: &Aside) -> Markup {
    let door = it.task.key.door_of().unwrap_or_default();
    let provider = Key::provider_of(door).and_then(|id| config.receipt_provider(id).ok());
    let called = match (provider, Key::operator_of(door)) {
        (Some(provider), _) => provider.called(),
        (None, Some(post)) => config.post_called(post),
        (None, None) => config.portal_called(door),
    };
    html! {
        (called) " · "
        (frame.say("không mở được phiên làm việc", "no session can be opened"))
    }
}

fn reason(it: &Aside) -> &str {
    text(&it.read.item, "reason").unwrap_or_default()
}
