//! Situations of an office's life, each in the office's own words, through the real functions and the real store.
//!
//! The sample procedure allows 15 working days: accepted on Wednesday 15 April 2020, the result is due on 8 May (30
//! April and 1 May are days off). Its second step needs two originals, with two working days of grace.

mod arrival;
mod deadlines;
mod endings;
mod pauses;
mod people;

use rules::dossier::{Dossier, Event};
use rules::http::Reply;
use rules::id::DossierId;
use serde_json::{Value, json};

use crate::town::{FEE_VND, Town};

const CODE: &str = "G22-200415-0001";

/// One dossier in a town of its own.
struct Tale {
    town: Town,
    id: DossierId,
}

impl Tale {
    /// Files it online through the national portal on Wednesday 15 April 2020 at 08:00.
    async fn filed() -> Self {
        let town = Town::new().await;
        let id = town.submit(CODE).await;
        Self { town, id }
    }

    /// Accepts it as it came.
    async fn accepted() -> Self {
        let tale = Self::filed().await;
        tale.clerk("accept", json!({})).await;
        tale
    }

    /// Brings it to the step that needs the two originals, since Wednesday at 10:00.
    async fn verified() -> Self {
        let tale = Self::accepted().await;
        tale.on("04-15 10:00");
        tale.clerk("enter-step", json!({ "step": "verification" })).await;
        tale
    }

    /// Lets it wait for both originals since the sweep of Friday at 17:00.
    async fn lacking_originals() -> Self {
        let tale = Self::verified().await;
        tale.sweep("04-17 17:00").await;
        assert_eq!(tale.state().await, "paused [5]");
        tale
    }

    /// Moves the clock to a day and hour of 2020.
    fn on(&self, when: &str) {
        self.town.until(&rfc3339(when));
    }

    async fn sweep(&self, when: &str) {
        self.on(when);
        self.town.office.sweep().await;
    }

    async fn clerk(&self, command: &str, body: Value) -> Value {
        self.town.clerk(self.id, command, body).await["dossier"].clone()
    }

    async fn manager(&self, command: &str, body: Value) {
        let answer = self.town.staff("manager", self.id, command, &body).await;
        assert_eq!(answer.status().as_u16(), 200, "{command}: {}", answer.text());
    }

    /// Returns the sentence, in English, with which a command is declined.
    async fn declined(&self, role: &str, command: &str, body: Value) -> String {
        let answer = self.town.staff(role, self.id, command, &body).await;
        assert_eq!(answer.status().as_u16(), 422, "{command}: {}", answer.text());
        let said: Value = serde_json::from_str(answer.text()).unwrap();
        said["reason"]["en"].as_str().unwrap().to_owned()
    }

    /// Sends the portal's event about it, under a delivery of its own; returns the `status` of the answer.
    async fn portal(&self, kind: &str, delivery: &str, more: Value) -> String {
        let mut data = json!({ "MaHoSo": CODE });
        data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let answer = self.town.portal(kind, delivery, data).await;
        let said: Value = serde_json::from_str(answer.text()).unwrap();
        said["status"].as_str().unwrap_or_default().to_owned()
    }

    /// Pays the fee of the attempt through VNPAY.
    async fn pays(&self, attempt: u8) {
        self.town.send(&self.town.callback(&self.town.paid(&format!("{}{attempt:02}", self.id)))).await;
    }

    async fn dossier(&self) -> Dossier {
        self.town.dossier(self.id).await.unwrap()
    }

    async fn seen(&self) -> Value {
        let answer = super::desk::get(&self.town, self.id.as_str()).await;
        serde_json::from_str(answer.text()).unwrap()
    }

    /// Returns the phase and the portal's status, such as `in_progress [4]`.
    async fn state(&self) -> String {
        let seen = self.seen().await;
        format!("{} [{}]", seen["phase"].as_str().unwrap(), seen["portal_status"])
    }

    /// Returns the date that holds, such as `05-08`; `none` if there is none.
    async fn due(&self) -> String {
        self.dossier().await.due().map_or("none".into(), |due| due.on.strftime("%m-%d").to_string())
    }

    async fn events(&self) -> Vec<Event> {
        self.town.events(self.id).await
    }

    /// Returns the texts sent so far.
    async fn told(&self) -> Vec<String> {
        self.town.office.deliver().await.unwrap();
        self.town.sms().into_iter().map(|message| message.text).collect()
    }

    /// Returns the last text sent.
    async fn last_told(&self) -> String {
        self.told().await.pop().expect("somebody was told something")
    }

    /// Returns each stretch of the clock by its kind.
    async fn stretches(&self) -> Vec<String> {
        let seen = self.seen().await;
        let segments = seen["clock"]["segments"].as_array().unwrap();
        segments.iter().map(|it| it["kind"].as_str().unwrap().to_owned()).collect()
    }
}

/// Returns `04-15 10:00` of 2020, in Vietnam.
fn rfc3339(when: &str) -> String {
    format!("2020-{}:00+07:00", when.replace(' ', "T"))
}

fn receipt(papers: &[&str], minutes_no: &str) -> Value {
    json!({ "papers": papers, "minutes_no": minutes_no, "by": "hand" })
}

fn receipt_at(papers: &[&str], handed_over: &str) -> Value {
    json!({ "papers": papers, "minutes_no": "BB-1", "by": "hand", "at": rfc3339(handed_over) })
}

/// Hands out the result, or part of it, to somebody who shows a citizen card.
fn handed_to(whom: &str, part: bool) -> Value {
    json!({ "to": whom, "shown": "citizen_card", "paper_no": "056084000001", "part": part })
}

fn fee() -> Value {
    json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND })
}

fn supplement(papers: &[&str]) -> Value {
    json!({ "reason": "thiếu chữ ký", "papers": papers })
}

const BOTH: [&str; 2] = ["GPXD-DON", "GPXD-BV"];
