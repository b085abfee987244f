//! The value that an indicator should reach.

use sea_orm::entity::prelude::*;

use crate::{
    fixed::Fixed,
    planning::plan,
    sight::Sight,
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::{DecisionLevel, NodeType},
};

/// The value that an indicator should reach.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "target")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The indicator.
    pub indicator_id: Uuid,
    /// For which unit.
    pub org_unit_id: Uuid,
    /// For which year.
    pub year: i32,
    /// The value.
    pub value: Fixed,
    /// Who decided it.
    pub decided_at: DecisionLevel,
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

tracked!(Target, self => [("indicator", reference(NodeType::Indicator, self.indicator_id)), ("orgUnit", reference(NodeType::OrgUnit, self.org_unit_id)), ("year", self.year.shown()), ("value", self.value.shown()), ("decidedAt", self.decided_at.shown())]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::Target;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        let governed =
            plan::drafts_that_govern((Entity, Column::OrgUnitId), (Entity, Column::Year));
        sight.published_or_draft((Entity, Column::OrgUnitId), Expr::not_exists(governed))
    }
}
