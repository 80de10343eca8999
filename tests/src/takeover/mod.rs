//! Open dossiers of the earlier software: every clock as it was, no messages about what is long past.

mod api;
mod faults;
mod history;
mod repeats;

use std::path::Path;

use motcua_local::takeover::{Here, ImportError, Way, take_over};
use rules::dossier::{Actor, Dossier};
use rules::id::DossierId;

use crate::town::Town;

/// Path of the file.
const FILE: &str = "open.csv";

/// The columns of these stories.
const NAMES: &str = "MaHoSo,MaTTHC,KenhThucHien,NoiNopHoSo,ChuHoSo,SoDienThoai,NgayNopHoSo,NgayTiepNhan,NgayHenTra,\
    TrangThaiHoSo,BuocXuLy,NgayVaoBuoc,BanChinhDaNhan,LyDoDungTinh.1,NgayBoSung.1,NgayTiepNhanBoSung.1,\
    NoiDungBoSung.1,DanhSachGiayToBoSung.1,MaPhiLePhi.1,Gia.1,NgayThanhToan.1,SoBienLai.1";

/// Writes a line of these cells; the others are empty.
fn line(cells: &[(&str, &str)]) -> String {
    let cell = |name: &str| cells.iter().find(|(named, _)| *named == name).map_or("", |(_, cell)| *cell);
    assert!(cells.iter().all(|(name, _)| NAMES.split(',').any(|known| known == *name)), "{cells:?}");
    NAMES.split(',').map(|name| format!("\"{}\"", cell(name))).collect::<Vec<_>>().join(",")
}

/// An investment certificate, filed at the desk and accepted on Wednesday 1 April 2020: ten working days.
const CERTIFICATE: [(&str, &str); 8] = [
    ("MaHoSo", "CU-01"),
    ("MaTTHC", "1.009645"),
    ("KenhThucHien", "1"),
    ("ChuHoSo", "Công ty TNHH Thử Nghiệm"),
    ("SoDienThoai", "0905 000 001"),
    ("NgayNopHoSo", "01/04/2020 08:15"),
    ("NgayTiepNhan", "01/04/2020 08:30"),
    ("TrangThaiHoSo", "4"),
];

/// Writes the certificate with these cells instead or besides.
fn certificate<'a>(cells: &[(&'a str, &'a str)]) -> String {
    let usual = CERTIFICATE.iter().filter(|(name, _)| cells.iter().all(|(other, _)| other != name));
    line(&usual.chain(cells).copied().collect::<Vec<_>>())
}

/// Writes a permit that waits: filed online, its step needs two originals since 10 April.
fn permit(cells: &[(&str, &str)]) -> String {
    let usual = [
        ("MaHoSo", "G22-7"),
        ("MaTTHC", "1.005129"),
        ("KenhThucHien", "2"),
        ("NoiNopHoSo", "1"),
        ("ChuHoSo", "Hộ kinh doanh Thử Nghiệm"),
        ("SoDienThoai", "0905000002"),
        ("NgayNopHoSo", "20200406200530"),
        ("NgayTiepNhan", "2020-04-07 08:00:00"),
        ("TrangThaiHoSo", "5"),
        ("BuocXuLy", "Đối chiếu bản chính"),
        ("NgayVaoBuoc", "08/04/2020 09:00"),
        ("LyDoDungTinh.1", "originals"),
        ("NgayBoSung.1", "10/04/2020 17:00"),
    ];
    let usual = usual.iter().filter(|(name, _)| cells.iter().all(|(other, _)| other != name));
    line(&usual.chain(cells).copied().collect::<Vec<_>>())
}

fn file(lines: &[String]) -> String {
    format!("{NAMES}\r\n{}\r\n", lines.join("\r\n"))
}

fn way(town: &Town) -> Way {
    let site = town.office.site();
    Way::Here(Box::new(Here { site: (*site).clone(), agency: town.agency(), now: town.clock.now(), lock: None }))
}

/// Takes these lines over, and returns the command's output.
async fn take(town: &Town, lines: &[String]) -> Result<String, ImportError> {
    let mut out = Vec::new();
    take_over(&way(town), Path::new(FILE), file(lines).as_bytes(), false, &mut out).await?;
    Ok(String::from_utf8(out).unwrap())
}

/// Returns the dossier of a code.
async fn called(town: &Town, code: &str) -> Option<(DossierId, Dossier)> {
    let site = town.office.site();
    let id = site.recorder.store().id_of(&town.agency(), code).await.unwrap()?;
    Some((id, town.dossier(id).await.unwrap()))
}

fn taken_over(actor: &Actor) -> bool {
    matches!(actor, Actor::Takeover(_))
}
