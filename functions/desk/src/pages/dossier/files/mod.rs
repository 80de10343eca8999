//! The files of a dossier: those that portals link to, and the scans that the office keeps itself.
//!
//! | request under `/desk/dossiers/{id}/files` | answer |
//! | --- | --- |
//! | `POST /`, a form with a file | stores it and leads back to the dossier, or says there what is wrong |
//! | `GET /{sha256}` | the file, as it was stored or not at all |

mod linked;
mod opened;
mod sent;
#[cfg(test)]
mod tests;
mod words;

use http::Method;
use maud::{Markup, html};
use motcua::store::Did;
use rules::attachment::{Attachment, attachments};
use rules::http::{Response, respond};
use rules::id::DossierId;
use rules::language::Both;
use rules::limits::LONGEST_FILE_NAME;
use rules::papers::{MOST_FILES, Scan};
use rules::vietnam;
use scans::{Papers, PapersError};

pub(crate) use opened::open;
use sent::{Sent, Unfit};
pub(super) use words::done as told_of;

use super::Notice;
use crate::pages::dossier::opened::Opened;
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use ::pages::part::errors::Mistakes;
use ::pages::part::field::{Field, Line};

/// A form that was sent and not taken, to be shown again.
pub(super) struct Attempt {
    sent: Sent,
    why: Unfit,
}

impl Attempt {
    /// Reason why it was not taken, above the page.
    pub(super) fn complaint(&self, frame: &Frame) -> Markup {
        self.mistakes(frame).summary(
            frame.lang,
            [
                "Chưa lưu bản quét. Những gì đã ghi còn trong biểu mẫu; tệp phải chọn lại.",
                "The scan was not stored. What was typed still stands in the form; the file must be chosen again.",
            ],
        )
    }

    fn mistakes(&self, frame: &Frame) -> Mistakes {
        let at = match self.why {
            Unfit::UnknownPaper => "scan-paper",
            Unfit::NoName | Unfit::LongName => "scan-name",
            Unfit::NoFile | Unfit::Empty | Unfit::TooLarge | Unfit::OtherKind => "scan-file",
            Unfit::TooMany | Unfit::NoPlace | Unfit::Away => return Mistakes::of_all(frame.lang.pick(self.why.told())),
        };
        Mistakes::at(at, "", frame.lang.pick(self.why.told()))
    }
}

