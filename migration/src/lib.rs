//! Rödtråd's database, one change a file, up and down, the same on SQLite and PostgreSQL.

use sea_orm_migration::prelude::MigrationTrait;

pub use sea_orm_migration::MigratorTrait;

mod dialect;
mod m20261123_000001_create_collations;
mod m20261123_000002_create_org_unit;
mod m20261123_000003_create_access;
mod m20261123_000004_create_plan;
mod m20261123_000005_create_goal;
mod m20261123_000006_create_assignment;
mod m20261123_000007_create_indicator;
mod m20261123_000008_create_outcome;
mod m20261123_000009_create_change;
mod m20261124_000011_index_outcome_sums;
mod m20261124_000012_add_change_head_unlogged;
mod m20261124_000013_index_outcomes;
mod m20261125_000014_create_report;
mod m20261126_000015_index_report_kinds;
mod m20261126_000016_create_calendar_event;
mod m20261126_000017_add_report_decision_whole;
mod m20261127_000018_create_budgets;

/// Every migration, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_create_collations::Migration),
            Box::new(m20261123_000002_create_org_unit::Migration),
            Box::new(m20261123_000003_create_access::Migration),
            Box::new(m20261123_000004_create_plan::Migration),
            Box::new(m20261123_000005_create_goal::Migration),
            Box::new(m20261123_000006_create_assignment::Migration),
            Box::new(m20261123_000007_create_indicator::Migration),
            Box::new(m20261123_000008_create_outcome::Migration),
            Box::new(m20261123_000009_create_change::Migration),
            Box::new(m20261124_000011_index_outcome_sums::Migration),
            Box::new(m20261124_000012_add_change_head_unlogged::Migration),
            Box::new(m20261124_000013_index_outcomes::Migration),
            Box::new(m20261125_000014_create_report::Migration),
            Box::new(m20261126_000015_index_report_kinds::Migration),
            Box::new(m20261126_000016_create_calendar_event::Migration),
            Box::new(m20261126_000017_add_report_decision_whole::Migration),
            Box::new(m20261127_000018_create_budgets::Migration),
        ]
    }
}
