//! The words of `/local` in its two languages.

use motcua::clock::{Count, explain_en, explain_vi};
use motcua::dossier::{Because, FeeState, Phase};
use motcua::store::Owner;

/// One language.
pub(super) struct Words {
    pub lang: &'static str,
    pub other_lang: &'static str,
    pub other_href: &'static str,
    pub other: &'static str,
    pub title: &'static str,
    pub now: &'static str,
    pub frozen: &'static str,
    pub clock: &'static str,
    pub hours: &'static str,
    pub working_days: &'static str,
    pub advance: &'static str,
    pub freeze: &'static str,
    pub run: &'static str,
    pub sweep: &'static str,
    pub dossiers: &'static str,
    pub no_dossiers: &'static str,
    pub code: &'static str,
    pub state: &'static str,
    pub due: &'static str,
    pub why: &'static str,
    pub fees: &'static str,
    pub pay: &'static str,
    pub gateways: &'static str,
    pub late: &'static str,
    pub not_started: &'static str,
    pub unclaimed: &'static str,
    pub received_at: &'static str,
    pub channel: &'static str,
    pub reference: &'static str,
    pub amount: &'static str,
    pub messages: &'static str,
    pub no_messages: &'static str,
    pub sent_at: &'static str,
    pub number: &'static str,
    pub text: &'static str,
    pub unavailable: &'static str,
    pub explain: fn(&Count) -> String,
    ahead: [&'static str; 2],
    spans: [&'static str; 3],
    phases: fn(Phase) -> &'static str,
    fee_states: [&'static str; 3],
    owners: fn(Because) -> &'static str,
}

impl Words {
    pub(super) fn phase(&self, phase: Phase) -> &'static str {
        (self.phases)(phase)
    }

    pub(super) fn fee(&self, state: FeeState) -> &'static str {
        let [open, paid, waived] = self.fee_states;
        match state {
            FeeState::Open => open,
            FeeState::Paid => paid,
            FeeState::Waived => waived,
        }
    }

    pub(super) fn owner(&self, owner: Owner) -> &'static str {
        match owner {
            Owner::Unclaimed(because) => (self.owners)(because),
            Owner::Dossier(_) => "",
        }
    }

    pub(super) fn ahead(&self, seconds: i64) -> String {
        let [ahead, behind] = self.ahead;
        let side = if seconds < 0 { behind } else { ahead };
        let [minute, hour, day] = self.spans;
        let (count, unit) = match seconds.unsigned_abs() / 60 {
            minutes @ 0..120 => (minutes, minute),
            minutes @ 120..2_880 => (minutes / 60, hour),
            minutes => (minutes / 1_440, day),
        };
        side.replace('#', &format!("{count} {unit}"))
    }
}

