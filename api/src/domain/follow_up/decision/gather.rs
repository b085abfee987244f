//! What readers see of a report that has just been approved.

use std::collections::HashMap;

use entity::{
    access::actor,
    follow_up::{report, report_decision},
    node_id,
    organisation::org_unit,
    planning::plan,
    sight::Sight,
    vocabulary::{NodeType, ReportStatus},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};
use uuid::Uuid;

use super::{
    content::{Approved, Approver, Content, FORMAT, Period, Plan, SubReport, Unit},
    reader_of, scorecard, subjects,
};
use crate::{
    domain::{
        follow_up::{
            calendar_event::due_days,
            report::{ReportKey, SUB_REPORTS, period_of},
        },
        listing::List,
        organisation::{cycle::Cycle, cycle_store, org_unit as units},
        write::{Scope, Write},
    },
    error::{Error, Result},
};

/// What readers of `place` see of a report: the same few statements however much is in it.
pub(super) async fn gather(
    write: &Write,
    scope: &Scope,
    report: &report::Model,
    place: Uuid,
) -> Result<Content> {
    let (connection, sight) = (write.connection(), reader_of(place));
    let period = period_of(report)?;
    let settings = cycle_store::settings(connection, &sight, &[scope.organisation_id]).await?;
    let settings = settings.get(&scope.organisation_id);
    let cycle = Cycle::of(period.year(), settings.map_or(&[], |settings| settings.as_slice()));
    let key = ReportKey { unit: report.org_unit_id, period };
    let own = due_days(connection, &sight, &[key]).await?.remove(&key);
    let due_on = own.or_else(|| Some(cycle.period(period.kind())?.due_on));
    let due_on = due_on.ok_or_else(|| Error::internal("a report of a month"))?;
    let unit = org_unit::Entity::find_by_id(report.org_unit_id).one(connection).await?;
    let unit = unit.ok_or_else(|| Error::internal("a report without unit"))?;
    let mut above = units::ancestors(connection, &sight, &[unit.id]).await?;
    let plan = plan::Entity::find_by_id(report.plan_id).one(connection).await?;
    let plan = plan.ok_or_else(|| Error::internal("a report without plan"))?;
    let by = actor::Entity::find_by_id(write.actor_id()).one(connection).await?;
    let by = by.ok_or_else(|| Error::internal("a write without actor"))?;
    let today = write.now().date_naive();
    Ok(Content {
        format: FORMAT,
        id: node_id::encode(NodeType::FollowUpReport, report.id),
        above: above.remove(&unit.id).unwrap_or_default().iter().map(named).collect(),
        org_unit: named(&unit),
        plan: Plan {
            id: node_id::encode(NodeType::Plan, plan.id),
            title: plan.title,
            year: plan.year,
            registry_number: plan.registry_number,
            decided_on: plan.decided_on,
            decided_by: plan.decided_by,
        },
        period: Period {
            year: period.year(),
            kind: period.kind(),
            label: period.label(&cycle),
            start: period.start(),
            end: period.end(&cycle),
        },
        due_on,
        summary: report.summary.clone(),
        internal_control_conclusion: report.internal_control_conclusion,
        approved: Approved { at: write.now(), by: Approver { subject: by.subject, name: by.name } },
        assessments: subjects::assessed(connection, &sight, report, today).await?,
        scorecard: scorecard::measured(connection, &sight, unit.id, period).await?,
        control_results: [],
        sub_reports: sub_reports(connection, &sight, report).await?,
    })
}

fn named(unit: &org_unit::Model) -> Unit {
    Unit {
        id: node_id::encode(NodeType::OrgUnit, unit.id),
        code: unit.code.clone(),
        name: unit.name.clone(),
        kind: unit.kind,
    }
}

/// The approved reports right below, by the units' names, with what they were decided as.
async fn sub_reports(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    report: &report::Model,
) -> Result<Vec<SubReport>> {
    let list = List::<report::Entity>::whole();
    let mut below = list.under(connection, sight, SUB_REPORTS, &[report.id]).await?;
    let part = below.remove(&report.id);
    let rows: HashMap<Uuid, Uuid> = (part.iter().flat_map(|part| &part.rows))
        .filter(|(_, row)| row.status == ReportStatus::Approved)
        .map(|(_, row)| (row.org_unit_id, row.id))
        .collect();
    let decisions = report_decision::Entity::find()
        .filter(report_decision::Column::ReportId.is_in(rows.values().copied()))
        .order_by_asc(report_decision::Column::Number)
        .all(connection)
        .await?;
    // The latest of each stays.
    let hashes: HashMap<Uuid, String> =
        decisions.into_iter().map(|row| (row.report_id, row.sha256)).collect();
    let mut units = units::children(connection, sight, &[report.org_unit_id]).await?;
    let units = units.remove(&report.org_unit_id).unwrap_or_default();
    let one = |unit: &org_unit::Model| {
        let sha256 = hashes.get(rows.get(&unit.id)?)?.clone();
        Some(SubReport { org_unit: named(unit), sha256 })
    };
    Ok(units.iter().filter_map(one).collect())
}
