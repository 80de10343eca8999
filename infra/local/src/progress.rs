//! Progress of a long command, on standard error if that is a terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// Returns a bar of so many steps; it shows nothing if nobody looks.
pub(crate) fn bar(steps: usize, doing: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(steps as u64).with_message(doing);
    let style = ProgressStyle::with_template("{msg} [{bar:40}] {pos}/{len} {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
    bar
}
