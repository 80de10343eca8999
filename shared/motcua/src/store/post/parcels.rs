//! Parcels: one item each, which is a task while something is to be said of it.

use jiff::Timestamp;
use rules::id::{AgencyCode, DossierId};
use rules::person::Label;
use rules::post::{Parcel, ParcelNo, Standing, State};

use crate::store::aside;
use crate::store::item::{json, n, read, s, sortable, under, wakes};
use crate::store::keys::{POST_SHARDS, came_back_pk, in_post_pk, post_pk};
use crate::store::update::held;
use crate::store::{Claim, Error, Item, Key, Store, Task, TaskItem, TaskKind, number, text};

/// Parcels of one page of a list.
const PAGE: usize = 50;

/// A page of parcels.
#[derive(Debug, Default)]
pub struct ParcelPage {
    /// The parcels, those that wait longest first.
    pub parcels: Vec<Parcel>,
    /// The place where the next page begins; `None` at the end.
    pub next: Option<Item>,
}

/// A list of parcels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    /// The post has them.
    InPost,
    /// They came back.
    CameBack,
    /// A person looks at them.
    ForAPerson,
}

impl Posted {
    pub(in crate::store) fn pk(self, agency: &AgencyCode) -> String {
        match self {
            Self::InPost => in_post_pk(agency),
            Self::CameBack => came_back_pk(agency),
            Self::ForAPerson => TaskKind::Parcel.person_pk(agency),
        }
    }
}

/// The note in which parcel a dossier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfDossier {
    /// The parcel; `None` if it has left its last one.
    pub parcel: Option<ParcelNo>,
    /// The last parcel, in it or not.
    pub last: Option<ParcelNo>,
    version: u64,
}

impl OfDossier {
    /// Reads it from its item.
    #[must_use]
    pub fn read(item: &Item) -> Self {
        let named = |name| text(item, name).and_then(|no| ParcelNo::parse(no).ok());
        let parcel = named("parcel");
        Self { parcel, last: parcel.or_else(|| named("last")), version: number(item, "version").unwrap_or(1) }
    }

    /// Claims that a dossier is in this parcel, or in none.
    #[must_use]
    pub fn claim(read: Option<Self>, agency: &AgencyCode, id: DossierId, parcel: Option<ParcelNo>) -> Claim {
        let mut item = under(&Key::parcel_of(agency, id));
        item.insert("version".into(), n(read.map_or(1, |read| read.version + 1)));
        if let Some(parcel) = parcel {
            item.insert("parcel".into(), s(parcel.to_string()));
        }
        if let Some(last) = read.and_then(|read| read.last).filter(|_| parcel.is_none()) {
            item.insert("last".into(), s(last.to_string()));
        }
        match read {
            None => Claim::New(item),
            Some(read) => Claim::Over(item, read.version),
        }
    }
}

/// The attribute of the last better address.
const BETTER: &str = "better_address";

/// Reads a parcel from its item.
///
/// # Errors
/// [`Error`].
fn parcel_of(item: &Item) -> Result<Parcel, Error> {
    let parcel: Parcel = read(item, "parcel")?;
    let version = number(item, "version").unwrap_or(1);
    let better_address = text(item, BETTER).and_then(|at| at.parse().ok());
    Ok(Parcel { version, look: number(item, "look").is_some(), better_address, ..parcel })
}

/// Returns where a parcel waits, and since when: for a run, for a person, or for the post.
fn place(agency: &AgencyCode, parcel: &Parcel, standing: &Standing, now: Timestamp) -> Option<(String, Timestamp)> {
    let key = Key::parcel(agency, parcel.no);
    let due = parcel.due(standing, now);
    if let Some(at) = due {
        return Some((key.wake_pk(agency), at));
    }
    if parcel.trouble(standing).is_some() {
        return Some((TaskKind::Parcel.person_pk(agency), now));
    }
    let since = standing.since.unwrap_or(parcel.made_at);
    match standing.state {
        State::Returned => Some((came_back_pk(agency), since)),
        State::Delivered | State::Lost | State::Cancelled => None,
        _ if parcel.is_cancelled() => None,
        _ => parcel.closed_at.or(standing.collected_at).map(|at| (in_post_pk(agency), at)),
    }
}

impl Store {
    /// Claims that a parcel is as it is here: a new one, or one that was of the version before.
    #[must_use]
    pub fn parcel_claim(agency: &AgencyCode, parcel: &Parcel, now: Timestamp) -> Claim {
        let mut item = under(&Key::parcel(agency, parcel.no));
        item.insert("parcel".into(), json(parcel));
        item.insert("version".into(), n(parcel.version));
        if parcel.look {
            item.insert("look".into(), n(1));
        }
        if let Some(at) = parcel.better_address {
            item.insert(BETTER.into(), s(sortable(at)));
        }
        if let Some((pk, at)) = place(agency, parcel, &parcel.standing(), now) {
            wakes(&mut item, pk, at);
        }
        match parcel.version {
            1 => Claim::New(item),
            version => Claim::Over(item, version - 1),
        }
    }

