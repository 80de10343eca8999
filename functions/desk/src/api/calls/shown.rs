//! People to be called as staff see them: with their names, numbers and dossiers.

use std::collections::HashMap;

use motcua::site::Site;
use motcua::store::{Error, Item, KeptCall, Key, MessageOf, read_json};
use motcua::tell::{news_of_commit, news_of_event};
use rules::broadcast::Broadcast;
use rules::calls::{Asked, Untold, Wanted};
use rules::dossier::{Dossier, Recorded};
use rules::id::{AgencyCode, DossierId};
use rules::language::Language;
use rules::notice::Notice;
use rules::person::{Called, Party, Person};
use rules::phone::Phone;
use serde_json::{Value, json};

use crate::words::{Sentence, nothing_to_tell, told_on_the_phone};

/// The most keys of one batch.
const BATCH: usize = 100;

/// One person to be called.
pub(crate) struct Shown {
    /// Name of the call in a path.
    pub name: String,
    /// The call.
    pub kept: KeptCall,
    /// The person, as the most urgent dossier has them; `None` if they were erased.
    pub party: Option<Party>,
    /// Their dossiers, most urgent first.
    pub dossiers: Vec<About>,
    /// The broadcasts that did not reach them, oldest first.
    pub broadcasts: Vec<Unheard>,
    /// The dossiers about whose way home they were asked, or about which they wish to be called, the first to be called about
    /// first.
    pub unanswered: Vec<Unanswered>,
}

/// A dossier whose applicant was asked whether the result is to come by post, and has not answered, or wishes to be called.
pub(crate) struct Unanswered {
    /// The question.
    pub asked: Asked,
    /// The dossier; `None` if it cannot be read.
    pub dossier: Option<Dossier>,
    /// The calls about it so far, oldest first.
    called: Vec<Called>,
}

/// A broadcast that did not reach them.
pub(crate) struct Unheard {
    /// Why they are wanted.
    pub wanted: Wanted,
    /// The news for the person.
    pub told: Sentence,
    /// The calls to them so far, oldest first.
    called: Vec<Called>,
    /// The account that holds their dossier.
    holder: Option<String>,
}

/// One of their dossiers, with the newest message of it.
pub(crate) struct About {
    /// Its id.
    pub id: DossierId,
    /// The dossier; `None` if it cannot be read.
    pub dossier: Option<Dossier>,
    /// The newest message.
    pub untold: Untold,
    /// The number of messages before it.
    pub before: usize,
    /// The news for the person.
    pub told: Sentence,
    /// The calls about it so far, oldest first.
    pub called: Vec<Called>,
}

impl Shown {
    /// The number to be called, if there is one.
    pub(crate) fn phone(&self) -> Option<Phone> {
        Phone::first(self.party.as_ref()?.phone.as_deref()?).ok()
    }

    /// Whether no call reaches them until the contact is corrected.
    pub(crate) fn is_to_be_mended(&self) -> bool {
        self.phone().is_none() || self.kept.call.unusable.is_some()
    }

    /// Whether an account holds one of their dossiers.
    pub(crate) fn is_held_by(&self, who: &str) -> bool {
        let held = |it: &About| it.dossier.as_ref().and_then(|it| it.assignee.as_deref()) == Some(who);
        let asked = |it: &Unanswered| it.dossier.as_ref().and_then(|it| it.assignee.as_deref()) == Some(who);
        self.dossiers.iter().any(held)
            || self.unanswered.iter().any(asked)
            || self.broadcasts.iter().any(|it| it.holder.as_deref() == Some(who))
    }

    /// The questions that are not answered, without those whose message did not arrive: these stand among the dossiers.
    pub(crate) fn questions(&self) -> impl Iterator<Item = &Unanswered> {
        self.unanswered.iter().filter(|it| !self.dossiers.iter().any(|about| about.id == it.asked.id))
    }

    /// The calls about all these dossiers, newest first, each once.
    pub(crate) fn called(&self) -> Vec<&Called> {
        let of_broadcasts = self.broadcasts.iter().flat_map(|it| &it.called);
        let of_asked = self.unanswered.iter().flat_map(|it| &it.called);
        let of_dossiers = self.dossiers.iter().flat_map(|it| &it.called);
        let mut called: Vec<&Called> = of_dossiers.chain(of_broadcasts).chain(of_asked).collect();
        called.sort_by(|one, other| (other.at, &other.by).cmp(&(one.at, &one.by)));
        called.dedup();
        called
    }
}

