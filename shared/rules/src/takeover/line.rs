//! A line as read: one open dossier of the earlier software.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

use super::row::Reading;
use super::{Fault, Row};
use crate::catalogue::Reason;
use crate::config::Level;
use crate::dossier::{Filing, ResultKind};
use crate::limits::{LONGEST_ACCOUNT, LONGEST_ADDRESS, LONGEST_CODE, LONGEST_DOCUMENT_NO, LONGEST_NAME, LONGEST_TEXT};
use crate::person::{Party, Person};
use crate::phone::Phone;
use crate::vnd::Vnd;

const OF_A_PAUSE: [&str; 6] =
    ["LyDoDungTinh", "NgayBoSung", "NgayTiepNhanBoSung", "NoiDungBoSung", "DanhSachGiayToBoSung", "SoBienBanGiaoNhan"];
const OF_A_FEE: [&str; 4] = ["MaPhiLePhi", "Gia", "NgayThanhToan", "SoBienLai"];

/// One open dossier of the earlier software.
#[derive(Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the column of README's table that `read` names")]
pub struct Line {
    pub code: String,
    pub procedure: String,
    pub filing: Filing,
    /// The portal it was filed through; `None` for one filed at the desk or by post.
    pub portal: Option<Level>,
    pub person: Person,
    /// Whether the result is to come by post; `None` if nobody said.
    pub returns_by_post: Option<bool>,
    pub submitted_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
    pub due_on: Option<Date>,
    /// `TrangThaiHoSo`: 1, 2, 4, 5, 6 or 9.
    pub status: u8,
    pub step: Option<String>,
    pub step_at: Option<Timestamp>,
    pub assignee: Option<String>,
    pub originals: Originals,
    pub pauses: Vec<OldPause>,
    pub fees: Vec<OldFee>,
    pub apology: Option<Apology>,
    pub result: Option<OldResult>,
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line").field("status", &self.status).finish_non_exhaustive()
    }
}

/// The originals that are in, besides those that a pause awaited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Originals {
    /// These.
    Named(Vec<String>),
    /// All that the procedure names.
    All,
}

/// A pause of the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the column of README's table that `read` names")]
pub struct OldPause {
    /// Its number within the line, from 1.
    pub number: usize,
    pub reason: Reason,
    pub from: Timestamp,
    /// `None` while it goes on.
    pub to: Option<Timestamp>,
    pub text: Option<String>,
    pub papers: Vec<String>,
    pub minutes_no: Option<String>,
}

/// A fee that was asked, and perhaps paid.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the column of README's table that `read` names")]
pub struct OldFee {
    /// Its number within the line, from 1.
    pub number: usize,
    pub code: Option<String>,
    pub amount_vnd: Vnd,
    /// When it was paid, and the number of the receipt.
    pub paid: Option<(Timestamp, String)>,
}

/// An apology with a new date.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the column of README's table that `read` names")]
pub struct Apology {
    pub at: Timestamp,
    pub reason: String,
    pub new_due_on: Date,
}

/// A result that has not been handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the column of README's table that `read` names")]
pub struct OldResult {
    pub at: Timestamp,
    pub kind: ResultKind,
    pub reason: Option<String>,
}

/// Reads a row; instants after `now` are faults.
///
/// # Errors
/// All its faults.
pub fn read(row: &Row, now: Timestamp) -> Result<Line, Vec<Fault>> {
    let mut r = Reading { row, now, faults: row.unknown().collect() };
    let filings = [("1", Filing::Desk), ("2", Filing::Online), ("3", Filing::Post)];
    let filing = match r.one_of("KenhThucHien", &filings) {
        None if row.cell("KenhThucHien").is_none() => {
            r.fault("KenhThucHien", "is missing");
            None
        }
        filing => filing,
    };
    let line = Line {
        code: r.required("MaHoSo", Reading::code),
        procedure: r.required("MaTTHC", Reading::code),
        filing: filing.unwrap_or(Filing::Desk),
        portal: portal(&mut r, filing),
        person: person(&mut r),
        returns_by_post: r.one_of("HinhThuc", &[("0", false), ("1", true)]),
        submitted_at: r.required("NgayNopHoSo", Reading::instant),
        accepted_at: r.instant("NgayTiepNhan"),
        due_on: r.day("NgayHenTra"),
        status: r.required("TrangThaiHoSo", status),
        step: r.code("BuocXuLy"),
        step_at: r.instant("NgayVaoBuoc"),
        assignee: r.text("NguoiXuLy", LONGEST_ACCOUNT),
        originals: match row.cell("BanChinhDaNhan") {
            Some("*") => Originals::All,
            _ => Originals::Named(r.codes("BanChinhDaNhan")),
        },
        pauses: row.numbers(&OF_A_PAUSE).into_iter().filter_map(|number| pause(&mut r, number)).collect(),
        fees: row.numbers(&OF_A_FEE).into_iter().filter_map(|number| fee(&mut r, number)).collect(),
        apology: apology(&mut r),
        result: result(&mut r),
    };
    ordered(&mut r, &line);
    if r.faults.is_empty() { Ok(line) } else { Err(r.faults) }
}

