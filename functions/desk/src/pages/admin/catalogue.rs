//! The catalogue: its list, and the import of a file.

use std::sync::Arc;

use maud::{Markup, html};
use motcua::recorder::{ImportError, ImportedAll, Listed, ListedPage};
use motcua::store::{AuditEntry, Did};
use rules::catalogue::file::{self, Fault};
use rules::http::Response;
use rules::http::query;
use rules::language::Both;
use rules::limits::LONGEST_CODE;
use rules::vietnam::written;

use super::upload::Upload;
use super::{ROOT, Tab, faults, page};
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use ::pages::form::{Form, is_own};
use ::pages::part::errors::{Mistake, Mistakes};
use ::pages::part::field::Field;

/// Mistakes shown for one file, in the order of its lines; their total is always shown.
const MOST_SHOWN: usize = 200;

/// A page of the list, and the form to import a file.
pub(super) async fn list(visit: &Visit<'_>, asked: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let prefix = asked.get("code").unwrap_or_default();
    let after = asked.get("after").and_then(|after| after.split_once('~'));
    let after = after.and_then(|(version, code)| Some((code, version.parse().ok()?)));
    // A page must begin within the codes searched for, or the store would decline it.
    let after = after.filter(|(code, _)| code.starts_with(prefix));
    let found = site.recorder.catalogue().list(&staff.agency, prefix, after).await?;
    Ok(shown(frame, 200, &html! { (listed(frame, prefix, &found)) (form(frame, "", &Mistakes::default())) }))
}

/// Outcome of a file.
pub(super) enum Outcome {
    /// It is in the catalogue, or could be if it was only to be checked.
    Done(ImportedAll),
    /// Mistakes in the file.
    Faulty(Vec<Fault>),
    /// Versions that the catalogue cannot take.
    Refused(Vec<ImportError>),
}

/// Imports all of a file or nothing of it. If anything is wrong, the form shows again what was sent.
pub(super) async fn import(visit: &Visit<'_>) -> Result<Response, Problem> {
    let Visit { site, staff, frame, request, .. } = *visit;
    let upload = Upload::of(request).await?;
    is_own(&frame.csrf, Some(&upload.csrf))?;
    let outcome = match file::read(&upload.catalogue) {
        Err(faults) => Outcome::Faulty(faults),
        Ok(procedures) => {
            let procedures: Vec<_> = procedures.into_iter().map(Arc::new).collect();
            let (recorder, agency) = (&site.recorder, &staff.agency);
            let done = match upload.check_only {
                true => recorder.check_all(agency, &procedures).await,
                false => Box::pin(recorder.import_all(agency, &procedures)).await,
            };
            match done {
                Ok(done) => {
                    if !upload.check_only {
                        let did = Did::Imported { now: done.now, before: done.before };
                        let entry = AuditEntry { at: frame.now, who: staff.subject.clone(), did };
                        recorder.store().audit(agency, &entry).await?;
                    }
                    Outcome::Done(done)
                }
                Err(refused) => Outcome::Refused(refused),
            }
        }
    };
    tracing::info!(
        by = staff.subject,
        check_only = upload.check_only,
        outcome = outcome.class(),
        "a catalogue was sent"
    );
    answered(frame, &upload, outcome)
}

impl Outcome {
    fn class(&self) -> &'static str {
        match self {
            Self::Done(_) => "taken",
            Self::Faulty(_) => "faulty",
            Self::Refused(_) => "refused",
        }
    }
}

/// The page that shows the outcome of a file.
pub(super) fn answered(frame: &Frame, upload: &Upload, outcome: Outcome) -> Result<Response, Problem> {
    let (status, mistakes, list) = match outcome {
        Outcome::Done(done) => {
            let kept = if upload.check_only { upload.text() } else { String::new() };
            let form = form(frame, &kept, &Mistakes::default());
            return Ok(shown(frame, 200, &html! { (told(frame, done, upload.check_only)) (form) }));
        }
        Outcome::Faulty(faults) => (422, counted(frame, faults.len()), faulty(frame, &faults)),
        Outcome::Refused(refused) => match refused.into_iter().map(reason).collect::<Result<Vec<_>, _>>() {
            Ok(reasons) => (409, declined(frame, &reasons), html! {}),
            Err(problem) => return Err(problem),
        },
    };
    let summary = mistakes.summary(frame.lang, NOT_IMPORTED);
    Ok(shown(frame, status, &html! { (summary) (list) (form(frame, &upload.text(), &mistakes)) }))
}