/// Reads the people and dossiers of these calls: one batch for each hundred items.
pub(crate) async fn of(site: &Site, agency: &AgencyCode, calls: Vec<(String, KeptCall)>) -> Result<Vec<Shown>, Error> {
    let store = site.recorder.store();
    let mut keys = Vec::new();
    for (_, kept) in &calls {
        for id in kept.call.dossiers() {
            let version = kept.call.newest_of(id).map_or(0, |(newest, _)| newest.version);
            keys.extend([Key::state(agency, id), Key::person(agency, id), Key::event(agency, id, version)]);
        }
        for wanted in &kept.call.wanted {
            keys.push(Key::broadcast(agency, wanted.broadcast));
            keys.extend(wanted.notice.map(|notice| Key::notice(agency, notice)));
        }
    }
    keys.sort_by(|one: &Key, other| (&one.pk, &one.sk).cmp(&(&other.pk, &other.sk)));
    keys.dedup();
    let mut found: HashMap<Key, Item> = HashMap::new();
    for keys in keys.chunks(BATCH) {
        found.extend(store.all_lately(keys).await?);
    }
    Ok(calls.into_iter().map(|(name, kept)| shown(agency, name, kept, &found)).collect())
}

fn shown(agency: &AgencyCode, name: String, kept: KeptCall, found: &HashMap<Key, Item>) -> Shown {
    let mut party = None;
    let mut dossiers = Vec::new();
    for id in kept.call.dossiers() {
        let Some((untold, before)) = kept.call.newest_of(id) else { continue };
        let dossier: Option<Dossier> = read(found.get(&Key::state(agency, id)), "state", id);
        let person: Option<Person> = read(found.get(&Key::person(agency, id)), "person", id);
        let recorded: Option<Recorded> = read(found.get(&Key::event(agency, id, untold.version)), "recorded", id);
        let of_place = person.as_ref().and_then(|it| std::iter::once(&it.applicant).chain(&it.filer).nth(untold.place));
        party = party.or_else(|| of_place.cloned());
        let calls = person.map(|person| person.calls).unwrap_or_default();
        dossiers.push(About {
            id,
            told: sentence(agency, untold, recorded.as_ref(), dossier.as_ref()),
            dossier,
            untold: untold.clone(),
            before,
            called: calls.into_iter().filter(|it| it.place == untold.place).collect(),
        });
    }
    let mut broadcasts = Vec::new();
    for wanted in &kept.call.wanted {
        let dossier: Option<Dossier> = read(found.get(&Key::state(agency, wanted.id)), "state", wanted.id);
        let person: Option<Person> = read(found.get(&Key::person(agency, wanted.id)), "person", wanted.id);
        let of_place = person.as_ref().and_then(|it| std::iter::once(&it.applicant).chain(&it.filer).nth(wanted.place));
        party = party.or_else(|| of_place.cloned());
        let calls = person.map(|person| person.calls).unwrap_or_default();
        broadcasts.push(Unheard {
            told: of_broadcast(agency, wanted, found),
            called: calls.into_iter().filter(|it| it.place == wanted.place).collect(),
            holder: dossier.and_then(|dossier| dossier.assignee),
            wanted: wanted.clone(),
        });
    }
    let mut unanswered = Vec::new();
    for asked in &kept.call.asked {
        let dossier: Option<Dossier> = read(found.get(&Key::state(agency, asked.id)), "state", asked.id);
        let person: Option<Person> = read(found.get(&Key::person(agency, asked.id)), "person", asked.id);
        let of_place = person.as_ref().and_then(|it| std::iter::once(&it.applicant).chain(&it.filer).nth(asked.place));
        party = party.or_else(|| of_place.cloned());
        let calls = person.map(|person| person.calls).unwrap_or_default();
        let called = calls.into_iter().filter(|it| it.place == asked.place).collect();
        unanswered.push(Unanswered { asked: asked.clone(), dossier, called });
    }
    Shown { name, kept, party, dossiers, broadcasts, unanswered }
}