/// Reads the status of a dossier that is not over.
fn status(r: &mut Reading<'_>, column: &str) -> Option<u8> {
    if matches!(r.row.cell(column), Some("3" | "7" | "8" | "10")) {
        r.fault(column, "is that of a dossier that is over: open ones are taken over (1, 2, 4, 5, 6, 9)");
        return None;
    }
    r.one_of(column, &[("1", 1), ("2", 2), ("4", 4), ("5", 5), ("6", 6), ("9", 9)])
}

fn portal(r: &mut Reading<'_>, filing: Option<Filing>) -> Option<Level> {
    let level = r.one_of("NoiNopHoSo", &[("1", Level::National), ("2", Level::Provincial)]);
    if filing == Some(Filing::Online) && r.row.cell("NoiNopHoSo").is_none() {
        r.fault("NoiNopHoSo", "is missing: a dossier filed online came through portal 1 (national) or 2 (provincial)");
    }
    level.filter(|_| filing == Some(Filing::Online))
}

fn person(r: &mut Reading<'_>) -> Person {
    let mobile = r.number("DiDong", LONGEST_NAME);
    let declared = r.number("SoDienThoai", LONGEST_NAME);
    let applicant = Party {
        name: r.required("ChuHoSo", |r, column| r.text(column, LONGEST_NAME)),
        phone: mobile.or(declared).map(number),
        address: r.text("DiaChi", LONGEST_ADDRESS),
        identity_no: r.identity("SoGiayToChuHoSo", LONGEST_NAME),
        email: r.text("Email", LONGEST_NAME),
        unusable: None,
        shared: false,
    };
    let filer = Party {
        name: r.text("NguoiNop", LONGEST_NAME).unwrap_or_default(),
        phone: r.number("NguoiNop.SoDienThoai", LONGEST_NAME).map(number),
        address: r.text("NguoiNop.DiaChi", LONGEST_ADDRESS),
        identity_no: r.identity("NguoiNop.SoGiayTo", LONGEST_NAME),
        email: r.text("NguoiNop.Email", LONGEST_NAME),
        unusable: None,
        shared: false,
    };
    if filer != Party::default() && filer.name.is_empty() && r.row.cell("NguoiNop").is_none() {
        r.fault("NguoiNop", "is missing beside what is told of the filer");
    }
    Person { applicant, filer: Some(filer).filter(|filer| *filer != Party::default()), ..Person::default() }
}

/// Reads a telephone number. An invalid one stays as declared: it never costs anybody a dossier.
fn number(declared: String) -> String {
    Phone::parse(&declared).map_or(declared, |phone| phone.expose().to_owned())
}

fn pause(r: &mut Reading<'_>, number: usize) -> Option<OldPause> {
    let named = |name: &str| format!("{name}.{number}");
    let reason = Reason::from(&*r.required(&named("LyDoDungTinh"), Reading::code));
    let from = r.required(&named("NgayBoSung"), Reading::instant);
    let to = r.instant(&named("NgayTiepNhanBoSung"));
    let text = r.text(&named("NoiDungBoSung"), LONGEST_TEXT);
    if reason == Reason::Supplement && text.is_none() {
        r.fault(&named("NoiDungBoSung"), "is missing: a supplement is asked for a reason");
    }
    if to.is_some_and(|to| to <= from) {
        r.fault(&named("NgayTiepNhanBoSung"), "is not after NgayBoSung");
    }
    let papers = r.codes(&named("DanhSachGiayToBoSung"));
    let minutes_no = r.text(&named("SoBienBanGiaoNhan"), LONGEST_DOCUMENT_NO);
    Some(OldPause { number, reason, from, to, text, papers, minutes_no })
}

