//! userErrors of mutations, and the codes of top-level errors.

use async_graphql::{Context, Enum, ErrorExtensionValues, SimpleObject};
use chrono::{DateTime, Utc};

use super::{access::actor::Actor, context::session};
use crate::{
    access::viewer::Language,
    domain::problem::{Code, Conflict, LockReason as DomainLockReason, Problem},
    error::{Error, Result},
};

/// What kind of mistake it is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Code")]
pub enum UserErrorCode {
    /// The value is not a possible one.
    Invalid,
    /// The value must be given.
    Required,
    /// There is no such thing, or it is not the caller's to see.
    NotFound,
    /// There is one already.
    Duplicate,
    /// Somebody else changed the same field, see `conflict`; or the node that was to be removed.
    Conflict,
    /// It cannot be changed now; see `lockReason`.
    Locked,
    /// Something that must come first is missing.
    Incomplete,
    /// Not in the state that the node is in.
    NotAllowedInState,
    /// Something else depends on it.
    InUse,
}

/// Why something cannot be changed now.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "DomainLockReason")]
pub enum LockReason {
    /// The caller's role does not allow it.
    NotPermitted,
    /// The period's report is approved (godkänd).
    ReportApproved,
    /// The period's report is submitted (inlämnad).
    ReportSubmitted,
    /// The plan is closed (avslutad).
    PlanClosed,
    /// The period has not started.
    PeriodNotStarted,
    /// It is worked out from other things.
    Derived,
}

/// A mistake that the caller can mend. A mutation with userErrors has changed nothing.
#[derive(SimpleObject, Clone, Debug)]
pub struct UserError {
    /// What kind of mistake.
    pub code: UserErrorCode,
    /// For people; in Swedish or English by Accept-Language.
    pub message: String,
    /// Path into the input, e.g. ["input", "targets", "3", "value"].
    pub field: Option<Vec<String>>,
    /// With LOCKED: why.
    pub lock_reason: Option<LockReason>,
    /// With CONFLICT of an update: the field as it stands now, as the caller sent it, who changed it and when.
    pub conflict: Option<FieldConflict>,
}

/// A field that two people changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct FieldConflict {
    /// The field's name.
    pub field: String,
    /// As it stands now.
    pub current: Option<String>,
    /// As the caller sent it.
    pub yours: Option<String>,
    /// Who changed it.
    pub changed_by: Actor,
    /// When.
    pub changed_at: DateTime<Utc>,
}

impl UserError {
    fn of(problem: Problem, language: Language) -> Self {
        let field = (!problem.field.is_empty())
            .then(|| std::iter::once("input".to_owned()).chain(problem.field).collect());
        Self {
            code: problem.code.into(),
            message: match language {
                Language::Swedish => problem.message.sv,
                Language::English => problem.message.en,
            },
            field,
            lock_reason: problem.lock.map(Into::into),
            conflict: problem.conflict.map(|conflict| (*conflict).into()),
        }
    }
}

impl From<Conflict> for FieldConflict {
    fn from(conflict: Conflict) -> Self {
        let Conflict { field, current, yours, changed_by, changed_at } = conflict;
        Self { field, current, yours, changed_by: changed_by.into(), changed_at }
    }
}

/// Splits what a mutation came to: its effect, or the mistakes that a person can mend.
///
/// # Errors
/// Everything that a person cannot mend.
pub fn mistakes<T>(ctx: &Context<'_>, result: Result<T>) -> Result<(Option<T>, Vec<UserError>)> {
    match result {
        Ok(effect) => Ok((Some(effect), Vec::new())),
        Err(Error::Problems(problems)) => {
            let language = session(ctx).viewer.language;
            Ok((
                None,
                problems.into_iter().map(|problem| UserError::of(problem, language)).collect(),
            ))
        }
        Err(error) => Err(error),
    }
}

impl From<Error> for async_graphql::Error {
    fn from(error: Error) -> Self {
        let (code, message) = match error {
            Error::Problems(problems) => (
                "BAD_USER_INPUT",
                problems
                    .into_iter()
                    .map(|problem| problem.message.en)
                    .collect::<Vec<_>>()
                    .join(" "),
            ),
            Error::Unauthenticated => {
                ("UNAUTHENTICATED", "Sign in: send a bearer token.".to_owned())
            }
            Error::Forbidden(message) => ("FORBIDDEN", message),
            Error::BadInput(message) => ("BAD_USER_INPUT", message),
            Error::TooLarge(message) => ("QUERY_TOO_COMPLEX", message),
            Error::Unavailable(source) => {
                tracing::warn!(error = %source, "the database is not available");
                ("UNAVAILABLE", "The database is not available now; try again.".to_owned())
            }
            // Without a code: the HTTP edge logs it once, and answers with a request id only.
            Error::Internal(source) => return async_graphql::Error::new(chain(source.as_ref())),
        };
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", code);
        Self { message, source: None, extensions: Some(extensions) }
    }
}

fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
