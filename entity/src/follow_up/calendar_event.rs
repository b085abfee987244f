//! Something that is to happen at a unit in its year.

use sea_orm::{ExprTrait as _, entity::prelude::*};

use crate::{
    planning::plan,
    sight::Sight,
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::{CalendarEventKind, NodeType, PeriodKind},
};

/// Something that is to happen at a unit in its year.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "calendar_event")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose year it is in.
    pub org_unit_id: Uuid,
    /// What it is called.
    pub name: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub due_on: Date,
    /// What it is about.
    pub kind: CalendarEventKind,
    /// The period that it is about: its year
    pub period_year: Option<i32>,
    /// and kind, never a month.
    pub period_kind: Option<PeriodKind>,
    /// The plan that proposed it, for as long as nobody has changed it by hand.
    pub plan_id: Option<Uuid>,
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

impl Model {
    /// The year and kind of the period that it is about.
    #[must_use]
    pub fn period(&self) -> Option<(i32, PeriodKind)> {
        self.period_year.zip(self.period_kind)
    }
}

tracked!(CalendarEvent, self => [
    ("orgUnit", reference(NodeType::OrgUnit, self.org_unit_id)),
    ("name", self.name.shown()),
    ("startsOn", self.starts_on.shown()),
    ("dueOn", self.due_on.shown()),
    ("kind", self.kind.shown()),
    ("period", self.period().map(|(year, kind)| format!("{} {year}", kind.as_str()))),
]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::CalendarEvent;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        // What a draft proposes would tell that there is a draft.
        let proposed = plan::is_visible((Entity, Column::PlanId), sight);
        sea_orm::Condition::all()
            .add(sight.published.units((Entity, Column::OrgUnitId)))
            .add(Expr::col((Entity, Column::PlanId)).is_null().or(proposed))
    }
}
