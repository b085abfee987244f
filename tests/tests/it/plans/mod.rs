//! How the databases answer, at a size where it matters: from an index, never by reading all outcomes, targets or
//! changes, whatever is filtered and ordered by.

mod cases;
mod explain;

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use entity::{
    access::role_grant,
    organisation::org_unit,
    vocabulary::{OrgUnitKind, PrincipalKind, Role},
};
use rodtrad::demo::{self, Size};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, Statement,
};
use tests::{TestApp, scenario};
use uuid::Uuid;

use cases::Ground;
use explain::Explainer;

/// Size M: 1.8 million outcomes.
const SIZE: &str = "200x200x3";

/// Nobody needs the data after the test, and whether keys have something to point to is tried elsewhere.
async fn hurry(app: &TestApp) {
    if !app.db().is_sqlite() {
        let transaction = app.db().begin().await.expect("a transaction");
        // Only a superuser may, and it is only for speed.
        let _ = transaction
            .execute_unprepared(
                "DO $$ BEGIN
                    EXECUTE format('ALTER DATABASE %I SET session_replication_role = replica', current_database());
                END $$",
            )
            .await;
        let _ = transaction.commit().await;
    }
}

/// SQLite goes through all outcomes that a filter or the viewer's units select, and sorts them, where it cannot tell how
/// soon it would find a page in the index that has the order: in lists whose names begin so, at most so many of the 1.8
/// million. Nothing else may, and PostgreSQL may not at all. This may only shrink.
const ON_SQLITE: [(&str, u32); 3] = [
    (r#"outcomes {"indicators":"#, 1_800_000),
    (r#"outcomes {"under":"#, 720_000),
    ("outcomes {", 180_000),
];

async fn grant(app: &TestApp, kind: OrgUnitKind, role: Role) -> String {
    grant_to(app, &format!("{}-{}", role.as_str(), kind.as_str()), kind, role).await
}

async fn grant_to(app: &TestApp, principal: &str, kind: OrgUnitKind, role: Role) -> String {
    let unit = org_unit::Entity::find()
        .filter(org_unit::Column::Kind.eq(kind))
        .one(app.db().reader())
        .await;
    let unit = unit.expect("units are read").expect("a unit of that kind");
    let row = role_grant::Model {
        id: Uuid::now_v7(),
        principal: principal.to_owned(),
        principal_kind: PrincipalKind::User,
        role,
        org_unit_id: unit.id,
    };
    let transaction = app.db().begin().await.expect("a transaction");
    let inserted = role_grant::Entity::insert(row.into_active_model());
    inserted.exec_without_returning(&transaction).await.expect("a grant");
    transaction.commit().await.expect("a commit");
    principal.to_owned()
}

scenario!(no_large_table_is_read_whole, async |app: &TestApp| {
    // Roles are given past the log.
    app.expect_unlogged();
    hurry(app).await;
    let filling = app.another(|_| {}).await;
    let now: DateTime<Utc> = "2025-02-03T04:05:06Z".parse().expect("an instant");
    demo::generate(filling.db(), now, Size::parse(SIZE).expect("a size")).await.expect("data");
    drop(filling);
    let reader = grant(app, OrgUnitKind::Council, Role::Reader).await;
    let reporter = grant(app, OrgUnitKind::Board, Role::Reporter).await;
    let planner = grant(app, OrgUnitKind::Council, Role::Planner).await;
    let mixed = grant_to(app, "mixed", OrgUnitKind::Council, Role::Reader).await;
    let mixed = grant_to(app, &mixed, OrgUnitKind::Board, Role::Reporter).await;

    let mut url = String::new();
    let app = app.another(|config| url.clone_from(&config.database_url)).await;
    let sent = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&sent);
    app.db().watch(move |statement| sink.lock().expect("no panic").push(statement.clone()));
    let explainer = Explainer::open(&url).await;
    let ground = Ground::discover(&app.subject(&reader), 2024).await;
    let mut faults = Vec::new();
    for subject in [reader, reporter, planner, mixed] {
        let client = app.subject(&subject);
        let mut cases = ground.lists(&client).await;
        cases.extend(ground.histories());
        cases.extend(ground.dashboards());
        for case in cases {
            sent.lock().expect("no panic").clear();
            let _ = client.query(&case.document, &case.variables).await.ok();
            let statements = std::mem::take(&mut *sent.lock().expect("no panic"));
            let known = ON_SQLITE.iter().find(|(name, _)| case.name.starts_with(name));
            let known = known.filter(|_| app.db().is_sqlite());
            let most = known.map_or(case.rows, |(_, most)| *most);
            for statement in statements {
                let found = explainer.faults(&statement, most).await;
                faults
                    .extend(found.iter().map(|fault| format!("{subject}: {}: {fault}", case.name)));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));

    let backend = app.db().reader().get_database_backend();
    let bad = Statement::from_string(backend, "SELECT id FROM outcome WHERE comment = 'no index'");
    assert!(!explainer.faults(&bad, u32::MAX).await.is_empty(), "a bad statement is seen");
});