/// The subject of a broadcast: the title of its notice, or its own text.
fn of_broadcast(agency: &AgencyCode, wanted: &Wanted, found: &HashMap<Key, Item>) -> Sentence {
    let notice = wanted.notice.and_then(|number| found.get(&Key::notice(agency, number)));
    let notice: Option<Notice> = read(notice, "notice", wanted.id);
    let broadcast = found.get(&Key::broadcast(agency, wanted.broadcast));
    let broadcast: Option<Broadcast> = read(broadcast, "broadcast", wanted.id);
    match (notice, broadcast) {
        (Some(notice), _) => {
            let [vi, en] = [Language::Vi, Language::En].map(|lang| notice.told(lang).0.title.clone());
            [format!("Thông báo số {}: {vi}", notice.number), format!("Notice {}: {en}", notice.number)]
        }
        (None, Some(it)) => {
            let vi = it.texts.sms_vi;
            let en = it.texts.sms_en.unwrap_or_else(|| vi.clone());
            [format!("Tin số {}: {vi}", it.number), format!("Broadcast {}: {en}", it.number)]
        }
        (None, None) => {
            let number = wanted.broadcast;
            [format!("Tin số {number}"), format!("Broadcast {number}")]
        }
    }
}

fn read<T: serde::de::DeserializeOwned>(item: Option<&Item>, name: &str, id: DossierId) -> Option<T> {
    let read = read_json(item?, name);
    read.inspect_err(|error| tracing::warn!(dossier = %id, %error, "not read for the phone list")).ok()
}

fn sentence(agency: &AgencyCode, untold: &Untold, recorded: Option<&Recorded>, dossier: Option<&Dossier>) -> Sentence {
    let key = Key { pk: Key::dossier_pk(agency, untold.id), sk: untold.message.clone() };
    let news = recorded.and_then(|recorded| match key.message_of()?.1 {
        MessageOf::Event { position, .. } => news_of_event(recorded.events.get(position)?, recorded, dossier),
        MessageOf::Commit { .. } | MessageOf::Unread => news_of_commit(recorded, dossier),
    });
    news.as_ref().map_or_else(nothing_to_tell, told_on_the_phone)
}

/// One person as JSON.
pub(super) fn view(shown: &Shown) -> Value {
    let call = &shown.kept.call;
    let dossier = |about: &About| {
        json!({
            "id": about.id,
            "code": about.dossier.as_ref().and_then(|it| it.code.as_deref()),
            "told": { "vi": about.told[0], "en": about.told[1] },
            "act_by": about.untold.act_by,
            "due_on": about.untold.due_on,
            "reason": about.untold.reason,
            "since": about.untold.since,
        })
    };
    let broadcast = |it: &Unheard| {
        json!({
            "number": it.wanted.broadcast,
            "notice": it.wanted.notice,
            "told": { "vi": it.told[0], "en": it.told[1] },
            "reason": it.wanted.reason,
            "since": it.wanted.since,
        })
    };
    let asked = |it: &Unanswered| {
        json!({
            "id": it.asked.id,
            "code": it.dossier.as_ref().and_then(|it| it.code.as_deref()),
            "since": it.asked.since,
            "what": it.asked.what,
        })
    };
    json!({
        "id": shown.name,
        "version": shown.kept.version,
        "name": shown.party.as_ref().map(|party| party.name.as_str()),
        "phone": shown.phone().map(|phone| phone.expose().to_owned()),
        "to_be_mended": shown.is_to_be_mended(),
        "unusable": call.unusable,
        "interpreter": call.interpreter,
        "cannot_read": call.cannot_read,
        "no_answer_on": call.no_answer_on,
        "wants_a_letter": call.wants_a_letter(),
        "call_at": call.wakes_at,
        "last": call.last.as_ref().map(|last| json!({ "outcome": last.outcome.name(), "at": last.at, "by": last.by })),
        "dossiers": shown.dossiers.iter().map(dossier).collect::<Vec<_>>(),
        "broadcasts": shown.broadcasts.iter().map(broadcast).collect::<Vec<_>>(),
        "asked": shown.unanswered.iter().map(asked).collect::<Vec<_>>(),
    })
}
