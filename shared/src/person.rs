//! The people of a dossier. Personal data lives in their item alone.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::phone::Phone;

/// Applicant (chủ hồ sơ) and filer (người nộp, người được ủy quyền): two people, who may be one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Whose dossier it is.
    pub applicant: Party,
    /// Who filed it, where that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filer: Option<Party>,
}

/// One of them, as declared.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Name.
    #[serde(default)]
    pub name: String,
    /// Phone number as declared; it may not be one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Address as declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Number of the identity paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_no: Option<String>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl fmt::Debug for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Party(hidden)")
    }
}

impl Person {
    /// The mobile numbers to tell, applicant first, each once; a declared number that cannot take an SMS is left out.
    #[must_use]
    pub fn mobiles(&self) -> Vec<Phone> {
        let mut numbers: Vec<Phone> = Vec::new();
        for party in std::iter::once(&self.applicant).chain(&self.filer) {
            let phone = party.phone.as_deref().and_then(|text| Phone::parse(text).ok());
            if let Some(phone) = phone.filter(|phone| phone.takes_sms() && !numbers.contains(phone)) {
                numbers.push(phone);
            }
        }
        numbers
    }
}
