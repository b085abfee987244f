//! What reports have said of the same thing over time.

use std::collections::{HashMap, HashSet};

use entity::{
    follow_up::{assessment, report},
    sight::Sight,
    tracked::{InOrder as _, Visible as _},
    vocabulary::{NodeType, PeriodKind},
};
use sea_orm::{
    Condition, ConnectionTrait, QueryTrait as _,
    sea_query::{Alias, Expr, ExprTrait as _, JoinType},
};
use uuid::Uuid;

use crate::{domain::fetch::among, error::Result};

/// What one report says of something.
#[derive(Clone, Debug)]
pub struct Told {
    /// What it says.
    pub assessment: assessment::Model,
    /// Whose report.
    pub unit: Uuid,
    /// The plan that it follows up.
    pub plan: Uuid,
    /// The period's year
    pub year: i32,
    /// and kind.
    pub kind: PeriodKind,
    /// Orders periods.
    pub order: i32,
}

/// What was said in the report before an assessment; `told` is what the same unit said of the same thing, the earliest first.
#[must_use]
pub fn previous(told: &[Told], assessment: Uuid) -> Option<&Told> {
    let now = told.iter().find(|told| told.assessment.id == assessment)?;
    told.iter().rev().find(|told| told.order < now.order)
}

/// Of what, and in whose reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct About {
    /// What sort of thing.
    pub node: NodeType,
    /// Which one. Focus areas and indicators are many units'.
    pub id: Uuid,
    /// In whose reports.
    pub by: By,
}

/// Whose reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// A unit's.
    Unit(Uuid),
    /// Those that follow a plan up.
    Plan(Uuid),
}

/// What those of the reports that the viewer sees say of these things, the earliest first: one statement however many.
///
/// # Errors
/// Whatever the database says.
pub async fn told(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    asked: &[About],
) -> Result<HashMap<About, Vec<Told>>> {
    use assessment::Column as A;
    use report::Column as R;
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let backend = connection.get_database_backend();
    let mut about = Condition::any();
    for node in NodeType::ALL.iter().copied() {
        let Some(column) = super::column_of(node) else { continue };
        let of_node = asked.iter().filter(|about| about.node == node);
        let ids: HashSet<Uuid> = of_node.map(|about| about.id).collect();
        if !ids.is_empty() {
            about = about.add(among(backend, Expr::col((assessment::Entity, column)), ids));
        }
    }
    let (mut units, mut plans) = (HashSet::new(), HashSet::new());
    for about in asked {
        match about.by {
            By::Unit(unit) => units.insert(unit),
            By::Plan(plan) => plans.insert(plan),
        };
    }
    let of_report =
        |column: R, ids: HashSet<Uuid>| among(backend, Expr::col((report::Entity, column)), ids);
    let by = Condition::any()
        .add_option((!units.is_empty()).then(|| of_report(R::OrgUnitId, units)))
        .add_option((!plans.is_empty()).then(|| of_report(R::PlanId, plans)));
    let mut rows = assessment::Entity::find_visible(&sight.row_by_row()).into_query();
    rows.join(
        JoinType::InnerJoin,
        report::Entity,
        Expr::col((report::Entity, R::Id)).equals((assessment::Entity, A::ReportId)),
    )
    .cond_where(Condition::all().add(about).add(by))
    .order_by((report::Entity, R::PeriodOrder), sea_orm::Order::Asc);
    for (at, column) in
        [R::OrgUnitId, R::PlanId, R::Year, R::Kind, R::PeriodOrder].into_iter().enumerate()
    {
        // They are read by their places; a name keeps them apart from the assessment's own.
        rows.expr_as(Expr::col((report::Entity, column)), Alias::new(format!("of_report_{at}")));
    }
    let mut found: HashMap<About, Vec<Told>> = HashMap::new();
    for row in connection.query_all(&rows).await? {
        let first = assessment::Model::COLUMNS;
        let told = Told {
            assessment: assessment::Model::in_order(&row)?,
            unit: row.try_get_by_index(first)?,
            plan: row.try_get_by_index(first + 1)?,
            year: row.try_get_by_index(first + 2)?,
            kind: row.try_get_by_index(first + 3)?,
            order: row.try_get_by_index(first + 4)?,
        };
        let Some((node, id)) = told.assessment.subject() else { continue };
        for by in [By::Unit(told.unit), By::Plan(told.plan)] {
            found.entry(About { node, id, by }).or_default().push(told.clone());
        }
    }
    Ok(found)
}
