//! Reasons why an SMS is not out. `motcua::tell` lists them; any other is a code of the service's own.

use rules::language::{Both, Language};
use rules::message::Outlet;

/// Words for an outlet.
pub(crate) fn outlet(outlet: Outlet) -> Both {
    outlet.said()
}

/// Words for a reason.
pub(crate) fn unsent(reason: &str, lang: Language) -> String {
    let both = match reason {
        "no_number" => ["không có số di động", "there is no mobile number"],
        "no_people" => ["không còn lưu thông tin người nhận", "the people are not on record any more"],
        "no_receiver" => ["không có người nhận", "there is nobody to tell"],
        "not_a_number" => ["số điện thoại không đúng", "no such number"],
        "landline" => ["số cố định, không nhận được tin nhắn", "a landline"],
        "wrong_number" => ["đã gọi, số này sai", "it was called: a wrong number"],
        "not_this_person" => ["đã gọi, người nghe máy là người khác", "it was called: somebody else answers"],
        "died" => ["người nhận đã mất", "the receiver died"],
        "opted_out" => ["người nhận từ chối tin nhắn", "the receiver opted out"],
        "invalid_parameter" => ["nhà mạng không nhận số này", "the service does not take this number"],
        "no_address" => ["không có địa chỉ thư điện tử", "there is no e-mail address"],
        "not_an_address" => ["địa chỉ thư điện tử không đúng", "no such e-mail address"],
        "message_rejected" => ["dịch vụ thư không nhận thư này", "the service does not take this letter"],
        "bounced" => ["không có hộp thư này", "there is no such mailbox"],
        "bounced_for_now" => ["hộp thư tạm thời không nhận", "the mailbox does not take letters for now"],
        "mailbox_full" => ["hộp thư đầy", "the mailbox is full"],
        "suppressed" => ["người nhận đã chặn thư", "the receiver blocked such letters"],
        "rejected" => ["dịch vụ thư đã giữ lại thư này", "the service held this letter back"],
        "unanswered" => ["ba ngày không rõ có đến không", "nothing was heard of it for three days"],
        "gateway_refused" => ["cổng tin nhắn không nhận tin này", "the gateway does not take this message"],
        "no_such_number" => ["số không có người dùng", "nobody has this number"],
        "no_account" => ["số này không dùng ứng dụng nhận tin", "this number does not use the application"],
        "unreachable" => ["máy tắt hoặc ngoài vùng phủ sóng", "the telephone is off or out of reach"],
        "expired" => ["quá thời gian chờ gửi tới máy", "it could not be brought to the telephone in time"],
        "blocked" => ["nhà mạng chặn tin này", "the network blocked this message"],
        "not_delivered" => ["cổng tin nhắn báo không đến được", "the gateway reports that it did not arrive"],
        "no_gateway" => ["cổng tin nhắn chưa được cấu hình", "there is no gateway to send by"],
        "no_sender" => ["chưa có địa chỉ gửi", "there is no address to send from"],
        "declined" => {
            ["người nhận không muốn được báo bằng cách này", "the receiver does not want to be told in this way"]
        }
        "no_broadcasts" => ["không muốn nhận tin gửi hàng loạt", "they want no broadcasts"],
        "no_letter" => ["tin này không có nội dung thư", "it has no text for a letter"],
        "together" => ["chung địa chỉ với người khác", "shares an address with another"],
        "not_yet" => ["chờ vài phút, có thể có tin mới hơn", "waiting a few minutes for newer news"],
        "quiet_hours" => ["chờ đến sáng, không nhắn tin ban đêm", "waiting for the morning"],
        "daily_list" => ["chờ danh sách hằng ngày", "waits for the daily list"],
        "daily_cap" => ["đã hết số tin của hôm nay", "the messages of the day are used up"],
        "agreed" => {
            ["người nhận đã đồng ý qua điện thoại, nên đã biết", "the receiver agreed to it on the phone, and knows"]
        }
        "overtaken" => ["không còn cần báo", "overtaken"],
        "receipt" => ["chờ số biên lai điện tử", "waits for the number of its receipt"],
        "line_down" => ["đường gửi bị gián đoạn", "the line was down"],
        "interrupted" => ["việc gửi bị ngắt giữa chừng", "sending was interrupted"],
        "unread" => ["chưa đọc được nội dung cần báo", "its content could not be read"],
        code => {
            let both = [format!("dịch vụ gửi báo lỗi {code}"), format!("the service answered {code}")];
            return lang.pick([&both[0], &both[1]]).to_owned();
        }
    };
    lang.pick(both).to_owned()
}

/// Says why a portal was not told of a dossier: our own reasons in words, the portal's as it gave them.
pub(crate) fn untold(reason: &str, lang: Language) -> String {
    let both = match reason {
        "claimed" => ["cổng ghi hồ sơ này của đơn vị khác", "the portal has it as another office's"],
        "early" => [
            "cổng coi thời điểm của một bước là tương lai: đồng hồ của cổng chạy chậm",
            "the portal takes the time of a step for the future: its clock is behind",
        ],
        "people_erased" => ["thông tin người nộp đã bị xóa", "its people were erased"],
        "" => ["đã thử nhiều lần, cổng không trả lời được", "tried many times without a usable answer"],
        told => match told.strip_prefix("claimed:") {
            Some(unit) => {
                let both =
                    [format!("cổng ghi hồ sơ này của đơn vị {unit}"), format!("the portal has it as that of {unit}")];
                return lang.pick([&both[0], &both[1]]).to_owned();
            }
            None => return told.to_owned(),
        },
    };
    lang.pick(both).to_owned()
}
