//! Indexes for every filter and order of outcomes, and none for what nobody asks: an index costs each outcome that is
//! recorded.

use sea_orm_migration::prelude::*;

use crate::dialect::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &[
                // By value over all indicators.
                "CREATE INDEX outcome_all_values_idx ON outcome (coalesce(value, -1000000000000000000), id)",
                // The months of one name, or the follow-ups of one kind, through the years.
                "CREATE INDEX outcome_kind_idx ON outcome (kind, month, period_order, id)",
                // The few that are not as most are.
                "CREATE INDEX outcome_preliminary_idx ON outcome (period_order, id) WHERE state = 'PRELIMINARY'",
                "CREATE INDEX outcome_gender_idx ON outcome (gender, period_order, id) WHERE gender <> 'TOTAL'",
                "CREATE INDEX outcome_missing_idx ON outcome (period_order, id) WHERE value IS NULL",
                // Actors are never removed, and nobody asks for what one of them changed last.
                "DROP INDEX outcome_updated_by_idx",
                "DROP INDEX target_updated_by_idx",
                "DROP INDEX change_actor_idx",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &[
                "CREATE INDEX change_actor_idx ON change (actor_id)",
                "CREATE INDEX target_updated_by_idx ON target (updated_by)",
                "CREATE INDEX outcome_updated_by_idx ON outcome (updated_by)",
                "DROP INDEX outcome_missing_idx",
                "DROP INDEX outcome_gender_idx",
                "DROP INDEX outcome_preliminary_idx",
                "DROP INDEX outcome_kind_idx",
                "DROP INDEX outcome_all_values_idx",
            ],
        )
        .await
    }
}
