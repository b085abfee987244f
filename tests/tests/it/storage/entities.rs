//! The tables and the entities that read them are about the same columns, of types that fit.

use std::collections::BTreeSet;

use entity::{access, budgets, follow_up, indicators, organisation, planning};
use rodtrad::db::Db;
use sea_orm::{
    ConnectionTrait as _, DatabaseTransaction, EntityTrait, IdenStatic as _, Iterable as _,
    Statement,
};
use tests::{Database, scenario};

use super::rows;

scenario!(entities_read_every_column_of_their_tables, async |database: &Database| {
    let db = database.open().await;
    let transaction = db.begin().await.expect("a transaction");
    rows::write(&db, &transaction).await;
    rows::write_outcome(&db, &transaction).await;

    check::<access::actor::Entity>(&db, &transaction).await;
    check::<access::change::Entity>(&db, &transaction).await;
    check::<access::external_ref::Entity>(&db, &transaction).await;
    check::<access::idempotency::Entity>(&db, &transaction).await;
    check::<access::role_grant::Entity>(&db, &transaction).await;
    check::<budgets::budget_line::Entity>(&db, &transaction).await;
    check::<budgets::budget_line_follow_up::Entity>(&db, &transaction).await;
    check::<budgets::economy_decision::Entity>(&db, &transaction).await;
    check::<budgets::frame_change::Entity>(&db, &transaction).await;
    check::<budgets::investment_budget::Entity>(&db, &transaction).await;
    check::<budgets::investment_follow_up::Entity>(&db, &transaction).await;
    check::<budgets::investment_item::Entity>(&db, &transaction).await;
    check::<budgets::investment_part::Entity>(&db, &transaction).await;
    check::<budgets::investment_transfer::Entity>(&db, &transaction).await;
    check::<budgets::investment_year::Entity>(&db, &transaction).await;
    check::<budgets::operating_budget::Entity>(&db, &transaction).await;
    check::<follow_up::assessment::Entity>(&db, &transaction).await;
    check::<follow_up::calendar_event::Entity>(&db, &transaction).await;
    check::<follow_up::report::Entity>(&db, &transaction).await;
    check::<follow_up::report_decision::Entity>(&db, &transaction).await;
    check::<follow_up::report_event::Entity>(&db, &transaction).await;
    check::<indicators::assignment_indicator::Entity>(&db, &transaction).await;
    check::<indicators::goal_indicator::Entity>(&db, &transaction).await;
    check::<indicators::indicator::Entity>(&db, &transaction).await;
    check::<indicators::outcome::Entity>(&db, &transaction).await;
    check::<indicators::target::Entity>(&db, &transaction).await;
    check::<organisation::org_unit::Entity>(&db, &transaction).await;
    check::<organisation::org_unit_closure::Entity>(&db, &transaction).await;
    check::<organisation::reporting_period::Entity>(&db, &transaction).await;
    check::<planning::activity::Entity>(&db, &transaction).await;
    check::<planning::activity_goal::Entity>(&db, &transaction).await;
    check::<planning::assignment::Entity>(&db, &transaction).await;
    check::<planning::focus_area::Entity>(&db, &transaction).await;
    check::<planning::goal::Entity>(&db, &transaction).await;
    check::<planning::governing_document::Entity>(&db, &transaction).await;
    check::<planning::plan::Entity>(&db, &transaction).await;
    check::<planning::plan_basis::Entity>(&db, &transaction).await;
    check::<planning::plan_section::Entity>(&db, &transaction).await;
    check::<planning::responsibility::Entity>(&db, &transaction).await;
});

async fn check<E: EntityTrait>(db: &Db, transaction: &DatabaseTransaction) {
    let table = E::default().table_name().to_owned();
    let of_entity: BTreeSet<String> =
        E::Column::iter().map(|column| column.as_str().to_owned()).collect();
    assert_eq!(of_entity, columns(db, transaction, &table).await, "{table}");
    let rows = E::find().all(transaction).await;
    rows.unwrap_or_else(|error| panic!("{table} is read: {error}"));
}

async fn columns(db: &Db, transaction: &DatabaseTransaction, table: &str) -> BTreeSet<String> {
    let sql = if db.is_sqlite() {
        "SELECT name FROM pragma_table_info($1)"
    } else {
        "SELECT column_name::text FROM information_schema.columns WHERE table_name = $1"
    };
    let backend = transaction.get_database_backend();
    transaction
        .query_all_raw(Statement::from_sql_and_values(backend, sql, [table.into()]))
        .await
        .expect("the catalog answers")
        .iter()
        .map(|row| row.try_get_by_index(0).expect("a column"))
        .collect()
}
