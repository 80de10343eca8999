//! The way in which the people of a dossier want to be told: language and outlets, for all their dossiers.
//!
//! `GET` shows it with the day of each opt-out; `POST` writes the wishes of one of them down, with the way they said so.

use maud::{Markup, html};
use motcua::store::{Did, Key, wishes_at};
use rules::calls;
use rules::dossier::{Consent, Kind};
use rules::http::{Response, respond};
use rules::id::DossierId;
use rules::language::{Both, Language};
use rules::message::Outlet;
use rules::person::{Party, Person, Said, Wishes};
use rules::phone::Phone;
use rules::vietnam;
use rules::worklist::SearchKey;

use crate::pages::dossier::opened::Opened;
use crate::pages::layout::{Frame, Place, framed};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::words;
use ::pages::form::{Form, NotAForm};
use ::pages::part::errors::{Mistake, Mistakes, NOT_RECORDED};

/// Name of the field of the language.
const LANGUAGE: Both = ["Ngôn ngữ của tin", "Language of messages"];

/// Name of the box about broadcasts.
const BROADCASTS: &str = "broadcasts";
/// Name of the field that says that the box was shown.
const ABOUT_BROADCASTS: &str = "about_broadcasts";

/// Name of the box about the daily list.
const DAILY: &str = "daily";
/// Name of the field that says that the box was shown.
const ABOUT_DAILY: &str = "about_daily";
/// Dossiers under way of which somebody must have more, to choose one letter a day.
const MANY: usize = 10;

/// Answers `/desk/dossiers/{id}/messages`.
pub(super) async fn answer(visit: &Visit<'_>, id: DossierId) -> Result<Response, Problem> {
    let sent = visit.sent()?;
    visit.staff.may(Kind::CorrectContact)?;
    let opened = super::opened(visit, id).await?;
    let Some(person) = &opened.whole.person else { return Err(Problem::NotFound) };
    match sent {
        Some(sent) => keep(visit, &opened, person, &sent).await,
        None => show(visit, (200, &Mistakes::default()), &opened, person).await,
    }
}

/// Writes the wishes of one of them down.
async fn keep(visit: &Visit<'_>, opened: &Opened, person: &Person, sent: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let id = opened.dossier().id;
    let malformed = || Problem::Form(NotAForm::Malformed);
    let (place, whose, party) =
        parties(person).find(|(_, name, _)| sent.get("whose") == Some(name)).ok_or_else(malformed)?;
    let language = Language::from_code(sent.get("language").unwrap_or_default());
    let how = consent(sent.get("consent").unwrap_or_default());
    let (Some(language), Some(how)) = (language, how) else {
        let why = frame.say("Cần chọn một mục.", "Choose one.");
        let mut mistakes = Mistakes::default();
        for (field, chosen, name) in [
            ("language", language.is_some(), frame.lang.pick(LANGUAGE)),
            ("consent", how.is_some(), frame.lang.pick(words::field(Kind::CorrectContact, "consent"))),
        ] {
            if !chosen {
                mistakes.push(Mistake { at: Some(control(field, whose)), name: name.into(), why: why.into() });
            }
        }
        return show(visit, (400, &mistakes), opened, person).await;
    };
    let asked = outlets(visit);
    let wanted: Vec<Outlet> = asked.iter().copied().filter(|outlet| sent.get(outlet.name()).is_some()).collect();
    let name = name(visit, person, (id, place));
    let store = site.recorder.store();
    visit.audits(Did::WroteWishes { id, call: name.clone() }).await?;
    let wishes = store.wishes(&staff.agency, &name).await?;
    let said = Said { at: now, by: staff.subject.clone(), how };
    // A page that was opened before there were broadcasts does not ask about them.
    let broadcasts = match sent.get(ABOUT_BROADCASTS) {
        Some(_) => sent.get(BROADCASTS).is_some(),
        None => wishes.broadcasts_off_since.is_none(),
    };
    let daily = match sent.get(ABOUT_DAILY) {
        Some(_) if wishes.daily_since.is_some() || may_choose_a_list(visit, party).await? => sent.get(DAILY).is_some(),
        Some(_) | None => wishes.daily_since.is_some(),
    };
    let wishes = wishes.said(language, &asked, &wanted, said).with_broadcasts(broadcasts, now);
    let wishes = wishes.with_daily_list(daily, now);
    if !store.keep_wishes(&staff.agency, &name, &wishes).await? {
        return Err(Problem::Later("wishes were written by two at once".to_owned()));
    }
    Ok(respond::see_other(format!("/desk/dossiers/{id}/messages?done=1")))
}

