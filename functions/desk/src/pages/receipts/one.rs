//! One receipt: what was asked, what was issued, and what a person may do.

use maud::{Markup, html};
use motcua::receipts::{Act, by_hand, decide};
use motcua::store::Key;
use rules::http::{Response, respond};
use rules::id::DossierId;
use rules::limits::LONGEST_TEXT;
use rules::receipt::{Ending, Form as Template, Lawful, Number, ReceiptNo, Standing, State, Symbol, kind_name};
use rules::vietnam;

use super::{ROOT, page, said};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use crate::words;
use ::pages::form::{Form, NotAForm};
use ::pages::part::amount;
use ::pages::part::errors::{Mistakes, NOT_RECORDED};
use ::pages::part::field::{Field, Line};
use ::pages::part::notice::Notice;

pub(super) async fn show(visit: &Visit<'_>, id: DossierId, name: &str) -> Result<Response, Problem> {
    whole(visit, (id, name), 200, (&Form::default(), &Mistakes::default())).await
}

async fn read(visit: &Visit<'_>, id: DossierId, name: &str) -> Result<(Key, Lawful), Problem> {
    let Visit { site, staff, .. } = *visit;
    let key = Key::receipt_named(&staff.agency, id, name).ok_or(Problem::NotFound)?;
    let lawful = site.recorder.store().lawful(&key).await?.ok_or(Problem::NotFound)?;
    Ok((key, lawful))
}

async fn whole(
    visit: &Visit<'_>,
    (id, name): (DossierId, &str),
    status: u16,
    typed: (&Form, &Mistakes),
) -> Result<Response, Problem> {
    let Visit { site, frame, .. } = *visit;
    let (_, lawful) = read(visit, id, name).await?;
    let title = match lawful.no() {
        Some(no) => format!("{} {no}", frame.say("Biên lai", "Receipt")),
        None => frame.say("Khoản thu chưa có biên lai", "A payment without a receipt").to_owned(),
    };
    let content = html! {
        (typed.1.summary(frame.lang, NOT_RECORDED))
        @if visit.asked().get("done").is_some() { (Notice::Done.of(&html! { p { strong { (frame.say("Đã ghi. Việc với nhà cung cấp làm trong lượt chạy tới.", "Recorded. The next run does it at the provider.")) } } })) }
        @if lawful.standing() == Standing::ForAPerson { (Notice::Bad.of(&html! { p { strong { (said::waits(frame, &lawful)) } } })) }
        p {
            (frame.say("Hồ sơ", "Dossier")) " " a.code href={ "/desk/dossiers/" (id) } { (id) } " · "
            (frame.say("thu lúc", "collected")) " " (vietnam::date_time(lawful.paid_at)) " · "
            (words::channel(&lawful.channel, &site.config, frame.lang))
        }
        h2 { (frame.say("Các lần lập", "What was asked")) }
        ol { @for issue in lawful.issues.iter() { li {
            p { strong { @match issue.issued() { Some(issued) => (issued.no), None => (frame.say("chưa có số", "no number yet")) } } ", " (issue.amount_vnd) ": " (said::state(frame, issue)) }
            @if let Some((_, because)) = &issue.replaces { p { (frame.say("Thay biên lai trước, lý do", "Replaces the one before, because")) ": " bdi { (because) } } }
            @for charge in &issue.charges { p { @if charge.kind.is_some() { (kind_name(charge.kind)) ": " } bdi { (charge.name) } ", " (charge.amount_vnd) } }
            @if let Some(code) = issue.issued().and_then(|issued| issued.code.as_ref()) { p { (frame.say("Mã tra cứu", "Code to look it up")) ": " span.code { (code) } } }
            @for file in &issue.files { p { a href={ "/desk/dossiers/" (id) "/files/" (file.sha256) } { (file.what.to_uppercase()) } " · " (file.bytes) " B" } }
        } } }
        (forms(visit, &lawful, name, typed))
    };
    Ok(page(visit, status, ("", &title), &content))
}

/// The forms that fit the state and the role.
fn forms(visit: &Visit<'_>, lawful: &Lawful, name: &str, (sent, mistakes): (&Form, &Mistakes)) -> Markup {
    let Visit { staff, frame, .. } = *visit;
    let action = |act: &str| format!("{ROOT}/{}/{name}/{act}", lawful.dossier);
    let handles = staff.needs(Permission::Handle).is_ok();
    let decides = staff.needs(Permission::DecideMoney).is_ok();
    let waits = matches!(lawful.last().state, State::Refused { .. } | State::Wanted)
        && lawful.standing() == Standing::ForAPerson;
    let free =
        lawful.last().issued().is_some_and(|issued| matches!(issued.ending, None | Some(Ending::Refused { .. })));
    let whole = lawful.last().issued().is_some_and(|issued| issued.ending.is_none());
    let line = |id: &'static str, label: &'static str, value: Option<&str>| {
        let longest = Some(LONGEST_TEXT);
        Field::new(frame.lang, id, label).wrong(mistakes.why(id)).line(&Line {
            name: id,
            value: sent.get(id).or(value),
            longest,
            ..Line::default()
        })
    };
    let hidden = html! { (frame.csrf_field()) input type="hidden" name="version" value=(lawful.version); };
    html! {
        @if waits && handles {
            form method="post" novalidate action=(action("again")) { fieldset {
                legend { (frame.say("Gửi lại nhà cung cấp", "Ask the provider again")) }
                (hidden)
                p { (frame.say("Hệ thống hỏi lại theo khóa trước, nên không lập hai lần.", "It is looked up by its key first, so nothing is issued twice.")) }
                button.main { (frame.say("Gửi lại", "Ask again")) }
            } }
            form method="post" novalidate action=(action("by-hand")) { fieldset {
                legend { (frame.say("Đã lập trên trang của nhà cung cấp", "It was issued on the provider's own pages")) }
                (hidden)
                (line("symbol", frame.say("Ký hiệu", "Symbol"), None))
                (line("number", frame.say("Số", "Number"), None))
                button { (frame.say("Ghi số biên lai", "Note the number")) }
            } }
        }
        @if free && decides {
            form method="post" novalidate action=(action("cancel")) { fieldset {
                legend { (frame.say("Hủy biên lai", "Cancel the receipt")) }
                (hidden)
                p { (frame.say("Khi khoản thu đã hoàn trả toàn bộ, hoặc lập nhầm.", "If the money went back, or if it was issued in error.")) }
                (line("cancel_reason", frame.say("Lý do", "Reason"), None))
                button { (frame.say("Hủy biên lai", "Cancel it")) }
            } }
        }
        @if whole && decides {
            form method="post" novalidate action=(action("replace")) { fieldset {
                legend { (frame.say("Lập biên lai thay thế", "Issue another in its place")) }
                (hidden)
                @let typed = sent.get("amount_vnd").map(str::to_owned).unwrap_or_else(|| lawful.last().amount_vnd.dong().to_string());
                (amount::field(&Field::new(frame.lang, "amount_vnd", frame.say("Số tiền đúng", "The right amount")).wrong(mistakes.why("amount_vnd")), "amount_vnd", Some(&typed), false))
                (line("replace_reason", frame.say("Lý do", "Reason"), None))
                button { (frame.say("Lập biên lai thay thế", "Replace it")) }
            } }
        }
    }
}

