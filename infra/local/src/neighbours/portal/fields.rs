//! Fields that the portal knows: names, types and lengths. Whatever is not listed is refused.

use jiff::civil::DateTime;
use serde_json::{Map, Value};

/// Values that a field takes. Each is a text; a list is the only other type.
#[derive(Clone, Copy)]
pub(super) enum Takes {
    /// At most so many characters, and at least one.
    Text(usize),
    /// `yyyyMMddHHmmss`, of a day and a time that exist.
    Instant,
    /// Digits only.
    Digits,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Rows with these fields.
    Rows(&'static [Field]),
}

/// A field: its name, its type, and whether it must be there.
pub(super) type Field = (&'static str, Takes, bool);

const FLAG: Takes = Takes::OneOf(&["True", "False"]);
const STATUS: Takes = Takes::OneOf(&["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);

pub(super) const DOSSIER: &[Field] = &[
    ("MaHoSo", Takes::Text(100), true),
    ("MaTTHC", Takes::Text(100), true),
    ("TenTTHC", Takes::Text(1000), false),
    ("KenhThucHien", Takes::OneOf(&["1", "2", "3"]), true),
    ("ChuHoSo", Takes::Text(1000), true),
    ("LoaiDoiTuong", Takes::OneOf(&["1", "2", "3", "4"]), true),
    ("SoGiayToChuHoSo", Takes::Text(1000), false),
    ("DinhDanhCHS", Takes::Rows(IDENTITY), false),
    ("Email", Takes::Text(1000), false),
    ("SoDienThoai", Takes::Text(1000), false),
    ("TrichYeuHoSo", Takes::Text(1000), false),
    ("NgayNopHoSo", Takes::Instant, true),
    ("NgayTiepNhan", Takes::Instant, false),
    ("NgayHenTra", Takes::Instant, false),
    ("NgayKetThucXuLy", Takes::Instant, false),
    ("NgayTra", Takes::Instant, false),
    ("NgayTuChoi", Takes::Instant, false),
    ("TrangThaiHoSo", STATUS, true),
    ("HinhThuc", Takes::OneOf(&["0", "1"]), false),
    ("DonViXuLy", Takes::Text(1000), true),
    ("GhiChu", Takes::Text(1000), false),
    ("NoiNopHoSo", Takes::OneOf(&["1", "2"]), true),
    ("DuocThanhToanTrucTuyen", Takes::OneOf(&["1", "2"]), false),
    ("TaiLieuNop", Takes::Rows(FILE), false),
    ("DanhSachLePhi", Takes::Rows(FEE), false),
    ("DanhSachHoSoBoSung", Takes::Rows(SUPPLEMENT), false),
    ("DanhSachGiayToKetQua", Takes::Rows(RESULT), false),
];
const IDENTITY: &[Field] = &[("LoaiDinhDanh", Takes::OneOf(&["1", "2"]), true), ("SoDinhDanh", Takes::Digits, true)];
const FILE: &[Field] = &[
    ("TepDinhKemId", Takes::Text(100), true),
    ("TenTepDinhKem", Takes::Text(4000), false),
    ("IsDeleted", FLAG, true),
    ("MaThanhPhanHoSo", Takes::Text(100), false),
];
const FEE: &[Field] = &[
    ("TenPhiLePhi", Takes::Text(1000), true),
    ("MaPhiLePhi", Takes::Text(100), false),
    ("HinhThucThu", Takes::OneOf(&["1", "2", "4"]), true),
    ("Gia", Takes::Digits, true),
    ("LoaiPhiLePhi", Takes::OneOf(&["1", "2"]), true),
];
const SUPPLEMENT: &[Field] = &[
    ("HoSoBoSungId", Takes::Text(100), true),
    ("NguoiYeuCauBoSung", Takes::Text(50), true),
    ("NoiDungBoSung", Takes::Text(1000), true),
    ("NgayBoSung", Takes::Instant, true),
    ("NguoiTiepNhanBoSung", Takes::Text(50), false),
    ("ThongTinTiepNhan", Takes::Text(1000), false),
    ("NgayTiepNhanBoSung", Takes::Instant, false),
    ("TrangThaiBoSung", Takes::OneOf(&["0", "1"]), true),
    ("DanhSachGiayToBoSung", Takes::Rows(PAPER), false),
    ("NgayHenTraTruoc", Takes::Instant, false),
    ("NgayHenTraMoi", Takes::Instant, false),
];
const PAPER: &[Field] = &[("TenGiayTo", Takes::Text(2000), true), ("MaThanhPhanHoSo", Takes::Text(100), false)];
const RESULT: &[Field] = &[("TenGiayTo", Takes::Text(2000), true), ("GiayToId", Takes::Text(100), true)];

pub(super) const STEP: &[Field] = &[
    ("MaHoSo", Takes::Text(100), true),
    ("NguoiXuLy", Takes::Text(50), true),
    ("ChucDanh", Takes::Text(1000), false),
    ("ThoiDiemXuLy", Takes::Instant, true),
    ("PhongBanXuLy", Takes::Text(1000), true),
    ("NoiDungXuLy", Takes::Text(1000), true),
    ("TrangThai", STATUS, true),
    ("NgayBatDau", Takes::Instant, true),
    ("NgayKetThucTheoQuyDinh", Takes::Instant, false),
];

/// Returns what is wrong with a record: a sentence that names the field.
pub(super) fn wrong(record: &Map<String, Value>, fields: &[Field]) -> Option<String> {
    if let Some(strange) = record.keys().find(|name| fields.iter().all(|(known, ..)| known != *name)) {
        return Some(format!("Trường {strange} không có trong quy định"));
    }
    fields.iter().find_map(|(name, takes, needed)| match record.get(*name) {
        None if *needed => Some(format!("Thiếu trường {name}")),
        None => None,
        Some(value) => misfit(name, value, *takes),
    })
}

fn misfit(name: &str, value: &Value, takes: Takes) -> Option<String> {
    if let Takes::Rows(fields) = takes {
        let Some(rows) = value.as_array() else { return Some(format!("Trường {name} phải là danh sách")) };
        let row = |row: &Value| match row.as_object() {
            Some(row) => wrong(row, fields),
            None => Some(format!("Trường {name} có phần tử không phải đối tượng")),
        };
        return rows.iter().find_map(row);
    }
    let Some(text) = value.as_str() else { return Some(format!("Trường {name} phải là chuỗi")) };
    let fits = match takes {
        Takes::Text(most) => (1..=most).contains(&text.chars().count()),
        Takes::Instant => is_instant(text),
        Takes::Digits => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
        Takes::OneOf(values) => values.contains(&text),
        Takes::Rows(_) => false,
    };
    (!fits).then(|| format!("Trường {name} có giá trị không hợp lệ"))
}

fn is_instant(text: &str) -> bool {
    let digits = text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits && !text.ends_with("60") && DateTime::strptime("%Y%m%d%H%M%S", text).is_ok()
}
