//! The texts in Vietnamese without marks.

use jiff::civil::Date;

use super::{News, Outstanding, Pieces};
use crate::vietnam::{date_time, written};

pub(super) fn pieces(news: &News<'_>, code: &str) -> Pieces {
    match *news {
        News::Received { received_on } => {
            Pieces::new(format!("Da nhan ho so {code} ngay {}", written(received_on)), "Theo doi:")
                .optional(Some(", dang kiem tra".into()))
        }
        News::Accepted { due_on } => {
            let due = due_on.map(|day| format!(", hen tra {}", written(day))).unwrap_or_default();
            Pieces::new(format!("Da tiep nhan ho so {code}{due}"), "Theo doi, nop phi:")
        }
        News::FeeAsked { fee_vnd, pay_by } => {
            let by = pay_by.map(|day| format!(" den het {}", written(day))).unwrap_or_default();
            Pieces::new(format!("Ho so {code} can nop {} phi, le phi{by}", fee_vnd.plain()), "Xem, nop tai")
        }
        News::Paid { paid_vnd, receipt_no, goes_on, due_on } => {
            let goes_on = if goes_on { ", tinh tiep" } else { "" };
            let due = due_on.map(|day| format!(", hen tra {}", written(day))).unwrap_or_default();
            Pieces::new(format!("Da thu {} cho ho so {code}{goes_on}{due}", paid_vnd.plain()), "Xem:")
                .optional(receipt_no.map(|number| format!(", bien lai {}", super::plain(number))))
        }
        News::PausedForOriginals { paused_on, missing, send_by } => Pieces::new(
            format!("Ho so {code} dung tinh {}: thieu {missing} ban chinh", written(paused_on)),
            "Nop, gui:",
        )
        .last(send_by.map(|day| format!("Nop den het {}", written(day)))),
        News::PartlyIn { received, awaited, received_on } => Pieces::new(
            format!(
                "Ho so {code}: da nhan {received}/{awaited} ban chinh ngay {}, van dung tinh",
                written(received_on)
            ),
            "Con thieu:",
        ),
        News::Resumed { papers_in, resumed_on, due_on, was_on, .. } => {
            let about = if papers_in { format!("Da nhan du giay to ho so {code},") } else { format!("Ho so {code}") };
            Pieces::new(format!("{about} tinh tiep tu {}", written(resumed_on)), "Theo doi:")
                .last(due_on.map(|day| due_again(day, was_on)))
        }
        News::PauseVoid { paused_on, due_on } => {
            Pieces::new(format!("Bo lan dung tinh {} cua ho so {code}", written(paused_on)), "")
                .last(due_on.map(|day| format!("Hen tra van la {}", written(day))))
        }
        News::DateMoved { was_on, due_on } => {
            let why = if due_on > was_on { "them ngay nghi" } else { "doi lich lam viec" };
            Pieces::new(format!("Ho so {code} hen tra {} thay vi {}", written(due_on), written(was_on)), "")
                .optional(Some(format!(", {why}")))
        }
        News::SupplementAsked { papers, send_by } => {
            let by = send_by.map(|day| format!(" den het {}", written(day))).unwrap_or_default();
            let papers = if papers == 0 { String::new() } else { format!("{papers} ") };
            Pieces::new(format!("Ho so {code} can bo sung {papers}giay to{by}"), "Phieu yeu cau:")
        }
        News::Outstanding(outstanding) => all_outstanding(&outstanding, code),
        News::Apology { missed_on, due_on } => Pieces::new(
            format!("Xin loi, ho so {code} cham hen {}, hen lai {}", written(missed_on), written(due_on)),
            "Ly do:",
        ),
        News::Ready { advice, fee_vnd } => {
            let how = match fee_vnd {
                None => "moi den Mot cua nhan".to_owned(),
                Some(fee_vnd) => format!("den nhan va nop {} phi, le phi", fee_vnd.plain()),
            };
            Pieces::new(format!("Ho so {code} da co ket qua, {how}"), "")
                .optional(advice.then(|| ". Deo khau trang, rua tay".into()))
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
        News::ReturnChosen { by_post, due_on } => {
            let way = if by_post { "gui qua buu dien" } else { "tra tai Mot cua" };
            Pieces::new(format!("Ket qua ho so {code} se {way}, theo dang ky"), "Theo doi:").last(due(due_on))
        }
        News::ReceiptCorrected { missing, due_on } => {
            Pieces::new(format!("Xin loi, ghi nham: ho so {code} con thieu {missing} giay to"), "Nop, gui:")
                .last(due(due_on))
        }
        News::Closed { closed_on } => {
            Pieces::new(format!("Ho so {code} dung giai quyet tu {}", written(closed_on)), "Ly do, giay to tra lai:")
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
        let by = by.map(|day| format!(" den het {}", written(day))).unwrap_or_default();
        return Pieces::new(format!("{about} can nop {}{by}", fee.unwrap_or_default()), "");
    }
    let all = [originals, papers, fee].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Pieces::new(format!("{about} dung tinh: thieu {all}"), "")
        .last(by.map(|day| format!("Nop den het {}", written(day))))
}
