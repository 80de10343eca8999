//! The procedures of a local start: samples in the shape of an economic zone's board, no office's real catalogue.

use motcua::catalogue::Procedure;
use serde::Deserialize;

const SAMPLES: &str = include_str!("samples.toml");

#[derive(Deserialize)]
struct Samples {
    procedures: Vec<Procedure>,
}

/// The sample procedures.
///
/// # Panics
/// Never: a test reads the file that is compiled in.
#[must_use]
pub fn procedures() -> Vec<Procedure> {
    let samples: Samples = toml::from_str(SAMPLES).expect("the samples are right, a test reads them");
    samples.procedures
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_samples_are_read_and_each_is_itself() {
        let procedures = procedures();
        assert!(procedures.len() >= 3);
        let codes: BTreeSet<_> = procedures.iter().map(|procedure| &procedure.code).collect();
        assert_eq!(codes.len(), procedures.len());
        assert!(procedures.iter().all(|procedure| procedure.legal_basis.contains("mẫu")));
    }
}
