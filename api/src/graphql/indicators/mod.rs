//! Indicators, their targets and their outcomes.

use async_graphql::{MergedObject, MergedSubscription};

pub mod indicator;
pub mod legend;
pub mod loader;
pub mod outcome;
pub mod scorecard;
pub mod series;
pub mod target;

use indicator::{IndicatorCreate, IndicatorDelete, IndicatorQuery, IndicatorUpdate};
use legend::LegendQuery;
use outcome::{OutcomeCreate, OutcomeDelete, OutcomeQuery, OutcomeUpdate, OutcomesRecord};
use scorecard::ScorecardSubscription;
use target::{TargetCreate, TargetDelete, TargetUpdate, TargetsSet};

/// What can be asked about indicators.
#[derive(MergedObject, Default)]
pub struct IndicatorsQuery(IndicatorQuery, OutcomeQuery, LegendQuery);

/// What can be changed of indicators.
#[derive(MergedObject, Default)]
pub struct IndicatorsMutation(
    IndicatorCreate,
    IndicatorUpdate,
    IndicatorDelete,
    TargetCreate,
    TargetUpdate,
    TargetDelete,
    TargetsSet,
    OutcomeCreate,
    OutcomeUpdate,
    OutcomeDelete,
    OutcomesRecord,
);

/// What can be followed of indicators.
#[derive(MergedSubscription, Default)]
pub struct IndicatorsSubscription(ScorecardSubscription);
