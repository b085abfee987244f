//! Which budgets' lines count in a budget: its own, or else those of the nearest budgets below that have some, so that
//! nothing is added twice.

use std::collections::{HashMap, HashSet};

use entity::{
    budgets::{budget_line, operating_budget},
    organisation::org_unit_closure as closure,
    sight::Sight,
    tracked::Visible as _,
};
use sea_orm::{
    ConnectionTrait, ExprTrait as _,
    sea_query::{Alias, Expr, IntoColumnRef, Query},
};
use uuid::Uuid;

use crate::{domain::fetch::among, error::Result};

/// A budget with lines, at or below the unit of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The budget.
    pub budget: Uuid,
    /// Its unit.
    pub unit: Uuid,
}

/// The budgets whose lines count in each of these: of the same year and currency, and seen by the viewer. Two
/// statements however many; nothing for a budget in which no lines count.
///
/// # Errors
/// Whatever the database says.
pub async fn counted(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    budgets: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let parts = parts(connection, sight, budgets).await?;
    let units = parts.values().flatten().map(|part| part.unit).collect();
    let above = above(connection, units).await?;
    Ok(parts.into_iter().map(|(budget, parts)| (budget, nearest(&parts, &above))).collect())
}

/// Those of a budget's parts that have no other of them above.
#[must_use]
pub fn nearest(parts: &[Part], above: &HashMap<Uuid, Vec<Uuid>>) -> Vec<Uuid> {
    let units: HashSet<Uuid> = parts.iter().map(|part| part.unit).collect();
    let is_nearest = |part: &&Part| {
        !above.get(&part.unit).is_some_and(|above| above.iter().any(|unit| units.contains(unit)))
    };
    parts.iter().filter(is_nearest).map(|part| part.budget).collect()
}

