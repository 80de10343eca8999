//! Money that fits nothing, by age, and a person's decisions about it.

mod book;
pub mod compare;
mod decisions;
mod settlement;

use maud::{Markup, html};
use motcua::store::{Declined, Did, Handling, Key, Money, Owner, Refund};
use rules::http::{Response, respond};
use rules::json::Fields;
use rules::vietnam;

use super::dossier::days_since;
use crate::api;
use crate::api::Answer;
use crate::api::money;
use crate::pages::dossier::command::fresh_key;
use crate::pages::layout::{Frame, Place, framed, page};
use crate::pages::mistakes;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::words;
use ::pages::form::Form;
use ::pages::part::errors::{Mistakes, NOT_RECORDED};
use decisions::Tried;

/// The list, oldest first.
pub(crate) async fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    match *path {
        // A settlement is sent as a file, with the form's secret inside.
        ["money", "settlement"] => Box::pin(settlement::show(visit)).await,
        ["money"] => {
            visit.only_reads()?;
            list(visit, &visit.asked()).await
        }
        ["money", "book"] => {
            visit.only_reads()?;
            Box::pin(book::show(visit, &visit.asked())).await
        }
        ["money", name] => {
            visit.only_reads()?;
            one(visit, name, &visit.asked()).await
        }
        ["money", name, decision] => Box::pin(decide(visit, (name, decision), &visit.must_send()?)).await,
        _ => Err(Problem::NotFound),
    }
}

async fn list(visit: &Visit<'_>, asked: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let store = site.recorder.store();
    let found = store.money_before_a_person(&staff.agency, asked.get("after")).await?.ok_or(Problem::NotFound)?;
    let content = html! {
        nav.buttons aria-label=(frame.say("Sổ và đối soát", "Book and settlement")) {
            a.button href="/desk/money/book" { (frame.say("Sổ thu", "Book of what came in")) }
            @if staff.decides_money() {
                a.button href="/desk/money/settlement" { (frame.say("Đối soát với cổng", "Settle with a gateway")) }
            }
        }
        @if found.items.is_empty() { p { (frame.say("Không có khoản nào chờ xử lý.", "Nothing waits.")) } } @else {
            div.list { table.rows {
                thead { tr {
                    @for head in [["Nhận lúc", "Received"], ["Đã chờ", "Waiting"], ["Số tiền", "Amount"], ["Kênh", "Channel"],
                        ["Mã tham chiếu", "Reference"], ["Vì sao chờ", "Why it waits"], ["", ""]] { th scope="col" { (frame.lang.pick(head)) } }
                } }
                tbody { @for (key, read) in &found.items { (row(visit, key, read.as_ref().ok())) } }
            } }
            @if let Some(next) = &found.next {
                p { a.button href={ "/desk/money?after=" (rules::http::query::encode(next.as_bytes())) } { (frame.say("Trang sau", "Next page")) } }
            }
        }
    };
    Ok(page(frame, Place::Money, frame.say("Khoản thu chưa khớp hồ sơ", "Money that waits for a person"), &content))
}

