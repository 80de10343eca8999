//! Outcome of one call: carried out, or broken by the fault that met it.

use aws_smithy_runtime_api::client::result::ConnectorError;
use serde_json::{Value, json};

use super::answer::{self, Answer};
use crate::rights::Denied;

use super::faults::{self, Fault, Injected};
use super::{Wire, dispatch, stale};

/// The most of the newest writes that a stale index may not know yet.
const STALE_WRITES: usize = 8;

/// One call between its two ends.
pub(super) struct Passage {
    pub(super) number: u64,
    pub(super) operation: String,
    pub(super) request: Value,
    pub(super) headers: Vec<(String, String)>,
    pub(super) sealed: bool,
    /// Reason why the calling function may not make it.
    pub(super) denied: Option<Denied>,
    pub(super) fault: Option<Fault>,
    /// Whether the write stays after a fault with an open outcome.
    pub(super) applied: bool,
    /// A number from the seed, which picks the item, key or write for the fault.
    pub(super) pick: usize,
    pub(super) yields: (u8, u8),
}

impl Wire {
    /// Carries the request out, or breaks it.
    pub(super) async fn meet(&self, passage: &Passage) -> Result<Answer, ConnectorError> {
        if let Some(denied) = &passage.denied {
            tracing::error!(%denied, "a call that the template does not allow");
            return Ok(Answer::denied(denied));
        }
        let Some(fault) = passage.fault else { return self.apply(passage, &passage.request).await };
        match fault {
            Fault::Throttle => self.strike(passage, false, Ok(Answer::throttled())).await,
            Fault::TimeoutNotApplied => self.strike(passage, false, Err(answer::timeout())).await,
            Fault::TimeoutApplied => self.strike(passage, true, Err(answer::timeout())).await,
            Fault::ConnectionReset => self.strike(passage, passage.applied, Err(answer::reset())).await,
            Fault::InternalError => self.strike(passage, passage.applied, Ok(Answer::internal_error())).await,
            Fault::Conflict => self.strike(passage, false, Ok(Answer::conflict(&passage.request, passage.pick))).await,
            Fault::TransactionThrottled => {
                let answer = Answer::cancelled(&passage.request, passage.pick, "ThrottlingError");
                self.strike(passage, false, Ok(answer)).await
            }
            Fault::StaleIndex => self.answer_stale(passage).await,
            Fault::UnprocessedKey => self.leave_one_key(passage).await,
        }
    }

    async fn strike(
        &self,
        passage: &Passage,
        applied: bool,
        outcome: Result<Answer, ConnectorError>,
    ) -> Result<Answer, ConnectorError> {
        self.note(passage, applied);
        if applied {
            self.apply(passage, &passage.request).await?;
        }
        outcome
    }

    async fn answer_stale(&self, passage: &Passage) -> Result<Answer, ConnectorError> {
        let unknown = 1 + passage.pick % STALE_WRITES;
        match stale::answer_before(self.database(), &passage.request, unknown) {
            Some(answer) => {
                self.note(passage, true);
                Ok(self.settle(passage, answer))
            }
            None => self.apply(passage, &passage.request).await,
        }
    }

    async fn leave_one_key(&self, passage: &Passage) -> Result<Answer, ConnectorError> {
        let mut request = passage.request.clone();
        let unprocessed = answer::take_key(&mut request, passage.pick);
        let mut answer = self.apply(passage, &request).await?;
        if let (Some(unprocessed), Ok(mut body)) = (unprocessed, serde_json::from_slice::<Value>(&answer.body))
            && answer.status == 200
        {
            self.note(passage, true);
            body["UnprocessedKeys"] = unprocessed;
            answer.body = body.to_string().into_bytes();
        }
        Ok(answer)
    }

    async fn apply(&self, passage: &Passage, request: &Value) -> Result<Answer, ConnectorError> {
        let body = request.to_string().into_bytes();
        let answer = match &self.inner.loopback {
            Some(loopback) => loopback.send(passage.headers.clone(), body).await?,
            None => dispatch::dispatch(self.database(), &passage.operation, &body),
        };
        Ok(self.settle(passage, answer))
    }

    /// Books the capacity, and removes it from the answer if the caller did not ask for it.
    fn settle(&self, passage: &Passage, mut answer: Answer) -> Answer {
        let Ok(mut body) = serde_json::from_slice::<Value>(&answer.body) else { return answer };
        if let Some(consumed) = body.get("ConsumedCapacity") {
            self.lock().tally.consumed(&passage.operation, consumed);
            if let (false, Some(body)) = (passage.sealed, body.as_object_mut()) {
                body.remove("ConsumedCapacity");
                answer.body = Value::Object(std::mem::take(body)).to_string().into_bytes();
            }
        }
        answer
    }

    fn note(&self, passage: &Passage, applied: bool) {
        let Some(fault) = passage.fault else { return };
        let mut state = self.lock();
        let call = state.faults.calls();
        state.injected.push(Injected { call, operation: passage.operation.clone(), fault, applied });
    }
}

/// Asks for the capacity if the caller did not; returns whether it had to.
pub(super) fn ask_for_capacity(operation: &str, request: &mut Value) -> bool {
    let silent = matches!(request["ReturnConsumedCapacity"].as_str(), None | Some("NONE"));
    let asks = faults::is_data_plane(operation) && silent;
    if asks {
        request["ReturnConsumedCapacity"] = json!("INDEXES");
    } else if request["ReturnConsumedCapacity"].is_null()
        && let Some(request) = request.as_object_mut()
    {
        // Looking the key up by index had written a null there.
        request.remove("ReturnConsumedCapacity");
    }
    asks
}
