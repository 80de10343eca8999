//! The phone list: the messages of one dossier that did not reach somebody, and the question that nobody answered, each
//! in the call to its person.

use std::collections::BTreeMap;

use motcua::site::Site;
use motcua::store::{CallMoves, Error, Item, KeptCall, Key, MessageOf, read_json, text};
use motcua::tell::{news_of_commit, news_of_event};
use rules::calls::{Asked, Untold, Wanted, name, to_be_called};
use rules::dossier::{Dossier, Recorded, Stage};
use rules::id::{AgencyCode, DossierId};
use rules::message::News;
use rules::person::{Party, Person};
use rules::worklist::SearchKey;

use crate::ROUNDS;

/// Outcome of a look at one dossier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CallsBrought {
    /// Whether anything was not as it should be.
    pub moved: bool,
    /// Writes to the counts of the agency.
    pub counted: u64,
}

/// Puts the messages of a dossier that wait for a person into the calls of their people, and takes the others out.
pub(crate) async fn bring(
    site: &Site,
    key: &SearchKey,
    agency: &AgencyCode,
    id: DossierId,
) -> Result<CallsBrought, Error> {
    let store = site.recorder.store();
    for _ in 0..ROUNDS {
        let waiting = store.untold_of(agency, id).await?;
        let people = Key::person(agency, id);
        let events = waiting.iter().filter_map(|(message, _)| Some(Key::event(agency, id, message.message_of()?.0)));
        let mut beside: Vec<Key> = events.chain([people.clone()]).collect();
        beside.sort_by(|one, other| one.sk.cmp(&other.sk));
        beside.dedup();
        let loaded = store.load(agency, id, &beside).await?;
        let person: Option<Person> = loaded.item(&people).map(|item| read_json(item, "person")).transpose()?;
        let mut wanted: BTreeMap<String, Vec<Untold>> = BTreeMap::new();
        for (message, item) in &waiting {
            let Some((version, of)) = message.message_of() else { continue };
            let event = loaded.item(&Key::event(agency, id, version));
            let recorded: Option<Recorded> = event.map(|item| read_json(item, "recorded")).transpose()?;
            let Some(untold) = untold((id, message, item), (version, of), recorded.as_ref(), loaded.dossier.as_ref())
            else {
                continue;
            };
            let name = name(key, agency, person.as_ref(), (id, untold.place));
            wanted.entry(name).or_default().push(untold);
        }
        // Broadcasts that did not reach somebody go with their contact; only the calls themselves know of them.
        let places = person.as_ref().map_or(1, |person| 1 + usize::from(person.filer.is_some()));
        let people: Vec<String> = (0..places).map(|place| name(key, agency, person.as_ref(), (id, place))).collect();
        let asked = loaded.dossier.as_ref().and_then(|dossier| to_be_called(dossier, person.as_ref()));
        let also: Vec<String> = wanted.keys().chain(&people).cloned().collect();
        let (version, names, kept) = store.calls_of(agency, id, &also).await?;
        let moves = moves(id, (wanted, asked, &people), person.as_ref(), (version, names), kept);
        if moves.calls.is_empty() && moves.names.is_none() {
            return Ok(CallsBrought::default());
        }
        if store.move_calls(agency, id, &moves).await? {
            return Ok(CallsBrought { moved: true, counted: moves.counted() });
        }
    }
    Err(Error::Contended(ROUNDS))
}

/// Returns one message as the list has it; `None` if nobody can be told of it, because its events cannot be read.
fn untold(
    (id, message, item): (DossierId, &Key, &Item),
    (version, of): (u64, MessageOf),
    recorded: Option<&Recorded>,
    dossier: Option<&Dossier>,
) -> Option<Untold> {
    let place = match of {
        MessageOf::Commit { receiver, .. } | MessageOf::Event { receiver, .. } => receiver,
        MessageOf::Unread => return None,
    };
    let news = recorded.and_then(|recorded| match of {
        MessageOf::Event { position, .. } => news_of_event(recorded.events.get(position)?, recorded, dossier),
        MessageOf::Commit { .. } | MessageOf::Unread => news_of_commit(recorded, dossier),
    });
    Some(Untold {
        id,
        message: message.sk.clone(),
        version,
        place,
        since: text(item, "wake_at")?.parse().ok()?,
        reason: text(item, "reason").unwrap_or("interrupted").to_owned(),
        act_by: news.as_ref().and_then(News::act_by),
        due_on: dossier.filter(|it| is_open(it)).and_then(Dossier::due).map(|due| due.on),
    })
}

/// Whether a dossier can be late: its result is still to come.
fn is_open(dossier: &Dossier) -> bool {
    matches!(dossier.stage, Stage::Running(_) | Stage::Paused(_))
}

/// Returns the calls that change, and the names of the calls of this dossier if these change.
fn moves(
    id: DossierId,
    (mut wanted, asked, people): (BTreeMap<String, Vec<Untold>>, Option<Asked>, &[String]),
    person: Option<&Person>,
    (version, names): (u64, Vec<String>),
    kept: BTreeMap<String, KeptCall>,
) -> CallMoves {
    let mut broadcasts: BTreeMap<&str, Vec<Wanted>> = BTreeMap::new();
    for (name, kept) in &kept {
        for it in kept.call.wanted.iter().filter(|it| it.id == id) {
            let to = people.get(it.place).unwrap_or(name);
            broadcasts.entry(to).or_default().push(it.clone());
        }
    }
    let asks = asked.as_ref().and_then(|asked| people.get(asked.place));
    let of_broadcasts = broadcasts.keys().map(|name| (*name).to_owned());
    let mut now: Vec<String> = wanted.keys().cloned().chain(of_broadcasts).chain(asks.cloned()).collect();
    now.sort();
    now.dedup();
    let mut moves = CallMoves { calls: Vec::new(), names: (now != names).then(|| (version, now.clone())) };
    for (name, was) in &kept {
        let mut call = was.call.clone();
        let of_broadcasts = call.take_wanted(id);
        for it in broadcasts.remove(name.as_str()).unwrap_or_default() {
            let party = person.and_then(|person| party(person, it.place));
            if of_broadcasts.is_empty() && party.is_some_and(|party| party.unusable.is_none()) {
                call.unusable = None;
            }
            call.want(it);
        }
        let asked = asked.clone().filter(|_| asks == Some(name));
        let marked = |place: usize| person.and_then(|person| party(person, place)).and_then(|party| party.unusable);
        call.unusable = asked.as_ref().and_then(|asked| marked(asked.place)).or(call.unusable);
        call.ask(id, asked);
        let before = call.take(id, |_| true);
        for untold in wanted.remove(name).unwrap_or_default() {
            // A contact that was corrected may be called again.
            let party = person.and_then(|person| party(person, untold.place));
            if !before.is_empty() && party.is_some_and(|party| party.unusable.is_none()) {
                call.unusable = None;
            }
            // A number may have been marked by a page, or in a call about another dossier.
            call.unusable = marked(untold.place).or(call.unusable);
            call.put(untold);
        }
        if call != was.call {
            moves.calls.push((name.clone(), was.clone(), call));
        }
    }
    moves
}

fn party(person: &Person, place: usize) -> Option<&Party> {
    std::iter::once(&person.applicant).chain(&person.filer).nth(place)
}