    /// Reads a parcel.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn parcel(&self, agency: &AgencyCode, no: ParcelNo) -> Result<Option<Parcel>, Error> {
        self.item(&Key::parcel(agency, no)).await?.as_ref().map(parcel_of).transpose()
    }

    /// Reads the parcels of these numbers, at most a hundred, in their order. One that is not there is left out.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn parcels(&self, agency: &AgencyCode, nos: &[ParcelNo]) -> Result<Vec<Parcel>, Error> {
        let keys: Vec<Key> = nos.iter().map(|no| Key::parcel(agency, *no)).collect();
        let found = self.all(&keys).await?;
        keys.iter().filter_map(|key| found.get(key)).map(parcel_of).collect()
    }

    /// Reads a page of a list of parcels.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn posted(&self, agency: &AgencyCode, list: Posted, from: Option<Item>) -> Result<ParcelPage, Error> {
        let page = self.indexed_up_to(&list.pk(agency), None, from, PAGE).await?;
        let nos: Vec<ParcelNo> = page.items.iter().filter_map(Key::parcel_no).collect();
        Ok(ParcelPage { parcels: self.parcels(agency, &nos).await?, next: page.next })
    }

    /// Reads a page of a list of parcels behind the place of this name, and the name of the next one; `None` if it names no
    /// place.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn posted_after(
        &self,
        agency: &AgencyCode,
        list: Posted,
        after: Option<&str>,
    ) -> Result<Option<(Vec<Parcel>, Option<String>)>, Error> {
        let pk = list.pk(agency);
        let from = match after.map(|after| aside::place(agency, &pk, after)) {
            None => None,
            Some(Some(from)) => Some(from),
            Some(None) => return Ok(None),
        };
        let page = self.posted(agency, list, from).await?;
        let next = page.next.as_ref().and_then(|last| aside::place_name(agency, last));
        Ok(Some((page.parcels, next)))
    }

    /// Reads which parcel has this number of the operator's.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn waybill(&self, agency: &AgencyCode, operator: &str, number: &str) -> Result<Option<ParcelNo>, Error> {
        let item = self.item(&Key::waybill(agency, operator, number)).await?;
        Ok(item.and_then(|item| ParcelNo::parse(text(&item, "parcel")?).ok()))
    }

    /// Claims an operator's number for a parcel.
    #[must_use]
    pub fn waybill_claim(agency: &AgencyCode, operator: &str, number: &str, no: ParcelNo) -> Claim {
        let mut alias = under(&Key::waybill(agency, operator, number));
        alias.insert("parcel".into(), s(no.to_string()));
        Claim::New(alias)
    }

    /// Reads in which parcel a dossier is.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn of_dossier(&self, agency: &AgencyCode, id: DossierId) -> Result<Option<OfDossier>, Error> {
        Ok(self.item(&Key::parcel_of(agency, id)).await?.as_ref().map(OfDossier::read))
    }

    /// Has a parcel looked at, because a dossier may have left it.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn look_at_parcel(&self, agency: &AgencyCode, no: ParcelNo, at: Timestamp) -> Result<(), Error> {
        let key = Key::parcel(agency, no);
        let update = self
            .update(&key)
            // The version moves, or a writer who read it before would lose the wish.
            .update_expression("SET look = :one, wake_pk = :pk, wake_at = :at ADD #version :one")
            .condition_expression("attribute_exists(pk) AND attribute_not_exists(look)")
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":one", n(1))
            .expression_attribute_values(":pk", s(key.wake_pk(agency)))
            .expression_attribute_values(":at", s(sortable(at)));
        held(update).await.map(drop)
    }

    /// Notes that a better address was confirmed at an instant, and has the parcel looked at.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn note_better_address(
        &self,
        agency: &AgencyCode,
        no: ParcelNo,
        confirmed_at: Timestamp,
        at: Timestamp,
    ) -> Result<(), Error> {
        let key = Key::parcel(agency, no);
        let update = self
            .update(&key)
            .update_expression("SET look = :one, #better = :better, wake_pk = :pk, wake_at = :at ADD #version :one")
            .condition_expression("attribute_exists(pk) AND (attribute_not_exists(#better) OR #better < :better)")
            .expression_attribute_names("#better", BETTER)
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":better", s(sortable(confirmed_at)))
            .expression_attribute_values(":one", n(1))
            .expression_attribute_values(":pk", s(key.wake_pk(agency)))
            .expression_attribute_values(":at", s(sortable(at)));
        held(update).await.map(drop)
    }

    /// Finds the parcels and stray events that wait longest, at most `most` of them.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn post_tasks(&self, agency: &AgencyCode, now: Timestamp, most: usize) -> Result<Vec<Task>, Error> {
        let shards = (0..POST_SHARDS).map(|shard| post_pk(agency, shard));
        let found = self.longest_waiting(shards, now, most).await?;
        Ok(found.into_iter().filter_map(|(_, key)| Some(Task { kind: key.task_kind()?, key })).collect())
    }

    /// Has a task rest until then, without counting a failure.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn rest_parcel(
        &self,
        agency: &AgencyCode,
        task: &Task,
        read: &TaskItem,
        until: Timestamp,
    ) -> Result<(), Error> {
        self.move_task(task, read, &task.wake_pk(agency), until, read.failures).await
    }

    /// Keeps the text of a parcel's label with a dossier of it. The last one that was kept before the pick-up stays.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn keep_label(
        &self,
        agency: &AgencyCode,
        id: DossierId,
        no: ParcelNo,
        label: &Label,
    ) -> Result<(), Error> {
        let mut item = under(&Key::label(agency, id, no));
        item.insert("label".into(), json(label));
        self.put_over(item).await
    }

    /// Reads the text of a parcel's label.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn label(&self, agency: &AgencyCode, id: DossierId, no: ParcelNo) -> Result<Option<Label>, Error> {
        self.value(&Key::label(agency, id, no), "label").await
    }
}
