//! Writes what a report says of one thing in the plan.

use chrono::{DateTime, Utc};
use entity::{
    follow_up::{assessment, report},
    indicators::indicator,
    node_id,
    planning::{activity, assignment, focus_area, goal},
    tracked::Visible as _,
    vocabulary::{NodeType, ProgressStatus, Verdict},
};
use sea_orm::{ColumnTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        follow_up::report::{lock::refuse_locked, scope},
        form::{Form, Sent, TEXT, written},
        indicators::indicator::is_in_plan,
        planning::basis,
        problem::{Code, Problem},
        write::{Done, Edit, Write},
    },
    error::Result,
};

/// What a caller sends of an assessment.
#[derive(Clone, Debug, Default)]
pub struct AssessmentFields {
    /// What somebody judges.
    pub verdict: Sent<Verdict>,
    /// How far an assignment or activity has come.
    pub progress: Sent<ProgressStatus>,
    /// What has been done.
    pub comment: Sent<String>,
    /// What stands in the way.
    pub obstacles: Sent<String>,
    /// What comes next.
    pub next_steps: Sent<String>,
}

/// The version of an assessment in which nobody has said anything yet.
const UNTOUCHED: i32 = 1;

/// Writes what a report says of one thing. Who has read no version has read that nothing was said.
///
/// # Errors
/// What is wrong with the input, that the report is locked, or that the caller may not.
pub async fn assess(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    report: &str,
    subject: &str,
    version: Option<i32>,
    fields: AssessmentFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let report: report::Model = write.find("report", report).await?;
    write.require(Action::Report, report.org_unit_id).await?;
    refuse_locked(report.status).map_err(|problem| problem.at("report"))?;
    let (node, subject) = find_subject(&write, &report, subject).await?;
    let id = assess_in(&mut write, &report, (node, subject), version, fields).await?;
    write.commit(vec![id]).await
}

/// Writes what an open report says of something in its plan: the assessment's key.
///
/// # Errors
/// What is wrong with the input.
pub async fn assess_in(
    write: &mut Write,
    report: &report::Model,
    (node, subject): (NodeType, Uuid),
    version: Option<i32>,
    fields: AssessmentFields,
) -> Result<Uuid> {
    let scope = scope(write, report).await?;
    let before = match of_subject(write, report.id, node, subject).await? {
        Some(before) => before,
        None => write.insert(&scope, blank(write, report.id, node, subject)).await?,
    };
    let mut after = before.clone();
    let sent = fill(&mut after, node, fields)?;
    let edit = Edit { version: version.unwrap_or(UNTOUCHED), sent };
    write.update(&scope, &before, after, Vec::new(), &edit).await?;
    Ok(before.id)
}

fn fill(
    row: &mut assessment::Model,
    node: NodeType,
    fields: AssessmentFields,
) -> Result<Vec<&'static str>> {
    let AssessmentFields { verdict, progress, comment, obstacles, next_steps } = fields;
    let mut form = Form::default();
    form.optional("verdict", &mut row.verdict, verdict);
    if row.verdict.is_some() && !takes_verdict(node) {
        form.problem(
            Problem::new(
                Code::Invalid,
                "Bedöms inte: bedömning ges om fokusområden, mål och uppdrag.",
                "Is not judged: focus areas, goals and assignments are.",
            )
            .at("verdict"),
        );
    }
    form.optional("progress", &mut row.progress, progress);
    if row.progress.is_some() && !takes_progress(node) {
        form.problem(
            Problem::new(
                Code::Invalid,
                "Finns bara för uppdrag och aktiviteter.",
                "Only for assignments and activities.",
            )
            .at("progress"),
        );
    }
    form.text("comment", &mut row.comment, written(comment), TEXT);
    form.text("obstacles", &mut row.obstacles, written(obstacles), TEXT);
    form.text("nextSteps", &mut row.next_steps, written(next_steps), TEXT);
    form.finish()
}

/// Whether somebody judges such a thing.
#[must_use]
pub const fn takes_verdict(node: NodeType) -> bool {
    matches!(node, NodeType::FocusArea | NodeType::Goal | NodeType::Assignment)
}

const fn takes_progress(node: NodeType) -> bool {
    matches!(node, NodeType::Assignment | NodeType::Activity)
}

/// Something in the report's plan that the caller sees.
async fn find_subject(write: &Write, report: &report::Model, id: &str) -> Result<(NodeType, Uuid)> {
    let (node, key) = node_id::decode(id).ok_or_else(no_subject)?;
    let field = "subject";
    let belongs = match node {
        NodeType::FocusArea => {
            let row: focus_area::Model = write.find_key(field, key).await?;
            basis::works_with(write, report.plan_id, &row).await?
        }
        NodeType::Goal => {
            write.find_key::<goal::Model>(field, key).await?.plan_id == report.plan_id
        }
        NodeType::Assignment => {
            write.find_key::<assignment::Model>(field, key).await?.plan_id == report.plan_id
        }
        NodeType::Activity => {
            write.find_key::<activity::Model>(field, key).await?.plan_id == report.plan_id
        }
        NodeType::Indicator => {
            let row: indicator::Model = write.find_key(field, key).await?;
            row.frequency.kinds().contains(&report.kind)
                && is_in_plan(write.connection(), row.id, report.plan_id).await?
        }
        _ => return Err(no_subject().into()),
    };
    if belongs { Ok((node, key)) } else { Err(basis::not_of_plan(field).into()) }
}

fn no_subject() -> Problem {
    Problem::new(
        Code::Invalid,
        "Bara fokusområden, mål, uppdrag, aktiviteter och indikatorer följs upp.",
        "Only focus areas, goals, assignments, activities and indicators are followed up.",
    )
    .at("subject")
}

async fn of_subject(
    write: &Write,
    report: Uuid,
    node: NodeType,
    subject: Uuid,
) -> Result<Option<assessment::Model>> {
    use assessment::Column;
    let column = super::column_of(node).ok_or_else(no_subject)?;
    Ok(assessment::Entity::find_visible(write.sight()?)
        .filter(Column::ReportId.eq(report))
        .filter(column.eq(subject))
        .one(write.connection())
        .await?)
}

/// An assessment in which nobody has said anything yet.
#[must_use]
pub fn blank(write: &Write, report: Uuid, node: NodeType, subject: Uuid) -> assessment::Model {
    let of = |wanted: NodeType| (node == wanted).then_some(subject);
    assessment::Model {
        id: Uuid::now_v7(),
        report_id: report,
        focus_area_id: of(NodeType::FocusArea),
        goal_id: of(NodeType::Goal),
        assignment_id: of(NodeType::Assignment),
        activity_id: of(NodeType::Activity),
        indicator_id: of(NodeType::Indicator),
        verdict: None,
        progress: None,
        comment: None,
        obstacles: None,
        next_steps: None,
        version: 0,
        created_at: write.now(),
        updated_at: write.now(),
        updated_by: write.actor_id(),
    }
}
