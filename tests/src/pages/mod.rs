//! The desk's pages as a browser without scripts meets them: forms, previews before they act, and the answers to
//! anything odd.

mod address;
mod aside;
mod decisions;
mod directive;
mod endings;
mod files;
mod intake;
mod mistakes;
mod money;
pub(crate) mod notices;
mod odd;
mod people;
mod post;
mod receipts;
mod refused;
pub(crate) mod register;
mod reporting;
pub(crate) mod seeded;
mod walk;
mod wishes;
mod words;

use rules::http::{Reply, Response};

use crate::sign_in::{Browser, csrf_in, location, of};
use crate::town::Town;

/// A form on a page: the fields it would send.
struct Filled(Vec<(String, String)>);

impl Filled {
    /// Reads the hidden fields of the form that is sent to `action`.
    fn on(page: &str, action: &str) -> Self {
        let (_, rest) = page.split_once(&format!("action=\"{action}\"")).unwrap_or_else(|| panic!("no form {action}"));
        let form = rest.split("</form>").next().unwrap();
        let hidden = form.split("<input type=\"hidden\" ").skip(1).map(|field| {
            let value = |name: &str| field.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap();
            (value("name").to_owned(), value("value").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
        });
        Self(hidden.collect())
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.into(), value.into()));
        self
    }

    fn fields(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

/// Signs a member of staff in, and returns the browser.
pub(crate) async fn seated<'t>(town: &'t Town, role: &str) -> Browser<'t> {
    let mut browser = Browser::new(town);
    browser.signs_in(&of(town, role), "/desk").await;
    browser
}

/// Gives a command as people do: the form, the preview, the confirmation.
async fn give(browser: &mut Browser<'_>, id: &str, command: &str, typed: &[(&str, &str)]) -> Response {
    let path = format!("/desk/dossiers/{id}/{command}");
    let form = browser.get(&path).await;
    assert_eq!(form.status().as_u16(), 200, "{}", form.text());
    let filled = typed.iter().fold(Filled::on(form.text(), &path), |form, (name, value)| form.with(name, value));
    let preview = browser.post(&path, &filled.fields()).await;
    assert_eq!(preview.status().as_u16(), 200, "{}", preview.text());
    assert!(preview.text().contains("Kiểm tra trước khi ghi"), "{}", preview.text());
    let confirmed = Filled::on(preview.text(), &path).with("confirm", "1");
    browser.post(&path, &confirmed.fields()).await
}
