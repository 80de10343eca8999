//! Files at addresses that somebody else named: read up to a limit, from the public network alone, without following a
//! redirection.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::AsyncSleep;
use aws_smithy_runtime_api::client::dns::{DnsFuture, ResolveDns, ResolveDnsError};
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use rules::http::is_public_address;

use super::Web;
use super::connector::connector_by;

/// A connector whose names lead to public addresses alone, made at the first call.
#[derive(Clone, Default)]
pub(super) struct Guarded(Arc<OnceLock<SharedHttpConnector>>);

impl Guarded {
    fn connector(&self) -> &SharedHttpConnector {
        self.0.get_or_init(|| connector_by(PublicOnly))
    }
}

/// A file as it was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The status.
    pub status: u16,
    /// The content; of an answer other than 200 it is not read.
    pub content: Vec<u8>,
}

/// Reasons why there is no file. They say nothing of the address, which may be secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address cannot be called.
    #[error("not an address that can be called")]
    Address,
    /// Its host is known to a network of somebody's own only.
    #[error("a private address")]
    Private,
    /// No connection, or it broke.
    #[error("no answer")]
    NoAnswer,
    /// It took longer than it may.
    #[error("no answer in time")]
    TimedOut,
    /// More bytes than are read.
    #[error("the file is too long")]
    TooLong,
}

impl Web {
    /// Reads a file of at most so many bytes, within so much time. Nothing is followed, and no more is read than that.
    ///
    /// # Errors
    /// [`FetchError`].
    pub async fn fetch(&self, url: &str, limit: Duration, most: usize) -> Result<File, FetchError> {
        let request = http::Request::builder().uri(url).body(SdkBody::empty()).map_err(|_| FetchError::Address)?;
        let request = HttpRequest::try_from(request).map_err(|_| FetchError::Address)?;
        let connector = self.guarded.as_ref().map_or_else(|| self.connector(), Guarded::connector);
        let sent = connector.call(request);
        let answered = async {
            let answer = sent.await.map_err(|error| match is_private(&error) {
                true => FetchError::Private,
                false => FetchError::NoAnswer,
            })?;
            let status = answer.status().as_u16();
            let content = match status {
                200 => read(ByteStream::new(answer.into_body()), most).await?,
                _ => Vec::new(),
            };
            Ok(File { status, content })
        };
        match Timeout::new(Box::pin(answered), self.sleep.sleep(limit)).await {
            Ok(answer) => answer,
            Err(_) => Err(FetchError::TimedOut),
        }
    }
}

async fn read(mut body: ByteStream, most: usize) -> Result<Vec<u8>, FetchError> {
    let mut content = Vec::new();
    while let Some(part) = body.next().await {
        let part = part.map_err(|_| FetchError::NoAnswer)?;
        if content.len() + part.len() > most {
            return Err(FetchError::TooLong);
        }
        content.extend_from_slice(&part);
    }
    Ok(content)
}

/// Finds names as the machine does, and leaves out every address that is not public. The connection is made to what is left,
/// so that a name that changes in between leads nowhere else.
#[derive(Clone, Debug)]
struct PublicOnly;

/// The error for a name of which no address is public.
#[derive(Debug)]
struct PrivateOnly;

impl fmt::Display for PrivateOnly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("every address is private")
    }
}

impl Error for PrivateOnly {}

impl ResolveDns for PublicOnly {
    fn resolve_dns<'a>(&'a self, name: &'a str) -> DnsFuture<'a> {
        DnsFuture::new(async move {
            let found = tokio::net::lookup_host((name, 0)).await.map_err(ResolveDnsError::new)?;
            public(found.map(|address| address.ip())).ok_or_else(|| ResolveDnsError::new(PrivateOnly))
        })
    }
}

/// Returns the public ones of these addresses; `None` if there is none.
fn public(found: impl Iterator<Item = IpAddr>) -> Option<Vec<IpAddr>> {
    let public: Vec<_> = found.filter(|address| is_public_address(*address)).collect();
    (!public.is_empty()).then_some(public)
}

fn is_private(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<PrivateOnly>() {
            return true;
        }
        next = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_is_not_connected_to() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let limit = Duration::from_secs(10);
        for scheme in ["http", "https"] {
            let answer = Web::over_tls().fetch(&format!("{scheme}://localhost:{port}/"), limit, 10).await;
            assert_eq!(answer, Err(FetchError::Private), "{scheme}");
        }
        let knocked = tokio::time::timeout(Duration::from_millis(50), listener.accept()).await;
        assert!(knocked.is_err(), "nobody came");
    }

    #[test]
    fn of_several_addresses_the_public_ones_are_left() {
        let addresses = ["10.0.0.1", "1.1.1.1", "::1"].map(|address| address.parse().unwrap());
        assert_eq!(public(addresses.into_iter()), Some(vec!["1.1.1.1".parse().unwrap()]));
        assert_eq!(public(["169.254.169.254".parse().unwrap()].into_iter()), None);
    }
}
