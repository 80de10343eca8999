//! One question for one order that is due.

use motcua::checkout::{AskError, Checkout, arrived, ask};
use motcua::recorder::RecordError;
use motcua::store::{Error, Key, Store, Task, TaskItem};
use rules::dossier::FeeState;
use rules::gateway::{AnswerError, Finding, Standing};
use rules::id::AgencyCode;

use crate::Run;

/// Next step for an order after it was looked at.
enum Next {
    /// It can receive no more money.
    Finish,
    /// It may still receive money.
    AskAgain,
    /// No question will settle it.
    GiveUp,
}

impl Run<'_> {
    /// Looks at one order, and puts it off if that fails.
    pub(crate) async fn look_at(&mut self, agency: &AgencyCode, task: &Task) {
        if let Err(error) = self.settle(agency, task).await {
            self.report.errors += 1;
            tracing::error!(item = %task.key.sk, %error, "an order was not looked at");
        }
    }

    async fn settle(&mut self, agency: &AgencyCode, task: &Task) -> Result<(), Error> {
        // The index may still show a task that was finished or put off.
        let Some(read) = self.store().task(task).await?.filter(|read| read.is_due(task, agency, self.now)) else {
            return Ok(());
        };
        let next = match Checkout::read(&read.item) {
            Ok(order) if self.silent.contains(&order.channel) => {
                self.report.unfinished = true;
                return Ok(());
            }
            Ok(order) => self.next(agency, &order).await,
            Err(error) => Err(error),
        };
        let next = next.unwrap_or_else(|error| {
            self.report.errors += 1;
            tracing::error!(item = %task.key.sk, %error, "what a gateway told was not recorded");
            Next::AskAgain
        });
        self.go_to(agency, task, &read, next).await
    }

    async fn go_to(&mut self, agency: &AgencyCode, task: &Task, read: &TaskItem, next: Next) -> Result<(), Error> {
        match next {
            Next::Finish => self.store().finish(task).await,
            Next::AskAgain => self.store().put_off(agency, task, read, self.now).await,
            Next::GiveUp => {
                self.report.given_up += 1;
                self.store().give_up(agency, task, read, self.now).await
            }
        }
    }

    async fn next(&mut self, agency: &AgencyCode, order: &Checkout) -> Result<Next, Error> {
        if self.is_settled(agency, order).await? {
            self.report.settled += 1;
            return Ok(Next::Finish);
        }
        let site = self.site;
        let Ok(channel) = site.config.channel(&order.channel) else {
            tracing::error!(channel = order.channel, "an order of a channel that is not open");
            self.report.errors += 1;
            return Ok(Next::AskAgain);
        };
        self.report.asked += 1;
        match ask(site, channel, order, self.now).await {
            Ok(finding) => self.record(agency, order, finding).await,
            Err(error) => {
                tracing::warn!(channel = channel.id, %error, "a gateway did not tell");
                match error {
                    AskError::Answer(AnswerError::Unverified(reason)) => {
                        // The alarm in infra/template.yaml waits for these words.
                        tracing::error!(channel = channel.id, %reason, "an answer that is not authentic");
                        self.report.unverified += 1;
                    }
                    AskError::Web(_) => {
                        self.silent.insert(channel.id.clone());
                        self.report.errors += 1;
                    }
                    AskError::Answer(_) | AskError::Unsendable(_) => self.report.errors += 1,
                }
                Ok(Next::AskAgain)
            }
        }
    }

    /// Whether the fee was paid and this is the attempt's only order. If there is a second order, nobody knows which of
    /// them paid it, and both are asked about: the payer may have paid twice.
    async fn is_settled(&self, agency: &AgencyCode, order: &Checkout) -> Result<bool, Error> {
        let second = Key::checkout(agency, order.id, order.attempt, 2);
        let loaded = self.store().load(agency, order.id, std::slice::from_ref(&second)).await?;
        let mut fees = loaded.dossier.iter().flat_map(|dossier| &dossier.fees);
        let paid = fees.any(|fee| fee.attempt == order.attempt && fee.state == FeeState::Paid);
        Ok(paid && order.order == 1 && loaded.item(&second).is_none())
    }

    async fn record(&mut self, agency: &AgencyCode, order: &Checkout, finding: Finding) -> Result<Next, Error> {
        let Finding { payments, standing } = finding;
        let none = payments.is_empty();
        for found in payments {
            let money = arrived(order, found);
            let recorded = self.site.recorder.record_money(agency, &money, self.now).await;
            let settled = recorded.map_err(|error| match error {
                RecordError::Store(error) => error,
                other => Error::Unavailable { operation: "record_money", reason: other.to_string() },
            })?;
            tracing::info!(channel = order.channel, ?settled, "money that a gateway was asked about");
            self.report.count(&money.found.outcome, &settled);
        }
        Ok(self.after(order, standing, none))
    }

    fn after(&mut self, order: &Checkout, standing: Standing, none: bool) -> Next {
        let channel = self.site.config.channel(&order.channel);
        let span = channel.ok().and_then(|channel| channel.gateway.row().first_question_after).unwrap_or_default();
        match standing {
            Standing::Over => {
                self.report.unpaid += u64::from(none);
                Next::Finish
            }
            Standing::Unknown if self.now > order.expires_at => {
                self.report.unpaid += 1;
                Next::Finish
            }
            // A payment began and does not end: the gateway's own people have to be asked.
            Standing::Open if self.now > order.expires_at + span => Next::GiveUp,
            Standing::Unknown | Standing::Open => {
                self.report.open += 1;
                Next::AskAgain
            }
        }
    }

    fn store(&self) -> &Store {
        self.site.recorder.store()
    }
}
