//! Acts with the post, as the audit shows them.

use rules::post::{ManifestNo, ParcelNo};

/// An act with the post.
pub(super) fn act(what: &str) -> [&'static str; 2] {
    match what {
        "open" => ["Mở bảng kê", "Opened the manifest"],
        "put" => ["Lập bưu gửi", "Made the parcel"],
        "close" => ["Giao bảng kê cho bưu điện", "Handed over the manifest"],
        "print" => ["In bảng kê, nhãn, phiếu", "Printed of the post"],
        "list" => ["Xem danh sách bưu gửi, số bưu gửi", "Looked at a list of parcels, shown"],
        "waybill" => ["Ghi số hiệu bưu gửi", "Noted the operator's number of"],
        "take-off" => ["Lấy kết quả ra khỏi bưu gửi", "Took a result out of"],
        "told-address" => ["Báo bưu điện địa chỉ mới của bưu gửi", "Told the operator of a better address of"],
        "decide" => ["Ghi kết cục bưu gửi", "Decided about the parcel"],
        "collect" => ["Đặt bưu điện nhận giấy tờ", "Ordered the collection"],
        _ => ["Xem bưu gửi, bảng kê", "Looked at the post"],
    }
}

/// The part of the post that a number belongs to.
pub(super) fn part(no: &str) -> Option<&'static str> {
    if ParcelNo::parse(no).is_ok() {
        return Some("parcels");
    }
    ManifestNo::parse(no).is_ok().then_some("manifests")
}
