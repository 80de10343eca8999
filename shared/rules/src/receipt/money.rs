//! The money that a receipt is for.

use super::{Charge, kind_name};
use crate::catalogue::Procedure;
use crate::dossier::Fee;
use crate::post::postage::POSTAGE;
use crate::vnd::Vnd;

/// Returns the kinds of charge that a payment of this amount is for; `None` if it is for no charge of the state's, but for
/// postage, which is the postal operator's.
///
/// A fee that a clerk asked for as one amount, and that is the sum of all charges of the procedure, is for each of them.
#[must_use]
pub fn charges(fee: &Fee, procedure: Option<&Procedure>, amount_vnd: Vnd) -> Option<Vec<Charge>> {
    if fee.code.as_deref() == Some(POSTAGE) {
        return None;
    }
    let terms = procedure.map_or(&[][..], |procedure| &procedure.fees);
    let whole = |name: String, kind| vec![Charge { name, kind, amount_vnd }];
    if let Some(code) = &fee.code {
        let own = terms.iter().find(|terms| terms.code == *code);
        return Some(own.map_or_else(|| whole(unnamed(), None), |own| whole(own.name_vi.clone(), Some(own.kind))));
    }
    let sum = Vnd::sum(terms.iter().map(|terms| terms.amount_vnd));
    if terms.is_empty() || sum != Some(fee.amount_vnd) {
        return Some(whole(unnamed(), None));
    }
    if sum == Some(amount_vnd) {
        let each = |terms: &crate::catalogue::FeeTerms| Charge {
            name: terms.name_vi.clone(),
            kind: Some(terms.kind),
            amount_vnd: terms.amount_vnd,
        };
        return Some(terms.iter().map(each).collect());
    }
    // A part of the sum belongs to no single one of them.
    let names: Vec<_> = terms.iter().map(|terms| terms.name_vi.as_str()).collect();
    Some(whole(names.join("; "), None))
}

fn unnamed() -> String {
    kind_name(None).to_owned()
}
