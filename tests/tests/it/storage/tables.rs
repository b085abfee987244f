//! Every table and view of the database is one that answers may depend on.

use std::collections::BTreeSet;

use rodtrad::fresh::Table;
use sea_orm::{ConnectionTrait as _, Statement};
use tests::{Database, scenario};

scenario!(every_table_is_known_where_answers_are_kept, async |database: &Database| {
    let db = database.open().await;
    let sql = if db.is_sqlite() {
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    } else {
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()"
    };
    let statement = Statement::from_string(db.reader().get_database_backend(), sql);
    let rows = db.reader().query_all_raw(statement).await.expect("the catalog answers");
    let there: BTreeSet<String> =
        rows.iter().map(|row| row.try_get_by_index(0).expect("a name")).collect();
    let mut known: BTreeSet<String> =
        Table::ALL.iter().map(|table| table.name().to_owned()).collect();
    known.insert("seaql_migrations".to_owned());
    assert_eq!(there, known);
    db.close().await.expect("the database closes");
});
