//! The public post (bưu chính công ích): results that come home, and papers that come in.

mod codes;
mod complaint;
mod contained;
pub mod contract;
mod fold;
mod manifest;
mod number;
mod numbers;
mod parcel;
pub mod postage;
mod s10;
mod state;
mod stray;
#[cfg(test)]
mod tests;
mod tracked;
pub mod transit;
mod why;

pub use codes::Codes;
pub use complaint::{Complaint, Wrong};
pub use contained::{Contained, Place, Step, Told};
pub use fold::{Failed, Standing, fold};
pub use manifest::{Manifest, ManifestNo};
pub use number::{NotANumber, ParcelNo};
pub use numbers::{Numbers, NumbersError};
pub use parcel::{Direction, Heard, MOST_DOSSIERS, MOST_EVENTS, Ordering, Parcel, Trouble};
pub use s10::{S10, s10};
pub use state::{Source, State, To};
pub use stray::Stray;
pub use tracked::{Identity, Tracked};
pub use why::Why;
