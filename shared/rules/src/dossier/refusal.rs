//! Reasons why a dossier declined a command, in the caller's words.

use super::table;
use super::{Kind, Phase};
use crate::vnd::{Limits, Vnd};

/// A command that the dossier declined. Nothing was recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The cell of the table says no.
    #[error("{}", table::sentence_en(*.kind, *.phase))]
    Phase {
        /// Kind of the command.
        kind: Kind,
        /// Phase of the dossier.
        phase: Phase,
    },
    /// The procedure has no such step.
    #[error("The procedure has no such step.")]
    UnknownStep,
    /// The catalogue does not know the dossier's procedure.
    #[error("The catalogue holds no version of this procedure for that day; import it first.")]
    UnknownProcedure,
    /// The procedure does not list this reason for a pause.
    #[error("The procedure does not list this reason for a pause with an article.")]
    UnknownReason,
    /// Nothing is awaited for this reason, or none of these papers.
    #[error("None of this is awaited.")]
    NotAwaited,
    /// All the papers named are in already.
    #[error("The papers named are already in or waived.")]
    NothingMissing,
    /// A list of papers is empty.
    #[error("Name at least one paper.")]
    NoPapers,
    /// None of the papers named was recorded as received.
    #[error("None of these papers was recorded as received.")]
    NotReceived,
    /// A correction asks for a pause while the clock neither runs nor is paused.
    #[error("Before acceptance and after the result no clock can be stopped for these papers.")]
    NoClock,
    /// The things awaited for this reason come in by hand or by the portal, not as a document of another body.
    #[error("Only what another body owes, such as an opinion, comes in as a document.")]
    NotADocument,
    /// A document that is dated after the day it came.
    #[error("The document is dated later than it came.")]
    IssuedLater,
    /// A correction that names neither an address nor a phone number.
    #[error("Give the right address, the right phone number, or both.")]
    NothingCorrected,
    /// The correction is the same as the record.
    #[error("This address and phone number are recorded already.")]
    SameContact,
    /// The dossier has nobody but its applicant.
    #[error("The applicant filed the dossier; there is no other filer.")]
    NoFiler,
    /// A result is to be handed to a filer, and the dossier has nobody but its applicant.
    #[error("The applicant filed the dossier; there is no other filer to hand the result to.")]
    NoFilerToReceive,
    /// A change at the portal names another procedure than the one that the dossier was filed under.
    #[error("The dossier was filed under another procedure; withdraw it and file it again.")]
    OtherProcedure,
    /// The agency's directory has no such account.
    #[error("Nobody of this agency has signed in under this account; choose somebody of the list.")]
    UnknownAccount,
    /// The account was closed by an administrator.
    #[error("This account is closed; choose somebody who still works here.")]
    ClosedAccount,
    /// The account keeps the system and handles no dossiers.
    #[error("This account keeps the system and handles no dossiers; choose somebody else.")]
    NoHandler,
    /// A dossier is submitted to somebody who decides nothing.
    #[error("This account is not a leader's; choose a leader, or forward the dossier.")]
    NoLeader,
    /// The dossier is held by the one-stop desk already.
    #[error("The one-stop desk holds the dossier already.")]
    AtTheDesk,
    /// The people of the dossier are not stored any more.
    #[error("The people of this dossier are not on record any more.")]
    NoPeople,
    /// The result already comes back in this way.
    #[error("This way of return is the one chosen already.")]
    SameReturn,
    /// A reason or another text that the law demands is empty or too long.
    #[error("The field {0} must hold between 1 and {1} characters.")]
    Text(&'static str, usize),
    /// A code is needed to accept a dossier that brought none.
    #[error("The dossier needs a code to be accepted.")]
    NoCode,
    /// More supplement rounds than the procedure allows.
    #[error("The procedure allows {0} requests for a supplement.")]
    TooManyRounds(u8),
    /// Every reference of this dossier is used up.
    #[error("No payment attempt is left for this dossier.")]
    TooManyAttempts,
    /// A fee of zero.
    #[error("A fee is at least one dong.")]
    ZeroFee,
    /// An amount that the channel's gateway does not take.
    #[error("{}", outside_en(.channel, *.limits, .others))]
    OutsideLimits {
        /// The channel.
        channel: String,
        /// The amounts that its gateway takes.
        limits: Limits,
        /// The agency's channels that take the amount.
        others: Vec<String>,
    },
    /// A fee asked for before is still open for the same channel and amount.
    #[error("The same fee is already asked through this channel.")]
    FeeAlreadyAsked,
    /// The fee named is paid or waived, or there is none.
    #[error("No such fee is open here.")]
    FeeNotOpen,
    /// Cash that is not between one đồng and what the fee lacks.
    #[error("The fee lacks {}: take no more, and at least one dong.", .0.plain_english())]
    CashDiffers(Vnd),
    /// A receipt of this number was recorded before.
    #[error("A receipt of this number was recorded before.")]
    ReceiptUsed,
    /// Paper receipts ended on 31/12/2026.
    #[error(
        "Paper receipts ended on 31/12/2026 (Decree 254/2026, art. 44). Leave the number empty: this cash gets an electronic one."
    )]
    PaperReceiptOver,
    /// The payment set aside brought no money that could pay a fee.
    #[error("This message brought no money that could pay a fee.")]
    NoMoney,
    /// No part of this money waits for a decision.
    #[error("This money is not before a person any more.")]
    MoneySettled,
    /// Money goes back in two steps, so that two people see it.
    #[error("Mark the money for refund first.")]
    NotMarked,
    /// The payment has no voucher, or its voucher is cancelled.
    #[error("This payment has no voucher in force.")]
    NoVoucher,
    /// Nobody has to decide about the dates.
    #[error("The dates of this dossier are not in doubt.")]
    DatesHold,
    /// The result cannot be handed out before the fee is paid.
    #[error("A fee is still to be paid; the result is handed out afterwards.")]
    FeeOwed,
    /// The procedure's result can only be handed out.
    #[error("The result of this procedure is handed out at the desk, not posted.")]
    NotByPost,
    /// The applicant has not chosen the post.
    #[error("The applicant has not chosen the post for the result.")]
    PostNotChosen,
    /// Nobody has confirmed the address that the result would go to.
    #[error("The address for the result is not confirmed.")]
    AddressNotConfirmed,
    /// The applicant was asked for the address, or has said everything already.
    #[error("The applicant was asked before, or has chosen the post and confirmed the address.")]
    AddressAsked,
    /// Nobody pays for it: a notice says so.
    #[error("The postage is free by a notice: nobody pays it.")]
    PostageFree,
    /// The result is in a parcel.
    #[error("The result is in a parcel: take it out first.")]
    InAParcel,
    /// The result is in no parcel.
    #[error("The result is in no parcel.")]
    NoParcel,
    /// Only a negative result, after a missed wait, ends a paused dossier.
    #[error("While the clock stands only a negative result after a missed wait can be recorded.")]
    OnlyNegative,
    /// A negative result needs its reason (NĐ 61/2018 art. 19(8)).
    #[error("A negative result needs a reason.")]
    NoReason,
    /// A new date was promised before (NĐ 61/2018 art. 19(9): once).
    #[error("A new date was promised before; that is possible once.")]
    AlreadyApologised,
    /// While the clock is stopped nothing is late, so there is nothing to apologise for.
    #[error("While the clock stands there is no date to move, unless the dossier is late already.")]
    NothingDue,
    /// The promised date is not after the due date, or not a working day.
    #[error("The new date must be a working day after the due date and after today.")]
    NotLater,
    /// The count needs a year without an official holiday table.
    #[error("A year without an official holiday table is in the way.")]
    Gap,
    /// The state would grow beyond what can be stored at once.
    #[error("The dossier holds more than can be stored at once.")]
    TooLarge,
}

