//! The office, everybody around it, and the one clock of all of them.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

use http::Method;
use jiff::Timestamp;
use motcua::checkout::{self, Wish};
use motcua::site::Site;
use motcua::store::Seen;
use rules::config::{Channel, Config, Gateway};
use rules::dossier::{Debt, Dossier};
use rules::http::{Received, Reply, Request, Response};
use rules::id::{AgencyCode, DossierId, Reference};
use serde_json::Value;

use super::SeedError;
use super::peek::{self, Job};
use crate::neighbours::gateways::Act;
use crate::neighbours::outbox::Outbox;
use crate::neighbours::sns::Sns;
use crate::office::{Office, claims};
use crate::people::PEOPLE;
use crate::samples;
use crate::senders::{Form, Letter, Payment, event, payment, vnpay, webhook};
use crate::wire::{VirtualClock, Wire, database};

/// Enters the people of the office into its directory: they have signed in before the first dossier comes.
async fn introduce(site: &Site, agency: &AgencyCode, now: Timestamp) -> Result<(), SeedError> {
    for (who, role, name) in PEOPLE {
        let seen = Seen { who: who.to_owned(), role: role.to_owned(), at: now };
        site.recorder.store().note_seen(agency, &seen, Some(name)).await?;
    }
    Ok(())
}

/// Everybody, and everything they use.
pub(super) struct Town {
    pub clock: VirtualClock,
    pub office: Office,
    pub agency: AgencyCode,
    letters: u64,
    /// Commands that the office declined: none, unless the rules changed since these courses were written.
    pub declined: Vec<String>,
}

impl Town {
    /// Opens an office in an empty folder, at this time.
    pub async fn open(folder: &Path, config: Config, now: Timestamp) -> Result<Self, SeedError> {
        let clock = VirtualClock::new(now);
        let sns = Sns::new(Outbox::in_folder(folder)?, clock.clone());
        let wire = Wire::in_process(database::in_folder(folder)?);
        let office = Box::pin(Office::open_at(&clock, config, wire, sns, folder)).await?;
        let site = office.site();
        if !site.config.is_demo() {
            samples::import(&site, office.wire().database()).await?;
        }
        let agency = site.config.agencies()[0].key().clone();
        introduce(&site, &agency, now).await?;
        Ok(Self { clock, office, agency, letters: 0, declined: Vec::new() })
    }

    pub fn dossier(&self, id: DossierId) -> Result<Option<Dossier>, SeedError> {
        peek::dossier(self.office.wire().database(), &self.agency, id)
    }

    fn letter(&mut self) -> String {
        self.letters += 1;
        format!("seed-{}", self.letters)
    }

    async fn answer(&self, request: &Request) -> Result<Response, SeedError> {
        let answer = Box::pin(self.office.answer(request)).await;
        answer.ok_or_else(|| SeedError::Answer(request.path().to_owned(), 404, String::new()))
    }

    /// Sends an event of the portal with this id about a dossier.
    pub async fn portal(&mut self, portal: &str, kind: &str, form: Form) -> Result<(), SeedError> {
        let (site, now, delivery) = (self.office.site(), self.clock.now(), self.letter());
        let portal = site.config.portal(portal).map_err(|_| SeedError::Nobody("portal"))?;
        let letter = webhook("/portal/events", portal.keys.current(), &delivery, now, event(kind, now, &form));
        self.sent(&letter, kind).await.map(|_| ())
    }

    async fn sent(&mut self, letter: &Letter, what: &str) -> Result<Response, SeedError> {
        let answer = self.answer(&letter.request()).await?;
        let refused = answer.text().contains("\"status\":\"refused\"");
        match answer.status().as_u16() {
            200 if refused => self.declined.push(format!("{what}: {}", answer.text())),
            200..300 => {}
            status => return Err(SeedError::Answer(what.to_owned(), status, answer.text().to_owned())),
        }
        Ok(answer)
    }

    /// Files a dossier as somebody of the office.
    pub async fn file(&mut self, body: &Value) -> Result<DossierId, SeedError> {
        let answer = self.staff(("clerk", "canbo01"), "/api/v1/dossiers", None, body).await?;
        let id = answer["dossier"]["id"].as_str().and_then(|id| DossierId::parse(id).ok());
        id.ok_or_else(|| SeedError::Answer("filing".into(), 200, answer.to_string()))
    }

    /// Gives a command as somebody of the office; returns whether the dossier took it.
    pub async fn command(
        &mut self,
        who: (&str, &str),
        dossier: &Dossier,
        command: &str,
        body: &Value,
    ) -> Result<bool, SeedError> {
        let target = format!("/api/v1/dossiers/{}/{command}", dossier.id);
        Ok(self.staff(who, &target, Some(dossier.version), body).await?["status"] != "refused")
    }

