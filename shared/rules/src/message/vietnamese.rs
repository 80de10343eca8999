//! The texts in Vietnamese without marks.

use jiff::civil::Date;

use super::{Closed, News, Outstanding, Pieces, Visit};
use crate::vietnam::{date_time, written};

pub(super) fn pieces(news: &News<'_>, code: &str, visit: Visit<'_>) -> Pieces {
    match *news {
        News::Received { received_on } => {
            Pieces::new(format!("Da nhan ho so {code} ngay {}", written(received_on)), "Theo doi:")
                .optional(Some(", dang kiem tra".into()))
        }
        News::Accepted { due_on } => {
            let due = due_on.map(|day| format!(", hen tra {}", written(day))).unwrap_or_default();
            Pieces::new(format!("Da tiep nhan ho so {code}{due}"), "Theo doi, nop phi:")
        }
        News::FeeAsked { fee_vnd, pay_by, postage } => {
            let what = if postage { "cuoc buu dien gui ket qua" } else { "phi, le phi" };
            Pieces::new(format!("Ho so {code} can nop {} {what}{}", fee_vnd.plain(), until(pay_by)), "Xem, nop tai")
        }
        News::Paid { paid_vnd, receipt_no, goes_on, due_on } => {
            let goes_on = if goes_on { ", tinh tiep" } else { "" };
            let due = due_on.map(|day| format!(", hen tra {}", written(day))).unwrap_or_default();
            Pieces::new(format!("Da thu {} cho ho so {code}{goes_on}{due}", paid_vnd.plain()), "Xem:")
                .optional(receipt_no.map(|number| format!(", bien lai {}", super::plain(number))))
        }
        News::PausedForOriginals { missing, send_by, .. } => Pieces::new(
            format!("Ho so {code} tam dung tinh han, cho {missing} ban chinh{}", until(send_by)),
            "Nop, gui:",
        ),
        News::PartlyIn { received, awaited, .. } => Pieces::new(
            format!("Ho so {code}: da nhan {received}/{awaited} ban chinh, van tam dung tinh han"),
            "Con thieu:",
        ),
        News::Resumed { papers_in, resumed_on, due_on, was_on, .. } => {
            let about = if papers_in { format!("Da nhan du giay to ho so {code},") } else { format!("Ho so {code}") };
            Pieces::new(format!("{about} tinh tiep tu {}", written(resumed_on)), "Theo doi:")
                .last(due_on.map(|day| due_again(day, was_on)))
        }
        News::PauseVoid { due_on, .. } => {
            let due = due_on.map(|day| format!(", hen tra van la {}", written(day))).unwrap_or_default();
            Pieces::new(format!("Ho so {code} khong bi tam dung tinh han{due}"), "")
        }
        News::DateMoved { was_on, due_on } => {
            let why = if due_on > was_on { "them ngay nghi" } else { "doi lich lam viec" };
            Pieces::new(format!("Ho so {code} hen tra {} thay vi {}", written(due_on), written(was_on)), "")
                .optional(Some(format!(", {why}")))
        }
        News::SupplementAsked { papers, send_by } => {
            let papers = if papers == 0 { String::new() } else { format!("{papers} ") };
            Pieces::new(format!("Ho so {code} can bo sung {papers}giay to{}", until(send_by)), "Phieu yeu cau:")
        }
        News::Outstanding(outstanding) => all_outstanding(&outstanding, code),
        News::Apology { missed_on, due_on } => Pieces::new(
            format!("Xin loi, ho so {code} cham hen {}, hen lai {}", written(missed_on), written(due_on)),
            "Ly do:",
        ),
        News::AddressAsked { free_of_charge } => {
            let free = if free_of_charge { ", mien cuoc" } else { "" };
            Pieces::new(format!("Ho so {code}: nhan ket qua tai nha{free}"), "Xac nhan dia chi:")
        }
        News::DeliveryFailed { .. } => {
            Pieces::new(format!("Buu dien chua phat duoc ket qua {code}"), "Kiem tra dia chi:")
        }
        News::CameBack { came_back_on } => Pieces::new(
            format!("Ket qua {code} buu dien tra lai {}, da ve Mot cua", written(came_back_on)),
            "Den nhan, sua dia chi:",
        ),
        News::Ready { fee_vnd: None } if visit.by_post => {
            Pieces::new(format!("Ho so {code} co ket qua"), "Khoi den, nhan tai nha:")
        }
        News::Ready { fee_vnd } => {
            let how = match (visit.closed, fee_vnd) {
                (Some(Closed { opens_on: Some(day) }), _) => format!("nhan tai Mot cua tu {}", written(day)),
                (Some(Closed { opens_on: None }), _) => "Mot cua dang dong, chua can den nhan".to_owned(),
                (None, None) => "moi den Mot cua nhan".to_owned(),
                (None, Some(fee_vnd)) => format!("den nhan va nop {} phi, le phi", fee_vnd.plain()),
            };
            Pieces::new(format!("Ho so {code} da co ket qua, {how}"), "")
        }
        News::Posted { posted_on, parcel_no, free_of_charge } => {
            Pieces::new(format!("Ket qua ho so {code} gui buu dien {}", written(posted_on)), "")
                .optional(parcel_no.map(|number| format!(", ma {}", super::plain(number))))
                .optional(free_of_charge.then(|| ", mien cuoc".into()))
        }
        News::Delivered { delivered_at } => {
            Pieces::new(format!("Ket qua ho so {code} da phat {}", date_time(delivered_at)), "Chua nhan duoc? Bao:")
        }
        News::NotAccepted { refused_on } => {
            Pieces::new(format!("Ho so {code} khong duoc tiep nhan ngay {}", written(refused_on)), "Ly do, huong dan:")
        }
        News::NegativeResult { decided_on } => {
            Pieces::new(format!("Ho so {code} khong du dieu kien giai quyet ({})", written(decided_on)), "Ly do:")
        }
        News::ContactCorrected { corrected_on, due_on } => Pieces::new(
            format!("Da sua dia chi, dien thoai ho so {code} ngay {}", written(corrected_on)),
            "Khong dung? Bao:",
        )
        .last(due(due_on)),
        News::ReturnChosen { by_post, free_of_charge, due_on } => {
            let way = if by_post { "gui qua buu dien" } else { "tra tai Mot cua" };
            Pieces::new(format!("Ket qua ho so {code} se {way}, theo dang ky"), "Theo doi:")
                .last(due(due_on))
                .optional(free_of_charge.then(|| ", mien cuoc".into()))
        }
        News::ReceiptCorrected { missing, due_on } => {
            Pieces::new(format!("Xin loi, ghi nham: ho so {code} con thieu {missing} giay to"), "Nop, gui:")
                .last(due(due_on))
        }
        News::Closed { closed_on } => {
            Pieces::new(format!("Ho so {code} bi dung xu ly tu {}", written(closed_on)), "Ly do, giay to tra lai:")
        }
    }
}

