//! Migrations go up, down and up again.

use rodtrad::db::Db;
use sea_orm::{ConnectionTrait as _, Statement};
use tests::{Database, scenario};

scenario!(migrations_go_up_down_and_up_again, async |database: &Database| {
    let db = database.open().await;
    let migrated = tables(&db).await;
    assert!(migrated.contains(&"outcome".to_owned()), "{migrated:?}");

    db.migrate_down().await.expect("the way down");
    assert_eq!(tables(&db).await, ["seaql_migrations"]);
    assert!(db.ready().await.is_err(), "a database without tables is not ready");

    db.migrate().await.expect("the way up again");
    assert_eq!(tables(&db).await, migrated);
    assert_eq!(db.ready().await, Ok(()));
});

scenario!(many_may_migrate_at_once, async |database: &Database| {
    let db = database.open().await;
    db.migrate_down().await.expect("the way down");
    let (left, right) = (database.open().await, database.open().await);
    let (left, right) = futures_util::join!(left.migrate(), right.migrate());
    left.and(right).expect("both are content");
    assert_eq!(db.ready().await, Ok(()));
});

async fn tables(db: &Db) -> Vec<String> {
    let sql = if db.is_sqlite() {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    } else {
        "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    };
    let reader = db.reader();
    let rows = reader
        .query_all_raw(Statement::from_string(reader.get_database_backend(), sql))
        .await
        .expect("the catalog answers");
    rows.iter().map(|row| row.try_get_by_index(0).expect("a name")).collect()
}
