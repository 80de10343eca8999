//! Taking of money by an agency.

use std::collections::{BTreeMap, BTreeSet};

use crate::vnd::Limits;

/// The series of vouchers of an agency that names none.
pub const DEFAULT_VOUCHER_SERIES: &str = "AA/20P";

/// Settings of an agency that decide about money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Till {
    /// The channel through which the catalogue's fees are asked for; `None` if a clerk chooses it each time.
    pub default_channel: Option<String>,
    /// The series its vouchers are numbered in.
    pub voucher_series: String,
    /// The channels whose gateway may bring one amount in several transfers.
    pub in_parts: BTreeSet<String>,
    /// Its open channels, with the amounts that the gateway of each takes.
    pub limits: BTreeMap<String, Limits>,
}

impl Default for Till {
    fn default() -> Self {
        Self {
            default_channel: None,
            voucher_series: DEFAULT_VOUCHER_SERIES.to_owned(),
            in_parts: BTreeSet::new(),
            limits: BTreeMap::new(),
        }
    }
}
