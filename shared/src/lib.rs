//! What every function of the one-stop office shares: the pure rules of a dossier, and the shell around them.

pub mod clock;
