//! Requests to the provider, and the proof of its answers.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::NotLetIn;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreIdToken,
    CoreJwsSigningAlgorithm, CoreTokenResponse,
};
use openidconnect::{
    AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IssuerUrl, LanguageTag, LogoutRequest, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, PostLogoutRedirectUrl, RedirectUrl, RefreshToken, RequestTokenError, Scope,
    SignatureVerificationError, StandardErrorResponse, TokenResponse,
};
use rules::config::{Config, SignIn};
use rules::language::Language;
use serde_json::{Map, Value};

use super::metadata::{Metadata, revocation};
use super::way::Way;
use crate::permission::is_for;

/// The most by which the provider's clock may be ahead of ours.
const LEEWAY: Duration = Duration::from_secs(LEEWAY_S.unsigned_abs());
const LEEWAY_S: i64 = 60;
/// Only keys that the provider shows are trusted: never a secret that both sides know, never a missing signature.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// Reason why the provider vouched for nobody. It holds nothing of a token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotVouched {
    /// It does not answer, or not as a provider: to be tried again.
    #[error("the provider: {0}")]
    NoAnswer(String),
    /// The code or the refresh token is no longer valid.
    #[error("the provider refused the grant")]
    Refused,
    /// The session was ended, by its owner or by a manager.
    #[error("the session was ended before")]
    Ended,
    /// The account was closed by an administrator.
    #[error("the account is closed")]
    Closed,
    /// Its answer proves nothing.
    #[error("the token: {0}")]
    Token(&'static str),
}

impl NotVouched {
    /// The reason in the audit.
    pub(super) fn because(&self) -> NotLetIn {
        match self {
            Self::NoAnswer(_) | Self::Refused => NotLetIn::ByTheProvider,
            Self::Ended => NotLetIn::Ended,
            Self::Closed => NotLetIn::Closed,
            Self::Token(_) => NotLetIn::NotProved,
        }
    }
}

/// Claims of a proved token, at its top level.
pub(super) type Claims = Map<String, Value>;

/// Grant from the provider.
pub(super) struct Grant {
    /// The claims of the token; `None` if a renewal returned no token.
    pub claims: Option<Claims>,
    /// The token that renews it.
    pub refresh: Option<String>,
}

/// Part of a grant that a session keeps.
pub(super) struct Vouched {
    pub name: Option<String>,
    pub refresh: Option<String>,
    /// The origin at which the session at the provider is ended; a form leads there.
    pub leaves_to: Option<String>,
}

/// A sign-in on its way: the address, and the values that are to come back with it.
pub(super) struct Sent {
    pub url: String,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// The provider as it describes itself.
pub(super) struct Provider<'s> {
    site: &'s Site,
    sign_in: &'s SignIn,
    way: Way<'s>,
    desk_url: String,
    client: Client,
    metadata: Metadata,
}

