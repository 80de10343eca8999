//! The wire to a neighbour on this machine: an address with `https` is called without TLS at the same port of 127.0.0.1.

use std::net::SocketAddr;

use aws_smithy_http_client::Connector;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;

/// A connector that never leaves the machine.
#[derive(Clone, Debug)]
pub struct PlainWire {
    to: Option<SocketAddr>,
    connector: SharedHttpConnector,
}

impl PlainWire {
    /// Leads to the port that an address names.
    #[must_use]
    pub fn by_port() -> Self {
        Self { to: None, connector: SharedHttpConnector::new(Connector::builder().build_http()) }
    }

    /// Leads to this neighbour, whatever the address names.
    #[must_use]
    pub fn to(neighbour: SocketAddr) -> Self {
        Self { to: Some(neighbour), ..Self::by_port() }
    }

    fn here(&self, uri: &str) -> Option<String> {
        let uri: http::Uri = uri.parse().ok()?;
        let port = self.to.map(|to| to.port()).or_else(|| uri.port_u16())?;
        Some(format!("http://127.0.0.1:{port}{}", uri.path()))
    }
}

impl HttpConnector for PlainWire {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let moved = self.here(request.uri()).is_some_and(|uri| request.set_uri(uri).is_ok());
        if !moved {
            return HttpConnectorFuture::ready(Err(ConnectorError::user("the address names no port".into())));
        }
        let going = self.connector.call(request);
        // Whoever passes an answer on wants it whole.
        HttpConnectorFuture::new(async move {
            let mut answer = going.await?;
            let body = ByteStream::new(std::mem::replace(answer.body_mut(), SdkBody::empty()));
            let body = body.collect().await.map_err(|error| ConnectorError::io(error.into()))?;
            *answer.body_mut() = SdkBody::from(body.into_bytes());
            Ok(answer)
        })
    }
}
