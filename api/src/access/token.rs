//! Bearer tokens: HS256 with a secret of our own, the algorithm fixed here and never read from the token.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use entity::vocabulary::ActorKind;
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode,
};
use serde::{Deserialize, Serialize};

use super::viewer::Principal;
use crate::error::{Error, Result};

/// What a token must say of itself, and the secret that proves it.
#[derive(Clone)]
pub struct TokenConfig {
    /// The HS256 secret, at least 32 bytes.
    pub secret: Vec<u8>,
    /// Who must have issued it (`iss`).
    pub issuer: String,
    /// For whom it must be (`aud`).
    pub audience: String,
    /// Subjects that may make new organisations.
    pub operators: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: String,
    iss: String,
    aud: String,
    exp: i64,
    nbf: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    groups: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<ActorKind>,
}

/// Makes a token for development and tests.
///
/// # Errors
/// [`Error::Internal`] when the secret cannot sign.
pub fn issue(
    config: &TokenConfig,
    principal: &Principal,
    now: DateTime<Utc>,
    valid: Duration,
) -> Result<String> {
    let claims = Claims {
        sub: principal.subject.clone(),
        iss: config.issuer.clone(),
        aud: config.audience.clone(),
        exp: (now + valid).timestamp(),
        nbf: now.timestamp(),
        name: principal.name.clone(),
        groups: principal.groups.clone(),
        kind: (principal.kind == ActorKind::Service).then_some(ActorKind::Service),
    };
    encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(&config.secret))
        .map_err(Error::internal)
}

/// Seconds by which clocks may differ.
const LEEWAY: i64 = 30;

/// Somebody whose token was good, and for how long.
#[derive(Clone, Debug)]
pub struct Verified {
    /// Who it speaks for.
    pub principal: Arc<Principal>,
    /// From when it is good, in seconds since 1970.
    pub not_before: i64,
    /// Until when it is good, in seconds since 1970.
    pub expires: i64,
}

impl Verified {
    /// Whether it is good at that time, in seconds since 1970.
    #[must_use]
    pub fn holds(&self, now: i64) -> bool {
        (self.not_before..self.expires).contains(&now)
    }

    /// From when on it is refused.
    #[must_use]
    pub fn until(&self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(self.expires.saturating_add(LEEWAY + 1), 0)
    }
}

/// Who a token speaks for; the reason it is refused when it is not good.
///
/// # Errors
/// A sentence that says what is wrong with the token, and nothing of what would be right.
pub fn verify(config: &TokenConfig, token: &str) -> std::result::Result<Verified, String> {
    // The library ignores `crit`, which says that a token must not be accepted by those who do not know it.
    let header =
        decode_header(token).map_err(|_| "The token is not a JSON Web Token.".to_owned())?;
    if header.crit.is_some() {
        return Err("The token has critical extensions that are not supported.".to_owned());
    }
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_nbf = true;
    validation.leeway = LEEWAY.unsigned_abs();
    validation.set_issuer(&[&config.issuer]);
    validation.set_audience(&[&config.audience]);
    validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
    let claims = decode::<Claims>(token, &DecodingKey::from_secret(&config.secret), &validation)
        .map_err(|error| refusal(&error))?
        .claims;
    if claims.sub.is_empty() || claims.sub.len() > 255 {
        return Err("The token's subject must have 1 to 255 bytes.".to_owned());
    }
    let operator = config.operators.contains(&claims.sub);
    let kind = match claims.kind {
        Some(ActorKind::Service) => ActorKind::Service,
        _ => ActorKind::User,
    };
    let Claims { sub: subject, name, groups, nbf: not_before, exp: expires, .. } = claims;
    let principal = Arc::new(Principal { kind, operator, subject, name, groups });
    Ok(Verified { principal, not_before, expires })
}

fn refusal(error: &jsonwebtoken::errors::Error) -> String {
    use jsonwebtoken::errors::ErrorKind;
    match error.kind() {
        ErrorKind::ExpiredSignature => "The token has expired.".to_owned(),
        ErrorKind::ImmatureSignature => "The token is not valid yet.".to_owned(),
        ErrorKind::InvalidIssuer => "The token is from another issuer.".to_owned(),
        ErrorKind::InvalidAudience => "The token is for another audience.".to_owned(),
        ErrorKind::MissingRequiredClaim(claim) => format!("The token lacks the claim `{claim}`."),
        _ => "The token is not valid.".to_owned(),
    }
}
