//! Costs of a procedure.

use serde::{Deserialize, Serialize};

use crate::vnd::Vnd;

/// One charge or fee of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeTerms {
    /// `MaPhiLePhi`, or a short name of the office's own; unique within the procedure.
    pub code: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Its kind, of the two that the law knows.
    pub kind: FeeKind,
    /// Amount in whole đồng; never zero.
    pub amount_vnd: Vnd,
    /// The instrument it rests on.
    pub legal_basis: String,
    /// Time at which it falls due.
    pub due: FeeDue,
}

/// The two kinds of money an office collects (Luật Phí và lệ phí 97/2015/QH13, art. 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// Phí: meant to cover what a service costs.
    Charge,
    /// Lệ phí: a fixed amount for a state service.
    Fee,
}

/// Time at which a fee falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeDue {
    /// At acceptance of the dossier.
    OnAcceptance,
    /// Before the result is handed out.
    OnReturn,
}
