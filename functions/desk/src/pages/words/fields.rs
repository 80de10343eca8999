//! Commands, their fields, and what is wrong with a field.

use motcua::dossier::Kind;
use motcua::message::Language;

use super::Both;
use crate::pages::layout::pick;

/// What a command is called on its button.
pub(crate) fn of_command(kind: Kind) -> Both {
    match kind {
        Kind::Submit => ["Nhận hồ sơ", "File"],
        Kind::Accept => ["Tiếp nhận", "Accept"],
        Kind::RefuseIntake => ["Từ chối tiếp nhận", "Refuse at intake"],
        Kind::RequestSupplement => ["Yêu cầu bổ sung", "Request a supplement"],
        Kind::PauseClock => ["Dừng tính", "Pause the clock"],
        Kind::AskFee => ["Yêu cầu nộp phí, lệ phí", "Ask for a fee"],
        Kind::AskAgain => ["Yêu cầu nộp lại", "Ask for the fee again"],
        Kind::RecordPayment => ["Ghi nhận thanh toán", "Record a payment"],
        Kind::RecordCash => ["Thu tiền mặt", "Take cash"],
        Kind::AttachMoney => ["Gắn khoản thu", "Attach money"],
        Kind::RecordReceipt => ["Nhận giấy tờ", "Receive papers"],
        Kind::RecordSupplement => ["Ghi nhận bổ sung", "Record a supplement"],
        Kind::AnnounceOriginals => ["Báo nộp bản chính", "Announce originals"],
        Kind::Waive => ["Miễn giấy tờ, khoản thu", "Waive"],
        Kind::VoidPause => ["Bỏ lần dừng tính", "Void the pause"],
        Kind::EnterStep => ["Chuyển bước", "Enter a step"],
        Kind::Forward => ["Chuyển người xử lý", "Forward"],
        Kind::RecordResult => ["Ghi kết quả", "Record the result"],
        Kind::HandOut => ["Trả kết quả", "Hand out the result"],
        Kind::PostResult => ["Gửi kết quả qua bưu điện", "Post the result"],
        Kind::RecordDelivery => ["Bưu điện đã phát", "Delivered by the post"],
        Kind::RecordUndelivered => ["Bưu điện hoàn lại", "Brought back by the post"],
        Kind::Withdraw => ["Rút hồ sơ", "Withdraw"],
        Kind::ReissueResult => ["Cấp lại kết quả", "Reissue the result"],
        Kind::Close => ["Dừng giải quyết", "Close"],
        Kind::Reopen => ["Mở lại hồ sơ", "Reopen"],
        Kind::Apologise => ["Xin lỗi, hẹn lại ngày trả", "Apologise with a new date"],
        Kind::Wake => ["Rà soát", "Wake"],
    }
}

