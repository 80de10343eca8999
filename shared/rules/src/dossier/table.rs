//! Every cell of phases × commands, as one table.

use super::{Kind, Phase};
use Phase::{
    Accepted, Closed, InPost, InProgress, Incomplete, New, NotAccepted, Paused, Returned, Submitted, Withdrawn,
};

/// Content of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Taken; the dossier is in one of these phases afterwards (the first is the usual one).
    Leads(&'static [Phase]),
    /// Taken without a change of phase and kept for a person.
    Kept,
    /// Declined, with the cell's own sentence.
    Refused,
}

use Cell::{Kept, Leads, Refused};

const OPEN_RUNNING: [Phase; 2] = [Accepted, InProgress];

/// Returns the cell for a command in a phase.
#[must_use]
pub fn cell(phase: Phase, kind: Kind) -> Cell {
    let gone = matches!(phase, NotAccepted | Withdrawn | Closed | Returned);
    let running = OPEN_RUNNING.contains(&phase);
    match kind {
        Kind::Submit => leads(phase == New, &[Submitted]),
        Kind::Accept => leads(phase == Submitted, &[Accepted, Paused]),
        Kind::RefuseIntake => leads(matches!(phase, Submitted | Incomplete), &[NotAccepted]),
        Kind::RequestSupplement => match phase {
            Submitted => Leads(&[Incomplete]),
            _ => leads(running || phase == Paused, &[Paused]),
        },
        Kind::PauseClock => leads(running || phase == Paused, &[Paused]),
        Kind::AskFee | Kind::AskAgain => match phase {
            Accepted => Leads(&[Paused, Accepted]),
            InProgress => Leads(&[Paused, InProgress]),
            _ => stays(phase, matches!(phase, Submitted | Paused | Phase::Done)),
        },
        Kind::RecordPayment => arrival(phase, gone, &[Paused, Accepted, InProgress]),
        Kind::RecordCash => match phase {
            Paused => Leads(&[Paused, Accepted, InProgress]),
            _ => stays(phase, running || matches!(phase, Submitted | Incomplete | Phase::Done)),
        },
        Kind::AttachMoney => match phase {
            Paused => Leads(&[Paused, Accepted, InProgress]),
            _ => stays(phase, phase != New),
        },
        Kind::RecordReceipt | Kind::RecordSupplement => match phase {
            Incomplete => Leads(&[Submitted, Incomplete]),
            _ => arrival(phase, gone, &[Paused, Accepted, InProgress]),
        },
        Kind::CorrectReceipt => match phase {
            Accepted => Leads(&[Accepted, Paused]),
            InProgress => Leads(&[InProgress, Paused]),
            _ => stays(phase, matches!(phase, Submitted | Incomplete | Paused | Phase::Done | InPost)),
        },
        Kind::RecordDocument => leads(phase == Paused, &[Paused, Accepted, InProgress]),
        Kind::AnnounceOriginals | Kind::AnnounceFiles => arrival(phase, gone, &[Paused]),
        Kind::ChangeFiling => match phase {
            New => Refused,
            Submitted | Incomplete => stays(phase, true),
            // The office works by what it accepted: a person decides what becomes of the change.
            _ => Kept,
        },
        Kind::Waive => match phase {
            Incomplete => Leads(&[Submitted, Incomplete]),
            Paused => Leads(&[Accepted, InProgress, Paused]),
            _ => stays(phase, matches!(phase, Submitted | Accepted | InProgress | Phase::Done)),
        },
        Kind::VoidPause => leads(phase == Paused, &[Accepted, InProgress]),
        Kind::EnterStep => match phase {
            Paused => stays(phase, false),
            _ => leads(running, &[InProgress, Paused]),
        },
        Kind::Forward | Kind::PutToLeader => match phase {
            Submitted | Incomplete | Paused | Phase::Done => stays(phase, true),
            _ => leads(running, &[InProgress]),
        },
        // A dossier that comes back to the desk is worked on no further by that.
        Kind::ReturnToDesk => stays(phase, running || matches!(phase, Submitted | Incomplete | Paused | Phase::Done)),
        // The office may have to reach people after the end too: money to give back, papers to fetch.
        Kind::CorrectContact => stays(phase, phase != New),
        Kind::ChooseReturn => stays(phase, running || matches!(phase, Submitted | Incomplete | Paused | Phase::Done)),
        Kind::AskAddress => stays(phase, running || matches!(phase, Submitted | Incomplete | Paused | Phase::Done)),
        Kind::ConfirmAddress => {
            stays(phase, running || matches!(phase, Submitted | Incomplete | Paused | Phase::Done | InPost))
        }
        Kind::RecordResult => leads(running || phase == Paused, &[Phase::Done]),
        Kind::HandOut => leads(phase == Phase::Done, &[Returned, Phase::Done]),
        Kind::AskPostage | Kind::PutInParcel | Kind::TakeOffParcel => stays(phase, phase == Phase::Done),
        Kind::PostResult => leads(phase == Phase::Done, &[InPost]),
        Kind::RecordFailedAttempt => stays(phase, phase == InPost),
        Kind::RecordDelivery => leads(phase == InPost, &[Returned]),
        Kind::RecordUndelivered => leads(phase == InPost, &[Phase::Done]),
        Kind::Withdraw => match phase {
            Submitted | Incomplete | Accepted | InProgress | Paused => Leads(&[Withdrawn]),
            NotAccepted | Closed | Withdrawn => Kept,
            New | Phase::Done | InPost | Returned => Refused,
        },
        Kind::ReissueResult => leads(matches!(phase, Phase::Done | InPost | Returned), &[Phase::Done]),
        Kind::Close => leads(matches!(phase, Submitted | Incomplete | Accepted | InProgress | Paused), &[Closed]),
        Kind::Reopen => match phase {
            NotAccepted => Leads(&[Submitted, Incomplete]),
            Closed => Leads(&[Submitted, Incomplete, Accepted, InProgress, Paused]),
            _ => Refused,
        },
        Kind::Apologise => stays(phase, running || phase == Paused),
        Kind::SettleDates => stays(phase, running || matches!(phase, Submitted | Incomplete | Paused)),
        // A slip can be lost whatever the dossier's state, and what was printed on it then opens nothing.
        Kind::ReplaceSlip => stays(phase, phase != New),
        Kind::Wake => match phase {
            New => Refused,
            Accepted => Leads(&[Accepted, Paused]),
            InProgress => Leads(&[InProgress, Paused]),
            Paused => Leads(&[Paused, Closed]),
            _ => stays(phase, true),
        },
    }
}

