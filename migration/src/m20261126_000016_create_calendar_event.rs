//! The events of units' years.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, run};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &[
                "CREATE TABLE calendar_event (
                    id {uuid} NOT NULL PRIMARY KEY,
                    org_unit_id {uuid} NOT NULL REFERENCES org_unit (id),
                    name text NOT NULL CHECK (name <> ''),
                    starts_on {date} NOT NULL,
                    due_on {date} NOT NULL,
                    kind text NOT NULL CHECK (kind IN ('PLANNING', 'REPORTING', 'DECISION', 'BUDGET', 'OTHER')),
                    period_year integer CHECK (period_year BETWEEN 1900 AND 2200),
                    period_kind text CHECK (period_kind IN ('UR1', 'UR2', 'AR')),
                    plan_id {uuid} REFERENCES plan (id),
                    {tracked},
                    CONSTRAINT calendar_event_days_check CHECK (starts_on <= due_on),
                    CONSTRAINT calendar_event_period_check CHECK ((period_year IS NULL) = (period_kind IS NULL))
                )",
                "CREATE INDEX calendar_event_unit_idx ON calendar_event (org_unit_id, starts_on)",
                "CREATE UNIQUE INDEX calendar_event_report_key ON calendar_event (org_unit_id, period_year, period_kind)
                    WHERE kind = 'REPORTING'",
                "CREATE INDEX calendar_event_plan_idx ON calendar_event (plan_id)",
                "CREATE INDEX calendar_event_updated_by_idx ON calendar_event (updated_by)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["calendar_event"]).await
    }
}
