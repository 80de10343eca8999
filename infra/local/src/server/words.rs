//! The words of `/local` in its two languages.

use motcua::clock::{Measure, Policy};
use motcua::dossier::{Because, FeeState, Phase, StretchKind};
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
    pub due_soon: &'static str,
    pub held_by: &'static str,
    pub desk: &'static str,
    /// The original date, the counted and the promised one.
    pub dates: [&'static str; 3],
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
    pub segments: &'static str,
    /// From, to, what the clock did, how much it counted, why, by which article, through whom.
    pub segment: [&'static str; 7],
    pub voided: &'static str,
    /// The place of this language among the two.
    place: usize,
    did: fn(StretchKind) -> &'static str,
    then: [&'static str; 2],
    units: fn(Measure) -> &'static str,
    late: [&'static str; 2],
    ahead: [&'static str; 2],
    spans: [&'static str; 3],
    phases: fn(Phase) -> &'static str,
    fee_states: [&'static str; 4],
    /// More than the fee lacked, and marked to go back.
    surplus: &'static str,
    pub to_refund: &'static str,
    owners: fn(Because) -> &'static str,
}

impl Words {
    pub(super) fn phase(&self, phase: Phase) -> &'static str {
        (self.phases)(phase)
    }

    pub(super) fn fee(&self, state: FeeState) -> &'static str {
        let [open, paid, waived, superseded] = self.fee_states;
        match state {
            FeeState::Open => open,
            FeeState::Paid => paid,
            FeeState::Waived => waived,
            FeeState::Superseded => superseded,
        }
    }

    /// The one in this language of a text in Vietnamese and in English.
    pub(super) fn of<'t>(&self, both: [&'t String; 2]) -> &'t str {
        both[self.place]
    }

    /// What the clock did.
    pub(super) fn did(&self, kind: StretchKind) -> &'static str {
        (self.did)(kind)
    }

    /// What the receipt that ends a pause does.
    pub(super) fn then(&self, policy: Policy) -> &'static str {
        let [resume, restart] = self.then;
        match policy {
            Policy::Resume => resume,
            Policy::Restart => restart,
        }
    }

    /// How much the clock counted.
    pub(super) fn counted(&self, n: u32, unit: Measure) -> String {
        format!("{n} {}", (self.units)(unit))
    }

    /// That it is late, and by how many working days.
    pub(super) fn late_by(&self, working_days: Option<u32>) -> String {
        let [late, by] = self.late;
        match working_days {
            None | Some(0) => late.to_owned(),
            Some(days) => by.replace('#', &days.to_string()),
        }
    }

    pub(super) fn owner(&self, owner: Owner) -> &'static str {
        match owner {
            Owner::Unclaimed(because) => (self.owners)(because),
            Owner::Dossier(_) => self.surplus,
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
    due_soon: "(sắp đến hạn)",
    held_by: "Đang giữ:",
    desk: "một cửa",
    dates: ["Hẹn lần đầu:", "Tính được:", "Hẹn lại:"],
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
    segments: "Từng đoạn thời gian",
    segment: ["Từ", "Đến", "Đồng hồ", "Tính được", "Vì sao", "Căn cứ", "Ai"],
    voided: "Bỏ vì:",
    place: 0,
    did: |kind| match kind {
        StretchKind::Running => "chạy",
        StretchKind::Paused => "dừng tính",
        StretchKind::Annulled => "chạy, không kể nữa",
        StretchKind::PausedAfterDue => "dừng tính sau hạn, hạn giữ nguyên",
        StretchKind::Void => "không dừng (đã bỏ)",
    },
    then: ["rồi tính tiếp", "rồi tính lại từ đầu"],
    units: |unit| match unit {
        Measure::WorkingDays => "ngày làm việc",
        Measure::CalendarDays => "ngày",
        Measure::Months => "tháng",
        Measure::WorkingHours => "giờ làm việc",
        Measure::WorkingMinutes => "phút làm việc",
    },
    late: ["(quá hạn)", "(quá hạn # ngày làm việc)"],
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
    fee_states: ["chưa nộp", "đã nộp", "được miễn", "đã yêu cầu lại"],
    surplus: "nộp thừa",
    to_refund: "cần hoàn trả",
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
    due_soon: "(due soon)",
    held_by: "Held by:",
    desk: "the desk of",
    dates: ["First due:", "Counted:", "Promised:"],
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
    segments: "Part by part",
    segment: ["From", "To", "The clock", "Counted", "Why", "Legal basis", "Who"],
    voided: "Void:",
    place: 1,
    did: |kind| match kind {
        StretchKind::Running => "ran",
        StretchKind::Paused => "stood",
        StretchKind::Annulled => "ran, annulled",
        StretchKind::PausedAfterDue => "stood after the due date, which stays",
        StretchKind::Void => "did not stand (void)",
    },
    then: ["then continued", "then begun afresh"],
    units: |unit| match unit {
        Measure::WorkingDays => "working days",
        Measure::CalendarDays => "calendar days",
        Measure::Months => "months",
        Measure::WorkingHours => "working hours",
        Measure::WorkingMinutes => "working minutes",
    },
    late: ["(late)", "(late by # working days)"],
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
    fee_states: ["not paid", "paid", "waived", "asked again"],
    surplus: "more than the fee",
    to_refund: "to be given back",
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