/// What a field is called; its own name where nobody gave it another.
pub(crate) fn field(kind: Kind, name: &str) -> Both {
    match (kind, name) {
        (Kind::PauseClock, "reason") => ["Dừng tính để chờ", "The clock waits for"],
        (Kind::Waive, "reason") => ["Khoản đang chờ được miễn", "What is waived"],
        (Kind::RecordResult, "reason") => ["Lý do (khi không đủ điều kiện)", "Reason (where not eligible)"],
        (_, "reason") => ["Lý do", "Reason"],
        (_, "because") => ["Vì sao", "Why"],
        (_, "papers") => ["Giấy tờ", "Papers"],
        (_, "minutes_no") => ["Số biên bản giao nhận", "Number of the hand-over minutes"],
        (_, "by") => ["Nhận bằng cách", "Handed over"],
        (_, "channel") => ["Kênh thanh toán", "Payment channel"],
        (_, "amount_vnd") => ["Số tiền (đồng)", "Amount (đồng)"],
        (_, "attempt") => ["Khoản phí, lệ phí", "Fee"],
        (_, "receipt_no") => ["Số biên lai", "Number of the receipt"],
        (_, "step") => ["Bước", "Step"],
        (_, "to") => ["Tài khoản người nhận việc", "Account of who takes it"],
        (_, "kind") => ["Kết quả", "Result"],
        (_, "part") => ["Mới trả một phần", "Only part of it is handed out"],
        (_, "item_code") => ["Mã bưu gửi", "Parcel number"],
        (_, "article") => ["Căn cứ (điều, khoản)", "Legal basis (article)"],
        (_, "new_due_on") => ["Ngày hẹn trả mới", "New due date"],
        (_, "at") => ["Xảy ra lúc (để trống: bây giờ)", "Happened at (empty: now)"],
        (_, "procedure") => ["Thủ tục", "Procedure"],
        (_, "filing") => ["Cách nộp", "Filed"],
        (_, "applicant" | "applicant.name") => ["Chủ hồ sơ: họ tên hoặc tên tổ chức", "Applicant: name"],
        (_, "applicant.phone") => ["Điện thoại", "Phone"],
        (_, "applicant.address") => ["Địa chỉ", "Address"],
        (_, "applicant.identity_no") => ["Số giấy tờ tùy thân hoặc mã số thuế", "Identity or tax number"],
        (_, "applicant.email") => ["Thư điện tử", "E-mail"],
        (_, "filer" | "filer.name") => ["Người nộp: họ tên", "Filer: name"],
        (_, "filer.phone") => ["Điện thoại người nộp", "Filer's phone"],
        (_, "filer.address") => ["Địa chỉ người nộp", "Filer's address"],
        (_, "filer.identity_no") => ["Số giấy tờ tùy thân người nộp", "Filer's identity number"],
        (_, "filer.email") => ["Thư điện tử người nộp", "Filer's e-mail"],
        _ => ["Giá trị", "Value"],
    }
}

/// One of the words that a field may hold.
pub(crate) fn choice(word: &str, lang: Language) -> &str {
    let both = match word {
        "hand" => ["Nộp trực tiếp", "By hand"],
        "post" => ["Qua bưu điện", "By post"],
        "desk" => ["Tại quầy", "At the desk"],
        "positive" => ["Đủ điều kiện, có kết quả", "Granted"],
        "negative" => ["Không đủ điều kiện giải quyết", "Not eligible"],
        other => return other,
    };
    pick(lang, both)
}

/// The reason of something awaited.
pub(crate) fn reason(name: &str, lang: Language) -> &str {
    let both = match name {
        "originals" => ["bản chính", "originals"],
        "supplement" => ["bổ sung hồ sơ", "a supplement"],
        "fee" => ["phí, lệ phí", "a fee"],
        "opinion" => ["ý kiến của cơ quan khác", "the opinion of another agency"],
        "inspection" => ["kiểm tra, thẩm định thực tế", "an inspection"],
        other => return other,
    };
    pick(lang, both)
}

/// What is wrong with a field: the reader says it in English, and the words it has are few.
pub(crate) fn complaint(why: &str, lang: Language) -> String {
    if lang == Language::En {
        return format!("This {why}.");
    }
    let longest = why.strip_prefix("has more than ").and_then(|rest| rest.split_once(' '));
    let vi = match (why, longest) {
        ("is missing" | "is empty", _) => "Cần điền mục này.",
        ("is not a whole number", _) => "Phải là số nguyên, viết bằng chữ số.",
        ("is not a date as yyyy-MM-dd", _) => "Phải là một ngày.",
        ("lies in the future", _) => "Thời điểm này chưa đến.",
        ("is not an instant as RFC 3339 writes it", _) => "Phải là ngày và giờ.",
        ("is no open channel of this agency", _) => "Không phải kênh thanh toán đang mở của cơ quan.",
        ("is the number of no attempt", _) => "Không có khoản phí này.",
        ("holds a control character", _) => "Có ký tự không dùng được.",
        ("is neither positive nor negative" | "is neither hand nor post" | "is neither desk nor post", _) => {
            "Chọn một trong các mục."
        }
        (_, Some((most, "characters"))) => return format!("Dài quá {most} ký tự."),
        (_, Some((most, _))) => return format!("Nhiều quá {most} mục."),
        _ => "Không dùng được giá trị này.",
    };
    vi.to_owned()
}
