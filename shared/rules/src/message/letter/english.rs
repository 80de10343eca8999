//! The letters in English.

use jiff::civil::Date;

use super::Words;
use crate::message::{News, Outstanding};
use crate::vietnam::{date_time_english, written_english as written};

pub(super) fn words(news: &News<'_>, code: &str) -> Words {
    let say = |subject: String, lead: String, to_do: Option<String>| Words { subject, lead, to_do };
    let told = |subject: String, lead: String| say(subject, lead, None);
    match *news {
        News::Received { received_on } => say(
            format!("Dossier {code} received"),
            format!("We received dossier {code} on {} and are checking it.", written(received_on)),
            Some("You need not do anything now. Once it is accepted we tell you when the result is due.".into()),
        ),
        News::Accepted { due_on } => told(
            format!("Dossier {code} accepted"),
            format!(
                "Dossier {code} was accepted{}.",
                due_on.map(|day| format!("; the result is due {}", written(day))).unwrap_or_default()
            ),
        ),
        News::FeeAsked { fee_vnd, pay_by, postage } => say(
            format!("Dossier {code}: please pay {}", fee_vnd.plain_english()),
            if postage {
                format!("Postage of {} is due before the result of dossier {code} is posted.", fee_vnd.plain_english())
            } else {
                format!("Fees and charges of {} are due for dossier {code}.", fee_vnd.plain_english())
            },
            by("Please pay them", pay_by),
        ),
        News::Paid { paid_vnd, receipt_no, goes_on, due_on } => {
            let number = receipt_no.map(|number| format!(", number {number}")).unwrap_or_default();
            let goes_on = if goes_on { " The time limit runs again." } else { "" };
            told(
                format!("{} paid for dossier {code}", paid_vnd.plain_english()),
                format!("We received {} for dossier {code}{number}.{goes_on}{}", paid_vnd.plain_english(), due(due_on)),
            )
        }
        News::PausedForOriginals { missing, send_by, .. } => say(
            format!("Dossier {code} waits for {}", counted(missing, "original")),
            format!("The time limit of dossier {code} is paused: {} missing.", lacking(missing, "original")),
            by("Please bring them to the one-stop desk or send them by post", send_by),
        ),
        News::PartlyIn { received, awaited, received_on } => say(
            format!("Dossier {code}: {received} of {awaited} originals in"),
            format!(
                "We received {received} of {awaited} originals of dossier {code} on {}; the time limit is still paused.",
                written(received_on)
            ),
            Some("Please send what is still missing.".into()),
        ),
        News::Resumed { papers_in, resumed_on, due_on, was_on, .. } => {
            let complete = if papers_in { " is complete and" } else { "" };
            let date = match due_on {
                Some(day) if was_on == Some(day) => format!(" The result is still due {}.", written(day)),
                day => due(day),
            };
            told(
                format!("Dossier {code} goes on"),
                format!("Dossier {code}{complete} goes on from {}.{date}", written(resumed_on)),
            )
        }
        News::PauseVoid { paused_on, due_on } => told(
            format!("Dossier {code} is not paused"),
            format!(
                "The pause of {} was annulled for dossier {code}; the time limit is not affected.{}",
                written(paused_on),
                due_on.map(|day| format!(" The result is still due {}.", written(day))).unwrap_or_default()
            ),
        ),
        News::DateMoved { was_on, due_on } => told(
            format!("Dossier {code} is due {}", written(due_on)),
            format!(
                "The result of dossier {code} is due {} instead of {}, since days off or office hours changed.",
                written(due_on),
                written(was_on)
            ),
        ),
        News::SupplementAsked { papers, send_by } => say(
            format!("Dossier {code} needs more papers"),
            match papers {
                0 => format!("Dossier {code} needs more papers."),
                papers => format!("Dossier {code} needs {}.", counted(papers, "more paper")),
            },
            by("Please send them", send_by),
        ),
        News::Outstanding(outstanding) => all_outstanding(&outstanding, code),
        News::Apology { missed_on, due_on } => told(
            format!("Sorry: dossier {code} is now due {}", written(due_on)),
            format!(
                "We are sorry that the result of dossier {code} was not ready on {}. It is now due {}.",
                written(missed_on),
                written(due_on)
            ),
        ),
        News::AddressAsked { free_of_charge } => say(
            format!("Dossier {code}: the result to your home"),
            format!("The result of dossier {code} can come to your home by post.{}", free(free_of_charge)),
            Some(
                "Please open the link, choose how you receive it and confirm the address, or call the one-stop desk."
                    .into(),
            ),
        ),
        News::DeliveryFailed { failed_on } => say(
            format!("Dossier {code}: the post could not deliver the result"),
            format!("On {} the post could not deliver the result of dossier {code}.", written(failed_on)),
            Some("Please check the address, or go to the post office that invited you.".into()),
        ),
        News::CameBack { came_back_on } => say(
            format!("Dossier {code}: the post brought the result back"),
            format!(
                "The post could not deliver the result of dossier {code} and returned it on {}.",
                written(came_back_on)
            ),
            Some("Please fetch it at the one-stop desk, or give the right address so that it is sent again.".into()),
        ),
        News::Ready { fee_vnd } => {
            let fee =
                fee_vnd.map(|fee_vnd| format!(" and pay {} in fees", fee_vnd.plain_english())).unwrap_or_default();
            say(
                format!("Dossier {code}: the result is ready"),
                format!("The result of dossier {code} is ready."),
                Some(format!("Please fetch it at the one-stop desk{fee}.")),
            )
        }
        News::Posted { posted_on, parcel_no, free_of_charge } => {
            let number = parcel_no.map(|number| format!(", parcel {number}")).unwrap_or_default();
            told(
                format!("Dossier {code}: the result was posted"),
                format!(
                    "The result of dossier {code} was handed to the post on {}{number}.{}",
                    written(posted_on),
                    free(free_of_charge)
                ),
            )
        }
        News::Delivered { delivered_at } => say(
            format!("Dossier {code}: the result was delivered"),
            format!("The post delivered the result of dossier {code} on {}.", date_time_english(delivered_at)),
            Some("If you do not have it, please tell us.".into()),
        ),
        News::NotAccepted { refused_on } => say(
            format!("Dossier {code} was not accepted"),
            format!("Dossier {code} was not accepted on {}.", written(refused_on)),
            Some("The reason is on the refusal slip; please ask the one-stop desk for advice.".into()),
        ),
        News::NegativeResult { decided_on } => say(
            format!("Dossier {code} cannot be granted"),
            format!("Dossier {code} does not meet the conditions ({}).", written(decided_on)),
            Some("The reason is in the written answer; please fetch it and your papers at the one-stop desk.".into()),
        ),
        News::ContactCorrected { corrected_on, due_on } => say(
            format!("Dossier {code}: contact corrected"),
            format!(
                "The address or telephone number of dossier {code} was corrected on {}.{}",
                written(corrected_on),
                due(due_on)
            ),
            Some("If you did not ask for this, please tell us at once.".into()),
        ),
        News::ReturnChosen { by_post, free_of_charge, due_on } => {
            let way = if by_post { "comes by post" } else { "is handed out at the one-stop desk" };
            told(
                format!("Dossier {code}: how the result comes back"),
                format!("The result of dossier {code} {way}, as registered.{}{}", free(free_of_charge), due(due_on)),
            )
        }
        News::ReceiptCorrected { missing, due_on } => say(
            format!("Sorry: dossier {code} lacks papers"),
            format!("We noted this wrongly: {} missing in dossier {code}.{}", lacking(missing, "paper"), due(due_on)),
            Some("Please bring them to the one-stop desk or send them by post.".into()),
        ),
        News::Closed { closed_on } => say(
            format!("Dossier {code} was closed"),
            format!("Dossier {code} is closed from {}.", written(closed_on)),
            Some("The reason is in the notice; your papers are returned at the one-stop desk.".into()),
        ),
    }
}

