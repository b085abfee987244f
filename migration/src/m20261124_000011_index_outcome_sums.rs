//! An index that sums up the unit tree read alone, without the rows: those of one indicator and period lie as far apart
//! as their units do.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::dialect::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

const KEY: &str = "indicator_id, year, kind, month, gender, org_unit_id";
const REST: &str = "value, numerator, denominator, missing_reason, hidden_value, hidden_numerator, hidden_denominator,
    guarded, state, updated_at";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = manager.get_database_backend() == DbBackend::Sqlite;
        let columns =
            if sqlite { format!("({KEY}, {REST})") } else { format!("({KEY}) INCLUDE ({REST})") };
        let index = format!("CREATE INDEX outcome_sum_idx ON outcome {columns}");
        run(manager, &[&index, "DROP INDEX outcome_period_idx"]).await?;
        if !sqlite {
            // An index is read alone only where vacuum has been, and the newest outcomes are read most.
            let often = "ALTER TABLE outcome SET (autovacuum_vacuum_scale_factor = 0.02,
                autovacuum_vacuum_insert_scale_factor = 0.02)";
            run(manager, &[often]).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &[
                "CREATE INDEX outcome_period_idx ON outcome (indicator_id, year, kind, month, org_unit_id)",
                "DROP INDEX outcome_sum_idx",
            ],
        )
        .await?;
        if manager.get_database_backend() == DbBackend::Sqlite {
            return Ok(());
        }
        let never = "ALTER TABLE outcome RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_insert_scale_factor)";
        run(manager, &[never]).await
    }
}
