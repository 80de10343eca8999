//! `/local/kit`: every part of the page kit in every state, with the longest words that it has to bear.

mod address;
mod lists;

use axum::body::Body;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};
use pages::part::errors::{Mistake, Mistakes, NOT_RECORDED};
use pages::part::field::{Field, Line};
use pages::part::figure::{Figure, figures};
use pages::part::head::{Head, Mark, Search};
use pages::part::menu::{Count, Entry, menu};
use pages::part::notice::Notice;
use pages::part::tabs::{Tab, tabs};
use pages::part::tag::{Tone, tag};
use pages::part::{amount, button, date, facts, pager, panel, phone, step, task};
use pages::{Document, STYLE, sheet, style_sheet};
use rules::language::{Both, Language};

use super::page::Switch;

/// Path of the kit's own style sheet, without what the laptop's pages add.
pub(super) const STYLE_PATH: &str = "/local/kit/style.css";
/// Path of the style sheet of paper.
pub(super) const SHEET_PATH: &str = "/local/kit/sheet.css";
/// Path of the page.
const PATH: &str = "/local/kit";
/// A name that no line holds, with a word that none holds either.
const LONG: &str = "Công ty Trách nhiệm hữu hạn một thành viên Đầu tư, Xây dựng, Thương mại, Dịch vụ, Vận tải và Xuất nhập khẩu \
    Thử Nghiệm Thiếtbịđolườngđiềukhiểntựđộnghóacôngnghiệpkhuvựcnamtrungbộ";

/// Shows the page.
pub(super) async fn show(Query(switch): Query<Switch>) -> Response {
    let lang = switch.language();
    let body = html! {
        a.skip href="#content" { (lang.pick(["Đến nội dung", "Skip to the content"])) }
        (head(lang))
        (menu(lang, &entries()))
        main id="content" tabindex="-1" {
            h1 { (lang.pick(["Bộ phận dựng trang", "The page kit"])) }
            (mistakes(lang))
            @for (title, content) in sections(lang) { h2 { (lang.pick(title)) } (content) }
        }
    };
    Html(document(lang).around(&body).into_string()).into_response()
}

/// Shows a printed sheet.
pub(super) async fn paper() -> Response {
    let warning = html! { "Mẫu này chưa được đối chiếu." };
    let content = html! {
        h1 { "Tờ in mẫu" }
        table {
            thead { tr { th { "TT" } th { "Tên giấy tờ" } th { "Số bản" } } }
            tbody { @for place in 1..=3 { tr { td.n { (place) } td { (LONG) } td.n { "1" } } } }
        }
    };
    Html(sheet::document("Tờ in mẫu", SHEET_PATH, "sheet", &sheet::bar(PATH, Some(&warning)), &content).into_string())
        .into_response()
}

/// Answers with the kit's style sheet.
pub(super) async fn style() -> http::Response<Body> {
    style_sheet(STYLE).map(Body::from)
}

/// Answers with the style sheet of paper.
pub(super) async fn paper_style() -> http::Response<Body> {
    style_sheet(sheet::STYLE).map(Body::from)
}

fn document<'a>(lang: Language) -> Document<'a> {
    Document {
        lang, title: lang.pick(["Bộ phận dựng trang", "The page kit"]), site: "máy cá nhân", style: STYLE_PATH
    }
}

fn head(lang: Language) -> Markup {
    let who = html! {
        span title=(LONG) { (LONG) }
        @let other = lang.pick(["en", "vi"]);
        a href={ (PATH) "?lang=" (other) } lang=(other) hreflang=(other) { (lang.pick(["English", "Tiếng Việt"])) }
    };
    let search = Some(Search { action: PATH, csrf: &html! {}, key: "s" });
    let mark = Mark::of(None, None, "Khu kinh tế Vân Phong");
    Head { home: "/local", mark: &mark, name: LONG, below: "15/04/2020 09:00", search, who: &who }.shown(lang)
}

fn entries() -> [Entry<'static>; 4] {
    let count = |number, presses| Some(Count { number, of: ["hồ sơ", "dossiers"], presses });
    [
        Entry { href: PATH, name: ["Trang này", "This page"], key: "w", count: None, open: true },
        Entry { href: "/local", name: ["Máy cá nhân", "Laptop"], key: "l", count: count(0, true), open: false },
        Entry { href: "/desk", name: ["Một cửa", "Desk"], key: "d", count: count(12, true), open: false },
        Entry {
            href: "/local/pay",
            name: ["Cổng thanh toán", "Gateways"],
            key: "p",
            count: count(1_234, false),
            open: false,
        },
    ]
}

