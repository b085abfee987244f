//! What is said of items, period by period.

use std::collections::{HashMap, HashSet};

use entity::{
    budgets::{investment_follow_up, investment_item, investment_part},
    sight::Sight,
    tracked::{InOrder as _, Visible as _},
    vocabulary::PeriodKind,
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, ExprTrait as _, JoinType, QueryFilter as _,
    QueryTrait as _,
    sea_query::{Alias, Expr, Order},
};
use uuid::Uuid;

use crate::{
    domain::{
        fetch::among,
        listing::{Link, Listed, SortKey, swedish},
        organisation::period::Period,
    },
    error::{Error, Result},
};

impl Listed for investment_follow_up::Entity {
    type Order = ();

    fn sort_keys((): ()) -> Vec<SortKey<investment_follow_up::Model>> {
        use investment_follow_up::Column;
        vec![
            SortKey::number(
                Expr::col((Self, Column::PeriodOrder)),
                |row: &investment_follow_up::Model| row.period_order.into(),
            ),
            // A month comes before the follow-up that ends with it.
            SortKey::number(
                Expr::col((Self, Column::Month)),
                |row: &investment_follow_up::Model| row.month.into(),
            )
            .turned(true),
        ]
    }
}

/// What is said of an item.
pub const OF_ITEM: Link = Link {
    name: "follow-ups of investment item",
    apply: |_| Expr::col((investment_follow_up::Entity, investment_follow_up::Column::ItemId)),
};

/// The period of a follow-up.
///
/// # Errors
/// [`Error::Internal`] for one that cannot be.
pub fn period_of(row: &investment_follow_up::Model) -> Result<Period> {
    let month = u32::try_from(row.month).map_err(Error::internal)?;
    Period::new(row.year, row.kind, (month > 0).then_some(month)).map_err(Error::internal)
}

/// The kind and month by which a period of a budget's year is kept.
pub(super) fn stored(period: Period) -> (PeriodKind, i32) {
    let month = period.month().and_then(|month| i32::try_from(month).ok());
    (period.kind(), month.unwrap_or_default())
}

/// Follow-ups of any of these periods.
pub(super) fn in_any(periods: impl Iterator<Item = Period>) -> Condition {
    use investment_follow_up::Column;
    let periods: HashSet<Period> = periods.collect();
    let one = |period: Period| {
        let (kind, month) = stored(period);
        Condition::all()
            .add(Column::Year.eq(period.year()))
            .add(Column::Kind.eq(kind))
            .add(Column::Month.eq(month))
    };
    periods.into_iter().map(one).fold(Condition::any(), Condition::add)
}

/// What is said of items in periods, as far as the viewer sees it: one statement however many.
///
/// # Errors
/// Whatever the database says.
pub async fn at_period(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[(Uuid, Period)],
) -> Result<HashMap<(Uuid, Period), investment_follow_up::Model>> {
    use investment_follow_up::{Column, Entity};
    let rows = Entity::find_visible(&sight.row_by_row())
        .filter(among(
            connection.get_database_backend(),
            Expr::col((Entity, Column::ItemId)),
            keys.iter().map(|(item, _)| *item),
        ))
        .filter(in_any(keys.iter().map(|(_, period)| *period)))
        .all(connection)
        .await?;
    rows.into_iter().map(|row| Ok(((row.item_id, period_of(&row)?), row))).collect()
}

/// What is said in periods of the items that count in budgets, in the order of the items' names, as far as the viewer sees
/// it: one statement however many.
///
/// # Errors
/// Whatever the database says.
pub async fn of_budgets(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[(Uuid, Period)],
) -> Result<HashMap<(Uuid, Period), Vec<investment_follow_up::Model>>> {
    use investment_follow_up::{Column, Entity};
    let counts_in = (investment_part::Entity, investment_part::Column::BudgetId);
    let item = |column| (investment_item::Entity, column);
    let mut select = Entity::find_visible(&sight.row_by_row())
        .filter(in_any(keys.iter().map(|(_, period)| *period)))
        .into_query();
    select
        .expr_as(Expr::col(counts_in), Alias::new("counts_in"))
        .join(
            JoinType::InnerJoin,
            investment_part::Entity,
            Expr::col((investment_part::Entity, investment_part::Column::ItemId))
                .equals((Entity, Column::ItemId)),
        )
        .join(
            JoinType::InnerJoin,
            investment_item::Entity,
            Expr::col(item(investment_item::Column::Id)).equals((Entity, Column::ItemId)),
        )
        .and_where(among(
            connection.get_database_backend(),
            Expr::col(counts_in),
            keys.iter().map(|(budget, _)| *budget),
        ))
        .order_by_expr(swedish(Expr::col(item(investment_item::Column::Name))), Order::Asc)
        .order_by(item(investment_item::Column::Id), Order::Asc);
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in connection.query_all(&select).await? {
        let said = investment_follow_up::Model::in_order(&row)?;
        let key = (row.try_get("", "counts_in")?, period_of(&said)?);
        found.entry(key).or_default().push(said);
    }
    Ok(found)
}
