//! What is measured.

use sea_orm::entity::prelude::*;

use crate::{
    fixed::Fixed,
    period_kinds::PeriodKinds,
    sight::Sight,
    tracked::{Shown as _, Visible, tracked},
    vocabulary::{
        EconomyMeasure, IndicatorAggregation, IndicatorCategory, IndicatorDirection, NodeType,
    },
};

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "indicator")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In which organisation.
    pub organisation_id: Uuid,
    /// Unique in the organisation.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How it is measured.
    pub definition: Option<String>,
    /// Which family.
    pub category: IndicatorCategory,
    /// The unit of measure, may be empty.
    pub unit: String,
    /// Shown decimals.
    pub decimals: i32,
    /// Which way is better.
    pub direction: IndicatorDirection,
    /// How it is put together up the tree.
    pub aggregation: IndicatorAggregation,
    /// For which kinds of period it is measured.
    pub frequency: PeriodKinds,
    /// How far from the target is yellow.
    pub tolerance: Option<Fixed>,
    /// What it is worked out from budgets as; nobody types its outcomes in then.
    pub computed: Option<EconomyMeasure>,
    /// Counts up by one for each change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
    /// The actor that changed it last.
    pub updated_by: Uuid,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tracked!(Indicator, self => [("code", self.code.shown()), ("name", self.name.shown()), ("definition", self.definition.shown()), ("category", self.category.shown()), ("unit", self.unit.shown()), ("decimals", self.decimals.shown()), ("direction", self.direction.shown()), ("aggregation", self.aggregation.shown()), ("frequency", self.frequency.shown()), ("tolerance", self.tolerance.shown()), ("computed", self.computed.shown())]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::Indicator;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        sea_orm::Condition::all().add(sight.organisations((Entity, Column::OrganisationId)))
    }
}
