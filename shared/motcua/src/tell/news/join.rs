//! One message a commit: the news it tells if several of its events have news.
//!
//! | events of one commit | told |
//! | --- | --- |
//! | accepted, and fees or originals asked at once | accepted, and all that is asked; no due date, as no clock runs |
//! | several things are asked, or reminded of | all of them |
//! | paid, and the clock goes on | paid, goes on, the new due date |
//! | paid, and the clock starts, turns out never to have stopped, or can be counted at last | paid, the due date |
//! | the result is ready, and fees are due on its return | ready, and what is to be paid |
//! | a due date moved by other days off, and something else | something else, unless that names no date |
//! | contact, way of return or receipt of papers corrected, and a due date counted at last | correction, due date |
//!
//! Of things asked together the earliest last day is named. For any two other news `rank` decides which is told.

use jiff::civil::Date;

use rules::message::{News, Outstanding};
use rules::vnd::Vnd;

/// Joins two news of one commit, in the order of their events.
pub(super) fn joined<'a>(one: News<'a>, other: News<'a>) -> News<'a> {
    match (one, other) {
        (News::Paid { paid_vnd, receipt_no, .. }, News::Resumed { due_on, stood, .. }) => {
            News::Paid { paid_vnd, receipt_no, goes_on: stood, due_on }
        }
        (
            News::Paid { paid_vnd, receipt_no, goes_on, .. },
            News::Accepted { due_on } | News::PauseVoid { due_on, .. },
        ) => News::Paid { paid_vnd, receipt_no, goes_on, due_on },
        (News::Ready { fee_vnd: before }, News::FeeAsked { fee_vnd, .. }) => {
            News::Ready { fee_vnd: Some(before.map_or(fee_vnd, |before| sum(before, fee_vnd))) }
        }
        (News::ContactCorrected { corrected_on, .. }, News::Accepted { due_on }) => {
            News::ContactCorrected { corrected_on, due_on }
        }
        (News::ReturnChosen { by_post, free_of_charge, .. }, News::Accepted { due_on }) => {
            News::ReturnChosen { by_post, free_of_charge, due_on }
        }
        (News::ReceiptCorrected { missing, .. }, News::Accepted { due_on }) => {
            News::ReceiptCorrected { missing, due_on }
        }
        // The other news names the date that holds; an arrival or a correction names none.
        (
            moved @ News::DateMoved { .. },
            News::Received { .. }
            | News::ReturnChosen { .. }
            | News::ContactCorrected { .. }
            | News::PartlyIn { .. }
            | News::Paid { due_on: None, .. },
        ) => moved,
        (News::DateMoved { .. }, other) => other,
        (one, other) => asked(one, other).unwrap_or_else(|| if rank(&one) > rank(&other) { one } else { other }),
    }
}

/// Joins two things asked of the applicant, or an acceptance and what is asked with it.
fn asked<'a>(one: News<'a>, other: News<'a>) -> Option<News<'a>> {
    Some(match (one, other) {
        (
            News::FeeAsked { fee_vnd, pay_by, postage },
            News::FeeAsked { fee_vnd: other_vnd, pay_by: other_by, postage: other },
        ) => News::FeeAsked {
            fee_vnd: sum(fee_vnd, other_vnd),
            pay_by: first(pay_by, other_by),
            postage: postage && other,
        },
        (
            News::PausedForOriginals { paused_on, missing, send_by },
            News::PausedForOriginals { paused_on: other_on, missing: other_missing, send_by: other_by },
        ) => News::PausedForOriginals {
            paused_on: paused_on.min(other_on),
            missing: missing.saturating_add(other_missing),
            send_by: first(send_by, other_by),
        },
        (
            News::SupplementAsked { papers, send_by },
            News::SupplementAsked { papers: other_papers, send_by: other_by },
        ) => News::SupplementAsked {
            papers: if papers == 0 || other_papers == 0 { 0 } else { papers.saturating_add(other_papers) },
            send_by: first(send_by, other_by),
        },
        (News::Accepted { .. }, other) => News::Outstanding(Outstanding { accepted: true, ..outstanding(other)? }),
        (one, other) => News::Outstanding(both(outstanding(one)?, outstanding(other)?)),
    })
}

fn outstanding(news: News<'_>) -> Option<Outstanding> {
    let none = Outstanding::default();
    match news {
        News::Outstanding(outstanding) => Some(outstanding),
        News::FeeAsked { fee_vnd, pay_by, .. } => Some(Outstanding { fee_vnd: Some(fee_vnd), by: pay_by, ..none }),
        News::PausedForOriginals { missing, send_by, .. } => {
            Some(Outstanding { originals: few(missing), by: send_by, ..none })
        }
        News::SupplementAsked { papers, send_by } => {
            Some(Outstanding { papers: Some(few(papers)), by: send_by, ..none })
        }
        _ => None,
    }
}

fn both(one: Outstanding, other: Outstanding) -> Outstanding {
    Outstanding {
        accepted: one.accepted || other.accepted,
        originals: one.originals.saturating_add(other.originals),
        // If one of two supplements names no paper, their number is not known.
        papers: match (one.papers, other.papers) {
            (Some(0), Some(_)) | (Some(_), Some(0)) => Some(0),
            (Some(one), Some(other)) => Some(one.saturating_add(other)),
            (one, other) => one.or(other),
        },
        fee_vnd: match (one.fee_vnd, other.fee_vnd) {
            (Some(one), Some(other)) => Some(sum(one, other)),
            (one, other) => one.or(other),
        },
        by: first(one.by, other.by),
    }
}

fn few(papers: u32) -> u8 {
    u8::try_from(papers).unwrap_or(u8::MAX)
}

fn sum(one: Vnd, other: Vnd) -> Vnd {
    one.checked_add(other).unwrap_or(Vnd::MAX)
}

fn first(one: Option<Date>, other: Option<Date>) -> Option<Date> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Ranks news by importance, highest first: the end of the dossier, a new promise, a request, a change of the clock,
/// things that came in, and last the arrival of the dossier itself. Of two equal news the later is told.
fn rank(news: &News<'_>) -> u8 {
    match news {
        News::Received { .. } => 0,
        News::ReturnChosen { .. } | News::ContactCorrected { .. } | News::AddressAsked { .. } => 1,
        News::Accepted { .. } => 2,
        News::Paid { .. } => 3,
        News::PartlyIn { .. } | News::Resumed { .. } | News::PauseVoid { .. } | News::DateMoved { .. } => 4,
        News::FeeAsked { .. }
        | News::PausedForOriginals { .. }
        | News::SupplementAsked { .. }
        | News::Outstanding(_)
        | News::ReceiptCorrected { .. } => 5,
        News::Apology { .. } => 6,
        News::Ready { .. }
        | News::Posted { .. }
        | News::DeliveryFailed { .. }
        | News::CameBack { .. }
        | News::Delivered { .. }
        | News::NotAccepted { .. }
        | News::NegativeResult { .. }
        | News::Closed { .. } => 7,
    }
}
