//! Text sorts as Swedish: `swedish` for names, `swedish_numeric` for numbering such as 7.2 before 7.10.
//! SQLite gets the same two names registered on every connection.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::dialect::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            return Ok(());
        }
        run(
            manager,
            &[
                "CREATE COLLATION swedish (provider = icu, locale = 'sv-SE')",
                "CREATE COLLATION swedish_numeric (provider = icu, locale = 'sv-SE-u-kn-true')",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            return Ok(());
        }
        run(manager, &["DROP COLLATION swedish_numeric", "DROP COLLATION swedish"]).await
    }
}
