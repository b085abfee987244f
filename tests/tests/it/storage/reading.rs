//! Connections that read: one that was lost is not noticed, and one that was left in the middle is not used again.

use sea_orm::{ConnectionTrait as _, DbErr, Statement};
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

scenario!(who_refuses_a_row_leaves_nothing_to_the_next_reader, async |database: &Database| {
    let db = database.open().await;
    let reader = db.reader();
    for _ in 0..20 {
        let refused: Result<(), DbErr> = reader
            .fold(&two(reader), || (), |(), _| Err(DbErr::Custom("refused".to_owned())))
            .await;
        assert_eq!(refused.expect_err("the refusal").to_string(), "Custom Error: refused");
        assert_eq!(numbers(reader).await, [1, 2]);
    }
});

fn two(reader: &rodtrad::db::Reader) -> Statement {
    let sql = "SELECT 1 AS number UNION ALL SELECT 2 ORDER BY number";
    Statement::from_string(reader.get_database_backend(), sql)
}

async fn numbers(reader: &rodtrad::db::Reader) -> Vec<i32> {
    let take = |numbers: &mut Vec<i32>, row: sea_orm::QueryResult| {
        numbers.push(row.try_get("", "number")?);
        Ok::<_, DbErr>(())
    };
    reader.fold(&two(reader), Vec::new, take).await.expect("two numbers")
}
