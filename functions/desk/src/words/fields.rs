//! Commands, their fields, and mistakes in a field.

use rules::catalogue::Reason;
use rules::dossier::Kind;
use rules::language::Language;

use super::Both;

/// Name of a command on its button.
pub(crate) fn of_command(kind: Kind) -> Both {
    match kind {
        Kind::Submit => ["Nhận hồ sơ", "File"],
        Kind::Accept => ["Tiếp nhận", "Accept"],
        Kind::RefuseIntake => ["Từ chối tiếp nhận", "Refuse at intake"],
        Kind::RequestSupplement => ["Yêu cầu bổ sung", "Request a supplement"],
        Kind::PauseClock => ["Dừng tính", "Pause the clock"],
        Kind::AskPostage => ["Yêu cầu nộp cước bưu chính", "Ask for the postage"],
        Kind::AskFee => ["Yêu cầu nộp phí, lệ phí", "Ask for a fee"],
        Kind::AskAgain => ["Yêu cầu nộp lại", "Ask for the fee again"],
        Kind::RecordPayment => ["Ghi nhận thanh toán", "Record a payment"],
        Kind::RecordCash => ["Thu tiền mặt", "Take cash"],
        Kind::AttachMoney => ["Gắn khoản thu", "Attach money"],
        Kind::RecordReceipt => ["Nhận giấy tờ", "Receive papers"],
        Kind::CorrectReceipt => ["Sửa ghi nhận giấy tờ", "Take back a receipt of papers"],
        Kind::RecordDocument => ["Nhận văn bản của cơ quan khác", "Record a document that was awaited"],
        Kind::RecordSupplement => ["Ghi nhận bổ sung", "Record a supplement"],
        Kind::AnnounceOriginals => ["Báo nộp bản chính", "Announce originals"],
        Kind::AnnounceFiles => ["Báo có tệp đính kèm", "Announce files"],
        Kind::ChangeFiling => ["Sửa nội dung đã nộp", "Change what was filed"],
        Kind::Waive => ["Miễn giấy tờ, khoản thu", "Waive"],
        Kind::VoidPause => ["Hủy việc dừng tính", "Void the pause"],
        Kind::EnterStep => ["Chuyển bước", "Enter a step"],
        Kind::Forward => ["Chuyển người xử lý", "Forward"],
        Kind::PutToLeader => ["Trình lãnh đạo", "Submit to a leader"],
        Kind::ReturnToDesk => ["Chuyển lại bộ phận một cửa", "Return to the desk"],
        Kind::CorrectContact => ["Sửa địa chỉ, số điện thoại", "Correct address or phone"],
        Kind::ChooseReturn => ["Đăng ký cách nhận kết quả", "Choose how the result comes back"],
        Kind::AskAddress => ["Hỏi địa chỉ nhận kết quả", "Ask for the address"],
        Kind::ConfirmAddress => ["Xác nhận địa chỉ nhận kết quả", "Confirm the address"],
        Kind::RecordResult => ["Ghi kết quả", "Record the result"],
        Kind::HandOut => ["Trả kết quả", "Hand out the result"],
        Kind::PutInParcel => ["Cho vào bưu gửi", "Put into a parcel"],
        Kind::TakeOffParcel => ["Lấy ra khỏi bưu gửi", "Take out of the parcel"],
        Kind::PostResult => ["Gửi kết quả qua bưu điện", "Post the result"],
        Kind::RecordFailedAttempt => ["Phát không thành", "Delivery failed"],
        Kind::RecordDelivery => ["Đã phát thành công", "Delivered by the post"],
        Kind::RecordUndelivered => ["Bưu điện chuyển hoàn", "Brought back by the post"],
        Kind::Withdraw => ["Rút hồ sơ", "Withdraw"],
        Kind::ReissueResult => ["Cấp lại kết quả", "Reissue the result"],
        Kind::Close => ["Dừng xử lý", "Close"],
        Kind::Reopen => ["Mở lại hồ sơ", "Reopen"],
        Kind::Apologise => ["Xin lỗi, hẹn lại ngày trả", "Apologise with a new date"],
        Kind::SettleDates => ["Quyết định về ngày hẹn", "Decide about the dates"],
        Kind::ReplaceSlip => ["Cấp lại giấy hẹn đã mất", "Replace a lost slip"],
        Kind::Wake => ["Rà soát", "Wake"],
    }
}