/// What may count in each budget: everything at and below its unit that has lines, or itself alone when it has.
async fn parts(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    budgets: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Part>>> {
    use operating_budget::{Column, Entity};
    let root = Alias::new("root");
    let at_root = |column| Expr::col((root.clone(), column));
    let part = |column| Expr::col((Entity, column));
    let is_same = part(Column::OrgUnitId)
        .equals((closure::Entity, closure::Column::DescendantId))
        .and(part(Column::Year).equals((root.clone(), Column::Year)))
        .and(part(Column::Currency).equals((root.clone(), Column::Currency)));
    let is_itself = part(Column::Id).equals((root.clone(), Column::Id));
    let select = Query::select()
        .expr_as(at_root(Column::Id), Alias::new("root_id"))
        .column((Entity, Column::Id))
        .column((Entity, Column::OrgUnitId))
        .from_as(Entity, root.clone())
        .inner_join(
            closure::Entity,
            at_root(Column::OrgUnitId).equals((closure::Entity, closure::Column::AncestorId)),
        )
        .inner_join(Entity, is_same)
        .and_where(among(
            connection.get_database_backend(),
            at_root(Column::Id),
            budgets.iter().copied(),
        ))
        .and_where(has_lines((Entity, Column::Id)))
        .and_where(is_itself.or(has_lines((root, Column::Id)).not()))
        .cond_where(Entity::visible(&sight.row_by_row()))
        .to_owned();
    let mut parts: HashMap<Uuid, Vec<Part>> = HashMap::new();
    for row in connection.query_all(&select).await? {
        let part = Part { budget: row.try_get("", "id")?, unit: row.try_get("", "org_unit_id")? };
        parts.entry(row.try_get("", "root_id")?).or_default().push(part);
    }
    Ok(parts)
}

fn has_lines(budget: impl IntoColumnRef) -> Expr {
    let lines = Query::select()
        .expr(Expr::val(1))
        .from(budget_line::Entity)
        .and_where(
            Expr::col((budget_line::Entity, budget_line::Column::BudgetId)).eq(Expr::col(budget)),
        )
        .to_owned();
    Expr::exists(lines)
}

/// The units above each of these, among these.
async fn above(
    connection: &impl ConnectionTrait,
    units: HashSet<Uuid>,
) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let backend = connection.get_database_backend();
    let at = |column| Expr::col((closure::Entity, column));
    let select = Query::select()
        .column((closure::Entity, closure::Column::AncestorId))
        .column((closure::Entity, closure::Column::DescendantId))
        .from(closure::Entity)
        .and_where(among(backend, at(closure::Column::DescendantId), units.iter().copied()))
        .and_where(at(closure::Column::Depth).gt(0))
        .to_owned();
    let mut above: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for row in connection.query_all(&select).await? {
        let ancestor: Uuid = row.try_get("", "ancestor_id")?;
        if units.contains(&ancestor) {
            above.entry(row.try_get("", "descendant_id")?).or_default().push(ancestor);
        }
    }
    Ok(above)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Units by number, each below the one that is given, but the first.
    struct Tree(Vec<usize>);

    impl Tree {
        fn above(&self, unit: usize) -> Vec<usize> {
            std::iter::successors(Some(unit), |unit| (*unit > 0).then(|| self.0[*unit]))
                .skip(1)
                .collect()
        }

        fn chosen(&self, root: usize, has_lines: &[bool]) -> Vec<usize> {
            let at_or_below = |unit: &usize| *unit == root || self.above(*unit).contains(&root);
            let units: Vec<usize> =
                (0..self.0.len()).filter(|unit| has_lines[*unit]).filter(at_or_below).collect();
            let id = |unit: usize| Uuid::from_u128(unit as u128);
            let budget = |unit: usize| Uuid::from_u128(1_000 + unit as u128);
            let parts: Vec<Part> =
                units.iter().map(|unit| Part { budget: budget(*unit), unit: id(*unit) }).collect();
            let above = |unit: &usize| (id(*unit), self.above(*unit).into_iter().map(id).collect());
            let found = nearest(&parts, &units.iter().map(above).collect());
            units.into_iter().filter(|unit| found.contains(&budget(*unit))).collect()
        }

        /// The same said in another way: one's own, or what those right below say.
        fn told(&self, root: usize, has_lines: &[bool]) -> Vec<usize> {
            if has_lines[root] {
                return vec![root];
            }
            let right_below = (root + 1..self.0.len()).filter(|unit| self.0[*unit] == root);
            let mut all: Vec<usize> =
                right_below.flat_map(|unit| self.told(unit, has_lines)).collect();
            all.sort_unstable();
            all
        }
    }

    #[test]
    fn the_nearest_with_lines_count() {
        // 0 > 1 > (2 > 3, 4), 0 > 5
        let tree = Tree(vec![0, 0, 1, 2, 1, 0]);
        for (with_lines, root, chosen) in [
            (&[][..], 0, &[][..]),
            (&[0, 1, 2, 3, 4, 5], 0, &[0]),
            (&[1, 2, 3, 4, 5], 0, &[1, 5]),
            (&[2, 3, 4, 5], 0, &[2, 4, 5]),
            (&[3, 4], 0, &[3, 4]),
            (&[2, 3], 0, &[2]),
            (&[5], 1, &[]),
            (&[0, 3], 1, &[3]),
        ] {
            let has_lines: Vec<bool> = (0..6).map(|unit| with_lines.contains(&unit)).collect();
            assert_eq!(tree.chosen(root, &has_lines), chosen, "{with_lines:?} in {root}");
        }
    }

    proptest! {
        #[test]
        fn nothing_counts_twice_and_nothing_is_forgotten(
            (parents, has_lines, root) in (1_usize..24).prop_flat_map(|count| (
                prop::collection::vec(any::<prop::sample::Index>(), count),
                prop::collection::vec(any::<bool>(), count),
                0..count,
            ))
        ) {
            let tree = Tree(
                parents.iter().enumerate().map(|(at, parent)| parent.index(at.max(1))).collect(),
            );
            let chosen = tree.chosen(root, &has_lines);
            prop_assert_eq!(&chosen, &tree.told(root, &has_lines));
            for unit in &chosen {
                prop_assert!(!tree.above(*unit).iter().any(|above| chosen.contains(above)));
            }
        }
    }
}
