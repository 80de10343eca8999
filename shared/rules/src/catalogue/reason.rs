//! Reasons why the clock pauses.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

/// Reason for a pause. Events, states, the catalogue and every file write it as one text; a text that is no reason of
/// every procedure is a reason of the procedure's own.
///
/// A new reason of all procedures begins here, with its text in [`Reason::as_str`] and [`Reason::from`]; the compiler
/// names every other place that must know it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(from = "Box<str>")]
pub enum Reason {
    /// Originals of papers.
    Originals,
    /// A supplement to the dossier.
    Supplement,
    /// A fee or charge.
    Fee,
    /// A reason that the procedure's own law adds, by the short name that the catalogue gives it, such as `opinion`.
    Further(Box<str>),
}

impl Reason {
    /// Returns its text, as it is stored and sent.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        match self {
            Self::Originals => "originals",
            Self::Supplement => "supplement",
            Self::Fee => "fee",
            Self::Further(name) => name,
        }
    }

    /// Whether the applicant is to bring papers.
    #[must_use]
    pub fn asks_for_papers(&self) -> bool {
        match self {
            Self::Originals | Self::Supplement => true,
            Self::Fee | Self::Further(_) => false,
        }
    }

    /// Whether another body owes it, as a document, and not the applicant.
    #[must_use]
    pub fn is_of_another_body(&self) -> bool {
        match self {
            Self::Originals | Self::Supplement | Self::Fee => false,
            Self::Further(_) => true,
        }
    }
}

impl From<&str> for Reason {
    fn from(text: &str) -> Self {
        match text {
            "originals" => Self::Originals,
            "supplement" => Self::Supplement,
            "fee" => Self::Fee,
            further => Self::Further(further.into()),
        }
    }
}

impl From<Box<str>> for Reason {
    fn from(text: Box<str>) -> Self {
        Self::from(&*text)
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Pauses;
    use super::*;

    #[test]
    fn a_reason_is_written_as_its_text_and_read_from_it() {
        for (reason, text) in [
            (Reason::Originals, "originals"),
            (Reason::Supplement, "supplement"),
            (Reason::Fee, "fee"),
            (Reason::Further("opinion".into()), "opinion"),
            // Any other text, in whatever spelling, is a reason of the procedure's own and stays as it is.
            (Reason::Further("Fee".into()), "Fee"),
            (Reason::Further(" fee".into()), " fee"),
            (Reason::Further("ý kiến".into()), "ý kiến"),
            (Reason::Further("".into()), ""),
        ] {
            let json = format!("\"{text}\"");
            assert_eq!(serde_json::to_string(&reason).unwrap(), json);
            assert_eq!(serde_json::from_str::<Reason>(&json).unwrap(), reason);
            assert_eq!((Reason::from(text), reason.to_string().as_str()), (reason, text));
        }
    }

    #[test]
    fn the_text_of_a_reason_that_every_procedure_has_reads_as_that_reason() {
        for (reason, _) in Pauses::default().usual() {
            assert_eq!(Reason::from(reason.as_str()), reason);
        }
    }

    #[test]
    fn a_number_is_no_reason() {
        assert!(serde_json::from_str::<Reason>("1").is_err());
        assert!(serde_json::from_str::<Reason>("null").is_err());
    }
}
