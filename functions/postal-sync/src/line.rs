//! The line to one operator: a token that is renewed once, and answers that are read.

use motcua::site::Site;
use motcua::web::{Sessions, Silence};
use rules::config::{Post, PostOrder};
use rules::gateway::Call;
use serde_json::Value;

use crate::answer::{Answer, read};
use crate::calls;

pub(crate) struct Line<'a> {
    pub(crate) site: &'a Site,
    pub(crate) post: &'a Post,
    pub(crate) to: &'a PostOrder,
    pub(crate) sessions: &'a Sessions,
}

impl Line<'_> {
    /// Asks for a token anew, which also shows whether the operator answers at all.
    pub(crate) async fn log_in(&self) -> Result<String, Silence> {
        self.sessions.forget(&self.post.id);
        // Without a key nobody is let in. The configuration closes such an entry where the key belongs.
        let (key, secret) = self.to.key.as_ref().zip(self.to.secret.as_ref()).ok_or(Silence::LogIn)?;
        let token = match self.exchange(&calls::log_in(self.to, key.expose(), secret.expose())).await? {
            Answer::Done(body) => body.get("token").and_then(Value::as_str).map(str::to_owned),
            Answer::Exists | Answer::Missing | Answer::TokenOver | Answer::Refused(_) => return Err(Silence::LogIn),
        };
        let plain = |token: &String| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        let token = token.filter(plain).ok_or(Silence::Unreadable)?;
        self.sessions.keep(&self.post.id, token.clone());
        Ok(token)
    }

    /// Calls with a token; one that is over is renewed once.
    pub(crate) async fn ask<E>(&self, call: impl Fn(&str) -> Result<Call, E>) -> Result<Result<Answer, E>, Silence> {
        if let Some(token) = self.sessions.known(&self.post.id) {
            let call = match call(&token) {
                Ok(call) => call,
                Err(error) => return Ok(Err(error)),
            };
            match self.exchange(&call).await? {
                Answer::TokenOver => {}
                answer => return Ok(Ok(answer)),
            }
        }
        let token = self.log_in().await?;
        let call = match call(&token) {
            Ok(call) => call,
            Err(error) => return Ok(Err(error)),
        };
        match self.exchange(&call).await? {
            // A token that is over as soon as it is given is none.
            Answer::TokenOver => Err(Silence::LogIn),
            answer => Ok(Ok(answer)),
        }
    }

    async fn exchange(&self, call: &Call) -> Result<Answer, Silence> {
        let answered = self.site.web.exchange(call).await?;
        read(answered.status, &answered.body).ok_or(Silence::Unreadable)
    }
}
