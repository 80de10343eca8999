//! The people that a form offers for work to go to, each with role and load.

use maud::Markup;
use motcua::store::People;
use rules::dossier::Kind;
use rules::language::Language;

use super::visit::Visit;
use crate::api::commands::{Is, Spec};
use crate::api::receivers::refuses;
use crate::pages::problem::Problem;
use crate::permission::Role;
use ::pages::part::field::Field;

/// Somebody who may be given work.
pub(crate) struct Receiver {
    account: String,
    label: String,
}

/// Everybody who may be given work by this command, by name; nobody is looked for if it gives work to nobody.
pub(crate) async fn receivers(visit: &Visit<'_>, spec: &Spec) -> Result<Vec<Receiver>, Problem> {
    if !spec.fields.iter().any(|field| field.is == Is::Account) {
        return Ok(Vec::new());
    }
    let store = visit.site.recorder.store();
    let (people, held) = tokio::join!(visit.people(), store.held(&visit.staff.agency));
    let (people, held) = (people?, held?);
    let load = |who: &str| held.get(who).map_or(0, |held| held.counts.load());
    Ok(offered(&people, spec.kind, visit.frame.lang, load))
}

fn offered(people: &People, kind: Kind, lang: Language, load: impl Fn(&str) -> u64) -> Vec<Receiver> {
    let able = people.members().filter(|member| refuses(Some(member), kind).is_none());
    let mut offered: Vec<_> = able
        .map(|member| {
            let who = member.seen.who.as_str();
            let name = member.name.as_deref().unwrap_or(who);
            let role = Role::from_name(&member.seen.role).map_or(member.seen.role.as_str(), |role| role.told(lang));
            let load = load(who);
            let load = lang.pick([&format!("đang giữ {load} hồ sơ"), &format!("{load} in hand")]).to_owned();
            Receiver { account: who.to_owned(), label: format!("{name} – {role}, {load}") }
        })
        .collect();
    offered.sort_by(|one, other| one.label.cmp(&other.label));
    offered
}

/// Writes the field in which one of them is chosen.
pub(crate) fn field(
    framed: &Field<'_>,
    offered: &[Receiver],
    (name, chosen): (&str, Option<&str>),
    focus: bool,
) -> Markup {
    let lang = framed.lang;
    let nobody = lang.pick([
        "Chưa có ai nhận được việc này: mỗi người vào danh sách khi đăng nhập lần đầu.",
        "Nobody can take this yet: everybody is listed from their first sign-in.",
    ]);
    let none = (String::new(), lang.pick(["chọn người", "choose somebody"]).to_owned());
    let options: Vec<_> =
        [none].into_iter().chain(offered.iter().map(|it| (it.account.clone(), it.label.clone()))).collect();
    let framed = if offered.is_empty() { framed.hinted(nobody) } else { *framed };
    framed.list(name, &options, chosen, focus)
}
