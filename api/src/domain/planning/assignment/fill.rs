//! Checks what a caller sends of an assignment.

use chrono::NaiveDate;
use entity::{
    planning::{assignment, focus_area, goal},
    vocabulary::ProgressStatus,
};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::super::{basis, responsibility::Responsible};
use crate::{
    domain::{
        access::external_ref::ExternalId,
        form::{CODE, Form, NAME, Sent, TEXT},
        problem::{Code, Problem},
        write::Write,
    },
    error::Result,
};

/// What a caller sends of an assignment.
#[derive(Clone, Debug, Default)]
pub struct AssignmentFields {
    /// The focus area, for one that is right under it.
    pub focus_area: Sent<String>,
    /// The goal.
    pub goal: Sent<String>,
    /// The assignment that it is a part of.
    pub parent: Sent<String>,
    /// The number.
    pub number: Sent<String>,
    /// The name.
    pub name: Sent<String>,
    /// The description.
    pub description: Sent<String>,
    /// Who answers for it.
    pub responsible: Sent<Vec<Responsible>>,
    /// Whether subordinate units break it down into activities.
    pub cascades: Sent<bool>,
    /// Its first day.
    pub starts_on: Sent<NaiveDate>,
    /// Its last day.
    pub ends_on: Sent<NaiveDate>,
    /// How far it has come.
    pub status: Sent<ProgressStatus>,
    /// The indicators that tell whether it works.
    pub indicators: Sent<Vec<String>>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

/// Fills a row from what was sent.
///
/// # Errors
/// Everything that is wrong with it.
pub async fn fill(
    write: &Write,
    row: &mut assignment::Model,
    fields: &AssignmentFields,
) -> Result<Vec<&'static str>> {
    let mut form = Form::default();
    form.mark("number", &mut row.number, fields.number.clone(), CODE);
    form.name("name", &mut row.name, fields.name.clone(), NAME);
    form.text("description", &mut row.description, fields.description.clone(), TEXT);
    form.optional("cascades", &mut row.cascades, fields.cascades);
    form.optional("startsOn", &mut row.starts_on, fields.starts_on);
    form.optional("endsOn", &mut row.ends_on, fields.ends_on);
    form.span("endsOn", row.starts_on, row.ends_on);
    form.set("status", &mut row.status, fields.status);
    place(write, &mut form, row, fields).await?;
    if let Some(parent) = &fields.parent {
        form.note("parent");
        let parent: Option<assignment::Model> =
            write.find_optional("parent", parent.as_deref()).await?;
        if let Some(parent) = &parent {
            if !basis::is_based_on(write, row.plan_id, parent.plan_id).await? {
                form.problem(basis::not_of_plan("parent"));
            }
            if is_at_or_below(write, row.id, parent.clone()).await? {
                form.problem(basis::circle("parent"));
            }
        }
        row.parent_id = parent.map(|parent| parent.id);
    }
    for (field, sent) in [
        ("responsible", fields.responsible.is_some()),
        ("indicators", fields.indicators.is_some()),
        ("externalRefs", fields.external_refs.is_some()),
    ] {
        if sent {
            form.note(field);
        }
    }
    form.finish()
}

/// Puts it under a goal of the same plan, or under a focus area that the plan works with.
async fn place(
    write: &Write,
    form: &mut Form,
    row: &mut assignment::Model,
    fields: &AssignmentFields,
) -> Result<()> {
    if let Some(goal) = &fields.goal {
        form.note("goal");
        let goal: Option<goal::Model> = write.find_optional("goal", goal.as_deref()).await?;
        if goal.as_ref().is_some_and(|goal| goal.plan_id != row.plan_id) {
            form.problem(
                Problem::new(
                    Code::Invalid,
                    "Målet hör till en annan plan.",
                    "The goal belongs to another plan.",
                )
                .at("goal"),
            );
        }
        row.goal_id = goal.map(|goal| goal.id);
    }
    if let Some(focus_area) = &fields.focus_area {
        form.note("focusArea");
        let focus_area: Option<focus_area::Model> =
            write.find_optional("focusArea", focus_area.as_deref()).await?;
        if let Some(focus_area) = &focus_area
            && !basis::works_with(write, row.plan_id, focus_area).await?
        {
            form.problem(basis::not_of_plan("focusArea"));
        }
        row.focus_area_id = focus_area.map(|focus_area| focus_area.id);
    }
    let Some(goal) = row.goal_id else { return Ok(()) };
    let goal = goal::Entity::find_by_id(goal).one(write.connection()).await?;
    let Some(of_goal) = goal.and_then(|goal| goal.focus_area_id) else { return Ok(()) };
    if matches!(fields.focus_area, Some(Some(_))) && row.focus_area_id != Some(of_goal) {
        form.problem(
            Problem::new(
                Code::Invalid,
                "Målet hör till ett annat fokusområde.",
                "The goal is under another focus area.",
            )
            .at("focusArea"),
        );
    }
    // The goal says it, also when the goal moves.
    if row.focus_area_id.is_some() {
        form.note("focusArea");
    }
    row.focus_area_id = None;
    Ok(())
}

/// Whether `assignment` is the one with that id, or a part of it.
async fn is_at_or_below(
    write: &Write,
    id: Uuid,
    mut assignment: assignment::Model,
) -> Result<bool> {
    loop {
        if assignment.id == id {
            return Ok(true);
        }
        let Some(parent) = assignment.parent_id else { return Ok(false) };
        match assignment::Entity::find_by_id(parent).one(write.connection()).await? {
            Some(parent) => assignment = parent,
            None => return Ok(false),
        }
    }
}
