//! What has been spent on investments over all years.

use std::collections::HashMap;

use entity::{
    budgets::{investment_follow_up, investment_item},
    money::Hundredths,
    sight::Sight,
    tracked::Visible as _,
    vocabulary::PeriodKind,
};
use sea_orm::{
    ConnectionTrait, ExprTrait as _,
    sea_query::{
        Alias, CommonTableExpression, Condition, Expr, JoinType, Query, UnionType, WithClause,
    },
};
use uuid::Uuid;

use crate::{
    domain::fetch::among,
    error::{Error, Result},
};

/// What has been spent on an item in a period of its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spent {
    kind: PeriodKind,
    order: i32,
    amount: i64,
}

/// What has been spent on an item in its year: the latest follow-up since January says it; where there are only months,
/// they do together.
fn in_year(follow_ups: &[Spent]) -> i128 {
    let since_january = follow_ups.iter().filter(|spent| spent.kind != PeriodKind::Month);
    match since_january.max_by_key(|spent| spent.order) {
        Some(latest) => latest.amount.into(),
        None => follow_ups.iter().map(|month| i128::from(month.amount)).sum(),
    }
}

/// What has been spent on each of these items and on those that it continues, as far as the viewer sees that, and before the
/// first of them; in hundredths. One statement however many.
///
/// # Errors
/// Whatever the database says.
pub async fn spent_totals(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    items: &[Uuid],
) -> Result<HashMap<Uuid, i128>> {
    use investment_follow_up::{Column as Said, Entity as FollowUp};
    use investment_item::{Column, Entity};
    let sight = sight.row_by_row();
    let name = |text: &'static str| Alias::new(text);
    let (chain, root, id, continues) = (name("chain"), name("root"), name("id"), name("continues"));
    let item = |column| (Entity, column);
    let first = Query::select()
        .columns([item(Column::Id), item(Column::Id), item(Column::ContinuesId)])
        .from(Entity)
        .and_where(among(
            connection.get_database_backend(),
            Expr::col(item(Column::Id)),
            items.iter().copied(),
        ))
        .to_owned();
    let earlier = Query::select()
        .column((chain.clone(), root.clone()))
        .column(item(Column::Id))
        .column(item(Column::ContinuesId))
        .from(Entity)
        .join(
            JoinType::InnerJoin,
            chain.clone(),
            Expr::col(item(Column::Id)).equals((chain.clone(), continues.clone())),
        )
        .to_owned();
    let mut all = first;
    all.union(UnionType::All, earlier);
    let table = CommonTableExpression::new()
        .table_name(chain.clone())
        .columns([root.clone(), id.clone(), continues])
        .query(all)
        .to_owned();
    let follow_up = |column| (FollowUp, column);
    let of_item = Condition::all()
        .add(Expr::col(follow_up(Said::ItemId)).equals(item(Column::Id)))
        .add(FollowUp::visible(&sight));
    let mut statement = Query::select();
    statement
        .with_cte(WithClause::new().recursive(true).cte(table).to_owned())
        .expr_as(Expr::col((chain.clone(), root)), name("root"))
        .expr_as(Expr::col(item(Column::Id)), name("item"))
        .expr_as(Expr::col(item(Column::SpentBefore)), name("before"))
        .expr_as(Expr::col(follow_up(Said::Kind)), name("kind"))
        .expr_as(Expr::col(follow_up(Said::PeriodOrder)), name("place"))
        .expr_as(Expr::col(follow_up(Said::Spent)), name("spent"))
        .from(chain.clone())
        .join(JoinType::InnerJoin, Entity, Expr::col(item(Column::Id)).equals((chain, id)))
        .join(JoinType::LeftJoin, FollowUp, of_item)
        .cond_where(Entity::visible(&sight));

    let mut years: HashMap<(Uuid, Uuid), Vec<Spent>> = HashMap::new();
    let mut before: HashMap<(Uuid, Uuid), i64> = HashMap::new();
    for row in connection.query_all(&statement).await? {
        let key = (row.try_get("", "root")?, row.try_get("", "item")?);
        let said = years.entry(key).or_default();
        if let Some(Hundredths(amount)) = row.try_get::<Option<Hundredths>>("", "before")? {
            before.insert(key, amount);
        }
        let kind: Option<String> = row.try_get("", "kind")?;
        if let Some(kind) = kind {
            let kind = PeriodKind::parse(&kind)
                .ok_or_else(|| Error::internal(format!("{kind} is no kind of period")))?;
            let Hundredths(amount) = row.try_get("", "spent")?;
            said.push(Spent { kind, order: row.try_get("", "place")?, amount });
        }
    }
    let mut totals: HashMap<Uuid, i128> = items.iter().map(|item| (*item, 0)).collect();
    let years = years.into_iter().map(|((root, _), said)| (root, in_year(&said)));
    let before = before.into_iter().map(|((root, _), amount)| (root, i128::from(amount)));
    for (root, amount) in years.chain(before) {
        *totals.entry(root).or_default() += amount;
    }
    Ok(totals)
}

#[cfg(test)]
mod tests {
    use PeriodKind::{Ar, Month, Ur1, Ur2};

    use super::*;

    #[test]
    fn the_latest_since_january_says_it_and_months_only_together() {
        for (follow_ups, spent) in [
            (vec![], 0),
            (vec![(Month, 1, 5), (Month, 2, 7)], 12),
            (vec![(Month, 5, 5), (Ur1, 4, 100), (Month, 6, 7)], 100),
            (vec![(Ur2, 8, 90), (Ur1, 4, 100)], 90),
            (vec![(Ar, 12, -3), (Ur2, 8, 90), (Ur1, 4, 100), (Month, 12, 1)], -3),
        ] {
            let said: Vec<Spent> = follow_ups
                .into_iter()
                .map(|(kind, order, amount)| Spent { kind, order, amount })
                .collect();
            assert_eq!(in_year(&said), spent, "{said:?}");
        }
    }
}
