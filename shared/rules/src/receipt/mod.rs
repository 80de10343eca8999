//! Lawful electronic receipts (biên lai điện tử): content, form, symbol, number, states, and the table of a day.
//!
//! NĐ 254/2026: content in art. 23(2), issued at collection by art. 24, made up for after an outage within three working days
//! by art. 27, data to the tax office on the same day by art. 29; paper receipts end on 31/12/2026 by art. 44. The agency's
//! provider issues and signs; here stands what is asked of it, what may follow what, and what is told to the tax office.

mod content;
mod issue;
mod lawful;
mod make_up;
mod money;
mod name;
mod report;
mod table;
#[cfg(test)]
mod tests;
mod words;

pub use crate::dossier::paper_is_over;
pub(crate) use content::is_tax_code;
pub use content::{ARTICLES, Charge, Content, Element, NAME, kind_name};
pub use issue::{Ending, Issue, Issued, Kept, Standing, State};
pub use lawful::{Lawful, MOST_ISSUES, NotNow};
pub use make_up::{MAKE_UP_DAYS, MOST_MAKE_UP_DAYS, MakeUp, Outage, make_up};
pub use money::charges;
pub use name::{Form, LETTERS, NotAName, Number, ReceiptNo, Symbol};
pub use report::{TOLD_FROM, reminds};
pub use table::{Change, Row, total_vnd};
pub use words::in_words;
