//! What must never be stored cannot be stored, not even by a program that knows nothing of the rules.

use sea_orm::{ConnectionTrait as _, DbErr, RuntimeErr, TransactionTrait as _, sqlx};
use tests::{Database, scenario};

use super::rows;

/// Changes of the one row of a table that its checks refuse.
const REFUSED: [&str; 56] = [
    "UPDATE actor SET kind = 'ROBOT'",
    "UPDATE actor SET subject = ''",
    "UPDATE org_unit SET kind = 'TEAM'",
    "UPDATE org_unit SET code = ''",
    "UPDATE org_unit SET name = ''",
    "UPDATE org_unit SET version = 0",
    "UPDATE org_unit SET parent_id = id",
    "UPDATE org_unit SET active_from = '2024-02-01', active_to = '2024-01-31'",
    "UPDATE reporting_period SET year = 1899",
    "UPDATE reporting_period SET kind = 'MONTH'",
    "UPDATE reporting_period SET end_month = 13",
    "UPDATE reporting_period SET label = ''",
    "UPDATE role_grant SET role = 'OWNER'",
    "UPDATE role_grant SET principal_kind = 'ANYBODY'",
    "UPDATE role_grant SET principal = ''",
    "UPDATE plan SET year = 1899",
    "UPDATE plan SET year = 2201",
    "UPDATE plan SET title = ''",
    "UPDATE plan SET status = 'ARCHIVED'",
    "UPDATE plan SET decided_on = NULL",
    "UPDATE plan SET based_on_id = id",
    "UPDATE governing_document SET kind = 'BOOK'",
    "UPDATE governing_document SET decided_on = '2024-1'",
    "UPDATE goal SET name = ''",
    "UPDATE goal SET parent_id = id",
    "UPDATE assignment SET ends_on = '2023-12-31'",
    "UPDATE assignment SET status = 'FORGOTTEN'",
    "UPDATE activity SET kind = 'LEISURE'",
    "UPDATE activity SET percent_done = 101",
    "UPDATE activity SET percent_done = -1",
    "UPDATE activity SET competence_category = 'RECRUIT'",
    "UPDATE responsibility SET function = NULL",
    "UPDATE responsibility SET assignment_id = NULL",
    "UPDATE indicator SET code = ''",
    "UPDATE indicator SET decimals = 7",
    "UPDATE indicator SET decimals = -1",
    "UPDATE indicator SET direction = 'UP'",
    "UPDATE indicator SET frequency = 0",
    "UPDATE indicator SET tolerance = -1",
    "UPDATE target SET year = 3000",
    "UPDATE target SET decided_at = 'NOBODY'",
    "UPDATE calendar_event SET name = ''",
    "UPDATE calendar_event SET starts_on = '2024-05-21'",
    "UPDATE calendar_event SET kind = 'PARTY'",
    "UPDATE calendar_event SET period_year = 1899",
    "UPDATE calendar_event SET period_kind = 'MONTH'",
    "UPDATE calendar_event SET period_kind = NULL",
    "UPDATE outcome SET year = 1899",
    "UPDATE outcome SET kind = 'QUARTER'",
    "UPDATE outcome SET month = 4",
    "UPDATE outcome SET gender = 'ALL'",
    "UPDATE outcome SET value = NULL",
    "UPDATE outcome SET missing_reason = 'NOT_MEASURED'",
    "UPDATE outcome SET hidden_value = 1",
    "UPDATE outcome SET numerator = 1",
    "UPDATE outcome SET origin = 'AGGREGATED'",
];

scenario!(the_database_refuses_what_the_domain_forbids, async |database: &Database| {
    let db = database.open().await;
    let transaction = db.begin().await.expect("a transaction");
    rows::write(&db, &transaction).await;
    rows::write_outcome(&db, &transaction).await;

    for change in REFUSED {
        let savepoint = transaction.begin().await.expect("a savepoint");
        let error = savepoint.execute_unprepared(change).await.expect_err(change);
        assert!(is_check(&error), "{change}: {error}");
        savepoint.rollback().await.expect("back to the savepoint");
    }
});

scenario!(a_units_report_is_due_once, async |database: &Database| {
    let db = database.open().await;
    let transaction = db.begin().await.expect("a transaction");
    rows::write(&db, &transaction).await;
    let another = |changed: &str| {
        let id = if db.is_sqlite() { "randomblob(16)" } else { "gen_random_uuid()" };
        let columns = "org_unit_id, name, starts_on, due_on, kind, period_year, period_kind, \
                       version, created_at, updated_at, updated_by";
        let (column, value) = changed.split_once('=').expect("column=value");
        let values = columns.replace(column, value);
        format!(
            "INSERT INTO calendar_event (id, {columns}) SELECT {id}, {values} FROM calendar_event WHERE plan_id IS NOT NULL"
        )
    };
    let savepoint = transaction.begin().await.expect("a savepoint");
    let error = savepoint.execute_unprepared(&another("name='Igen'")).await;
    let error = error.expect_err("a second one");
    assert!(is(&error, sqlx::error::ErrorKind::UniqueViolation), "{error}");
    savepoint.rollback().await.expect("back to the savepoint");
    for other in ["period_kind='AR'", "period_year=2025", " kind='PLANNING'", " kind='PLANNING'"] {
        let made = transaction.execute_unprepared(&another(other)).await;
        made.unwrap_or_else(|error| panic!("{other}: {error}"));
    }
});

fn is_check(error: &DbErr) -> bool {
    is(error, sqlx::error::ErrorKind::CheckViolation)
}

fn is(error: &DbErr, kind: sqlx::error::ErrorKind) -> bool {
    let DbErr::Exec(RuntimeErr::SqlxError(error)) = error else { return false };
    error.as_database_error().is_some_and(|error| error.kind() == kind)
}
