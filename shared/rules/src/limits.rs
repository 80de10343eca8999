//! Limits of the names, addresses, codes and texts that people type and partners send, and of the papers they name.
//! They are kept in one place, so that every way in takes the same and the description of the API promises it.
//!
//! A length is in characters (Unicode scalar values of the composed text, as [`crate::json::Fields`] counts them).
//! Sizes of files and bodies are in bytes, beside the code that reads them: [`crate::http::MAX_BODY`],
//! [`crate::papers::MOST_BYTES`].

/// The longest code or short name, in characters: of a dossier, a procedure, a paper, a step, a fee, a reason for a
/// pause, a payment channel, a parcel, a receipt. The longest code that is known has about thirty.
pub const LONGEST_CODE: usize = 100;

/// The longest name of a person or an organisation, in characters. The same holds for the data beside it: a number of
/// an identity paper, a telephone number as declared, an e-mail address.
pub const LONGEST_NAME: usize = 250;

/// The longest address, in characters.
pub const LONGEST_ADDRESS: usize = 500;

/// The longest text, in characters: a reason, a note, an article of law, the name of a procedure. A state and an event
/// hold several of them and must stay small.
pub const LONGEST_TEXT: usize = 500;

/// The longest number of hand-over minutes or of another body's document, in characters: earlier software kept the
/// issuer and the day in the same field.
pub const LONGEST_DOCUMENT_NO: usize = 250;

/// The longest account of a member of staff, in characters: the subject of the sign-in, which is ASCII. OpenID Connect
/// allows 255. The limit is lower here, because every event of a dossier holds one.
pub const LONGEST_ACCOUNT: usize = 128;

/// The longest name of a file, in characters, so that it fits a line of a page.
pub const LONGEST_FILE_NAME: usize = 200;

/// The longest text that a search looks for, in characters: the longest name, with some room.
pub const LONGEST_SOUGHT: usize = LONGEST_NAME + 50;

/// The longest code kept of a failed payment, in characters; the rest of a gateway's text is cut off.
pub const LONGEST_FAILURE_CODE: usize = 64;

/// The most papers that one command names or one step needs, each counted once, so that a state stays small.
pub const MOST_PAPERS: usize = 40;

/// The most steps, fees or further pauses of a procedure, each: a state holds all that is awaited and owed.
pub const MOST_PARTS: usize = 40;

/// The most elements of a list in a body that is read. It is more than [`MOST_PAPERS`], since a portal lists the files
/// of a paper one by one, and some of the elements may repeat others.
pub const MOST_ELEMENTS: usize = 200;
