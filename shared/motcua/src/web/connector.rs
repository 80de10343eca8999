//! The connector over TLS.

use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::Connector;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::client::dns::{ResolveDns, SharedDnsResolver};
use aws_smithy_runtime_api::client::http::{HttpConnectorSettings, SharedHttpConnector};

use crate::aws::{CONNECT_LIMIT, pem};

/// Builds the way out over TLS. Gateways have their certificates from many authorities, unlike Amazon's endpoints.
#[must_use]
pub fn tls_connector() -> SharedHttpConnector {
    built(None)
}

/// Builds the same, which finds the addresses of names by `resolver`.
pub(super) fn connector_by(resolver: impl ResolveDns + 'static) -> SharedHttpConnector {
    built(Some(SharedDnsResolver::new(resolver)))
}

fn built(resolver: Option<SharedDnsResolver>) -> SharedHttpConnector {
    let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
    let store = roots.fold(TrustStore::empty(), |store, der| store.with_pem_certificate(pem(der.as_ref())));
    let context = TlsContext::builder().with_trust_store(store).build();
    let context = context.expect("the trust store is made of certificates, a test reads it");
    let settings = HttpConnectorSettings::builder().connect_timeout(CONNECT_LIMIT * 3).build();
    let builder = Connector::builder().tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(context);
    let builder = builder.connector_settings(settings).sleep_impl(TokioSleep::new());
    SharedHttpConnector::new(match resolver {
        None => builder.build(),
        Some(resolver) => builder.build_with_resolver(resolver),
    })
}
