//! Events of a dossier, one sentence each.

use super::names::Names;
use rules::dossier::{CASH, DueDate, Event, Recounted};
use rules::vietnam;

use super::{because, filing, people, reason, result};

/// The sentence of one event.
pub(crate) fn narrated(event: &Event, names: Names<'_>) -> String {
    let say = |both: [String; 2]| {
        let [vi, en] = both;
        names.both(vi, en)
    };
    let plain = |vi: &str, en: &str| names.lang.pick([vi, en]).to_owned();
    let of = |both: [&'static str; 2]| names.lang.pick(both);
    match event {
        Event::Submitted { filing: way, code, .. } => {
            let code = code.as_deref().map(|code| format!(" ({code})")).unwrap_or_default();
            let way = of(filing(*way)).to_lowercase();
            say([format!("Nộp hồ sơ {way}{code}"), format!("Filed {way}{code}")])
        }
        Event::AcceptanceLate => plain("Quá hạn tiếp nhận, chờ quyết định", "Acceptance is late; a person decides"),
        Event::Accepted { code, .. } => say([format!("Tiếp nhận, mã {code}"), format!("Accepted as {code}")]),
        Event::ClockStarted { due, .. } => {
            let due = names.due(*due);
            say([format!("Bắt đầu tính thời hạn{due}"), format!("The clock started{due}")])
        }
        Event::IntakeRefused { reason } => {
            say([format!("Từ chối tiếp nhận: {reason}"), format!("Not accepted: {reason}")])
        }
        Event::IntakeSupplementRequested { awaited, reason } => {
            let what = names.awaited(awaited);
            say([
                format!("Yêu cầu bổ sung trước khi tiếp nhận: {reason} ({what})"),
                format!("Supplement asked before acceptance: {reason} ({what})"),
            ])
        }
        Event::IntakeCompleted { .. } => {
            plain("Đã bổ sung đủ, chờ tiếp nhận", "The supplement is complete; acceptance follows")
        }
        Event::SupplementRequested { reason, round, late } => {
            let late = if *late {
                plain(", sau thời hạn thông thường", ", later than regular")
            } else {
                String::new()
            };
            say([
                format!("Yêu cầu bổ sung lần {round}{late}: {reason}"),
                format!("Supplement request {round}{late}: {reason}"),
            ])
        }
        Event::ClockPaused { awaited, legal_basis, .. } => {
            let what = names.awaited(awaited);
            say([
                format!("Dừng tính, chờ {what}. {legal_basis}"),
                format!("The clock stopped for {what}. {legal_basis}"),
            ])
        }
        Event::AwaitedAdded { awaited, .. } => {
            let what = names.awaited(awaited);
            say([format!("Chờ thêm {what}"), format!("Awaited too: {what}")])
        }
        Event::DueCounted { due, promised } => {
            let due = names.due(Some(promised.unwrap_or(*due)));
            say([format!("Tính được ngày hẹn trả{due}"), format!("The due date was counted{due}")])
        }
        Event::Recounted(recounted) => say(moved(recounted)),
        Event::DatesDiffer { due } => {
            let due = names.due(*due);
            say([
                format!("Theo lịch nghỉ hiện hành thì ngày hẹn sẽ khác{due}; chờ lãnh đạo quyết định, chưa báo ai"),
                format!("Today's table of days off gives other dates{due}; a manager decides, and nobody is told"),
            ])
        }
        Event::DatesSettled { anew, because } => say(if *anew {
            [
                format!("Quyết định tính lại các ngày đã hẹn: {because}"),
                format!("The dates are counted anew: {because}"),
            ]
        } else {
            [format!("Quyết định giữ các ngày đã hẹn: {because}"), format!("The dates stay as told: {because}")]
        }),
        Event::WaitCounted { reason: name, .. } => {
            let what = reason(name, names.lang);
            say([format!("Tính được hạn chờ {what}"), format!("The wait for {what} was counted")])
        }
        Event::GapMet { years, .. } => {
            let years = years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            say([format!("Chưa có lịch nghỉ chính thức năm {years}"), format!("No official holidays of {years} yet")])
        }
        Event::PapersReceived { .. }
        | Event::SupplementReceived { .. }
        | Event::OriginalsAnnounced { .. }
        | Event::FilesAnnounced { .. }
        | Event::FilingChanged { .. }
        | Event::ReceiptCorrected { .. }
        | Event::DocumentReceived { .. }
        | Event::ContactCorrected { .. }
        | Event::ReturnChosen { .. }
        | Event::AddressAsked { .. }
        | Event::AddressConfirmed { .. }
        | Event::PartHandedOut { .. }
        | Event::HandedOut { .. } => people::narrated(event, names),
        Event::PartlyReceived { received, missing, .. } => say([
            format!("Đã nhận {received}, còn thiếu {missing}; vẫn dừng tính"),
            format!("{received} in, {missing} missing; the clock stands"),
        ]),
        Event::AwaitedWaived { reason: name, papers, because, .. } => {
            let (what, papers) = (reason(name, names.lang), names.papers(papers));
            say([format!("Miễn {what} {papers}: {because}"), format!("Waived {what} {papers}: {because}")])
        }
        Event::ClockResumed { due, promised, late, .. } => {
            let due = names.due(promised.or(*due));
            let late =
                if *late { plain(" (nộp sau hạn chờ)", " (after the wait had ended)") } else { String::new() };
            say([format!("Đã nhận đủ, tính tiếp{late}{due}"), format!("All is in, the clock runs{late}{due}")])
        }
        Event::PauseVoided { due, because, .. } => {
            let due = names.due(*due);
            say([format!("Hủy việc dừng tính: {because}{due}"), format!("The pause is void: {because}{due}")])
        }
        Event::StillAwaited { reason: name, .. } | Event::WaitReminded { reason: name, .. } => {
            let what = reason(name, names.lang);
            say([format!("Nhắc còn chờ {what}"), format!("Reminded of {what}")])
        }
        Event::WaitMissed { reason: name, .. } => {
            let what = reason(name, names.lang);
            say([
                format!("Quá hạn chờ {what}; cần quyết định dừng xử lý hoặc từ chối"),
                format!("The wait for {what} ended; a person decides on closing or refusal"),
            ])
        }
        Event::FeeAsked { .. }
        | Event::FeeOwed { .. }
        | Event::FeePartPaid { .. }
        | Event::FeePaid { .. }
        | Event::MoneyAttached { .. }
        | Event::PaymentFailed { .. }
        | Event::PaymentSetAside { .. }
        | Event::ArrivalKept { .. }
        | Event::StepEntered { .. }
        | Event::Forwarded { .. }
        | Event::PutToLeader { .. }
        | Event::ReturnedToDesk
        | Event::SlipReplaced { .. }
        | Event::ResultReady { .. }
        | Event::ParcelMade { .. }
        | Event::ParcelTakenOff { .. }
        | Event::ResultPosted { .. }
        | Event::DeliveryFailed { .. }
        | Event::ResultDelivered { .. }
        | Event::ResultUndelivered
        | Event::Withdrawn { .. }
        | Event::ResultReissued { .. }
        | Event::Closed { .. }
        | Event::Reopened { .. }
        | Event::Apologised { .. } => money_and_end(event, names),
    }
}

/// Steps, money and the end of a dossier's life.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other events are told by the caller, which lists all of them")]
fn money_and_end(event: &Event, names: Names<'_>) -> String {
    let say = |vi: String, en: String| names.both(vi, en);
    let plain = |vi: &str, en: &str| names.lang.pick([vi, en]).to_owned();
    match event {
        Event::FeeAsked { channel, amount_vnd, code, .. } => {
            let channel = names.channel(channel);
            let name = code.as_deref().map(|code| format!(" {}", names.fee(code))).unwrap_or_default();
            say(
                format!("Yêu cầu nộp{name} {amount_vnd} qua {channel}"),
                format!("Asked for{name} {amount_vnd} through {channel}"),
            )
        }
        Event::FeeOwed { code, amount_vnd, .. } => {
            let name = names.fee(code);
            say(
                format!("Phải nộp {name} {amount_vnd}, chưa chọn kênh"),
                format!("{name} {amount_vnd} is owed, no channel chosen yet"),
            )
        }
        Event::FeePartPaid { amount_vnd, missing_vnd, .. } => say(
            format!("Đã nộp {amount_vnd}, còn thiếu {missing_vnd}"),
            format!("{amount_vnd} paid, {missing_vnd} missing"),
        ),
        Event::FeePaid { amount_vnd, total_vnd, channel, receipt_no, surplus_vnd, .. } => {
            let paid = total_vnd.unwrap_or(*amount_vnd);
            let number = |no: &str| say(format!(", biên lai số {no}"), format!(", receipt {no}"));
            let receipt = receipt_no.as_deref().map(number).unwrap_or_default();
            let surplus =
                surplus_vnd.map(|surplus| say(format!("; nộp thừa {surplus}"), format!("; {surplus} too much")));
            let surplus = surplus.unwrap_or_default();
            if channel == CASH {
                return say(
                    format!("Đã thu tiền mặt {paid}{receipt}{surplus}"),
                    format!("{paid} paid in cash{receipt}{surplus}"),
                );
            }
            let channel = names.channel(channel);
            say(
                format!("Đã nộp {paid} qua {channel}{receipt}{surplus}"),
                format!("Paid {paid} through {channel}{receipt}{surplus}"),
            )
        }
        Event::MoneyAttached { because, .. } => {
            say(format!("Gắn khoản thu: {because}"), format!("Money attached: {because}"))
        }
        Event::PaymentFailed { channel, code, .. } => {
            let channel = names.channel(channel);
            say(
                format!("Thanh toán không thành qua {channel} ({code})"),
                format!("Payment failed through {channel} ({code})"),
            )
        }
        Event::PaymentSetAside { because: why, amount_vnd, .. } => {
            let amount = amount_vnd.map(|amount| format!(" {amount}")).unwrap_or_default();
            let why = names.lang.pick(because(*why));
            say(format!("Khoản thu{amount} chờ xử lý: {why}"), format!("Money{amount} waits for a person: {why}"))
        }
        Event::ArrivalKept { what, .. } if what == "change" => say(
            "Người nộp sửa nội dung trên cổng khi hồ sơ đã được tiếp nhận, chờ xử lý".to_owned(),
            "The filer changed the form at the portal after acceptance; a person decides".to_owned(),
        ),
        Event::ArrivalKept { papers, .. } => {
            let papers = names.papers(papers);
            say(
                format!("Đến sau khi hồ sơ kết thúc, chờ xử lý {papers}"),
                format!("Came after the end; a person decides {papers}"),
            )
        }
        Event::StepEntered { step, needs, .. } => {
            let step = names.step(step);
            let needs = if needs.is_empty() {
                String::new()
            } else {
                let papers = names.papers(needs);
                say(format!("; cần bản chính: {papers}"), format!("; needs originals: {papers}"))
            };
            say(format!("Chuyển sang bước {step}{needs}"), format!("Step {step}{needs}"))
        }
        Event::Forwarded { to } => {
            let to = names.account(to);
            say(format!("Chuyển cho {to}"), format!("Forwarded to {to}"))
        }
        Event::PutToLeader { to } => {
            let to = names.account(to);
            say(format!("Trình lãnh đạo {to}"), format!("Submitted to {to}, a leader"))
        }
        Event::SlipReplaced { .. } => plain(
            "Cấp lại giấy hẹn đã mất; sáu số in trên giấy cũ không còn dùng được",
            "A lost slip was replaced; the six digits on the old one are void",
        ),
        Event::ReturnedToDesk => plain("Chuyển lại bộ phận một cửa", "Returned to the one-stop desk"),
        Event::ResultReady { result: kind, reason, .. } => {
            let kind = names.lang.pick(result(*kind));
            let reason = reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
            say(format!("Kết quả: {kind}{reason}"), format!("Result: {kind}{reason}"))
        }
        Event::ResultPosted { item_code, free } => {
            let [vi, en] = people::postage(*free);
            say(format!("Gửi bưu điện, mã {item_code}{vi}"), format!("Posted as {item_code}{en}"))
        }
        Event::ParcelMade { parcel } => say(format!("Cho vào bưu gửi {parcel}"), format!("Put into parcel {parcel}")),
        Event::ParcelTakenOff { parcel, because } => {
            say(format!("Lấy ra khỏi bưu gửi {parcel}: {because}"), format!("Taken out of parcel {parcel}: {because}"))
        }
        Event::DeliveryFailed { attempt, why, .. } => {
            let [vi, en] = why.said();
            say(
                format!("Bưu điện phát lần {attempt} không thành: {vi}"),
                format!("Delivery attempt {attempt} failed: {en}"),
            )
        }
        Event::ResultDelivered { .. } => plain("Bưu điện đã phát thành công", "Delivered by the post"),
        Event::ResultUndelivered => plain("Bưu điện chuyển hoàn", "Brought back by the post"),
        Event::Withdrawn { reason, .. } => say(format!("Rút hồ sơ: {reason}"), format!("Withdrawn: {reason}")),
        Event::ResultReissued { reason } => {
            say(format!("Cấp lại kết quả: {reason}"), format!("Result reissued: {reason}"))
        }
        Event::Closed { reason, article, .. } => {
            say(format!("Dừng xử lý: {reason}. {article}"), format!("Closed: {reason}. {article}"))
        }
        Event::Reopened { reason, .. } => say(format!("Mở lại: {reason}"), format!("Reopened: {reason}")),
        Event::Apologised { reason, promised, late, .. } => {
            let late = if *late { plain(" (gửi muộn)", " (sent late)") } else { String::new() };
            let on = vietnam::written(promised.on);
            say(format!("Xin lỗi{late}, hẹn lại {on}: {reason}"), format!("Apology{late}, promised for {on}: {reason}"))
        }
        _ => String::new(),
    }
}

/// Words for dates that were counted anew, with the texts that the changed tables rest on.
fn moved(recounted: &Recounted) -> [String; 2] {
    let written = |due: DueDate| vietnam::written(due.on);
    let dates = recounted.was.zip(recounted.promised.or(recounted.due)).map(|(was, now)| [written(was), written(now)]);
    let [vi, en] = match dates {
        Some([was, now]) => [format!("Hẹn trả {now} thay vì {was}"), format!("Due {now} instead of {was}")],
        None => ["Tính lại các thời hạn".to_owned(), "The time limits were counted anew".to_owned()],
    };
    if recounted.notices.is_empty() {
        return [format!("{vi}: giờ làm việc thay đổi"), format!("{en}: the office hours changed")];
    }
    let notices = recounted.notices.join("; ");
    [format!("{vi}: lịch nghỉ thay đổi theo {notices}"), format!("{en}: the days off changed by {notices}")]
}
