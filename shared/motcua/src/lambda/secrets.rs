//! The secrets that a function reads its configuration from: the office's own, and those by use that its role allows.

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::ProvideErrorMetadata;
use rules::clock::Doubt;
use rules::config::{Config, Host, Problems, Use};

use super::{Error, variable};

/// The variable that names the office's own secret.
const OFFICE: &str = "MOTCUA_CONFIG_SECRET";
/// The variable that names those by use, `desk=<name> money=<name>`, or `none`. Without it the office's own holds all.
const BY_USE: &str = "MOTCUA_SECRETS_BY_USE";

/// Reasons why the configuration was not read. They say nothing of its text, which holds keys.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadError {
    #[error("the secret was not given: {0}")]
    Secret(String),
    #[error("the secret holds no text")]
    Binary,
    #[error("{0}")]
    Wrong(Problems),
}

/// Names of the secrets.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Secrets {
    office: String,
    by_use: Option<Vec<(Use, String)>>,
}

impl Secrets {
    /// Reads their names from the environment.
    pub(super) fn named() -> Result<Self, Error> {
        Self::of(variable(OFFICE)?, variable(BY_USE).ok().as_deref())
    }

    /// Names the office's own alone, for work that verifies nothing.
    pub(super) fn without_keys() -> Result<Self, Error> {
        Ok(Self { office: variable(OFFICE)?, by_use: Some(Vec::new()) })
    }

    pub(super) fn of(office: String, by_use: Option<&str>) -> Result<Self, Error> {
        let named = |text: &str| {
            let (of, name) = text.split_once('=')?;
            let of = Use::ALL.into_iter().find(|it| it.name() == of)?;
            (!name.is_empty()).then(|| (of, name.to_owned()))
        };
        let by_use = match by_use {
            None => None,
            Some("none") => Some(Vec::new()),
            Some(text) => {
                let names: Option<Vec<_>> = text.split_whitespace().map(named).collect();
                Some(names.ok_or_else(|| format!("{BY_USE} is neither none nor names by use"))?)
            }
        };
        Ok(Self { office, by_use })
    }

    /// Reads all of them.
    pub(super) async fn read(&self, client: &Client) -> Result<Config, ReadError> {
        let office = text(client, &self.office).await?.ok_or_else(|| ReadError::Secret(NOTHING.into()))?;
        let config = match &self.by_use {
            None => Config::per_channel(&office, Host::Public),
            Some(names) => {
                let mut parts = Vec::new();
                for (of, name) in names {
                    // One that was never filled adds nothing: the office may have its keys in the one secret still.
                    parts.push((*of, text(client, name).await?.unwrap_or_default()));
                }
                let parts: Vec<_> = parts.iter().map(|(of, text)| (*of, text.as_str())).collect();
                Config::in_parts(&office, &parts, Host::Public)
            }
        };
        let config = config.map_err(ReadError::Wrong)?;
        if !config.problems().is_empty() {
            tracing::error!(problems = %config.problems(), "configuration entries closed");
        }
        for agency in config.agencies() {
            for [_, doubt] in agency.calendar.doubts().iter().map(Doubt::told) {
                tracing::warn!(agency = %agency.code, doubt, "days off that may be incomplete");
            }
        }
        Ok(config)
    }
}

/// The code of an answer about a secret that does not exist, or has no value yet.
const NOTHING: &str = "ResourceNotFoundException";

/// Returns the text of a secret; `None` if it has none yet.
async fn text(client: &Client, name: &str) -> Result<Option<String>, ReadError> {
    match client.get_secret_value().secret_id(name).send().await {
        Ok(answer) => answer.secret_string.map(Some).ok_or(ReadError::Binary),
        Err(error) if error.code() == Some(NOTHING) => Ok(None),
        Err(error) => Err(ReadError::Secret(error.code().unwrap_or("no answer").to_owned())),
    }
}

/// The reason if it took too long.
pub(super) fn out_of_time() -> ReadError {
    ReadError::Secret("out of time".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_by_use_are_named_and_without_the_variable_one_holds_all() {
        let of =
            |by_use: Option<&str>| Secrets::of("o".into(), by_use).map(|it| it.by_use).map_err(|it| it.to_string());
        assert_eq!(of(None), Ok(None));
        assert_eq!(of(Some("none")), Ok(Some(Vec::new())));
        let both = vec![(Use::Desk, "arn:aws:a".to_owned()), (Use::Money, "b".to_owned())];
        assert_eq!(of(Some("desk=arn:aws:a money=b")), Ok(Some(both)));
        for wrong in ["desk", "desk=", "=x", "all=x", "desk=a money"] {
            assert!(of(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
