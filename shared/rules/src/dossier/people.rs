//! Which of a dossier's people something concerns, and on whose word: their roles, never their names.

use serde::{Deserialize, Serialize};

/// Whose name, address or phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Of the applicant (chủ hồ sơ).
    Applicant,
    /// Of the filer (người nộp).
    Filer,
}

/// How somebody agreed to what the office changed for them.
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

/// Who received a result.
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

/// The paper by which a recipient showed who they are.
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
