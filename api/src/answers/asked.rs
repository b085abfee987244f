//! What was asked and by whom, and what was answered.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest as _, Sha256};

use crate::{
    access::viewer::{Language, Principal, View},
    domain::access::known::Known,
    fresh::{Nodes, Proof, Tables},
};

/// A request as it came, before anybody has looked into it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    /// Whether `text` is the query of a URL, or else the body of a POST.
    pub by_url: bool,
    /// Document, variables and all else, to the byte.
    pub text: Bytes,
    /// The media type of the answer.
    pub form: &'static str,
}

/// Who asks, proved after the request had arrived.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Whose token it was; nobody's when there was none.
    pub principal: Option<Arc<Principal>>,
    /// What it holds.
    pub known: Arc<Known>,
    /// The language of messages.
    pub language: Language,
    /// When it asked.
    pub now: DateTime<Utc>,
    /// From when on its token is refused; never when it has none.
    pub until: Option<DateTime<Utc>>,
    /// How far the database had come then. Without it nothing that is kept can be given.
    pub proof: Option<Proof>,
}

/// What an answer depends on, as far as it shows when it is made.
#[derive(Clone, Copy, Debug)]
pub struct Rests {
    /// The tables that its statements named.
    pub tables: Tables,
    /// Whether it speaks of who asked.
    pub personal: bool,
    /// Whether it depends on the time, and not only on the day.
    pub exact: bool,
}

/// An answer without errors, as it is sent.
#[derive(Clone, Debug)]
pub struct Page {
    /// JSON.
    pub body: Bytes,
    /// Its entity tag: two answers with the same are the same.
    pub tag: Arc<str>,
    /// The types of node whose changes may make it another, as far as whoever made it has said so.
    pub nodes: Nodes,
}

impl Page {
    /// That body in that form. The tag is a weak one, since the body may be compressed on its way.
    #[must_use]
    pub fn new(form: &str, body: Vec<u8>) -> Self {
        let digest =
            Sha256::new().chain_update(form).chain_update([0]).chain_update(&body).finalize();
        let digest =
            URL_SAFE_NO_PAD.encode(digest.first_chunk::<16>().copied().unwrap_or_default());
        Self { body: body.into(), tag: format!("W/\"{digest}\"").into(), nodes: Nodes::default() }
    }
}

/// All that decides an answer, but for the data. Keys are compared whole: a hash that is equal proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    asked: Asked,
    view: Arc<View>,
    language: Language,
    day: NaiveDate,
    /// Of an answer that is for nobody else.
    only: Option<Arc<Principal>>,
}

impl Key {
    /// Of an answer for everybody who sees the same.
    pub(super) fn shared(caller: &Caller, asked: &Asked) -> Self {
        Self {
            asked: asked.clone(),
            view: Arc::clone(&caller.known.view),
            language: caller.language,
            day: caller.now.date_naive(),
            only: None,
        }
    }

    /// Of an answer for this caller only. To those who have no token one is as good as another.
    pub(super) fn personal(self, caller: &Caller) -> Option<Self> {
        let only = caller.principal.clone()?;
        Some(Self { only: Some(only), ..self })
    }

    /// Roughly what it takes in memory.
    pub(super) fn bytes(&self) -> usize {
        const ROLE: usize = 24;
        self.asked.text.len() + self.view.roles() * ROLE
    }
}