/// Name of a field; its own name if it has no other.
pub(crate) fn field(kind: Kind, name: &str) -> Both {
    match (kind, name) {
        (Kind::PauseClock, "reason") => ["Dừng tính để chờ", "The clock waits for"],
        (Kind::Waive, "reason") => ["Miễn nội dung nào", "What is waived"],
        (Kind::RecordResult, "reason") => ["Lý do (khi không đủ điều kiện)", "Reason (where not eligible)"],
        (Kind::RecordDocument, "reason") => ["Khoản đang chờ", "What was awaited"],
        (Kind::ChooseReturn, "by") => ["Nhận kết quả", "The result comes back"],
        (Kind::HandOut, "to") => ["Người nhận kết quả", "Who receives it"],
        (Kind::HandOut, "name") => ["Họ tên người nhận (nếu là người được ủy quyền)", "Recipient's name (a proxy's)"],
        (Kind::ConfirmAddress, "phone") => ["Số điện thoại bưu tá gọi", "Telephone for the postman"],
        (_, "street") => ["Số nhà, đường, thôn, tổ dân phố", "House, street, hamlet"],
        (_, "commune") => ["Phường, xã, đặc khu", "Commune"],
        (_, "old") => ["Phường, xã trước 01/07/2025", "Commune of before 01/07/2025"],
        (_, "receiver") => ["Người nhận thay", "Whoever may receive it for them"],
        (_, "whose") => ["Của ai", "Whose"],
        (_, "address") => ["Địa chỉ đúng", "The right address"],
        (_, "phone") => ["Số điện thoại đúng", "The right phone number"],
        (_, "consent") => ["Đồng ý qua", "Agreed"],
        (_, "given_by") => ["Người đồng ý (nếu không phải chính người đó)", "Who agreed (where somebody else)"],
        (_, "shown") => ["Giấy tờ tùy thân đã xuất trình", "Identity paper shown"],
        (_, "paper_no") => ["Số giấy tờ đã xuất trình", "Number of the paper shown"],
        (_, "awaited_as") => ["Dừng tính ngay để chờ", "Stop the clock at once for"],
        (_, "document_no") => ["Số văn bản", "Number of the document"],
        (_, "issued_on") => ["Ngày văn bản", "Date of the document"],
        (_, "reason") => ["Lý do", "Reason"],
        (_, "because") => ["Vì sao", "Why"],
        (_, "papers") => ["Giấy tờ", "Papers"],
        (_, "minutes_no") => ["Số biên bản giao nhận", "Number of the hand-over minutes"],
        (_, "by") => ["Nhận bằng cách", "Handed over"],
        (_, "channel") => ["Kênh thanh toán", "Payment channel"],
        (_, "amount_vnd") => ["Số tiền", "Amount"],
        (_, "attempt") => ["Khoản phí, lệ phí", "Fee"],
        (_, "receipt_no") => ["Số biên lai", "Number of the receipt"],
        (_, "step") => ["Bước", "Step"],
        (Kind::PutToLeader, "to") => ["Trình ai", "Submitted to"],
        (_, "to") => ["Chuyển cho", "Forward to"],
        (_, "kind") => ["Kết quả", "Result"],
        (_, "shared" | "applicant.shared" | "filer.shared") => {
            ["Số dùng chung, máy nhờ", "The telephone is shared or borrowed"]
        }
        (_, "part") => ["Chỉ trả một phần kết quả", "Only part of it is handed out"],
        (_, "item_code") => ["Mã bưu gửi", "Parcel number"],
        (_, "article") => ["Căn cứ (điều, khoản)", "Legal basis (article)"],
        (_, "dates") => ["Các ngày đã hẹn", "The dates that were told"],
        (_, "new_due_on") => ["Ngày hẹn trả mới", "New due date"],
        (_, "at") => ["Thời điểm thực hiện (để trống: bây giờ)", "Happened at (empty: now)"],
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
        "applicant" => ["Chủ hồ sơ", "The applicant"],
        "filer" => ["Người nộp", "The filer"],
        "proxy" => ["Người được ủy quyền", "A proxy"],
        "phone" => ["Điện thoại", "On the phone"],
        "writing" => ["Văn bản", "In writing"],
        "citizen_card" => ["Căn cước, căn cước công dân", "Citizen card"],
        "identity_card" => ["Chứng minh nhân dân", "Identity card"],
        "passport" => ["Hộ chiếu", "Passport"],
        "electronic" => ["Định danh điện tử (VNeID)", "Electronic identity (VNeID)"],
        "other" => ["Giấy tờ khác", "Another paper"],
        "keep" => ["Giữ như đã báo", "Keep as told"],
        "anew" => {
            ["Tính lại theo lịch nghỉ hiện hành và báo người nộp", "Count anew by today's table, and tell people"]
        }
        "positive" => ["Đủ điều kiện, có kết quả", "Granted"],
        "negative" => ["Không đủ điều kiện giải quyết", "Not eligible"],
        other => match Reason::from(other) {
            Reason::Originals => ["Bản chính", "Originals"],
            Reason::Supplement => ["Bổ sung hồ sơ", "A supplement"],
            Reason::Fee => ["Phí, lệ phí", "A fee"],
            Reason::Further(_) => return other,
        },
    };
    lang.pick(both)
}

/// Complaint about a field: the reader reports it in English, in a few fixed words.
pub(crate) fn complaint(why: &str, lang: Language) -> String {
    if lang == Language::En {
        return format!("This {why}.");
    }
    let longest = why.strip_prefix("has more than ").and_then(|rest| rest.split_once(' '));
    let vi = match (why, longest) {
        ("is missing" | "is empty", _) => "Cần điền mục này.",
        ("has no letter and no digit", _) => "Cần ghi rõ, có chữ hoặc số.",
        ("is not a whole number", _) => "Phải là số nguyên, viết bằng chữ số.",
        ("is not a date as yyyy-MM-dd", _) => "Phải là một ngày.",
        ("lies in the future", _) => "Thời điểm này chưa đến.",
        ("is not an instant as RFC 3339 writes it", _) => "Phải là ngày và giờ.",
        ("is no commune of today, was split, or did not become of the old one", _) => "Không có phường, xã này.",
        ("is no open channel of this agency", _) => "Không phải kênh thanh toán đang mở của cơ quan.",
        ("is the number of no attempt", _) => "Không có khoản phí này.",
        ("holds a control character", _) => "Có ký tự không dùng được.",
        (
            "is neither positive nor negative"
            | "is neither hand nor post"
            | "is neither desk nor post"
            | "is neither original nor copy"
            | "is neither anew nor keep"
            | "is neither originals nor supplement"
            | "is neither applicant nor filer"
            | "is none of phone, desk, writing"
            | "is none of applicant, filer, proxy"
            | "is no kind of identity paper",
            _,
        ) => "Chọn một trong các mục.",
        (_, Some((most, "characters"))) => return format!("Dài quá {most} ký tự."),
        (_, Some((most, _))) => return format!("Nhiều quá {most} mục."),
        _ => "Không dùng được giá trị này.",
    };
    vi.to_owned()
}