fn sections(lang: Language) -> [(Both, Markup); 16] {
    [
        (
            ["Nhãn", "Tags"],
            html! { p { @for tone in Tone::ALL { (tag(tone, told_of(lang, tone))) " " } } p { (tag(Tone::Amber, LONG)) } },
        ),
        (["Nút", "Buttons"], buttons(lang)),
        (["Ô nhập", "Fields"], fields(lang, &Mistakes::default(), "right")),
        (["Ô nhập có lỗi", "Fields with mistakes"], fields(lang, &wrong(lang), "wrong")),
        (
            ["Thông báo", "Notices"],
            html! { @for notice in Notice::ALL { (notice.of(&html! { h3 { "Hồ sơ đã được ghi" } p { (LONG) } })) } },
        ),
        (
            ["Đã làm xong", "What was done"],
            html! {
                (panel::panel("Đã tiếp nhận hồ sơ", Some("000.00.01.H32-200415-0001"), &html! { p { "Hẹn trả 22/05/2020" } }))
                (panel::panel(LONG, None, &html! {}))
            },
        ),
        (
            ["Tóm tắt", "Summary"],
            facts::summary(&[
                ("Chủ hồ sơ", html! { (LONG) }),
                ("Số điện thoại", html! { (phone::shown("0912345678")) }),
                ("Giấy tờ còn thiếu", html! { "–" }),
            ]),
        ),
        (
            ["Việc cần làm", "Tasks"],
            task::tasks(&[
                (html! { a href=(PATH) { "Nhận bản chính" } }, tag(Tone::Amber, "Chờ bản chính")),
                (html! { a href=(PATH) { (LONG) } }, tag(Tone::Green, "Đã xong")),
                (html! { "Trả kết quả" }, tag(Tone::Neutral, "Chưa đến lượt")),
            ]),
        ),
        (
            ["Các bước", "Steps"],
            html! { @for at in 0..=3 { (step::steps(&["Thủ tục và người nộp", "Giấy tờ", "Kiểm tra"], at)) } },
        ),
        (["Địa chỉ", "An address"], address::steps(lang, (PATH, LONG))),
        (["Số lớn", "Big figures"], big(lang)),
        (["Thời gian", "A span of time"], lists::span()),
        (["Các phần của trang", "Parts of a page"], parts(lang)),
        (["Danh sách", "A list"], lists::list(lang)),
        (["Bảng rộng", "A wide table"], lists::wide()),
        (
            ["Tin nhắn, phím, tờ in", "A message, keys, a sheet"],
            html! {
                p.sms { "KKT Van Phong: ho so 000.00.01.H32-200415-0001 da duoc tiep nhan, hen tra 22/05/2020." }
                p { kbd { "Alt" } " + " kbd { "S" } }
                p { a href="/local/kit/print" { (lang.pick(["Tờ in mẫu", "A printed sheet"])) } }
            },
        ),
    ]
}

fn told_of(lang: Language, tone: Tone) -> &'static str {
    lang.pick(match tone {
        Tone::Neutral => ["Đã trả kết quả", "Returned"],
        Tone::Blue => ["Đang xử lý", "In progress"],
        Tone::Amber => ["Dừng tính", "Paused"],
        Tone::Red => ["Quá hạn", "Late"],
        Tone::Green => ["Có kết quả", "Result ready"],
    })
}

fn buttons(lang: Language) -> Markup {
    use button::Weight::{Main, Quiet, Second};
    let row = html! {
        (button::link(Main, PATH, "Tiếp nhận", Some("a")))
        (button::link(Second, PATH, "Yêu cầu bổ sung", None))
        (button::link(Quiet, PATH, "Hủy", None))
        button disabled { (lang.pick(["Chưa bấm được", "Not yet"])) }
    };
    html! {
        (button::row(&row))
        form action=(PATH) { (button::row(&html! { (button::send(Main, "Ghi")) (button::send(Second, "Xem trước")) (button::send(Quiet, LONG)) })) }
        (button::group("Việc khác", &button::row(&html! { (button::link(Second, PATH, "Rút hồ sơ", None)) (button::link(Second, PATH, "Dừng xử lý", None)) })))
    }
}

