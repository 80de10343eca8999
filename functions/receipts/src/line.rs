//! The line to one provider: one log-in a run, and answers that are read.

use motcua::site::Site;
use motcua::web::{Sessions, Silence};
use rules::config::ReceiptProvider;
use rules::gateway::Call;

use crate::answer::{Answer, read, token};
use crate::calls;

/// The most bytes of an answer with a file.
const MOST_BYTES: usize = 6 * 1024 * 1024;

pub(crate) struct Line<'a> {
    pub(crate) site: &'a Site,
    pub(crate) to: &'a ReceiptProvider,
    /// The token of this run. It is not kept for the next: this provider answers 500 to one that is over, as to what fails.
    pub(crate) sessions: Sessions,
}

impl Line<'_> {
    /// Asks for a token anew, which also shows whether the provider answers at all.
    pub(crate) async fn log_in(&self) -> Result<String, Silence> {
        self.sessions.forget(&self.to.id);
        // Without a log-in nobody is let in. The configuration closes such an entry where the log-in belongs.
        let (username, password) = self.to.username.as_ref().zip(self.to.password.as_ref()).ok_or(Silence::LogIn)?;
        match self.exchange(&calls::log_in(self.to, username.expose(), password.expose())).await? {
            Answer::Done(body) => {
                let token = token(&body).ok_or(Silence::Unreadable)?;
                self.sessions.keep(&self.to.id, token.clone());
                Ok(token)
            }
            Answer::Used | Answer::Missing | Answer::TokenOver | Answer::Refused(_) => Err(Silence::LogIn),
        }
    }

    /// Calls with a token; one that is over is renewed once. What is refused with a token that is over was not read.
    pub(crate) async fn ask(&self, call: impl Fn(&str) -> Call) -> Result<Answer, Silence> {
        if let Some(token) = self.sessions.known(&self.to.id) {
            match self.exchange(&call(&token)).await? {
                Answer::TokenOver => {}
                answer => return Ok(answer),
            }
        }
        let token = self.log_in().await?;
        match self.exchange(&call(&token)).await? {
            // A token that is over as soon as it is given is none.
            Answer::TokenOver => Err(Silence::LogIn),
            answer => Ok(answer),
        }
    }

    async fn exchange(&self, call: &Call) -> Result<Answer, Silence> {
        let answered = self.site.web.exchange_up_to(call, MOST_BYTES).await?;
        read(answered.status, &answered.body).ok_or(Silence::Unreadable)
    }
}
