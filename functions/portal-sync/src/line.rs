//! The line to one portal: a session that is renewed once, and answers that are read.

use motcua::site::Site;
use motcua::web::{Sessions, Silence};
use rules::config::{Portal, Telling};
use rules::gateway::Call;
use serde_json::{Map, Value};

use crate::answer::{Answer, read};
use crate::calls;

pub(crate) struct Line<'a> {
    pub(crate) site: &'a Site,
    pub(crate) portal: &'a Portal,
    pub(crate) to: &'a Telling,
    pub(crate) sessions: &'a Sessions,
}

impl Line<'_> {
    /// Opens a session anew, which also shows whether the portal answers at all.
    pub(crate) async fn log_in(&self) -> Result<String, Silence> {
        self.sessions.forget(&self.portal.id);
        // Without a password nobody is let in. The configuration closes such an entry where the password belongs.
        let password = self.to.password.as_ref().ok_or(Silence::LogIn)?;
        let session = match self.exchange(&calls::log_in(self.to, password)).await? {
            Answer::Done(body) => body.get("session").and_then(Value::as_str).map(str::to_owned),
            Answer::Exists
            | Answer::Missing
            | Answer::SessionOver
            | Answer::Early
            | Answer::Claimed
            | Answer::Refused { .. } => return Err(Silence::LogIn),
        };
        let session = session.filter(|session| !session.is_empty()).ok_or(Silence::Unreadable)?;
        self.sessions.keep(&self.portal.id, session.clone());
        Ok(session)
    }

    pub(crate) async fn look_up(&self, code: &str) -> Result<Answer, Silence> {
        self.ask(|session| calls::look_up(self.to, session, code)).await
    }

    pub(crate) async fn upsert(&self, updates: bool, dossier: &Map<String, Value>) -> Result<Answer, Silence> {
        self.ask(|session| calls::upsert(self.to, session, updates, dossier)).await
    }

    pub(crate) async fn progress(&self, rows: &[&Map<String, Value>]) -> Result<Answer, Silence> {
        self.ask(|session| calls::progress(self.to, session, rows)).await
    }

    /// Calls within a session; one that is over is renewed once.
    async fn ask(&self, call: impl Fn(&str) -> Call) -> Result<Answer, Silence> {
        if let Some(session) = self.sessions.known(&self.portal.id) {
            match self.exchange(&call(&session)).await? {
                Answer::SessionOver => {}
                answer => return Ok(answer),
            }
        }
        let session = self.log_in().await?;
        match self.exchange(&call(&session)).await? {
            // A session that is over as soon as it is open is no session.
            Answer::SessionOver => Err(Silence::LogIn),
            answer => Ok(answer),
        }
    }

    async fn exchange(&self, call: &Call) -> Result<Answer, Silence> {
        let answered = self.site.web.exchange(call).await?;
        read(answered.status, &answered.body).ok_or(Silence::Unreadable)
    }
}
