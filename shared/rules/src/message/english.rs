//! The texts in English.

use jiff::Timestamp;

use super::{News, Pieces};
use crate::vietnam::{civil, written_english as written};

pub(super) fn pieces(news: &News<'_>, code: &str) -> Pieces {
    match *news {
        News::Received { received_on } => {
            Pieces::new(format!("Dossier {code} received {}", written(received_on)), "Follow:")
                .optional(Some(", being checked".into()))
        }
        News::Accepted { due_on } => {
            let due = due_on.map(|day| format!(", due {}", written(day))).unwrap_or_default();
            Pieces::new(format!("Dossier {code} accepted{due}"), "Follow it, pay fees:")
        }
        News::FeeAsked { fee_vnd, pay_before } => {
            let before = pay_before.map(|day| format!(" before {}", written(day))).unwrap_or_default();
            Pieces::new(format!("Dossier {code}: please pay {} in fees{before}", fee_vnd.plain_english()), "Pay at")
        }
        News::Paid { paid_vnd, receipt_no } => {
            Pieces::new(format!("{} paid for dossier {code}", paid_vnd.plain_english()), "See:")
                .optional(receipt_no.map(|number| format!(", receipt {}", super::plain(number))))
        }
        News::PausedForOriginals { paused_on, missing, send_before } => Pieces::new(
            format!("Dossier {code} paused {}: lacks {}", written(paused_on), counted(missing, "original")),
            "Send:",
        )
        .last(send_before.map(|day| format!("Send before {}", written(day)))),
        News::PartlyIn { received, awaited, received_on } => Pieces::new(
            format!("Dossier {code}: {received}/{awaited} originals in on {}, still paused", written(received_on)),
            "Missing:",
        ),
        News::Resumed { papers_in, resumed_on, due_on } => {
            let complete = if papers_in { " complete" } else { "" };
            Pieces::new(format!("Dossier {code}{complete}, clock runs from {}", written(resumed_on)), "Follow:")
                .last(due_on.map(|day| format!("Now due {}", written(day))))
        }
        News::PauseVoid { paused_on, due_on } => {
            Pieces::new(format!("Pause of {} annulled for dossier {code}", written(paused_on)), "")
                .last(due_on.map(|day| format!("Still due {}", written(day))))
        }
        News::SupplementAsked { papers, send_before } => {
            let before = send_before.map(|day| format!(" before {}", written(day))).unwrap_or_default();
            let papers = if papers == 0 { "more papers".to_owned() } else { counted(papers, "more paper") };
            Pieces::new(format!("Dossier {code} needs {papers}{before}"), "Request:")
        }
        News::Apology { missed_on, due_on } => Pieces::new(
            format!("Sorry: dossier {code}, due {}, is now due {}", written(missed_on), written(due_on)),
            "Why:",
        ),
        News::Ready { advice } => Pieces::new(format!("Dossier {code} is ready, please collect at the desk"), "")
            .optional(advice.then(|| ". Wear a mask, wash hands".into())),
        News::Posted { posted_on, parcel_no, free_of_charge } => {
            Pieces::new(format!("Result of dossier {code} posted {}", written(posted_on)), "")
                .optional(parcel_no.map(|number| format!(", no. {}", super::plain(number))))
                .optional(free_of_charge.then(|| ", postage free".into()))
        }
        News::Delivered { delivered_at } => Pieces::new(
            format!("Result of dossier {code} delivered {}", at_the_minute(delivered_at)),
            "Not there? Tell us:",
        ),
        News::NotAccepted { refused_on } => {
            Pieces::new(format!("Dossier {code} not accepted on {}", written(refused_on)), "Reason, guidance:")
        }
        News::NegativeResult { decided_on } => {
            Pieces::new(format!("Dossier {code} does not qualify (decided {})", written(decided_on)), "Reason:")
        }
        News::ContactCorrected { corrected_on } => Pieces::new(
            format!("Address or phone of dossier {code} corrected on {}", written(corrected_on)),
            "Not by you? Tell us:",
        ),
        News::ReturnChosen { by_post } => {
            let way = if by_post { "will be posted" } else { "is handed out at the desk" };
            Pieces::new(format!("Result of dossier {code} {way}, as chosen"), "Follow:")
        }
        News::ReceiptCorrected { missing } => Pieces::new(
            format!("Sorry, recorded in error: dossier {code} still lacks {}", counted(missing, "paper")),
            "Send:",
        ),
        News::Closed { closed_on } => {
            Pieces::new(format!("Dossier {code} closed from {}", written(closed_on)), "Reason, your papers:")
        }
    }
}

fn at_the_minute(at: Timestamp) -> String {
    let wall = civil(at);
    format!("{} {:02}:{:02}", written(wall.date()), wall.hour(), wall.minute())
}

fn counted(count: u32, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
