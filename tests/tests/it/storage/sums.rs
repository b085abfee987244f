//! Sums are exact: a tenth has no exact binary fraction, and ten thousand of them would show it.

use chrono::Utc;
use entity::{
    fixed::Fixed,
    indicators::outcome,
    vocabulary::{Gender, OutcomeOrigin, OutcomeState, PeriodKind},
};
use rust_decimal::Decimal;
use sea_orm::{
    EntityTrait as _, ExprTrait as _, IntoActiveModel as _, QuerySelect as _,
    sea_query::{Alias, Expr},
};
use tests::{Database, scenario};
use uuid::Uuid;

use super::rows;

scenario!(ten_thousand_tenths_are_a_thousand, async |database: &Database| {
    let db = database.open().await;
    let transaction = db.begin().await.expect("a transaction");
    rows::write(&db, &transaction).await;
    let tenth = Fixed::from_decimal(Decimal::new(1, 1)).expect("a tenth can be kept");
    let outcomes: Vec<_> = months().take(10_000).map(|month| outcome_of(month, tenth)).collect();
    assert_eq!(outcomes.len(), 10_000);
    for some in outcomes.chunks(1_000) {
        outcome::Entity::insert_many(some.iter().cloned().map(|one| one.into_active_model()))
            .exec_without_returning(&transaction)
            .await
            .expect("the outcomes are written");
    }

    let sum: Option<i64> = outcome::Entity::find()
        .select_only()
        .expr(Expr::col(outcome::Column::Value).sum().cast_as(Alias::new("bigint")))
        .into_tuple()
        .one(&transaction)
        .await
        .expect("the sum");

    assert_eq!(sum.map(|sum| Fixed(sum).to_decimal()), Some(Decimal::from(1_000)));
});

/// The months of three hundred years, for each gender.
fn months() -> impl Iterator<Item = (i32, i32, Gender)> {
    (1900..=2200).flat_map(|year| {
        (1..=12).flat_map(move |month| Gender::ALL.iter().map(move |gender| (year, month, *gender)))
    })
}

fn outcome_of((year, month, gender): (i32, i32, Gender), value: Fixed) -> outcome::Model {
    let now = Utc::now();
    outcome::Model {
        id: Uuid::now_v7(),
        indicator_id: rows::ID,
        org_unit_id: rows::ID,
        year,
        kind: PeriodKind::Month,
        month,
        period_order: year * 100 + month,
        gender,
        value: Some(value),
        numerator: None,
        denominator: None,
        missing_reason: None,
        hidden_value: None,
        hidden_numerator: None,
        hidden_denominator: None,
        guarded: false,
        forecast: None,
        origin: OutcomeOrigin::Reported,
        state: OutcomeState::Confirmed,
        comment: None,
        version: 1,
        created_at: now,
        updated_at: now,
        updated_by: rows::ID,
    }
}