fn leads(taken: bool, to: &'static [Phase]) -> Cell {
    if taken { Leads(to) } else { Refused }
}

fn stays(phase: Phase, taken: bool) -> Cell {
    let at = Phase::ALL.iter().position(|p| *p == phase).unwrap_or(0);
    if taken { Leads(&Phase::ALL[at..=at]) } else { Refused }
}

/// Returns the cell of money, papers and portal events, which are taken in every phase but `New`. They move a paused
/// dossier, do not change the phase of another open one, and are kept for a person once the dossier is over.
fn arrival(phase: Phase, gone: bool, from_paused: &'static [Phase]) -> Cell {
    match phase {
        New => Refused,
        _ if gone => Kept,
        Paused => Leads(from_paused),
        _ => stays(phase, true),
    }
}

/// Returns the refusal's sentence in English: what cannot be done, and why not now.
#[must_use]
pub fn sentence_en(kind: Kind, phase: Phase) -> String {
    let what = match kind {
        Kind::Submit => "file the dossier again",
        Kind::Accept => "accept the dossier",
        Kind::RefuseIntake => "refuse the dossier at intake",
        Kind::RequestSupplement => "ask for a supplement",
        Kind::PauseClock => "pause the clock",
        Kind::AskFee => "ask for a fee",
        Kind::AskPostage => "ask for the postage",
        Kind::AskAgain => "ask for the fee again",
        Kind::RecordPayment => "record a payment",
        Kind::RecordCash => "take cash",
        Kind::AttachMoney => "attach money",
        Kind::RecordReceipt => "record papers",
        Kind::CorrectReceipt => "take back a receipt of papers",
        Kind::RecordDocument => "record a document that was awaited",
        Kind::RecordSupplement => "record a supplement",
        Kind::AnnounceOriginals => "announce originals",
        Kind::AnnounceFiles => "announce files",
        Kind::ChangeFiling => "change what was filed",
        Kind::Waive => "waive a requirement",
        Kind::VoidPause => "void the pause",
        Kind::EnterStep => "enter a step",
        Kind::Forward => "forward the dossier",
        Kind::PutToLeader => "submit the dossier to a leader",
        Kind::ReturnToDesk => "return the dossier to the one-stop desk",
        Kind::CorrectContact => "correct an address or a phone number",
        Kind::ChooseReturn => "choose how the result comes back",
        Kind::AskAddress => "ask for the address",
        Kind::ConfirmAddress => "confirm the address",
        Kind::RecordResult => "record a result",
        Kind::HandOut => "hand out the result",
        Kind::PutInParcel => "put the result into a parcel",
        Kind::TakeOffParcel => "take the result out of its parcel",
        Kind::PostResult => "post the result",
        Kind::RecordFailedAttempt => "record a failed delivery",
        Kind::RecordDelivery => "record the delivery",
        Kind::RecordUndelivered => "record the return by the post",
        Kind::Withdraw => "withdraw the dossier",
        Kind::ReissueResult => "reissue the result",
        Kind::Close => "close the dossier",
        Kind::Reopen => "reopen the dossier",
        Kind::Apologise => "promise a new date",
        Kind::SettleDates => "decide about its dates",
        Kind::ReplaceSlip => "replace a lost slip",
        Kind::Wake => "wake the dossier",
    };
    let why = match phase {
        New => "there is no such dossier",
        Submitted => "it has not been accepted yet",
        Incomplete => "it awaits a supplement before acceptance",
        Accepted => "it has been accepted and its clock runs",
        InProgress => "it is in progress",
        Paused => "its clock stands",
        Phase::Done => "its result is ready",
        InPost => "its result is with the post",
        Returned => "its result has been returned",
        NotAccepted => "it was not accepted at intake",
        Withdrawn => "it was withdrawn",
        Closed => "it was closed",
    };
    format!("Cannot {what}: {why}.")
}

