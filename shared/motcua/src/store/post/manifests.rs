//! Manifests: one item each, with the numbers of its parcels.

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use rules::id::AgencyCode;
use rules::post::{Manifest, ManifestNo};

use crate::store::item::{json, n, read, s, under};
use crate::store::{Claim, Error, Item, Key, Store, number};

/// Manifests of one page.
const PAGE: i32 = 25;

/// A page of manifests.
#[derive(Debug, Default)]
pub struct ManifestPage {
    /// The manifests, the newest first.
    pub manifests: Vec<Manifest>,
    /// The number behind which the next page begins; `None` at the end.
    pub next: Option<ManifestNo>,
}

impl Store {
    /// Claims that a manifest is as it is here: a new one, or one that was of the version before.
    #[must_use]
    pub fn manifest_claim(agency: &AgencyCode, manifest: &Manifest) -> Claim {
        let mut item = under(&Key::manifest(agency, manifest.no));
        item.insert("manifest".into(), json(manifest));
        item.insert("version".into(), n(manifest.version));
        match manifest.version {
            1 => Claim::New(item),
            version => Claim::Over(item, version - 1),
        }
    }

    /// Reads a manifest from its item.
    ///
    /// # Errors
    /// [`Error`].
    pub fn manifest_of(item: &Item) -> Result<Manifest, Error> {
        let manifest: Manifest = read(item, "manifest")?;
        Ok(Manifest { version: number(item, "version").unwrap_or(1), ..manifest })
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn manifest(&self, agency: &AgencyCode, no: ManifestNo) -> Result<Option<Manifest>, Error> {
        self.item(&Key::manifest(agency, no)).await?.as_ref().map(Self::manifest_of).transpose()
    }

    /// Reads a page of manifests, the newest first, behind the one of that number.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn manifests(&self, agency: &AgencyCode, after: Option<ManifestNo>) -> Result<ManifestPage, Error> {
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", s(Key::manifests_pk(agency)))
            .scan_index_forward(false)
            .set_exclusive_start_key(after.map(|no| Key::manifest(agency, no).attributes()))
            .limit(PAGE)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
            .send()
            .await
            .map_err(|error| Error::from_sdk("Query", &error))?;
        let manifests =
            answer.items.unwrap_or_default().iter().map(Self::manifest_of).collect::<Result<Vec<_>, _>>()?;
        let next = answer.last_evaluated_key.and_then(|_| manifests.last().map(|manifest| manifest.no));
        Ok(ManifestPage { manifests, next })
    }
}