async fn show(
    visit: &Visit<'_>,
    (status, mistakes): (u16, &Mistakes),
    opened: &Opened,
    person: &Person,
) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let (id, agency) = (opened.dossier().id, &staff.agency);
    visit.audits(Did::Opened { id }).await?;
    let keys: Vec<Key> =
        parties(person).map(|(place, ..)| Key::wishes(agency, &name(visit, person, (id, place)))).collect();
    let found = site.recorder.store().all_lately(&keys).await?;
    let outlets = outlets(visit);
    let mut forms = Vec::new();
    for ((_, whose, party), key) in parties(person).zip(&keys) {
        let is_first = forms.is_empty() && mistakes.is_empty();
        let wishes = wishes_at(&found, key)?;
        let daily = wishes.daily_since.is_some() || may_choose_a_list(visit, party).await?;
        forms.push(form(opened, frame, (id, whose, party), (&outlets, is_first, daily), &wishes));
    }
    let content = html! {
        @if visit.asked().get("done").is_some() {
            div.notice.done role="status" { p { strong { (frame.say("Đã ghi cách báo tin.", "The way to be told is noted.")) } } }
        }
        (mistakes.summary(frame.lang, NOT_RECORDED))
        dl.summary id="case" {
            div { dt { (frame.say("Hồ sơ", "Dossier")) } dd { (opened.dossier().called()) } }
            @for (_, whose, party) in parties(person) {
                div { dt { (words::choice(whose, frame.lang)) } dd { strong { bdi { (party.name) } } } }
            }
        }
        p { (frame.say(
            "Áp dụng cho mọi hồ sơ của người này tại cơ quan. Ai không muốn nhận tin thì không được gửi; việc có hạn phải làm thì vẫn gọi điện báo.",
            "This holds for all dossiers of this person at the agency. Nothing is sent to those who do not want it; what must be done by a day is still told on the phone.",
        )) }
        @for form in &forms { (form) }
        p { a.button href={ "/desk/dossiers/" (id) } { (frame.say("Về hồ sơ", "Back to the dossier")) } }
    };
    Ok(framed(status, frame, Place::Dossier, frame.say("Cách báo tin", "How people are told"), &content))
}

fn form(
    opened: &Opened,
    frame: &Frame,
    (id, whose, party): (DossierId, &str, &Party),
    (outlets, is_first, daily): (&[Outlet], bool, bool),
    wishes: &Wishes,
) -> Markup {
    let languages = [(Language::Vi, ["Tiếng Việt", "Vietnamese"]), (Language::En, ["Tiếng Anh", "English"])];
    html! {
        form.sheet method="post" action={ "/desk/dossiers/" (id) "/messages" } novalidate {
            (frame.csrf_field())
            input type="hidden" name="whose" value=(whose);
            h2 { (words::choice(whose, frame.lang)) ": " bdi { (party.name) } }
            @if let Some(said) = &wishes.said {
                p.hint {
                    (frame.say("Ghi lần cuối", "Noted last")) " " (vietnam::date_time(said.at)) ", "
                    bdi { (opened.names(frame.lang).account(&said.by)) } ", " (words::choice(consent_name(said.how), frame.lang))
                }
            }
            fieldset.check {
                legend { (frame.lang.pick(LANGUAGE)) }
                @for (at, (language, name)) in languages.into_iter().enumerate() {
                    label { input type="radio" id=[(at == 0).then(|| control("language", whose))] autofocus[at == 0 && is_first] name="language" value=(language.code()) checked[wishes.language == language]; " " (frame.lang.pick(name)) }
                }
            }
            fieldset.check {
                legend { (frame.say("Được báo bằng", "To be told by")) }
                @for outlet in outlets {
                    label {
                        input type="checkbox" name=(outlet.name()) value="1" checked[wishes.opt_out(*outlet).is_none()];
                        " " (frame.lang.pick(words::outlet(*outlet)))
                        @if let Some(opt_out) = wishes.opt_out(*outlet) {
                            " " small { (frame.say("từ chối từ", "declined since")) " " (vietnam::date(opt_out.since))
                                @if opt_out.to_service { ", " (frame.say("báo qua nhà mạng", "told to the service")) } }
                        }
                    }
                }
            }
            @if daily { (daily_list(frame, wishes)) }
            fieldset.check {
                legend { (frame.say("Tin chung của cơ quan", "General news of the office")) }
                input type="hidden" name=(ABOUT_BROADCASTS) value="1";
                label {
                    input type="checkbox" name=(BROADCASTS) value="1" checked[wishes.broadcasts_off_since.is_none()];
                    " " (frame.say("Nhận tin gửi hàng loạt", "Gets broadcasts"))
                    @if let Some(since) = wishes.broadcasts_off_since {
                        " " small { (frame.say("từ chối từ", "declined since")) " " (vietnam::date(since)) }
                    }
                }
            }
            fieldset.check {
                legend { (frame.lang.pick(words::field(Kind::CorrectContact, "consent"))) }
                @for (at, how) in [Consent::Phone, Consent::Desk, Consent::Writing].into_iter().enumerate() {
                    label { input type="radio" id=[(at == 0).then(|| control("consent", whose))] name="consent" value=(consent_name(how)) required checked[at == 0]; " " (words::choice(consent_name(how), frame.lang)) }
                }
            }
            button.main { (frame.say("Ghi cách báo tin", "Note how to tell them")) }
        }
    }
}

