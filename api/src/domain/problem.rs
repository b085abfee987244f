//! What a person can mend: a code, a sentence in Swedish and in English, and where in the input.

use chrono::{DateTime, Utc};

use entity::access::actor;

/// Why an input was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The value is not a possible one.
    Invalid,
    /// The value must be given.
    Required,
    /// There is no such thing for the caller.
    NotFound,
    /// There is one already.
    Duplicate,
    /// Somebody else changed the same field.
    Conflict,
    /// It cannot be changed now.
    Locked,
    /// Something that must come first is missing.
    Incomplete,
    /// Not in this state.
    NotAllowedInState,
    /// Something else depends on it.
    InUse,
}

/// Why something cannot be changed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LockReason {
    /// The caller's role does not allow it.
    NotPermitted,
    /// The period's report is approved.
    ReportApproved,
    /// The period's report is submitted.
    ReportSubmitted,
    /// The plan is closed.
    PlanClosed,
    /// The period has not begun.
    PeriodNotStarted,
    /// It is worked out from other things.
    Derived,
}

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// In Swedish.
    pub sv: String,
    /// In English.
    pub en: String,
}

/// The two values of a field that two people changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The field, by its API name.
    pub field: String,
    /// As it stands.
    pub current: Option<String>,
    /// As the caller sent it.
    pub yours: Option<String>,
    /// Who changed it.
    pub changed_by: actor::Model,
    /// When.
    pub changed_at: DateTime<Utc>,
}

/// One reason why an input was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What kind of reason.
    pub code: Code,
    /// For people.
    pub message: Message,
    /// Path into the input, without the leading `input`.
    pub field: Vec<String>,
    /// With [`Code::Locked`]: why.
    pub lock: Option<LockReason>,
    /// With [`Code::Conflict`]: both values.
    pub conflict: Option<Box<Conflict>>,
}

impl Problem {
    /// A problem with the whole input.
    pub fn new(code: Code, sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            code,
            message: Message { sv: sv.into(), en: en.into() },
            field: Vec::new(),
            lock: None,
            conflict: None,
        }
    }

    /// The same problem, at one field.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = vec![field.into()];
        self
    }

    /// The same problem, deeper in: `prefix` comes before the field that it has.
    #[must_use]
    pub fn within(mut self, prefix: &[&str]) -> Self {
        self.field.splice(0..0, prefix.iter().map(|part| (*part).to_owned()));
        self
    }

    /// Nothing that the caller can see has this id.
    pub fn not_found(field: impl Into<String>) -> Self {
        Self::new(Code::NotFound, "Finns inte.", "Does not exist.").at(field)
    }

    /// It cannot be changed now.
    pub fn locked(reason: LockReason) -> Self {
        let (sv, en) = match reason {
            LockReason::NotPermitted => {
                ("Din roll tillåter det inte.", "Your role does not allow it.")
            }
            LockReason::ReportApproved => (
                "Periodens rapport är godkänd och låst.",
                "The period's report is approved and locked.",
            ),
            LockReason::ReportSubmitted => {
                ("Periodens rapport är inlämnad.", "The period's report is submitted.")
            }
            LockReason::PlanClosed => ("Planen är avslutad.", "The plan is closed."),
            LockReason::PeriodNotStarted => {
                ("Perioden har inte börjat.", "The period has not started.")
            }
            LockReason::Derived => (
                "Värdet räknas fram och kan inte ändras.",
                "The value is worked out and cannot be changed.",
            ),
        };
        Self { lock: Some(reason), ..Self::new(Code::Locked, sv, en) }
    }
}