/// Returns the refusal's sentence in Vietnamese.
#[must_use]
pub fn sentence_vi(kind: Kind, phase: Phase) -> String {
    let what = match kind {
        Kind::Submit => "nộp lại hồ sơ",
        Kind::Accept => "tiếp nhận hồ sơ",
        Kind::RefuseIntake => "từ chối tiếp nhận",
        Kind::RequestSupplement => "yêu cầu bổ sung",
        Kind::PauseClock => "dừng tính",
        Kind::AskFee => "yêu cầu nộp phí, lệ phí",
        Kind::AskPostage => "yêu cầu nộp cước bưu chính",
        Kind::AskAgain => "yêu cầu nộp lại qua kênh khác",
        Kind::RecordPayment => "ghi nhận thanh toán",
        Kind::RecordCash => "thu tiền mặt",
        Kind::AttachMoney => "gắn khoản thu vào hồ sơ",
        Kind::RecordReceipt => "ghi nhận giấy tờ",
        Kind::CorrectReceipt => "sửa ghi nhận giấy tờ",
        Kind::RecordDocument => "ghi nhận văn bản đang chờ",
        Kind::RecordSupplement => "ghi nhận bổ sung",
        Kind::AnnounceOriginals => "báo nộp bản chính",
        Kind::AnnounceFiles => "báo có tệp đính kèm",
        Kind::ChangeFiling => "sửa nội dung đã nộp",
        Kind::Waive => "miễn giấy tờ, nghĩa vụ",
        Kind::VoidPause => "hủy việc dừng tính",
        Kind::EnterStep => "chuyển bước",
        Kind::Forward => "chuyển người xử lý",
        Kind::PutToLeader => "trình lãnh đạo",
        Kind::ReturnToDesk => "chuyển lại bộ phận một cửa",
        Kind::CorrectContact => "sửa địa chỉ, số điện thoại",
        Kind::ChooseReturn => "chọn cách nhận kết quả",
        Kind::AskAddress => "hỏi địa chỉ nhận kết quả",
        Kind::ConfirmAddress => "xác nhận địa chỉ nhận kết quả",
        Kind::RecordResult => "ghi kết quả",
        Kind::HandOut => "trả kết quả",
        Kind::PutInParcel => "cho kết quả vào bưu gửi",
        Kind::TakeOffParcel => "lấy kết quả ra khỏi bưu gửi",
        Kind::PostResult => "gửi kết quả qua bưu điện",
        Kind::RecordFailedAttempt => "ghi nhận lần phát không thành",
        Kind::RecordDelivery => "ghi nhận đã phát",
        Kind::RecordUndelivered => "ghi nhận bưu điện chuyển hoàn",
        Kind::Withdraw => "rút hồ sơ",
        Kind::ReissueResult => "cấp lại kết quả",
        Kind::Close => "dừng xử lý",
        Kind::Reopen => "mở lại hồ sơ",
        Kind::Apologise => "hẹn lại ngày trả",
        Kind::SettleDates => "quyết định về ngày hẹn",
        Kind::ReplaceSlip => "cấp lại giấy hẹn đã mất",
        Kind::Wake => "rà soát",
    };
    let why = match phase {
        New => "không có hồ sơ này",
        Submitted => "hồ sơ chưa được tiếp nhận",
        Incomplete => "hồ sơ đang chờ bổ sung trước khi tiếp nhận",
        Accepted => "hồ sơ đã được tiếp nhận và đang tính hạn",
        InProgress => "hồ sơ đang xử lý",
        Paused => "hồ sơ đang dừng tính",
        Phase::Done => "hồ sơ đã có kết quả",
        InPost => "kết quả đang gửi qua bưu điện",
        Returned => "kết quả đã trả",
        NotAccepted => "hồ sơ đã bị từ chối tiếp nhận",
        Withdrawn => "hồ sơ đã rút",
        Closed => "hồ sơ đã dừng xử lý",
    };
    format!("Không thể {what}: {why}.")
}
