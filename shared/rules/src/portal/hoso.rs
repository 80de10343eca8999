//! The portal's HoSo, under its own names.
//!
//! Fields of a submission: `MaHoSo`, `MaTTHC` (or `MaThuTuc`), `KenhThucHien` (1 desk, 2 online, 3 public post; online
//! if it is absent), `NgayNopHoSo`; of the applicant `ChuHoSo`, `SoGiayToChuHoSo` or the first of `DinhDanhCHS`,
//! `SoDienThoai`, `DiDong`, `Email`, `DiaChi`; the filer as `NguoiNop`. `ChuHoSo` and `NguoiNop` are a name, or an
//! object with `HoTen`, `SoGiayTo`, `SoDienThoai`, `DiDong`, `Email`, `DiaChi`. `HinhThuc` is the way the result comes
//! back (0 at the desk, 1 by post); any other value means not chosen.
//!
//! Fields of a supplement: the newest row of `DanhSachHoSoBoSung` with its `NgayTiepNhanBoSung` and
//! `DanhSachGiayToBoSung`, or `TaiLieuNop`. Fields of originals: `TaiLieuNop`, `SoBienBanGiaoNhan` (the number of the
//! hand-over minutes), `NgayGiaoNhan`, `HinhThuc` (0 desk, 1 post).
//!
//! A change has the fields of a submission, and each that is absent stays as it was. Every other field of a HoSo is kept
//! with the form and looked at in `whole.rs`.
//!
//! Scalars are texts; codes may also be whole numbers. Instants are written `yyyyMMddHHmmss` or `yyyy-MM-dd HH:mm:ss`
//! in Vietnamese time, or as RFC 3339. `TrangThaiHoSo` is never read: the portal's view of the state is our own,
//! returned late.

use jiff::Timestamp;

use super::paid::Paid;
use super::remark::{Remark, instant};
use super::whole;
use crate::dossier::Filing;
use crate::json::{Element, Fields, Malformed};
use crate::limits::{LONGEST_ADDRESS, LONGEST_CODE, LONGEST_DOCUMENT_NO, LONGEST_NAME, MOST_ELEMENTS};
use crate::person::{Party, Person};
use crate::phone::{self, Phone};

/// Something that happened to the dossier.
pub enum News {
    /// It was submitted.
    Submitted(Box<Submitted>),
    /// The filing was changed.
    Changed(Box<Changed>),
    /// It was supplemented.
    Supplemented {
        /// Codes of papers; an empty list means all that was asked.
        papers: Vec<String>,
    },
    /// Originals were handed over.
    OriginalsReceived {
        /// Codes of papers.
        papers: Vec<String>,
        /// The hand-over minutes; without them it is an announcement.
        minutes_no: Option<String>,
        /// By post rather than by hand.
        by_post: bool,
    },
    /// The portal keeps so many files for it, and names their links.
    FilesKept {
        /// Their number.
        files: usize,
    },
    /// A fee was paid at the portal.
    Paid(Box<Paid>),
    /// The applicant took it back.
    Withdrawn,
}

/// A dossier as a portal submits it.
pub struct Submitted {
    /// `MaTTHC`.
    pub procedure: String,
    /// `KenhThucHien`.
    pub filing: Filing,
    /// Applicant and filer.
    pub person: Person,
    /// Whether the result is to come by post, if the applicant chose.
    pub returns_by_post: Option<bool>,
    /// Remarks that the portal should know of while it can still be mended.
    pub remarks: Vec<Remark>,
}

/// A dossier as a portal changes it. Absent fields stay as they were.
pub struct Changed {
    /// `MaTTHC`, if the portal repeats it.
    pub procedure: Option<String>,
    /// Applicant and filer, as far as they are named.
    pub person: Person,
    /// Whether the result is to come by post, if the applicant chose.
    pub returns_by_post: Option<bool>,
    /// The number of files with a link.
    pub files: usize,
    /// Remarks that the portal should know of while it can still be mended.
    pub remarks: Vec<Remark>,
}

/// Fields for a telephone number, the mobile one first.
const NUMBERS: [&str; 2] = ["DiDong", "SoDienThoai"];

type Read = Result<(Option<Timestamp>, News), Malformed>;

