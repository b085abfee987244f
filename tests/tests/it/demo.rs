//! Made-up data is like what people would have made: every row in the log as any write would have put it there.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    access::change,
    indicators::{indicator, outcome, target},
    organisation::{org_unit, org_unit_closure},
    tracked::Tracked,
};
use rodtrad::{
    db::Db,
    demo::{self, Size},
    domain::write::{self, FieldChange},
};
use sea_orm::{EntityTrait as _, QueryOrder as _};
use tests::{Database, scenario};
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    "2025-02-03T04:05:06Z".parse().expect("an instant")
}

async fn generated(database: &Database, size: &str) -> Db {
    let db = database.open().await;
    let size = Size::parse(size).expect("a size");
    demo::generate(&db, now(), size).await.expect("the data is made");
    db
}

/// What the log says of each node, which must have no gap.
async fn log(db: &Db) -> HashMap<Uuid, Vec<FieldChange>> {
    let changes = change::Entity::find().order_by_asc(change::Column::Seq).all(db.reader()).await;
    let changes = changes.expect("the log");
    for (expected, change) in (1..).zip(&changes) {
        assert_eq!(change.seq, expected);
    }
    let last = changes.last().expect("a change").seq;
    assert_eq!(write::head(db.reader()).await.expect("the head"), last);
    let fields = |change: change::Model| {
        let fields = serde_json::from_str(&change.fields).expect("fields of a change");
        (change.node_id, fields)
    };
    changes.into_iter().map(fields).collect()
}

fn assert_logged<M: Tracked>(rows: &[M], log: &HashMap<Uuid, Vec<FieldChange>>) {
    for row in rows {
        let values = row.values().into_iter().filter(|(_, value)| value.is_some());
        let expected: Vec<FieldChange> = values
            .map(|(field, after)| FieldChange { field: field.to_owned(), before: None, after })
            .collect();
        assert_eq!(log[&row.id()], expected);
    }
}

// More than one transaction takes.
scenario!(what_is_made_up_is_in_the_log, async |database: &Database| {
    let db = generated(database, "5x300x1").await;
    let outcomes = outcome::Entity::find().all(db.reader()).await.expect("outcomes");
    let targets = target::Entity::find().all(db.reader()).await.expect("targets");
    let log = log(&db).await;

    assert_eq!(outcomes.len(), 5 * 300 * 15);
    assert_eq!(targets.len(), 6 * 300);
    assert_logged(&outcomes, &log);
    assert_logged(&targets, &log);
});

scenario!(the_same_size_gives_the_same_figures, async |database: &Database| {
    let db = generated(database, "6x2x2").await;
    let reader = db.reader();
    let units = org_unit::Entity::find().all(reader).await.expect("units");
    let units: HashMap<Uuid, String> = units.into_iter().map(|row| (row.id, row.code)).collect();
    let indicators = indicator::Entity::find().all(reader).await.expect("indicators");
    let indicators: HashMap<Uuid, String> =
        indicators.into_iter().map(|row| (row.id, row.code)).collect();
    let outcomes = outcome::Entity::find().all(reader).await.expect("outcomes");
    let figure = |unit: &str, indicator: &str, year: i32, month: i32| {
        let mut found = outcomes.iter().filter(|row| {
            units[&row.org_unit_id] == unit
                && indicators[&row.indicator_id] == indicator
                && (row.year, row.month) == (year, month)
        });
        found.next().and_then(|row| row.value).expect("an outcome").to_decimal().to_string()
    };

    assert_eq!(figure("E0001", "I0000", 2023, 1), "33.121");
    assert_eq!(figure("E0006", "I0001", 2024, 12), "41.152");
    let sum: i64 = outcomes.iter().filter_map(|row| row.value).map(|value| value.0).sum();
    assert_eq!(sum, 17_708_026_000);
});

scenario!(many_units_are_in_areas_below_the_boards, async |database: &Database| {
    let db = generated(database, "110x1x1").await;
    let closure = org_unit_closure::Entity::find().all(db.reader()).await.expect("the closure");
    let at_depth = |depth| closure.iter().filter(|row| row.depth == depth).count();

    // Every unit is itself; below the council are boards, below each board an area, below the areas all else.
    assert_eq!(at_depth(0), 111);
    assert_eq!(at_depth(1), 110);
    assert_eq!(at_depth(2), 105);
    assert_eq!(at_depth(3), 100);
});
