//! Every foreign key leads an index of its own table: deleting what it points to, and asking for what points to it,
//! must not read the whole table. Actors are never removed, so the tables that grow without end do without.

use sea_orm::{ConnectionTrait as _, Statement};
use tests::{Database, scenario};

const WITHOUT: [&str; 3] = ["change.actor_id", "outcome.updated_by", "target.updated_by"];

const ON_POSTGRES: &str = "
    SELECT conrelid::regclass::text || '.' || attname::text, EXISTS (
        SELECT 1 FROM pg_index
        WHERE indrelid = conrelid AND indkey[0] = conkey[1] AND indpred IS NULL AND indisvalid
    )
    FROM pg_constraint
    JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f'
    ORDER BY 1";

const ON_SQLITE: &str = r#"
    SELECT owner.name || '.' || key."from", EXISTS (
        SELECT 1 FROM pragma_index_list(owner.name) AS list, pragma_index_info(list.name) AS field
        WHERE list.partial = 0 AND field.seqno = 0 AND field.name = key."from"
    )
    FROM sqlite_master AS owner, pragma_foreign_key_list(owner.name) AS key
    WHERE owner.type = 'table' AND key.seq = 0
    ORDER BY 1"#;

scenario!(every_foreign_key_leads_an_index, async |database: &Database| {
    let db = database.open().await;
    let sql = if db.is_sqlite() { ON_SQLITE } else { ON_POSTGRES };
    let reader = db.reader();
    let keys: Vec<(String, bool)> = reader
        .query_all_raw(Statement::from_string(reader.get_database_backend(), sql))
        .await
        .expect("the catalog answers")
        .iter()
        .map(|row| {
            (row.try_get_by_index(0).expect("a column"), row.try_get_by_index(1).expect("a flag"))
        })
        .collect();

    for column in ["outcome.indicator_id", "outcome.org_unit_id", "goal.plan_id", "goal.updated_by"]
    {
        assert!(keys.iter().any(|(key, _)| key == column), "{column} is missing in {keys:?}");
    }
    let bare: Vec<&String> =
        keys.iter().filter(|(_, indexed)| !indexed).map(|(key, _)| key).collect();
    assert_eq!(bare, WITHOUT, "foreign keys without an index");
});
