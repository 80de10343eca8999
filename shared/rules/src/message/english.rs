//! The texts in English.

use jiff::civil::Date;

use super::{Closed, News, Outstanding, Pieces, Visit};
use crate::vietnam::{date_time_english, written_english as written};

pub(super) fn pieces(news: &News<'_>, code: &str, visit: Visit<'_>) -> Pieces {
    match *news {
        News::Received { received_on } => {
            Pieces::new(format!("Dossier {code} received {}", written(received_on)), "Follow:")
                .optional(Some(", being checked".into()))
        }
        News::Accepted { due_on } => {
            let due = due_on.map(|day| format!(", due {}", written(day))).unwrap_or_default();
            Pieces::new(format!("Dossier {code} accepted{due}"), "Follow it, pay fees:")
        }
        News::FeeAsked { fee_vnd, pay_by, postage } => {
            let what = if postage { "postage for the result" } else { "fees" };
            let by = pay_by.map(|day| format!(" by {}", written(day))).unwrap_or_default();
            Pieces::new(format!("Dossier {code}: please pay {} in {what}{by}", fee_vnd.plain_english()), "Pay at")
        }
        News::Paid { paid_vnd, receipt_no, goes_on, due_on } => {
            let goes_on = if goes_on { ", clock runs" } else { "" };
            let due = due_on.map(|day| format!(", due {}", written(day))).unwrap_or_default();
            Pieces::new(format!("{} paid for dossier {code}{goes_on}{due}", paid_vnd.plain_english()), "See:")
                .optional(receipt_no.map(|number| format!(", receipt {}", super::plain(number))))
        }
        News::PausedForOriginals { paused_on, missing, send_by } => Pieces::new(
            format!("Dossier {code} paused {}: lacks {}", written(paused_on), counted(missing, "original")),
            "Send:",
        )
        .last(send_by.map(|day| format!("Send by {}", written(day)))),
        News::PartlyIn { received, awaited, received_on } => Pieces::new(
            format!("Dossier {code}: {received}/{awaited} originals in on {}, still paused", written(received_on)),
            "Missing:",
        ),
        News::Resumed { papers_in, resumed_on, due_on, was_on, .. } => {
            let complete = if papers_in { " complete" } else { "" };
            Pieces::new(format!("Dossier {code}{complete}, clock runs from {}", written(resumed_on)), "Follow:")
                .last(due_on.map(|day| due_again(day, was_on)))
        }
        News::PauseVoid { paused_on, due_on } => {
            Pieces::new(format!("Pause of {} annulled for dossier {code}", written(paused_on)), "")
                .last(due_on.map(|day| format!("Still due {}", written(day))))
        }
        News::DateMoved { was_on, due_on } => {
            let why = if due_on > was_on { "added day off" } else { "office days changed" };
            Pieces::new(format!("Dossier {code} due {}, not {}", written(due_on), written(was_on)), "")
                .optional(Some(format!(", {why}")))
        }
        News::SupplementAsked { papers, send_by } => {
            let by = send_by.map(|day| format!(" by {}", written(day))).unwrap_or_default();
            let papers = if papers == 0 { "more papers".to_owned() } else { counted(papers, "more paper") };
            Pieces::new(format!("Dossier {code} needs {papers}{by}"), "Request:")
        }
        News::Outstanding(outstanding) => all_outstanding(&outstanding, code),
        News::Apology { missed_on, due_on } => Pieces::new(
            format!("Sorry: dossier {code}, due {}, is now due {}", written(missed_on), written(due_on)),
            "Why:",
        ),
        News::AddressAsked { free_of_charge } => {
            let free = if free_of_charge { ", free" } else { "" };
            Pieces::new(format!("Dossier {code}: result to your home{free}"), "Confirm address:")
        }
        News::DeliveryFailed { .. } => {
            Pieces::new(format!("The post could not deliver the result of {code}"), "Check address:")
        }
        News::CameBack { came_back_on } => Pieces::new(
            format!("The post returned the result of {code} on {}", written(came_back_on)),
            "Collect, or mend address:",
        ),
        News::Ready { fee_vnd: None } if visit.by_post => {
            Pieces::new(format!("Dossier {code} is ready"), "To your home:")
        }
        News::Ready { fee_vnd } => {
            let how = match (visit.closed, fee_vnd) {
                (Some(Closed { opens_on: Some(day) }), _) => format!("collect it from {}", written(day)),
                (Some(Closed { opens_on: None }), _) => "the desk is closed, do not come yet".to_owned(),
                (None, None) => "please collect at the desk".to_owned(),
                (None, Some(fee_vnd)) => format!("please collect and pay {} in fees", fee_vnd.plain_english()),
            };
            Pieces::new(format!("Dossier {code} is ready, {how}"), "")
        }
        News::Posted { posted_on, parcel_no, free_of_charge } => {
            Pieces::new(format!("Result of dossier {code} posted {}", written(posted_on)), "")
                .optional(parcel_no.map(|number| format!(", no. {}", super::plain(number))))
                .optional(free_of_charge.then(|| ", postage free".into()))
        }
        News::Delivered { delivered_at } => Pieces::new(
            format!("Result of dossier {code} delivered {}", date_time_english(delivered_at)),
            "Not there? Tell us:",
        ),
        News::NotAccepted { refused_on } => {
            Pieces::new(format!("Dossier {code} not accepted on {}", written(refused_on)), "Reason, guidance:")
        }
        News::NegativeResult { decided_on } => {
            Pieces::new(format!("Dossier {code} does not qualify (decided {})", written(decided_on)), "Reason:")
        }
        News::ContactCorrected { corrected_on, due_on } => Pieces::new(
            format!("Address or phone of dossier {code} corrected on {}", written(corrected_on)),
            "Not by you? Tell us:",
        )
        .last(due(due_on)),
        News::ReturnChosen { by_post, free_of_charge, due_on } => {
            let way = if by_post { "will be posted" } else { "is handed out at the desk" };
            Pieces::new(format!("Result of dossier {code} {way}, as chosen"), "Follow:")
                .last(due(due_on))
                .optional(free_of_charge.then(|| ", postage free".into()))
        }
        News::ReceiptCorrected { missing, due_on } => Pieces::new(
            format!("Sorry, recorded in error: dossier {code} still lacks {}", counted(missing, "paper")),
            "Send:",
        )
        .last(due(due_on)),
        News::Closed { closed_on } => {
            Pieces::new(format!("Dossier {code} closed from {}", written(closed_on)), "Reason, your papers:")
        }
    }
}

