//! The public post as the table knows it: parcels, manifests, events without a parcel, and how far a feed is read.

mod feed;
mod manifests;
mod parcels;
mod strays;

pub use feed::Feed;
pub use manifests::ManifestPage;
pub use parcels::{OfDossier, ParcelPage, Posted};
