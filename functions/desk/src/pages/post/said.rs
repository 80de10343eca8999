//! Words for what was not done, and for parcels.

use motcua::post::NotDone;
use motcua::store::People;
use rules::language::Both;
use rules::post::{Ordering, S10, Source, State, Trouble, s10};
use rules::vietnam;

use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::words::named;
use ::pages::part::tag::Tone;

/// The sentence of what was not done. What is no fault of the form is a problem of the page.
pub(super) fn not_done(frame: &Frame, why: NotDone, people: &People) -> Result<String, Problem> {
    let say = |both: Both| frame.lang.pick(both).to_owned();
    Ok(match why {
        NotDone::Unknown => return Err(Problem::NotFound),
        NotDone::Store(error) => return Err(error.into()),
        NotDone::NoOperator => say([
            "Bưu điện này không còn trong cấu hình của cơ quan.",
            "This operator is in the agency's configuration no more.",
        ]),
        NotDone::Closed(at, by) => {
            let (who, at) = (named(&by, people, frame.lang).to_owned(), vietnam::date_time(at));
            let (vi, en) =
                (format!("{who} đã khóa bảng kê này lúc {at}."), format!("{who} closed this manifest at {at}."));
            frame.lang.pick([&vi, &en]).to_owned()
        }
        NotDone::Empty => say(["Bảng kê chưa có bưu gửi nào.", "The manifest has no parcels yet."]),
        NotDone::Full => say([
            "Bảng kê hoặc bưu gửi đã đủ số lượng tối đa; hãy mở bảng kê mới.",
            "The manifest or the parcel has no room; open a new one.",
        ]),
        NotDone::NoNumbers => say([
            "Đã hết số hiệu bưu gửi được cấp. Đề nghị bưu điện cấp thêm, rồi thêm vào cấu hình.",
            "No waybill number is left. Ask the operator for more, and add them to the configuration.",
        ]),
        NotDone::NumberUsed(other) => {
            let (vi, en) = (
                format!("Số hiệu này đã dùng cho bưu gửi {other}."),
                format!("This number belongs to parcel {other}."),
            );
            frame.lang.pick([&vi, &en]).to_owned()
        }
        NotDone::NotANumber => say(["Hãy ghi số hiệu như in trên bưu gửi.", "Write the number as it is printed."]),
        NotDone::InAParcel(_, other) => {
            let (vi, en) =
                (format!("Kết quả đã nằm trong bưu gửi {other}."), format!("The result is in parcel {other} already."));
            frame.lang.pick([&vi, &en]).to_owned()
        }
        NotDone::Underway => say([
            "Bưu điện đã nhận bưu gửi này, không lấy ra được nữa.",
            "The operator has this parcel; nothing can be taken out any more.",
        ]),
        NotDone::Refused(_, refusal) => {
            let (vi, en) = (refusal.vi(), refusal.to_string());
            frame.lang.pick([&vi, &en]).to_owned()
        }
    })
}

/// A warning about the operator's number. Operators break the rule themselves, so it is only a warning.
pub(super) fn doubt(waybill: &str) -> Option<Both> {
    matches!(s10(waybill), S10::OtherDigit(_)).then_some([
        "Chữ số kiểm tra của số hiệu này không khớp; hãy đối chiếu với bưu gửi.",
        "The check digit of this number does not fit: compare it with the parcel.",
    ])
}

/// The colour of a state.
pub(super) fn tone(state: State) -> Tone {
    match state {
        State::Ordered | State::Cancelled => Tone::Neutral,
        State::Collected | State::InTransit | State::OutForDelivery => Tone::Blue,
        State::AttemptFailed | State::AtOffice | State::Returning => Tone::Amber,
        State::Delivered => Tone::Green,
        State::Returned | State::Lost => Tone::Red,
    }
}

/// The state of an order at its operator.
pub(super) fn order(order: &Ordering) -> Both {
    match order {
        Ordering::OnPaper => ["theo bảng kê giấy", "by the manifest on paper"],
        Ordering::Wanted => ["chờ báo bưu điện", "to be told to the operator"],
        Ordering::Sent(_) => ["bưu điện đã nhận đơn", "taken by the operator"],
        Ordering::Refused(_) => ["bưu điện từ chối đơn", "refused by the operator"],
        Ordering::CancelRefused(_) => ["bưu điện không cho hủy", "its cancellation was refused"],
        Ordering::CancelWanted => ["chờ báo hủy", "to be cancelled at the operator"],
        Ordering::Cancelled => ["đã hủy", "cancelled"],
    }
}

/// The source of an operator's word.
pub(super) fn source(source: Source) -> Both {
    match source {
        Source::Unsigned => ["thông báo không ký", "an unsigned message"],
        Source::Feed => ["bảng hành trình", "the operator's feed"],
        Source::LookUp => ["tra cứu", "a look-up"],
        Source::Signed => ["thông báo có ký", "a signed message"],
        Source::Clerk => ["cán bộ", "staff"],
    }
}

/// A trouble, and what to do.
pub(super) fn trouble(trouble: Trouble) -> Both {
    match trouble {
        Trouble::Contradicted => [
            "Bưu điện báo hai kết cục khác nhau. Gọi bưu điện, rồi ghi kết cục đúng.",
            "The operator told two different ends. Call it, then record the right one.",
        ],
        Trouble::OrderRefused => [
            "Bưu điện không nhận đơn này. Sửa địa chỉ, hoặc lấy kết quả ra và gửi lại.",
            "The operator refused the order. Mend the address, or take the result out and send it anew.",
        ],
        Trouble::Lost => [
            "Bưu điện báo thất lạc. Khiếu nại với bưu điện và cấp lại kết quả.",
            "The operator says it is lost. Complain, and issue the result anew.",
        ],
        Trouble::Unconfirmed => [
            "Kết cục do một thông báo không ký cho biết, bưu điện chưa xác nhận. Gọi bưu điện.",
            "Its end came by an unsigned message that the operator does not confirm. Call the operator.",
        ],
        Trouble::BetterAddress => [
            "Người nhận đã cho địa chỉ tốt hơn. Báo bưu điện bằng phiếu, rồi ghi là đã báo.",
            "The receiver gave a better address. Tell the operator by a slip, then note that it was told.",
        ],
        Trouble::EndedEarly => [
            "Bưu điện báo kết thúc dù bưu gửi chưa giao hoặc đã hủy. Kiểm tra với bưu điện.",
            "The operator ended it although it was not handed over, or was cancelled. Ask the operator.",
        ],
        Trouble::CancelRefused => [
            "Bưu điện không cho hủy đơn. Gọi bưu điện để giữ lại bưu gửi.",
            "The operator does not let it be cancelled. Call it to hold the parcel back.",
        ],
        Trouble::Complained => [
            "Người nhận báo chưa nhận được hoặc bị hỏng. Khiếu nại với bưu điện theo số hiệu; cấp lại kết quả nếu cần, cơ quan chịu chi phí (Điều 21 Nghị định 61/2018/NĐ-CP); rồi ghi kết cục.",
            "The receiver says that it did not arrive, or is damaged. Complain to the operator by its number; issue the result anew if needed, at the office's cost (Decree 61/2018/NĐ-CP, article 21); then record the end.",
        ],
        Trouble::Declined => [
            "Hồ sơ không ghi được điều bưu điện báo. Mở hồ sơ để xem, rồi ghi kết cục.",
            "A dossier would not be told what the operator says. Look at the dossier, then record the end.",
        ],
    }
}
