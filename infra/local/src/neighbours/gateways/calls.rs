//! Callbacks that are to be made, and the answers to them.

use jiff::Timestamp;
use rules::http::Response;

use super::{Gateways, plan};
use crate::senders::{Ending, Letter, Payment, callback_of};

/// The most callbacks remembered; the oldest that are done go first.
const MOST: usize = 500;

/// One callback and its repeats.
#[derive(Clone, Debug)]
pub struct CallBack {
    /// Its place in the order in which callbacks came up.
    pub id: u64,
    /// The channel.
    pub channel: String,
    /// The payment that it reports.
    pub payment: Payment,
    /// Ending of the payment.
    pub ending: Ending,
    /// Whether its signature is spoilt.
    pub is_forged: bool,
    /// Whether the first answer is lost.
    pub loses_answer: bool,
    /// The calls made so far.
    pub told: Vec<Told>,
    /// Time of the next call; `None` when it is done.
    pub next_at: Option<Timestamp>,
}

/// One call.
#[derive(Clone, Debug)]
pub struct Told {
    /// Time of the call.
    pub at: Timestamp,
    /// The answer as the gateway got it; `None` if none came.
    pub answer: Option<Response>,
    /// Whether the callback itself was lost on its way.
    pub lost: bool,
}

impl CallBack {
    pub(super) fn new(id: u64, channel: &str, payment: Payment, ending: Ending, at: Timestamp) -> Self {
        Self {
            id,
            channel: channel.to_owned(),
            payment,
            ending,
            is_forged: false,
            loses_answer: false,
            told: Vec::new(),
            next_at: Some(at),
        }
    }
}

/// A call to be made now.
pub struct Due {
    id: u64,
    /// The message that arrives at the office; `None` if it is lost on its way.
    pub letter: Option<Letter>,
}

impl Gateways {
    /// Returns the callbacks about an order, oldest first.
    #[must_use]
    pub fn calls(&self, channel: &str, number: &str) -> Vec<CallBack> {
        let of = |call: &&CallBack| call.channel == channel && call.payment.reference == number;
        self.lock().calls.iter().filter(of).cloned().collect()
    }

    /// Returns when the next call is made; `None` if there is none.
    #[must_use]
    pub fn next_call_at(&self) -> Option<Timestamp> {
        self.lock().calls.iter().filter_map(|call| call.next_at).min()
    }

    /// Takes the next call that is due, signed now.
    #[must_use]
    pub fn due(&self) -> Option<Due> {
        let now = self.now();
        let mut state = self.lock();
        let state = &mut *state;
        let is_due = |call: &CallBack| call.next_at.is_some_and(|at| at <= now);
        let call = state.calls.iter_mut().find(|call| is_due(call))?;
        // Nobody else takes it while it is under way.
        call.next_at = None;
        let letter = state.channels.get(&call.channel).and_then(|channel| {
            let letter = callback_of(channel, &call.payment, call.ending, now).ok()?;
            Some(if call.is_forged { letter.forged() } else { letter })
        });
        Some(Due { id: call.id, letter: letter.filter(|_| !state.loses_callbacks) })
    }

    /// Records the answer to a call, and decides by it whether there is another.
    pub fn was_answered(&self, due: &Due, answer: Option<Response>) {
        let now = self.now();
        let mut state = self.lock();
        let state = &mut *state;
        let Some(call) = state.calls.iter_mut().find(|call| call.id == due.id) else { return };
        let lost = answer.is_none();
        // The office received and answered it, but the gateway never learns of that.
        let answer = answer.filter(|_| !(call.loses_answer && call.told.is_empty()));
        let gateway = state.channels.get(&call.channel).map(|channel| channel.gateway);
        let content = gateway.zip(answer.as_ref()).is_some_and(|(gateway, answer)| plan::ends(gateway, answer));
        call.told.push(Told { at: now, answer, lost });
        let pause = gateway.and_then(|gateway| plan::pause_after(gateway, call.told.len()));
        // A forger has no schedule to keep.
        call.next_at = pause.filter(|_| !content && !call.is_forged).map(|pause| now + pause);
        if state.calls.len() > MOST
            && let Some(oldest) = state.calls.iter().position(|call| call.next_at.is_none())
        {
            state.calls.remove(oldest);
        }
    }
}
