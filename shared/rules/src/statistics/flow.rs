//! Events of dossiers day by day: each counted once, whatever the outcome of the dossier.

use crate::dossier::{Actor, CASH, Event};

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
    /// An applicant was asked whether the result is to come by post.
    PostAsked,
    /// The post was chosen with the filing, or at a portal.
    PostWithFiling,
    /// The post was chosen by the applicant later, by a link.
    PostByLink,
    /// The post was noted by staff, with the applicant's consent.
    PostByStaff,
    /// A result was handed to the post.
    Posted,
    /// One of them free of charge.
    PostedFree,
    /// The post failed to deliver one for the first time.
    DeliveryFailed,
    /// The post delivered one.
    Delivered,
    /// The post brought one back.
    BroughtBack,
}

impl Flow {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Paused,
        Self::Resumed,
        Self::PauseVoided,
        Self::SupplementAsked,
        Self::Apologised,
        Self::PaidOnline,
        Self::PaidInCash,
        Self::AddressCorrected,
        Self::PostAsked,
        Self::PostWithFiling,
        Self::PostByLink,
        Self::PostByStaff,
        Self::Posted,
        Self::PostedFree,
        Self::DeliveryFailed,
        Self::Delivered,
        Self::BroughtBack,
    ];

    /// Returns the flows that an event of somebody counts as.
    pub fn of(event: &Event, actor: &Actor) -> impl Iterator<Item = Self> {
        let free = matches!(event, Event::ResultPosted { free: Some(_), .. }).then_some(Self::PostedFree);
        Self::first_of(event, actor).into_iter().chain(free)
    }

    fn first_of(event: &Event, actor: &Actor) -> Option<Self> {
        match event {
            Event::ClockPaused { .. } => Some(Self::Paused),
            Event::ClockResumed { .. } => Some(Self::Resumed),
            Event::PauseVoided { .. } => Some(Self::PauseVoided),
            Event::SupplementRequested { .. } | Event::IntakeSupplementRequested { .. } => Some(Self::SupplementAsked),
            Event::Apologised { .. } => Some(Self::Apologised),
            Event::FeePaid { channel, .. } if channel == CASH => Some(Self::PaidInCash),
            Event::FeePaid { .. } => Some(Self::PaidOnline),
            Event::ContactCorrected { address: true, .. } | Event::AddressConfirmed { differs: true, .. } => {
                Some(Self::AddressCorrected)
            }
            Event::AddressAsked { .. } => Some(Self::PostAsked),
            Event::ReturnChosen { by_post: true, consent, .. } => Some(match (consent, actor) {
                (Some(_), _) => Self::PostByStaff,
                (None, Actor::Applicant) => Self::PostByLink,
                (None, _) => Self::PostWithFiling,
            }),
            Event::DeliveryFailed { first: true, .. } => Some(Self::DeliveryFailed),
            Event::ResultUndelivered => Some(Self::BroughtBack),
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
            Self::PostAsked => "did_ask_post",
            Self::PostWithFiling => "did_choose_post_filing",
            Self::PostByLink => "did_choose_post_by_link",
            Self::PostByStaff => "did_choose_post_by_staff",
            Self::Posted => "did_post",
            Self::PostedFree => "did_post_free",
            Self::DeliveryFailed => "did_fail_to_deliver",
            Self::Delivered => "did_deliver",
            Self::BroughtBack => "did_bring_back",
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
            Self::PostAsked => ["số lần hỏi nhận kết quả tại nhà", "applicants asked about the post"],
            Self::PostWithFiling => ["đăng ký bưu chính khi nộp hồ sơ", "post chosen with the filing"],
            Self::PostByLink => ["đăng ký bưu chính qua liên kết", "post chosen by a link"],
            Self::PostByStaff => ["đăng ký bưu chính do cán bộ ghi", "post noted by staff"],
            Self::Posted => ["số kết quả gửi qua bưu chính", "results sent by post"],
            Self::PostedFree => ["trong đó miễn cước", "of them free of charge"],
            Self::DeliveryFailed => ["số kết quả phát lần đầu không thành", "results whose first delivery failed"],
            Self::Delivered => ["số kết quả bưu chính đã phát", "results the post delivered"],
            Self::BroughtBack => ["số kết quả bưu chính chuyển hoàn", "results the post brought back"],
        }
    }
}
