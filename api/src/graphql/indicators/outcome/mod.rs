//! Outcomes (utfall).

use std::sync::Arc;

use async_graphql::{Context, ID};
use entity::{
    fixed::Fixed,
    indicators::{indicator, outcome, target},
    node_id,
    organisation::org_unit,
    vocabulary::{Gender as StoredGender, NodeType, OutcomeState as State},
};
use macros::object;
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
            figure::{Figure, Own, display, light},
            outcome::period_of,
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

/// An outcome (utfall), reported or worked out, and its indicator where whoever asked had it at hand.
#[derive(Clone)]
pub struct Outcome {
    found: Found,
    indicator: Option<Arc<indicator::Model>>,
}

#[derive(Clone)]
enum Found {
    /// All of one that is stored.
    Stored(Arc<outcome::Model>),
    /// What counts as the outcome of a unit and period.
    Figure(Arc<Figure>),
}

impl From<outcome::Model> for Outcome {
    fn from(row: outcome::Model) -> Self {
        Self { found: Found::Stored(Arc::new(row)), indicator: None }
    }
}

impl From<Figure> for Outcome {
    fn from(figure: Figure) -> Self {
        Self { found: Found::Figure(Arc::new(figure)), indicator: None }
    }
}

/// How many parts something is put together from.
#[derive(Clone, Copy, Debug)]
pub struct Coverage {
    /// How many are in it.
    pub contributing: u32,
    /// How many ought to be.
    pub expected: u32,
}

/// How many parts something is put together from (täckning).
#[object]
impl Coverage {
    /// How many are in it.
    fn contributing(&self) -> u32 {
        self.contributing
    }

    /// How many ought to be: of an outcome all below with nothing to say on their behalf, but those to which it does not
    /// apply; of investments all items.
    fn expected(&self) -> u32 {
        self.expected
    }
}

impl Outcome {
    /// The same, its indicator at hand.
    #[must_use]
    pub fn of(self, indicator: &Arc<indicator::Model>) -> Self {
        Self { indicator: Some(Arc::clone(indicator)), ..self }
    }

    /// Whether it is worked out from others.
    #[must_use]
    pub fn is_derived(&self) -> bool {
        matches!(&self.found, Found::Figure(figure) if matches!(**figure, Figure::Derived(_)))
    }

    fn about(&self) -> (Uuid, Uuid, StoredGender) {
        match &self.found {
            Found::Stored(row) => (row.indicator_id, row.org_unit_id, row.gender),
            Found::Figure(figure) => {
                let about = figure.about();
                (about.indicator, about.unit, about.gender)
            }
        }
    }

    fn when(&self) -> Result<DomainPeriod> {
        match &self.found {
            Found::Stored(row) => period_of(row),
            Found::Figure(figure) => Ok(figure.about().period),
        }
    }

    /// What it says, when that is no secret or has been decided before.
    fn told(&self) -> Option<Figure> {
        match &self.found {
            Found::Stored(row) if row.is_secret() => None,
            Found::Stored(row) => Own::of(row, false).ok().map(Figure::Own),
            Found::Figure(figure) => Some(Figure::clone(figure)),
        }
    }

    fn is_told(&self) -> bool {
        !matches!(&self.found, Found::Stored(row) if row.is_secret())
    }

    fn is_told_of(&self) -> bool {
        self.indicator.is_some() && self.is_told()
    }

    fn has_indicator(&self) -> bool {
        self.indicator.is_some()
    }

    /// The outcome as far as the caller may know it.
    async fn figure(&self, ctx: &Context<'_>) -> Result<Figure> {
        match &self.found {
            Found::Figure(figure) => Ok(Figure::clone(figure)),
            Found::Stored(row) => {
                let hidden = row.is_secret() && {
                    let sees = session(ctx).loader.load_one(SeesDrafts(row.org_unit_id)).await?;
                    sees != Some(true)
                };
                Ok(Figure::Own(Own::of(row, hidden)?))
            }
        }
    }

    /// All of its row; none of one that is worked out.
    async fn row(&self, ctx: &Context<'_>) -> Result<Option<Arc<outcome::Model>>> {
        match &self.found {
            Found::Stored(row) => Ok(Some(Arc::clone(row))),
            Found::Figure(figure) => match **figure {
                Figure::Derived(_) => Ok(None),
                Figure::Own(own) => {
                    let id = ById::<outcome::Entity>::new(own.id);
                    let row = session(ctx).loader.load_one(id).await?;
                    row.map(|row| Some(Arc::new(row)))
                        .ok_or_else(|| Error::internal("an outcome without its row"))
                }
            },
        }
    }

    async fn definition(&self, ctx: &Context<'_>) -> Result<Arc<indicator::Model>> {
        if let Some(indicator) = &self.indicator {
            return Ok(Arc::clone(indicator));
        }
        let id = ById::<indicator::Entity>::new(self.about().0);
        let indicator = session(ctx).loader.load_one(id).await?;
        indicator.map(Arc::new).ok_or_else(|| Error::internal("an outcome without indicator"))
    }

    async fn aim(&self, ctx: &Context<'_>) -> Result<Option<target::Model>> {
        let (indicator, unit, _) = self.about();
        let key = TargetKey { indicator, unit, year: self.when()?.year() };
        session(ctx).loader.load_one(key).await
    }

    fn shown_indicator(&self) -> Option<Indicator> {
        self.indicator.clone().map(Indicator)
    }

    fn shown_period(&self) -> Option<Period> {
        Some(Period::new(self.indicator.as_ref()?.organisation_id, self.when().ok()?))
    }

