//! The player: what the partners, the clerk and the people at home do, and the evidence that is printed of it.

use std::io::Write;

use http::Method;
use jiff::Timestamp;
use rules::config::{Portal, Post};
use rules::id::AgencyCode;
use rules::statistics::Flow;
use rules::vietnam;
use rules::vnd::Vnd;
use serde_json::{Value, json};

use super::tally::Count;
use crate::demo::browser::short;
use crate::demo::story::FEE_VND;
use crate::demo::teller::Teller;
use crate::demo::{DemoError, text};
use crate::office::Office;
use crate::senders::Payment;

/// A dossier of the play.
#[derive(Clone, Copy)]
pub(super) struct Filed {
    /// Its official code.
    pub code: &'static str,
    /// Its applicant's telephone, as it was declared.
    pub phone: &'static str,
    /// The portal, by its place in the configuration.
    pub portal: usize,
    /// Whether the post was chosen with the filing.
    pub by_post: bool,
}

pub(super) struct Played<'a> {
    pub(super) teller: Teller<'a>,
    pub(super) office: &'a Office,
    pub(super) agency: &'a AgencyCode,
    pub(super) post: &'a Post,
    portals: &'a [Portal],
    /// The player's own count.
    pub(super) count: Count,
    payments: u32,
    out: &'a mut (dyn Write + Send),
}

impl<'a> Played<'a> {
    pub(super) fn new(
        teller: Teller<'a>,
        office: &'a Office,
        (agency, post, portals): (&'a AgencyCode, &'a Post, &'a [Portal]),
        out: &'a mut (dyn Write + Send),
    ) -> Self {
        Self { teller, office, agency, post, portals, count: Count::default(), payments: 0, out }
    }

    /// Begins a sentence of the source.
    pub(super) fn sentence(&mut self, number: u32, sentence: &str) -> Result<(), DemoError> {
        Ok(writeln!(self.out, "\n{number:>2}. {sentence}")?)
    }

    /// Prints one piece of evidence.
    pub(super) fn shows(&mut self, kind: &str, what: &str) -> Result<(), DemoError> {
        Ok(writeln!(self.out, "    {kind:<8} {what}")?)
    }

    /// Opens a page as anybody does, which must say these words, and shows its address and heading.
    pub(super) async fn page(&mut self, way: &str, words: &str) -> Result<String, DemoError> {
        let page = self.teller.page(way, words).await?;
        self.shows("page", &format!("{} – {}", short(way), page.heading))?;
        Ok(page.html)
    }

    /// Shows the last message to a telephone that holds these words.
    pub(super) async fn sms(&mut self, phone: &str, words: &str) -> Result<String, DemoError> {
        let sent = self.teller.sent_to(phone, words).await?;
        self.shows("SMS", &sent)?;
        Ok(sent)
    }

    /// Has a portal file a dossier, and returns its id.
    pub(super) async fn files(&mut self, filed: Filed) -> Result<String, DemoError> {
        let portal = self.portals.get(filed.portal).ok_or(DemoError::Nobody("second portal"))?;
        self.teller.portal = portal.clone();
        let now = self.now().await?;
        let form = json!({
            "MaHoSo": filed.code, "MaTTHC": "1.005129", "KenhThucHien": "2", "LoaiDoiTuong": "2",
            "ChuHoSo": format!("Công ty TNHH Thử Nghiệm {}", &filed.code[filed.code.len() - 2..]),
            "SoGiayToChuHoSo": format!("05608400{}", &filed.code[filed.code.len() - 4..]),
            "SoDienThoai": filed.phone, "DiaChi": "12 Lê Lợi, Phường Bến Nghé, Quận 1, TP Hồ Chí Minh",
            "HinhThuc": if filed.by_post { "1" } else { "0" }, "NgayNopHoSo": vietnam::portal_instant(now),
        });
        let answer = self.teller.portal("dossier.submitted", form, now).await?;
        self.count.received(&self.portals[filed.portal].id, vietnam::day(now));
        if filed.by_post {
            self.counts(Flow::PostWithFiling).await?;
        }
        Ok(text(&answer, "/dossier").to_owned())
    }

    /// Gives a command of the clerk.
    pub(super) async fn clerk(&mut self, id: &str, command: &str, body: Value) -> Result<Value, DemoError> {
        self.teller.clerk(id, command, body).await
    }

    /// Asks for the fee, which stops the clock, and has it paid at VNPAY, which lets it run again.
    pub(super) async fn pays_online(&mut self, id: &str) -> Result<(), DemoError> {
        let body = json!({ "channel": self.teller.channel.id, "amount_vnd": FEE_VND });
        let asked = self.clerk(id, "ask-fee", body).await?;
        self.counts(Flow::Paused).await?;
        let reference = text(&asked, "/fees/0/reference").to_owned();
        let now = self.later(20).await?;
        self.payments += 1;
        let amount_vnd = Vnd::new(FEE_VND).expect("a fee is far below 2^53");
        let transaction = format!("1442{:04}", self.payments);
        let payment = Payment { reference, transaction, amount_vnd, paid: true, at: now };
        self.teller.gateway(&payment, false, now, "00").await?;
        self.counts(Flow::PaidOnline).await?;
        self.counts(Flow::Resumed).await
    }

    /// Waits until lists and figures are up with what was recorded.
    pub(super) async fn settled(&self) -> Result<(), DemoError> {
        self.office.deliver().await.map(drop).map_err(|_| DemoError::Nobody("stream that is read"))
    }

    /// Counts a step of today.
    pub(super) async fn counts(&mut self, flow: Flow) -> Result<(), DemoError> {
        let day = vietnam::day(self.now().await?);
        self.count.step(flow, day);
        Ok(())
    }

    /// Lets time pass until this instant of April 2020, written `03 08:00`.
    pub(super) async fn on(&mut self, when: &str) -> Result<Timestamp, DemoError> {
        let (day, time) = when.split_once(' ').unwrap_or((when, "08:00"));
        self.teller.until(&format!("2020-04-{day}T{time}:00+07:00")).await
    }

    /// Lets so many minutes pass.
    pub(super) async fn later(&mut self, minutes: i64) -> Result<Timestamp, DemoError> {
        let at = self.now().await? + jiff::SignedDuration::from_mins(minutes);
        self.teller.until(&at.to_string()).await
    }

    /// The time by the office's clock.
    pub(super) async fn now(&self) -> Result<Timestamp, DemoError> {
        let clock = self.teller.json(Method::GET, "/local/clock", Vec::new(), String::new()).await?;
        Ok(text(&clock, "/now").parse().unwrap_or_default())
    }
}
