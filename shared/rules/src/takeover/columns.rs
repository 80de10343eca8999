//! The columns of a takeover file: the portal's own names (HoSo), and those for which the portal has no field.

/// The most times that the columns of a pause or a fee may be in a line.
pub const MOST_REPEATS: usize = 20;

/// Whether a cell must be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    /// In every line.
    Always,
    /// If it applies.
    AsNeeded,
    /// Kept with the form and not read.
    Kept,
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name; for a repeated one, the part before `.1`, `.2`, ….
    pub name: &'static str,
    /// Whether it is repeated for each pause or fee.
    pub repeated: bool,
    /// Whether its cells must be filled.
    pub filled: Filled,
    /// Cells of two made-up dossiers, for the template.
    pub examples: [&'static str; 2],
}

const fn always(name: &'static str, examples: [&'static str; 2]) -> Column {
    Column { name, repeated: false, filled: Filled::Always, examples }
}

const fn some(name: &'static str, examples: [&'static str; 2]) -> Column {
    Column { name, repeated: false, filled: Filled::AsNeeded, examples }
}

const fn each(name: &'static str, examples: [&'static str; 2]) -> Column {
    Column { name, repeated: true, filled: Filled::AsNeeded, examples }
}

const fn kept(name: &'static str) -> Column {
    Column { name, repeated: false, filled: Filled::Kept, examples: ["", ""] }
}

/// Every column, in the order of the template.
pub static COLUMNS: [Column; 53] = [
    always("MaHoSo", ["000.00.01.H32-200401-0007", "G22.99.01-200406-0012"]),
    always("MaTTHC", ["1.009645", "1.005129"]),
    always("KenhThucHien", ["1", "2"]),
    some("NoiNopHoSo", ["", "1"]),
    always("ChuHoSo", ["Công ty TNHH Mẫu Sóng Bạc", "Hộ kinh doanh Mẫu Cát Vàng"]),
    some("SoGiayToChuHoSo", ["4200000001", ""]),
    some("SoDienThoai", ["0905000001", "0905000002"]),
    some("DiDong", ["", ""]),
    some("Email", ["", ""]),
    some("DiaChi", ["Khu kinh tế Vân Phong, Khánh Hòa", ""]),
    some("NguoiNop", ["", ""]),
    some("NguoiNop.SoGiayTo", ["", ""]),
    some("NguoiNop.SoDienThoai", ["", ""]),
    some("NguoiNop.Email", ["", ""]),
    some("NguoiNop.DiaChi", ["", ""]),
    some("HinhThuc", ["0", "1"]),
    always("NgayNopHoSo", ["01/04/2020 08:15", "06/04/2020 20:05:30"]),
    some("NgayTiepNhan", ["01/04/2020 08:30", "07/04/2020 08:00"]),
    some("NgayHenTra", ["16/04/2020", ""]),
    always("TrangThaiHoSo", ["4", "5"]),
    some("BuocXuLy", ["appraisal", "verification"]),
    some("NgayVaoBuoc", ["", "08/04/2020 09:00"]),
    some("NguoiXuLy", ["chuyenvien01", ""]),
    some("BanChinhDaNhan", ["", ""]),
    each("LyDoDungTinh", ["", "originals"]),
    each("NgayBoSung", ["", "10/04/2020 17:00"]),
    each("NgayTiepNhanBoSung", ["", ""]),
    each("NoiDungBoSung", ["", ""]),
    each("DanhSachGiayToBoSung", ["", "GPXD-DON|GPXD-BV"]),
    each("SoBienBanGiaoNhan", ["", ""]),
    each("MaPhiLePhi", ["", ""]),
    each("Gia", ["", "150000"]),
    each("NgayThanhToan", ["", "07/04/2020 08:10"]),
    each("SoBienLai", ["", "0000123"]),
    some("NgayXinLoi", ["", ""]),
    some("LyDoXinLoi", ["", ""]),
    some("NgayHenLai", ["", ""]),
    some("NgayKetThucXuLy", ["", ""]),
    some("KetQua", ["", ""]),
    some("LyDoKetQua", ["", ""]),
    kept("TenTTHC"),
    kept("MaLinhVuc"),
    kept("TenLinhVuc"),
    kept("LoaiDoiTuong"),
    kept("MaDoiTuong"),
    kept("Fax"),
    kept("ThongTinKhac"),
    kept("ThongTinTra"),
    kept("TrichYeuHoSo"),
    kept("DonViXuLy"),
    kept("GhiChu"),
    kept("TenPhiLePhi"),
    kept("HinhThucThu"),
];

/// Returns the column of a header's name and, for a repeated one, its number, from 1.
#[must_use]
pub fn column(name: &str) -> Option<(&'static Column, Option<usize>)> {
    if let Some(found) = COLUMNS.iter().find(|column| !column.repeated && column.name == name) {
        return Some((found, None));
    }
    let (base, number) = name.rsplit_once('.')?;
    let found = COLUMNS.iter().find(|column| column.repeated && column.name == base)?;
    let number = number.parse().ok().filter(|it| (1..=MOST_REPEATS).contains(it))?;
    // `.01` would be another name for `.1`.
    (name == format!("{base}.{number}")).then_some((found, Some(number)))
}
