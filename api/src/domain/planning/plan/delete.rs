//! Removes drafts of plans, with everything in them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    access::change,
    follow_up::calendar_event,
    indicators::{assignment_indicator, goal_indicator, target},
    planning::{
        activity, activity_goal, assignment, focus_area, goal, governing_document, plan,
        plan_section,
    },
    tracked::{Shown as _, Tracked, Visible},
    vocabulary::{ChangeKind, PlanStatus},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, sea_query::SelectStatement,
};
use uuid::Uuid;

use super::{
    super::basis, super::responsibility, super::scope, decide::not_in, reach,
    undecided::refuse_budgets,
};
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        access::external_ref,
        problem::{Code, Problem},
        write::{Done, FieldChange, Scope, Write},
    },
    error::{Error, Result},
};

/// Removes a draft: its chapters, documents, focus areas, goals, assignments and activities, the targets that were set
/// with it, and the deadlines that were proposed with it and that nobody has changed. Every one of them is logged.
///
/// # Errors
/// [`Code::NotAllowedInState`] unless it is a draft, [`Code::InUse`] while other plans answer it, or budgets were made with
/// it.
pub async fn delete(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let row: plan::Model = write.find("id", id).await?;
    write.require(Action::Plan, row.org_unit_id).await?;
    if row.status != PlanStatus::Draft {
        return Err(not_in(row.status).at("id").into());
    }
    // Only plans that answer this one can hang anything under what is in it.
    let answers = plan::Entity::find()
        .filter(plan::Column::BasedOnId.eq(row.id))
        .count(write.connection())
        .await?;
    if answers > 0 {
        return Err(Problem::new(
            Code::InUse,
            "Andra planer svarar mot planen; låt dem utgå från en annan först.",
            "Other plans are based on this one; base them on another first.",
        )
        .at("id")
        .into());
    }
    refuse_budgets(&write, &row).await?;
    let scope = scope::of_plan(&write, &row).await?;
    clear_links(&write, row.id).await?;
    clear_content(&mut write, &scope, &row).await?;
    basis::forget(&write, row.id).await?;
    external_ref::forget(&write, &[row.id]).await?;
    write.delete(&scope, &row, version).await?;
    write.commit(vec![row.id]).await
}

async fn clear_links(write: &Write, plan: Uuid) -> Result<()> {
    let connection = write.connection();
    let goals = keys::<goal::Entity>(goal::Column::PlanId.eq(plan));
    let assignments = keys::<assignment::Entity>(assignment::Column::PlanId.eq(plan));
    let activities = keys::<activity::Entity>(activity::Column::PlanId.eq(plan));
    activity_goal::Entity::delete_many()
        .filter(activity_goal::Column::ActivityId.in_subquery(activities.clone()))
        .exec(connection)
        .await?;
    goal_indicator::Entity::delete_many()
        .filter(goal_indicator::Column::GoalId.in_subquery(goals))
        .exec(connection)
        .await?;
    assignment_indicator::Entity::delete_many()
        .filter(assignment_indicator::Column::AssignmentId.in_subquery(assignments.clone()))
        .exec(connection)
        .await?;
    responsibility::clear(write, assignments, activities).await
}

/// What hangs under something goes before what it hangs under.
async fn clear_content(write: &mut Write, scope: &Scope, plan: &plan::Model) -> Result<()> {
    let id = plan.id;
    clear::<activity::Model>(write, scope, activity::Column::PlanId.eq(id)).await?;
    clear::<assignment::Model>(write, scope, assignment::Column::PlanId.eq(id)).await?;
    clear::<goal::Model>(write, scope, goal::Column::PlanId.eq(id)).await?;
    clear::<focus_area::Model>(write, scope, focus_area::Column::PlanId.eq(id)).await?;
    let documents = governing_document::Column::PlanId.eq(id);
    clear::<governing_document::Model>(write, scope, documents).await?;
    clear::<plan_section::Model>(write, scope, plan_section::Column::PlanId.eq(id)).await?;
    // What it proposed and nobody has changed still names it.
    clear::<calendar_event::Model>(write, scope, calendar_event::Column::PlanId.eq(id)).await?;
    clear_targets(write, scope, plan).await
}

