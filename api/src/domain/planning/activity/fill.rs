//! Checks what a caller sends of an activity.

use chrono::NaiveDate;
use entity::{
    organisation::{org_unit, org_unit_closure},
    planning::{activity, assignment, plan},
    vocabulary::{ActivityKind, CompetenceCategory, ProgressStatus},
};
use sea_orm::EntityTrait as _;

use super::super::{basis, responsibility::Responsible};
use crate::{
    domain::{
        access::external_ref::ExternalId,
        form::{Form, NAME, Sent, TEXT, required},
        problem::{Code, Problem},
        write::Write,
    },
    error::Result,
};

/// What a caller sends of an activity.
#[derive(Clone, Debug, Default)]
pub struct ActivityFields {
    /// The unit that does it.
    pub org_unit: Sent<String>,
    /// What sort.
    pub kind: Sent<ActivityKind>,
    /// The assignment.
    pub assignment: Sent<String>,
    /// The goals that it serves.
    pub goals: Sent<Vec<String>>,
    /// The name.
    pub name: Sent<String>,
    /// The description.
    pub description: Sent<String>,
    /// Who answers for it.
    pub responsible: Sent<Vec<Responsible>>,
    /// Its first day.
    pub starts_on: Sent<NaiveDate>,
    /// The day on which it is due.
    pub due_on: Sent<NaiveDate>,
    /// How far it has come.
    pub status: Sent<ProgressStatus>,
    /// How much is done, in per cent.
    pub percent_done: Sent<i32>,
    /// What it does about competence.
    pub competence_category: Sent<CompetenceCategory>,
    /// What came of it.
    pub follow_up_comment: Sent<String>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

/// Fills a row from what was sent.
///
/// # Errors
/// Everything that is wrong with it.
pub async fn fill(
    write: &Write,
    plan: &plan::Model,
    row: &mut activity::Model,
    fields: &ActivityFields,
) -> Result<Vec<&'static str>> {
    let mut form = Form::default();
    form.set("kind", &mut row.kind, fields.kind);
    form.name("name", &mut row.name, fields.name.clone(), NAME);
    form.text("description", &mut row.description, fields.description.clone(), TEXT);
    form.optional("startsOn", &mut row.starts_on, fields.starts_on);
    form.optional("dueOn", &mut row.due_on, fields.due_on);
    form.span("dueOn", row.starts_on, row.due_on);
    form.set("status", &mut row.status, fields.status);
    form.optional("percentDone", &mut row.percent_done, fields.percent_done);
    if row.percent_done.is_some_and(|percent| !(0..=100).contains(&percent)) {
        form.problem(
            Problem::new(Code::Invalid, "Måste vara 0–100.", "Must be from 0 to 100.")
                .at("percentDone"),
        );
    }
    form.optional("competenceCategory", &mut row.competence_category, fields.competence_category);
    if row.competence_category.is_some() && row.kind != ActivityKind::Competence {
        form.problem(
            Problem::new(
                Code::Invalid,
                "Finns bara i kompetensförsörjningsplanen (COMPETENCE).",
                "Only for the competence plan (COMPETENCE).",
            )
            .at("competenceCategory"),
        );
    }
    let comment = fields.follow_up_comment.clone();
    form.text("followUpComment", &mut row.follow_up_comment, comment, TEXT);
    set_unit(write, &mut form, plan, row, fields).await?;
    if let Some(assignment) = &fields.assignment {
        form.note("assignment");
        let assignment: Option<assignment::Model> =
            write.find_optional("assignment", assignment.as_deref()).await?;
        if let Some(assignment) = &assignment
            && !basis::is_based_on(write, plan.id, assignment.plan_id).await?
        {
            form.problem(basis::not_of_plan("assignment"));
        }
        row.assignment_id = assignment.map(|assignment| assignment.id);
    }
    for (field, sent) in [
        ("goals", fields.goals.is_some()),
        ("responsible", fields.responsible.is_some()),
        ("externalRefs", fields.external_refs.is_some()),
    ] {
        if sent {
            form.note(field);
        }
    }
    form.finish()
}

/// It is done by the plan's unit or one below it.
async fn set_unit(
    write: &Write,
    form: &mut Form,
    plan: &plan::Model,
    row: &mut activity::Model,
    fields: &ActivityFields,
) -> Result<()> {
    let Some(unit) = &fields.org_unit else { return Ok(()) };
    form.note("orgUnit");
    let Some(unit) = unit else {
        form.problem(required("orgUnit"));
        return Ok(());
    };
    let unit: org_unit::Model = write.find("orgUnit", unit).await?;
    let below = org_unit_closure::Entity::find_by_id((plan.org_unit_id, unit.id))
        .one(write.connection())
        .await?;
    if below.is_none() {
        form.problem(
            Problem::new(
                Code::Invalid,
                "Enheten är varken planens egen eller en under den.",
                "The unit is neither the plan's own nor one below it.",
            )
            .at("orgUnit"),
        );
    }
    row.org_unit_id = unit.id;
    Ok(())
}