fn row(visit: &Visit<'_>, key: &Key, money: Option<&Money>) -> Markup {
    let Visit { site, frame, .. } = *visit;
    let name = key.money_name().unwrap_or_default();
    let Some(money) = money else {
        return html! { tr { td colspan="7" { (frame.say("Một khoản do phiên bản mới hơn ghi, chưa đọc được.", "One entry of a newer version, not readable here.")) } } };
    };
    let cell = |name: [&'static str; 2], value: Markup| html! { td data-name=(frame.lang.pick(name)) { (value) } };
    html! { tr {
        (cell(["Nhận lúc", "Received"], html! { (vietnam::date_time(money.received_at)) }))
        (cell(["Đã chờ", "Waiting"], html! { (days_since(money.received_at, frame.now)) " " (frame.say("ngày", "days")) }))
        (cell(["Số tiền", "Amount"], html! { strong { (amount(money)) } }))
        (cell(["Kênh", "Channel"], html! { (words::channel(&money.payment.channel, &site.config, frame.lang)) }))
        (cell(["Mã tham chiếu", "Reference"], html! { span.code { (money.reference) } }))
        (cell(["Vì sao chờ", "Why"], html! { (why(frame, money)) }))
        td { a href={ "/desk/money/" (name) } { (frame.say("Xử lý", "Decide")) } }
    } }
}

fn amount(money: &Money) -> String {
    let waiting = money.surplus_vnd.or(money.payment.amount_vnd);
    waiting.map_or_else(|| "?".to_owned(), |amount| amount.to_string())
}

/// Owner of the money: a link to the dossier, or why a person has to decide, or both.
fn whose(frame: &Frame, money: &Money) -> Markup {
    html! {
        @match money.owner {
            Owner::Dossier(id) => a href={ "/desk/dossiers/" (id) } { (id) },
            Owner::Unclaimed(_) => (why(frame, money)),
        }
        @if matches!(money.owner, Owner::Dossier(_)) && money.needs_a_person() { " · " (why(frame, money)) }
    }
}

fn why(frame: &Frame, money: &Money) -> String {
    let why = match money.owner {
        Owner::Unclaimed(because) => frame.lang.pick(words::because(because)),
        Owner::Dossier(_) if money.surplus_vnd.is_some() => frame.say("nộp thừa", "paid too much"),
        Owner::Dossier(_) => frame.say("đã gắn vào hồ sơ", "attached to a dossier"),
    };
    let whose = if money.other_merchant {
        frame.say("; của đơn vị khác tại cổng", "; of another merchant of the gateway")
    } else {
        ""
    };
    let refund = match &money.refund {
        _ if money.no_money.is_some() => frame.say("; không phải tiền", "; no money"),
        None => "",
        Some(Refund::Marked) => frame.say("; cần hoàn trả", "; to be refunded"),
        Some(Refund::Done(_)) => frame.say("; đã hoàn trả", "; refunded"),
    };
    format!("{why}{whose}{refund}")
}

/// Shows one payment.
async fn one(visit: &Visit<'_>, name: &str, asked: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let (key, money) = Box::pin(money::found(site, staff, name)).await?.ok_or(Problem::NotFound)?;
    let done = asked.get("done").is_some().then(|| {
        let what =
            money.history.last().filter(|entry| entry.by == staff.subject).map(|entry| handled(frame, &entry.what));
        html! { div.notice.done role="status" { p { strong {
            (frame.say("Đã ghi", "Recorded")) @if let Some(what) = what { ": " (what) } "."
        } } } }
    });
    whole(visit, &key, &money, 200, &done.unwrap_or_default(), None).await
}

async fn whole(
    visit: &Visit<'_>,
    key: &Key,
    money: &Money,
    status: u16,
    notice: &Markup,
    tried: Option<Tried<'_>>,
) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let (voucher, people) = tokio::join!(site.recorder.voucher_of(&staff.agency, money), visit.people());
    let (voucher, people) = (voucher?, people?);
    if money.raw.is_some() && staff.decides_money() {
        visit.audits(Did::ReadMoney { money: key.money_name().unwrap_or_default() }).await?;
    }
    let content = html! {
        (notice)
        p { strong { (amount(money)) } " · " (why(frame, money)) }
        dl.facts {
            dt { (frame.say("Kênh", "Channel")) } dd { (words::channel(&money.payment.channel, &site.config, frame.lang)) }
            dt { (frame.say("Mã tham chiếu", "Reference")) } dd.code { (money.reference) }
            dt { (frame.say("Mã giao dịch", "Transaction")) } dd.code { (money.payment.identity) }
            dt { (frame.say("Thời điểm thanh toán", "Paid")) } dd { (vietnam::date_time(money.at)) }
            @if let Some(claimed) = money.claimed_at {
                dt { (frame.say("Thời điểm cổng khai", "Paid, by the gateway")) } dd { (vietnam::date_time(claimed)) }
            }
            dt { (frame.say("Nhận lúc", "Received")) } dd { (vietnam::date_time(money.received_at)) }
            @if let Owner::Dossier(id) = money.owner { dt { (frame.say("Hồ sơ", "Dossier")) } dd { a href={ "/desk/dossiers/" (id) } { (id) } } }
            @if let Some(voucher) = &voucher { dt { (frame.say("Chứng từ", "Voucher")) } dd { (voucher.no) } }
        }
        @if !money.history.is_empty() {
            h2 { (frame.say("Đã xử lý", "Decided")) }
            ul { @for entry in &money.history {
                li { (vietnam::date_time(entry.at)) " · " (words::named(&entry.by, &people, frame.lang)) ": " (handled(frame, &entry.what)) ". " (entry.because) }
            } }
        }
        @if let Some(raw) = money.raw.as_ref().filter(|_| staff.decides_money()) {
            details { summary { (frame.say("Thông báo gốc của cổng thanh toán", "The gateway's message as received")) } p.sms.wide { (raw.expose()) } }
        }
        (decisions::forms(staff, frame, key, money, voucher.is_some(), tried))
    };
    let title = frame.say("Chi tiết khoản thu", "A payment");
    Ok(framed(status, frame, Place::Money, title, &content))
}