/// Targets that were set since the draft was begun would be published without it. Those from before it stay.
async fn clear_targets(write: &mut Write, scope: &Scope, plan: &plan::Model) -> Result<()> {
    let units = reach::units(plan.org_unit_id, &[plan.year]);
    let targets = target::Entity::find()
        .filter(target::Column::Year.eq(plan.year))
        .filter(target::Column::OrgUnitId.in_subquery(units))
        .all(write.connection())
        .await?;
    let begun = made_at(write, &[plan.id]).await?.get(&plan.id).copied();
    for some in targets.chunks(500) {
        let ids: Vec<Uuid> = some.iter().map(|target| target.id).collect();
        let made = made_at(write, &ids).await?;
        let (since, older): (Vec<&target::Model>, Vec<&target::Model>) =
            some.iter().partition(|target| made.get(&target.id).copied() > begun);
        refuse_undecided(write, &older, begun).await?;
        target::Entity::delete_many()
            .filter(target::Column::Id.is_in(since.iter().map(|target| target.id)))
            .exec(write.connection())
            .await?;
        for target in &since {
            let scope = Scope { org_unit_id: target.org_unit_id, ..*scope };
            log(write, &scope, *target)?;
        }
        let ids: Vec<Uuid> = since.iter().map(|target| target.id).collect();
        external_ref::forget(write, &ids).await?;
    }
    Ok(())
}

/// A target from before the draft that was changed with it would show a value that nobody decided.
async fn refuse_undecided(
    write: &Write,
    targets: &[&target::Model],
    begun: Option<i64>,
) -> Result<()> {
    let changes = change::Entity::find()
        .filter(change::Column::NodeId.is_in(targets.iter().map(|target| target.id)))
        .filter(change::Column::Kind.eq(ChangeKind::Updated))
        .filter(change::Column::Draft.eq(true))
        .filter(change::Column::Seq.gt(begun.unwrap_or_default()))
        .order_by_desc(change::Column::Seq)
        .all(write.connection())
        .await?;
    let mut decided: HashMap<Uuid, Option<String>> = HashMap::new();
    // The earliest change comes last, and has the value that was there before the draft.
    for change in changes {
        let fields: Vec<FieldChange> =
            serde_json::from_str(&change.fields).map_err(Error::internal)?;
        decided.extend(
            fields
                .into_iter()
                .filter(|field| field.field == "value")
                .map(|field| (change.node_id, field.before)),
        );
    }
    let differs = |target: &&&target::Model| {
        decided.get(&target.id).is_some_and(|before| *before != target.value.shown())
    };
    match targets.iter().find(differs) {
        None => Ok(()),
        Some(_) => Err(Problem::new(
            Code::InUse,
            "Målvärden som fanns före utkastet har ändrats med det; ställ tillbaka dem först.",
            "Targets from before the draft were changed with it; set them back first.",
        )
        .at("id")
        .into()),
    }
}

/// The places in the log at which nodes were made.
async fn made_at(write: &Write, nodes: &[Uuid]) -> Result<HashMap<Uuid, i64>> {
    let made: Vec<(Uuid, i64)> = change::Entity::find()
        .select_only()
        .column(change::Column::NodeId)
        .column(change::Column::Seq)
        .filter(change::Column::NodeId.is_in(nodes.iter().copied()))
        .filter(change::Column::Kind.eq(ChangeKind::Created))
        .into_tuple()
        .all(write.connection())
        .await?;
    Ok(made.into_iter().collect())
}

async fn clear<M: Tracked>(
    write: &mut Write,
    scope: &Scope,
    which: impl Into<Condition>,
) -> Result<()> {
    let which = which.into();
    let rows = M::Entity::find().filter(which.clone()).all(write.connection()).await?;
    if rows.is_empty() {
        return Ok(());
    }
    // All in one statement: some of them may hang under others.
    M::Entity::delete_many().filter(which).exec(write.connection()).await?;
    for row in &rows {
        log(write, scope, row)?;
    }
    forget(write, &rows).await
}

async fn forget<M: Tracked>(write: &Write, rows: &[M]) -> Result<()> {
    for some in rows.chunks(5_000) {
        let ids: Vec<Uuid> = some.iter().map(|row| row.id()).collect();
        external_ref::forget(write, &ids).await?;
    }
    Ok(())
}

fn log<M: Tracked>(write: &mut Write, scope: &Scope, row: &M) -> Result<()> {
    let fields = row
        .values()
        .into_iter()
        .filter(|(_, before)| before.is_some())
        .map(|(field, before)| FieldChange { field: field.to_owned(), before, after: None })
        .collect();
    let node = <M::Entity as Visible>::NODE;
    write.log_node(scope, node, row.id(), row.version(), ChangeKind::Deleted, fields)
}

fn keys<E: Visible>(which: impl sea_orm::sea_query::IntoCondition) -> SelectStatement {
    E::find().select_only().column(E::id_column()).filter(which).into_query()
}
