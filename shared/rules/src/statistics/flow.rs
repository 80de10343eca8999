//! Events of dossiers day by day: each counted once, whatever the outcome of the dossier.

use crate::dossier::{CASH, Event};

/// An event, counted on the day it is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flow {
    /// The clock was stopped.
    Paused,
    /// It ran again.
    Resumed,
    /// A pause was found void.
    PauseVoided,
    /// A supplement was asked.
    SupplementAsked,
    /// The office apologised and promised another date.
    Apologised,
    /// A fee was paid through a payment channel.
    PaidOnline,
    /// A fee was paid in cash.
    PaidInCash,
    /// Somebody's address was corrected.
    AddressCorrected,
    /// A result was handed to the post.
    Posted,
    /// The post delivered one.
    Delivered,
}

impl Flow {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Paused,
        Self::Resumed,
        Self::PauseVoided,
        Self::SupplementAsked,
        Self::Apologised,
        Self::PaidOnline,
        Self::PaidInCash,
        Self::AddressCorrected,
        Self::Posted,
        Self::Delivered,
    ];

    /// Returns the flow that an event counts as; `None` if the totals do not count it.
    #[must_use]
    pub fn of(event: &Event) -> Option<Self> {
        match event {
            Event::ClockPaused { .. } => Some(Self::Paused),
            Event::ClockResumed { .. } => Some(Self::Resumed),
            Event::PauseVoided { .. } => Some(Self::PauseVoided),
            Event::SupplementRequested { .. } | Event::IntakeSupplementRequested { .. } => Some(Self::SupplementAsked),
            Event::Apologised { .. } => Some(Self::Apologised),
            Event::FeePaid { channel, .. } if channel == CASH => Some(Self::PaidInCash),
            Event::FeePaid { .. } => Some(Self::PaidOnline),
            Event::ContactCorrected { address: true, .. } => Some(Self::AddressCorrected),
            Event::ResultPosted { .. } => Some(Self::Posted),
            Event::ResultDelivered { .. } => Some(Self::Delivered),
            _ => None,
        }
    }

    /// Returns the name it is kept under.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Paused => "did_pause",
            Self::Resumed => "did_resume",
            Self::PauseVoided => "did_void_pause",
            Self::SupplementAsked => "did_ask_supplement",
            Self::Apologised => "did_apologise",
            Self::PaidOnline => "did_pay_online",
            Self::PaidInCash => "did_pay_in_cash",
            Self::AddressCorrected => "did_correct_address",
            Self::Posted => "did_post",
            Self::Delivered => "did_deliver",
        }
    }

    /// Returns its name for people, in Vietnamese and in English.
    #[must_use]
    pub fn told(self) -> [&'static str; 2] {
        match self {
            Self::Paused => ["số lần dừng tính", "pauses"],
            Self::Resumed => ["số lần tính tiếp", "resumptions"],
            Self::PauseVoided => ["số lần dừng tính bị bỏ", "pauses voided"],
            Self::SupplementAsked => ["số lần yêu cầu bổ sung", "supplements asked"],
            Self::Apologised => ["số lần xin lỗi, hẹn lại", "apologies with a new date"],
            Self::PaidOnline => ["số khoản phí, lệ phí nộp trực tuyến", "fees paid online"],
            Self::PaidInCash => ["số khoản phí, lệ phí nộp tiền mặt", "fees paid in cash"],
            Self::AddressCorrected => ["số lần sửa địa chỉ", "addresses corrected"],
            Self::Posted => ["số kết quả gửi qua bưu chính", "results sent by post"],
            Self::Delivered => ["số kết quả bưu chính đã phát", "results the post delivered"],
        }
    }
}
