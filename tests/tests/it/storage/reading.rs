//! Connections that read: one that was lost is not noticed.

use sea_orm::{ConnectionTrait as _, Statement};
use tests::{Database, scenario};

scenario!(a_lost_connection_is_not_noticed_by_readers, async |database: &Database| {
    let db = database.open().await;
    let reader = db.reader();
    assert_eq!(numbers(reader).await, [1, 2]);
    if !db.is_sqlite() {
        let transaction = db.begin().await.expect("a transaction");
        let end = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            AND backend_type = 'client backend'";
        let end = Statement::from_string(transaction.get_database_backend(), end);
        let ended = transaction.query_all_raw(end).await.expect("the others are ended");
        assert!(!ended.is_empty(), "a reader had a connection");
    }
    assert_eq!(numbers(reader).await, [1, 2]);
});

async fn numbers(reader: &rodtrad::db::Reader) -> Vec<i32> {
    let sql = "SELECT 1 AS number UNION ALL SELECT 2 ORDER BY number";
    let two = Statement::from_string(reader.get_database_backend(), sql);
    let rows = reader.query_all_raw(two).await.expect("two rows");
    rows.iter().map(|row| row.try_get("", "number").expect("a number")).collect()
}
