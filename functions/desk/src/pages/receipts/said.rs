//! Words about receipts.

use motcua::receipts::NotDone;
use rules::language::Both;
use rules::receipt::{Ending, Issue, Lawful, Standing, State};
use rules::vietnam;

use crate::pages::layout::Frame;
use crate::pages::problem::Problem;

/// Reason why a receipt waits for a person, by our own code or the provider's.
pub(super) fn because(frame: &Frame, code: &str) -> String {
    let known: Option<Both> = match code {
        "no_fee" => Some(["không tìm thấy khoản phí, lệ phí trong hồ sơ", "the fee is not in the dossier"]),
        "no_payee" => Some(["thiếu tên tổ chức thu trong cấu hình", "the payee is missing in the configuration"]),
        "no_tax_code" => Some(["mã số thuế trong cấu hình không đúng", "the tax code in the configuration is wrong"]),
        "no_symbol" => Some(["ký hiệu không phải của năm lập", "the symbol is of another year"]),
        "no_charges" => Some(["thiếu tên loại phí, lệ phí", "the kind of charge has no name"]),
        "wrong_sum" => Some(["các khoản không bằng tổng số tiền", "the charges do not sum to the amount"]),
        "no_answer" => Some(["nhà cung cấp không trả lời sau 10 lần", "the provider did not answer ten times"]),
        "several" => Some(["nhà cung cấp có nhiều biên lai cùng khóa", "the provider has several under one key"]),
        _ => None,
    };
    match known {
        Some(words) => frame.lang.pick(words).to_owned(),
        None => format!("{} {code}", frame.say("nhà cung cấp từ chối, mã", "the provider refuses, code")),
    }
}

/// The state of a request in words.
pub(super) fn state(frame: &Frame, issue: &Issue) -> String {
    match &issue.state {
        State::Wanted => frame.say("chưa gửi nhà cung cấp", "not asked for yet").to_owned(),
        State::Asked { tries, .. } => {
            format!("{} ({tries})", frame.say("đã gửi, đang hỏi lại kết quả", "asked, its outcome is looked up"))
        }
        State::Refused { code, .. } => because(frame, code),
        State::Issued(issued) => match &issued.ending {
            None => frame.say("đang có hiệu lực", "in force").to_owned(),
            Some(Ending::Wanted { .. }) => frame.say("chờ hủy tại nhà cung cấp", "to be cancelled").to_owned(),
            Some(Ending::Refused { code, .. }) => {
                format!("{}: {}", frame.say("chưa hủy được", "not cancelled"), because(frame, code))
            }
            Some(Ending::Cancelled { at, because, .. }) => {
                format!("{} {}: {because}", frame.say("đã hủy", "cancelled"), vietnam::date(*at))
            }
            Some(Ending::Replaced { by, .. }) => format!("{} {by}", frame.say("đã thay bằng", "replaced by")),
        },
    }
}

/// The reason why a receipt waits for a person.
pub(super) fn waits(frame: &Frame, lawful: &Lawful) -> String {
    if lawful.standing() != Standing::ForAPerson {
        return String::new();
    }
    match &lawful.last().state {
        State::Wanted => frame.say("chưa có nhà cung cấp biên lai điện tử", "there is no provider").to_owned(),
        State::Asked { .. } | State::Refused { .. } | State::Issued(_) => state(frame, lawful.last()),
    }
}

/// The number of a receipt with its state, for a dossier's page: those that are not in force stay.
pub(crate) fn numbered(frame: &Frame, issue: &Issue) -> String {
    match issue.issued() {
        Some(issued) => format!("{} ({})", issued.no, state(frame, issue)),
        None => state(frame, issue),
    }
}

/// Why a decision was not recorded.
pub(super) fn not_done(frame: &Frame, why: NotDone) -> Result<String, Problem> {
    Ok(match why {
        NotDone::Unknown => return Err(Problem::NotFound),
        NotDone::Store(error) => return Err(error.into()),
        NotDone::NotNow(_) => frame
            .say(
                "Biên lai đã thay đổi hoặc không còn cho làm việc này. Xem lại bên dưới.",
                "The receipt changed, or does not take this. Look again below.",
            )
            .to_owned(),
        NotDone::NoProvider => frame
            .say(
                "Cơ quan chưa có nhà cung cấp biên lai điện tử. Báo quản trị cấu hình.",
                "The office has no provider of receipts. Tell the administrator.",
            )
            .to_owned(),
    })
}
