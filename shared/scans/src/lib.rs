#![doc = include_str!("../README.md")]

pub mod notice;
pub mod receipt;

use aws_sdk_s3::Client;
use aws_sdk_s3::operation::get_object::{GetObjectError, GetObjectOutput};
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::ChecksumMode;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use bytes::Bytes;

use motcua::aws::{ATTEMPT_LIMIT, Aws, Service};
use motcua::store::{self, Key};
use rules::config::Config;
use rules::id::{AgencyCode, DossierId};
use rules::papers::{ContentHash, MOST_BYTES, Scan, ScanKind};

/// The reason why a file was not stored or not read.
#[derive(Debug, thiserror::Error)]
pub enum PapersError {
    /// Not available now; it is not known whether a file was stored.
    #[error(transparent)]
    Unavailable(#[from] store::Error),
    /// The bucket has no such object.
    #[error("the object is not in the bucket")]
    Missing,
    /// The object is not the one that was stored.
    #[error("the object's content is not the one recorded")]
    Changed,
}

/// The way to S3, whichever bucket the configuration names.
#[derive(Clone, Debug)]
pub struct Scans(Client);

impl Scans {
    /// Uses this client.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self(client)
    }

    /// Makes the way that a function has. Emulators have no host name for each bucket.
    #[must_use]
    pub fn on(aws: &Aws) -> Self {
        let sdk = aws.sdk(Service::S3);
        let stalled = StalledStreamProtectionConfig::enabled().grace_period(ATTEMPT_LIMIT);
        let config = aws_sdk_s3::config::Builder::from(&sdk)
            .stalled_stream_protection(stalled.build())
            .disable_s3_express_session_auth(true)
            .force_path_style(sdk.endpoint_url().is_some());
        Self(Client::from_conf(config.build()))
    }

    /// Returns the office's bucket; `None` if the configuration names none.
    #[must_use]
    pub fn bucket(&self, config: &Config) -> Option<Papers> {
        config.papers_bucket().map(|bucket| Papers::new(self.0.clone(), bucket))
    }
}

/// The office's bucket of paper files.
#[derive(Clone, Debug)]
pub struct Papers {
    client: Client,
    bucket: String,
}

impl Papers {
    /// Uses this bucket.
    #[must_use]
    pub fn new(client: Client, bucket: impl Into<String>) -> Self {
        Self { client, bucket: bucket.into() }
    }

    /// Stores a dossier's file: once this is done it is durable. S3 checks the content against its hash on the way.
    ///
    /// # Errors
    /// [`PapersError::Unavailable`].
    pub async fn put(
        &self,
        agency: &AgencyCode,
        id: DossierId,
        scan: &Scan,
        content: Bytes,
    ) -> Result<(), PapersError> {
        self.put_object(Key::scan_object(agency, id, &scan.sha256), (&scan.sha256, scan.kind), content).await
    }

    async fn put_object(
        &self,
        object: String,
        (sha256, kind): (&ContentHash, ScanKind),
        content: Bytes,
    ) -> Result<(), PapersError> {
        let sent = self
            .client
            .put_object()
            .bucket(&self.bucket)
            .key(object)
            .content_type(kind.media_type())
            .checksum_sha256(sha256.base64())
            .body(ByteStream::from(content))
            .send();
        match Box::pin(sent).await {
            Ok(_) => Ok(()),
            Err(error) => Err(store::Error::from_sdk("PutObject", &error).into()),
        }
    }

    /// Reads the content of a dossier's file, which is the one that was stored.
    ///
    /// # Errors
    /// [`PapersError`].
    pub async fn read(&self, agency: &AgencyCode, id: DossierId, scan: &Scan) -> Result<Bytes, PapersError> {
        self.read_object(Key::scan_object(agency, id, &scan.sha256), &scan.sha256).await
    }

    async fn read_object(&self, object: String, sha256: &ContentHash) -> Result<Bytes, PapersError> {
        let sent =
            self.client.get_object().bucket(&self.bucket).key(object).checksum_mode(ChecksumMode::Enabled).send();
        let answer = Box::pin(sent).await.map_err(|error| match error.as_service_error() {
            Some(GetObjectError::NoSuchKey(_)) => PapersError::Missing,
            Some(_) | None => store::Error::from_sdk("GetObject", &error).into(),
        })?;
        let content = whole(answer).await?;
        // S3's checksum only proves that the object came as it lies there, not that it is the one that was stored.
        if ContentHash::of(&content) == *sha256 { Ok(content) } else { Err(PapersError::Changed) }
    }
}

/// Reads the body of an answer, up to the most bytes that a file may have.
async fn whole(answer: GetObjectOutput) -> Result<Bytes, PapersError> {
    let mut body = answer.body;
    let mut content = Vec::new();
    while let Some(part) = body.next().await {
        let part = part.map_err(|_| {
            let reason = "the answer broke off".to_owned();
            PapersError::Unavailable(store::Error::Unavailable { operation: "GetObject", reason })
        })?;
        content.extend_from_slice(&part);
        if content.len() > MOST_BYTES {
            return Err(PapersError::Changed);
        }
    }
    Ok(content.into())
}
