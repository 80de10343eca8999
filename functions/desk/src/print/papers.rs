//! The papers of a dossier: as declared, and as handed over since.

use maud::{Markup, html};
use rules::dossier::{Event, Filing};
use serde_json::Value;

use super::Page;

/// The most papers shown of one declaration; a portal's message holds no more.
const MOST_DECLARED: usize = 400;
/// Rows to write on if nobody declared a paper.
pub(super) const BLANK_ROWS: usize = 5;

/// One paper of the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paper {
    code: Option<String>,
    name: String,
    /// Number of copies, as declared.
    copies: Option<String>,
    /// Known facts: original, copy, file.
    known: Vec<String>,
    /// Whether a declaration lists it.
    declared: bool,
}

impl Paper {
    /// Whether it is the paper of that code.
    pub(super) fn is(&self, code: &str) -> bool {
        self.code.as_deref() == Some(code)
    }
}

/// Every paper known up to the page's cause: those of the check-list in its order, then the others as they came.
pub(super) fn all(page: &Page<'_>) -> Vec<Paper> {
    let upto = page.dossier.version;
    let mut papers: Vec<Paper> = Vec::new();
    for (_, declared) in page.sheet.declared.iter().filter(|(version, _)| *version <= upto) {
        let Ok(declared) = serde_json::from_str::<Value>(declared) else { continue };
        for row in rows(&declared, "TaiLieuNop") {
            papers.extend(file(page, row).filter(|paper| !papers.contains(paper)));
        }
        for row in rows(&declared, "DanhSachTepDinhKemKhac") {
            papers.extend(other(page, row).filter(|paper| !papers.contains(paper)));
        }
    }
    let events = page.history.iter().flat_map(|commit| &commit.events);
    for event in events {
        match event {
            Event::PapersReceived { papers: originals, copies, minutes_no, by_post, .. } => {
                let way = if *by_post { "qua bưu điện" } else { "trực tiếp" };
                for (code, what) in kinds(page, originals, copies) {
                    note(page, &mut papers, code, &format!("{what}, nhận {way}, biên bản {minutes_no}"));
                    count(page, &mut papers, code);
                }
            }
            Event::ReceiptCorrected { papers: codes, .. } => {
                codes.iter().for_each(|code| unreceived(&mut papers, code));
            }
            Event::SupplementReceived { papers: codes, .. } => {
                codes.iter().for_each(|code| note(page, &mut papers, code, "bản bổ sung qua cổng"));
            }
            Event::AwaitedWaived { papers: codes, .. } => {
                codes.iter().for_each(|code| note(page, &mut papers, code, "được miễn"));
            }
            _ => {}
        }
    }
    let list = page.sheet.procedure.map(|procedure| procedure.papers.as_slice()).unwrap_or_default();
    papers.sort_by_key(|paper| list.iter().position(|listed| paper.is(&listed.code)).unwrap_or(list.len()));
    papers
}

/// The names of the papers that the office holds on paper, to be given back. A paper filed online is not among them
/// until it was handed over.
pub(super) fn held(page: &Page<'_>) -> Vec<String> {
    let mut handed_over: Vec<&String> = Vec::new();
    for event in page.history.iter().flat_map(|commit| &commit.events) {
        match event {
            Event::PapersReceived { papers, copies, .. } => handed_over.extend(papers.iter().chain(copies)),
            Event::ReceiptCorrected { papers, .. } => handed_over.retain(|code| !papers.contains(code)),
            _ => {}
        }
    }
    let on_paper = page.dossier.filing != Filing::Online;
    let is_held = |paper: &Paper| {
        (on_paper && paper.declared) || paper.code.as_ref().is_some_and(|code| handed_over.contains(&code))
    };
    all(page).into_iter().filter(is_held).map(|paper| paper.name).collect()
}

/// The table of papers; lines to write on if none is known.
pub(super) fn table(papers: &[Paper]) -> Markup {
    html! {
        table.papers {
            thead { tr { th { "TT" } th { "Tên giấy tờ" } th { "Số lượng" } th { "Bản chính, bản sao, cách nộp" } } }
            tbody {
                @for (index, paper) in papers.iter().enumerate() { tr {
                    td.n { (index + 1) }
                    td { bdi { (paper.name) } }
                    td { bdi { (paper.copies.as_deref().unwrap_or_default()) } }
                    td { bdi { (paper.known.join("; ")) } }
                } }
                @if papers.is_empty() {
                    @for index in 1..=BLANK_ROWS { tr.blank { td.n { (index) } td {} td {} td {} } }
                }
            }
        }
    }
}

