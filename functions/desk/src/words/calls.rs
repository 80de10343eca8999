//! Words of the phone list: what somebody is to be told, as it is said on the phone, and the outcomes of a call.

use jiff::civil::Date;
use rules::language::{Both, Language};
use rules::message::{News, Outstanding};
use rules::person::{Agreed, Outcome, Unusable};
use rules::vietnam::{date_time, written};

/// A sentence in Vietnamese and in English.
pub(crate) type Sentence = [String; 2];

/// Words for an outcome.
pub(crate) fn outcome(outcome: Outcome) -> Both {
    match outcome {
        Outcome::Reached => ["Đã báo được", "Reached and told"],
        Outcome::NoAnswer => ["Không nghe máy", "No answer"],
        Outcome::CallBack => ["Hẹn gọi lại", "Asked to be called back"],
        Outcome::NeedsInterpreter => ["Cần người phiên dịch", "Needs an interpreter"],
        Outcome::CannotRead => ["Không đọc được chữ", "Cannot read"],
        Outcome::WrongNumber => ["Sai số", "Wrong number"],
        Outcome::NotThisPerson => ["Không phải người này", "Not this person"],
        Outcome::Died => ["Người này đã mất", "This person died"],
        Outcome::LetterSent => ["Đã gửi thư thay cuộc gọi", "A letter was sent instead"],
        Outcome::NotNeeded => ["Không còn cần gọi", "No call is needed any more"],
        Outcome::SendAgain => ["Gửi lại tin nhắn", "Send the messages again"],
    }
}

/// Words for an agreement.
pub(crate) fn agreed(agreed: Agreed) -> Both {
    match agreed {
        Agreed::AddressConfirmed => ["Địa chỉ đã lưu là đúng", "The address on record is right"],
        Agreed::WillFileOnline => ["Sẽ nộp trực tuyến, đã được hướng dẫn", "Will file online, and was told how"],
        Agreed::WantsPost => ["Muốn nhận kết quả qua bưu chính", "Wants the result by post"],
        Agreed::WantsNoPost => ["Không nhận qua bưu chính", "Does not want the post"],
    }
}

/// Words for a number that is of no use.
pub(crate) fn unusable(why: Unusable) -> Both {
    match why {
        Unusable::WrongNumber => ["Đã gọi: sai số", "Called: wrong number"],
        Unusable::NotThisPerson => ["Đã gọi: không phải người này", "Called: not this person"],
        Unusable::Died => ["Đã gọi: người này đã mất", "Called: this person died"],
    }
}

