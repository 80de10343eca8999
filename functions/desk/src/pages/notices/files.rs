//! Files of a notice, such as the scan of the directive: each one added is a new version of the notice.

use bytes::Bytes;
use maud::{Markup, html};
use motcua::store::Published;
use rules::http::{Response, respond};
use rules::notice::{MOST_ATTACHMENTS, Notice};
use scans::notice::{Fault, store};

use super::ROOT;
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use ::pages::form::NotAForm;
use ::pages::multipart;
use ::pages::part::errors::{Mistakes, NOT_RECORDED};

/// Id of the field.
const FILE: &str = "file";
/// Most bytes that can arrive: a file over the limit can still be refused with a reason.
const ARRIVES: usize = 6 * 1024 * 1024;

/// The form as sent.
#[derive(Default)]
struct Sent {
    csrf: String,
    key: String,
    file_name: Option<String>,
    content: Bytes,
}

/// Outcome of a file that was sent.
pub(super) enum Added {
    /// It goes with the notice, now or since before.
    Done(Response),
    /// It was not stored, and why; with the notice as it is.
    Refused(Fault, Box<Notice>),
}

/// Stores a file and publishes the notice with it.
pub(super) async fn add(visit: &Visit<'_>, number: u32) -> Result<Added, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let newest = site.recorder.store().notice(&staff.agency, number).await?.ok_or(Problem::NotFound)?;
    let sent = match read(visit).await {
        Ok(sent) => sent,
        // A body over every limit was not read, and neither was its secret.
        Err(NotAForm::TooLarge) => return Ok(Added::Refused(Fault::TooLarge, Box::new(newest))),
        Err(error) => return Err(error.into()),
    };
    visit.is_own(Some(&sent.csrf))?;
    if newest.withdrawn || newest.enclosures.len() >= MOST_ATTACHMENTS {
        return Ok(done(number));
    }
    let enclosure = match store(visit.papers().as_ref(), &staff.agency, sent.file_name.as_deref(), sent.content).await {
        Ok(enclosure) => enclosure,
        Err(fault) => return Ok(Added::Refused(fault, Box::new(newest))),
    };
    if newest.enclosures.iter().any(|file| file.sha256 == enclosure.sha256) {
        return Ok(done(number));
    }
    let mut next = Notice { version: newest.version + 1, published_at: now, ..newest };
    next.published_by.clone_from(&staff.subject);
    next.enclosures.push(enclosure);
    let stood = site.recorder.store().standing_notices(&staff.agency).await?;
    match site.recorder.store().publish(&staff.agency, next, &stood, &sent.key).await? {
        Published::Now(_) | Published::Before => Ok(done(number)),
        Published::Raced => Err(Problem::Later(frame.say("thông báo vừa đổi", "the notice changed").to_owned())),
    }
}

async fn read(visit: &Visit<'_>) -> Result<Sent, NotAForm> {
    let mut sent = Sent::default();
    for part in multipart::parts(visit.request, &["csrf", "key", FILE], ARRIVES).await? {
        let text = || String::from_utf8(part.content.to_vec()).map_err(|_| NotAForm::Malformed);
        match part.name.as_str() {
            "csrf" => sent.csrf = text()?,
            "key" => sent.key = text().ok().filter(|key| key.len() <= 64 && key.is_ascii()).unwrap_or_default(),
            _ => {
                sent.file_name = part.file_name;
                sent.content = part.content;
            }
        }
    }
    if sent.key.is_empty() { Err(NotAForm::Malformed) } else { Ok(sent) }
}

fn done(number: u32) -> Added {
    Added::Done(respond::see_other(format!("{ROOT}/{number}")))
}

/// Returns the status and the words of a refusal.
pub(super) fn refusal(frame: &Frame, fault: Fault) -> (u16, Mistakes) {
    let status = match fault {
        Fault::TooLarge => 413,
        Fault::OtherKind => 415,
        Fault::Away => 503,
        Fault::NoFile | Fault::Empty | Fault::NoName | Fault::NoPlace => 422,
    };
    (status, Mistakes::at(FILE, frame.say("Tệp", "File"), frame.lang.pick(fault.said())))
}

/// The form for one more file.
pub(super) fn form(frame: &Frame, newest: &Notice, key: &str, mistakes: &Mistakes) -> Markup {
    html! { @if newest.enclosures.len() < MOST_ATTACHMENTS {
        (mistakes.summary(frame.lang, NOT_RECORDED))
        form method="post" action={ (ROOT) "/" (newest.number) "/files" } enctype="multipart/form-data" novalidate {
            (frame.csrf_field())
            input type="hidden" name="key" value=(key);
            div.field.bad-field[mistakes.why(FILE).is_some()] {
                label for=(FILE) { (frame.say("Thêm tệp, như bản chụp văn bản: PDF, JPEG, PNG đến 4 MB", "Add a file, such as the scan of the directive: PDF, JPEG, PNG up to 4 MB")) }
                @if let Some(why) = mistakes.why(FILE) { p.wrong id={ (FILE) "-wrong" } { (why) } }
                input id=(FILE) name=(FILE) type="file" accept=".pdf,.jpg,.jpeg,.png" aria-describedby=[mistakes.why(FILE).map(|_| format!("{FILE}-wrong"))];
            }
            button { (frame.say("Thêm tệp", "Add the file")) }
        }
    } }
}
