//! The value that an indicator should reach.

use sea_orm::{
    ExprTrait,
    entity::prelude::*,
    sea_query::{Alias, Query, SelectStatement},
};

use crate::{
    fixed::Fixed,
    organisation::org_unit_closure,
    planning::plan,
    sight::Sight,
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::PlanStatus,
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
        sight
            .published_or_draft((Entity, Column::OrgUnitId), Expr::not_exists(drafts_that_set_it()))
    }
}

/// A target belongs to the plan of its year: the unit's own, or that of the nearest unit above with one.
/// While that plan is a draft, so is the target.
fn drafts_that_set_it() -> SelectStatement {
    let (draft, above) = (Alias::new("draft"), Alias::new("above"));
    let (nearer, between) = (Alias::new("nearer"), Alias::new("between"));
    let closure = org_unit_closure::Entity;
    let nearer_plan = Query::select()
        .expr(Expr::val(1))
        .from_as(plan::Entity, nearer.clone())
        .join_as(
            sea_orm::JoinType::InnerJoin,
            closure,
            between.clone(),
            Expr::col((between.clone(), org_unit_closure::Column::AncestorId))
                .equals((nearer.clone(), plan::Column::OrgUnitId)),
        )
        .and_where(
            Expr::col((between.clone(), org_unit_closure::Column::DescendantId))
                .equals((Entity, Column::OrgUnitId)),
        )
        .and_where(Expr::col((nearer, plan::Column::Year)).equals((Entity, Column::Year)))
        .and_where(
            Expr::col((between, org_unit_closure::Column::Depth))
                .lt(Expr::col((above.clone(), org_unit_closure::Column::Depth))),
        )
        .to_owned();
    Query::select()
        .expr(Expr::val(1))
        .from_as(plan::Entity, draft.clone())
        .join_as(
            sea_orm::JoinType::InnerJoin,
            closure,
            above.clone(),
            Expr::col((above.clone(), org_unit_closure::Column::AncestorId))
                .equals((draft.clone(), plan::Column::OrgUnitId)),
        )
        .and_where(
            Expr::col((above, org_unit_closure::Column::DescendantId))
                .equals((Entity, Column::OrgUnitId)),
        )
        .and_where(Expr::col((draft.clone(), plan::Column::Year)).equals((Entity, Column::Year)))
        .and_where(Expr::col((draft, plan::Column::Status)).eq(PlanStatus::Draft.as_str()))
        .and_where(Expr::not_exists(nearer_plan))
        .to_owned()
}
