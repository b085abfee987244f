//! Takes things out of reports in which nobody has said anything about them.

use entity::{
    follow_up::{assessment, report},
    sight::Sight,
    tracked::Visible as _,
    vocabulary::NodeType,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::{
    domain::{
        follow_up::report::{scope, step::is_open},
        problem::{Code, Problem},
        write::Write,
    },
    error::{Error, Result},
};

/// Removes the blank assessments of what is about to be removed from its plan.
///
/// # Errors
/// [`Code::InUse`] when a report says something about it, or was handed in with it.
pub async fn release(write: &mut Write, node: NodeType, subject: Uuid) -> Result<()> {
    let column = super::column_of(node).ok_or_else(|| Error::internal("no subject of a report"))?;
    let there = assessment::Entity::find_visible(&Sight::ALL)
        .filter(column.eq(subject))
        .all(write.connection())
        .await?;
    for row in there {
        let report = report::Entity::find_by_id(row.report_id)
            .one(write.connection())
            .await?
            .ok_or_else(|| Error::internal("an assessment without report"))?;
        if !row.is_blank() || !is_open(report.status) {
            return Err(Problem::new(
                Code::InUse,
                "En uppföljningsrapport säger något om det; det kan inte tas bort.",
                "A follow-up report says something about it; it cannot be removed.",
            )
            .at("id")
            .into());
        }
        let scope = scope(write, &report).await?;
        write.delete(&scope, &row, row.version).await?;
    }
    Ok(())
}
