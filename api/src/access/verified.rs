//! Tokens that were good a moment ago, so that the signature of each is checked once and not in every request.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::Utc;
use lru::LruCache;
use sha2::{Digest as _, Sha256};

use super::token::{self, TokenConfig, Verified};

/// The most tokens that are known at once.
const MOST: NonZeroUsize = NonZeroUsize::new(4_096).expect("more than none");

/// Tokens that were good. What is kept is a token's SHA-256, never the token.
pub struct Tokens {
    config: TokenConfig,
    known: Mutex<LruCache<[u8; 32], Arc<Verified>>>,
}

impl Tokens {
    /// Knows none yet.
    #[must_use]
    pub fn new(config: TokenConfig) -> Self {
        Self { config, known: Mutex::new(LruCache::new(MOST)) }
    }

    /// Who a token speaks for now. One that is known is good from `nbf` to `exp` by the clock on the wall; at the edges
    /// of that it is verified again.
    ///
    /// # Errors
    /// As [`token::verify`].
    pub fn verify(&self, token: &str) -> Result<Arc<Verified>, String> {
        let digest: [u8; 32] = Sha256::digest(token).into();
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&digest).cloned();
        if let Some(known) = known.filter(|known| known.holds(Utc::now().timestamp())) {
            return Ok(known);
        }
        let verified = Arc::new(token::verify(&self.config, token)?);
        let known = Arc::clone(&verified);
        self.known.lock().unwrap_or_else(PoisonError::into_inner).put(digest, known);
        Ok(verified)
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use entity::vocabulary::ActorKind;

    use super::*;
    use crate::access::viewer::Principal;

    #[test]
    fn a_token_that_was_good_is_good_until_it_ends() {
        let config = TokenConfig {
            secret: vec![7; 32],
            issuer: "i".to_owned(),
            audience: "a".to_owned(),
            operators: Vec::new(),
        };
        let principal = Principal {
            kind: ActorKind::User,
            subject: "anna".to_owned(),
            name: None,
            groups: Vec::new(),
            operator: false,
        };
        let tokens = Tokens::new(config.clone());
        let issued = |from: Duration, valid: Duration| {
            token::issue(&config, &principal, Utc::now() + from, valid).unwrap()
        };
        let good = issued(Duration::zero(), Duration::hours(1));
        for _ in 0..2 {
            assert_eq!(*tokens.verify(&good).unwrap().principal, principal);
        }
        let mut forged = good.clone();
        forged.pop();
        assert!(tokens.verify(&forged).is_err());
        // It had ended when it was known, as the clock moves on.
        let ended = issued(Duration::hours(-2), Duration::hours(1));
        let known = Verified { principal: Arc::new(principal.clone()), not_before: 0, expires: 1 };
        tokens.known.lock().unwrap().put(Sha256::digest(&ended).into(), Arc::new(known));
        assert_eq!(tokens.verify(&ended).unwrap_err(), "The token has expired.");
    }
}
