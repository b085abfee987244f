//! Documents that were asked before: parsed once, and validated once.
//!
//! Front-ends send the same few documents all day. What is kept depends on the text alone, never on who asked or with
//! which variables.

use std::{
    num::NonZeroUsize,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use async_graphql::{Request, ServerError, Variables, parser::types::ExecutableDocument};
use lru::LruCache;

use super::{
    budget::{self, Limits},
    direct::{Merges, merges},
    document::{self, Admitted},
    inputs::Inputs,
    lone_root,
};

/// Documents that are kept, of those that are not larger than this.
const KEPT: NonZeroUsize = NonZeroUsize::MIN.saturating_add(511);
const LARGEST: usize = 16 * 1024;

/// The documents of a server.
pub struct Documents {
    known: Mutex<LruCache<Arc<str>, Arc<Document>>>,
    inputs: Inputs,
}

/// A document that has been parsed.
pub struct Document {
    parsed: ExecutableDocument,
    merges: OnceLock<bool>,
    valid: AtomicBool,
}

/// Among the data of a request: its document, and whether it needs no validation any more.
pub struct Known {
    document: Arc<Document>,
    /// The document was valid before, and the variables fit.
    pub valid: bool,
}

impl Known {
    /// From now on the document need not be validated.
    pub fn found_valid(&self) {
        self.document.valid.store(true, Ordering::Relaxed);
    }
}

impl Documents {
    /// None yet, of a schema.
    #[must_use]
    pub fn new(sdl: &str) -> Self {
        Self { known: Mutex::new(LruCache::new(KEPT)), inputs: Inputs::of(sdl) }
    }

    /// Parses and measures the document of `request` and leaves it there parsed, with its
    /// [`Cost`](super::budget::Cost) among the request's data. A text that was read before is not read again.
    ///
    /// # Errors
    /// A document that is not run answers with GRAPHQL_PARSE_FAILED, QUERY_TOO_DEEP, QUERY_TOO_COMPLEX,
    /// GRAPHQL_VALIDATION_FAILED (it spreads a fragment into itself) or BAD_USER_INPUT (it has no operation of
    /// that name, or a required variable is missing).
    pub fn admit(&self, request: &mut Request, limits: &Limits) -> Result<Admitted, ServerError> {
        let document = self.document(&request.query, limits)?;
        let name = request.operation_name.as_deref();
        let admitted = document::check(&document.parsed, name, &request.variables, limits)?;
        give_defaults(&document.parsed, name, &mut request.variables);
        let valid = document.valid.load(Ordering::Relaxed)
            && self.fits(&document.parsed, name, &request.variables);
        // Fragments are expanded for this: only of what has been measured.
        if *document.merges.get_or_init(|| merges(&document.parsed)) {
            request.data.insert(Merges);
        }
        request.set_parsed_query(document.parsed.clone());
        request.data.insert(admitted.cost);
        request.data.insert(Arc::new(Known { document, valid }));
        Ok(admitted)
    }

    fn document(&self, text: &str, limits: &Limits) -> Result<Arc<Document>, ServerError> {
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(document) = lock().get(text) {
            return Ok(Arc::clone(document));
        }
        let parsed = lone_root::written_out(document::parse(text, limits)?);
        let (merges, valid) = (OnceLock::new(), AtomicBool::new(false));
        let document = Arc::new(Document { parsed, merges, valid });
        if text.len() <= LARGEST {
            lock().put(text.into(), Arc::clone(&document));
        }
        Ok(document)
    }

    fn fits(&self, parsed: &ExecutableDocument, name: Option<&str>, variables: &Variables) -> bool {
        budget::choose(&parsed.operations, name)
            .is_some_and(|operation| self.inputs.fit(operation, variables))
    }
}

/// Variables that were not sent have their defaults. The library knows that of arguments, but not of `@skip` and
/// `@include`.
fn give_defaults(parsed: &ExecutableDocument, name: Option<&str>, variables: &mut Variables) {
    let operation = budget::choose(&parsed.operations, name);
    for wanted in operation.into_iter().flat_map(|operation| &operation.variable_definitions) {
        let (name, default) = (&wanted.node.name.node, &wanted.node.default_value);
        if let Some(default) = default
            && !variables.contains_key(name)
        {
            variables.insert(name.clone(), default.node.clone());
        }
    }
}