impl<'s> Provider<'s> {
    /// Reads its description and keys, or takes those read recently.
    pub(super) async fn open(site: &'s Site, sign_in: &'s SignIn, now: Timestamp) -> Result<Self, NotVouched> {
        let no_answer = |why: &str| NotVouched::NoAnswer(why.to_owned());
        let way = Way { web: &site.web, now };
        let issuer = IssuerUrl::new(sign_in.issuer.clone()).map_err(|_| no_answer("its name is no address"))?;
        // The error may quote an answer, so only its kind is logged.
        let metadata = Metadata::discover_async(issuer, &way).await.map_err(|error| match error {
            openidconnect::DiscoveryError::Request(error) => NotVouched::NoAnswer(error.to_string()),
            openidconnect::DiscoveryError::Response(status, ..) => NotVouched::NoAnswer(format!("answered {status}")),
            _ => no_answer("its description cannot be read"),
        })?;
        let desk_url = site.config.desk_url().unwrap_or_default().to_owned();
        let back = RedirectUrl::new(format!("{desk_url}{}", super::SIGNED_IN));
        let client = CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(sign_in.client_id.clone()),
            sign_in.client_secret.as_ref().and_then(|key| std::str::from_utf8(key.expose()).ok()).map(secret),
        );
        let client = client.set_redirect_uri(back.map_err(|_| no_answer("our own address is none"))?);
        let client = client.set_auth_type(auth_type(&metadata));
        Ok(Self { site, sign_in, way, desk_url, client, metadata })
    }

    /// The address to send somebody to.
    pub(super) fn send(&self, lang: Language) -> Sent {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let request = self.client.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
        let request = request.add_scopes(self.sign_in.scopes.iter().cloned().map(Scope::new));
        let request = request.add_ui_locale(LanguageTag::new(lang.code().to_owned()));
        let (url, state, nonce) = request.set_pkce_challenge(challenge).url();
        let (state, nonce) = (state.into_secret(), nonce.secret().clone());
        Sent { url: url.into(), state, nonce, verifier: verifier.into_secret() }
    }

    /// Exchanges the code that somebody came back with.
    pub(super) async fn exchange(&self, code: &str, verifier: String, nonce: String) -> Result<Grant, NotVouched> {
        let request = self.client.exchange_code(AuthorizationCode::new(code.to_owned()));
        let request = request.map_err(|_| NotVouched::NoAnswer("it names no token endpoint".into()))?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier));
        let answer = request.request_async(&self.way).await.map_err(refused)?;
        let token = answer.id_token().ok_or(NotVouched::Token("is not there"))?;
        let claims = self.proved(token, Some(&Nonce::new(nonce))).await?;
        Ok(Grant { claims: Some(claims), refresh: refresh_token(&answer) })
    }

    /// Asks whether a session goes on. A token that comes with the answer is proved like the first one, but needs no
    /// nonce.
    pub(super) async fn renew(&self, refresh: &str) -> Result<Grant, NotVouched> {
        let refresh = RefreshToken::new(refresh.to_owned());
        let request = self.client.exchange_refresh_token(&refresh);
        let request = request.map_err(|_| NotVouched::NoAnswer("it names no token endpoint".into()))?;
        let answer = request.request_async(&self.way).await.map_err(refused)?;
        let claims = match answer.id_token() {
            Some(token) => Some(self.proved(token, None).await?),
            None => None,
        };
        Ok(Grant { claims, refresh: refresh_token(&answer) })
    }

    /// Address at which a session at the provider is ended, if it can be.
    pub(super) fn end_session(&self) -> Option<String> {
        let at = self.metadata.additional_metadata().end_session_endpoint.clone()?;
        let back = PostLogoutRedirectUrl::new(format!("{}{}", self.desk_url, super::SIGNED_OUT)).ok()?;
        let request = LogoutRequest::from(at).set_client_id(ClientId::new(self.sign_in.client_id.clone()));
        Some(request.set_post_logout_redirect_uri(back).http_get_url().into())
    }

    /// Has a refresh token revoked (RFC 7009), if the provider revokes any. No answer changes nothing: the session is
    /// ended here in any case.
    pub(super) async fn revoke(&self, refresh: Option<&str>) {
        let at = self.metadata.additional_metadata().additional_metadata.revocation_endpoint.as_deref();
        let (Some(at), Some(refresh)) = (at, refresh) else { return };
        let secret = self.sign_in.client_secret.as_ref().and_then(|key| std::str::from_utf8(key.expose()).ok());
        let call = revocation(at, refresh, &self.sign_in.client_id, secret, auth_type(&self.metadata));
        match self.site.web.exchange(&call).await {
            Ok(answer) if answer.status < 300 => {}
            Ok(answer) => tracing::warn!(status = answer.status, "a refresh token was not revoked"),
            Err(error) => tracing::warn!(%error, "a refresh token was not revoked"),
        }
    }

    /// Part of a grant that a session keeps.
    pub(super) fn vouched(&self, grant: &Grant) -> Vouched {
        let ends_at = self.metadata.additional_metadata().end_session_endpoint.as_ref();
        Vouched {
            name: grant.claims.as_ref().and_then(|claims| name(&self.site.config, claims)),
            refresh: grant.refresh.clone(),
            leaves_to: ends_at.map(|at| at.url().origin().ascii_serialization()),
        }
    }

    /// Proves a token. A key that is not among those read recently may be new, so the keys are read again.
    async fn proved(&self, token: &CoreIdToken, nonce: Option<&Nonce>) -> Result<Claims, NotVouched> {
        match self.claims(token, nonce) {
            Err(NotVouched::Token(UNKNOWN_KEY)) => {
                self.way.web.forget(self.metadata.jwks_uri().as_str());
                Self::open(self.site, self.sign_in, self.way.now).await?.claims(token, nonce)
            }
            done => done,
        }
    }

    /// Proves a token: signature, issuer, audience, time, nonce.
    fn claims(&self, token: &CoreIdToken, nonce: Option<&Nonce>) -> Result<Claims, NotVouched> {
        let since_epoch = self.way.now.duration_since(Timestamp::UNIX_EPOCH);
        let now = SystemTime::UNIX_EPOCH + Duration::try_from(since_epoch).unwrap_or_default();
        let verifier = self.client.id_token_verifier().set_allowed_algs(ALGORITHMS);
        let verifier = verifier.set_time_fn(move || now.into()).set_issue_time_verifier_fn(move |issued_at| {
            let ahead = SystemTime::from(issued_at) > now + LEEWAY;
            if ahead { Err("issued in the future".to_owned()) } else { Ok(()) }
        });
        let proved = match nonce {
            Some(nonce) => token.claims(&verifier, nonce),
            None => token.claims(&verifier, |_: Option<&Nonce>| Ok(())),
        };
        proved.map_err(|error| NotVouched::Token(why(&error)))?;
        let claims = payload(&token.to_string()).ok_or(NotVouched::Token("is not JSON"))?;
        let (azp, audiences) = (claims.get("azp"), claims.get("aud").and_then(Value::as_array).map(Vec::len));
        let azp = azp.map(|azp| azp.as_str().unwrap_or_default());
        if !is_for(Some(&self.sign_in.client_id), azp, audiences) {
            return Err(NotVouched::Token("was given to another client"));
        }
        match claims.get("nbf").and_then(Value::as_i64) {
            Some(from) if from > self.way.now.as_second() + LEEWAY_S => Err(NotVouched::Token("holds not yet")),
            Some(_) | None => Ok(claims),
        }
    }
}