/// Reason why a version was declined, in both languages; `Err` for the store's failure, which is not the file's.
fn reason(error: ImportError) -> Result<[String; 2], Problem> {
    let en = error.to_string();
    match error {
        ImportError::Store(error) => Err(error.into()),
        ImportError::Changed { code, version } => {
            let vi = format!(
                "{code} phiên bản {version} đã có với nội dung khác; phiên bản không bao giờ đổi, hãy dùng số phiên bản mới"
            );
            Ok([vi, en])
        }
        ImportError::Overlaps { code, version, other } => {
            let vi = format!("{code} phiên bản {version} có hiệu lực trùng ngày với phiên bản {other}");
            Ok([vi, en])
        }
    }
}

fn shown(frame: &Frame, status: u16, content: &Markup) -> Response {
    page(status, frame, Tab::Catalogue, frame.say("Danh mục thủ tục", "Catalogue of procedures"), content)
}

fn told(frame: &Frame, done: ImportedAll, check_only: bool) -> Markup {
    let ImportedAll { now, before } = done;
    let (vi, en) = match check_only {
        true => (
            format!("Không có gì sai. {now} phiên bản mới, {before} đã có từ trước. Chưa nhập gì."),
            format!("Nothing is wrong. {now} versions are new, {before} were there before. Nothing was imported yet."),
        ),
        false => (
            format!("Đã nhập {now} phiên bản; {before} đã có từ trước."),
            format!("{now} versions were imported; {before} were there before."),
        ),
    };
    html! { div.notice.done role="status" { p { strong { (frame.say(&vi, &en)) } } } }
}

/// The words for a catalogue that was not taken.
const NOT_IMPORTED: Both = [
    "Chưa nhập gì. Nội dung đã gửi còn nguyên ở dưới: sửa tại đó rồi gửi lại, hoặc sửa tệp rồi chọn lại.",
    "Nothing was imported. What was sent still stands below: mend it there and send it again, or mend the file and choose it again.",
];

fn counted(frame: &Frame, count: usize) -> Mistakes {
    let (vi, en) = (format!("Có {count} chỗ sai. Chưa nhập gì."), format!("{count} mistakes. Nothing was imported."));
    Mistakes::at("catalogue", "", frame.say(&vi, &en))
}

fn faulty(frame: &Frame, found: &[Fault]) -> Markup {
    let count = found.len();
    html! {
        div.list { table.rows id="faults" {
            thead { tr {
                th.n scope="col" { (frame.say("Dòng", "Line")) }
                th scope="col" { (frame.say("Mục", "Entry")) }
                th scope="col" { (frame.say("Trường", "Field")) }
                th scope="col" { (frame.say("Sai gì", "What is wrong")) }
            } }
            tbody { @for fault in found.iter().take(MOST_SHOWN) { tr {
                td.n data-name=(frame.say("Dòng", "Line")) { (fault.line) }
                td data-name=(frame.say("Mục", "Entry")) { bdi { (fault.entry) } }
                td.wide data-name=(frame.say("Trường", "Field")) { bdi { (fault.field) } }
                td.wide data-name=(frame.say("Sai gì", "What is wrong")) { bdi { (faults::told(&fault.what, frame.lang)) } }
            } } }
        } }
        @if count > MOST_SHOWN { p.hint {
            (frame.say("Chỉ hiện những chỗ đầu tiên: ", "Only the first are shown: ")) (MOST_SHOWN) "/" (count)
        } }
    }
}

fn declined(frame: &Frame, reasons: &[[String; 2]]) -> Mistakes {
    let mut mistakes = Mistakes::default();
    for [vi, en] in reasons.iter().take(MOST_SHOWN) {
        let (at, name) = (Some("catalogue".to_owned()), String::new());
        mistakes.push(Mistake { at, name, why: frame.say(vi, en).to_owned() });
    }
    mistakes
}