impl Refusal {
    /// Returns the sentence in Vietnamese, for people.
    #[must_use]
    pub fn vi(&self) -> String {
        match self {
            Self::Phase { kind, phase } => table::sentence_vi(*kind, *phase),
            Self::UnknownStep => "Thủ tục không có bước này.".into(),
            Self::UnknownProcedure => {
                "Danh mục chưa có thủ tục này cho ngày nhận hồ sơ; hãy nhập danh mục trước.".into()
            }
            Self::UnknownReason => "Thủ tục không quy định lý do dừng tính này.".into(),
            Self::NotAwaited => "Hồ sơ không chờ những giấy tờ này.".into(),
            Self::NothingMissing => "Các giấy tờ nêu đã có hoặc đã được miễn.".into(),
            Self::NoPapers => "Hãy nêu ít nhất một giấy tờ.".into(),
            Self::NotReceived => "Chưa ghi nhận giấy tờ nào trong số này.".into(),
            Self::NoClock => "Trước khi tiếp nhận và sau khi có kết quả thì không dừng tính để chờ giấy tờ.".into(),
            Self::NotADocument => "Chỉ ghi nhận văn bản mà cơ quan khác phải gửi, như ý kiến phối hợp.".into(),
            Self::IssuedLater => "Văn bản đề ngày sau ngày nhận.".into(),
            Self::NothingCorrected => "Hãy ghi địa chỉ đúng, số điện thoại đúng, hoặc cả hai.".into(),
            Self::SameContact => "Địa chỉ, số điện thoại này đã được ghi từ trước.".into(),
            Self::NoFiler => "Chủ hồ sơ tự nộp; không có người nộp khác.".into(),
            Self::NoFilerToReceive => "Chủ hồ sơ tự nộp; không có người nộp khác để trả kết quả.".into(),
            Self::OtherProcedure => "Hồ sơ đã nộp theo thủ tục khác; hãy rút và nộp lại.".into(),
            Self::UnknownAccount => {
                "Cơ quan chưa có ai đăng nhập bằng tài khoản này; hãy chọn người nhận việc trong danh sách.".into()
            }
            Self::ClosedAccount => "Tài khoản này đã bị khóa; hãy chọn người đang làm việc.".into(),
            Self::NoHandler => "Tài khoản này quản trị hệ thống, không xử lý hồ sơ; hãy chọn người khác.".into(),
            Self::NoLeader => {
                "Tài khoản này không phải của lãnh đạo; hãy chọn lãnh đạo, hoặc chuyển người xử lý.".into()
            }
            Self::AtTheDesk => "Bộ phận một cửa đang giữ hồ sơ này.".into(),
            Self::NoPeople => "Thông tin cá nhân của hồ sơ này không còn lưu.".into(),
            Self::SameReturn => "Cách nhận kết quả này đã được chọn.".into(),
            Self::Text(field, most) => format!("Mục {} phải có từ 1 đến {most} ký tự.", label(field)),
            Self::NoCode => "Cần mã hồ sơ để tiếp nhận.".into(),
            Self::TooManyRounds(n) => format!("Thủ tục chỉ cho phép yêu cầu bổ sung {n} lần."),
            Self::TooManyAttempts => "Hồ sơ đã dùng hết số lần yêu cầu thanh toán.".into(),
            Self::ZeroFee => "Phí, lệ phí ít nhất là 1 ₫.".into(),
            Self::OutsideLimits { channel, limits, others } => outside_vi(channel, *limits, others),
            Self::FeeAlreadyAsked => "Khoản này đã được yêu cầu qua cùng kênh thanh toán.".into(),
            Self::FeeNotOpen => "Hồ sơ không còn khoản phí, lệ phí này để nộp.".into(),
            Self::CashDiffers(missing) => format!("Khoản này còn thiếu {missing}; không thu quá số đó."),
            Self::ReceiptUsed => "Biên lai số này đã được ghi nhận.".into(),
            Self::PaperReceiptOver => {
                "Biên lai giấy chỉ được dùng đến hết ngày 31/12/2026 (điều 44 NĐ 254/2026). Để trống số: khoản này có biên lai điện tử.".into()
            }
            Self::NoMoney => "Thông báo này không kèm số tiền có thể nộp phí, lệ phí.".into(),
            Self::MoneySettled => "Khoản tiền này đã được giải quyết.".into(),
            Self::NotMarked => "Hãy ghi nhận cần hoàn trả trước.".into(),
            Self::NoVoucher => "Khoản thu này không có chứng từ còn hiệu lực.".into(),
            Self::DatesHold => "Các ngày hẹn của hồ sơ này không cần quyết định gì.".into(),
            Self::FeeOwed => "Còn phí, lệ phí chưa nộp; trả kết quả sau khi nộp.".into(),
            Self::NotByPost => "Kết quả của thủ tục này chỉ trả trực tiếp, không gửi qua bưu điện.".into(),
            Self::PostNotChosen => "Người dân chưa chọn nhận kết quả qua bưu điện.".into(),
            Self::AddressNotConfirmed => "Địa chỉ nhận kết quả chưa được xác nhận.".into(),
            Self::AddressAsked => "Đã hỏi người dân, hoặc người dân đã chọn bưu điện và xác nhận địa chỉ.".into(),
            Self::PostageFree => "Cước bưu chính được miễn theo thông báo, không thu của ai.".into(),
            Self::InAParcel => "Kết quả đang nằm trong một bưu gửi; hãy lấy ra trước.".into(),
            Self::NoParcel => "Kết quả không nằm trong bưu gửi nào.".into(),
            Self::OnlyNegative => "Khi đang dừng tính chỉ ghi được kết quả từ chối, sau khi quá hạn bổ sung.".into(),
            Self::NoReason => "Kết quả từ chối phải nêu lý do.".into(),
            Self::AlreadyApologised => "Đã hẹn lại một lần; không hẹn lại lần nữa.".into(),
            Self::NothingDue => "Đang dừng tính nên chưa có ngày hẹn để lùi, trừ khi hồ sơ đã trễ hẹn.".into(),
            Self::NotLater => "Ngày hẹn lại phải là ngày làm việc, sau ngày hẹn và sau hôm nay.".into(),
            Self::Gap => "Có năm chưa có lịch nghỉ lễ chính thức.".into(),
            Self::TooLarge => "Hồ sơ có quá nhiều dữ liệu để lưu một lần.".into(),
        }
    }
}

