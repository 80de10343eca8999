//! The way to speak to a gateway: four functions, which are in the gateway's own file.

use super::{AnswerError, Call, Finding, Opened, Opening, Page, Question, Unsendable};

type Open = fn(&Opening<'_>) -> Result<Opened, Unsendable>;
type ReadPage = fn(&Opening<'_>, &[u8]) -> Result<Page, AnswerError>;
type Ask = fn(&Question<'_>) -> Result<Call, Unsendable>;
type ReadAnswer = fn(&Question<'_>, &[u8]) -> Result<Finding, AnswerError>;

/// The calls to a gateway and the readers of its answers. It connects nowhere.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// Opens an order: returns the page itself, or the call that asks for one.
    pub open: Option<Open>,
    /// Reads the answer to the call that opened an order.
    pub opened: Option<ReadPage>,
    /// Asks for the outcome of an order.
    pub ask: Option<Ask>,
    /// Reads the answer to a question, verified first if the gateway signs.
    pub answered: Option<ReadAnswer>,
}

impl Recipe {
    /// No function: nothing is sent to the gateway.
    pub const NONE: Self = Self { open: None, opened: None, ask: None, answered: None };
}