/// The papers that a file can show: those that the procedure names, those of the dossier, those of its form.
fn papers(opened: &Opened) -> Vec<String> {
    let listed = opened.procedure.as_deref().map(|procedure| procedure.papers.as_slice()).unwrap_or_default();
    let named = listed.iter().map(|paper| paper.code.clone());
    let known = opened.dossier().papers.keys().cloned();
    let sent = opened.whole.forms.iter().flat_map(|(_, form)| attachments(form)).filter_map(|file| file.paper);
    let mut codes = Vec::new();
    for code in named.chain(known).chain(sent) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// The files, and the form for one more.
pub(super) fn show(visit: &Visit<'_>, opened: &Opened, attempt: Option<&Attempt>) -> Markup {
    let Visit { staff, frame, .. } = *visit;
    html! {
        h2 id="files" { (frame.say("Tệp đính kèm", "Files")) }
        (linked::show(frame, opened))
        (kept(frame, opened))
        @if staff.needs(Permission::Handle).is_ok() {
            @match &visit.papers() {
                Some(_) => (form(frame, opened, attempt)),
                None => p.hint { (frame.say(
                    "Chưa lưu được bản quét: cấu hình chưa có nơi lưu (papers_bucket). Hãy báo quản trị viên.",
                    "No scans can be stored: the configuration names no place for them (papers_bucket). Tell the administrator.",
                )) },
            }
        }
    }
}

/// The codes of the papers that the files of portals show.
pub(super) fn papers_sent(opened: &Opened) -> Vec<String> {
    let files = opened.whole.forms.iter().flat_map(|(_, form)| attachments(form));
    files.filter_map(|file| paper_of(opened, &file).map(str::to_owned)).collect()
}

/// The code of the paper that a file shows: the check-list's, by its code or its name, or the one that the form gives.
fn paper_of<'a>(opened: &'a Opened, file: &'a Attachment) -> Option<&'a str> {
    let given = file.paper.as_deref();
    let listed = opened.procedure.as_deref().and_then(|procedure| procedure.paper_of(given, &file.name));
    listed.map(|paper| paper.code.as_str()).or(given)
}

/// The scans that the office keeps.
fn kept(frame: &Frame, opened: &Opened) -> Markup {
    let names = opened.names(frame.lang);
    let shown_above = linked::stored(opened);
    let scans: Vec<_> = opened.whole.scans.iter().filter(|scan| !shown_above.contains(&scan.sha256)).collect();
    html! {
        @if scans.is_empty() {
            p.soft { (frame.say("Chưa có bản quét nào lưu tại đây.", "No scan is stored here yet.")) }
        } @else {
            ul id="scans" { @for scan in &scans { li.wide {
                a href={ "/desk/dossiers/" (opened.dossier().id) "/files/" (scan.sha256) } { bdi { (scan.name) } }
                @if let Some(paper) = &scan.paper { " – " (names.paper(paper)) }
                br;
                small {
                    (scan.kind.name()) ", " (words::size(scan.size_bytes, frame.lang)) ", "
                    bdi { (scan.by) } ", " (vietnam::date_time(scan.at)) br;
                    "SHA-256 " span { (scan.sha256) }
                }
            } } }
        }
    }
}

fn form(frame: &Frame, opened: &Opened, attempt: Option<&Attempt>) -> Markup {
    let names = opened.names(frame.lang);
    let sent = attempt.map(|attempt| &attempt.sent);
    let mistakes = attempt.map(|attempt| attempt.mistakes(frame)).unwrap_or_default();
    let field =
        |id: &'static str, label: Both| Field::new(frame.lang, id, frame.lang.pick(label)).wrong(mistakes.why(id));
    let known = papers(opened).into_iter().map(|code| (code.clone(), names.paper(&code)));
    let other = (String::new(), frame.say("Giấy tờ khác", "Another paper").to_owned());
    let options: Vec<_> = known.chain([other]).collect();
    let chosen = sent.map(|sent| sent.paper.as_deref().unwrap_or_default());
    let name = Line {
        name: "name",
        value: sent.and_then(|sent| sent.name.as_deref()),
        longest: Some(LONGEST_FILE_NAME),
        ..Line::default()
    };
    let file = field("scan-file", ["Tệp PDF, JPEG hoặc PNG, tối đa 4 MB", "PDF, JPEG or PNG file, 4 MB at most"]);
    html! {
        // The file comes last: whatever its length, the fields before it are read.
        form method="post" novalidate action={ "/desk/dossiers/" (opened.dossier().id) "/files" } enctype="multipart/form-data" {
            (frame.csrf_field())
            (field("scan-paper", ["Bản quét của giấy tờ", "Scan of"]).list("paper", &options, chosen, false))
            (field("scan-name", ["Tên hiển thị", "Shown name"]).optional()
                .hinted(frame.say("Để trống thì dùng tên tệp.", "Empty: the file's own.")).line(&name))
            (file.around(&html! {
                input id="scan-file" name="file" type="file" required accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
                    aria-invalid=[file.invalid()] aria-describedby=[file.described_by()];
            }))
            div.buttons { button { (frame.say("Lưu bản quét", "Store the scan")) } }
        }
    }
}

/// Stores the file that was sent. Any mistake is shown on the dossier's page, with the form as it was.
pub(crate) async fn keep(visit: &Visit<'_>, id: DossierId) -> Result<Response, Problem> {
    let Visit { site, staff, frame: _, request, now, .. } = *visit;
    let dossier = format!("/desk/dossiers/{id}");
    if request.method() == Method::GET || request.method() == Method::HEAD {
        // Somebody switches the language on the answer to a form, or comes back to its address.
        return Ok(respond::see_other(dossier));
    }
    if request.method() != Method::POST {
        return Err(Problem::Method);
    }
    staff.needs(Permission::Handle)?;
    let sent = Sent::of(request).await?;
    visit.is_own(Some(&sent.csrf))?;
    let opened = Opened::read(site, &staff.agency, id, now).await?.ok_or(Problem::NotFound)?;
    let kept = match sent.scan(&papers(&opened), &staff.subject, now) {
        Ok(scan) => stored(visit, &opened, &sent, &scan).await,
        Err(why) => Err(why),
    };
    let why = match kept {
        Ok(done) => {
            return Ok(respond::see_other(format!("{dossier}?done={}", done.word())));
        }
        Err(why) => why,
    };
    tracing::info!(%why, "a file that was not stored");
    // Audited, because the page with that notice shows the dossier.
    visit.audits(Did::Opened { id }).await?;
    let notice = Notice::NotStored(Attempt { sent, why });
    Ok(super::answered(visit, why.status(), &opened, &notice))
}

/// Outcome for a valid file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Done {
    /// It is stored.
    Now,
    /// The same was stored before.
    Before,
}

impl Done {
    /// Its word in the address of the page that shows it.
    fn word(self) -> &'static str {
        match self {
            Self::Now => "file",
            Self::Before => "file-before",
        }
    }

    pub(super) fn named(word: &str) -> Option<Self> {
        [Self::Now, Self::Before].into_iter().find(|done| done.word() == word)
    }
}

/// First the object, then its record: whatever is recorded is durable, and an object without a record harms nobody.
async fn stored(visit: &Visit<'_>, opened: &Opened, sent: &Sent, scan: &Scan) -> Result<Done, Unfit> {
    let Visit { site, frame: _, .. } = *visit;
    let scans = &opened.whole.scans;
    if scans.iter().any(|kept| kept.sha256 == scan.sha256) {
        return Ok(Done::Before);
    }
    if scans.len() >= MOST_FILES {
        return Err(Unfit::TooMany);
    }
    let papers: Papers = visit.papers().ok_or(Unfit::NoPlace)?;
    let (agency, id) = (&visit.staff.agency, opened.dossier().id);
    let away = |error: PapersError| {
        tracing::error!(%error, "a file was not stored");
        Unfit::Away
    };
    papers.put(agency, id, scan, sent.content.clone()).await.map_err(away)?;
    match site.recorder.store().record_scan(agency, id, scan).await {
        Ok(None) => Ok(Done::Now),
        Ok(Some(_)) => Ok(Done::Before),
        Err(error) => Err(away(error.into())),
    }
}
