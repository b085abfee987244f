//! Goals.

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
                "CREATE TABLE goal (
                    id {uuid} NOT NULL PRIMARY KEY,
                    plan_id {uuid} NOT NULL REFERENCES plan (id),
                    focus_area_id {uuid} REFERENCES focus_area (id),
                    parent_id {uuid} REFERENCES goal (id),
                    number text,
                    name text NOT NULL CHECK (name <> ''),
                    description text,
                    {tracked},
                    CONSTRAINT goal_parent_check CHECK (parent_id <> id)
                )",
                "CREATE INDEX goal_plan_idx ON goal (plan_id)",
                "CREATE INDEX goal_focus_area_idx ON goal (focus_area_id)",
                "CREATE INDEX goal_parent_idx ON goal (parent_id)",
                "CREATE INDEX goal_name_idx ON goal (name COLLATE swedish, id)",
                "CREATE INDEX goal_number_idx ON goal (coalesce(number, '') COLLATE swedish_numeric, id)",
                "CREATE INDEX goal_updated_by_idx ON goal (updated_by)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["goal"]).await
    }
}
