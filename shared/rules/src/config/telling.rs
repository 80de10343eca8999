//! Telling a portal what became of dossiers.

use super::address::address;
use super::entry::Entry;
use super::password::Password;
use super::scope::Scope;
use crate::dossier::Filing;

/// The setting of a portal's entry.
const FIELD: &str = "tell";
/// Dossiers told in a minute, if the entry names no number.
const A_MINUTE: u64 = 60;
/// The most that an entry may name: more does not fit a run.
const MOST_A_MINUTE: u64 = 600;

/// How one portal is told.
///
/// ```toml
/// [[portals]]
/// id = "dvcqg"
/// keys = ["whsec_…"]
///
/// [portals.tell]
/// url = "https://adapter.example.vn/dvcqg"
/// username = "motcua"
/// password = "…"                  # on AWS in the secret of this use
/// service = "dvcqg"               # the bus's name of the portal, sent as `dstcode`
/// unit = "000.00.01.H32"          # madonvi
/// a_minute = 60                   # dossiers told in a minute; may be left out
/// channels = ["online", "post"]   # ways of filing whose dossiers are told; online if it is left out
/// ```
#[derive(Clone, Debug)]
pub struct Telling {
    /// The address below which the calls lie.
    pub url: String,
    /// The name for logging in.
    pub username: String,
    /// The password; `None` if it is in a secret that this function does not read.
    pub password: Option<Password>,
    /// The bus's name of the portal.
    pub service: String,
    /// `madonvi`: the portal's name of the office.
    pub unit: String,
    /// The most dossiers told in a minute.
    pub a_minute: usize,
    /// The ways of filing whose dossiers are told.
    pub channels: Vec<Filing>,
}

impl Scope<'_> {
    /// Reads how a portal is told; `Some(None)` if it is not told, `None` if the setting is wrong.
    pub(super) fn telling(&self, entry: &mut Entry<'_>) -> Option<Option<Telling>> {
        entry.within(FIELD, |own| self.read(own))
    }

    fn read(&self, own: &mut Entry<'_>) -> Option<Telling> {
        if own.value("url").is_none() {
            own.problem("url", "is missing");
        }
        let url = address(own, "url", self.host);
        let username = own.text("username");
        let password = match self.telling_elsewhere {
            true => own.optional_text("password"),
            false => own.text("password"),
        };
        let (service, unit) = (own.text("service"), own.text("unit"));
        let (a_minute, channels) = (a_minute(own), channels(own));
        Some(Telling {
            url: url?,
            username: username?.to_owned(),
            password: password.map(Password::of),
            service: service?.to_owned(),
            unit: unit?.to_owned(),
            a_minute,
            channels,
        })
    }
}

fn a_minute(own: &mut Entry<'_>) -> usize {
    const FIELD: &str = "a_minute";
    let number = match own.value(FIELD) {
        None => Some(A_MINUTE),
        Some(value) => value.as_u64().filter(|number| (1..=MOST_A_MINUTE).contains(number)),
    };
    if number.is_none() {
        own.problem(FIELD, "takes a whole number from 1 to 600");
    }
    number.and_then(|number| usize::try_from(number).ok()).unwrap_or(1)
}

fn channels(own: &mut Entry<'_>) -> Vec<Filing> {
    const FIELD: &str = "channels";
    if own.value(FIELD).is_none() {
        return vec![Filing::Online];
    }
    let mut channels = Vec::new();
    for (index, name) in own.texts(FIELD).unwrap_or_default().into_iter().enumerate() {
        match name {
            "desk" => channels.push(Filing::Desk),
            "online" => channels.push(Filing::Online),
            "post" => channels.push(Filing::Post),
            _ => own.problem(format!("{FIELD}[{index}]"), "is none of desk, online, post"),
        }
    }
    channels
}