    async fn staff(
        &mut self,
        (role, subject): (&str, &str),
        target: &str,
        version: Option<u64>,
        body: &Value,
    ) -> Result<Value, SeedError> {
        let mut headers = vec![("content-type", "application/json".into()), ("idempotency-key", self.letter())];
        headers.extend(version.map(|version| ("if-match", format!("\"{version}\""))));
        let letter = Letter { method: Method::POST, target: target.to_owned(), headers, body: body.to_string() };
        let mut request = letter.request();
        request.extensions_mut().insert(claims(self.agency.as_str(), subject, role));
        let answer = self.answer(&request).await?;
        match answer.status().as_u16() {
            200 => {}
            422 => self.declined.push(format!("{target}: {}", answer.text())),
            status => return Err(SeedError::Answer(target.to_owned(), status, answer.text().to_owned())),
        }
        Ok(serde_json::from_slice(answer.body()).unwrap_or_default())
    }

    /// Returns the channels that collect for the agency.
    pub fn channels(&self) -> Vec<Channel> {
        let site = self.office.site();
        site.config.channels().filter(|channel| channel.agency == self.agency).cloned().collect()
    }

    /// Pays what is asked under an attempt, or something else. It pays at the gateway's page if the gateway opens
    /// orders for us; otherwise the gateway reports the money by itself.
    pub async fn pay(&mut self, dossier: &Dossier, debt: Debt, act: Act) -> Result<(), SeedError> {
        let asked = dossier.fees.iter().rfind(|fee| fee.fee() == debt.fee && fee.channel.is_some());
        let Some((asked, channel)) = asked.and_then(|fee| Some((fee, fee.channel.clone()?))) else { return Ok(()) };
        let site = self.office.site();
        let channel = site.config.channel(&channel).map_err(|_| SeedError::Nobody("channel"))?;
        let reference = Reference { id: dossier.id, attempt: asked.attempt };
        if channel.api_url.is_some() {
            let (ip, now) = (IpAddr::V4(Ipv4Addr::LOCALHOST), self.clock.now());
            let order = Box::pin(checkout::open(&site, &self.agency, reference, ip, Wish::Current, now)).await;
            let order = order.map_err(|error| SeedError::Order(error.to_string()))?;
            let page = order.page.as_ref().and_then(|page| page.url.as_deref()).unwrap_or_default();
            if channel.gateway == Gateway::Vnpay {
                let query = page.split_once('?').map_or("", |(_, query)| query);
                let opened = self.office.gateways().open_vnpay_page(channel, query);
                opened.map_err(|error| SeedError::Order(error.to_string()))?;
            }
            let acted = self.office.gateways().act(&order.channel, &order.number, act);
            return acted.map_err(|error| SeedError::Order(error.to_string()));
        }
        let times = if act == Act::PayTwice { 2 } else { 1 };
        for _ in 0..times {
            self.tell(&channel.clone(), reference.to_string(), asked.amount_vnd, act != Act::Fail).await?;
        }
        Ok(())
    }

    /// Reports money as a gateway does by itself.
    pub async fn tell(
        &mut self,
        channel: &Channel,
        reference: String,
        amount_vnd: rules::vnd::Vnd,
        paid: bool,
    ) -> Result<(), SeedError> {
        let now = self.clock.now();
        self.letters += 1;
        let transaction = (30_000_000 + self.letters).to_string();
        let written = Payment { reference, transaction, amount_vnd, paid, at: now };
        let letter = payment(channel, &written, now).map_err(|error| SeedError::Order(error.to_string()))?;
        self.answer(&letter.request()).await.map(|_| ())
    }

    /// Sends a signed message of VNPAY's that cannot be used.
    pub async fn garble(&self, channel: &Channel) -> Result<(), SeedError> {
        let pairs = [("vnp_TxnRef", "KHACH"), ("vnp_TmnCode", channel.id.as_str())];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        self.answer(&vnpay(channel, &pairs).request()).await.map(|_| ())
    }

    /// Runs what works by itself when it has something to do.
    pub async fn settle(&self) -> Result<(), SeedError> {
        self.office.call_back().await;
        Ok(self.office.tell_people().await.map(|_| ())?)
    }

    /// Takes the schedule's turn: a job that would find nothing is left out.
    pub async fn sweep(&self) -> Result<(), SeedError> {
        let database = self.office.wire().database();
        if peek::is_due(database, &self.agency, Job::Sweep, self.clock.now())? {
            self.office.sweep().await;
        }
        if peek::is_due(database, &self.agency, Job::Reconciliation, self.clock.now())? {
            self.office.reconcile().await;
        }
        self.settle().await
    }

    /// Returns every dossier. Only an office in this process is read so: it keeps no list of all of them.
    pub fn dossiers(&self) -> Result<Vec<Dossier>, SeedError> {
        peek::dossiers(self.office.wire().database())
    }
}
