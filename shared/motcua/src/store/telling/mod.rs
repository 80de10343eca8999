//! Telling portals as the table knows it: how far each of them knows a dossier, how each of them stands, and how far
//! the older dossiers of one are begun.

mod door;
mod older;
mod progress;

pub use door::{Door, Down, Shut};
pub use older::Older;
pub use progress::{Told, Untold};
