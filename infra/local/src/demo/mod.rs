//! `cargo run -- demo`: the life of one dossier, and another's whose applicant does everything by the links of messages, told
//! over HTTP with really signed messages.

pub(crate) mod browser;
mod citizen;
mod portals;
mod posts;
pub(crate) mod stage;
pub(crate) mod story;
pub(crate) mod teller;

use std::io::{self, Write};

use jiff::Timestamp;
use rules::config::Config;
use serde_json::Value;

use crate::directive;
use crate::senders::Unanswered;
use crate::server::StartError;
use stage::Stage;
use teller::Teller;

/// Wednesday 15 April 2020, 08:00 in Vietnam.
const MORNING: &str = "2020-04-15T08:00:00+07:00";

/// Reason why the story ended early.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The server did not start.
    #[error("{0}")]
    Start(#[from] StartError),
    /// The notice cannot be published.
    #[error("the table: {0}")]
    Store(#[from] motcua::store::Error),
    /// The parcel of the story was not made or handed over.
    #[error("the post: {0}")]
    Post(#[from] motcua::post::NotDone),
    /// A channel or portal of the story is missing in the configuration.
    #[error("the configuration has no {0}")]
    Nobody(&'static str),
    /// The server does not answer.
    #[error("{0}")]
    Http(#[from] Unanswered),
    /// The story cannot be printed.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// An answer, a message or a date other than the story's.
    #[error("{step}: expected {expected}, got {got}")]
    Unexpected {
        /// Step of the story.
        step: String,
        /// Value that the story expects.
        expected: String,
        /// Value that was found.
        got: String,
    },
}

/// Starts a server on a free port, with a clock of its own and nothing kept, and tells the story against it.
///
/// # Errors
/// [`DemoError`]: any answer other than the expected one ends it.
pub async fn run(config: Config, out: &mut (dyn Write + Send)) -> Result<(), DemoError> {
    let start: Timestamp = MORNING.parse().expect("the morning is an instant");
    let stage = Box::pin(Stage::open(config, start)).await?;
    let (desk, site) = (stage.desk.clone(), stage.desk.office.site());
    let agency = site.config.agency(stage.channel.agency.as_str()).ok_or(DemoError::Nobody("agency"))?.key();
    directive::publish(site.recorder.store(), agency, ("manager", desk.clock.now()), ["clerk"]).await?;
    let token = desk.staff.token(agency.as_str(), "clerk");
    let mut teller = Teller::new(stage.way(), stage.channel.clone(), stage.portal.clone(), token, out)?;
    let told = Box::pin(story::tell(&mut teller, desk.clock.now())).await;
    let told = match told {
        Ok(()) => Box::pin(posts::tell(&mut teller, &desk.office, agency)).await,
        Err(error) => Err(error),
    };
    let told = match told {
        Ok(()) => Box::pin(portals::tell(&desk.office, story::CODE, out)).await,
        Err(error) => Err(error),
    };
    stage.close().await;
    told
}

/// Fails the story if something is not as told.
pub(crate) fn expect<T: PartialEq + std::fmt::Debug>(step: &str, expected: &T, got: &T) -> Result<(), DemoError> {
    if expected == got {
        return Ok(());
    }
    let (expected, got) = (format!("{expected:?}"), format!("{got:?}"));
    Err(DemoError::Unexpected { step: step.to_owned(), expected, got })
}

/// Returns a text in an answer, by its path.
pub(crate) fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}