/// Returns the sentence about an amount that a channel does not take, with the channels that do.
fn outside_vi(channel: &str, limits: Limits, others: &[String]) -> String {
    let takes = match (limits.min_vnd, limits.max_vnd) {
        (Some(min), Some(max)) => format!("chỉ nhận mỗi lần từ {min} đến {max}"),
        (Some(min), None) => format!("chỉ nhận mỗi lần từ {min}"),
        (None, Some(max)) => format!("chỉ nhận mỗi lần đến {max}"),
        (None, None) => "không nhận số tiền này".to_owned(),
    };
    match others {
        [] => format!("Kênh {channel} {takes}; cơ quan không có kênh nào khác nhận số tiền này."),
        others => format!("Kênh {channel} {takes}; hãy yêu cầu qua kênh khác: {}.", others.join(", ")),
    }
}

/// Returns the same sentence in English.
fn outside_en(channel: &str, limits: Limits, others: &[String]) -> String {
    let takes = match (limits.min_vnd, limits.max_vnd) {
        (Some(min), Some(max)) => format!("takes {} to {} at once", min.plain_english(), max.plain_english()),
        (Some(min), None) => format!("takes {} or more at once", min.plain_english()),
        (None, Some(max)) => format!("takes {} or less at once", max.plain_english()),
        (None, None) => "does not take this amount".to_owned(),
    };
    match others {
        [] => format!("The channel {channel} {takes}, and no other channel of this agency takes this amount."),
        others => format!("The channel {channel} {takes}; ask through another one: {}.", others.join(", ")),
    }
}

