//! A unit's plan of a year.

use sea_orm::{
    ExprTrait,
    entity::prelude::*,
    sea_query::{Alias, IntoColumnRef, Query, SelectStatement},
};

use crate::{
    organisation::org_unit_closure,
    sight::{Reach, Sight, by_itself},
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::{NodeType, PlanStatus},
};

/// A unit's plan of a year.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "plan")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose plan.
    pub org_unit_id: Uuid,
    /// For which year.
    pub year: i32,
    /// Its title.
    pub title: String,
    /// Diarienummer.
    pub registry_number: Option<String>,
    /// Draft, decided or closed.
    pub status: PlanStatus,
    /// When it was decided.
    pub decided_on: Option<Date>,
    /// By whom.
    pub decided_by: Option<String>,
    /// The superior plan that it answers.
    pub based_on_id: Option<Uuid>,
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

tracked!(Plan, self => [("orgUnit", reference(NodeType::OrgUnit, self.org_unit_id)), ("year", self.year.shown()), ("title", self.title.shown()), ("registryNumber", self.registry_number.shown()), ("status", self.status.shown()), ("decidedOn", self.decided_on.shown()), ("decidedBy", self.decided_by.shown()), ("basedOn", reference(NodeType::Plan, self.based_on_id))]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::Plan;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        sight.published_or_draft(
            (Entity, Column::OrgUnitId),
            Expr::col((Entity, Column::Status)).ne(PlanStatus::Draft.as_str()),
        )
    }
}

/// Whether the viewer sees the plan that something hangs under, by its key in `column`.
pub fn is_visible(column: impl IntoColumnRef, sight: &Sight) -> Expr {
    if sight.drafts == Reach::Everything {
        return Expr::cust("TRUE");
    }
    let mut plans = Query::select();
    plans.column((Entity, Column::Id)).from(Entity).cond_where(Entity::visible(sight));
    if sight.is_row_by_row() {
        plans.and_where(Expr::col((Entity, Column::Id)).eq(Expr::col(column)));
        return by_itself(Expr::exists(plans));
    }
    Expr::col(column).in_subquery(plans)
}

/// The draft that governs what belongs to a unit and year, if a draft does: such a thing belongs to the plan of its year,
/// the unit's own or that of the nearest unit above with one, and is a draft while that is.
pub fn drafts_that_govern(
    unit: impl IntoColumnRef + Copy,
    year: impl IntoColumnRef + Copy,
) -> SelectStatement {
    let (draft, above) = (Alias::new("draft"), Alias::new("above"));
    let (nearer, between) = (Alias::new("nearer"), Alias::new("between"));
    let closure = org_unit_closure::Entity;
    let nearer_plan = Query::select()
        .expr(Expr::val(1))
        .from_as(Entity, nearer.clone())
        .join_as(
            sea_orm::JoinType::InnerJoin,
            closure,
            between.clone(),
            Expr::col((between.clone(), org_unit_closure::Column::AncestorId))
                .equals((nearer.clone(), Column::OrgUnitId)),
        )
        .and_where(
            Expr::col((between.clone(), org_unit_closure::Column::DescendantId))
                .eq(Expr::col(unit)),
        )
        .and_where(Expr::col((nearer, Column::Year)).eq(Expr::col(year)))
        .and_where(
            Expr::col((between, org_unit_closure::Column::Depth))
                .lt(Expr::col((above.clone(), org_unit_closure::Column::Depth))),
        )
        .to_owned();
    Query::select()
        .expr(Expr::val(1))
        .from_as(Entity, draft.clone())
        .join_as(
            sea_orm::JoinType::InnerJoin,
            closure,
            above.clone(),
            Expr::col((above.clone(), org_unit_closure::Column::AncestorId))
                .equals((draft.clone(), Column::OrgUnitId)),
        )
        .and_where(Expr::col((above, org_unit_closure::Column::DescendantId)).eq(Expr::col(unit)))
        .and_where(Expr::col((draft.clone(), Column::Year)).eq(Expr::col(year)))
        .and_where(Expr::col((draft, Column::Status)).eq(PlanStatus::Draft.as_str()))
        .and_where(Expr::not_exists(nearer_plan))
        .to_owned()
}
