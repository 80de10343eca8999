//! Notices: what a directive asks the office to tell and to grant, written by a manager and read by everybody.
//!
//! | path under `/desk/notices` | shows |
//! | --- | --- |
//! | `/`, `?below=` | the notices that run, that come and that ended, newest first |
//! | `/new` | the form; a second look at what will be published; the publication |
//! | `/{number}` | a notice as the public sees it, its copies, and who has read it; `?as_of=` what became of it by a day |
//! | `/{number}/edit` | the same form for a new version |
//! | `POST /{number}/read` | the reader confirms that they read the newest version |
//! | `POST /{number}/files` | adds a file, by a new version |
//! | `POST /{number}/withdraw` | takes a notice back: its effects end, what they granted stays |

mod checks;
mod fields;
mod figures;
mod files;
mod list;
mod one;
mod publish;
mod read;

use rules::http::Response;

use super::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;

/// Path of the list.
const ROOT: &str = "/desk/notices";

/// Answers a request below [`ROOT`].
pub(crate) async fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    if let (["notices", number, "files"], false) = (path, visit.reads()) {
        visit.needs(Permission::PublishNotices)?;
        return match Box::pin(files::add(visit, number.parse().map_err(|_| Problem::NotFound)?)).await? {
            files::Added::Done(answer) => Ok(answer),
            files::Added::Refused(fault, newest) => {
                let (status, mistakes) = files::refusal(visit.frame, fault);
                one::page_of(visit, status, (&newest, &newest), &visit.asked(), &mistakes).await
            }
        };
    }
    let sent = visit.sent()?;
    match (path, sent) {
        (["notices"] | ["notices", ""], None) => list::show(visit, &visit.asked()).await,
        (["notices", "new"], sent) => {
            visit.needs(Permission::PublishNotices)?;
            Box::pin(publish::answer(visit, None, sent.as_ref())).await
        }
        (["notices", number, rest @ ..], sent) => {
            let number = number.parse::<u32>().ok().filter(|number| *number > 0).ok_or(Problem::NotFound)?;
            match (rest, sent) {
                ([], None) => one::show(visit, number, &visit.asked()).await,
                (["edit"], sent) => {
                    visit.needs(Permission::PublishNotices)?;
                    Box::pin(publish::answer(visit, Some(number), sent.as_ref())).await
                }
                (["read"], Some(sent)) => read::confirm(visit, number, &sent).await,
                (["withdraw"], Some(sent)) => {
                    visit.needs(Permission::PublishNotices)?;
                    Box::pin(publish::withdraw(visit, number, &sent)).await
                }
                ([] | ["read" | "withdraw" | "files"], _) => Err(Problem::Method),
                _ => Err(Problem::NotFound),
            }
        }
        _ => Err(Problem::NotFound),
    }
}
