//! Death of a process at one of its calls: before the other side takes the call, or after.
//!
//! A [`Life`] counts the calls of one process to the store and to the outlets. At the call that is its [`End`] it is
//! over: no answer comes any more and no further call is taken. Whoever runs the process waits for that and ends it, by
//! dropping a future or by a signal.

use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use tokio::sync::Notify;

/// Words of the update that marks a message as sent.
const MARK: &[u8] = b"SET sent_at = ";

/// The call at which a life ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// Number of the call, the first being 1.
    pub call: u64,
    /// Whether the other side takes the call first.
    pub taken: bool,
}

/// Counts of what parts a message that was taken from its mark: each may be the cause of one copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Partings {
    /// Deaths.
    pub deaths: u64,
    /// Deaths after an outlet took a message and before the store took its mark.
    pub unmarked_deaths: u64,
    /// Answers that were lost although the outlet took the message.
    pub lost_answers: u64,
    /// Marks that the store did not take, or of which no answer said so.
    pub lost_marks: u64,
}

impl Partings {
    /// Returns the most copies that they explain.
    #[must_use]
    pub fn most_copies(&self) -> u64 {
        self.unmarked_deaths + self.lost_answers + self.lost_marks
    }
}

/// The lives of one process, one after another. Clones share everything.
#[derive(Clone, Debug, Default)]
pub struct Life {
    state: Arc<Mutex<State>>,
    ended: Arc<Notify>,
}

#[derive(Debug, Default)]
struct State {
    calls: u64,
    end: Option<End>,
    is_over: bool,
    /// Whether an outlet took a message whose mark the store has not taken yet.
    unmarked: bool,
    partings: Partings,
}

impl Life {
    /// Begins the next life; its calls are counted from 1.
    pub fn begin(&self, end: Option<End>) {
        let mut state = self.lock();
        state.leave_unmarked();
        (state.calls, state.end, state.is_over) = (0, end, false);
    }

    /// Waits until this life is over.
    pub async fn over(&self) {
        while !self.lock().is_over {
            self.ended.notified().await;
        }
    }

    /// Returns the counts of all lives.
    #[must_use]
    pub fn partings(&self) -> Partings {
        let mut state = self.lock();
        state.leave_unmarked();
        state.partings
    }

    /// Counts a call; returns whether the life ends after it, or `None` if nobody takes the call.
    fn depart(&self) -> Option<bool> {
        let mut state = self.lock();
        if state.is_over {
            return None;
        }
        state.calls += 1;
        let ends = state.end.filter(|end| end.call == state.calls);
        if ends.is_some_and(|end| !end.taken) {
            drop(state);
            self.end();
            return None;
        }
        Some(ends.is_some())
    }

    fn end(&self) {
        let mut state = self.lock();
        state.is_over = true;
        state.partings.deaths += 1;
        state.partings.unmarked_deaths += u64::from(std::mem::take(&mut state.unmarked));
        drop(state);
        self.ended.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Notes that the process goes on to something else.
    fn leave_unmarked(&mut self) {
        self.partings.lost_marks += u64::from(std::mem::take(&mut self.unmarked));
    }
}

/// The other side of a call.
#[derive(Clone)]
enum Side {
    Store,
    /// An outlet that counts the messages it took.
    Outlet(Arc<dyn Fn() -> usize + Send + Sync>),
}

impl Side {
    fn taken(&self) -> usize {
        match self {
            Self::Store => 0,
            Self::Outlet(count) => count(),
        }
    }
}

/// A neighbour as a process reaches it that may die: an HTTP client for its SDK.
#[derive(Clone)]
pub struct Mortal<C> {
    neighbour: C,
    life: Life,
    side: Side,
}

impl<C> Mortal<C> {
    /// Leads to the store.
    pub fn store(neighbour: C, life: &Life) -> Self {
        Self { neighbour, life: life.clone(), side: Side::Store }
    }

    /// Leads to an outlet, which has taken as many messages as `count` says.
    pub fn outlet(neighbour: C, life: &Life, count: impl Fn() -> usize + Send + Sync + 'static) -> Self {
        Self { neighbour, life: life.clone(), side: Side::Outlet(Arc::new(count)) }
    }
}

impl<C: HttpConnector + Clone + 'static> HttpConnector for Mortal<C> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Some(ends) = self.life.depart() else {
            return HttpConnectorFuture::new_boxed(Box::pin(pending()));
        };
        let (life, side) = (self.life.clone(), self.side.clone());
        let marks = matches!(side, Side::Store) && is_mark(&request);
        if matches!(side, Side::Outlet(_)) {
            life.lock().leave_unmarked();
        }
        let before = side.taken();
        let going = self.neighbour.call(request);
        HttpConnectorFuture::new_boxed(Box::pin(async move {
            let answer = going.await;
            let is_well = answer.as_ref().is_ok_and(|answer| answer.status().is_success());
            {
                let mut state = life.lock();
                match (side.taken() > before, is_well) {
                    (true, true) => state.unmarked = true,
                    (true, false) => state.partings.lost_answers += 1,
                    (false, true) if marks => state.unmarked = false,
                    (false, true | false) => {}
                }
            }
            if ends {
                life.end();
                return pending().await;
            }
            answer
        }))
    }
}

/// Whether a call of the store marks a message as sent. Claims are updates too.
fn is_mark(request: &HttpRequest) -> bool {
    let body = request.body().bytes().unwrap_or_default();
    body.windows(MARK.len()).any(|part| part == MARK)
}

impl<C: HttpConnector + Clone + 'static> HttpClient for Mortal<C> {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl<C> std::fmt::Debug for Mortal<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mortal")
    }
}
