//! One row of each table that has something to hold, written straight into the database.

use rodtrad::db::Db;
use sea_orm::{ConnectionTrait as _, DatabaseTransaction};
use uuid::Uuid;

/// The key of every row that [`write`] writes.
pub const ID: Uuid = Uuid::from_u128(1);

const ROWS: [&str; 13] = [
    "INSERT INTO actor (id, kind, subject) VALUES ({id}, 'USER', 'ada')",
    "INSERT INTO org_unit (id, organisation_id, code, name, kind, {tracked})
     VALUES ({id}, {id}, 'R', 'Regionen', 'COUNCIL', {tracks})",
    "INSERT INTO reporting_period (organisation_id, year, kind, label, end_month, due_on)
     VALUES ({id}, 2024, 'UR1', 'Tertial 1', 4, '2024-05-31')",
    "INSERT INTO role_grant (id, principal, principal_kind, role, org_unit_id)
     VALUES ({id}, 'ada', 'USER', 'ADMIN', {id})",
    "INSERT INTO plan (id, org_unit_id, year, title, status, decided_on, decided_by, {tracked})
     VALUES ({id}, {id}, 2024, 'Mål och budget', 'DECIDED', '2023-11-15', 'Fullmäktige', {tracks})",
    "INSERT INTO governing_document (id, plan_id, title, kind, decided_on, {tracked})
     VALUES ({id}, {id}, 'Kommunallagen', 'LAW', '2017', {tracks})",
    "INSERT INTO goal (id, plan_id, name, {tracked}) VALUES ({id}, {id}, 'Bra mat', {tracks})",
    "INSERT INTO assignment (id, plan_id, name, status, starts_on, ends_on, {tracked})
     VALUES ({id}, {id}, 'Minska svinnet', 'ONGOING', '2024-01-01', '2024-12-31', {tracks})",
    "INSERT INTO activity (id, plan_id, org_unit_id, kind, name, status, percent_done, {tracked})
     VALUES ({id}, {id}, {id}, 'OPERATIONS', 'Väg svinnet', 'ONGOING', 50, {tracks})",
    "INSERT INTO responsibility (id, assignment_id, position, kind, function)
     VALUES ({id}, {id}, 0, 'RESPONSIBLE', 'Kökschef')",
    "INSERT INTO indicator (id, organisation_id, code, name, category, unit, decimals, direction, aggregation, frequency, {tracked})
     VALUES ({id}, {id}, 'M1', 'Matsvinn', 'SPECIFIC', 'g/portion', 1, 'LOWER_IS_BETTER', 'AVERAGE', 15, {tracks})",
    "INSERT INTO target (id, indicator_id, org_unit_id, year, value, decided_at, {tracked})
     VALUES ({id}, {id}, {id}, 2024, 100000000, 'BOARD', {tracks})",
    "INSERT INTO calendar_event (id, org_unit_id, name, starts_on, due_on, kind, period_year, period_kind, plan_id, {tracked})
     VALUES ({id}, {id}, 'Delår', '2024-05-01', '2024-05-20', 'REPORTING', 2024, 'UR1', {id}, {tracks})",
];

const OUTCOME: &str = "INSERT INTO outcome (id, indicator_id, org_unit_id, year, kind, month, period_order, gender, value, guarded, origin, state, {tracked})
     VALUES ({id}, {id}, {id}, 2024, 'UR1', 0, 1, 'TOTAL', 98500000, false, 'REPORTED', 'PRELIMINARY', {tracks})";

/// Writes the rows, all but an outcome.
pub async fn write(db: &Db, transaction: &DatabaseTransaction) {
    for sql in ROWS {
        execute(db, transaction, sql).await;
    }
}

/// Writes an outcome too.
pub async fn write_outcome(db: &Db, transaction: &DatabaseTransaction) {
    execute(db, transaction, OUTCOME).await;
}

async fn execute(db: &Db, transaction: &DatabaseTransaction, sql: &str) {
    let id = if db.is_sqlite() { format!("x'{}'", ID.simple()) } else { format!("'{ID}'") };
    let sql = sql
        .replace("{tracked}", "version, created_at, updated_at, updated_by")
        .replace("{tracks}", "1, '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z', {id}")
        .replace("{id}", &id);
    if let Err(error) = transaction.execute_unprepared(&sql).await {
        panic!("{sql}: {error}");
    }
}
