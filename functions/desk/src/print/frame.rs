//! Parts of every form: the national header, people and agency, the tracking code, the places to sign.

use ::pages::part::phone;
use ::pages::sheet;
use jiff::Timestamp;
use maud::{Markup, PreEscaped, html};
use motcua::store::People;
use rules::config::Contact;
use rules::gateway::vietqr::picture;
use rules::language::Language;
use rules::person::Party;
use rules::vietnam;

use super::{Page, STYLE_PATH};
use crate::words::named;

/// Dots for a person to write on.
pub(super) const BLANK: &str = "……………………";

/// The whole page around a form's own part.
pub(super) fn whole(page: &Page<'_>, class: &str, body: &Markup) -> Markup {
    let (sheet, edition) = (page.sheet, page.edition);
    let title = format!("{} – {}", edition.title, page.dossier.called());
    let back = format!("/desk/dossiers/{}", sheet.dossier.id);
    let unread = (!edition.confirmed).then_some(edition.circular);
    let content = html! {
        (header(sheet.agency_name, sheet.emblem, [None, Some(page.dossier.called())], page.given_at()))
        p.form-number { "Mẫu số " (edition.number) ", " (edition.circular) }
        h1 { (edition.title) }
        (body)
        (reached_at(sheet.contact))
        (printed(sheet.clerk, sheet.people, sheet.now))
    };
    document(&title, class, &bar(&back, unread), &content)
}

/// A sheet, with a bar above it that only the screen shows.
pub(super) fn document(title: &str, class: &str, bar: &Markup, content: &Markup) -> Markup {
    sheet::document(title, STYLE_PATH, class, bar, content)
}

/// The bar above a sheet. It warns the clerk if the form's instrument was not read.
pub(super) fn bar(back: &str, unread: Option<&str>) -> Markup {
    let warning = unread.map(|circular| {
        html! { "Số và tên mẫu này chưa được đối chiếu với văn bản " (circular) "; xem lại trước khi dùng." }
    });
    sheet::bar(back, warning.as_ref())
}

/// Agency on the left, the nation on the right, and the day; the place is written by hand, and so is the number of a paper that
/// has none of its own, the first of `numbers`; the second is the code of its dossier. The agency's emblem
/// stands above its name if the configuration has one; the head is that of NĐ 30/2020/NĐ-CP in any case.
pub(super) fn header(agency: &str, emblem: Option<&str>, numbers: [Option<&str>; 2], at: Timestamp) -> Markup {
    let [own, called] = numbers;
    html! {
        header.top {
            div.agency {
                (picture_of(emblem))
                p.upper { (agency) }
                p.upper.strong { "Bộ phận Một cửa" }
                hr;
                p { "Số: " @match own { Some(own) => strong.code { (own) }, None => (BLANK) } }
                @if let Some(called) = called { p { "Mã hồ sơ: " strong.code { (called) } } }
            }
            div.nation {
                p.upper.strong { "Cộng hòa xã hội chủ nghĩa Việt Nam" }
                p.strong { "Độc lập - Tự do - Hạnh phúc" }
                hr;
                p.day { "………………, " (day_in_words(at)) }
            }
        }
    }
}

/// The agency's emblem, which says nothing that its name does not say.
pub(super) fn picture_of(emblem: Option<&str>) -> Markup {
    html! { @if let Some(address) = emblem { img.emblem src=(address) alt=""; } }
}

/// `ngày 05 tháng 02 năm 2020`: days below 10 and the first two months have a leading zero, as on public documents
/// (NĐ 30/2020/NĐ-CP, annex I).
pub(super) fn day_in_words(at: Timestamp) -> String {
    let on = vietnam::day(at);
    let (day, month, year) = (on.day(), on.month(), on.year());
    let nought = if month <= 2 { "0" } else { "" };
    format!("ngày {day:02} tháng {nought}{month} năm {year}")
}

