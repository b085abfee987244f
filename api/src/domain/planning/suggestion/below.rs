//! The assignments below goals, assignments and focus areas, at any depth.

use std::collections::{HashMap, HashSet};

use entity::{
    planning::assignment,
    sight::Sight,
    tracked::{InOrder as _, Visible as _},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, QueryTrait as _,
    sea_query::{
        Alias, Asterisk, CommonTableExpression, Condition, Expr, ExprTrait as _, JoinType, Query,
        SelectStatement, UnionType, WithClause,
    },
};
use uuid::Uuid;

use crate::{
    domain::{fetch::among, planning::suggested::AssignmentFact},
    error::Result,
};

/// The assignments below something, with the plan in which they are right below it.
#[derive(Default)]
pub(super) struct Below(HashMap<Uuid, Vec<(Uuid, AssignmentFact)>>);

impl Below {
    /// The assignments under those goals, those assignments themselves, and those that plans have right under focus areas,
    /// with what they are broken down into: one statement.
    pub(super) async fn load(
        connection: &impl ConnectionTrait,
        sight: &Sight,
        focus_areas: &HashSet<(Uuid, Uuid)>,
        goals: &HashSet<Uuid>,
        assignments: &HashSet<Uuid>,
    ) -> Result<Self> {
        if focus_areas.is_empty() && goals.is_empty() && assignments.is_empty() {
            return Ok(Self::default());
        }
        use assignment::Column;
        let backend = connection.get_database_backend();
        let is_one = |column: Column, ids: &HashSet<Uuid>| {
            among(backend, Expr::col((assignment::Entity, column)), ids.iter().copied())
        };
        let (areas, plans): (HashSet<Uuid>, HashSet<Uuid>) = focus_areas.iter().copied().unzip();
        let seeds = [
            (Column::GoalId, is_one(Column::GoalId, goals)),
            (Column::Id, is_one(Column::Id, assignments)),
            (
                Column::FocusAreaId,
                is_one(Column::FocusAreaId, &areas)
                    .and(is_one(Column::PlanId, &plans))
                    .and(Column::GoalId.is_null()),
            ),
        ];
        let (below, id, root, plan) = (name("below"), name("id"), name("root"), name("plan"));
        let mut rows = assignment::Entity::find_visible(&sight.row_by_row()).into_query();
        rows.with_cte(tree(seeds))
            .join(
                JoinType::InnerJoin,
                below.clone(),
                Expr::col((below.clone(), id)).equals((assignment::Entity, Column::Id)),
            )
            .expr_as(Expr::col((below.clone(), root.clone())), root)
            .expr_as(Expr::col((below, plan.clone())), plan);
        let mut found = Self::default();
        for row in connection.query_all(&rows).await? {
            let below = assignment::Model::in_order(&row)?;
            let fact = AssignmentFact { status: below.status, ends_on: below.ends_on };
            let at = found.0.entry(row.try_get("", "root")?).or_default();
            at.push((row.try_get("", "plan")?, fact));
        }
        Ok(found)
    }

    /// Those below something, in that plan only when one is named.
    pub(super) fn of(
        &self,
        root: Uuid,
        plan: Option<Uuid>,
    ) -> impl Iterator<Item = AssignmentFact> {
        let all = self.0.get(&root).into_iter().flatten();
        all.filter(move |(of, _)| plan.is_none_or(|plan| plan == *of)).map(|(_, fact)| *fact)
    }
}

fn name(name: &'static str) -> Alias {
    Alias::new(name)
}

/// Every assignment that a seed selects and what it is broken down into, by the column that the seed names and by the
/// seed's plan.
fn tree(seeds: [(assignment::Column, Expr); 3]) -> WithClause {
    use assignment::Column;
    let (below, id, root, plan) = (name("below"), name("id"), name("root"), name("plan"));
    let of = |column| (assignment::Entity, column);
    let seed = |(by, condition): (Column, Expr)| -> SelectStatement {
        Query::select()
            .columns([of(by), of(Column::PlanId), of(Column::Id)])
            .from(assignment::Entity)
            .cond_where(Condition::all().add(condition))
            .to_owned()
    };
    let [first, second, third] = seeds.map(seed);
    let parts = Query::select()
        .column((below.clone(), root.clone()))
        .column((below.clone(), plan.clone()))
        .column(of(Column::Id))
        .from(assignment::Entity)
        .inner_join(
            below.clone(),
            Expr::col(of(Column::ParentId)).equals((below.clone(), id.clone())),
        )
        .to_owned();
    let mut seeds = first;
    seeds.union(UnionType::All, second).union(UnionType::All, third);
    let all = Query::select()
        .column(Asterisk)
        .from_subquery(seeds, name("seed"))
        .union(UnionType::Distinct, parts)
        .to_owned();
    let table = CommonTableExpression::new()
        .table_name(below)
        .columns([root, plan, id])
        .query(all)
        .to_owned();
    WithClause::new().recursive(true).cte(table).to_owned()
}
