//! A count beside the head of the log: of commits that changed something which the log does not show, such as the name
//! of an actor. What is kept between requests holds only while neither has moved.

use sea_orm_migration::prelude::*;

use crate::dialect::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &["ALTER TABLE change_head ADD COLUMN unlogged bigint NOT NULL DEFAULT 0"])
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &["ALTER TABLE change_head DROP COLUMN unlogged"]).await
    }
}
