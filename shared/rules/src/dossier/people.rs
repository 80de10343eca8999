//! Roles of the people whom something concerns, and the way in which they agreed to it: never their names.

use serde::{Deserialize, Serialize};

/// Owner of a name, address or phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// The applicant (chủ hồ sơ).
    Applicant,
    /// The filer (người nộp).
    Filer,
}

/// Way in which somebody agreed to what the office changed for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// On the phone.
    Phone,
    /// At the desk.
    Desk,
    /// In writing.
    Writing,
}

/// Person who received a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// The applicant.
    Applicant,
    /// The filer.
    Filer,
    /// Somebody whom they authorised (người được ủy quyền).
    Proxy,
}

/// The paper by which a recipient proved their identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// Thẻ căn cước, căn cước công dân.
    CitizenCard,
    /// Chứng minh nhân dân, of nine digits.
    IdentityCard,
    /// Hộ chiếu.
    Passport,
    /// The electronic identity of a telephone (VNeID).
    Electronic,
    /// Another paper.
    Other,
}
