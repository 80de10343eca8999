//! `cargo run -- source`: the news of April 2020 that this project was made for, played from the 1st to the 15th. Each of its
//! sentences stands beside the pages, messages and figures that it became, and the report of the 15th beside a count that the
//! player kept by itself.

mod played;
mod tally;
mod week;

use std::io::{self, Write};

use jiff::Timestamp;
use rules::config::Config;

use crate::demo::DemoError;
use crate::demo::stage::Stage;
use crate::demo::teller::Teller;
use played::Played;

/// Wednesday 25 March 2020, a week before the directive.
const BEFORE: &str = "2020-03-25T08:00:00+07:00";

/// Plays it on a server of its own, with nothing kept.
///
/// # Errors
/// [`DemoError`]: any answer other than the expected one ends it.
pub async fn run(config: Config, out: &mut (dyn Write + Send)) -> Result<(), DemoError> {
    let start: Timestamp = BEFORE.parse().expect("the first day is an instant");
    let stage = Box::pin(Stage::open(config, start)).await?;
    let (site, mut traffic) = (stage.desk.office.site(), io::sink());
    let agency = site.config.agency(stage.channel.agency.as_str()).ok_or(DemoError::Nobody("agency"))?.key();
    let post = site.config.posts().find(|post| post.agency == *agency).cloned();
    let post = post.ok_or(DemoError::Nobody("postal operator"))?;
    let portals: Vec<_> = site.config.portals().filter(|portal| portal.agency == *agency).cloned().collect();
    let token = stage.desk.staff.token(agency.as_str(), "clerk");
    let teller = Teller::new(stage.way(), stage.channel.clone(), stage.portal.clone(), token, &mut traffic)?;
    let mut played = Played::new(teller, &stage.desk.office, (agency, &post, &portals), out);
    let told = Box::pin(week::play(&mut played)).await;
    stage.close().await;
    told
}
