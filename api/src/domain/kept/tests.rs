//! What is kept, beside what is built anew.

use entity::{indicators::outcome, sight::Sight, vocabulary::PeriodKind};
use sea_orm::{
    ColumnTrait as _, Condition, DbBackend, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QueryTrait as _, Statement,
    sea_query::{Expr, SelectStatement, SubQueryStatement},
};
use uuid::Uuid;

use super::{Given, Mark, statement};
use crate::domain::fetch::among;

/// What a list makes of it: counted in the same statement, so that everything stands there twice.
fn list(given: &Given) -> SelectStatement {
    let key = || Expr::col(outcome::Column::IndicatorId);
    let rows = || {
        outcome::Entity::find()
            .filter(outcome::Column::Version.gt(7))
            .filter(given.condition.clone())
            .filter(among(DbBackend::Postgres, key(), given.keys.iter().copied()))
            .filter(outcome::Column::OrgUnitId.ne(given.key()))
            .into_query()
    };
    let mut all = rows();
    all.clear_selects().expr(Expr::cust("COUNT(*)"));
    rows().expr(SubQueryStatement::SelectStatement(all)).limit(given.limit).to_owned()
}

/// With its values, but for the brackets, which [`a_condition_stays_together`] is about.
fn told(statement: &Statement) -> String {
    statement.to_string().replace(['(', ')'], "")
}

#[test]
fn what_is_kept_says_the_same_as_what_is_built_anew() {
    let column = |column| Expr::col((outcome::Entity, column));
    let of_year = |year: i32| column(outcome::Column::Year).eq(year);
    let annual = || column(outcome::Column::Kind).eq(PeriodKind::Ar.as_str());
    let many = (0..30).map(|nth| of_year(2000 + nth));
    let conditions = [
        Condition::all(),
        Condition::all().add(of_year(2024)),
        Condition::all().add(of_year(2025)),
        Condition::all().add(of_year(2025)).add(annual()),
        Condition::any().add(of_year(2025)).add(annual()),
        Condition::all().add(among(
            DbBackend::Postgres,
            column(outcome::Column::Id),
            [Uuid::nil(), Uuid::max()],
        )),
        many.fold(Condition::any(), Condition::add),
    ];
    let keys = [vec![Uuid::nil()], vec![Uuid::from_u128(1), Uuid::from_u128(2)]];
    for _ in 0..2 {
        for condition in &conditions {
            for (keys, limit) in keys.iter().zip([1, 21]) {
                let given = Given { keys: keys.clone(), limit, condition: condition.clone() };
                let backend = DbBackend::Postgres;
                let mark = || Mark::new::<outcome::Entity>("tested", Sight::ALL);
                let kept = statement(backend, mark, &given, |given| Ok::<_, ()>(list(given)));
                let kept = told(&kept.expect("a statement"));
                assert_eq!(kept, told(&backend.build(&list(&given))));
            }
        }
    }
}

#[test]
fn a_condition_stays_together() {
    let column = |column| Expr::col((outcome::Entity, column));
    let condition = Condition::any()
        .add(column(outcome::Column::Year).eq(2025))
        .add(column(outcome::Column::Month).eq(0));
    let given = Given { keys: vec![Uuid::nil()], limit: 3, condition };
    let mark = || Mark::new::<outcome::Entity>("in brackets", Sight::ALL);
    let kept = statement(DbBackend::Postgres, mark, &given, |given| Ok::<_, ()>(list(given)));
    let kept = kept.expect("a statement").sql;
    // After the six values of the two, so twice.
    let words = r#"AND ("outcome"."year" = $7 OR "outcome"."month" = $8) AND"#;
    let doubled = words.replace("AND (", "AND ((").replace(") AND", ")) AND");
    let times = |text: &str| kept.matches(text).count();
    assert_eq!(times(words) + times(&doubled), 2, "{kept}");
    assert!(kept.ends_with("LIMIT 3"), "{kept}");
}
