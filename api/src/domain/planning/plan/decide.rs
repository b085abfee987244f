//! Takes plans through their life: decided by the board, and closed when their year is over.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{planning::plan, vocabulary::PlanStatus};

use super::{super::scope, write::fill_decision};
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        form::{CODE, Form, Sent},
        problem::{Code, Problem},
        write::{Done, Edit, Scope},
    },
    error::Result,
};

/// A board's decision.
#[derive(Clone, Debug)]
pub struct Decision {
    /// When it was made.
    pub decided_on: NaiveDate,
    /// By whom.
    pub decided_by: String,
    /// Under which registry number.
    pub registry_number: Sent<String>,
}

/// Records that a draft has been decided; from now on readers see it.
///
/// # Errors
/// [`Code::NotAllowedInState`] unless it is a draft; what is wrong with the input, or that the caller may not.
pub async fn decide(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    decision: Decision,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: plan::Model = write.find("id", id).await?;
    write.require(Action::Plan, before.org_unit_id).await?;
    if before.status != PlanStatus::Draft {
        return Err(not_in(before.status).at("id").into());
    }
    let mut after = before.clone();
    let mut form = Form::default();
    let Decision { decided_on, decided_by, registry_number } = decision;
    fill_decision(&mut form, &mut after, Some(Some(decided_on)), Some(Some(decided_by)));
    form.mark("registryNumber", &mut after.registry_number, registry_number, CODE);
    form.note("status");
    after.status = PlanStatus::Decided;
    let edit = Edit { version, sent: form.finish()? };
    // The decision itself is no draft: readers see it in the plan's history.
    let scope = Scope { draft: false, ..scope::of_plan(&write, &before).await? };
    write.update(&scope, &before, after, Vec::new(), &edit).await?;
    write.commit(vec![before.id]).await
}

/// Closes a decided plan: from now on nothing in it changes.
///
/// # Errors
/// [`Code::NotAllowedInState`] unless it is decided; that the caller may not.
pub async fn close(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: plan::Model = write.find("id", id).await?;
    write.require(Action::Plan, before.org_unit_id).await?;
    if before.status != PlanStatus::Decided {
        return Err(not_in(before.status).at("id").into());
    }
    let after = plan::Model { status: PlanStatus::Closed, ..before.clone() };
    let scope = scope::of_plan(&write, &before).await?;
    let edit = Edit { version, sent: vec!["status"] };
    write.update(&scope, &before, after, Vec::new(), &edit).await?;
    write.commit(vec![before.id]).await
}

/// What is asked cannot be done in the state that the plan is in.
pub(super) fn not_in(status: PlanStatus) -> Problem {
    let (sv, en) = match status {
        PlanStatus::Draft => ("Planen är ett utkast.", "The plan is a draft."),
        PlanStatus::Decided => ("Planen är beslutad.", "The plan is decided."),
        PlanStatus::Closed => ("Planen är avslutad.", "The plan is closed."),
    };
    Problem::new(Code::NotAllowedInState, sv, en)
}
