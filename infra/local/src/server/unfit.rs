//! A configuration held against a data folder: dossiers of an agency that nobody configured are not lost, and not seen.

use std::path::Path;

use rules::config::Config;

use crate::office::TABLE;
use crate::wire::database;

/// Returns a sentence for each agency whose dossiers are in the folder and are shown to nobody.
pub(super) fn found(folder: &Path, config: &Config) -> Vec<String> {
    match database::agencies(folder, TABLE) {
        Ok(agencies) => agencies.iter().filter_map(|code| sentence(code, config)).collect(),
        Err(error) => vec![format!("the agencies of the data folder were not read: {error}")],
    }
}

fn sentence(code: &str, config: &Config) -> Option<String> {
    match config.agency(code) {
        Some(agency) if agency.key().as_str() == code => None,
        Some(agency) => Some(format!(
            "dossiers of agency {code} are in the data folder beside those of {key}, and only those of {key}, the first code \
             of agency {} in the configuration, are shown: what is stored cannot be joined",
            agency.code,
            key = agency.key()
        )),
        None => Some(format!(
            "dossiers of agency {code} are in the data folder, and the configuration has no such agency: nobody sees them, \
             and no clock of theirs moves. If it has another code now, write `formerly = [\"{code}\"]` at that agency; \
             otherwise configure it again"
        )),
    }
}

#[cfg(test)]
mod tests {
    use rules::config::Host;

    use super::*;

    #[test]
    fn only_what_nobody_would_see_is_told() {
        let text = "[[agencies]]\ncode = \"B\"\nname = \"Cơ quan B\"\nformerly = [\"A\"]\n";
        let config = Config::strict(text, Host::Loopback).unwrap();
        assert_eq!(sentence("A", &config), None);
        assert!(sentence("B", &config).unwrap().contains("beside those of A"));
        assert!(sentence("C", &config).unwrap().contains("formerly = [\"C\"]"));
    }
}
