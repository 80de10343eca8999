//! Fees owed, asked for and paid.

use super::super::{CASH, Dossier, Event, Fee, FeeState};
use crate::vnd::Vnd;

pub(super) fn changed(d: &mut Dossier, event: &Event) {
    if let Event::FeePartPaid { channel, .. } | Event::FeePaid { channel, .. } = event {
        d.paid_in_cash |= channel == CASH;
    }
    match event {
        Event::FeeOwed { attempt, code, amount_vnd } => {
            d.fees.push(open(*attempt, *amount_vnd, None, Some(code), None));
        }
        Event::FeeAsked { attempt, channel, amount_vnd, code, again, asked_at, .. } => {
            let fee = again.unwrap_or(*attempt);
            for earlier in d.fees.iter_mut().filter(|it| it.fee() == fee && it.state == FeeState::Open) {
                earlier.state = FeeState::Superseded;
            }
            let asked = open(*attempt, *amount_vnd, Some(channel), code.as_ref(), *again);
            d.fees.push(Fee { asked_at: *asked_at, ..asked });
        }
        Event::FeePartPaid { attempt, amount_vnd, .. } => came_in(d, *attempt, *amount_vnd),
        Event::FeePaid { attempt, amount_vnd, fee, surplus_vnd, .. } => {
            came_in(d, *attempt, amount_vnd.checked_sub(surplus_vnd.unwrap_or_default()).unwrap_or_default());
            let fee = fee.unwrap_or(*attempt);
            let open = d.fees.iter_mut().filter(|it| it.fee() == fee && it.state == FeeState::Open);
            open.for_each(|it| it.state = FeeState::Paid);
        }
        _ => {}
    }
}

fn open(attempt: u8, amount_vnd: Vnd, channel: Option<&String>, code: Option<&String>, again: Option<u8>) -> Fee {
    let (channel, code) = (channel.cloned(), code.cloned());
    Fee { attempt, channel, amount_vnd, state: FeeState::Open, code, again, paid_vnd: Vnd::ZERO, asked_at: None }
}

fn came_in(d: &mut Dossier, attempt: u8, amount_vnd: Vnd) {
    for it in d.fees.iter_mut().filter(|it| it.attempt == attempt) {
        it.paid_vnd = it.paid_vnd.checked_add(amount_vnd).unwrap_or(Vnd::MAX);
    }
}
