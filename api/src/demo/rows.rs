//! Rows that the demo and the generator both make.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    fixed::Fixed,
    indicators::{outcome, target},
    organisation::org_unit,
    vocabulary::{DecisionLevel, Gender, MissingReason, OrgUnitKind, OutcomeOrigin, OutcomeState},
};
use uuid::Uuid;

use crate::{
    domain::organisation::period::Period,
    error::{Error, Result},
};

/// When, and by whom.
#[derive(Clone, Copy)]
pub(super) struct Stamp {
    pub at: DateTime<Utc>,
    pub by: Uuid,
}

/// What has been made under that name.
pub(super) fn known(made: &HashMap<String, Uuid>, name: &str) -> Result<Uuid> {
    made.get(name)
        .copied()
        .ok_or_else(|| Error::internal(format!("the demo names {name} before it is made")))
}

pub(super) fn org_unit(
    id: Uuid,
    organisation_id: Uuid,
    parent_id: Option<Uuid>,
    code: &str,
    name: &str,
    kind: OrgUnitKind,
    stamp: &Stamp,
) -> org_unit::Model {
    org_unit::Model {
        id,
        organisation_id,
        parent_id,
        code: code.to_owned(),
        name: name.to_owned(),
        kind,
        active_from: None,
        active_to: None,
        version: 0,
        created_at: stamp.at,
        updated_at: stamp.at,
        updated_by: stamp.by,
    }
}

pub(super) fn target(
    indicator_id: Uuid,
    org_unit_id: Uuid,
    year: i32,
    value: Fixed,
    stamp: &Stamp,
) -> target::Model {
    target::Model {
        id: Uuid::now_v7(),
        indicator_id,
        org_unit_id,
        year,
        value,
        decided_at: DecisionLevel::Board,
        version: 0,
        created_at: stamp.at,
        updated_at: stamp.at,
        updated_by: stamp.by,
    }
}

pub(super) fn outcome(
    indicator_id: Uuid,
    org_unit_id: Uuid,
    period: Period,
    value: std::result::Result<Fixed, MissingReason>,
    state: OutcomeState,
    comment: Option<String>,
    stamp: &Stamp,
) -> outcome::Model {
    outcome::Model {
        id: Uuid::now_v7(),
        indicator_id,
        org_unit_id,
        year: period.year(),
        kind: period.kind(),
        month: period.month().and_then(|month| i32::try_from(month).ok()).unwrap_or(0),
        period_order: period.sort_key(),
        gender: Gender::Total,
        value: value.ok(),
        numerator: None,
        denominator: None,
        missing_reason: value.err(),
        hidden_value: None,
        hidden_numerator: None,
        hidden_denominator: None,
        guarded: false,
        forecast: None,
        origin: OutcomeOrigin::Reported,
        state,
        comment,
        version: 0,
        created_at: stamp.at,
        updated_at: stamp.at,
        updated_by: stamp.by,
    }
}