/// The choice of one letter a day.
fn daily_list(frame: &Frame, wishes: &Wishes) -> Markup {
    html! {
        fieldset.check {
            legend { (frame.say("Người có nhiều hồ sơ", "Somebody with many dossiers")) }
            input type="hidden" name=(ABOUT_DAILY) value="1";
            label {
                input type="checkbox" name=(DAILY) value="1" checked[wishes.daily_since.is_some()];
                " " (frame.say(
                    "Nhận một danh sách mỗi ngày qua thư điện tử, thay cho từng tin nhắn",
                    "Gets one list a day by e-mail, in place of each message",
                ))
                @if let Some(since) = wishes.daily_since {
                    " " small { (frame.say("chọn từ", "chosen since")) " " (vietnam::date(since)) }
                }
            }
            p.hint { (frame.say(
                "Việc phải làm ngay thì vẫn báo ngay. Thư không đến được thì từng tin đi bằng cách khác.",
                "What must be done at once is told at once. If the letter does not arrive, each message goes another way.",
            )) }
        }
    }
}

/// Whether somebody may choose one letter a day: with an e-mail address, at an agency that sends letters, and with many
/// dossiers under way.
async fn may_choose_a_list(visit: &Visit<'_>, party: &Party) -> Result<bool, Problem> {
    let Visit { site, staff, .. } = *visit;
    let phone = party.phone.as_deref().and_then(|written| Phone::first(written).ok());
    let (Some(phone), Some(_), true) = (phone, &party.email, outlets(visit).contains(&Outlet::Email)) else {
        return Ok(false);
    };
    let key = SearchKey::of(site.config.id_key());
    let open = site.recorder.store().open_with_number(&staff.agency, (&key, &phone), MANY + 1).await?;
    Ok(open > MANY)
}

/// Returns the id of the first choice of a field of one of them.
fn control(field: &str, whose: &str) -> String {
    format!("{field}-{whose}")
}

/// Returns the outlets that people are asked about: those of the agency.
fn outlets(visit: &Visit<'_>) -> Vec<Outlet> {
    let agency = visit.site.config.agency(visit.staff.agency.as_str());
    agency.map(|agency| agency.outlets.clone()).unwrap_or_default()
}

/// Returns the people of a dossier: the place, the name in forms, the person.
fn parties(person: &Person) -> impl Iterator<Item = (usize, &'static str, &Party)> {
    let filer = person.filer.as_ref().map(|filer| (1, "filer", filer));
    std::iter::once((0, "applicant", &person.applicant)).chain(filer)
}

/// Returns the name under which somebody's wishes lie: that of their call.
fn name(visit: &Visit<'_>, person: &Person, at: (DossierId, usize)) -> String {
    calls::name(&SearchKey::of(visit.site.config.id_key()), &visit.staff.agency, Some(person), at)
}

/// Returns the name of a way to say something, in forms.
pub(super) fn consent_name(how: Consent) -> &'static str {
    match how {
        Consent::Phone => "phone",
        Consent::Desk => "desk",
        Consent::Writing => "writing",
    }
}

fn consent(name: &str) -> Option<Consent> {
    [Consent::Phone, Consent::Desk, Consent::Writing].into_iter().find(|how| consent_name(*how) == name)
}