/// Records a decision.
pub(super) async fn act(
    visit: &Visit<'_>,
    id: DossierId,
    (name, what): (&str, &str),
    sent: &Form,
) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    visit.needs(match what {
        "again" | "by-hand" => Permission::Handle,
        "cancel" | "replace" => Permission::DecideMoney,
        _ => return Err(Problem::NotFound),
    })?;
    let (key, lawful) = read(visit, id, name).await?;
    let version = sent.get("version").and_then(|it| it.parse().ok()).ok_or(Problem::Form(NotAForm::Malformed))?;
    let (at, by) = ((&key, version), staff.subject.as_str());
    let done = match what {
        "again" => decide(site, &staff.agency, at, (by, &Act::AskAgain), now).await,
        "by-hand" => match number(visit, &lawful, sent) {
            Ok(no) => by_hand(site, &staff.agency, at, (by, no), now).await,
            Err(mistakes) => return whole(visit, (id, name), 400, (sent, &mistakes)).await,
        },
        _ => match wished(visit, what, sent) {
            Ok(act) => decide(site, &staff.agency, at, (by, &act), now).await,
            Err(mistakes) => return whole(visit, (id, name), 400, (sent, &mistakes)).await,
        },
    };
    site.recorder.store().forget_receipts_to_do(&staff.agency);
    match done {
        Ok(_) => Ok(respond::see_other(format!("{ROOT}/{id}/{name}?done=1"))),
        Err(why) => {
            let why = said::not_done(frame, why)?;
            whole(visit, (id, name), 409, (sent, &Mistakes::of_all(why))).await
        }
    }
}

/// Reads the number that a person typed.
fn number(visit: &Visit<'_>, lawful: &Lawful, sent: &Form) -> Result<ReceiptNo, Mistakes> {
    let Visit { site, frame, .. } = *visit;
    let provider = lawful.provider.as_deref().and_then(|id| site.config.receipt_provider(id).ok());
    let form = provider.map_or(Template::Ebl01, |provider| provider.form);
    let symbol = sent.get("symbol").unwrap_or_default().trim().to_uppercase();
    let wrong =
        |id: &str, label: [&str; 2], why: [&str; 2]| Mistakes::at(id, frame.lang.pick(label), frame.lang.pick(why));
    let symbol = Symbol::parse(&symbol).map_err(|_| {
        wrong(
            "symbol",
            ["Ký hiệu", "Symbol"],
            [
                "Ghi hai số của năm, chữ T và hai chữ cái, như 26TAB.",
                "Write the year's two digits, T and two letters, such as 26TAB.",
            ],
        )
    })?;
    let number = Number::parse(sent.get("number").unwrap_or_default().trim()).map_err(|_| {
        wrong("number", ["Số", "Number"], ["Ghi số từ 1 đến 99999999.", "Write a number from 1 to 99999999."])
    })?;
    Ok(ReceiptNo { form, symbol, number })
}

/// Reads a cancellation or a replacement.
fn wished(visit: &Visit<'_>, what: &str, sent: &Form) -> Result<Act, Mistakes> {
    let frame = visit.frame;
    let id = if what == "cancel" { "cancel_reason" } else { "replace_reason" };
    let reason = sent.get(id).map(str::trim).filter(|it| !it.is_empty() && it.chars().count() <= LONGEST_TEXT);
    let reason = reason.ok_or_else(|| {
        Mistakes::at(id, frame.say("Lý do", "Reason"), frame.say("Cần điền mục này.", "This is needed."))
    })?;
    if what == "cancel" {
        return Ok(Act::Cancel(reason.to_owned()));
    }
    let typed = sent.get("amount_vnd").and_then(amount::read).filter(|it| !it.is_zero());
    let amount = typed.ok_or_else(|| {
        Mistakes::at(
            "amount_vnd",
            frame.say("Số tiền đúng", "The right amount"),
            frame.say("Ghi số tiền lớn hơn 0.", "Write an amount above 0."),
        )
    })?;
    Ok(Act::Replace(amount, reason.to_owned()))
}