fn listed(frame: &Frame, prefix: &str, found: &ListedPage) -> Markup {
    html! {
        form.filter method="get" action={ (ROOT) "/catalogue" } role="search" {
            div {
                label for="code" { (frame.say("Mã thủ tục bắt đầu bằng", "Code begins with")) }
                input id="code" name="code" value=(prefix) maxlength=(LONGEST_CODE);
            }
            button { (frame.say("Tìm", "Search")) }
        }
        @if found.items.is_empty() { p { (frame.say("Không có thủ tục nào.", "There is no procedure.")) } } @else {
            div.list { table.rows id="procedures" {
                thead { tr {
                    th scope="col" { (frame.say("Mã", "Code")) }
                    th.n scope="col" { (frame.say("Phiên bản", "Version")) }
                    th scope="col" { (frame.say("Tên", "Name")) }
                    th scope="col" { (frame.say("Hiệu lực", "In force")) }
                    th scope="col" { (frame.say("Nộp trực tuyến", "Online")) }
                } }
                tbody { @for entry in &found.items { (row(frame, entry)) } }
            } }
            @if let Some((code, version)) = &found.next {
                @let after = format!("{version}~{code}");
                p { a.button href={ (ROOT) "/catalogue?code=" (query::encode(prefix.as_bytes())) "&after=" (query::encode(after.as_bytes())) } {
                    (frame.say("Trang sau", "Next page"))
                } }
            }
        }
    }
}

fn row(frame: &Frame, entry: &Listed) -> Markup {
    html! { tr {
        td.code data-name=(frame.say("Mã", "Code")) {
            a href={ (ROOT) "/catalogue/" (query::encode(entry.code.as_bytes())) } { bdi { (entry.code) } }
        }
        td.n data-name=(frame.say("Phiên bản", "Version")) { (entry.version) }
        td data-name=(frame.say("Tên", "Name")) { bdi { (frame.say(&entry.name_vi, &entry.name_en)) } }
        td data-name=(frame.say("Hiệu lực", "In force")) { (validity(frame, entry.valid_from, entry.valid_until)) }
        td data-name=(frame.say("Nộp trực tuyến", "Online")) {
            @if entry.online { (frame.say("có", "yes")) } @else { (frame.say("không", "no")) }
        }
    } }
}

/// From the first to the last day on which dossiers are received under a version.
pub(super) fn validity(frame: &Frame, from: Option<jiff::civil::Date>, until: Option<jiff::civil::Date>) -> String {
    let from = from.map(written);
    let until = until.map(written);
    match (from, until) {
        (None, None) => frame.say("không giới hạn", "without limit").to_owned(),
        (Some(from), None) => format!("{} {from}", frame.say("từ", "from")),
        (None, Some(until)) => format!("{} {until}", frame.say("đến hết", "until")),
        (Some(from), Some(until)) => format!("{from} – {until}"),
    }
}

/// The form; `text` is its content.
fn form(frame: &Frame, text: &str, mistakes: &Mistakes) -> Markup {
    let file =
        Field::new(frame.lang, "file", frame.say("Tệp TOML (UTF-8, tối đa 4 MB)", "TOML file (UTF-8, 4 MB at most)"));
    let field = Field::new(frame.lang, "catalogue", frame.say("Hoặc nội dung", "Or its text"));
    let field = field.wrong(mistakes.why("catalogue")).hinted(frame.say(
        "Khi chọn tệp thì tệp được dùng. Một phiên bản đã nhập không đổi được; sai một dòng thì không nhập gì.",
        "Where a file is chosen it is taken. An imported version never changes; one wrong line, and nothing is imported.",
    ));
    html! {
        h2 { (frame.say("Nhập danh mục", "Import a catalogue")) }
        form method="post" action={ (ROOT) "/catalogue" } enctype="multipart/form-data" novalidate {
            (frame.csrf_field())
            (file.around(&html! { input id="file" name="file" type="file" accept=".toml,application/toml,text/plain"; }))
            (field.around(&html! {
                // The first line end within a textarea is not part of its value.
                textarea.catalogue id="catalogue" name="catalogue" rows="16" spellcheck="false" autocomplete="off"
                    aria-invalid=[field.invalid()] aria-describedby=[field.described_by()] { "\n" (text) }
            }))
            div.buttons {
                button.main name="do" value="import" { (frame.say("Nhập", "Import")) }
                button name="do" value="check" { (frame.say("Chỉ kiểm tra", "Check only")) }
            }
        }
    }
}