/// What somebody is told on the phone: what happened, what to do, and until when.
pub(crate) fn told(news: &News<'_>) -> Sentence {
    let both = |vi: String, en: String| [vi, en];
    match *news {
        News::Received { received_on: day } => both(
            format!("Đã nhận hồ sơ ngày {}, đang kiểm tra. Chưa phải làm gì.", written(day)),
            format!("The dossier came on {} and is being checked. Nothing is to be done yet.", written(day)),
        ),
        News::Accepted { due_on } => plus(["Hồ sơ đã được tiếp nhận.", "The dossier was accepted."], due(due_on)),
        News::FeeAsked { fee_vnd, pay_by, postage } => {
            let what =
                if postage { ["cước bưu điện", "postage"] } else { ["phí, lệ phí", "fees and charges"] };
            both(
                format!("Cần nộp {fee_vnd} {}{}.", what[0], until(pay_by)[0]),
                format!("{fee_vnd} of {} is to be paid{}.", what[1], until(pay_by)[1]),
            )
        }
        News::Paid { paid_vnd, goes_on, due_on, .. } => {
            let goes_on = if goes_on { [" Hồ sơ được xử lý tiếp.", " Work goes on."] } else { ["", ""] };
            let paid = [format!("Đã thu {paid_vnd}.{}", goes_on[0]), format!("{paid_vnd} was paid.{}", goes_on[1])];
            plus([&paid[0], &paid[1]], due(due_on))
        }
        News::PausedForOriginals { missing, send_by, .. } => both(
            format!("Cần nộp {missing} bản chính còn thiếu{}. Đến khi đó thời hạn tạm dừng.", until(send_by)[0]),
            format!("{missing} originals are to be handed in{}. Until then the clock stands.", until(send_by)[1]),
        ),
        News::PartlyIn { received, awaited, .. } => both(
            format!("Đã nhận {received} trong {awaited} bản chính. Cần nộp phần còn thiếu."),
            format!("{received} of {awaited} originals came. The others are to be handed in."),
        ),
        News::Resumed { papers_in: true, due_on, .. } => {
            plus(["Đã nhận đủ giấy tờ, hồ sơ được xử lý tiếp.", "All papers are in, work goes on."], due(due_on))
        }
        News::Resumed { papers_in: false, due_on, .. } => {
            plus(["Hồ sơ được xử lý tiếp.", "Work on the dossier goes on."], due(due_on))
        }
        News::PauseVoid { due_on, .. } => {
            plus(["Hồ sơ không bị tạm dừng như đã báo.", "The clock did not stop as was said."], due(due_on))
        }
        News::DateMoved { was_on, due_on } => both(
            format!("Ngày hẹn trả kết quả đổi từ {} sang {}.", written(was_on), written(due_on)),
            format!("The due date is {} instead of {}.", written(due_on), written(was_on)),
        ),
        News::SupplementAsked { papers, send_by } => {
            let [vi, en] = match papers {
                0 => ["giấy tờ".to_owned(), "papers".to_owned()],
                papers => [format!("{papers} giấy tờ"), format!("{papers} papers")],
            };
            both(
                format!("Cần bổ sung {vi}{}.", until(send_by)[0]),
                format!("{en} are to be added{}.", until(send_by)[1]),
            )
        }
        News::Outstanding(ref outstanding) => all_outstanding(outstanding),
        News::Apology { missed_on, due_on } => both(
            format!("Xin lỗi: hồ sơ trễ hẹn ngày {}. Hẹn lại ngày {}.", written(missed_on), written(due_on)),
            format!("An apology: {} was missed. The new date is {}.", written(missed_on), written(due_on)),
        ),
        News::AddressAsked { free_of_charge } => {
            let free = if free_of_charge { [", miễn cước", ", free of charge"] } else { ["", ""] };
            both(
                format!("Có thể nhận kết quả tại nhà qua bưu điện{}. Hỏi có muốn không, và địa chỉ đúng.", free[0]),
                format!("The result can come by post{}. Ask whether they want that, and the right address.", free[1]),
            )
        }
        News::DeliveryFailed { failed_on } => both(
            format!("Bưu điện chưa phát được kết quả ngày {}. Hỏi địa chỉ đúng.", written(failed_on)),
            format!("The post could not deliver the result on {}. Ask for the right address.", written(failed_on)),
        ),
        News::CameBack { came_back_on } => both(
            format!(
                "Bưu điện trả lại kết quả ngày {}. Mời đến nhận, hoặc hỏi địa chỉ đúng để gửi lại.",
                written(came_back_on)
            ),
            format!(
                "The post returned the result on {}. They may fetch it, or give the right address.",
                written(came_back_on)
            ),
        ),
        News::Ready { fee_vnd: None, .. } => {
            both("Đã có kết quả. Mời đến Một cửa nhận.".into(), "The result is ready to be fetched at the desk.".into())
        }
        News::Ready { fee_vnd: Some(fee), .. } => both(
            format!("Đã có kết quả. Mời đến Một cửa nhận và nộp {fee} phí, lệ phí."),
            format!("The result is ready to be fetched at the desk, where {fee} of fees is paid."),
        ),
        News::Posted { posted_on, parcel_no, .. } => {
            let number = parcel_no.map(|number| format!(" ({number})")).unwrap_or_default();
            both(
                format!("Kết quả đã gửi qua bưu điện ngày {}{number}.", written(posted_on)),
                format!("The result was posted on {}{number}.", written(posted_on)),
            )
        }
        News::Delivered { delivered_at: at } => both(
            format!("Bưu điện báo đã phát kết quả lúc {}. Nếu chưa nhận được, hãy báo lại.", date_time(at)),
            format!("The post says it delivered the result at {}. Ask whether it came.", date_time(at)),
        ),
        News::NotAccepted { refused_on: day } => both(
            format!("Hồ sơ không được tiếp nhận ngày {}. Lý do ghi trong hồ sơ.", written(day)),
            format!("The dossier was not accepted on {}. The dossier says why.", written(day)),
        ),
        News::NegativeResult { decided_on: day } => both(
            format!("Hồ sơ không đủ điều kiện giải quyết (ngày {}). Lý do ghi trong hồ sơ.", written(day)),
            format!("The request was declined on {}. The dossier says why.", written(day)),
        ),
        News::ContactCorrected { due_on, .. } => plus(
            ["Đã sửa địa chỉ hoặc số điện thoại. Nếu không đúng, hãy báo lại.", "The contact was corrected."],
            due(due_on),
        ),
        News::ReturnChosen { by_post: true, free_of_charge, due_on } => {
            let said = match free_of_charge {
                true => ["Kết quả sẽ gửi qua bưu điện, miễn cước.", "The result will come by post, free of charge."],
                false => ["Kết quả sẽ gửi qua bưu điện.", "The result will come by post."],
            };
            plus(said, due(due_on))
        }
        News::ReturnChosen { by_post: false, due_on, .. } => {
            plus(["Kết quả sẽ trả tại Một cửa.", "The result will be handed out at the desk."], due(due_on))
        }
        News::ReceiptCorrected { missing, due_on } => {
            let missing = [
                format!("Xin lỗi, đã ghi nhầm: còn thiếu {missing} giấy tờ, cần nộp."),
                format!("An apology for a wrong entry: {missing} papers are missing and are to be handed in."),
            ];
            plus([&missing[0], &missing[1]], due(due_on))
        }
        News::Closed { closed_on: day } => both(
            format!("Hồ sơ bị dừng xử lý từ ngày {}. Lý do ghi trong hồ sơ.", written(day)),
            format!("Work on the dossier ended on {}. The dossier says why.", written(day)),
        ),
    }
}

