//! Visitors and callers who were told how to file online: a small item for each, with nothing of a person in it but a keyed
//! hash of the telephone number, if they gave one. By that hash a person counts once, and a later filing is known.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::item::{json, n, read, s, under};
use super::{Claim, Error, Item, Key, Store, text};
use rules::id::AgencyCode;
use rules::vietnam;

/// Time within which a filing counts as one after having been told.
pub const GUIDED_KEPT_FOR: SignedDuration = SignedDuration::from_hours(24 * 400);

/// The way in which somebody was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// At the desk.
    Desk,
    /// On the phone.
    Phone,
}

impl How {
    /// Returns its name in forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Phone => "phone",
        }
    }

    /// Returns the one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Desk, Self::Phone].into_iter().find(|how| how.name() == name)
    }
}

/// Somebody was told how to file online.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guided {
    /// `MaTTHC`; `None` if it was about filing online in general.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<String>,
    /// The way.
    pub how: How,
    /// Account of the member of staff who told it.
    pub by: String,
    /// The time.
    pub at: Timestamp,
    /// The name of the person, see [`rules::calls::guided`]; `None` if they gave no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
}

/// Numbers of people who were told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GuidedCount {
    /// At the desk.
    pub desk: u64,
    /// On the phone, and not at the desk before.
    pub phone: u64,
    /// Those of them who filed online next.
    pub filed: u64,
}

impl Guided {
    /// Returns the items that take it down, for a transaction. `token` tells it from others of the day.
    pub(crate) fn claims(&self, agency: &AgencyCode, token: &str) -> Vec<Claim> {
        self.person_item(agency).into_iter().chain([self.item(agency, token)]).map(Claim::Put).collect()
    }

    fn item(&self, agency: &AgencyCode, token: &str) -> Item {
        let mut item = under(&Key::guided(agency, vietnam::day(self.at), token));
        item.insert("guided".into(), json(self));
        item
    }

    fn person_item(&self, agency: &AgencyCode) -> Option<Item> {
        let mut item = under(&Key::guided_person(agency, self.who.as_deref()?));
        item.insert("guided_at".into(), s(self.at.to_string()));
        let until = (self.at + GUIDED_KEPT_FOR).as_second();
        item.insert("expires_at".into(), n(u64::try_from(until).unwrap_or(0)));
        Some(item)
    }
}

impl Store {
    /// Takes down that somebody was told, once for a key.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn note_guided(&self, agency: &AgencyCode, key: &str, guided: &Guided) -> Result<(), Error> {
        if let Some(item) = guided.person_item(agency) {
            self.put_over(item).await?;
        }
        self.put_once(guided.item(agency, key)).await.map(|_| ())
    }

    /// Takes down who of these people filed online after they were told how.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn note_filed_next(&self, agency: &AgencyCode, names: &[String], at: Timestamp) -> Result<(), Error> {
        let keys: Vec<Key> = names.iter().map(|name| Key::guided_person(agency, name)).collect();
        let told = self.all(&keys).await?;
        for (name, key) in names.iter().zip(&keys) {
            let guided_at = told.get(key).and_then(|item| text(item, "guided_at")?.parse::<Timestamp>().ok());
            if guided_at.is_some_and(|guided_at| guided_at <= at) {
                self.put_once(under(&Key::filed_next(agency, vietnam::day(at), name))).await?;
            }
        }
        Ok(())
    }

    /// Counts the people who were told from a day to a day, both included: two queries for each month.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn guided(&self, agency: &AgencyCode, from: Date, until: Date) -> Result<GuidedCount, Error> {
        // The way of each, and the day on which they were told first.
        let mut told: BTreeMap<String, (How, Date)> = BTreeMap::new();
        // The last day on which each filed online.
        let mut filed: BTreeMap<String, Date> = BTreeMap::new();
        let mut month = from.first_of_month();
        while month <= until {
            for item in self.whole_partition(&Key::guided_pk(agency, month)).await? {
                let guided: Guided = read(&item, "guided")?;
                let day = vietnam::day(guided.at);
                if (from..=until).contains(&day) {
                    let who = guided.who.unwrap_or_else(|| text(&item, "sk").unwrap_or_default().to_owned());
                    let (how, first) = told.entry(who).or_insert((guided.how, day));
                    (*how, *first) = (guided.how.min(*how), day.min(*first));
                }
            }
            let pk = Key::filed_next_pk(agency, month);
            for item in self.whole_partition(&pk).await? {
                let key = Key { pk: pk.clone(), sk: text(&item, "sk").unwrap_or_default().to_owned() };
                if let Some((day, name)) = key.filed_next_of().filter(|(day, _)| *day <= until) {
                    let last = filed.entry(name.to_owned()).or_insert(day);
                    *last = day.max(*last);
                }
            }
            // Beyond the last month that can be expressed there is none.
            let Ok(following) = month.checked_add(1.month()) else { break };
            month = following;
        }
        let of = |how| told.values().filter(|it| it.0 == how).count() as u64;
        let next = |(who, (_, first)): &(&String, &(How, Date))| filed.get(*who).is_some_and(|day| day >= first);
        Ok(GuidedCount { desk: of(How::Desk), phone: of(How::Phone), filed: told.iter().filter(next).count() as u64 })
    }

    async fn whole_partition(&self, pk: &str) -> Result<Vec<Item>, Error> {
        let (mut items, mut from) = (Vec::new(), None);
        loop {
            let mut page = self.under(pk, "", from).await?;
            items.append(&mut page.items);
            match page.next {
                Some(next) => from = Some(next),
                None => return Ok(items),
            }
        }
    }
}
