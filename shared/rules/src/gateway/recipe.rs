//! How we speak to a gateway: four functions, which stand in the gateway's own file.

use super::{AnswerError, Call, Finding, Opened, Opening, Page, Question, Unsendable};

type Open = fn(&Opening<'_>) -> Result<Opened, Unsendable>;
type ReadPage = fn(&Opening<'_>, &[u8]) -> Result<Page, AnswerError>;
type Ask = fn(&Question<'_>) -> Result<Call, Unsendable>;
type ReadAnswer = fn(&Question<'_>, &[u8]) -> Result<Finding, AnswerError>;

/// What we can say to a gateway and read of its answers. It connects nowhere.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// Opens an order: the page itself, or the call that asks for one.
    pub open: Option<Open>,
    /// Reads the answer to the call that opened an order.
    pub opened: Option<ReadPage>,
    /// Asks what became of an order.
    pub ask: Option<Ask>,
    /// Verifies, if the gateway signs, and reads the answer to a question.
    pub answered: Option<ReadAnswer>,
}

impl Recipe {
    /// Nothing is said to the gateway.
    pub const NONE: Self = Self { open: None, opened: None, ask: None, answered: None };
}
