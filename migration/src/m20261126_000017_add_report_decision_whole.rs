//! What a report was decided with, for those who also see what is above its unit.

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
                "ALTER TABLE report_decision ADD COLUMN whole_content text",
                "ALTER TABLE report_decision ADD COLUMN whole_sha256 text
                    CHECK (length(whole_sha256) = 64)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &[
                "ALTER TABLE report_decision DROP COLUMN whole_sha256",
                "ALTER TABLE report_decision DROP COLUMN whole_content",
            ],
        )
        .await
    }
}
