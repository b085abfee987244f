//! A report exactly as it was approved. It is never changed.

use sea_orm::entity::prelude::*;

/// A report exactly as it was approved.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report_decision")]
pub struct Model {
    /// Which report.
    #[sea_orm(primary_key, auto_increment = false)]
    pub report_id: Uuid,
    /// Counts a report's approvals from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// When.
    pub at: DateTimeUtc,
    /// By whom.
    pub actor_id: Uuid,
    /// Of the content's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Canonical JSON, with what readers of the unit see.
    pub content: String,
    /// The same with what readers of the whole organisation see, when that is more,
    pub whole_content: Option<String>,
    /// and of its bytes.
    pub whole_sha256: Option<String>,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
