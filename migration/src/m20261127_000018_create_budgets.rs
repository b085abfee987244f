//! Investment and operating budgets with their follow-ups, and what counts where.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, run};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, INVESTMENTS).await?;
        run(manager, &[&parts()]).await?;
        run(manager, OPERATIONS).await?;
        run(manager, ECONOMY).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &["DROP VIEW investment_part"]).await?;
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

/// Which items count in which budgets: its own in each, and those of budgets below it of the same year and currency, but for
/// what somebody between has placed items of its own for, at the same unit or above it: those are the same kronor. What is
/// placed at a whole administration or above is common to it, and stands for nothing below. A draft covers only drafts.
fn parts() -> String {
    let draft = |budget: &str| {
        format!(
            "coalesce((SELECT plan.status FROM org_unit_closure up JOIN plan ON plan.org_unit_id = up.ancestor_id
                AND plan.year = {budget}.year WHERE up.descendant_id = {budget}.org_unit_id
                ORDER BY up.depth LIMIT 1), '') = 'DRAFT'"
        )
    };
    let (over, own) = (draft("upper"), draft("own"));
    format!(
        "CREATE VIEW investment_part (budget_id, item_id) AS
        SELECT budget.id, item.id
        FROM investment_budget budget
        JOIN org_unit_closure below ON below.ancestor_id = budget.org_unit_id
        JOIN investment_budget own ON own.org_unit_id = below.descendant_id AND own.year = budget.year
            AND own.currency = budget.currency
        JOIN investment_item item ON item.budget_id = own.id
        WHERE below.depth = 0 OR NOT EXISTS (
            SELECT 1 FROM org_unit_closure above
            JOIN investment_budget upper ON upper.org_unit_id = above.ancestor_id AND upper.year = own.year
                AND upper.currency = own.currency
            JOIN org_unit_closure inside ON inside.ancestor_id = budget.org_unit_id
                AND inside.descendant_id = upper.org_unit_id
            JOIN investment_item placed ON placed.budget_id = upper.id AND placed.amount > 0
                AND placed.org_unit_id <> upper.org_unit_id
            JOIN org_unit place ON place.id = placed.org_unit_id
            JOIN org_unit_closure held ON held.ancestor_id = upper.org_unit_id AND held.descendant_id = place.id
            JOIN org_unit_closure here ON here.ancestor_id = place.id AND here.descendant_id = item.org_unit_id
            WHERE above.descendant_id = own.org_unit_id AND above.depth > 0
                AND (here.depth = 0 OR place.kind NOT IN ('COUNCIL', 'BOARD', 'ADMINISTRATION'))
                AND (NOT {over} OR {own}))"
    )
}

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
        measures text NOT NULL,
        partly boolean NOT NULL,
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
