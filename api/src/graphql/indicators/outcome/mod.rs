//! Outcomes (utfall).

use std::sync::Arc;

use async_graphql::{Context, ID, SimpleObject};
use entity::{
    fixed::Fixed,
    indicators::{indicator, outcome, target},
    node_id,
    organisation::org_unit,
    vocabulary::{Gender as StoredGender, NodeType, OutcomeState as State},
};
use macros::object;
use rust_decimal::Decimal as Exact;
use uuid::Uuid;

pub mod create;
pub mod delete;
pub mod fields;
pub mod node;
pub mod query;
pub mod record;
pub mod update;

pub use create::OutcomeCreate;
pub use delete::OutcomeDelete;
pub use query::{OutcomeFilter, OutcomeOrder, OutcomeQuery, list};
pub use record::OutcomesRecord;
pub use update::OutcomeUpdate;

use super::{indicator::Indicator, loader::SeesDrafts, target::Target};
use crate::{
    domain::{
        indicators::{
            display::display_value,
            figure::{Derived, Figure, Own, light},
            outcome::{answer::Answer, period_of},
            target::TargetKey,
        },
        organisation::period::Period as DomainPeriod,
    },
    error::{Error, Result},
    graphql::{
        context::session,
        id::global,
        loader::ById,
        organisation::{org_unit::OrgUnit, period::Period},
        scalar::Decimal,
        tracked::{Guard, TrackedFields},
        vocabulary::{Gender, IndicatorStatus, MissingReason, OutcomeOrigin, OutcomeState},
    },
};

/// An outcome (utfall), reported or worked out.
#[derive(Clone)]
pub enum Outcome {
    /// One that is stored.
    Stored(Arc<outcome::Model>),
    /// One that is worked out from others.
    Derived(Arc<Derived>),
}

impl From<outcome::Model> for Outcome {
    fn from(row: outcome::Model) -> Self {
        Self::Stored(Arc::new(row))
    }
}

impl From<Figure> for Outcome {
    fn from(figure: Figure) -> Self {
        match figure {
            Figure::Own(own) => own.row.into(),
            Figure::Derived(derived) => Self::Derived(Arc::new(derived)),
        }
    }
}

/// How many parts an outcome is put together from (täckning).
#[derive(SimpleObject, Clone, Copy, Debug)]
pub struct Coverage {
    /// How many are in it.
    pub contributing: u32,
    /// How many ought to be: all below with nothing to say on their behalf, but those to which it does not apply.
    pub expected: u32,
}

impl Outcome {
    fn about(&self) -> (Uuid, Uuid, StoredGender) {
        match self {
            Self::Stored(row) => (row.indicator_id, row.org_unit_id, row.gender),
            Self::Derived(derived) => (derived.key.indicator, derived.key.unit, derived.key.gender),
        }
    }

    fn when(&self) -> Result<DomainPeriod> {
        match self {
            Self::Stored(row) => period_of(row),
            Self::Derived(derived) => Ok(derived.key.period),
        }
    }

    /// The outcome as far as the caller may know it.
    async fn figure(&self, ctx: &Context<'_>) -> Result<Figure> {
        Ok(match self {
            Self::Derived(derived) => Figure::Derived(Derived::clone(derived)),
            Self::Stored(row) => {
                let hidden = row.is_secret() && {
                    let sees = session(ctx).loader.load_one(SeesDrafts(row.org_unit_id)).await?;
                    sees != Some(true)
                };
                Figure::Own(Own { row: outcome::Model::clone(row), hidden })
            }
        })
    }

    async fn numbers(&self, ctx: &Context<'_>) -> Result<Answer> {
        Ok(match self.figure(ctx).await? {
            Figure::Own(own) => own.answer(),
            Figure::Derived(derived) => {
                let shown = |number: Option<Exact>| number.and_then(Fixed::nearest);
                Answer {
                    value: shown(derived.value),
                    numerator: shown(derived.numerator),
                    denominator: shown(derived.denominator),
                    missing: derived.missing,
                }
            }
        })
    }

    async fn definition(&self, ctx: &Context<'_>) -> Result<indicator::Model> {
        let id = ById::<indicator::Entity>::new(self.about().0);
        let indicator = session(ctx).loader.load_one(id).await?;
        indicator.ok_or_else(|| Error::internal("an outcome without indicator"))
    }

    async fn aim(&self, ctx: &Context<'_>) -> Result<Option<target::Model>> {
        let (indicator, unit, _) = self.about();
        let key = TargetKey { indicator, unit, year: self.when()?.year() };
        session(ctx).loader.load_one(key).await
    }
}

/// What was measured (utfall): for an indicator, a unit, a period and a gender. One that is worked out from others has
/// no version and cannot be changed.
#[object]
impl Outcome {
    /// The global id. That of an outcome that is worked out names what it is about.
    pub fn id(&self) -> ID {
        match self {
            Self::Stored(row) => global(NodeType::Outcome, row.id),
            Self::Derived(derived) => {
                let rest = node::rest(&derived.key);
                node_id::encode_with(NodeType::Outcome, derived.key.indicator, &rest).into()
            }
        }
    }