fn due(due_on: Option<Date>) -> Option<String> {
    due_on.map(|day| format!("Due {}", written(day)))
}

/// Says that the date is another, unless it is known to be the one of before. Events of earlier versions do not tell.
fn due_again(day: Date, was_on: Option<Date>) -> String {
    let word = if was_on == Some(day) { "Still" } else { "Now" };
    format!("{word} due {}", written(day))
}

fn all_outstanding(outstanding: &Outstanding, code: &str) -> Pieces {
    let Outstanding { accepted, originals, papers, fee_vnd, by } = *outstanding;
    let fee = fee_vnd.map(|fee_vnd| format!("{} in fees", fee_vnd.plain_english()));
    let originals = (originals > 0).then(|| counted(originals.into(), "original"));
    let papers = papers.map(|papers| match papers {
        0 => "papers".to_owned(),
        papers => counted(papers.into(), "paper"),
    });
    if originals.is_none() && papers.is_none() {
        let about = if accepted { " accepted," } else { ":" };
        let by = by.map(|day| format!(" by {}", written(day))).unwrap_or_default();
        return Pieces::new(format!("Dossier {code}{about} please pay {}{by}", fee.unwrap_or_default()), "");
    }
    let about = if accepted { " accepted," } else { "" };
    let all = [originals, papers, fee].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Pieces::new(format!("Dossier {code}{about} paused: lacks {all}"), "")
        .last(by.map(|day| format!("Send by {}", written(day))))
}

fn counted(count: u32, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
