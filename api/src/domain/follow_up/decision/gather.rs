//! What readers see of a report that has just been approved.

use std::collections::HashMap;

use entity::{
    follow_up::{report, report_decision, report_event},
    node_id,
    organisation::org_unit,
    planning::plan,
    sight::Sight,
    vocabulary::{NodeType, ReportStatus},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{
    budgets,
    content::{Approved, Content, FORMAT, Period, Person, Plan, SubReport, Submitted, Unit},
    decider_of, reader_of, scorecard, subjects,
};
use crate::{
    domain::{
        fetch::{self, among},
        follow_up::{
            calendar_event::{due_days, due_on},
            report::{ReportKey, period_of, sub_reports as below},
        },
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
    let figures = decider_of(report.org_unit_id);
    // Of budgets below only what is published: items have names, and what is said of them words.
    let public = reader_of(report.org_unit_id);
    let period = period_of(report)?;
    let settings = cycle_store::settings(connection, &sight, &[scope.organisation_id]).await?;
    let settings = settings.get(&scope.organisation_id);
    let cycle = Cycle::of(period.year(), settings.map_or(&[], |settings| settings.as_slice()));
    let key = ReportKey { unit: report.org_unit_id, period };
    let own = due_days(connection, &sight, &[key]).await?.remove(&key);
    let unit = org_unit::Entity::find_by_id(report.org_unit_id).one(connection).await?;
    let unit = unit.ok_or_else(|| Error::internal("a report without unit"))?;
    let mut above = units::ancestors(connection, &sight, &[unit.id]).await?;
    let plan = plan::Entity::find_by_id(report.plan_id).one(connection).await?;
    let plan = plan.ok_or_else(|| Error::internal("a report without plan"))?;
    let submitted = last_submitted(connection, report.id).await?;
    let actors = fetch::actors(connection, &[submitted.actor_id, write.actor_id()]).await?;
    let person = |id: Uuid| {
        let actor = actors.get(&id).ok_or_else(|| Error::internal("a step without actor"))?;
        Ok::<_, Error>(Person { subject: actor.subject.clone(), name: actor.name.clone() })
    };
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
        due_on: due_on(own, &cycle, period)?,
        summary: report.summary.clone(),
        internal_control_conclusion: report.internal_control_conclusion,
        submitted: Submitted {
            at: submitted.at,
            by: person(submitted.actor_id)?,
            reason: submitted.reason,
        },
        approved: Approved { at: write.now(), by: person(write.actor_id())? },
        assessments: subjects::assessed(connection, &sight, &figures, report, today).await?,
        scorecard: scorecard::measured(connection, &figures, unit.id, period).await?,
        economy: budgets::economy(connection, &public, report, period).await?,
        investments: budgets::investments(connection, &public, report, period).await?,
        control_results: [],
        sub_reports: sub_reports(connection, &sight, report, place == scope.organisation_id)
            .await?,
    })
}

/// The step by which the report was handed in.
async fn last_submitted(
    connection: &impl ConnectionTrait,
    report: Uuid,
) -> Result<report_event::Model> {
    use report_event::Column;
    let last = report_event::Entity::find()
        .filter(Column::ReportId.eq(report))
        .filter(Column::ToStatus.eq(ReportStatus::Submitted))
        .order_by_desc(Column::Number)
        .one(connection)
        .await?;
    last.ok_or_else(|| Error::internal("an approved report that was never handed in"))
}

pub(super) fn named(unit: &org_unit::Model) -> Unit {
    Unit {
        id: node_id::encode(NodeType::OrgUnit, unit.id),
        code: unit.code.clone(),
        name: unit.name.clone(),
        kind: unit.kind,
    }
}

/// The approved reports right below, by the units' names, with the hashes of what their readers, or those
/// of the whole organisation, see.
async fn sub_reports(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    report: &report::Model,
    is_whole: bool,
) -> Result<Vec<SubReport>> {
    let below = below(connection, sight, report).await?;
    let approved: Vec<(org_unit::Model, Uuid)> = (below.into_iter())
        .filter(|(_, row)| row.status == ReportStatus::Approved)
        .map(|(unit, row)| (unit, row.id))
        .collect();
    let decisions = report_decision::Entity::find()
        .filter(among(
            connection.get_database_backend(),
            Expr::col((report_decision::Entity, report_decision::Column::ReportId)),
            approved.iter().map(|(_, id)| *id),
        ))
        .order_by_asc(report_decision::Column::Number)
        .all(connection)
        .await?;
    // The latest of each stays.
    let hash = |row: report_decision::Model| {
        let whole = row.whole_sha256.filter(|_| is_whole);
        (row.report_id, whole.unwrap_or(row.sha256))
    };
    let hashes: HashMap<Uuid, String> = decisions.into_iter().map(hash).collect();
    let one = |(unit, id): &(org_unit::Model, Uuid)| {
        Some(SubReport { org_unit: named(unit), sha256: hashes.get(id)?.clone() })
    };
    Ok(approved.iter().filter_map(one).collect())
}
