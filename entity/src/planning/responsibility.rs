//! Who answers for an assignment or activity.

use sea_orm::entity::prelude::*;

use crate::vocabulary::ResponsibilityKind;

/// Who answers for an assignment or activity.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "responsibility")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The assignment, or
    pub assignment_id: Option<Uuid>,
    /// the activity.
    pub activity_id: Option<Uuid>,
    /// Place in the list.
    pub position: i32,
    /// Answers, reports or helps.
    pub kind: ResponsibilityKind,
    /// A function, never a personal name.
    pub function: Option<String>,
    /// A unit.
    pub org_unit_id: Option<Uuid>,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