pub(super) fn submitted(data: &Fields<'_>) -> Read {
    let procedure = data.required("MaTTHC", procedure(data)?)?;
    let filing = match data.code("KenhThucHien", LONGEST_CODE)?.as_deref() {
        Some("1") => Filing::Desk,
        None | Some("2") => Filing::Online,
        Some("3") => Filing::Post,
        Some(_) => return Err(data.malformed("KenhThucHien", "is none of 1, 2, 3")),
    };
    let (person, returns_by_post) = (people(data)?, returns_by_post(data));
    let at = instant(data, "NgayNopHoSo")?;
    let remarks = remarks(data, &person);
    Ok((at, News::Submitted(Box::new(Submitted { procedure, filing, person, returns_by_post, remarks }))))
}

pub(super) fn changed(data: &Fields<'_>, files: usize) -> Read {
    if data.only(&["MaHoSo"]).is_ok() {
        return Err(data.malformed("MaHoSo", "stands alone: nothing is changed"));
    }
    let (person, procedure) = (people(data)?, procedure(data)?);
    let (returns_by_post, remarks) = (returns_by_post(data), remarks(data, &person));
    Ok((None, News::Changed(Box::new(Changed { procedure, person, returns_by_post, files, remarks }))))
}

fn procedure(data: &Fields<'_>) -> Result<Option<String>, Malformed> {
    match data.line("MaTTHC", LONGEST_CODE)? {
        Some(code) => Ok(Some(code)),
        None => data.line("MaThuTuc", LONGEST_CODE),
    }
}

fn people(data: &Fields<'_>) -> Result<Person, Malformed> {
    Ok(Person { applicant: applicant(data)?, filer: named(data, "NguoiNop")?, ..Person::default() })
}

fn returns_by_post(data: &Fields<'_>) -> Option<bool> {
    match data.code("HinhThuc", LONGEST_CODE).ok().flatten().as_deref() {
        Some("0") => Some(false),
        Some("1") => Some(true),
        // No source names other values, and a choice that can be made later should cost nobody the dossier.
        Some(_) | None => None,
    }
}

pub(super) fn supplemented(data: &Fields<'_>) -> Read {
    let mut rows = Vec::new();
    for row in data.list("DanhSachHoSoBoSung", MOST_ELEMENTS)?.unwrap_or_default() {
        let row = row.object()?;
        rows.push((instant(&row, "NgayTiepNhanBoSung")?, row));
    }
    // Of rows received at the same instant the last one written is the newest.
    let newest = rows.into_iter().max_by_key(|(at, _)| *at);
    let named = match &newest {
        Some((_, row)) => papers(row, "DanhSachGiayToBoSung")?,
        None => None,
    };
    let papers = match named {
        Some(papers) => papers,
        None => papers(data, "TaiLieuNop")?.unwrap_or_default(),
    };
    Ok((newest.and_then(|(at, _)| at), News::Supplemented { papers }))
}

pub(super) fn originals_received(data: &Fields<'_>) -> Read {
    let papers = papers(data, "TaiLieuNop")?.unwrap_or_default();
    let minutes_no = data.code("SoBienBanGiaoNhan", LONGEST_DOCUMENT_NO)?;
    let by_post = match data.code("HinhThuc", LONGEST_CODE)?.as_deref() {
        None | Some("0") => false,
        Some("1") => true,
        Some(_) => return Err(data.malformed("HinhThuc", "is none of 0, 1")),
    };
    Ok((instant(data, "NgayGiaoNhan")?, News::OriginalsReceived { papers, minutes_no, by_post }))
}

/// Reads the codes of the papers in a list, each once; `None` if there is no list or it is empty. Files without a code
/// are passed over beside others that have one. A list in which nothing says which papers came is refused: read as *all
/// of them* it would set a clock running.
fn papers(fields: &Fields<'_>, name: &str) -> Result<Option<Vec<String>>, Malformed> {
    let list = fields.list(name, MOST_ELEMENTS)?.unwrap_or_default();
    let mut papers: Vec<String> = Vec::new();
    for element in &list {
        if let Some(code) = paper(element)?.filter(|code| !papers.contains(code)) {
            papers.push(code);
        }
    }
    match (list.is_empty(), papers.is_empty()) {
        (true, _) => Ok(None),
        (false, false) => Ok(Some(papers)),
        (false, true) => Err(fields.malformed(name, "names no paper by its MaThanhPhanHoSo")),
    }
}