fn handled(frame: &Frame, what: &Handling) -> String {
    match what {
        Handling::Attached { dossier, attempt } => {
            let attempt = attempt.map(|attempt| format!(" ({attempt})")).unwrap_or_default();
            format!("{} {dossier}{attempt}", frame.say("gắn vào hồ sơ", "attached to dossier"))
        }
        Handling::MarkedForRefund => frame.say("ghi nhận cần hoàn trả", "marked for refund").to_owned(),
        Handling::NoMoney(why) => {
            format!("{}: {}", frame.say("không phải tiền", "no money"), frame.lang.pick(decisions::no_money(*why)))
        }
        Handling::Refunded(reference) => format!("{} {reference}", frame.say("đã hoàn trả, số", "refunded under")),
    }
}

/// Records a decision, or shows the page again with the mistake and what was typed.
async fn decide(visit: &Visit<'_>, (name, decision): (&str, &str), sent: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let spec = money::find(decision).ok_or(Problem::NotFound)?;
    staff.may(spec.kind)?;
    let (key, money) = Box::pin(money::found(site, staff, name)).await?.ok_or(Problem::NotFound)?;
    let version = sent.get("version").and_then(|version| version.parse().ok());
    let (Some(version), Some(form_key)) = (version, sent.get("key")) else {
        return Err(Problem::Form(::pages::form::NotAForm::Malformed));
    };
    let body = decisions::json_of(spec, sent);
    let fields = Fields::of_body(&body).map_err(|_| Problem::Form(::pages::form::NotAForm::Malformed))?;
    let receipt = api::receipt(staff, form_key, &format!("/api/v1/money/{name}/{decision}"), &body);
    let wish = money::Wish { name: name.to_owned(), version, decision: spec };
    let decided = Box::pin(money::decide(site, staff, receipt, fields, wish, now)).await;
    let prefix = decisions::prefix(spec.name);
    let typed =
        mistakes::Sent { lang: frame.lang, fields: spec.fields, form: sent, name: decisions::field, prefix: &prefix };
    let (status, mistakes) = match decided.unwrap_or_else(|refused| refused) {
        Answer::Decided(..) | Answer::AlreadyDecided(..) => {
            return Ok(respond::see_other(format!("/desk/money/{name}?done=1")));
        }
        Answer::Refused(refusal) => {
            let what = spec.name.to_owned();
            visit.notes(Did::Refused { what, id: None, because: Declined::ByItsState }).await;
            (422, typed.declined(refusal.field(), &words::declined(&refusal, &site.config, frame.lang)))
        }
        Answer::Malformed(wrong) => (400, typed.mistakes(&wrong)),
        Answer::Stale(_) => (
            409,
            Mistakes::of_all(frame.say(
                "Khoản này vừa được người khác xử lý. Xem lại bên dưới.",
                "Somebody else decided about this payment just now. Look again below.",
            )),
        ),
        other => return Err(other.into()),
    };
    let summary = mistakes.summary(frame.lang, NOT_RECORDED);
    let tried = Tried { decision: spec.name, sent, mistakes: &mistakes };
    whole(visit, &key, &money, status, &summary, Some(tried)).await
}

/// The hidden fields of a decision's form.
fn hidden(frame: &Frame, money: &Money) -> Markup {
    html! {
        (frame.csrf_field())
        input type="hidden" name="version" value=(money.version);
        input type="hidden" name="key" value=(fresh_key());
    }
}