/// The mistakes of the fields shown with mistakes.
fn wrong(lang: Language) -> Mistakes {
    let told = date::read("31/02/2020").err().map(date::NoDay::told).unwrap_or_default();
    let all = [
        ("date", "Ngày nhận", lang.pick([&told[0], &told[1]])),
        ("amount", "Số tiền", lang.pick(amount::NO_AMOUNT)),
        ("phone", "Số điện thoại", "Số này không nhắn tin được."),
        ("way", "Cách nhận kết quả", "Chọn một cách."),
        ("paper", "Giấy tờ", "Chọn một giấy tờ."),
        ("note", "Ghi chú", LONG),
    ];
    let mut mistakes = Mistakes::default();
    for (id, name, why) in all {
        mistakes.push(Mistake { at: Some(format!("wrong-{id}")), name: name.into(), why: why.into() });
    }
    mistakes
}

fn mistakes(lang: Language) -> Markup {
    wrong(lang).summary(lang, NOT_RECORDED)
}

fn fields(lang: Language, mistakes: &Mistakes, of: &str) -> Markup {
    let ids = ["date", "amount", "phone", "way", "paper", "note", "tick"].map(|it| format!("{of}-{it}"));
    let [day, sum, number, way, paper, note, tick] = &ids;
    fn field<'a>(lang: Language, mistakes: &'a Mistakes, id: &'a str, label: &'a str) -> Field<'a> {
        Field::new(lang, id, label).wrong(mistakes.why(id))
    }
    let field = |id, label| field(lang, mistakes, id, label);
    let ways = ["Tại quầy", "Qua bưu điện", LONG].map(|it| (it.to_owned(), it.to_owned()));
    let papers: Vec<_> = (1..=9).map(|it| (it.to_string(), format!("Giấy tờ số {it}"))).collect();
    let is_wrong = !mistakes.is_empty();
    let typed = |right: &'static str, wrong: &'static str| Some(if is_wrong { wrong } else { right });
    html! { form action=(PATH) novalidate {
        (date::field(&field(day, "Ngày nhận"), "date", typed("15/04/2020", "31/02/2020"), false))
        (amount::field(&field(sum, "Số tiền"), "amount", typed("1250000", "một triệu"), false))
        (phone::field(&field(number, "Số điện thoại").optional(), &Line { name: "phone", value: typed("0912345678", "113"), ..Line::default() }))
        (field(way, "Cách nhận kết quả").choice("way", &ways, None, false))
        (field(paper, "Giấy tờ").choice("paper", &papers, None, false))
        (field(note, "Ghi chú").hinted(LONG).lines(&Line { name: "note", value: Some(LONG), ..Line::default() }))
        div.field { label.check for=(tick) { input id=(tick) type="checkbox" name="tick" checked; "Đã đối chiếu bản chính" } }
        (button::row(&button::send(button::Weight::Main, "Ghi")))
    } }
}

fn big(lang: Language) -> Markup {
    let figure = |value: &str, name, of: Option<&str>, tone| Figure {
        value: value.into(),
        name,
        of: of.map(Into::into),
        leads: None,
        tone,
    };
    figures(&[
        figure("1.234", lang.pick(["hồ sơ tiếp nhận", "received"]), None, Tone::Neutral),
        figure("98,76 %", lang.pick(["đúng hạn", "in time"]), Some("1219/1234"), Tone::Green),
        figure("15", lang.pick(["quá hạn", "late"]), Some(LONG), Tone::Red),
        figure("–", lang.pick(["nộp trực tuyến", "online"]), None, Tone::Neutral),
    ])
}

fn parts(lang: Language) -> Markup {
    let tab = |name: Both, count, presses, open| Tab { href: PATH.into(), name, count, presses, open };
    let all = [
        tab(["Quá hạn", "Late"], Some(3), true, false),
        tab(["Đang giải quyết", "In progress"], Some(1_234), false, true),
        tab(["Không có hồ sơ nào", "None"], Some(0), true, false),
        tab(["Sổ theo dõi hồ sơ", "Register"], None, false, false),
    ];
    html! { (tabs(lang, lang.pick(["Danh sách", "Lists"]), &all)) (pager::pager(lang, Some(PATH), Some(PATH))) }
}
