//! What a caller sends of an outcome, and how it is put into a row.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    fixed::Fixed,
    indicators::{indicator, outcome},
    organisation::org_unit,
    vocabulary::{Gender, MissingReason, OutcomeOrigin, OutcomeState, PeriodKind},
};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{
    answer::Answer,
    stored::{RowKey, month_of},
};
use crate::{
    domain::{
        access::external_ref::ExternalId,
        form::{Form, Sent, TEXT},
        organisation::period::{AskedPeriod, Period},
        problem::{Code, LockReason, Problem},
        write::Scope,
    },
    error::Result,
};

/// What an outcome is to be about, as a caller names it.
#[derive(Clone, Debug)]
pub struct OutcomeKey {
    /// The indicator.
    pub indicator: String,
    /// The unit.
    pub org_unit: String,
    /// The period.
    pub period: AskedPeriod,
    /// About whom.
    pub gender: Gender,
}

/// What a caller sends of an outcome.
#[derive(Clone, Debug, Default)]
pub struct OutcomeFields {
    /// The value.
    pub value: Sent<Decimal>,
    /// What RATIO divides.
    pub numerator: Sent<Decimal>,
    /// What RATIO divides by.
    pub denominator: Sent<Decimal>,
    /// Why there is no value.
    pub missing_reason: Sent<MissingReason>,
    /// What is said about it.
    pub comment: Sent<String>,
    /// The forecast for the whole year.
    pub forecast: Sent<Decimal>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

impl OutcomeFields {
    fn answers(&self) -> bool {
        self.value.is_some()
            || self.numerator.is_some()
            || self.denominator.is_some()
            || self.missing_reason.is_some()
    }

    /// The same fields, with an answer that replaces the old one as a whole when it has any part of one.
    #[must_use]
    pub fn replacing(mut self) -> Self {
        if self.answers() {
            self.value.get_or_insert(None);
            self.numerator.get_or_insert(None);
            self.denominator.get_or_insert(None);
            self.missing_reason.get_or_insert(None);
        }
        self
    }

    /// Puts the fields into a row, and says which were sent.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn fill(
        &self,
        row: &mut outcome::Model,
        indicator: &indicator::Model,
    ) -> Result<Vec<&'static str>> {
        let mut form = Form::default();
        let mut answer = Answer::of(row).as_sent(indicator.aggregation);
        form.decimal("value", &mut answer.value, self.value);
        form.decimal("numerator", &mut answer.numerator, self.numerator);
        form.decimal("denominator", &mut answer.denominator, self.denominator);
        form.optional("missingReason", &mut answer.missing, self.missing_reason);
        form.text("comment", &mut row.comment, self.comment.clone(), TEXT);
        form.decimal("forecast", &mut row.forecast, self.forecast);
        if self.external_refs.is_some() {
            form.note("externalRefs");
        }
        // What cannot be kept is not also missing.
        if form.is_fine() {
            match answer.settled(indicator.aggregation) {
                Ok(answer) => answer.put(row, row.guarded),
                Err(problem) => form.problem(problem),
            }
        }
        form.finish()
    }
}

/// An outcome about which nothing is said yet.
#[must_use]
pub fn blank(key: RowKey, now: DateTime<Utc>, actor: Uuid) -> outcome::Model {
    outcome::Model {
        id: Uuid::now_v7(),
        indicator_id: key.indicator,
        org_unit_id: key.unit,
        year: key.period.year(),
        kind: key.period.kind(),
        month: month_of(key.period),
        period_order: key.period.sort_key(),
        gender: key.gender,
        value: None,
        numerator: None,
        denominator: None,
        missing_reason: None,
        hidden_value: None,
        hidden_numerator: None,
        hidden_denominator: None,
        guarded: false,
        forecast: None::<Fixed>,
        origin: OutcomeOrigin::Reported,
        state: OutcomeState::Preliminary,
        comment: None,
        version: 0,
        created_at: now,
        updated_at: now,
        updated_by: actor,
    }
}

/// The period that is meant, when the indicator is measured for it and it has begun.
///
/// # Errors
/// What is wrong with it.
pub fn measured(
    asked: AskedPeriod,
    indicator: &indicator::Model,
    today: NaiveDate,
) -> Result<Period, Problem> {
    let period = asked.period().map_err(|error| error.problem().within(&["period"]))?;
    if indicator.computed.is_some() {
        return Err(Problem::locked(LockReason::Derived).at("indicator"));
    }
    if !indicator.frequency.kinds().contains(&period.kind()) {
        let kind = period.kind().as_str();
        return Err(Problem::new(
            Code::Invalid,
            format!("Indikatorn mäts inte för {kind}."),
            format!("The indicator is not measured for {kind}."),
        )
        .at("kind")
        .within(&["period"]));
    }
    if period.start() > today {
        return Err(Problem::locked(LockReason::PeriodNotStarted).at("period"));
    }
    Ok(period)
}

/// Whose roles count for an outcome. Months are open as soon as they are recorded.
#[must_use]
pub fn scope(unit: &org_unit::Model, row: &outcome::Model) -> Scope {
    Scope {
        organisation_id: unit.organisation_id,
        org_unit_id: unit.id,
        draft: row.kind != PeriodKind::Month && row.state == OutcomeState::Preliminary,
    }
}
