//! The provider's description of itself, with what ends a session there.

use std::time::Duration;

use data_encoding::BASE64;
use http::Method;
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
    CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, AuthType, LogoutProviderMetadata, ProviderMetadata};
use rules::gateway::Call;
use rules::http::query::encode;
use serde::{Deserialize, Serialize};

/// The longest time that a sign-out waits for it.
const LIMIT: Duration = Duration::from_secs(2);

/// The address at which tokens are revoked, if the provider has one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Revocation {
    pub revocation_endpoint: Option<String>,
}

impl AdditionalProviderMetadata for Revocation {}

/// The description, as far as it is read.
pub(super) type Metadata = ProviderMetadata<
    LogoutProviderMetadata<Revocation>,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// The request that revokes a refresh token. The library sends it to https only, and on a laptop there is none.
pub(super) fn revocation(at: &str, refresh: &str, client: &str, secret: Option<&str>, way: AuthType) -> Call {
    let [refresh, client, secret] = [Some(refresh), Some(client), secret].map(|it| it.map(|it| encode(it.as_bytes())));
    let (refresh, client) = (refresh.unwrap_or_default(), client.unwrap_or_default());
    let mut headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
    let mut body = format!("token={refresh}&token_type_hint=refresh_token");
    match (secret, way) {
        (Some(secret), AuthType::BasicAuth) => {
            headers
                .push(("authorization", format!("Basic {}", BASE64.encode(format!("{client}:{secret}").as_bytes()))));
        }
        (Some(secret), _) => body.push_str(&format!("&client_id={client}&client_secret={secret}")),
        (None, _) => body.push_str(&format!("&client_id={client}")),
    }
    Call { method: Method::POST, url: at.to_owned(), headers, body, limit: LIMIT, repeatable: false }
}
