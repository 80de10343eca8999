//! Pieces that these pages share.

use maud::{Markup, html};
use motcua::site::Site;
use pages::address::Known;
use pages::part::notice::Notice;
use pages::part::{facts, phone};
use rules::language::Both;
use rules::person::Mailing;
use rules::token::Token;
use rules::vietnam;

use super::state::{Home, Postage};
use crate::frame::Frame;
use crate::postage::tables;

/// The title of the pages.
pub(super) const TITLE: Both = ["Nhận kết quả hồ sơ", "How the result comes to you"];

/// Name of the buttons by which the way is chosen.
pub(super) const WAY: &str = "by";
/// By post.
pub(super) const POST: &str = "post";
/// At the desk.
pub(super) const DESK: &str = "desk";
/// The button that takes an address back which a clerk is to confirm.
pub(super) const KEEP: &str = "keep";
/// The field with the version of the dossier that a page showed.
pub(super) const SEEN: &str = "seen";
/// The field with whoever may receive the result.
pub(super) const RECEIVER: &str = "receiver";
/// The field with the telephone.
pub(super) const PHONE: &str = "phone";

/// The labels of both.
pub(super) const RECEIVER_NAME: Both = ["Người nhận thay", "Whoever may receive it for you"];
/// The same.
pub(super) const PHONE_NAME: Both = ["Số điện thoại bưu tá gọi", "Telephone for the postman"];

/// The path of a link.
pub(super) fn path(token: &Token) -> String {
    format!("/t/{}", token.as_str())
}

/// The catalogue by which addresses are read here.
pub(super) fn known<'a>(site: &'a Site, frame: &Frame<'_>) -> Known<'a> {
    Known { units: site.units(), today: frame.today(), lang: frame.lang }
}

/// A form of these pages.
pub(super) fn form(frame: &Frame<'_>, token: &Token, home: &Home, content: &Markup) -> Markup {
    html! {
        form method="post" novalidate action=(frame.way(&path(token))) {
            input type="hidden" name=(SEEN) value=(home.dossier.version);
            (content)
        }
    }
}

/// The dossier that a page is about.
pub(super) fn about(frame: &Frame<'_>, home: &Home) -> Markup {
    html! { p { (frame.say(["Hồ sơ ", "Dossier "])) span.wide { (home.dossier.called()) } } }
}

/// The remark that what was sent came too late.
pub(super) fn too_late(frame: &Frame<'_>) -> Markup {
    Notice::Warning.of(&html! { p { strong { (frame.say([
        "Chưa ghi được: hồ sơ vừa thay đổi. Tình trạng hiện nay như sau.",
        "Nothing was recorded: the dossier has just changed. This is its state now.",
    ])) } } })
}

/// The person who may receive it, the telephone, and when all of that was confirmed.
pub(super) fn people(frame: &Frame<'_>, home: &Home, mailing: &Mailing) -> Markup {
    let mut known = Vec::new();
    if let Some(receiver) = &mailing.receiver {
        known.push((frame.say(RECEIVER_NAME), html! { bdi { (receiver) } }));
    }
    if let Some(number) = &mailing.phone {
        known.push((frame.say(PHONE_NAME), html! { (phone::shown(number)) }));
    }
    if let Some(at) = home.confirmed_at() {
        known.push((frame.say(["Xác nhận lúc", "Confirmed"]), html! { (vietnam::date_time(at)) }));
    }
    facts::summary(&known)
}

/// Says who pays, and how much where the office knows a table.
pub(super) fn postage(site: &Site, frame: &Frame<'_>, home: &Home) -> Markup {
    let free: Both = match home.postage(frame) {
        Postage::Promised => ["Miễn cước bưu điện.", "The postage is free."],
        Postage::FreeToday => [
            "Hiện được miễn cước bưu điện theo thông báo của cơ quan.",
            "The postage is free now, as the office announced.",
        ],
        Postage::Paid => return tables(site, frame),
    };
    html! { p { strong { (frame.say(free)) } } }
}

/// The address in another commune that a clerk is to confirm, with the way back.
pub(super) fn moved(site: &Site, frame: &Frame<'_>, token: &Token, home: &Home) -> Markup {
    let Some(mailing) = home.moved() else { return html! {} };
    html! {
        (Notice::Warning.of(&html! {
            p { strong { (frame.say([
                "Đang chờ cán bộ xác nhận: kết quả đã có, nên đổi sang xã, phường khác phải được cơ quan gọi hỏi lại.",
                "This waits for the office: the result is ready, so another commune is confirmed by a call.",
            ])) } }
            (pages::address::lines(&known(site, frame), &mailing.address))
        }))
        (form(frame, token, home, &html! { button name=(KEEP) value="1" { (frame.say([
            "Lấy lại địa chỉ này", "Take this address back",
        ])) } }))
    }
}

/// The button that chooses the desk instead of the post.
pub(super) fn desk_instead(frame: &Frame<'_>) -> Markup {
    html! { button name=(WAY) value=(DESK) { (frame.say([
        "Đổi lại: nhận tại Bộ phận Một cửa", "I collect it at the desk instead",
    ])) } }
}
