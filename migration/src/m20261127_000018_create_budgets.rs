//! Investment and operating budgets with their follow-ups, and what counts where.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, run};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, INVESTMENTS).await?;
        run(manager, OPERATIONS).await?;
        run(manager, ECONOMY).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &["DROP INDEX indicator_computed_key"]).await?;
        run(manager, &["ALTER TABLE indicator DROP COLUMN computed"]).await?;
        run(manager, &["ALTER TABLE report DROP COLUMN economy_comment"]).await?;
        run(manager, &["ALTER TABLE report DROP COLUMN investment_comment"]).await?;
        drop_tables(
            manager,
            &[
                "economy_decision",
                "budget_line_follow_up",
                "budget_line",
                "operating_budget",
                "frame_change",
                "investment_transfer",
                "investment_follow_up",
                "investment_year",
                "investment_item",
                "investment_part",
                "investment_budget",
            ],
        )
        .await
    }
}

const INVESTMENTS: &[&str] = &[
    "CREATE TABLE investment_budget (
        id {uuid} NOT NULL PRIMARY KEY,
        org_unit_id {uuid} NOT NULL REFERENCES org_unit (id),
        year integer NOT NULL CHECK (year BETWEEN 1900 AND 2200),
        currency text NOT NULL CHECK (currency IN ('SEK', 'EUR')),
        frame bigint NOT NULL CHECK (frame >= 0),
        {tracked},
        CONSTRAINT investment_budget_key UNIQUE (org_unit_id, year)
    )",
    "CREATE INDEX investment_budget_year_idx ON investment_budget (year, id)",
    "CREATE INDEX investment_budget_updated_by_idx ON investment_budget (updated_by)",
    "CREATE TABLE investment_part (
        budget_id {uuid} NOT NULL REFERENCES investment_budget (id),
        part_id {uuid} NOT NULL REFERENCES investment_budget (id),
        PRIMARY KEY (budget_id, part_id)
    )",
    "CREATE INDEX investment_part_part_idx ON investment_part (part_id)",
    "CREATE TABLE investment_item (
        id {uuid} NOT NULL PRIMARY KEY,
        budget_id {uuid} NOT NULL REFERENCES investment_budget (id),
        org_unit_id {uuid} NOT NULL REFERENCES org_unit (id),
        name text NOT NULL CHECK (name <> ''),
        kind text NOT NULL CHECK (kind IN ('NEW', 'REINVESTMENT')),
        category text,
        amount bigint NOT NULL CHECK (amount >= 0),
        decided_total bigint CHECK (decided_total >= 0),
        estimated_total bigint CHECK (estimated_total >= 0),
        spent_before bigint,
        continues_id {uuid} REFERENCES investment_item (id),
        {tracked},
        CONSTRAINT investment_item_budget_key UNIQUE (id, budget_id),
        CONSTRAINT investment_item_continues_key UNIQUE (continues_id),
        CONSTRAINT investment_item_before_check CHECK (spent_before IS NULL OR continues_id IS NULL)
    )",
    "CREATE INDEX investment_item_budget_idx ON investment_item (budget_id, id)",
    "CREATE INDEX investment_item_unit_idx ON investment_item (org_unit_id)",
    "CREATE INDEX investment_item_updated_by_idx ON investment_item (updated_by)",
    "CREATE TABLE investment_year (
        item_id {uuid} NOT NULL REFERENCES investment_item (id),
        year integer NOT NULL CHECK (year BETWEEN 1900 AND 2200),
        amount bigint NOT NULL CHECK (amount >= 0),
        PRIMARY KEY (item_id, year)
    )",
    "CREATE TABLE investment_follow_up (
        id {uuid} NOT NULL PRIMARY KEY,
        item_id {uuid} NOT NULL,
        budget_id {uuid} NOT NULL,
        year integer NOT NULL,
        kind text NOT NULL CHECK (kind IN ('MONTH', 'UR1', 'UR2', 'AR')),
        month integer NOT NULL CHECK (month BETWEEN 0 AND 12),
        period_order integer NOT NULL,
        spent bigint NOT NULL,
        forecast bigint NOT NULL,
        comment text,
        {tracked},
        FOREIGN KEY (item_id, budget_id) REFERENCES investment_item (id, budget_id),
        CONSTRAINT investment_follow_up_key UNIQUE (item_id, kind, month),
        CONSTRAINT investment_follow_up_kind_month_check CHECK ((kind = 'MONTH') = (month > 0))
    )",
    "CREATE INDEX investment_follow_up_budget_idx ON investment_follow_up (budget_id, kind, month)",
    "CREATE INDEX investment_follow_up_updated_by_idx ON investment_follow_up (updated_by)",
    "CREATE TABLE investment_transfer (
        id {uuid} NOT NULL PRIMARY KEY,
        budget_id {uuid} NOT NULL,
        from_id {uuid} NOT NULL,
        to_id {uuid} NOT NULL,
        amount bigint NOT NULL CHECK (amount > 0),
        reason text NOT NULL CHECK (reason <> ''),
        decided_on {date} NOT NULL,
        {tracked},
        FOREIGN KEY (from_id, budget_id) REFERENCES investment_item (id, budget_id),
        FOREIGN KEY (to_id, budget_id) REFERENCES investment_item (id, budget_id),
        CONSTRAINT investment_transfer_two_check CHECK (from_id <> to_id)
    )",
    "CREATE INDEX investment_transfer_budget_idx ON investment_transfer (budget_id, decided_on, id)",
    "CREATE INDEX investment_transfer_from_idx ON investment_transfer (from_id)",
    "CREATE INDEX investment_transfer_to_idx ON investment_transfer (to_id)",
    "CREATE INDEX investment_transfer_updated_by_idx ON investment_transfer (updated_by)",
    "CREATE TABLE frame_change (
        id {uuid} NOT NULL PRIMARY KEY,
        budget_id {uuid} NOT NULL REFERENCES investment_budget (id),
        amount bigint NOT NULL CHECK (amount <> 0),
        reason text NOT NULL CHECK (reason <> ''),
        decided_on {date} NOT NULL,
        registry_number text,
        {tracked}
    )",
    "CREATE INDEX frame_change_budget_idx ON frame_change (budget_id, decided_on, id)",
    "CREATE INDEX frame_change_updated_by_idx ON frame_change (updated_by)",
];

