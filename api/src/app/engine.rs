//! What the edge asks of the application.

use std::sync::Arc;

use async_graphql::{Request, Response};
use async_trait::async_trait;

use super::App;
use crate::{
    access::viewer::{Language, Principal, Viewer},
    answers::{Answers, Caller, Rests},
    db::Db,
    domain::access::known::{self, Known},
    error::{Error, Result},
    fresh::{Follower, Proof, Reads, Tables},
    graphql::{context::Session, turn::Place},
    http::{Counts, EdgeError, Engine, Turn},
};

#[async_trait]
impl Engine for App {
    async fn recognise(
        &self,
        authorization: Option<&str>,
        accept_language: Option<&str>,
    ) -> Result<Caller, EdgeError> {
        let now = (self.clock)();
        let verified = match authorization {
            Some(header) => {
                let token = bearer(header).ok_or_else(|| {
                    EdgeError::Unauthenticated("Send `Authorization: Bearer <token>`.".to_owned())
                })?;
                Some(self.tokens.verify(token).map_err(EdgeError::Unauthenticated)?)
            }
            None => None,
        };
        let language = Language::preferred(accept_language);
        // Who asks is known under the same proof as answers, also when those are not kept. Nothing is kept for those who
        // may see nothing.
        let open = self.answers.is_on() && self.config.public_read;
        let proof = if verified.is_some() || open {
            Some(self.db.fresh().check().await.map_err(edge)?)
        } else {
            None
        };
        let until = verified.as_ref().and_then(|verified| verified.until());
        let principal = verified.map(|verified| Arc::clone(&verified.principal));
        let known = self.known(principal.as_ref(), proof.as_ref()).await.map_err(edge)?;
        Ok(Caller { principal, known, language, now, until, proof })
    }

    async fn again(&self, caller: &Caller) -> Result<Caller, EdgeError> {
        let now = (self.clock)();
        let proof = self.db.fresh().check().await.map_err(edge)?;
        let known = self.known(caller.principal.as_ref(), Some(&proof)).await.map_err(edge)?;
        Ok(Caller { known, now, proof: Some(proof), ..caller.clone() })
    }

    fn follow(&self) -> Follower {
        self.db.fresh().follow()
    }

    async fn turn(&self, caller: &Caller, request: Request, from: Option<i64>) -> Turn {
        let reads = Arc::<Reads>::default();
        let until = caller.proof.as_ref().map_or(0, |proof| proof.seen.last());
        let place = Arc::new(Place::new(self.db.clone(), from, until));
        let session = Arc::new(self.session(caller, self.db.recording(&reads)));
        let request = request.data(Arc::clone(&session)).data(Arc::clone(&place));
        let said = self.schemas.turn(request).await;
        let (reached, tables) = match place.reached() {
            Some((reached, tables)) => (Some(reached), tables),
            None => (None, reads.tables()),
        };
        Turn { said, rests: rests(&session, tables), reached }
    }

    async fn execute(&self, caller: &Caller, request: Request) -> (Response, Rests) {
        let reads = Arc::<Reads>::default();
        let db = if self.answers.is_on() { self.db.recording(&reads) } else { self.db.clone() };
        let session = Arc::new(self.session(caller, db));
        let response = self.schemas.execute(request.data(Arc::clone(&session))).await;
        (response, rests(&session, reads.tables()))
    }

    fn answers(&self) -> &Answers {
        &self.answers
    }

    async fn ready(&self) -> Result<(), String> {
        self.db.ready().await
    }

    fn sdl(&self) -> &str {
        &self.sdl
    }

    fn counts(&self) -> Counts {
        Counts {
            sql_statements: self.db.statements(),
            head_readings: self.db.fresh().readings(),
            given: self.answers.given(),
            answer_bytes: self.answers.bytes(),
        }
    }
}

impl App {
    /// What a caller holds, at least as new as the proof.
    async fn known(
        &self,
        principal: Option<&Arc<Principal>>,
        proof: Option<&Proof>,
    ) -> Result<Arc<Known>> {
        match (principal, proof) {
            (None, _) => Ok(Arc::clone(&self.anonymous)),
            (Some(principal), Some(proof)) => self.holders.held(&self.db, principal, proof).await,
            (Some(principal), None) => {
                let public_read = self.config.public_read;
                Ok(Arc::new(known::read(&self.db, principal, public_read).await?))
            }
        }
    }

    fn session(&self, caller: &Caller, db: Db) -> Session {
        let viewer = match &caller.principal {
            Some(principal) => Viewer::new(
                Principal::clone(principal),
                caller.known.grants.clone(),
                caller.known.whole.clone(),
                self.config.public_read,
                caller.language,
            ),
            None => Viewer::anonymous(self.config.public_read, caller.language),
        };
        Session::new(db, viewer, caller.now)
    }
}

/// What an answer of that session depends on, whose statements named these tables.
fn rests(session: &Session, tables: Tables) -> Rests {
    Rests { tables, personal: session.viewer.is_personal(), exact: session.is_exact() }
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}

fn edge(error: Error) -> EdgeError {
    match error {
        Error::Unavailable(source) => EdgeError::Unavailable(source.to_string()),
        other => EdgeError::Internal(format!("{other:?}")),
    }
}