    /// The indicator (indikator).
    async fn indicator(&self, ctx: &Context<'_>) -> Result<Indicator> {
        Ok(Indicator(self.definition(ctx).await?))
    }

    /// The unit (enhet).
    async fn org_unit(&self, ctx: &Context<'_>) -> Result<OrgUnit> {
        let id = ById::<org_unit::Entity>::new(self.about().1);
        let unit = session(ctx).loader.load_one(id).await?;
        unit.map(OrgUnit).ok_or_else(|| Error::internal("an outcome without unit"))
    }

    /// The period (period).
    async fn period(&self, ctx: &Context<'_>) -> Result<Period> {
        Ok(Period::new(self.definition(ctx).await?.organisation_id, self.when()?))
    }

    /// About whom (kön).
    fn gender(&self) -> Gender {
        self.about().2.into()
    }

    /// The value (värde), in the indicator's unit of measure and with at most 6 decimals; null only with a
    /// missingReason.
    async fn value(&self, ctx: &Context<'_>) -> Result<Option<Decimal>> {
        Ok(shown(self.numbers(ctx).await?.value))
    }

    /// Why there is no value that counts (bortfall). CONFIDENTIAL too for one that would give a confidential outcome
    /// away, to those who may not see it.
    async fn missing_reason(&self, ctx: &Context<'_>) -> Result<Option<MissingReason>> {
        Ok(self.figure(ctx).await?.missing().map(Into::into))
    }

    /// What is counted (täljare).
    async fn numerator(&self, ctx: &Context<'_>) -> Result<Option<Decimal>> {
        Ok(shown(self.numbers(ctx).await?.numerator))
    }

    /// What it is counted against (nämnare).
    async fn denominator(&self, ctx: &Context<'_>) -> Result<Option<Decimal>> {
        Ok(shown(self.numbers(ctx).await?.denominator))
    }

    /// With origin AGGREGATED: how many of the units below are in it, of how many that should be (täckning); else null.
    async fn coverage(&self) -> Option<Coverage> {
        let Self::Derived(derived) = self else { return None };
        derived.coverage.map(|(contributing, expected)| Coverage { contributing, expected })
    }

    /// As Swedish readers write it, with the indicator's decimals and unit of measure: "11,0 %". Why it is missing,
    /// when it is: "sekretess".
    async fn display_value(&self, ctx: &Context<'_>) -> Result<String> {
        let (figure, indicator) = (self.figure(ctx).await?, self.definition(ctx).await?);
        let value = figure.value(indicator.aggregation);
        let decimals = u32::try_from(indicator.decimals).unwrap_or(0);
        Ok(display_value(value, figure.missing(), decimals, &indicator.unit))
    }

    /// Its light (trafikljus) against the target of the unit and year.
    async fn status(&self, ctx: &Context<'_>) -> Result<IndicatorStatus> {
        let (figure, indicator) = (self.figure(ctx).await?, self.definition(ctx).await?);
        let target = self.aim(ctx).await?.map(|target| target.value);
        Ok(light(&indicator, Some(&figure), target).into())
    }

    /// The target of the unit and year (målvärde); null when there is none that the caller sees.
    async fn target(&self, ctx: &Context<'_>) -> Result<Option<Target>> {
        Ok(self.aim(ctx).await?.map(Target))
    }

    /// Where it comes from (källa).
    fn origin(&self) -> OutcomeOrigin {
        match self {
            Self::Stored(row) => row.origin.into(),
            Self::Derived(derived) => derived.origin.into(),
        }
    }

    /// PRELIMINARY (preliminärt) until the period's report is approved; of one that is put together, while any part of
    /// it is.
    fn state(&self) -> OutcomeState {
        match self {
            Self::Stored(row) => row.state.into(),
            Self::Derived(derived) if derived.preliminary => OutcomeState::Preliminary,
            Self::Derived(_) => OutcomeState::Confirmed,
        }
    }

    /// What is said about it (kommentar); null of a confidential one to those who may not see it.
    async fn comment(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(match self.figure(ctx).await? {
            Figure::Own(own) if !own.hidden => own.row.comment,
            _ => None,
        })
    }

    /// The forecast for the whole year (prognos), in the indicator's unit of measure; null of a confidential one to
    /// those who may not see it.
    async fn forecast(&self, ctx: &Context<'_>) -> Result<Option<Decimal>> {
        Ok(shown(self.figure(ctx).await?.forecast()))
    }

    #[graphql(flatten)]
    async fn tracked(&self, ctx: &Context<'_>) -> Result<TrackedFields> {
        Ok(match self {
            Self::Derived(derived) => TrackedFields::derived(derived.at),
            Self::Stored(row) => {
                let started = period_of(row)?.start() <= session(ctx).now.date_naive();
                let (unit, state): (Uuid, State) = (row.org_unit_id, row.state);
                TrackedFields::of(row.as_ref(), Guard::Outcome { unit, state, started })
            }
        })
    }
}

/// A number as the API gives it.
fn shown(number: Option<Fixed>) -> Option<Decimal> {
    number.map(|number| Decimal(number.to_decimal()))
}
