//! What must never be stored cannot be stored, not even by a program that knows nothing of the rules.

use sea_orm::{ConnectionTrait as _, DbErr, RuntimeErr, TransactionTrait as _, sqlx};
use tests::{Database, scenario};

use super::rows;

/// Changes of the one row of a table that its checks refuse.
const REFUSED: [&str; 50] = [
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

fn is_check(error: &DbErr) -> bool {
    let DbErr::Exec(RuntimeErr::SqlxError(error)) = error else { return false };
    error
        .as_database_error()
        .is_some_and(|error| error.kind() == sqlx::error::ErrorKind::CheckViolation)
}
