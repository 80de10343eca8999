//! The one crate of tests.

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod notify;
#[cfg(test)]
mod sweep;