impl Refusal {
    /// Returns the field of the command that the refusal is about; `None` if it is about the dossier.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Text(field, _) => Some(field),
            Self::UnknownStep => Some("step"),
            Self::UnknownReason | Self::NotADocument | Self::NoReason => Some("reason"),
            Self::NothingMissing | Self::NoPapers | Self::NotReceived => Some("papers"),
            Self::IssuedLater => Some("issued_on"),
            Self::NoFiler => Some("whose"),
            Self::NoFilerToReceive | Self::UnknownAccount | Self::ClosedAccount | Self::NoHandler | Self::NoLeader => {
                Some("to")
            }
            Self::ZeroFee | Self::OutsideLimits { .. } | Self::CashDiffers(_) => Some("amount_vnd"),
            Self::FeeNotOpen => Some("attempt"),
            Self::ReceiptUsed | Self::PaperReceiptOver => Some("receipt_no"),
            Self::SameReturn => Some("by"),
            Self::NotLater => Some("new_due_on"),
            Self::Phase { .. }
            | Self::UnknownProcedure
            | Self::NotAwaited
            | Self::NoClock
            | Self::NothingCorrected
            | Self::SameContact
            | Self::NoPeople
            | Self::NoCode
            | Self::TooManyRounds(_)
            | Self::TooManyAttempts
            | Self::FeeAlreadyAsked
            | Self::NoMoney
            | Self::MoneySettled
            | Self::NotMarked
            | Self::NoVoucher
            | Self::DatesHold
            | Self::FeeOwed
            | Self::NotByPost
            | Self::PostNotChosen
            | Self::AddressNotConfirmed
            | Self::AddressAsked
            | Self::PostageFree
            | Self::InAParcel
            | Self::NoParcel
            | Self::OnlyNegative
            | Self::AlreadyApologised
            | Self::NothingDue
            | Self::AtTheDesk
            | Self::OtherProcedure
            | Self::Gap
            | Self::TooLarge => None,
        }
    }
}

/// Returns the name of a field as people read it.
fn label(field: &str) -> &str {
    match field {
        "reason" | "because" => "lý do",
        "article" => "căn cứ pháp lý",
        "receipt_no" => "số biên lai",
        "document_no" => "số văn bản",
        "minutes_no" => "số biên bản giao nhận",
        "to" => "người xử lý",
        "item_code" | "parcel" => "mã bưu gửi",
        "code" => "mã hồ sơ",
        "channel" => "kênh thanh toán",
        "papers" => "giấy tờ",
        other => other,
    }
}
