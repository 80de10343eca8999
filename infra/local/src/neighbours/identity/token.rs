//! Tokens given for a code or a refresh token.

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use rules::http::{Reply, Request, Response, respond};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::keys::{TokenKey, random, unsigned};
use super::{Account, Identity, State, fields};

/// Time that a code is valid.
const CODE_HOLDS_FOR: SignedDuration = SignedDuration::from_mins(1);
/// Time that a token is valid.
const TOKEN_HOLDS_FOR: SignedDuration = SignedDuration::from_mins(30);
/// Time that a refresh token is valid.
const REFRESH_HOLDS_FOR: SignedDuration = SignedDuration::from_hours(12);
/// Time that a replaced one is still valid, for two requests on their way at once.
const LEEWAY: SignedDuration = SignedDuration::from_secs(30);
/// The most codes, and the most refresh tokens, that are remembered.
const MOST: usize = 1_000;

/// A code with which somebody was let in.
pub(super) struct Code {
    pub subject: String,
    pub nonce: Option<String>,
    pub challenge: String,
    pub redirect_uri: String,
    pub given_at: Timestamp,
    pub is_used: bool,
}

/// A refresh token that follows from a code.
pub(super) struct Refresh {
    subject: String,
    code: String,
    until: Timestamp,
    replaced_at: Option<Timestamp>,
}

/// The standard's word for a grant that is no longer valid.
const INVALID_GRANT: &str = "invalid_grant";

impl Identity {
    /// Makes a code for somebody.
    pub(super) fn code(&self, code: Code) -> String {
        let name = random();
        let mut state = self.lock();
        if state.codes.len() >= MOST {
            let oldest = state.codes.iter().min_by_key(|(_, code)| code.given_at).map(|(name, _)| name.clone());
            oldest.and_then(|name| state.codes.remove(&name));
        }
        state.codes.insert(name.clone(), code);
        name
    }

    pub(super) fn give(&self, request: &Request) -> Response {
        let form = fields(request.body());
        let field = |name: &str| form.get(name).map_or("", String::as_str);
        if field("client_id") != super::CLIENT {
            return error(401, "invalid_client");
        }
        let now = self.now();
        let mut state = self.lock();
        let granted = match field("grant_type") {
            "authorization_code" => state.by_code(field("code"), field("redirect_uri"), field("code_verifier"), now),
            "refresh_token" => {
                state.by_refresh(field("refresh_token"), now).map(|(account, code)| (account, code, None))
            }
            _ => Err("unsupported_grant_type"),
        };
        match granted {
            Ok((account, code, nonce)) => {
                let refresh = random();
                state.keep(refresh.clone(), &account, code, now);
                let issuer = self.issuer();
                let body = json!({
                    "token_type": "Bearer",
                    "expires_in": TOKEN_HOLDS_FOR.as_secs(),
                    "access_token": state.token(&issuer, &account, None, now),
                    "id_token": state.token(&issuer, &account, nonce.as_deref(), now),
                    "refresh_token": refresh,
                });
                respond::json(200, body.to_string()).with_header("cache-control", "no-store")
            }
            Err(why) => error(400, why),
        }
    }
}

impl Identity {
    /// Revokes a refresh token with all that came of its code. An unknown one is no mistake (RFC 7009, section 2.2).
    pub(super) fn revoke(&self, request: &Request) -> Response {
        let form = fields(request.body());
        if form.get("client_id").map(String::as_str) != Some(super::CLIENT) {
            return error(401, "invalid_client");
        }
        let mut state = self.lock();
        let revoked = form.get("token").and_then(|name| state.refreshes.get(name)).map(|refresh| refresh.code.clone());
        if let Some(code) = revoked {
            state.refreshes.retain(|_, refresh| refresh.code != code);
        }
        respond::text(200, "")
    }
}

type Granted = (Account, String, Option<String>);

impl State {
    fn by_code(
        &mut self,
        name: &str,
        redirect_uri: &str,
        verifier: &str,
        now: Timestamp,
    ) -> Result<Granted, &'static str> {
        let code = self.codes.get_mut(name).ok_or(INVALID_GRANT)?;
        if code.is_used {
            // Somebody else has the code: every refresh token made from it ends.
            self.refreshes.retain(|_, refresh| refresh.code != name);
            return Err(INVALID_GRANT);
        }
        code.is_used = true;
        let proved = BASE64URL_NOPAD.encode(&Sha256::digest(verifier.as_bytes())) == code.challenge;
        if !proved || redirect_uri != code.redirect_uri || now > code.given_at + CODE_HOLDS_FOR {
            return Err(INVALID_GRANT);
        }
        let (subject, nonce) = (code.subject.clone(), code.nonce.clone());
        let account = self.working(&subject).ok_or(INVALID_GRANT)?;
        Ok((account, name.to_owned(), nonce))
    }

    fn by_refresh(&mut self, name: &str, now: Timestamp) -> Result<(Account, String), &'static str> {
        let refresh = self.refreshes.get_mut(name).ok_or(INVALID_GRANT)?;
        let (subject, code) = (refresh.subject.clone(), refresh.code.clone());
        let is_stale = refresh.replaced_at.is_some_and(|at| now > at + LEEWAY);
        if is_stale || now > refresh.until {
            self.refreshes.retain(|_, refresh| refresh.code != code);
            return Err(INVALID_GRANT);
        }
        refresh.replaced_at.get_or_insert(now);
        Ok((self.working(&subject).ok_or(INVALID_GRANT)?, code))
    }

    fn keep(&mut self, name: String, account: &Account, code: String, now: Timestamp) {
        if self.refreshes.len() >= MOST {
            let oldest = self.refreshes.iter().min_by_key(|(_, refresh)| refresh.until).map(|(name, _)| name.clone());
            oldest.and_then(|name| self.refreshes.remove(&name));
        }
        let until = now + REFRESH_HOLDS_FOR;
        self.refreshes.insert(name, Refresh { subject: account.subject.clone(), code, until, replaced_at: None });
    }

    /// Returns an account that was not dismissed.
    pub(super) fn working(&self, subject: &str) -> Option<Account> {
        let account = self.accounts.iter().find(|account| account.subject == subject)?;
        (!self.dismissed.contains(subject)).then(|| account.clone())
    }

    fn token(&self, issuer: &str, account: &Account, nonce: Option<&str>, now: Timestamp) -> String {
        let mut claims = json!({
            "iss": issuer,
            "aud": super::CLIENT,
            "sub": account.subject,
            "iat": now.as_second(),
            "exp": (now + TOKEN_HOLDS_FOR).as_second(),
            "agency": account.agency,
            "role": [account.role],
            "name": account.name,
        });
        if let Some(nonce) = nonce {
            claims["nonce"] = nonce.into();
        }
        let Some(bend) = &self.bend else { return self.key.sign(&claims) };
        for (name, value) in &bend.claims {
            match value {
                Value::Null => claims.as_object_mut().and_then(|claims| claims.remove(name)),
                value => claims.as_object_mut().and_then(|claims| claims.insert(name.clone(), value.clone())),
            };
        }
        match (bend.unsigned, bend.foreign_key) {
            (true, _) => unsigned(&claims),
            (false, true) => TokenKey::new().sign(&claims),
            (false, false) => self.key.sign(&claims),
        }
    }
}

fn error(status: u16, why: &str) -> Response {
    respond::json(status, json!({ "error": why }).to_string())
}