/// `17:00 ngày 22/04/2020`.
pub(super) fn moment(at: Timestamp) -> String {
    let wall = vietnam::civil(at);
    format!("{:02}:{:02} ngày {}", wall.hour(), wall.minute(), vietnam::date(at))
}

/// A row of facts: a name and its value.
pub(super) fn fact(name: &str, value: &Markup) -> Markup {
    html! { div { dt { (name) ":" } dd { (value) } } }
}

/// The same with a text that somebody typed: isolated, so that letters written from right to left disturb nothing
/// beside them.
pub(super) fn typed(name: &str, value: &str) -> Markup {
    fact(name, &html! { bdi { (value) } })
}

/// People of the form, and the procedure.
pub(super) fn whose(page: &Page<'_>) -> Markup {
    let person = page.person.as_ref();
    let filer = person.and_then(|person| person.filer.as_ref());
    html! {
        (typed("Chủ hồ sơ", person.map(|person| person.applicant.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(BLANK)))
        @if let Some(person) = person { (reached(&person.applicant)) }
        @if let Some(filer) = filer {
            (typed("Người nộp", &filer.name))
            (reached(filer))
        }
        (procedure(page))
    }
}

fn reached(party: &Party) -> Markup {
    html! {
        @if let Some(address) = &party.address { (typed("Địa chỉ", address)) }
        @if let Some(number) = &party.phone { (typed("Điện thoại", &phone::shown(number))) }
        @if let Some(email) = &party.email { (typed("Thư điện tử", email)) }
    }
}

/// The procedure by name and code.
pub(super) fn procedure(page: &Page<'_>) -> Markup {
    let code = &page.dossier.procedure.code;
    match page.sheet.procedure {
        Some(procedure) => typed("Thủ tục", &format!("{} (mã {code})", procedure.name_vi)),
        None => typed("Thủ tục", &format!("mã {code}")),
    }
}

/// The code that a phone scans to follow the dossier, with its address in letters, and the digits that open all of it to whoever
/// has no telephone. Only a slip has them, since other forms are shown around.
pub(super) fn tracking(page: &Page<'_>, six: Option<&str>) -> Markup {
    let six = six.map(|six| format!("{} {}", &six[..3], &six[3..]));
    html! {
        @if let Some(address) = page.sheet.tracking {
            @if let Some(picture) = picture(address) {
                figure.qr {
                    div role="img" aria-label="Mã QR để theo dõi hồ sơ" { (PreEscaped(picture)) }
                    figcaption {
                        "Theo dõi hồ sơ: " span.address { (address) }
                        @if let Some(six) = six { br; "Số mở hồ sơ, thay cho số điện thoại: " strong.code { (six) } }
                    }
                }
            }
        }
    }
}

/// Places to sign, each under its heading, kept on one page.
pub(super) fn signatures(headings: &[&str]) -> Markup {
    html! {
        div.signatures.keep {
            @for heading in headings {
                div { p.upper.strong { (heading) } p.how { "(Ký, ghi rõ họ tên)" } }
            }
        }
    }
}

/// How the agency is reached: the foot of every form that somebody takes along.
pub(super) fn reached_at(contact: Option<&Contact>) -> Markup {
    let Some(contact) = contact else { return html! {} };
    let hours = contact.hours(Language::Vi).map(|hours| format!("Tiếp nhận hồ sơ, trả kết quả: {hours}"));
    let told =
        [contact.telephone.as_ref().map(|number| format!("Điện thoại: {number}")), hours, contact.address.clone()];
    let told: Vec<_> = told.into_iter().flatten().collect();
    html! { @if !told.is_empty() { p.printed { (told.join(" · ")) } } }
}

/// The person who printed it, and the time.
pub(super) fn printed(clerk: &str, people: &People, now: Timestamp) -> Markup {
    html! { p.printed {
        "In lúc " (vietnam::date_time(now)) ", "
        @match named(clerk, people, Language::Vi) { it if it == clerk => { "tài khoản " bdi { (clerk) } } name => { bdi { (name) } } }
    } }
}
