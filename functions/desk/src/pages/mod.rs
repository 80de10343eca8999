//! The desk's pages, rendered here and needing no script: Vietnamese first, English by a switch.

pub(crate) mod command;
pub(crate) mod dossier;
pub(crate) mod form;
pub(crate) mod lang;
pub(crate) mod layout;
pub(crate) mod money;
pub(crate) mod opened;
pub(crate) mod pay;
pub(crate) mod problem;
pub(crate) mod words;
