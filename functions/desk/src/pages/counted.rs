//! Numbers beside the entries of the menu.

use ::pages::part::menu::Count;
use jiff::Timestamp;
use rules::vietnam;
use rules::worklist::{Counts, List};

/// The number of dossiers that are late.
pub(super) fn late(counts: &Counts, now: Timestamp) -> Option<Count> {
    some(Count { number: counts.late(vietnam::day(now)), of: ["hồ sơ quá hạn", "late dossiers"], presses: true })
}

/// The number of dossiers that want a decision, also if it is none.
pub(super) fn to_decide(counts: &Counts) -> Count {
    Count { number: counts.of(List::Decide), of: ["hồ sơ", "dossiers"], presses: true }
}

/// The number of people who want a call.
pub(super) fn to_call(counts: &Counts, now: Timestamp) -> Option<Count> {
    let number = counts.calls(vietnam::day(now));
    some(Count { number, of: ["người cần gọi", "people to be called"], presses: true })
}

/// The number of results that wait for the post.
pub(super) fn to_post(counts: &Counts) -> Option<Count> {
    let number = counts.of(List::Post);
    some(Count { number, of: ["kết quả chờ gửi", "results to post"], presses: false })
}

/// The number of notices that the reader has not confirmed.
pub(super) fn to_read(number: u64) -> Option<Count> {
    some(Count { number, of: ["thông báo chưa xác nhận đọc", "notices to be read"], presses: true })
}

/// The number of broadcasts that the reader may release.
pub(super) fn releases(number: u64) -> Option<Count> {
    some(Count { number, of: ["tin chờ duyệt", "broadcasts to release"], presses: true })
}

/// The number of tasks that wait for the reader's decision.
pub(super) fn set_aside(number: u64) -> Option<Count> {
    some(Count { number, of: ["sự cố", "things to look at"], presses: true })
}

/// The number of receipts to look at and of tables to report.
pub(super) fn receipts(number: u64) -> Option<Count> {
    some(Count {
        number, of: ["biên lai, bảng tổng hợp cần xử lý", "receipts and tables to deal with"], presses: true
    })
}

fn some(count: Count) -> Option<Count> {
    Some(count).filter(|count| count.number > 0)
}