fn fee(r: &mut Reading<'_>, number: usize) -> Option<OldFee> {
    let named = |name: &str| format!("{name}.{number}");
    let code = r.code(&named("MaPhiLePhi"));
    let amount_vnd = r.required(&named("Gia"), Reading::money);
    let at = r.instant(&named("NgayThanhToan"));
    let receipt_no = r.number(&named("SoBienLai"), LONGEST_CODE);
    let paid = match (at, receipt_no) {
        (Some(at), Some(receipt_no)) => Some((at, receipt_no)),
        (Some(_), None) => {
            r.fault(&named("SoBienLai"), "is missing beside NgayThanhToan");
            None
        }
        (None, Some(_)) if r.row.cell(&named("NgayThanhToan")).is_none() => {
            r.fault(&named("NgayThanhToan"), "is missing beside SoBienLai");
            None
        }
        (None, _) => None,
    };
    Some(OldFee { number, code, amount_vnd, paid })
}

fn apology(r: &mut Reading<'_>) -> Option<Apology> {
    const NAMES: [&str; 3] = ["NgayXinLoi", "LyDoXinLoi", "NgayHenLai"];
    if NAMES.iter().all(|name| r.row.cell(name).is_none()) {
        return None;
    }
    Some(Apology {
        at: r.required(NAMES[0], Reading::instant),
        reason: r.required(NAMES[1], |r, column| r.text(column, LONGEST_TEXT)),
        new_due_on: r.required(NAMES[2], Reading::day),
    })
}

fn result(r: &mut Reading<'_>) -> Option<OldResult> {
    if r.row.cell("TrangThaiHoSo") != Some("9") {
        for name in ["NgayKetThucXuLy", "KetQua", "LyDoKetQua"] {
            if r.row.cell(name).is_some() {
                r.fault(name, "stands only with TrangThaiHoSo 9");
            }
        }
        return None;
    }
    let kinds = [("1", ResultKind::Positive), ("2", ResultKind::Negative)];
    Some(OldResult {
        at: r.required("NgayKetThucXuLy", Reading::instant),
        kind: r.one_of("KetQua", &kinds).unwrap_or(ResultKind::Positive),
        reason: r.text("LyDoKetQua", LONGEST_TEXT),
    })
}

/// Adds the faults of an impossible history. Instants are compared only if both were read: a fault is reported once.
fn ordered(r: &mut Reading<'_>, line: &Line) {
    let submitted_at = r.row.cell("NgayNopHoSo").map(|_| line.submitted_at);
    let told = |r: &Reading<'_>, column: &str| r.faults.iter().any(|fault| fault.column == column);
    let mut later = |column: &str, at: Option<Timestamp>, than: &str, earlier: Option<Timestamp>| {
        if at.zip(earlier).is_some_and(|(at, earlier)| at < earlier) && !told(r, column) && !told(r, than) {
            r.fault(column, format!("is before {than}"));
        }
    };
    later("NgayTiepNhan", line.accepted_at, "NgayNopHoSo", submitted_at);
    later("NgayVaoBuoc", line.step_at, "NgayTiepNhan", line.accepted_at);
    for pause in &line.pauses {
        later(&format!("NgayBoSung.{}", pause.number), Some(pause.from), "NgayNopHoSo", submitted_at);
    }
    let result_at = line.result.as_ref().map(|result| result.at);
    later("NgayKetThucXuLy", result_at, "NgayTiepNhan", line.accepted_at);
    later("NgayXinLoi", line.apology.as_ref().map(|apology| apology.at), "NgayTiepNhan", line.accepted_at);
    let needs_acceptance = matches!(line.status, 2 | 4 | 6 | 9) || line.step.is_some() || line.apology.is_some();
    if needs_acceptance && line.accepted_at.is_none() && r.row.cell("NgayTiepNhan").is_none() {
        r.fault("NgayTiepNhan", "is missing: what the line tells happens after acceptance");
    }
    if line.status == 1 && line.accepted_at.is_some() {
        r.fault("NgayTiepNhan", "stands beside TrangThaiHoSo 1, not yet accepted");
    }
    if line.step_at.is_some() && line.step.is_none() {
        r.fault("BuocXuLy", "is missing beside NgayVaoBuoc");
    }
}