    fn shown_value(&self) -> Option<Decimal> {
        shown(self.told()?.answer().value)
    }

    fn shown_numerator(&self) -> Option<Decimal> {
        shown(self.told()?.answer().numerator)
    }

    fn shown_denominator(&self) -> Option<Decimal> {
        shown(self.told()?.answer().denominator)
    }

    fn shown_missing(&self) -> Option<MissingReason> {
        self.told()?.missing().map(Into::into)
    }

    fn shown_forecast(&self) -> Option<Decimal> {
        shown(self.told()?.forecast())
    }

    fn shown_display(&self) -> Option<String> {
        Some(display(self.indicator.as_deref()?, &self.told()?))
    }
}

/// What was measured (utfall): for an indicator, a unit, a period and a gender. One that is worked out from others has
/// no version and cannot be changed.
#[object]
impl Outcome {
    /// The global id. That of an outcome that is worked out names what it is about.
    pub fn id(&self) -> ID {
        let figure = match &self.found {
            Found::Stored(row) => return global(NodeType::Outcome, row.id),
            Found::Figure(figure) => figure,
        };
        match &**figure {
            Figure::Own(own) => global(NodeType::Outcome, own.id),
            Figure::Derived(derived) => {
                let rest = node::rest(&derived.key);
                node_id::encode_with(NodeType::Outcome, derived.key.indicator, &rest).into()
            }
        }
    }

    /// The indicator (indikator).
    #[direct(shown_indicator, when = has_indicator)]
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
    #[direct(shown_period, when = has_indicator)]
    async fn period(&self, ctx: &Context<'_>) -> Result<Period> {
        Ok(Period::new(self.definition(ctx).await?.organisation_id, self.when()?))
    }

    /// About whom (kön).
    fn gender(&self) -> Gender {
        self.about().2.into()
    }

    /// The value (värde), in the indicator's unit of measure and with at most 6 decimals; null only with a
    /// missingReason.
    #[direct(shown_value, when = is_told)]
    async fn value(&self, ctx: &Context<'_>) -> Result<Option<Decimal>> {
        Ok(shown(self.figure(ctx).await?.answer().value))
    }

    /// Why there is no value that counts (bortfall). CONFIDENTIAL too for one that would give a confidential outcome
    /// away, to those who may not see it.
    #[direct(shown_missing, when = is_told)]
    async fn missing_reason(&self, ctx: &Context<'_>) -> Result<Option<MissingReason>> {
        Ok(self.figure(ctx).await?.missing().map(Into::into))
    }

    /// What is counted (täljare).
    #[direct(shown_numerator, when = is_told)]
    async fn numerator(&self, ctx: &Context<'_>) -> Result<Option<Decimal>> {
        Ok(shown(self.figure(ctx).await?.answer().numerator))
    }

    /// What it is counted against (nämnare).
    #[direct(shown_denominator, when = is_told)]
    async fn denominator(&self, ctx: &Context<'_>) -> Result<Option<Decimal>> {
        Ok(shown(self.figure(ctx).await?.answer().denominator))
    }

    /// With origin AGGREGATED: how many of the units below are in it, of how many that should be (täckning); else null.
    async fn coverage(&self) -> Option<Coverage> {
        let Found::Figure(figure) = &self.found else { return None };
        let Figure::Derived(derived) = &**figure else { return None };
        derived.coverage.map(|(contributing, expected)| Coverage { contributing, expected })
    }

    /// As Swedish readers write it, with the indicator's decimals and unit of measure: "11,0 %". Why it is missing,
    /// when it is: "sekretess".
    #[direct(shown_display, when = is_told_of)]
    async fn display_value(&self, ctx: &Context<'_>) -> Result<String> {
        let (figure, indicator) = (self.figure(ctx).await?, self.definition(ctx).await?);
        Ok(display(&indicator, &figure))
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
        match &self.found {
            Found::Stored(row) => row.origin.into(),
            Found::Figure(figure) => figure.origin().into(),
        }
    }

    /// PRELIMINARY (preliminärt) until the period's report is approved; of one that is put together, while any part of
    /// it is.
    fn state(&self) -> OutcomeState {
        match &self.found {
            Found::Stored(row) => row.state.into(),
            Found::Figure(figure) => figure.state().into(),
        }
    }

    /// What is said about it (kommentar); null of a confidential one to those who may not see it.
    async fn comment(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        match self.figure(ctx).await? {
            Figure::Own(own) if !own.hidden => {
                Ok(self.row(ctx).await?.and_then(|row| row.comment.clone()))
            }
            _ => Ok(None),
        }
    }

    /// The forecast for the whole year (prognos), in the indicator's unit of measure; null of a confidential one to
    /// those who may not see it.
    #[direct(shown_forecast, when = is_told)]
    async fn forecast(&self, ctx: &Context<'_>) -> Result<Option<Decimal>> {
        Ok(shown(self.figure(ctx).await?.forecast()))
    }

    #[graphql(flatten)]
    async fn tracked(&self, ctx: &Context<'_>) -> Result<TrackedFields> {
        let Some(row) = self.row(ctx).await? else {
            return Ok(TrackedFields::derived(self.figure(ctx).await?.changed_at()));
        };
        let period = self.when()?;
        let started = period.start() <= session(ctx).today();
        let (unit, state): (Uuid, State) = (row.org_unit_id, row.state);
        Ok(TrackedFields::of(row.as_ref(), Guard::Outcome { unit, period, state, started }))
    }
}

/// A number as the API gives it.
fn shown(number: Option<Fixed>) -> Option<Decimal> {
    number.map(|number| Decimal(number.to_decimal()))
}