/// The claims of a token that was issued to us, as the authorizer in front of the JSON API reads them.
///
/// # Errors
/// [`NotVouched`].
pub(super) async fn vouched(site: &Site, token: &str, now: Timestamp) -> Result<Claims, NotVouched> {
    let sign_in = site.config.sign_in().map_err(|_| NotVouched::NoAnswer("not configured".into()))?;
    let token: CoreIdToken = token.parse().map_err(|_| NotVouched::Token("is none"))?;
    let provider = Provider::open(site, sign_in, now).await?;
    provider.proved(&token, None).await
}

/// The claims as texts; a list keeps its JSON text.
pub(super) fn texts(claims: &Claims) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    claims.iter().map(|(name, value)| (name.clone(), text(value))).collect()
}

/// The name to show, at most a hundred characters of it.
fn name(config: &Config, claims: &Claims) -> Option<String> {
    let name = claims.get(&config.staff_claims().name)?.as_str()?.trim();
    let name: String = name.chars().filter(|it| !it.is_control()).take(100).collect();
    (!name.is_empty()).then_some(name)
}

fn secret(text: &str) -> ClientSecret {
    ClientSecret::new(text.to_owned())
}

/// Place of our secret in a request: a provider that takes it only in the body says so.
fn auth_type(metadata: &Metadata) -> AuthType {
    let methods = metadata.token_endpoint_auth_methods_supported();
    let only_in_body = methods.is_some_and(|methods| {
        methods.contains(&CoreClientAuthMethod::ClientSecretPost)
            && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
    });
    if only_in_body { AuthType::RequestBody } else { AuthType::BasicAuth }
}

fn refresh_token(answer: &CoreTokenResponse) -> Option<String> {
    answer.refresh_token().map(|token| token.secret().clone())
}

/// A refused grant is over; any other failure may be over in a minute.
fn refused<E: std::error::Error>(
    error: RequestTokenError<E, StandardErrorResponse<CoreErrorResponseType>>,
) -> NotVouched {
    match error {
        RequestTokenError::ServerResponse(answer) => match answer.error() {
            CoreErrorResponseType::InvalidGrant => NotVouched::Refused,
            other => NotVouched::NoAnswer(format!("refused us: {}", known(other))),
        },
        RequestTokenError::Request(error) => NotVouched::NoAnswer(error.to_string()),
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            NotVouched::NoAnswer("its answer cannot be read".into())
        }
    }
}

/// The provider's own word, only if it is one of the standard's.
fn known(error: &CoreErrorResponseType) -> &str {
    match error {
        CoreErrorResponseType::Extension(_) => "another error",
        CoreErrorResponseType::InvalidClient => "invalid_client",
        CoreErrorResponseType::InvalidGrant => "invalid_grant",
        CoreErrorResponseType::InvalidRequest => "invalid_request",
        CoreErrorResponseType::InvalidScope => "invalid_scope",
        CoreErrorResponseType::UnauthorizedClient => "unauthorized_client",
        CoreErrorResponseType::UnsupportedGrantType => "unsupported_grant_type",
    }
}

/// Reason in our own words, because the library's words quote the token.
fn why(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "is not of this time",
        ClaimsVerificationError::InvalidAudience(_) => "is another client's",
        ClaimsVerificationError::InvalidIssuer(_) => "is another issuer's",
        ClaimsVerificationError::InvalidNonce(_) => "has another nonce",
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => UNKNOWN_KEY,
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoSignature) => "is not signed",
        ClaimsVerificationError::SignatureVerification(_) => "is not signed by the provider",
        _ => "proves nothing",
    }
}

/// Reason for a key that the provider did not show when it was last asked.
const UNKNOWN_KEY: &str = "is signed by a key that the provider does not show";

/// The claims of a token that was proved.
fn payload(token: &str) -> Option<Claims> {
    let part = token.split('.').nth(1)?;
    serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).ok()?).ok()
}
