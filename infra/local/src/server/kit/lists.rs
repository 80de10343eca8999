//! Lists, tables and the bar of a span of time.

use maud::{Markup, html};
use pages::part::dated_bar::{DatedBar, Mark, Stretch};
use pages::part::table;
use pages::part::tag::{Tone, tag};
use rules::language::Language;

use super::{LONG, PATH, told_of};

/// A list, which is cards on a phone.
pub(super) fn list(lang: Language) -> Markup {
    let heads = ["Chủ hồ sơ", "Hẹn trả", "Tình trạng"];
    let row = |name: &str, due: Markup, state: Markup| {
        html! { tr {
            td.code { a href=(PATH) { "000.00.01.H32-200415-0001" } }
            (table::cell(heads[0], &html! { (name) })) (table::cell(heads[1], &due)) (table::cell(heads[2], &state))
        } }
    };
    table::rows(
        &["Mã hồ sơ", heads[0], heads[1], heads[2]],
        &html! {
            (row(LONG, html! { span.late { "quá hạn 8 ngày làm việc" } }, tag(Tone::Red, told_of(lang, Tone::Red))))
            (row("Hộ kinh doanh Thử Nghiệm", html! { span.soon { "hôm nay" } }, tag(Tone::Blue, told_of(lang, Tone::Blue))))
            (row("–", html! { "22/05/2020" }, html! { (tag(Tone::Amber, told_of(lang, Tone::Amber))) " " small { "chờ bản chính" } }))
        },
    )
}

/// A table that is wider than any page.
pub(super) fn wide() -> Markup {
    html! {
        h3 { "Số lượng hồ sơ" }
        (table::wide("Số lượng hồ sơ", &html! { table {
            thead { tr { th scope="col" { "Thủ tục" } @for place in 1..=16 { th.n scope="col" { "Chỉ tiêu số " (place) } } } }
            tbody { @for name in ["Cấp giấy phép xây dựng (mẫu)", LONG] { tr { th scope="row" { (name) } @for place in 1..=16 { td.n { (place * 1_000) } } } } }
        } }))
    }
}

/// A span of time with its dates.
pub(super) fn span() -> Markup {
    let day = |day: i64| jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * (18_367 + day));
    let stretch = |from, to, class| Stretch { from: day(from), to: day(to), class, title: class.to_owned() };
    let mark = |at, name, class| Mark { at: day(at), name, class };
    let bar = DatedBar {
        told: "15 ngày làm việc tính từ 15/04/2020, dừng tính 6 ngày, quá hạn 3 ngày",
        stretches: vec![
            stretch(0, 2, "annulled"),
            stretch(2, 9, "running"),
            stretch(9, 15, "paused"),
            stretch(15, 24, "running"),
            stretch(24, 27, "overdue"),
        ],
        marks: vec![
            mark(0, "bắt đầu", None),
            mark(9, "dừng tính", None),
            mark(15, "tính tiếp", None),
            mark(24, "hẹn trả", Some("duemark")),
            mark(27, "hôm nay", Some("today")),
        ],
    };
    html! { (bar.shown()) p.due.late { "12/05/2020" } p { span.late { "quá hạn 3 ngày làm việc" } } }
}
