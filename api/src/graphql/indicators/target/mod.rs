//! Targets (målvärde).

use async_graphql::{Context, ID};
use entity::{
    indicators::{indicator, target},
    organisation::org_unit,
    vocabulary::NodeType,
};
use macros::object;

pub mod create;
pub mod delete;
pub mod query;
pub mod set;
pub mod update;

pub use create::TargetCreate;
pub use delete::TargetDelete;
pub use query::{TargetFilter, TargetOrder, list};
pub use set::TargetsSet;
pub use update::TargetUpdate;

use super::indicator::Indicator;
use crate::{
    domain::indicators::display::display_value,
    error::{Error, Result},
    graphql::{
        context::session,
        id::global,
        loader::ById,
        organisation::org_unit::OrgUnit,
        scalar::Decimal,
        tracked::{Guard, TrackedFields},
        vocabulary::DecisionLevel,
    },
};

/// A target (målvärde).
pub struct Target(pub target::Model);

impl From<target::Model> for Target {
    fn from(row: target::Model) -> Self {
        Self(row)
    }
}

/// What an indicator should reach (målvärde): one value for a unit and a year. It belongs to the unit's plan of that
/// year, or to that of the nearest unit above with one, and is seen by those who see that plan.
#[object]
impl Target {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::Target, self.0.id)
    }

    /// The indicator (indikator).
    async fn indicator(&self, ctx: &Context<'_>) -> Result<Indicator> {
        let id = ById::<indicator::Entity>::new(self.0.indicator_id);
        let indicator = session(ctx).loader.load_one(id).await?;
        indicator.map(Into::into).ok_or_else(|| Error::internal("a target without indicator"))
    }

    /// The unit (enhet).
    async fn org_unit(&self, ctx: &Context<'_>) -> Result<OrgUnit> {
        let id = ById::<org_unit::Entity>::new(self.0.org_unit_id);
        let unit = session(ctx).loader.load_one(id).await?;
        unit.map(OrgUnit).ok_or_else(|| Error::internal("a target without unit"))
    }

    /// The year.
    fn year(&self) -> i32 {
        self.0.year
    }

    /// The value, in the indicator's unit of measure.
    fn value(&self) -> Decimal {
        Decimal(self.0.value.to_decimal())
    }

    /// Swedish notation with the indicator's decimals and unit: "11,0 %".
    async fn display_value(&self, ctx: &Context<'_>) -> Result<String> {
        let indicator = self.indicator(ctx).await?.0;
        let decimals = u32::try_from(indicator.decimals).unwrap_or(0);
        Ok(display_value(Some(self.0.value.to_decimal()), None, decimals, &indicator.unit))
    }

    /// Who decided it (målnivå).
    fn decided_at(&self) -> DecisionLevel {
        self.0.decided_at.into()
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        let guard = Guard::Target { unit: self.0.org_unit_id, year: self.0.year };
        TrackedFields::of(&self.0, guard)
    }
}
