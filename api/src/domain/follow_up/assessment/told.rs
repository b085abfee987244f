//! What reports have said of the same thing over time.

use std::collections::HashMap;

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

/// What the same unit said in the report before an assessment; `told` is what was said of the same thing, the earliest first.
#[must_use]
pub fn previous(told: &[Told], assessment: Uuid) -> Option<&Told> {
    let now = told.iter().find(|told| told.assessment.id == assessment)?;
    told.iter().rev().find(|told| told.unit == now.unit && told.order < now.order)
}

/// What the reports that the viewer sees say of these things, the earliest first: one statement however many.
///
/// # Errors
/// Whatever the database says.
pub async fn told(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    subjects: &[(NodeType, Uuid)],
) -> Result<HashMap<(NodeType, Uuid), Vec<Told>>> {
    use assessment::Column as A;
    use report::Column as R;
    let backend = connection.get_database_backend();
    let mut about = Condition::any();
    for node in NodeType::ALL.iter().copied() {
        let Some(column) = super::column_of(node) else { continue };
        let ids: Vec<Uuid> =
            subjects.iter().filter(|(wanted, _)| *wanted == node).map(|(_, id)| *id).collect();
        if !ids.is_empty() {
            about = about.add(among(backend, Expr::col((assessment::Entity, column)), ids));
        }
    }
    if about.is_empty() {
        return Ok(HashMap::new());
    }
    let mut rows = assessment::Entity::find_visible(&sight.row_by_row()).into_query();
    rows.join(
        JoinType::InnerJoin,
        report::Entity,
        Expr::col((report::Entity, R::Id)).equals((assessment::Entity, A::ReportId)),
    )
    .cond_where(about)
    .order_by((report::Entity, R::PeriodOrder), sea_orm::Order::Asc);
    for (at, column) in
        [R::OrgUnitId, R::PlanId, R::Year, R::Kind, R::PeriodOrder].into_iter().enumerate()
    {
        // They are read by their places; a name keeps them apart from the assessment's own.
        rows.expr_as(Expr::col((report::Entity, column)), Alias::new(format!("of_report_{at}")));
    }
    let mut found: HashMap<(NodeType, Uuid), Vec<Told>> = HashMap::new();
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
        if let Some(subject) = told.assessment.subject() {
            found.entry(subject).or_default().push(told);
        }
    }
    Ok(found)
}
