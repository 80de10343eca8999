//! The letters in Vietnamese.

use jiff::civil::Date;

use super::Words;
use crate::message::{News, Outstanding};
use crate::vietnam::{date_time, written};

pub(super) fn words(news: &News<'_>, code: &str) -> Words {
    let say = |subject: String, lead: String| Words { subject, lead, to_do: None };
    match *news {
        News::Received { received_on } => say(
            format!("Đã nhận hồ sơ {code}"),
            format!("Chúng tôi đã nhận hồ sơ {code} ngày {} và đang kiểm tra.", written(received_on)),
        )
        .asking("Ông/bà chưa phải làm gì. Khi hồ sơ được tiếp nhận, chúng tôi sẽ báo ngày hẹn trả kết quả."),
        News::Accepted { due_on } => say(
            format!("Đã tiếp nhận hồ sơ {code}"),
            format!("Hồ sơ {code} đã được tiếp nhận{}.", due(", hẹn trả kết quả ngày ", due_on)),
        ),
        News::FeeAsked { fee_vnd, pay_by, postage } => {
            let what = if postage { "cước bưu điện để gửi kết quả về" } else { "phí, lệ phí" };
            say(format!("Hồ sơ {code} cần nộp {fee_vnd}"), format!("Hồ sơ {code} cần nộp {fee_vnd} {what}."))
                .by("Xin nộp", pay_by)
        }
        News::Paid { paid_vnd, receipt_no, goes_on, due_on } => {
            let number = receipt_no.map(|number| format!(", số {number}")).unwrap_or_default();
            let goes_on = if goes_on { " Thời hạn giải quyết được tính tiếp." } else { "" };
            say(
                format!("Đã thu {paid_vnd} cho hồ sơ {code}"),
                format!("Chúng tôi đã thu {paid_vnd} cho hồ sơ {code}{number}.{goes_on}{}", promised(due_on)),
            )
        }
        News::PausedForOriginals { missing, send_by, .. } => say(
            format!("Hồ sơ {code} chờ {missing} bản chính"),
            format!("Hồ sơ {code} tạm dừng tính thời hạn vì còn thiếu {missing} bản chính."),
        )
        .by("Xin nộp tại bộ phận một cửa hoặc gửi qua bưu điện", send_by),
        News::PartlyIn { received, awaited, received_on } => say(
            format!("Hồ sơ {code}: đã nhận {received}/{awaited} bản chính"),
            format!(
                "Chúng tôi đã nhận {received} trên {awaited} bản chính của hồ sơ {code} ngày {}; thời hạn vẫn tạm dừng.",
                written(received_on)
            ),
        )
        .asking("Xin nộp nốt giấy tờ còn thiếu."),
        News::Resumed { papers_in, resumed_on, due_on, was_on, .. } => {
            let about = if papers_in { "đã đủ giấy tờ và" } else { "" };
            let date = match due_on {
                Some(day) if was_on == Some(day) => format!(" Ngày hẹn trả vẫn là {}.", written(day)),
                day => promised(day),
            };
            let lead = format!("Hồ sơ {code} {about} được tính tiếp từ {}.{date}", written(resumed_on));
            say(format!("Hồ sơ {code} được tính tiếp"), lead.replace("  ", " "))
        }
        News::PauseVoid { paused_on, due_on } => say(
            format!("Hồ sơ {code} không bị tạm dừng"),
            format!(
                "Lần tạm dừng ngày {} của hồ sơ {code} được hủy, thời hạn không bị ảnh hưởng.{}",
                written(paused_on),
                due_on.map(|day| format!(" Ngày hẹn trả vẫn là {}.", written(day))).unwrap_or_default()
            ),
        ),
        News::DateMoved { was_on, due_on } => say(
            format!("Hồ sơ {code} hẹn trả {}", written(due_on)),
            format!(
                "Ngày hẹn trả của hồ sơ {code} là {} thay vì {}, vì lịch nghỉ hoặc giờ làm việc thay đổi.",
                written(due_on),
                written(was_on)
            ),
        ),
        News::SupplementAsked { papers, send_by } => say(
            format!("Hồ sơ {code} cần bổ sung"),
            match papers {
                0 => format!("Hồ sơ {code} cần bổ sung giấy tờ."),
                papers => format!("Hồ sơ {code} cần bổ sung {papers} giấy tờ."),
            },
        )
        .by("Xin bổ sung", send_by),
        News::Outstanding(outstanding) => all_outstanding(&outstanding, code),
        News::Apology { missed_on, due_on } => say(
            format!("Xin lỗi: hồ sơ {code} hẹn lại {}", written(due_on)),
            format!(
                "Chúng tôi xin lỗi vì không trả kết quả hồ sơ {code} đúng ngày {}. Ngày hẹn mới là {}.",
                written(missed_on),
                written(due_on)
            ),
        ),
        News::AddressAsked { free_of_charge } => say(
            format!("Hồ sơ {code}: nhận kết quả tại nhà"),
            format!("Kết quả hồ sơ {code} có thể được gửi qua bưu điện đến nhà ông/bà.{}", free(free_of_charge)),
        )
        .asking("Xin mở liên kết để chọn cách nhận và xác nhận địa chỉ, hoặc gọi cho bộ phận một cửa."),
        News::DeliveryFailed { failed_on } => say(
            format!("Bưu điện chưa phát được kết quả hồ sơ {code}"),
            format!("Ngày {} bưu điện chưa phát được kết quả hồ sơ {code}.", written(failed_on)),
        )
        .asking("Xin kiểm tra lại địa chỉ nhận, hoặc đến bưu cục theo giấy mời."),
        News::CameBack { came_back_on } => say(
            format!("Bưu điện trả lại kết quả hồ sơ {code}"),
            format!("Bưu điện không phát được và trả lại kết quả hồ sơ {code} ngày {}; kết quả đã về bộ phận một cửa.", written(came_back_on)),
        )
        .asking("Xin đến nhận, hoặc cho địa chỉ đúng để gửi lại."),
        News::Ready { fee_vnd } => {
            let fee = fee_vnd.map(|fee_vnd| format!(" và nộp {fee_vnd} phí, lệ phí")).unwrap_or_default();
            say(format!("Hồ sơ {code} đã có kết quả"), format!("Hồ sơ {code} đã có kết quả."))
                .asking(format!("Xin đến bộ phận một cửa nhận kết quả{fee}."))
        }
        News::Posted { posted_on, parcel_no, free_of_charge } => {
            let number = parcel_no.map(|number| format!(", mã bưu gửi {number}")).unwrap_or_default();
            say(
                format!("Kết quả hồ sơ {code} đã gửi bưu điện"),
                format!("Kết quả hồ sơ {code} được gửi qua bưu điện ngày {}{number}.{}", written(posted_on), free(free_of_charge)),
            )
        }
        News::Delivered { delivered_at } => say(
            format!("Kết quả hồ sơ {code} đã phát"),
            format!("Bưu điện đã phát kết quả hồ sơ {code} lúc {}.", date_time(delivered_at)),
        )
        .asking("Nếu chưa nhận được, xin báo cho chúng tôi."),
        News::NotAccepted { refused_on } => say(
            format!("Hồ sơ {code} không được tiếp nhận"),
            format!("Hồ sơ {code} không được tiếp nhận ngày {}.", written(refused_on)),
        )
        .asking("Lý do ghi trong phiếu từ chối; xin liên hệ bộ phận một cửa để được hướng dẫn."),
        News::NegativeResult { decided_on } => say(
            format!("Hồ sơ {code} không đủ điều kiện giải quyết"),
            format!("Hồ sơ {code} không đủ điều kiện giải quyết ({}).", written(decided_on)),
        )
        .asking("Lý do ghi trong văn bản trả lời; xin đến bộ phận một cửa nhận văn bản và giấy tờ đã nộp."),
        News::ContactCorrected { corrected_on, due_on } => say(
            format!("Đã sửa liên hệ của hồ sơ {code}"),
            format!("Địa chỉ hoặc số điện thoại của hồ sơ {code} được sửa ngày {}.{}", written(corrected_on), promised(due_on)),
        )
        .asking("Nếu không phải ông/bà yêu cầu, xin báo ngay cho chúng tôi."),
        News::ReturnChosen { by_post, free_of_charge, due_on } => {
            let way = if by_post { "được gửi qua bưu điện" } else { "được trả tại bộ phận một cửa" };
            say(
                format!("Cách nhận kết quả hồ sơ {code}"),
                format!("Kết quả hồ sơ {code} sẽ {way}, theo đăng ký.{}{}", free(free_of_charge), promised(due_on)),
            )
        }
        News::ReceiptCorrected { missing, due_on } => say(
            format!("Xin lỗi: hồ sơ {code} còn thiếu giấy tờ"),
            format!("Chúng tôi đã ghi nhầm: hồ sơ {code} còn thiếu {missing} giấy tờ.{}", promised(due_on)),
        )
        .asking("Xin nộp tại bộ phận một cửa hoặc gửi qua bưu điện."),
        News::Closed { closed_on } => say(
            format!("Hồ sơ {code} bị dừng xử lý"),
            format!("Hồ sơ {code} bị dừng xử lý từ {}.", written(closed_on)),
        )
        .asking("Lý do ghi trong thông báo; giấy tờ đã nộp được trả lại tại bộ phận một cửa."),
    }
}

