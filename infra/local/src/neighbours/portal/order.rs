//! Order that the portal demands: of states, of instants, and of requests for papers.

use serde_json::{Map, Value};

/// States, and those that may follow each. A step may always repeat the state before it.
const NEXT: [(&str, &[&str]); 10] = [
    ("1", &["2", "3", "5", "7", "8"]),
    ("2", &["4", "5", "6", "7", "8", "9"]),
    ("3", &["1", "5"]),
    ("4", &["5", "6", "7", "8", "9"]),
    ("5", &["1", "2", "3", "4", "6", "7", "8", "9"]),
    ("6", &["2", "4", "5", "7", "8", "9"]),
    ("7", &[]),
    ("8", &["1", "2", "4", "5", "6"]),
    ("9", &["7", "8", "10"]),
    ("10", &["9"]),
];

/// Returns the text of a field; empty if there is none.
pub(super) fn text<'r>(record: &'r Map<String, Value>, field: &str) -> &'r str {
    record.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// Returns the rows of a list.
pub(super) fn rows<'r>(record: &'r Map<String, Value>, field: &str) -> Vec<&'r Map<String, Value>> {
    record.get(field).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object).collect()
}

/// Whether a step may follow the last one; `None` stands for the beginning.
pub(super) fn may_follow(last: Option<&str>, status: &str) -> bool {
    match last {
        None => status == "1",
        Some(last) if last == status => true,
        Some(last) => NEXT.iter().any(|(from, to)| *from == last && to.contains(&status)),
    }
}

/// Returns what is wrong with the instants of a dossier, or with its requests for papers.
pub(super) fn wrong_dossier(dossier: &Map<String, Value>, before: Option<&Map<String, Value>>) -> Option<String> {
    let misplaced = |earlier: &str, later: &str| {
        let (one, other) = (text(dossier, earlier), text(dossier, later));
        (!one.is_empty() && !other.is_empty() && one > other).then(|| format!("{later} sớm hơn {earlier}"))
    };
    if let Some(why) = misplaced("NgayTiepNhan", "NgayKetThucXuLy").or_else(|| misplaced("NgayKetThucXuLy", "NgayTra"))
    {
        return Some(format!("Trường {why}"));
    }
    let status = text(dossier, "TrangThaiHoSo");
    let needs = |field: &str| text(dossier, field).is_empty().then(|| format!("Thiếu trường {field}"));
    let missing = match status {
        "2" | "4" | "6" => needs("NgayTiepNhan"),
        "9" => needs("NgayTiepNhan").or_else(|| needs("NgayKetThucXuLy")),
        "10" => needs("NgayTra"),
        "3" => needs("NgayTuChoi"),
        _ => None,
    };
    missing.or_else(|| wrong_requests(dossier, before))
}

fn wrong_requests(dossier: &Map<String, Value>, before: Option<&Map<String, Value>>) -> Option<String> {
    let requests = rows(dossier, "DanhSachHoSoBoSung");
    let ids: Vec<_> = requests.iter().map(|request| text(request, "HoSoBoSungId")).collect();
    let known = before.map(|before| rows(before, "DanhSachHoSoBoSung")).unwrap_or_default();
    if !known.iter().all(|request| ids.contains(&text(request, "HoSoBoSungId"))) {
        return Some("Trường HoSoBoSungId: mất một lần bổ sung đã có".to_owned());
    }
    if (1..ids.len()).any(|place| ids[..place].contains(&ids[place])) {
        return Some("Trường HoSoBoSungId bị lặp".to_owned());
    }
    let misfit = |request: &&Map<String, Value>| {
        let [asked, answered] = ["NgayBoSung", "NgayTiepNhanBoSung"].map(|field| text(request, field));
        let is_answered = text(request, "TrangThaiBoSung") == "1";
        is_answered == answered.is_empty() || (is_answered && answered < asked)
    };
    if requests.iter().any(misfit) {
        return Some("Trường NgayTiepNhanBoSung không khớp TrangThaiBoSung".to_owned());
    }
    let is_open = |request: &&&Map<String, Value>| text(request, "TrangThaiBoSung") == "0";
    match (text(dossier, "TrangThaiHoSo"), requests.iter().filter(is_open).count()) {
        ("5", 0) => Some("Trường DanhSachHoSoBoSung: trạng thái 5 mà không có lần bổ sung đang mở".to_owned()),
        ("1" | "2" | "4", 1..) => Some("Trường DanhSachHoSoBoSung: còn lần bổ sung đang mở".to_owned()),
        _ => None,
    }
}

/// Returns the first step that cannot stand where it does.
pub(super) fn wrong_steps(known: &[Map<String, Value>], new: &[&Map<String, Value>], now: &str) -> Option<String> {
    let last = known.last();
    let (mut status, mut at) = (last.map(|it| text(it, "TrangThai")), last.map_or("", |it| text(it, "ThoiDiemXuLy")));
    for step in new {
        let (next, then) = (text(step, "TrangThai"), text(step, "ThoiDiemXuLy"));
        if !may_follow(status, next) {
            return Some(format!("Trường TrangThai: không thể từ {} sang {next}", status.unwrap_or("đầu")));
        }
        if then < at {
            return Some("Trường ThoiDiemXuLy sớm hơn bước trước".to_owned());
        }
        if then > now {
            return Some("Trường ThoiDiemXuLy ở tương lai".to_owned());
        }
        (status, at) = (Some(next), then);
    }
    None
}