fn by(what: &str, day: Option<Date>) -> Option<String> {
    let until = day.map(|day| format!(" by the end of {}", written(day))).unwrap_or_default();
    Some(format!("{what}{until}."))
}

/// Says that nobody pays for the post.
fn free(free_of_charge: bool) -> &'static str {
    if free_of_charge { " Postage is free." } else { "" }
}

fn due(day: Option<Date>) -> String {
    day.map(|day| format!(" The result is due {}.", written(day))).unwrap_or_default()
}

fn counted(number: u32, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

fn lacking(number: u32, noun: &str) -> String {
    let is = if number == 1 { "is" } else { "are" };
    format!("{} {is}", counted(number, noun))
}

fn all_outstanding(outstanding: &Outstanding, code: &str) -> Words {
    let Outstanding { accepted, originals, papers, fee_vnd, by: day } = *outstanding;
    let stopped = originals > 0 || papers.is_some();
    let originals = (originals > 0).then(|| counted(u32::from(originals), "original"));
    let papers = papers.map(|papers| match papers {
        0 => "more papers".to_owned(),
        papers => counted(u32::from(papers), "more paper"),
    });
    let fee = fee_vnd.map(|fee_vnd| format!("{} in fees", fee_vnd.plain_english()));
    let all = [originals, papers, fee].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let accepted = if accepted { " was accepted and" } else { "" };
    let stopped = if stopped { " The time limit is paused meanwhile." } else { "" };
    Words {
        subject: format!("Dossier {code} needs {all}"),
        lead: format!("Dossier {code}{accepted} needs {all}.{stopped}"),
        to_do: by("Please send or pay what is missing", day),
    }
}