impl Words {
    fn asking(self, sentence: impl Into<String>) -> Self {
        Self { to_do: Some(sentence.into()), ..self }
    }

    /// Says what to do, and its last day if there is one.
    fn by(self, what: &str, day: Option<Date>) -> Self {
        let until = day.map(|day| format!(" đến hết {}", written(day))).unwrap_or_default();
        self.asking(format!("{what}{until}."))
    }
}

/// Says that nobody pays for the post.
fn free(free_of_charge: bool) -> &'static str {
    if free_of_charge { " Ông/bà được miễn cước." } else { "" }
}

fn due(before: &str, day: Option<Date>) -> String {
    day.map(|day| format!("{before}{}", written(day))).unwrap_or_default()
}

fn promised(day: Option<Date>) -> String {
    day.map(|day| format!(" Ngày hẹn trả là {}.", written(day))).unwrap_or_default()
}

fn all_outstanding(outstanding: &Outstanding, code: &str) -> Words {
    let Outstanding { accepted, originals, papers, fee_vnd, by } = *outstanding;
    let stopped = originals > 0 || papers.is_some();
    let originals = (originals > 0).then(|| format!("{originals} bản chính"));
    let papers = papers.map(|papers| match papers {
        0 => "giấy tờ bổ sung".to_owned(),
        papers => format!("{papers} giấy tờ bổ sung"),
    });
    let fee = fee_vnd.map(|fee_vnd| format!("{fee_vnd} phí, lệ phí"));
    let all = [originals, papers, fee].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let accepted = if accepted { "đã được tiếp nhận, " } else { "" };
    let stopped = if stopped { "tạm dừng tính thời hạn, " } else { "" };
    let words = Words {
        subject: format!("Hồ sơ {code} cần {all}"),
        lead: format!("Hồ sơ {code} {accepted}{stopped}cần {all}."),
        to_do: None,
    };
    words.by("Xin nộp", by)
}
