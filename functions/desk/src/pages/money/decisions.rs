//! Forms for the decisions about money.

use maud::{Markup, html};
use motcua::store::{Key, Money, NoMoney, Owner, Refund};
use rules::language::Both;
use serde_json::{Map, Value, json};

use super::hidden;
use crate::api::commands::Field;
use crate::api::money::Spec;
use crate::pages::layout::Frame;
use crate::permission::Staff;
use ::pages::form::Form;
use ::pages::part::errors::Mistakes;
use ::pages::part::field::{Field as Framed, Line};

/// Name of a decision.
fn called(name: &str) -> [&'static str; 2] {
    match name {
        "attach" => ["Gắn vào hồ sơ", "Attach to a dossier"],
        "mark-refund" => ["Ghi nhận cần hoàn trả", "Mark for refund"],
        "refunded" => ["Đã hoàn trả", "Refunded"],
        "no-money" => ["Không phải tiền", "No money"],
        "cancel-voucher" => ["Hủy chứng từ", "Cancel the voucher"],
        _ => ["Ghi biên lai chính thức", "Note the official receipt"],
    }
}

/// Name of a reason why something is no money.
pub(super) fn no_money(why: NoMoney) -> [&'static str; 2] {
    match why {
        NoMoney::Trial => ["cổng thanh toán gọi thử", "a trial of the gateway"],
        NoMoney::Test => ["giao dịch thử nghiệm", "a test"],
        NoMoney::Duplicate => ["đã ghi nhận ở khoản khác", "recorded as another payment"],
    }
}

/// Names of its fields.
pub(super) fn field(name: &str) -> Both {
    match name {
        "dossier" => ["Hồ sơ (mã hoặc mã nội bộ)", "Dossier (code or id)"],
        "attempt" => ["Lần yêu cầu nộp phí", "Attempt whose fee it pays"],
        "kind" => ["Vì sao không phải tiền", "Why it is no money"],
        "reason" => ["Lý do", "Reason"],
        "reference" => ["Số giao dịch hoàn trả", "Reference of the refund"],
        "replace" => ["Cấp số khác thay thế", "Give another number instead"],
        "form" => ["Mẫu số", "Form"],
        "symbol" => ["Ký hiệu", "Symbol"],
        "number" => ["Số biên lai", "Number"],
        _ => ["Mục này", "This"],
    }
}

/// The decision that was sent and not taken.
#[derive(Clone, Copy)]
pub(super) struct Tried<'a> {
    /// Its name.
    pub decision: &'a str,
    /// The fields as typed.
    pub sent: &'a Form,
    /// The mistakes in them.
    pub mistakes: &'a Mistakes,
}

/// One form for each decision that this payment and this role allow.
pub(super) fn forms(
    staff: &Staff,
    frame: &Frame,
    key: &Key,
    money: &Money,
    has_voucher: bool,
    tried: Option<Tried<'_>>,
) -> Markup {
    let waits = money.needs_a_person();
    let marked = matches!(money.refund, Some(Refund::Marked));
    let fits = |spec: &&Spec| match spec.name {
        "attach" => waits && !marked && money.surplus_vnd.is_none(),
        "mark-refund" => waits && !marked,
        "refunded" => marked,
        "no-money" => waits && matches!(money.owner, Owner::Unclaimed(_)),
        _ => has_voucher,
    };
    let allowed: Vec<_> =
        crate::api::money::DECISIONS.iter().filter(|spec| staff.may(spec.kind).is_ok()).filter(fits).collect();
    html! {
        @if allowed.is_empty() && waits {
            p.soft { (frame.say("Lãnh đạo quyết định khoản này.", "A manager decides about this.")) }
        }
        @for (place, spec) in allowed.into_iter().enumerate() {
            @let tried = tried.filter(|tried| tried.decision == spec.name);
            form method="post" novalidate action={ "/desk/money/" (key.money_name().unwrap_or_default()) "/" (spec.name) } {
                fieldset {
                    legend { (frame.lang.pick(called(spec.name))) }
                    (hidden(frame, money))
                    @for field in spec.fields { (input(frame, spec, field, tried)) }
                    button.main[place == 0] { (frame.lang.pick(called(spec.name))) }
                }
            }
        }
    }
}

fn input(frame: &Frame, spec: &Spec, it: &Field, tried: Option<Tried<'_>>) -> Markup {
    let (name, id) = (it.name, format!("{}{}", prefix(spec.name), it.name));
    let typed = tried.and_then(|tried| tried.sent.get(name));
    let framed = Framed::new(frame.lang, &id, frame.lang.pick(field(name)));
    let framed = framed.wrong(tried.and_then(|tried| tried.mistakes.why(&id)));
    let framed = if it.needed { framed } else { framed.optional() };
    match name {
        "replace" => html! { div.field {
            label.check { input type="checkbox" id=(id) name=(name) value="1" checked[typed.is_some()]; (framed.label) }
        } },
        "kind" => {
            let kinds = NoMoney::ALL.map(|(kind, why)| (kind.to_owned(), frame.lang.pick(no_money(why)).to_owned()));
            framed.choice(name, &kinds, typed.or(kinds.first().map(|(kind, _)| kind.as_str())), false)
        }
        "attempt" => framed.hinted(frame.say("Để trống: chỉ ghi vào hồ sơ.", "Empty: recorded only.")).line(&Line {
            name,
            value: typed,
            keys: "numeric",
            short: true,
            ..Line::default()
        }),
        _ => framed.line(&Line { name, value: typed, longest: it.is.longest(), ..Line::default() }),
    }
}

/// Prefix of the ids of a decision's controls: several decisions stand on one page.
pub(super) fn prefix(decision: &str) -> String {
    format!("{decision}-")
}

/// The body, as the API would get it.
pub(super) fn json_of(spec: &Spec, sent: &Form) -> Vec<u8> {
    let mut body = Map::new();
    for Field { name, .. } in spec.fields {
        let Some(typed) = sent.get(name) else { continue };
        let value = match *name {
            "attempt" => typed.parse::<u64>().map_or_else(|_| json!(typed), |number| json!(number)),
            "replace" => json!(true),
            _ => json!(typed),
        };
        body.insert((*name).to_owned(), value);
    }
    Value::Object(body).to_string().into_bytes()
}
