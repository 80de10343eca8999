//! The two ways into an office: its data folder while it is closed, and its API while it is at work.

use std::fs::File;
use std::path::Path;

use http::Method;
use jiff::Timestamp;
use motcua::recorder::{Examined, RecordError, Standing, Takeover, TakeoverError};
use motcua::site::Site;
use motcua::store::{Store, create_table};
use rules::config::Config;
use rules::id::AgencyCode;
use rules::takeover::{Fault, Row};
use serde::Deserialize;

use super::ImportError;
use crate::clock::LocalClock;
use crate::folder;
use crate::office::TABLE;
use crate::samples;
use crate::senders::{Courier, Letter};
use crate::wire::{self, Wire, database};

/// Answer of an office about a row.
#[derive(Debug, PartialEq, Eq)]
pub enum Told {
    /// It is taken over, or will be; with warnings to look at.
    Takes(Vec<Fault>),
    /// It was taken over before.
    There(Vec<Fault>),
    /// It is not taken over.
    Not(Vec<Fault>),
}

/// An office that takes rows.
#[derive(Debug)]
pub enum Way {
    /// An office in this process.
    Here(Box<Here>),
    /// An office elsewhere.
    There(Courier, String),
}

/// An office in this process.
#[derive(Debug)]
pub struct Here {
    /// The office.
    pub site: Site,
    /// Agency that the dossiers are taken over for.
    pub agency: AgencyCode,
    /// The office's time.
    pub now: Timestamp,
    /// Held during work on the folder.
    pub lock: Option<File>,
}

impl Way {
    /// Opens a data folder on which no office is at work.
    pub(super) async fn folder(data: &Path, agency: Option<&str>, config: Config) -> Result<Self, ImportError> {
        let lock = Some(folder::lock(data)?.ok_or_else(|| ImportError::InUse(data.to_owned()))?);
        let agency = match (agency, config.agencies()) {
            (None, [only]) => only,
            (None, _) => return Err(ImportError::Agency),
            (Some(code), _) => config.agency(code).ok_or(ImportError::Agency)?,
        };
        let agency = agency.key().clone();
        let now = LocalClock::open(Some(data), None)?.now();
        let wire = Wire::in_process(database::in_folder(data)?);
        let store = Store::new(wire::real_time_client(&wire), TABLE);
        create_table(&store).await?;
        let site = Site::new(config, store);
        if site.config.is_demo() {
            samples::import(&site, wire.database()).await?;
        }
        Ok(Self::Here(Box::new(Here { site, agency, now, lock })))
    }

    /// Asks the office about a row, or with `record` makes it take the row over.
    ///
    /// # Errors
    /// The office does not answer, or its store fails.
    pub async fn take(&self, row: &Row, record: bool) -> Result<Told, ImportError> {
        match self {
            Self::Here(here) => here.take(row, record).await,
            Self::There(courier, token) => send(courier, token, row, record).await,
        }
    }
}

impl Here {
    async fn take(&self, row: &Row, record: bool) -> Result<Told, ImportError> {
        let takeover = Takeover { agency: &self.agency, by: "local", row };
        let recorder = &self.site.recorder;
        let examined: Examined = match recorder.examine(&self.site.config, takeover, self.now).await {
            Ok(examined) => examined,
            Err(TakeoverError::Faults(faults)) => return Ok(Told::Not(faults)),
            Err(TakeoverError::Store(error)) => return Err(error.into()),
        };
        match if record { recorder.take_over(takeover, &examined).await } else { Ok(0) } {
            Ok(_) => {}
            Err(RecordError::Store(error)) => return Err(error.into()),
            // Something changed between the look and the record.
            Err(declined) => return Ok(Told::Not(vec![Fault::new("MaHoSo", format!("is declined: {declined}"))])),
        }
        let warnings = examined.plan.warnings;
        Ok(if examined.standing == Standing::There { Told::There(warnings) } else { Told::Takes(warnings) })
    }
}

/// Answer of the API.
#[derive(Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
enum Answered {
    New { warnings: Vec<Fault> },
    Recorded { warnings: Vec<Fault> },
    AlreadyRecorded { warnings: Vec<Fault> },
    Refused { faults: Vec<Fault> },
}

async fn send(courier: &Courier, token: &str, row: &Row, record: bool) -> Result<Told, ImportError> {
    let letter = Letter {
        method: Method::POST,
        target: "/api/v1/takeover".to_owned(),
        headers: vec![("authorization", format!("Bearer {token}")), ("content-type", "application/json".to_owned())],
        body: serde_json::json!({ "row": row, "record": record }).to_string(),
    };
    let reply = courier.send(&letter).await?;
    match serde_json::from_str(&reply.body) {
        Ok(Answered::New { warnings } | Answered::Recorded { warnings }) => Ok(Told::Takes(warnings)),
        Ok(Answered::AlreadyRecorded { warnings }) => Ok(Told::There(warnings)),
        Ok(Answered::Refused { faults }) => Ok(Told::Not(faults)),
        Err(_) => Err(ImportError::Answer(reply.status, reply.body)),
    }
}
