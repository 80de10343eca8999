//! Faults from a seed: which call fails, and how.

use fastrand::Rng;

/// Fault of one call of the data plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// `ProvisionedThroughputExceededException`; nothing was applied.
    Throttle,
    /// The caller waits in vain; nothing was applied.
    TimeoutNotApplied,
    /// The caller waits in vain; the write stays.
    TimeoutApplied,
    /// Another transaction holds an item: `TransactionCanceledException` with reason `TransactionConflict` for a
    /// transaction, `TransactionConflictException` for a single write.
    Conflict,
    /// A transaction cancelled because one of its items was throttled, reason `ThrottlingError`.
    TransactionThrottled,
    /// The connection breaks; the seed decides whether the request had been applied.
    ConnectionReset,
    /// A query of an index answers with the state of a few writes ago.
    StaleIndex,
    /// A BatchGetItem of at least two keys leaves one in `UnprocessedKeys`.
    UnprocessedKey,
    /// HTTP 500 `InternalServerError`; the seed decides whether the request had been applied.
    InternalError,
}

impl Fault {
    /// Every fault, for walking them all.
    pub const ALL: [Self; 9] = [
        Self::Throttle,
        Self::TimeoutNotApplied,
        Self::TimeoutApplied,
        Self::Conflict,
        Self::TransactionThrottled,
        Self::ConnectionReset,
        Self::StaleIndex,
        Self::UnprocessedKey,
        Self::InternalError,
    ];
}

/// Calls at which a fault strikes. `F` is the kind of fault: [`Fault`] here, another for each neighbour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan<F> {
    /// Never.
    Calm,
    /// At `calls` calls in a row beginning with the `first_call`-th (the first call is 1). Calls are counted from
    /// when the plan is set, the SDK's retries included. A fault that cannot befall that operation is left out.
    Burst {
        /// Number of the first call that it strikes.
        first_call: u64,
        /// Number of calls that it strikes; as many as the SDK tries, for a fault that the handler must see.
        calls: u64,
        /// The fault.
        fault: F,
    },
    /// At each call by chance, one of those that can befall the operation.
    Chance {
        /// Calls struck in a thousand.
        per_mille: u32,
        /// The possible faults.
        faults: Vec<F>,
    },
}

impl<F> Plan<F> {
    /// Strikes exactly at the `call`-th call, the first being 1.
    pub fn at_call(call: u64, fault: F) -> Self {
        Self::Burst { first_call: call, calls: 1, fault }
    }
}

/// A plan and the seed it is played from.
#[derive(Clone, Debug)]
pub struct Faults<F = Fault> {
    plan: Plan<F>,
    rng: Rng,
    calls: u64,
    interleave: bool,
}

impl<F: Copy> Faults<F> {
    /// Makes no faults and no yields.
    pub fn none() -> Self {
        Self { plan: Plan::Calm, rng: Rng::with_seed(0), calls: 0, interleave: false }
    }

    /// Plays `plan` from `seed`, and lets concurrent tasks interleave at every call in an order given by the seed.
    pub fn from_seed(seed: u64, plan: Plan<F>) -> Self {
        Self { plan, rng: Rng::with_seed(seed), calls: 0, interleave: true }
    }

    /// Takes the next call; `possible` says which faults can befall it.
    pub(crate) fn next(&mut self, possible: impl Fn(F) -> bool) -> Option<F> {
        self.calls += 1;
        match &self.plan {
            Plan::Calm => None,
            Plan::Burst { first_call, calls, fault } => {
                let strikes = (*first_call..first_call.saturating_add(*calls)).contains(&self.calls);
                (strikes && possible(*fault)).then_some(*fault)
            }
            Plan::Chance { per_mille, faults } => {
                // Drawn for every call, so that the draws after it do not depend on which operation it was.
                let (strikes, pick) = (self.rng.u32(..1000) < *per_mille, self.rng.u64(..));
                let possible: Vec<F> = faults.iter().copied().filter(|fault| possible(*fault)).collect();
                (strikes && !possible.is_empty()).then(|| possible[(pick % possible.len() as u64) as usize])
            }
        }
    }

    pub(crate) fn coin(&mut self) -> bool {
        self.rng.bool()
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.rng.usize(..limit.max(1))
    }

    /// Draws how often to yield before and after the work, at most three times each.
    pub(crate) fn yields(&mut self) -> (u8, u8) {
        if self.interleave { (self.rng.u8(..4), self.rng.u8(..4)) } else { (0, 0) }
    }

    pub(crate) fn calls(&self) -> u64 {
        self.calls
    }
}

/// A fault that struck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Injected {
    /// The number of the call since the plan was set, the first being 1.
    pub call: u64,
    /// Name of the operation.
    pub operation: String,
    /// The fault.
    pub fault: Fault,
    /// Whether the request had been carried out all the same.
    pub applied: bool,
}

/// Whether the call can fail: only the app's calls on items can; making tables and reading streams cannot.
pub(super) fn is_data_plane(operation: &str) -> bool {
    is_transaction(operation)
        || is_single_write(operation)
        || matches!(operation, "GetItem" | "BatchGetItem" | "BatchWriteItem" | "Query" | "Scan")
}

fn is_transaction(operation: &str) -> bool {
    matches!(operation, "TransactWriteItems" | "TransactGetItems")
}

fn is_single_write(operation: &str) -> bool {
    matches!(operation, "PutItem" | "UpdateItem" | "DeleteItem")
}

/// Whether `fault` can befall this request.
pub(super) fn is_possible(fault: Fault, operation: &str, request: &serde_json::Value) -> bool {
    match fault {
        Fault::Throttle
        | Fault::TimeoutNotApplied
        | Fault::TimeoutApplied
        | Fault::ConnectionReset
        | Fault::InternalError => true,
        Fault::Conflict => is_transaction(operation) || is_single_write(operation),
        Fault::TransactionThrottled => is_transaction(operation),
        Fault::StaleIndex => operation == "Query" && request.get("IndexName").is_some(),
        Fault::UnprocessedKey => operation == "BatchGetItem" && super::answer::keys_asked(request) >= 2,
    }
}
