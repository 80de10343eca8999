//! Writes each amount of the standard input, one on a line, in words. `tests/words/run` compares them with another program's.

use std::io::{self, BufRead, Write};

use rules::receipt::in_words;
use rules::vnd::Vnd;

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let dong = line?.trim().parse().map_err(io::Error::other)?;
        writeln!(out, "{}", in_words(Vnd::new(dong).map_err(io::Error::other)?))?;
    }
    out.flush()
}
