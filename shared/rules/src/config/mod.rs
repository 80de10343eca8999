//! This office and those whom it believes: agencies, payment channels, portals and postal operators.
//!
//! The same shape is a TOML file on a laptop and a secret (TOML or JSON) on AWS. Every mistake in it is reported
//! at once, each with its entry and field and never with a key's value.
//!
//! ```toml
//! id_key = "16 characters or more that never change"
//!
//! [[agencies]]
//! code = "000.00.01.H32"
//! name = "Ban Quản lý Khu kinh tế Vân Phong"
//! sms_prefix = "KKT Van Phong"
//! sms_sender_id = "KKTVanPhong"   # 3 to 11 letters and digits, registered in advance; may be left out
//! sms_max_price = "0.20"          # US dollars for one message; may be left out
//! hosts = ["motcua.vanphong.example"]   # of its citizen pages; this and what follows may be left out
//! telephone = "0258 000 0000"
//! address = "Khu kinh tế Vân Phong, tỉnh Khánh Hòa"
//! messages = { quiet_hours = "21:00-07:00", sms_a_day = 2000 }   # when they leave, and how many
//! broadcasts = { second_person_above = 50, a_minute = 300, sms_vnd = 850 }   # or "never" for an agency of one manager
//! visiting_hours = { vi = "Thứ Hai đến thứ Sáu, 07:30–11:00", en = "Monday to Friday, 07:30–11:00" }
//!
//! [[channels]]
//! id = "vnpay-khvp"
//! agency = "000.00.01.H32"   # may be left out if there is one agency
//! gateway = "vnpay"
//! merchant = "KHVP0001"      # the gateway's name for us
//! keys = ["current", "previous"]
//! ```
//!
//! `[[years]]` adds tables of days off in the format of the built-in ones, `[[agencies.years]]` for one agency:
//!
//! ```toml
//! [[years]]
//! year = 2027
//! notice = "the notice that announced it"
//! days_off = ["2027-01-01"]       # Monday to Friday
//! days_worked = ["2027-02-20"]    # Saturdays worked in exchange
//! ```
//!
//! `[[units]]` are provinces and communes that changed after this was built, in the format of the `units` crate.
//!
//! Channels, portals and posts may have a `title` for people, in Vietnamese: `title = "VNPAY"`. Pages and paper show it instead
//! of the id, which stays in addresses, logs and the API.
//!
//! Channels of `momo` also give `access_key`; of `zalopay` may give `request_key`; of `dvcqg` must say
//! `accept_weak_scheme = true` and may give `field_order`. `allow_short_key = true` is taken on loopback only.
//! An agency that was given another code names those it had, `formerly = ["000.00.01.H32"]`, the first one first.
//! An agency may name its `default_channel` (by default its only one) and its `voucher_series` (by default `AA/20P`).
//! To open orders and to ask about them, channels of `vnpay` give `pay_url` and `api_url`, of `momo` and `zalopay`
//! `api_url`, of `payos` `api_url`, `merchant` (the client id) and `request_key` (the API key); all need `public_url`
//! above the channels. If a gateway only reports bank transfers, `bank_bin` and `bank_account` make a VietQR code.
//! Beside `keys` each entry may give the day from which each is in use, `keys_since = ["2026-01-05"]`, in that order.
//! `[[message_gateways]]` have `id`, `agency`, `url` and `keys`, see [`MessageGateway`].
//! `[[receipts]]` are providers of electronic receipts, see [`ReceiptProvider`].
//! `[[portals]]` and `[[posts]]` have `id`, `agency` and `keys`; a portal may say `level = "provincial"`. A portal that is
//! told what became of dossiers has `[portals.tell]`, see [`Telling`]. One that names files may say from which hosts they are
//! fetched, `fetch = { hosts = ["tep.example.vn"] }`, and one at which fees are paid which channel they count for,
//! `payments = "paygov"`.
//! A post that cannot sign has `paths`, one that is given orders `[posts.order]`, see [`PostOrder`]; what its own codes mean is
//! told in `[posts.codes]`.
//! `front_keys` closes the office to all that does not come through its front. Keys may lie in secrets by their use,
//! see [`Use`].
//! `papers_bucket` names the S3 bucket that scans of papers are kept in; without it none are kept.
//! `[sign_in]` says how staff sign in, see [`SignIn`].

mod address;
mod agencies;
mod agency;
mod broadcasts;
mod calendar;
mod codes;
mod contact;
mod door;
mod entry;
mod fetching;
mod front;
mod message_gateway;
mod papers;
mod partner;
mod parts;
mod password;
mod paths;
mod postage;
mod posting;
mod read;
mod receipts;
mod scope;
mod sign_in;
mod telling;
#[cfg(test)]
mod tests;
mod text;
mod till;
mod timing;
mod unit_changes;

use std::collections::BTreeMap;

