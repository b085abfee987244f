//! Text sorts as Swedish, numbering sorts as numbers.

use rodtrad::db::Db;
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::Value;
use tests::{Database, scenario};

scenario!(names_sort_as_in_the_swedish_alphabet, async |database: &Database| {
    let kolada: Value =
        serde_json::from_str(include_str!("../../data/kolada_names.json")).expect("JSON");
    let names: Vec<&str> =
        kolada["names"].as_array().expect("names").iter().filter_map(Value::as_str).collect();
    assert_eq!(names.len(), 312);

    assert_eq!(sorted(&database.open().await, &names, "swedish").await, names);
});

scenario!(numbering_sorts_as_numbers, async |database: &Database| {
    let numbers = ["1", "1.1", "1.2", "1.10", "1.10.1", "2", "2.9", "2.10", "7.2.1", "7.10", "10"];

    assert_eq!(sorted(&database.open().await, &numbers, "swedish_numeric").await, numbers);
});

scenario!(names_that_differ_in_case_or_accent_have_one_order, async |database: &Database| {
    let names = ["Ide", "ide", "Idé", "idé", "vas", "Vas", "VAS", "was", "å", "Å", "A\u{30a}"];

    let db = database.open().await;
    let mut upside_down = names;
    upside_down.reverse();
    assert_eq!(
        sorted(&db, &names, "swedish").await,
        sorted(&db, &upside_down, "swedish").await,
        "the order does not depend on how the rows lie"
    );
    assert_eq!(
        sorted(&db, &names, "swedish").await,
        ["ide", "Ide", "idé", "Idé", "vas", "Vas", "VAS", "was", "å", "A\u{30a}", "Å"],
    );
});

/// The names in the order of a collation, from rows that lie in the order of their code points.
async fn sorted(db: &Db, names: &[&str], collation: &str) -> Vec<String> {
    let mut rows = names.to_vec();
    rows.sort_unstable();
    let rows: Vec<String> = rows.iter().map(|name| format!("('{name}')")).collect();
    let sql = format!(
        "SELECT column1 FROM (VALUES {}) AS names ORDER BY column1 COLLATE {collation}",
        rows.join(", ")
    );
    let reader = db.reader();
    reader
        .query_all_raw(Statement::from_string(reader.get_database_backend(), sql))
        .await
        .expect("the names")
        .iter()
        .map(|row| row.try_get_by_index(0).expect("a name"))
        .collect()
}
