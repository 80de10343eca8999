//! The words of the desk, in Vietnamese and in English.

mod calls;
mod events;
mod fields;
mod names;
mod papers;
mod people;
mod sending;
mod terms;
mod tone;

use motcua::store::People;
use rules::account;
use rules::config::Config;
use rules::dossier::{Actor, CASH, Filing, Refusal, ResultKind, told};
use rules::language::{Both, Language};

use crate::permission::Role;

pub(crate) use calls::{Sentence, agreed, nothing_to_tell, outcome, told as told_on_the_phone, unusable};
pub(crate) use events::narrated;
pub(crate) use fields::{choice, complaint, field, of_command};
pub(crate) use names::Names;
pub(crate) use papers::form_of;
pub(crate) use rules::catalogue::spoken::copies;
pub use rules::catalogue::spoken::{fee_due, limit};
pub(crate) use rules::dossier::spoken::{moment, phase, reason, status};
pub(crate) use sending::{outlet, unsent, untold};
pub use terms::{because, fee, paper, policy, stretch, unit};
pub(crate) use tone::tone;

impl Role {
    /// Name of the role at the office.
    pub(crate) fn told(self, lang: Language) -> &'static str {
        account::role(self.name()).map_or(self.name(), |both| lang.pick(both))
    }
}

/// Somebody's name, as the directory has it; the account if it has none.
pub(crate) fn named<'n>(who: &'n str, people: &'n People, lang: Language) -> &'n str {
    let role = account::words(who);
    // A name that says no more than the role is told in the reader's language.
    let own = people.name_of(who).filter(|name| role.is_none_or(|[vi, _]| vi.to_lowercase() != name.to_lowercase()));
    own.unwrap_or_else(|| account(who, lang))
}

/// Somebody's account; one that is named by its role is told by it.
pub(crate) fn account(who: &str, lang: Language) -> &str {
    account::words(who).map_or(who, |both| lang.pick(both))
}

/// Person, by their account, or system that acted.
pub(crate) fn actor(actor: &Actor, lang: Language) -> String {
    if let Actor::Staff(who) = actor
        && let Some(both) = account::words(who)
    {
        return lang.pick(both).to_owned();
    }
    let [vi, en] = told(actor);
    lang.pick([&vi, &en]).to_owned()
}

/// A payment channel, by the name that the configuration gives it.
pub(crate) fn channel<'c>(id: &'c str, config: &'c Config, lang: Language) -> &'c str {
    if id == CASH { lang.pick(["tiền mặt", "cash"]) } else { config.channel_called(id) }
}

/// The sentence of a refusal, with channels by their names.
pub(crate) fn declined(refusal: &Refusal, config: &Config, lang: Language) -> String {
    let named = |id: &String| config.channel_called(id).to_owned();
    let said = |refusal: &Refusal| lang.pick([&refusal.vi(), &refusal.to_string()]).to_owned();
    if let Refusal::OutsideLimits { channel, limits, others } = refusal {
        let (channel, others) = (named(channel), others.iter().map(named).collect());
        return said(&Refusal::OutsideLimits { channel, limits: *limits, others });
    }
    said(refusal)
}

/// The way a dossier was filed.
pub(crate) fn filing(filing: Filing) -> Both {
    match filing {
        Filing::Desk => ["Tại quầy", "At the desk"],
        Filing::Online => ["Trực tuyến", "Online"],
        Filing::Post => ["Qua bưu điện", "By post"],
    }
}

/// Outcome of a result.
pub(crate) fn result(kind: ResultKind) -> Both {
    match kind {
        ResultKind::Positive => ["đủ điều kiện, có kết quả", "granted"],
        ResultKind::Negative => ["không đủ điều kiện giải quyết", "not eligible"],
    }
}