pub use agency::Agency;
pub use contact::Contact;
pub use door::Door;
pub use entry::{Problem, Problems};
pub use front::FRONT_HEADER;
pub use message_gateway::MessageGateway;
pub use partner::{Level, Portal, Post};
pub use parts::Use;
pub use password::Password;
pub use posting::{PostKind, PostOrder, Sender};
pub use receipts::{ReceiptKind, ReceiptProvider};
pub use sign_in::{ROLES, SignIn, StaffClaims};
pub use telling::Telling;
pub use till::{DEFAULT_VOUCHER_SERIES, Till};

pub use crate::gateway::channel::{BankAccount, Channel, DVCQG_FIELDS};
pub use crate::gateway::kind::Gateway;

use units::{Change, Units};

use crate::id::AgencyCode;
use crate::signature::{Key, Keys};

/// The code of the agency that is served if the configuration names none.
pub const DEMO_AGENCY_CODE: &str = "000.00.01.H32";
/// The same agency's name: the management board of the economic zone.
pub const DEMO_AGENCY_NAME: &str = "Ban Quản lý Khu kinh tế Vân Phong";
/// Beginning of its SMS, without marks.
pub const DEMO_AGENCY_SMS_PREFIX: &str = "KKT Van Phong";
/// Address that the demo agency's e-mails come from; its domain is nobody's.
pub const DEMO_AGENCY_EMAIL: &str = "mot-cua@kktvanphong.example";

/// The configuration of a local start that names none, with printed keys.
pub const DEMO: &str = include_str!("demo.toml");

/// The addition by which the demo's national portal is told.
pub const DEMO_TELLING: &str = r#"
[[portals]]
id = "dvcqg-demo"

[portals.tell]
url = "/local/portals/dvcqg-demo"
username = "motcua"
password = "motcua"
service = "dvcqg"
unit = "000.00.01.H32"
channels = ["online", "desk", "post"]
"#;

/// Reach of the host, which decides whether short keys may be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// Reached from this machine only.
    Loopback,
    /// Reached by others.
    Public,
}

/// Reason why a channel, portal or post cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable<'a> {
    /// No such entry.
    #[error("no such entry is configured")]
    Unknown,
    /// The entry is closed because of its problems.
    #[error("closed: {0}")]
    Closed(&'a Problems),
}

type Entries<T> = BTreeMap<String, Result<T, Problems>>;

/// The whole configuration, checked.
#[derive(Clone, Debug)]
pub struct Config {
    id_key: Key,
    agencies: Vec<Agency>,
    channels: Entries<Channel>,
    portals: Entries<Portal>,
    posts: Entries<Post>,
    message_gateways: Entries<MessageGateway>,
    receipts: Entries<ReceiptProvider>,
    public_url: Option<String>,
    reach: Host,
    papers_bucket: Option<String>,
    units: unit_changes::Known,
    sign_in: Option<Result<SignIn, Problems>>,
    staff_claims: StaffClaims,
    front_keys: Option<Keys>,
    problems: Problems,
}

impl Config {
    /// Reads a configuration that must be right as a whole: a local start, the configuration check.
    pub fn strict(text: &str, host: Host) -> Result<Self, Problems> {
        let mut config = read::config(text, host)?;
        if !config.has_closed(unit_changes::KIND) {
            unit_changes::misfits(config.units.changes(), &mut config.problems.0);
        }
        if config.problems.is_empty() { Ok(config) } else { Err(config.problems) }
    }

    /// Reads a configuration in which a bad channel, portal or post closes itself and leaves the others open. A mistake
    /// outside those entries still fails the whole. [`Config::problems`] returns what to raise the alarm with.
    pub fn per_channel(text: &str, host: Host) -> Result<Self, Problems> {
        read::config(text, host)
    }

    /// Reads the same from the office's own secret and from those by use. Keys of a use that is not among them are
    /// elsewhere: its entries are known and open, and nothing is verified by them.
    pub fn in_parts(office: &str, parts: &[(Use, &str)], host: Host) -> Result<Self, Problems> {
        read::in_parts(office, parts, host)
    }

    /// Returns the demo configuration, for loopback.
    pub fn demo() -> Self {
        Self::strict(DEMO, Host::Loopback).expect("the demo configuration is right, a test reads it")
    }

    /// Returns the demo configuration in which the national portal is told what became of dossiers: that of a local start
    /// that names none. Tests of other things do without.
    pub fn demo_telling() -> Self {
        let none = Use::ALL.iter().filter(|of| **of != Use::Telling).map(|of| (*of, ""));
        let parts: Vec<_> = none.chain([(Use::Telling, DEMO_TELLING)]).collect();
        Self::in_parts(DEMO, &parts, Host::Loopback).expect("the demo configuration is right, a test reads it")
    }

    /// Returns the key of the hash that makes the id of a partner's dossier. It must never change.
    pub fn id_key(&self) -> &Key {
        &self.id_key
    }

