//! An address without a script: house, street and commune are typed, what was typed is answered with communes to choose from,
//! and the address is read back before it counts. It is the one way for citizens and staff alike.

mod form;
mod offers;
mod place;
mod shown;
#[cfg(test)]
mod tests;

pub use form::{AddressForm, At, Known, Step};
pub use offers::{Offer, Offers};
pub use place::Place;
pub use shown::{Around, lines};
