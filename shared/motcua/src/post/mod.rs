//! Results and papers on their way by the public post: put into parcels, handed over, followed, and told to their dossiers.
//!
//! Everything here is safe to repeat and to be killed at any call: what is still to be done follows from the parcel.

mod apply;
mod close;
mod collect;
mod complain;
mod error;
mod open;
mod put;
mod take_off;
mod tracked;

pub use apply::apply;
pub use close::close;
pub use collect::collect;
pub use complain::complain;
pub use error::NotDone;
pub use open::open;
pub use put::{Put, numbers_left, put};
pub use take_off::{decide, name_waybill, note, take_off, tell_address};
pub use tracked::{About, Tracking, retrack, tracked, tracked_all};