pub(super) const VIETNAMESE: Words = Words {
    lang: "vi",
    other_lang: "en",
    other_href: "/local?lang=en",
    other: "English",
    title: "Một cửa trên máy này",
    now: "Giờ của cơ quan:",
    frozen: "đồng hồ đang dừng",
    clock: "Đồng hồ và lịch chạy",
    hours: "Số giờ",
    working_days: "Số ngày làm việc",
    advance: "Cho thời gian trôi",
    freeze: "Dừng đồng hồ",
    run: "Cho đồng hồ chạy",
    sweep: "Quét hạn ngay",
    dossiers: "Hồ sơ",
    no_dossiers: "Chưa có hồ sơ nào.",
    code: "Mã hồ sơ",
    state: "Trạng thái",
    due: "Ngày hẹn trả",
    why: "Vì sao",
    fees: "Phí, lệ phí",
    pay: "Nộp",
    gateways: "Các cổng thanh toán",
    late: "(quá hạn)",
    not_started: "Chưa tính thời hạn.",
    unclaimed: "Tiền chưa khớp, chờ người xử lý",
    received_at: "Nhận lúc",
    channel: "Kênh",
    reference: "Mã tham chiếu",
    amount: "Số tiền",
    messages: "Tin nhắn đã gửi",
    no_messages: "Chưa gửi tin nhắn nào.",
    sent_at: "Gửi lúc",
    number: "Số máy",
    text: "Nội dung",
    unavailable: "Kho dữ liệu không trả lời, hãy thử lại.",
    explain: explain_vi,
    ahead: [
        "Đồng hồ này nhanh hơn máy #: tin ký theo giờ máy sẽ bị từ chối.",
        "Đồng hồ này chậm hơn máy #: tin ký theo giờ máy sẽ bị từ chối.",
    ],
    spans: ["phút", "giờ", "ngày"],
    phases: |phase| match phase {
        Phase::New => "",
        Phase::Submitted => "Mới nộp",
        Phase::Incomplete => "Chờ bổ sung trước tiếp nhận",
        Phase::Accepted => "Đã tiếp nhận",
        Phase::InProgress => "Đang xử lý",
        Phase::Paused => "Dừng tính",
        Phase::Done => "Có kết quả",
        Phase::InPost => "Đang gửi bưu điện",
        Phase::Returned => "Đã trả kết quả",
        Phase::NotAccepted => "Không tiếp nhận",
        Phase::Withdrawn => "Đã rút",
        Phase::Closed => "Dừng xử lý",
    },
    fee_states: ["chưa nộp", "đã nộp", "được miễn"],
    owners: |because| match because {
        Because::UnknownReference => "không tìm thấy hồ sơ theo mã",
        Because::OtherChannel => "mã thuộc kênh khác",
        Because::AmountDiffers => "số tiền khác số phải nộp",
        Because::AlreadyPaid => "đã nộp trước đó",
        Because::Waived => "khoản này đã được miễn",
        Because::NotOpen => "hồ sơ đã kết thúc",
        Because::Suspected => "cổng thanh toán nghi gian lận",
        Because::Reversed => "cổng thanh toán đã hoàn tiền",
        Because::Conflict => "trùng giao dịch, khác nội dung",
    },
};

pub(super) const ENGLISH: Words = Words {
    lang: "en",
    other_lang: "vi",
    other_href: "/local?lang=vi",
    other: "Tiếng Việt",
    title: "A one-stop office on this machine",
    now: "The office's time:",
    frozen: "the clock is stopped",
    clock: "Clock and schedule",
    hours: "Hours",
    working_days: "Working days",
    advance: "Let time pass",
    freeze: "Stop the clock",
    run: "Let the clock run",
    sweep: "Sweep now",
    dossiers: "Dossiers",
    no_dossiers: "No dossier yet.",
    code: "Code",
    state: "State",
    due: "Due date",
    why: "Why",
    fees: "Fees",
    pay: "Pay",
    gateways: "The payment gateways",
    late: "(late)",
    not_started: "The clock has not started.",
    unclaimed: "Money that fits nothing, waiting for a person",
    received_at: "Received at",
    channel: "Channel",
    reference: "Reference",
    amount: "Amount",
    messages: "Messages sent",
    no_messages: "No message yet.",
    sent_at: "Sent at",
    number: "Number",
    text: "Text",
    unavailable: "The store does not answer, try again.",
    explain: explain_en,
    ahead: [
        "This clock is # ahead of the machine's: what is signed by the machine's is refused.",
        "This clock is # behind the machine's: what is signed by the machine's is refused.",
    ],
    spans: ["minutes", "hours", "days"],
    phases: |phase| match phase {
        Phase::New => "",
        Phase::Submitted => "Submitted",
        Phase::Incomplete => "Supplement before acceptance",
        Phase::Accepted => "Accepted",
        Phase::InProgress => "In progress",
        Phase::Paused => "Paused",
        Phase::Done => "Result ready",
        Phase::InPost => "In the post",
        Phase::Returned => "Returned",
        Phase::NotAccepted => "Not accepted",
        Phase::Withdrawn => "Withdrawn",
        Phase::Closed => "Closed",
    },
    fee_states: ["not paid", "paid", "waived"],
    owners: |because| match because {
        Because::UnknownReference => "no dossier has this reference",
        Because::OtherChannel => "an order of another channel",
        Because::AmountDiffers => "not the amount asked",
        Because::AlreadyPaid => "paid before",
        Because::Waived => "waived before it was paid",
        Because::NotOpen => "the dossier is over",
        Because::Suspected => "the gateway suspects fraud",
        Because::Reversed => "given back by the gateway",
        Because::Conflict => "the same transaction with other content",
    },
};
