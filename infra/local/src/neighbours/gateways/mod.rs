//! Payment gateways to try with: they open orders, take money when told to, call back on their own schedule by the
//! office's clock, and answer questions. Their memory lasts as long as the process.
//!
//! They write and check signatures by code of their own, so that another reader checks what the office sends.

mod acts;
mod api;
mod calls;
mod page;
mod plan;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use jiff::Timestamp;
use rules::config::{Channel, Config};
use rules::vnd::Vnd;

pub use acts::{Act, ActError};
pub use api::AnyGateway;
pub use calls::{CallBack, Told};
pub use page::PageError;

use crate::senders::{Ending, Payment};

/// The gateways of every channel. Clones are the same.
#[derive(Clone)]
pub struct Gateways {
    state: Arc<Mutex<State>>,
    time: SharedTimeSource,
    beyond: Arc<OnceLock<SharedHttpConnector>>,
}

#[derive(Default)]
struct State {
    channels: BTreeMap<String, Channel>,
    orders: BTreeMap<(String, String), Order>,
    calls: Vec<CallBack>,
    loses_callbacks: bool,
    transactions: u64,
    questions: u64,
}

/// An order as its gateway knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The channel.
    pub channel: String,
    /// Its number.
    pub number: String,
    /// Its amount.
    pub amount_vnd: Vnd,
    /// Time until which it can be paid; `None` if nobody named one.
    pub expires_at: Option<Timestamp>,
    /// Address to which it leads the payer back, if the office named one.
    pub back: Option<String>,
    /// Acts of the payer, in order.
    pub payments: Vec<(Payment, Ending)>,
}

impl Order {
    /// Whether the payer can still do something about it.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.payments.is_empty() && !self.has_run_out(now)
    }

    /// Whether its time is over.
    #[must_use]
    pub fn has_run_out(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }

    /// Returns the payments that were paid.
    pub fn paid(&self) -> impl Iterator<Item = &Payment> {
        self.payments.iter().filter(|(_, ending)| *ending == Ending::Paid).map(|(payment, _)| payment)
    }
}

impl Gateways {
    /// Builds the gateways of a configuration's channels, by this clock.
    pub fn new(config: &Config, time: impl TimeSource + 'static) -> Self {
        let (state, beyond) = Default::default();
        let gateways = Self { state, time: SharedTimeSource::new(time), beyond };
        gateways.configure(config);
        gateways
    }

    /// Takes other channels or other keys.
    pub fn configure(&self, config: &Config) {
        self.lock().channels = config.channels().map(|channel| (channel.id.clone(), channel.clone())).collect();
    }

    /// Returns the time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        Timestamp::try_from(self.time.now()).unwrap_or(Timestamp::MAX)
    }

    /// Returns the channel of this id.
    #[must_use]
    pub fn channel(&self, id: &str) -> Option<Channel> {
        self.lock().channels.get(id).cloned()
    }

    /// Whether all callbacks are lost.
    #[must_use]
    pub fn loses_callbacks(&self) -> bool {
        self.lock().loses_callbacks
    }

    /// Starts to lose every callback, or stops it.
    pub fn lose_callbacks(&self, lose: bool) {
        self.lock().loses_callbacks = lose;
    }

    /// Returns how many questions about orders were answered.
    #[must_use]
    pub fn questions(&self) -> u64 {
        self.lock().questions
    }

    /// Returns every order, by channel and number.
    #[must_use]
    pub fn orders(&self) -> Vec<Order> {
        self.lock().orders.values().cloned().collect()
    }

    /// Returns an order.
    #[must_use]
    pub fn order(&self, channel: &str, number: &str) -> Option<Order> {
        self.lock().orders.get(&(channel.to_owned(), number.to_owned())).cloned()
    }

    /// Makes an order known, unless it is known already.
    pub fn know(&self, channel: &str, number: &str, amount_vnd: Vnd, expires_at: Option<Timestamp>) {
        let (channel, number) = (channel.to_owned(), number.to_owned());
        let order = Order {
            channel: channel.clone(),
            number: number.clone(),
            amount_vnd,
            expires_at,
            back: None,
            payments: Vec::new(),
        };
        self.lock().orders.entry((channel, number)).or_insert(order);
    }

    /// Notes the address to which an order leads its payer back.
    fn leads_back(&self, channel: &str, number: &str, address: &str) {
        if let Some(order) = self.lock().orders.get_mut(&(channel.to_owned(), number.to_owned())) {
            order.back = Some(address.to_owned()).filter(|address| address.starts_with("http"));
        }
    }

    /// Returns the connector to gateways that are not played here; made on its first use.
    fn beyond(&self) -> &SharedHttpConnector {
        self.beyond.get_or_init(motcua::web::tls_connector)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Gateways {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        f.debug_struct("Gateways").field("orders", &state.orders.len()).field("calls", &state.calls.len()).finish()
    }
}
