//! Takes things out of reports in which nobody has said anything about them.

use entity::{
    follow_up::{assessment, report},
    organisation::org_unit,
    sight::Sight,
    tracked::{InOrder as _, Visible as _},
    vocabulary::{NodeType, ReportStatus},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, QueryFilter as _, QueryTrait as _,
    sea_query::{Alias, Expr, ExprTrait as _, JoinType},
};
use uuid::Uuid;

use crate::{
    domain::{
        follow_up::report::step::is_open,
        problem::{Code, Problem},
        write::{Scope, Write},
    },
    error::{Error, Result},
};

/// Removes the blank assessments of what is about to be removed from its plan.
///
/// # Errors
/// [`Code::InUse`] when a report says something about it, or was handed in with it.
pub async fn release(write: &mut Write, node: NodeType, subject: Uuid) -> Result<()> {
    let column = super::column_of(node).ok_or_else(|| Error::internal("no subject of a report"))?;
    let mut rows =
        assessment::Entity::find_visible(&Sight::ALL).filter(column.eq(subject)).into_query();
    rows.join(
        JoinType::InnerJoin,
        report::Entity,
        Expr::col((report::Entity, report::Column::Id))
            .equals((assessment::Entity, assessment::Column::ReportId)),
    )
    .join(
        JoinType::InnerJoin,
        org_unit::Entity,
        Expr::col((org_unit::Entity, org_unit::Column::Id))
            .equals((report::Entity, report::Column::OrgUnitId)),
    )
    .expr_as(Expr::col((report::Entity, report::Column::Status)), Alias::new("report_status"))
    .expr_as(Expr::col((org_unit::Entity, org_unit::Column::Id)), Alias::new("unit"))
    .expr_as(
        Expr::col((org_unit::Entity, org_unit::Column::OrganisationId)),
        Alias::new("organisation"),
    );
    let mut blank = Vec::new();
    for row in write.connection().query_all(&rows).await? {
        let assessment = assessment::Model::in_order(&row)?;
        let status: ReportStatus = row.try_get("", "report_status")?;
        if !assessment.is_blank() || !is_open(status) {
            return Err(Problem::new(
                Code::InUse,
                "En uppföljningsrapport säger något om det; det kan inte tas bort.",
                "A follow-up report says something about it; it cannot be removed.",
            )
            .at("id")
            .into());
        }
        let scope = Scope {
            organisation_id: row.try_get("", "organisation")?,
            org_unit_id: row.try_get("", "unit")?,
            draft: true,
        };
        blank.push((scope, assessment));
    }
    write.delete_all(blank).await
}
