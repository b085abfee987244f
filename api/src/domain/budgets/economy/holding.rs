//! Which units at or below others have budgets.

use std::collections::{HashMap, HashSet};

use entity::{
    budgets::{investment_budget, operating_budget},
    organisation::org_unit_closure as closure,
    sight::Sight,
    tracked::Visible,
    vocabulary::Currency,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, Iden, JoinType,
    QueryFilter as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Alias, Expr},
};
use uuid::Uuid;

use crate::{
    domain::{fetch::among, indicators::tree::Tree},
    error::{Error, Result},
};

/// A budget, as far as the economy has to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Its key.
    pub id: Uuid,
    /// In what it is.
    pub currency: Currency,
}

/// Budgets of a kind, by unit and year, and which of their units are at or below which.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// The budgets.
    pub budgets: HashMap<(Uuid, i32), Budget>,
    below: HashMap<Uuid, HashSet<Uuid>>,
}

impl Held {
    /// The units at or below that one that have such a budget of the year.
    pub fn units(&self, unit: Uuid, year: i32) -> impl Iterator<Item = Uuid> {
        let below = self.below.get(&unit).into_iter().flatten().copied();
        below.filter(move |below| self.budgets.contains_key(&(*below, year)))
    }
}

/// The operating and the investment budgets of those years at or below those units that the viewer sees: a statement for
/// each kind.
///
/// # Errors
/// Whatever the database says.
pub async fn held(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    units: &[Uuid],
    years: &HashSet<i32>,
) -> Result<(Held, Held)> {
    use {investment_budget as invested, operating_budget as operated};
    let operating = of_kind::<operated::Entity>(
        connection,
        sight,
        units,
        years,
        (operated::Column::OrgUnitId, operated::Column::Year, operated::Column::Currency),
    );
    let investment = of_kind::<invested::Entity>(
        connection,
        sight,
        units,
        years,
        (invested::Column::OrgUnitId, invested::Column::Year, invested::Column::Currency),
    );
    Ok((operating.await?, investment.await?))
}

async fn of_kind<E: Visible>(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    units: &[Uuid],
    years: &HashSet<i32>,
    (unit, year, currency): (E::Column, E::Column, E::Column),
) -> Result<Held>
where
    E::Column: Iden,
{
    let above = Expr::col((closure::Entity, closure::Column::AncestorId));
    let mut select = E::find_visible(&sight.row_by_row()).into_query();
    select
        .clear_selects()
        .expr_as(above.clone(), Alias::new("asked"))
        .expr_as(Expr::col((E::default(), E::id_column())), Alias::new("id"))
        .expr_as(Expr::col((E::default(), unit)), Alias::new("unit"))
        .expr_as(Expr::col((E::default(), year)), Alias::new("year"))
        .expr_as(Expr::col((E::default(), currency)), Alias::new("currency"))
        .join(
            JoinType::InnerJoin,
            closure::Entity,
            Expr::col((closure::Entity, closure::Column::DescendantId))
                .equals((E::default(), unit)),
        )
        .and_where(among(connection.get_database_backend(), above, units.iter().copied()))
        .and_where(Expr::col((E::default(), year)).is_in(years.iter().copied()));
    let mut held = Held::default();
    for row in connection.query_all(&select).await? {
        let (asked, unit): (Uuid, Uuid) = (row.try_get("", "asked")?, row.try_get("", "unit")?);
        let currency: String = row.try_get("", "currency")?;
        let currency = Currency::parse(&currency)
            .ok_or_else(|| Error::internal(format!("a budget in {currency}")))?;
        let budget = Budget { id: row.try_get("", "id")?, currency };
        held.budgets.insert((unit, row.try_get("", "year")?), budget);
        held.below.entry(asked).or_default().insert(unit);
    }
    Ok(held)
}

/// How units hang together: those above each of them, among them, the nearest first.
#[derive(Clone, Debug, Default)]
pub struct Above(HashMap<Uuid, Vec<Uuid>>);

/// How these units hang together: one statement.
///
/// # Errors
/// Whatever the database says.
pub async fn above(connection: &impl ConnectionTrait, units: &HashSet<Uuid>) -> Result<Above> {
    let backend = connection.get_database_backend();
    let either =
        |column| among(backend, Expr::col((closure::Entity, column)), units.iter().copied());
    let mut pairs: Vec<(Uuid, Uuid, i32)> = closure::Entity::find()
        .select_only()
        .columns([
            closure::Column::DescendantId,
            closure::Column::AncestorId,
            closure::Column::Depth,
        ])
        .filter(either(closure::Column::DescendantId))
        .filter(either(closure::Column::AncestorId))
        .filter(closure::Column::Depth.gt(0))
        .into_tuple()
        .all(connection)
        .await?;
    pairs.sort_unstable_by_key(|(_, _, depth)| *depth);
    let mut above: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (unit, higher, _) in pairs {
        above.entry(unit).or_default().push(higher);
    }
    Ok(Above(above))
}

impl Above {
    /// The tree of a unit and these below it.
    #[must_use]
    pub fn tree(&self, root: Uuid, below: &HashSet<Uuid>) -> Tree {
        let nearest = |unit: &Uuid| {
            let above = self.0.get(unit)?;
            above.iter().copied().find(|above| *above == root || below.contains(above))
        };
        let mut units: Vec<Uuid> = below.iter().copied().filter(|unit| *unit != root).collect();
        units.sort_unstable();
        let parents = units.iter().map(|unit| (*unit, nearest(unit)));
        Tree::new(std::iter::once((root, None)).chain(parents))
    }
}
