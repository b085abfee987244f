//! The steps that reports take, read from the log of changes.

use entity::{
    access::change,
    organisation::{org_unit, org_unit_closure as closure},
    sight::Sight,
    vocabulary::{ChangeKind, NodeType, ReportStatus},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _,
    FromQueryResult as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Alias, Expr, Query},
};
use uuid::Uuid;

use crate::{
    domain::{history::Span, write::FieldChange},
    error::{Error, Result},
};

/// What reports under a unit have done.
#[derive(Debug, Default)]
pub struct Steps {
    /// The report of each step, in the order of the log.
    pub reports: Vec<Uuid>,
    /// How far the log was read, when that was not to the end.
    pub stopped_at: Option<i64>,
}

/// The steps of reports of a unit that the viewer sees and of those below it, from at most so many changes. Where the
/// viewer sees no drafts a report does nothing but be approved.
///
/// # Errors
/// Whatever the database says.
pub async fn steps(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    unit: &org_unit::Model,
    span: Span,
    most: u64,
) -> Result<Steps> {
    let at = (change::Entity, change::Column::OrgUnitId);
    let below = Query::select()
        .column(closure::Column::DescendantId)
        .from(closure::Entity)
        .and_where(closure::Column::AncestorId.eq(unit.id))
        .to_owned();
    let sees_drafts = sight.row_by_row().drafts.units(at);
    let shown = Condition::any().add(change::Column::Draft.eq(false)).add(sees_drafts.clone());
    let drafts = Alias::new("sees_drafts");
    let mut select = change::Entity::find()
        .filter(change::Column::OrganisationId.eq(unit.organisation_id))
        .filter(change::Column::Seq.gt(span.after))
        .filter(change::Column::Seq.lte(span.until))
        .filter(change::Column::NodeType.eq(NodeType::FollowUpReport))
        .filter(Expr::col(at).in_subquery(below))
        .filter(shown)
        .order_by_asc(change::Column::Seq)
        .limit(most)
        .into_query();
    select.expr_as(sees_drafts, drafts);
    let rows = connection.query_all(&select).await?;
    let is_full = u64::try_from(rows.len()).is_ok_and(|found| found == most);
    let mut found = Steps::default();
    for row in &rows {
        let change = change::Model::from_query_result(row, "")?;
        found.stopped_at = is_full.then_some(change.seq);
        let fields = serde_json::from_str::<Vec<FieldChange>>(&change.fields);
        let step = step(change.kind, &fields.map_err(Error::internal)?);
        let sees_drafts: bool = row.try_get("", "sees_drafts")?;
        if step.is_some_and(|to| sees_drafts || to == ReportStatus::Approved) {
            found.reports.push(change.node_id);
        }
    }
    Ok(found)
}

/// Where a change took a report, if it did.
fn step(kind: ChangeKind, fields: &[FieldChange]) -> Option<ReportStatus> {
    if kind == ChangeKind::Deleted {
        return None;
    }
    let status = fields.iter().find(|field| field.field == "status")?;
    ReportStatus::parse(status.after.as_deref()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_change_of_status_is_a_step() {
        let field = |name: &str, after: Option<&str>| FieldChange {
            field: name.to_owned(),
            before: None,
            after: after.map(str::to_owned),
        };
        let summary = field("summary", Some("APPROVED"));
        let status = field("status", Some("SUBMITTED"));
        for (kind, fields, to) in [
            (ChangeKind::Created, vec![field("status", Some("DRAFT"))], Some(ReportStatus::Draft)),
            (
                ChangeKind::Updated,
                vec![summary.clone(), status.clone()],
                Some(ReportStatus::Submitted),
            ),
            (ChangeKind::Updated, vec![summary], None),
            (ChangeKind::Updated, vec![], None),
            (ChangeKind::Deleted, vec![status], None),
        ] {
            assert_eq!(step(kind, &fields), to, "{kind:?} {fields:?}");
        }
    }
}