const OPERATIONS: &[&str] = &[
    "CREATE TABLE operating_budget (
        id {uuid} NOT NULL PRIMARY KEY,
        org_unit_id {uuid} NOT NULL REFERENCES org_unit (id),
        year integer NOT NULL CHECK (year BETWEEN 1900 AND 2200),
        currency text NOT NULL CHECK (currency IN ('SEK', 'EUR')),
        {tracked},
        CONSTRAINT operating_budget_key UNIQUE (org_unit_id, year)
    )",
    "CREATE INDEX operating_budget_year_idx ON operating_budget (year, id)",
    "CREATE INDEX operating_budget_updated_by_idx ON operating_budget (updated_by)",
    "CREATE TABLE budget_line (
        id {uuid} NOT NULL PRIMARY KEY,
        budget_id {uuid} NOT NULL REFERENCES operating_budget (id),
        kind text NOT NULL CHECK (kind IN ('REVENUE', 'COST')),
        name text NOT NULL CHECK (name <> ''),
        amount bigint NOT NULL,
        {tracked},
        CONSTRAINT budget_line_budget_key UNIQUE (id, budget_id),
        CONSTRAINT budget_line_key UNIQUE (budget_id, kind, name)
    )",
    "CREATE INDEX budget_line_updated_by_idx ON budget_line (updated_by)",
    "CREATE TABLE budget_line_follow_up (
        id {uuid} NOT NULL PRIMARY KEY,
        line_id {uuid} NOT NULL,
        budget_id {uuid} NOT NULL,
        year integer NOT NULL,
        kind text NOT NULL CHECK (kind IN ('MONTH', 'UR1', 'UR2', 'AR')),
        month integer NOT NULL CHECK (month BETWEEN 0 AND 12),
        period_order integer NOT NULL,
        outcome bigint NOT NULL,
        forecast bigint NOT NULL,
        {tracked},
        FOREIGN KEY (line_id, budget_id) REFERENCES budget_line (id, budget_id),
        CONSTRAINT budget_line_follow_up_key UNIQUE (line_id, kind, month),
        CONSTRAINT budget_line_follow_up_kind_month_check CHECK ((kind = 'MONTH') = (month > 0))
    )",
    "CREATE INDEX budget_line_follow_up_budget_idx ON budget_line_follow_up (budget_id, kind, month)",
    "CREATE INDEX budget_line_follow_up_updated_by_idx ON budget_line_follow_up (updated_by)",
];

/// What was decided of the economy with a report, which indicators are worked out from it, and what reports say of it.
const ECONOMY: &[&str] = &[
    "CREATE TABLE economy_decision (
        report_id {uuid} NOT NULL PRIMARY KEY REFERENCES report (id),
        currency text CHECK (currency IN ('SEK', 'EUR')),
        months integer NOT NULL CHECK (months BETWEEN 1 AND 12),
        budget_revenue bigint,
        budget_cost bigint,
        revenue bigint,
        cost bigint,
        forecast_revenue bigint,
        forecast_cost bigint,
        previous_revenue bigint,
        previous_cost bigint,
        investment_currency text CHECK (investment_currency IN ('SEK', 'EUR')),
        frame bigint,
        spent bigint,
        investment_forecast bigint,
        items integer,
        reported integer,
        at {instant} NOT NULL
    )",
    "ALTER TABLE report ADD COLUMN economy_comment text",
    "ALTER TABLE report ADD COLUMN investment_comment text",
    "ALTER TABLE indicator ADD COLUMN computed text
        CHECK (computed IN ('PERIOD_RESULT', 'ACCUMULATED_BUDGET_DEVIATION', 'FORECAST_BUDGET_DEVIATION',
            'FORECAST_INVESTMENT_DEVIATION', 'COST_DEVELOPMENT', 'REVENUE_DEVELOPMENT'))",
    "CREATE UNIQUE INDEX indicator_computed_key ON indicator (organisation_id, computed) WHERE computed IS NOT NULL",
];