fn due(due_on: Option<Date>) -> Option<String> {
    due_on.map(|day| format!("Hen tra {}", written(day)))
}

/// Says that the date is another, unless it is known to be the one of before. Events of earlier versions do not tell.
fn due_again(day: Date, was_on: Option<Date>) -> String {
    let word = if was_on == Some(day) { "van la" } else { "moi" };
    format!("Hen tra {word} {}", written(day))
}

fn all_outstanding(outstanding: &Outstanding, code: &str) -> Pieces {
    let Outstanding { accepted, originals, papers, fee_vnd, by } = *outstanding;
    let about = if accepted { format!("Da tiep nhan ho so {code},") } else { format!("Ho so {code}") };
    let fee = fee_vnd.map(|fee_vnd| format!("{} phi, le phi", fee_vnd.plain()));
    let originals = (originals > 0).then(|| format!("{originals} ban chinh"));
    let papers = papers.map(|papers| match papers {
        0 => "giay to".to_owned(),
        papers => format!("{papers} giay to"),
    });
    if originals.is_none() && papers.is_none() {
        return Pieces::new(format!("{about} can nop {}{}", fee.unwrap_or_default(), until(by)), "");
    }
    let all = [originals, papers, fee].into_iter().flatten().collect::<Vec<_>>().join(", ");
    // Shorter, so that there is room for a link.
    let about = if accepted { format!("Tiep nhan ho so {code},") } else { about };
    Pieces::new(format!("{about} tam dung tinh han, cho {all}{}", until(by)), "")
}

/// Says the last day that counts.
fn until(day: Option<Date>) -> String {
    day.map(|day| format!(" den het {}", written(day))).unwrap_or_default()
}