fn rows<'v>(declared: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    let list = declared.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().take(MOST_DECLARED)
}

/// A row of the portal's list of files. A paper of the desk's check-list has the same names and more.
fn file(page: &Page<'_>, row: &Value) -> Option<Paper> {
    let is_deleted = text(row, "IsDeleted").is_some_and(|word| word.eq_ignore_ascii_case("true"))
        || row.get("IsDeleted").and_then(Value::as_bool) == Some(true);
    if is_deleted {
        return None;
    }
    let shown = text(row, "TenGiayTo").or_else(|| text(row, "TenTepDinhKem"));
    let code = text(row, "MaThanhPhanHoSo").or_else(|| row.as_str().map(str::to_owned));
    let code = of_list(page, code.as_deref(), shown.as_deref().unwrap_or_default()).or(code);
    let name = match &code {
        Some(code) if page.names().paper(code) != *code => page.names().paper(code),
        code => shown.or_else(|| code.clone())?,
    };
    let online = page.dossier.filing == Filing::Online;
    let kind = kind(row).or_else(|| online.then(|| "bản điện tử".to_owned()));
    Some(Paper { code, name, copies: text(row, "SoLuong"), known: kind.into_iter().collect(), declared: true })
}

/// The code of the check-list's paper that a file shows, by its code or by its name.
fn of_list(page: &Page<'_>, code: Option<&str>, name: &str) -> Option<String> {
    Some(page.sheet.procedure?.paper_of(code, name)?.code.clone())
}

fn other(page: &Page<'_>, row: &Value) -> Option<Paper> {
    let name = text(row, "TenGiayTo")?;
    let code = of_list(page, None, &name);
    let name = code.as_deref().map_or(name, |code| page.names().paper(code));
    Some(Paper { code, name, copies: text(row, "SoLuong"), known: kind(row).into_iter().collect(), declared: true })
}

/// `LoaiGiayTo` if it is a word: the meaning of the portal's numbers was not found.
fn kind(row: &Value) -> Option<String> {
    text(row, "LoaiGiayTo").filter(|kind| kind.chars().any(char::is_alphabetic))
}

fn text(row: &Value, name: &str) -> Option<String> {
    let text = match row.get(name)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Each paper handed over, with its kind. If no step needs its original, it is only known to be on paper.
fn kinds<'e>(
    page: &Page<'_>,
    originals: &'e [String],
    copies: &'e [String],
) -> impl Iterator<Item = (&'e String, &'static str)> {
    let of_originals =
        originals.iter().map(|code| (code, if is_original(page, code) { "bản chính" } else { "bản giấy" }));
    of_originals.chain(copies.iter().map(|code| (code, "bản sao"))).collect::<Vec<_>>().into_iter()
}

/// Takes back what a receipt in error had noted; a paper that nobody declared is removed.
fn unreceived(papers: &mut Vec<Paper>, code: &str) {
    papers.retain_mut(|paper| {
        if paper.code.as_deref() != Some(code) {
            return true;
        }
        paper.known.retain(|known| !known.contains(", biên bản "));
        paper.declared || !paper.known.is_empty()
    });
}

fn is_original(page: &Page<'_>, code: &str) -> bool {
    page.sheet.procedure.is_some_and(|procedure| procedure.originals().contains(&code))
}

/// Adds the number of copies that the check-list asks for to a paper that was handed over, if nobody declared another.
fn count(page: &Page<'_>, papers: &mut [Paper], code: &str) {
    let copies = page.sheet.procedure.and_then(|procedure| procedure.paper(code)).map(|paper| paper.copies.to_string());
    if let Some(paper) = papers.iter_mut().find(|paper| paper.is(code)) {
        paper.copies = paper.copies.take().or(copies);
    }
}

/// Adds what is known of a paper, and the paper itself if it was not declared.
fn note(page: &Page<'_>, papers: &mut Vec<Paper>, code: &str, known: &str) {
    let known = known.to_owned();
    match papers.iter_mut().find(|paper| paper.code.as_deref() == Some(code)) {
        Some(paper) if paper.known.contains(&known) => {}
        Some(paper) => paper.known.push(known),
        None => {
            let name = page.names().paper(code);
            papers.push(Paper { code: Some(code.to_owned()), name, copies: None, known: vec![known], declared: false });
        }
    }
}
