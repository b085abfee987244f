//! Indicators, what they measure, and their targets.

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
                "CREATE TABLE indicator (
                    id {uuid} NOT NULL PRIMARY KEY,
                    organisation_id {uuid} NOT NULL REFERENCES org_unit (id),
                    code text NOT NULL CHECK (code <> ''),
                    name text NOT NULL CHECK (name <> ''),
                    definition text,
                    category text NOT NULL CHECK (category IN ('STAFF', 'ECONOMY', 'SPECIFIC')),
                    unit text NOT NULL,
                    decimals integer NOT NULL CHECK (decimals BETWEEN 0 AND 6),
                    direction text NOT NULL CHECK (direction IN ('HIGHER_IS_BETTER', 'LOWER_IS_BETTER', 'CLOSER_IS_BETTER', 'NEUTRAL')),
                    aggregation text NOT NULL CHECK (aggregation IN ('NONE', 'SUM', 'AVERAGE', 'RATIO')),
                    frequency integer NOT NULL CHECK (frequency BETWEEN 1 AND 15),
                    tolerance bigint CHECK (tolerance >= 0),
                    {tracked},
                    CONSTRAINT indicator_code_key UNIQUE (organisation_id, code)
                )",
                "CREATE INDEX indicator_code_idx ON indicator (code)",
                "CREATE INDEX indicator_name_idx ON indicator (organisation_id, name COLLATE swedish, id)",
                "CREATE INDEX indicator_code_order_idx ON indicator (organisation_id, code COLLATE swedish_numeric, id)",
                "CREATE INDEX indicator_updated_by_idx ON indicator (updated_by)",
                "CREATE TABLE goal_indicator (
                    goal_id {uuid} NOT NULL REFERENCES goal (id),
                    indicator_id {uuid} NOT NULL REFERENCES indicator (id),
                    PRIMARY KEY (goal_id, indicator_id)
                )",
                "CREATE INDEX goal_indicator_indicator_idx ON goal_indicator (indicator_id)",
                "CREATE TABLE assignment_indicator (
                    assignment_id {uuid} NOT NULL REFERENCES assignment (id),
                    indicator_id {uuid} NOT NULL REFERENCES indicator (id),
                    PRIMARY KEY (assignment_id, indicator_id)
                )",
                "CREATE INDEX assignment_indicator_indicator_idx ON assignment_indicator (indicator_id)",
                "CREATE TABLE target (
                    id {uuid} NOT NULL PRIMARY KEY,
                    indicator_id {uuid} NOT NULL REFERENCES indicator (id),
                    org_unit_id {uuid} NOT NULL REFERENCES org_unit (id),
                    year integer NOT NULL CHECK (year BETWEEN 1900 AND 2200),
                    value bigint NOT NULL,
                    decided_at text NOT NULL CHECK (decided_at IN ('COUNCIL', 'BOARD', 'PROCESS_OWNER', 'PROCESS_MANAGER', 'UNIT')),
                    {tracked},
                    CONSTRAINT target_key UNIQUE (indicator_id, org_unit_id, year)
                )",
                "CREATE INDEX target_org_unit_year_idx ON target (org_unit_id, year)",
                "CREATE INDEX target_year_idx ON target (indicator_id, year, id)",
                "CREATE INDEX target_updated_by_idx ON target (updated_by)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["target", "assignment_indicator", "goal_indicator", "indicator"])
            .await
    }
}