/// The sentence for news that time has overtaken, or that cannot be read.
pub(crate) fn nothing_to_tell() -> Sentence {
    ["Việc cần báo đã qua.".into(), "What was to be told is over.".into()]
}

fn all_outstanding(outstanding: &Outstanding) -> Sentence {
    let Outstanding { accepted, originals, papers, fee_vnd, by } = *outstanding;
    let things = |lang: Language| {
        let mut things = Vec::new();
        if originals > 0 {
            things.push(format!("{originals} {}", lang.pick(["bản chính", "originals"])));
        }
        if let Some(papers) = papers {
            let number = if papers == 0 { String::new() } else { format!("{papers} ") };
            things.push(format!("{number}{}", lang.pick(["giấy tờ bổ sung", "papers to be added"])));
        }
        things.extend(fee_vnd.map(|fee| format!("{fee} {}", lang.pick(["phí, lệ phí", "of fees and charges"]))));
        things.join(", ")
    };
    let [vi, en] =
        if accepted { ["Hồ sơ đã được tiếp nhận. ", "The dossier was accepted. "] } else { ["", ""] };
    [
        format!("{vi}Cần nộp {}{}.", things(Language::Vi), until(by)[0]),
        format!("{en}To be handed in: {}{}.", things(Language::En), until(by)[1]),
    ]
}

fn until(day: Option<Date>) -> Sentence {
    let Some(day) = day else { return [String::new(), String::new()] };
    [format!(", chậm nhất ngày {}", written(day)), format!(" by {} at the latest", written(day))]
}

fn due(day: Option<Date>) -> Option<Sentence> {
    day.map(|day| {
        [format!("Hẹn trả kết quả ngày {}.", written(day)), format!("The result is due on {}.", written(day))]
    })
}

fn plus([vi, en]: [&str; 2], more: Option<Sentence>) -> Sentence {
    match more {
        None => [vi.to_owned(), en.to_owned()],
        Some([more_vi, more_en]) => [format!("{vi} {more_vi}"), format!("{en} {more_en}")],
    }
}