    /// Whether this is nobody's office: the printed key makes its ids, so it gets the sample procedures.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.id_key.expose() == read::DEMO_ID_KEY.as_bytes()
    }

    /// Returns this office's address for the world, without a slash at its end; `None` if nobody wrote it.
    pub fn public_url(&self) -> Option<&str> {
        self.public_url.as_deref()
    }

    /// Returns the changes of provinces and communes that came after this was built, to be put into
    /// [`Units`]. Only [`Config::strict`] has compared them with the table.
    #[must_use]
    pub fn unit_changes(&self) -> &[Change] {
        self.units.changes()
    }

    /// Returns provinces and communes with these changes, without those that do not fit. They are made at the first call, so
    /// that a function without addresses pays nothing.
    #[must_use]
    pub fn units(&self) -> &Units {
        self.units.units()
    }

    /// Returns every agency, at least one.
    pub fn agencies(&self) -> &[Agency] {
        &self.agencies
    }

    /// Returns the agency that has this code, or had it.
    pub fn agency(&self, code: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.answers_to(code))
    }

    /// Returns the channel of this id.
    pub fn channel(&self, id: &str) -> Result<&Channel, Unavailable<'_>> {
        look_up(&self.channels, id)
    }

    /// Returns how an agency takes money. A default channel that is closed counts as none: the fee is recorded as owed,
    /// and a clerk chooses another.
    pub fn till(&self, agency: &AgencyCode) -> Till {
        let own = || self.channels().filter(|channel| channel.agency == *agency);
        let entry = self.agency(agency.as_str());
        let default_channel = match entry.and_then(|entry| entry.default_channel.as_deref()) {
            Some(id) => own().find(|channel| channel.id == id),
            None => own().next().filter(|_| own().count() == 1),
        };
        Till {
            default_channel: default_channel.map(|channel| channel.id.clone()),
            voucher_series: entry.map_or(DEFAULT_VOUCHER_SERIES, |entry| &entry.voucher_series).to_owned(),
            in_parts: own().filter(|it| it.gateway.row().brings_parts).map(|channel| channel.id.clone()).collect(),
            limits: own().map(|channel| (channel.id.clone(), channel.gateway.row().limits())).collect(),
        }
    }

    /// Returns the portal of this id.
    pub fn portal(&self, id: &str) -> Result<&Portal, Unavailable<'_>> {
        look_up(&self.portals, id)
    }

    /// Returns the name of a channel for people, closed ones by their id.
    pub fn channel_called<'c>(&'c self, id: &'c str) -> &'c str {
        self.channel(id).map_or(id, Channel::called)
    }

    /// Returns the name of a portal for people, closed ones by their id.
    pub fn portal_called<'c>(&'c self, id: &'c str) -> &'c str {
        self.portal(id).map_or(id, Portal::called)
    }

    /// Returns the name of a postal operator for people, closed ones by their id.
    pub fn post_called<'c>(&'c self, id: &'c str) -> &'c str {
        self.post(id).map_or(id, Post::called)
    }

    /// Returns the postal operator of this id.
    pub fn post(&self, id: &str) -> Result<&Post, Unavailable<'_>> {
        look_up(&self.posts, id)
    }

    /// Returns the open channels, by id.
    pub fn channels(&self) -> impl Iterator<Item = &Channel> {
        self.channels.values().flatten()
    }

    /// Returns the open portals, by id.
    pub fn portals(&self) -> impl Iterator<Item = &Portal> {
        self.portals.values().flatten()
    }

    /// Returns the open postal operators, by id.
    pub fn posts(&self) -> impl Iterator<Item = &Post> {
        self.posts.values().flatten()
    }

    /// Returns the closed channels, portals, posts, message gateways and providers of receipts: the kind, the id and the problems of each.
    pub fn closed(&self) -> impl Iterator<Item = (&'static str, &str, &Problems)> {
        closed("channels", &self.channels)
            .chain(closed("portals", &self.portals))
            .chain(closed("posts", &self.posts))
            .chain(closed("message_gateways", &self.message_gateways))
            .chain(self.closed_receipts())
    }

    /// Whether an entry of this kind (`channels`, `portals`, `posts`, `message_gateways` or `receipts`) is closed, also one whose id cannot be read.
    pub fn has_closed(&self, kind: &str) -> bool {
        self.problems.iter().any(|problem| problem.entry.split('[').next() == Some(kind))
    }

    /// Returns the problems of the closed entries; empty after [`Config::strict`].
    pub fn problems(&self) -> &Problems {
        &self.problems
    }
}

fn closed<'a, T>(
    kind: &'static str,
    entries: &'a Entries<T>,
) -> impl Iterator<Item = (&'static str, &'a str, &'a Problems)> {
    entries.iter().filter_map(move |(id, entry)| Some((kind, id.as_str(), entry.as_ref().err()?)))
}

fn look_up<'a, T>(entries: &'a Entries<T>, id: &str) -> Result<&'a T, Unavailable<'a>> {
    match entries.get(id) {
        Some(Ok(entry)) => Ok(entry),
        Some(Err(problems)) => Err(Unavailable::Closed(problems)),
        None => Err(Unavailable::Unknown),
    }
}
