//! The procedures of a local start: samples in the shape of an economic zone's board, no office's real catalogue.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::AttributeValue;
use dynoxide::Database;
use motcua::recorder::{Catalogue, ImportError};
use motcua::site::Site;
use motcua::store::{Error, Item};
use rules::catalogue::{Procedure, file};
use rules::id::AgencyCode;
use serde_json::{Map, Value, json};

use crate::wire::database;

const SAMPLES: &str = include_str!("samples.toml");

/// Returns the sample procedures.
///
/// # Panics
/// Never: a test reads the file that is compiled in.
#[must_use]
pub fn procedures() -> Vec<Procedure> {
    file::read(SAMPLES.as_bytes()).expect("the samples are right, a test reads them")
}

/// Imports the samples into a demonstration. Anything that a data folder holds under their names stays as it is.
///
/// Agencies without any procedure, all of them at a first start, are filled in one go past the stream, which nobody reads
/// for procedures: one by one the samples of two hundred agencies take minutes.
///
/// # Errors
/// [`Error`].
pub(crate) async fn import(site: &Site, database: &Database) -> Result<(), Error> {
    let (catalogue, procedures) = (site.recorder.catalogue(), procedures());
    let mut fresh = Vec::new();
    for agency in site.config.agencies() {
        let there = listed(catalogue, agency.key()).await?;
        if there.is_empty() && !is_older(catalogue, agency.key(), &procedures).await? {
            let items = procedures.iter().flat_map(|procedure| Catalogue::items(agency.key(), procedure));
            fresh.extend(items.map(written));
            continue;
        }
        for procedure in procedures.iter().filter(|it| !there.contains(&(it.code.clone(), it.version))) {
            match catalogue.import(agency.key(), procedure).await {
                Ok(_) => {}
                Err(ImportError::Store(error)) => return Err(error),
                Err(refused) => tracing::warn!(agency = %agency.code, %refused, "a sample was not imported"),
            }
        }
    }
    database::fill(database, site.recorder.store().table(), fresh)
        .map(|_| ())
        .map_err(|error| Error::Unavailable { operation: "import", reason: error.to_string() })
}

/// Returns code and version of every procedure in the list of an agency.
async fn listed(catalogue: &Catalogue, agency: &AgencyCode) -> Result<BTreeSet<(String, u32)>, Error> {
    let (mut there, mut after) = (BTreeSet::new(), None::<(String, u32)>);
    loop {
        let from = after.as_ref().map(|(code, version)| (code.as_str(), *version));
        let page = catalogue.list(agency, "", from).await?;
        there.extend(page.items.into_iter().map(|it| (it.code, it.version)));
        after = page.next;
        if after.is_none() {
            return Ok(there);
        }
    }
}

/// Whether an agency has samples from before there was a list.
async fn is_older(catalogue: &Catalogue, agency: &AgencyCode, procedures: &[Procedure]) -> Result<bool, Error> {
    match procedures.first() {
        Some(first) => Ok(!catalogue.versions(agency, &first.code).await?.is_empty()),
        None => Ok(false),
    }
}

/// Writes an item of texts and numbers as the protocol does.
fn written(item: Item) -> Value {
    let typed = |value: &AttributeValue| match (value.as_s(), value.as_n()) {
        (Ok(text), _) => Some(json!({ "S": text })),
        (_, Ok(number)) => Some(json!({ "N": number })),
        (Err(_), Err(_)) => None,
    };
    let attributes = item.into_iter().filter_map(|(name, value)| Some((name, typed(&value)?)));
    Value::Object(attributes.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use rules::catalogue::{ClockStart, FeeDue, FeeKind, FeeTerms, OnMissedWait, WaitFrom};
    use rules::clock::{AfterHours, Counting, Policy, Unit};

    use super::*;

    /// Whether some sample is like this.
    fn some(is: impl Fn(&Procedure) -> bool) -> bool {
        procedures().iter().any(is)
    }

    #[test]
    fn the_samples_are_read_and_each_says_that_it_is_one() {
        let procedures = procedures();
        let codes: BTreeSet<_> = procedures.iter().map(|procedure| &procedure.code).collect();
        assert!(codes.len() >= 12, "{}", codes.len());
        assert!(procedures.iter().all(|procedure| procedure.name_vi.ends_with("(mẫu)")));
        assert!(procedures.iter().all(|procedure| procedure.name_en.ends_with("(sample)")));
        assert!(procedures.iter().all(|procedure| procedure.legal_basis.contains("mẫu")));
        assert!(procedures.iter().flat_map(|it| &it.fees).all(|fee| fee.name_vi.ends_with("(mẫu)")));
    }

    #[test]
    fn the_samples_show_every_way_of_counting() {
        for unit in [Unit::WorkingDays, Unit::CalendarDays, Unit::Months, Unit::WorkingHours] {
            assert!(some(|it| it.limit.allowance.unit == unit), "{unit}");
        }
        for counting in [Counting::CivilCode, Counting::OfficeHours] {
            assert!(some(|it| it.limit.counting == counting), "{counting:?}");
        }
        for after_hours in [AfterHours::SameDay, AfterHours::NextWorkingDay] {
            assert!(some(|it| it.limit.after_hours == after_hours), "{after_hours:?}");
        }
        assert!(some(|it| it.limit.cutoff.is_some()));
        assert!(some(|it| it.starts_on == ClockStart::FeePaid));
    }

    #[test]
    fn the_samples_show_every_pause_and_every_fee() {
        for policy in [Policy::Resume, Policy::Restart] {
            assert!(some(|it| it.pauses.supplement.policy == policy), "{policy:?}");
        }
        for missed in [OnMissedWait::Propose, OnMissedWait::Auto] {
            assert!(some(|it| it.on_missed_wait == missed), "{missed:?}");
        }
        for from in [WaitFrom::NoticeSent, WaitFrom::Asked] {
            assert!(some(|it| it.pauses.supplement.wait_from == from), "{from:?}");
        }
        assert!(some(|it| !it.pauses.further.is_empty()));
        assert!(some(|it| it.most_rounds.is_some()) && some(|it| it.most_rounds.is_none()));
        let fee = |is: fn(&FeeTerms) -> bool| some(|it| it.fees.iter().any(is));
        assert!(fee(|fee| fee.due == FeeDue::OnAcceptance) && fee(|fee| fee.due == FeeDue::OnReturn));
        assert!(fee(|fee| fee.kind == FeeKind::Charge) && fee(|fee| fee.kind == FeeKind::Fee));
        assert!(some(|it| it.returns_by_post) && some(|it| !it.returns_by_post));
        assert!(some(|it| it.online) && some(|it| !it.online));
        assert!(some(|it| it.valid_from.is_some()) && some(|it| it.valid_until.is_some()));
    }
}
