//! What an organisation has set for a period from a year on.

use sea_orm::entity::prelude::*;

use crate::vocabulary::PeriodKind;

/// What an organisation has set for a period from a year on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reporting_period")]
pub struct Model {
    /// The organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
    /// From this year until another setting.
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    /// UR1, UR2 or AR.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: PeriodKind,
    /// What it is called.
    pub label: String,
    /// Its last month.
    pub end_month: i32,
    /// When its report is due.
    pub due_on: Date,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
