//! What happened to a report. Who sees the report sees all of it.

use sea_orm::entity::prelude::*;

use crate::vocabulary::ReportStatus;

/// What happened to a report.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_event")]
pub struct Model {
    /// Which report.
    #[sea_orm(primary_key, auto_increment = false)]
    pub report_id: Uuid,
    /// Counts a report's events from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// When.
    pub at: DateTimeUtc,
    /// By whom.
    pub actor_id: Uuid,
    /// From which state; none when it was opened.
    pub from_status: Option<ReportStatus>,
    /// To which state.
    pub to_status: ReportStatus,
    /// Why.
    pub reason: Option<String>,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
