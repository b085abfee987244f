//! The few words in which the two databases differ. Everything else is the SQL that both speak.
//!
//! Exact numbers are whole numbers in a fixed unit (`value` in millionths): both databases then
//! compare, sort and add them without rounding, which a SQLite REAL would not.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

const WORDS: [(&str, &str, &str); 4] = [
    ("{uuid}", "blob", "uuid"),
    ("{instant}", "text", "timestamptz"),
    ("{date}", "text", "date"),
    (
        "{tracked}",
        "version integer NOT NULL CHECK (version >= 1),
         created_at text NOT NULL,
         updated_at text NOT NULL,
         updated_by blob NOT NULL REFERENCES actor (id)",
        "version integer NOT NULL CHECK (version >= 1),
         created_at timestamptz NOT NULL,
         updated_at timestamptz NOT NULL,
         updated_by uuid NOT NULL REFERENCES actor (id)",
    ),
];

/// Runs statements in the words of the database at hand.
pub async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let sqlite = manager.get_database_backend() == DbBackend::Sqlite;
    for statement in statements {
        let sql =
            WORDS.iter().fold((*statement).to_owned(), |sql, (word, on_sqlite, on_postgres)| {
                sql.replace(word, if sqlite { on_sqlite } else { on_postgres })
            });
        manager.get_connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Drops tables in the given order.
pub async fn drop_tables(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    for table in tables {
        manager.get_connection().execute_unprepared(&format!("DROP TABLE {table}")).await?;
    }
    Ok(())
}
