//! Outcomes. What is confidential lies in columns of its own, so that no filter, order or sum over `value` can give it away.

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
                "CREATE TABLE outcome (
                    id {uuid} NOT NULL PRIMARY KEY,
                    indicator_id {uuid} NOT NULL REFERENCES indicator (id),
                    org_unit_id {uuid} NOT NULL REFERENCES org_unit (id),
                    year integer NOT NULL CHECK (year BETWEEN 1900 AND 2200),
                    kind text NOT NULL CHECK (kind IN ('MONTH', 'UR1', 'UR2', 'AR')),
                    month integer NOT NULL CHECK (month BETWEEN 0 AND 12),
                    period_order integer NOT NULL,
                    gender text NOT NULL CHECK (gender IN ('TOTAL', 'WOMEN', 'MEN')),
                    value bigint,
                    numerator bigint,
                    denominator bigint,
                    missing_reason text CHECK (missing_reason IN ('NOT_MEASURED', 'NOT_APPLICABLE', 'CONFIDENTIAL', 'NOT_YET_AVAILABLE', 'WITHDRAWN')),
                    hidden_value bigint,
                    hidden_numerator bigint,
                    hidden_denominator bigint,
                    guarded boolean NOT NULL,
                    forecast bigint,
                    origin text NOT NULL CHECK (origin IN ('REPORTED', 'IMPORTED', 'COMPUTED')),
                    state text NOT NULL CHECK (state IN ('PRELIMINARY', 'CONFIRMED')),
                    comment text,
                    {tracked},
                    CONSTRAINT outcome_key UNIQUE (indicator_id, org_unit_id, year, kind, month, gender),
                    CONSTRAINT outcome_kind_month_check CHECK ((kind = 'MONTH') = (month > 0)),
                    CONSTRAINT outcome_value_check CHECK ((value IS NULL) = (missing_reason IS NOT NULL OR guarded)),
                    CONSTRAINT outcome_hidden_check CHECK (coalesce(missing_reason, '') = 'CONFIDENTIAL' OR guarded
                        OR (hidden_value IS NULL AND hidden_numerator IS NULL AND hidden_denominator IS NULL)),
                    CONSTRAINT outcome_denominator_check CHECK ((numerator IS NULL) = (denominator IS NULL))
                )",
                "CREATE INDEX outcome_period_idx ON outcome (indicator_id, year, kind, month, org_unit_id)",
                "CREATE INDEX outcome_unit_idx ON outcome (org_unit_id, period_order, id)",
                "CREATE INDEX outcome_order_idx ON outcome (indicator_id, period_order, id)",
                "CREATE INDEX outcome_value_idx ON outcome (indicator_id, coalesce(value, -1000000000000000000), id)",
                "CREATE INDEX outcome_all_periods_idx ON outcome (period_order, id)",
                "CREATE INDEX outcome_confidential_idx ON outcome (indicator_id, year, kind, month)
                    WHERE missing_reason = 'CONFIDENTIAL' OR guarded",
                "CREATE INDEX outcome_updated_by_idx ON outcome (updated_by)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["outcome"]).await
    }
}
