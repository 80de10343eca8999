//! The address of a result: typed, chosen and read back as on the public pages, with the consent of whoever it belongs to.

use ::pages::address::{AddressForm, Around, At, Known, Step};
use ::pages::form::Form;
use ::pages::part::errors::{Mistakes, NOT_RECORDED};
use maud::{Markup, html};
use rules::person::Person;
use rules::vietnam;

use super::About;
use super::inputs::{Inputs, fresh_key};
use crate::pages::visit::Visit;

/// The fields of the command that the steps of the address hold.
const ADDRESS: [&str; 3] = ["street", "commune", "old"];

/// Outcome of a form's step.
pub(super) enum Next {
    /// Another step, with the status of its page.
    Step(u16, Markup),
    /// The command, with the address in its fields.
    Command(Form),
}

/// The catalogue by which addresses are read.
fn known<'a>(about: &About<'a>) -> Known<'a> {
    let visit = &about.visit;
    Known { units: visit.site.units(), today: vietnam::day(visit.now), lang: visit.frame.lang }
}

/// Goes to the next step of a form; of none, to the one at which the address that is known is proposed.
pub(super) fn next(about: &About<'_>, sent: Option<&Form>, around: impl Fn(&Markup) -> Markup) -> Next {
    let none = Form::default();
    let at = at(about, sent.unwrap_or(&none));
    if let (Step::Taken(address), Some(sent)) = (&at.step, sent) {
        let command = sent.clone().with("street", address.street()).with("commune", &address.commune().to_string());
        let old = address.old().map(|old| old.to_string()).unwrap_or_default();
        return Next::Command(command.with("old", &old).with("confirm", "1"));
    }
    let status = if at.mistakes.is_empty() { 200 } else { 400 };
    let summary = at.mistakes.summary(about.visit.frame.lang, NOT_RECORDED);
    let content = around(&shown(about, sent.unwrap_or(&none), &at, &Mistakes::default()));
    Next::Step(status, html! { (summary) (content) })
}

/// Writes the step that a form is at, with the mistakes in the other fields.
pub(super) fn inputs(about: &About<'_>, sent: &Form, mistakes: &Mistakes) -> Markup {
    shown(about, sent, &at(about, sent), mistakes)
}

fn at<'a>(about: &About<'a>, sent: &Form) -> At<'a> {
    let typed = AddressForm::FIELDS.iter().any(|name| sent.get(name).is_some());
    let form = if typed { AddressForm::of(sent) } else { proposed(about.opened.whole.person.as_ref()) };
    form.step(&known(about))
}

fn proposed(person: Option<&Person>) -> AddressForm {
    // What somebody wants by a page comes before what was confirmed.
    let wanted = person.and_then(|person| person.proposed.as_deref()).map(|proposal| &proposal.mailing);
    match wanted.or_else(|| person.and_then(|person| person.mailing.as_deref())) {
        Some(mailing) => AddressForm::of_address(&mailing.address),
        None => AddressForm::of_declared(person.and_then(Person::declared_address).unwrap_or_default()),
    }
}

fn shown(about: &About<'_>, sent: &Form, at: &At<'_>, mistakes: &Mistakes) -> Markup {
    let person = about.opened.whole.person.as_ref();
    let frame = about.visit.frame;
    let before = with_known(sent, person);
    let more = Inputs { about, sent: &before, mistakes }.but(&ADDRESS);
    let around =
        Around { more: &more, send: ["Ghi địa chỉ này", "Record this address"], focus: mistakes.is_empty() };
    let is_last = matches!(at.step, Step::ReadBack(_) | Step::Taken(_));
    let others = about.spec.fields.iter().filter(|field| !ADDRESS.contains(&field.name)).map(|field| field.name);
    html! {
        @if let Some(declared) = person.and_then(Person::declared_address) {
            p { (frame.say("Địa chỉ đã khai", "Declared address")) ": " bdi { (declared) } }
        }
        (at.shown(&known(about), &around))
        @if !is_last { @for name in others.chain(["at"]) {
            @if let Some(value) = sent.get(name) { input type="hidden" name=(name) value=(value); }
        } }
    }
}

/// The form with who may receive the result and the telephone, as they were confirmed before, until somebody types others.
fn with_known(sent: &Form, person: Option<&Person>) -> Form {
    let Some(mailing) = person.and_then(|person| person.mailing.as_deref()).filter(|_| sent.get("consent").is_none())
    else {
        return sent.clone();
    };
    let known = [("receiver", &mailing.receiver), ("phone", &mailing.phone)];
    known
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.as_deref()?)))
        .fold(sent.clone(), |form, (name, value)| form.with(name, value))
}

/// A form whose buttons are among its controls.
pub(super) fn framed(about: &About<'_>, sent: Option<&Form>, controls: &Markup) -> Markup {
    let About { visit: Visit { frame, .. }, opened, spec, .. } = about;
    let dossier = opened.dossier();
    let key = sent.and_then(|sent| sent.get("key")).map_or_else(fresh_key, str::to_owned);
    html! {
        form method="post" novalidate action={ "/desk/dossiers/" (dossier.id) "/" (spec.name) } {
            (frame.csrf_field())
            input type="hidden" name="version" value=(dossier.version);
            input type="hidden" name="key" value=(key);
            (controls)
        }
        p { a href={ "/desk/dossiers/" (dossier.id) } { (frame.say("Về hồ sơ", "Back to the dossier")) } }
    }
}