/// Reads the code of a paper: an object with its code, or the code alone.
fn paper(element: &Element<'_>) -> Result<Option<String>, Malformed> {
    if !element.is_object() {
        return element.line(LONGEST_CODE).map(Some);
    }
    let paper = element.object()?;
    match paper.flag("IsDeleted")? {
        Some(true) => Ok(None),
        Some(false) | None => paper.code("MaThanhPhanHoSo", LONGEST_CODE),
    }
}

fn applicant(data: &Fields<'_>) -> Result<Party, Malformed> {
    let identity_no = match data.code("SoGiayToChuHoSo", LONGEST_NAME)? {
        Some(number) => Some(number),
        None => match data.list("DinhDanhCHS", MOST_ELEMENTS)?.unwrap_or_default().first() {
            Some(first) => first.object()?.code("SoDinhDanh", LONGEST_NAME)?,
            None => None,
        },
    };
    let within = named(data, "ChuHoSo")?.unwrap_or_default();
    let beside = contacts(data)?;
    Ok(Party {
        name: within.name,
        phone: best(within.phone.into_iter().chain(beside.phone).collect()),
        address: within.address.or(beside.address),
        identity_no: within.identity_no.or(identity_no),
        email: within.email.or(beside.email),
        unusable: None,
        shared: false,
    })
}

/// Reads a person given by the name alone, or as an object of its own.
fn named(data: &Fields<'_>, field: &str) -> Result<Option<Party>, Malformed> {
    if data.raw(field).is_none_or(|raw| !raw.starts_with('{')) {
        let name = data.line(field, LONGEST_NAME)?;
        return Ok(name.map(|name| Party { name, ..Party::default() }));
    }
    let Some(person) = data.object(field)? else { return Ok(None) };
    let name = person.line("HoTen", LONGEST_NAME)?.unwrap_or_default();
    let identity_no = person.code("SoGiayTo", LONGEST_NAME)?;
    Ok(Some(Party { name, identity_no, ..contacts(&person)? }))
}

fn contacts(fields: &Fields<'_>) -> Result<Party, Malformed> {
    Ok(Party {
        phone: phone(fields),
        address: fields.line("DiaChi", LONGEST_ADDRESS)?,
        email: fields.line("Email", LONGEST_NAME)?,
        ..Party::default()
    })
}

/// Returns a number as E.164 and after the migration of 2018, one that an SMS reaches if there is one; else the number
/// as declared. An unusable number never costs anybody a dossier; one longer than is kept is cut.
fn phone(fields: &Fields<'_>) -> Option<String> {
    let declared = NUMBERS.into_iter().filter_map(|name| fields.code(name, usize::MAX).ok().flatten());
    best(declared.map(|text| text.chars().take(LONGEST_NAME).collect()).collect())
}

fn best(declared: Vec<String>) -> Option<String> {
    let takes_sms = |text: &&String| Phone::first(text).is_ok_and(|phone| phone.takes_sms());
    let is_number = |text: &&String| Phone::first(text).is_ok();
    let best = declared.iter().find(takes_sms).or_else(|| declared.iter().find(is_number)).or(declared.first())?;
    // A field with several numbers is kept as declared: none of them is lost.
    Some(Phone::parse(best).map_or_else(|_| best.clone(), |phone| phone.expose().to_owned()))
}

/// Returns what is wrong with the telephone numbers, of the applicant and of the filer, and with any other field.
fn remarks(data: &Fields<'_>, person: &Person) -> Vec<Remark> {
    let parties = [("SoDienThoai", Some(&person.applicant)), ("NguoiNop.SoDienThoai", person.filer.as_ref())];
    let read = parties.into_iter().filter_map(|(field, party)| {
        let [_, why] = phone::remark(party?.phone.as_deref()?)?;
        Some(Remark { field: field.into(), why: why.into() })
    });
    let is_odd = |name: &&str| data.code(name, usize::MAX).is_err();
    let odd = NUMBERS.into_iter().find(is_odd).filter(|_| person.applicant.phone.is_none());
    let odd = odd.map(|field| Remark { field: field.into(), why: "is not a text".into() });
    read.chain(odd).chain(whole::remarks(data)).collect()
}
