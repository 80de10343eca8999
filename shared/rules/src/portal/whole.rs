//! The whole HoSo: what each of its fields should hold, and what is said of one that holds something else.
//!
//! No field of these costs anybody a dossier. The form is kept as it came, and the portal is told of each field that
//! nobody will be able to read, while its sender can still mend it.

use super::remark::{Remark, instant};
use crate::json::{Fields, Malformed};
use crate::limits::{LONGEST_ADDRESS, LONGEST_CODE, LONGEST_NAME, MOST_ELEMENTS};

/// The most remarks of one form: whoever made so many mistakes made one.
const MOST_REMARKS: usize = 20;
/// The longest text that a form may hold in one field, in characters.
const LONGEST_PROSE: usize = 4_000;
/// The longest link that is read, in characters.
const LONGEST_LINK: usize = 2_000;

/// Content of a field.
enum Holds {
    /// One line of at most so many characters, or a whole number.
    Line(usize),
    /// Several lines.
    Prose,
    /// An instant in one of the portal's ways.
    Instant,
    /// `True` or `False`.
    Flag,
    /// One of these codes.
    OneOf(&'static [&'static str], &'static str),
    /// Rows of such fields.
    Rows(&'static [Field]),
}

type Field = (&'static str, Holds);

use Holds::{Flag, Instant, Line, OneOf, Prose, Rows};

/// A file, in each of the lists that name files.
const FILE: &[Field] = &[
    ("TepDinhKemId", Line(LONGEST_CODE)),
    ("TenTepDinhKem", Line(LONGEST_PROSE)),
    ("TenGiayTo", Line(2_000)),
    ("IsDeleted", Flag),
    ("MaThanhPhanHoSo", Line(LONGEST_CODE)),
    ("DuongDanTaiTepTin", Line(LONGEST_LINK)),
    ("HashTepTin", Line(128)),
    ("DuocSoHoa", Flag),
    ("DuocTaiSuDung", Flag),
    ("DuocLayTuKhoDMQG", Flag),
    ("MaKetQuaThayThe", Line(LONGEST_CODE)),
    ("SoLuong", Line(LONGEST_CODE)),
    ("LoaiGiayTo", Line(LONGEST_CODE)),
];

const FEE: &[Field] = &[
    ("TenPhiLePhi", Line(LONGEST_NAME)),
    ("MaPhiLePhi", Line(LONGEST_CODE)),
    ("HinhThucThu", OneOf(&["1", "2", "4"], "is none of 1, 2, 4")),
    ("Gia", Line(LONGEST_CODE)),
    ("LoaiPhiLePhi", Line(LONGEST_CODE)),
];

const IDENTITY: &[Field] = &[("LoaiDinhDanh", Line(LONGEST_CODE)), ("SoDinhDanh", Line(LONGEST_NAME))];

const SUPPLEMENT: &[Field] = &[
    ("HoSoBoSungId", Line(LONGEST_CODE)),
    ("NguoiYeuCauBoSung", Line(LONGEST_NAME)),
    ("NoiDungBoSung", Prose),
    ("NgayBoSung", Instant),
    ("NguoiTiepNhanBoSung", Line(LONGEST_NAME)),
    ("ThongTinTiepNhan", Prose),
    ("NgayTiepNhanBoSung", Instant),
    ("TrangThaiBoSung", Line(LONGEST_CODE)),
    ("NgayHenTraTruoc", Instant),
    ("NgayHenTraMoi", Instant),
];

/// Every field that is known of a HoSo but those that decide something, whose faults refuse the message.
const HOSO: &[Field] = &[
    ("TenTTHC", Line(LONGEST_ADDRESS)),
    ("MaLinhVuc", Line(LONGEST_CODE)),
    ("TenLinhVuc", Line(LONGEST_ADDRESS)),
    ("LoaiDoiTuong", OneOf(&["0", "1", "2", "3", "4"], "is none of 0, 1, 2, 3, 4")),
    ("MaDoiTuong", Line(LONGEST_CODE)),
    ("DinhDanhCHS", Rows(IDENTITY)),
    ("Fax", Line(LONGEST_NAME)),
    ("ThongTinKhac", Prose),
    ("TrichYeuHoSo", Prose),
    ("NgayTiepNhan", Instant),
    ("NgayHenTra", Instant),
    ("NgayKetThucXuLy", Instant),
    ("NgayTra", Instant),
    ("NgayTuChoi", Instant),
    ("ThongTinTra", Prose),
    ("TrangThaiHoSo", Line(LONGEST_CODE)),
    ("HinhThuc", OneOf(&["0", "1"], "is none of 0, 1: how the result comes back is still to be chosen")),
    ("DonViXuLy", Line(LONGEST_ADDRESS)),
    ("GhiChu", Prose),
    ("NoiNopHoSo", OneOf(&["1", "2"], "is none of 1, 2")),
    ("HoSoCoThanhPhanSoHoa", Line(LONGEST_CODE)),
    ("TaiKhoanDuocXacThucVoiVNeID", Line(LONGEST_CODE)),
    ("DuocThanhToanTrucTuyen", Line(LONGEST_CODE)),
    ("DSKetNoiCSDL", Rows(&[("MaCSDL", Line(LONGEST_CODE))])),
    ("TaiLieuNop", Rows(FILE)),
    ("DanhSachTepDinhKemKhac", Rows(FILE)),
    ("DanhSachLePhi", Rows(FEE)),
    ("DanhSachHoSoBoSung", Rows(SUPPLEMENT)),
    ("DanhSachGiayToKetQua", Rows(FILE)),
];

/// Returns what is wrong with the fields of a form, in the order in which they are known.
pub(super) fn remarks(data: &Fields<'_>) -> Vec<Remark> {
    let mut found = Vec::new();
    look(data, HOSO, &mut found);
    found.truncate(MOST_REMARKS);
    found.into_iter().map(Remark::of).collect()
}

fn look(fields: &Fields<'_>, known: &[Field], found: &mut Vec<Malformed>) {
    for (name, holds) in known {
        if found.len() >= MOST_REMARKS {
            return;
        }
        found.extend(fault(fields, name, holds));
        if let Rows(of) = holds {
            let rows = fields.list(name, MOST_ELEMENTS).ok().flatten().unwrap_or_default();
            // A code alone stands for a paper.
            for row in rows.iter().filter(|row| row.is_object()).filter_map(|row| row.object().ok()) {
                look(&row, of, found);
            }
        }
    }
}

fn fault(fields: &Fields<'_>, name: &'static str, holds: &Holds) -> Option<Malformed> {
    match holds {
        Line(most) => fields.code(name, *most).err(),
        Prose => fields.prose(name, LONGEST_PROSE).err(),
        Instant => instant(fields, name).err(),
        Flag => fields.flag(name).err(),
        OneOf(codes, why) => match fields.code(name, LONGEST_CODE) {
            Ok(Some(code)) if !codes.contains(&code.as_str()) => Some(fields.malformed(name, *why)),
            Ok(_) => None,
            Err(fault) => Some(fault),
        },
        Rows(_) => fields.list(name, MOST_ELEMENTS).err(),
    }
}
