//! Changes units, and moves them with all below them.

use chrono::{DateTime, Utc};
use entity::organisation::org_unit;

use super::{
    fields::{OrgUnitFields, fill, scope, set_refs},
    tree,
};
use crate::{
    access::{policy::Action, viewer::Viewer},
    db::Db,
    domain::{
        form::Form,
        indicators::guard::{self, Touched},
        problem::{Code, Problem},
        write::{Done, Edit, Write},
    },
    error::Result,
};

/// Changes a unit. To move it, the caller administers it and its new parent; what is below comes along.
///
/// # Errors
/// What is wrong with the input, or that the caller may not.
pub async fn update(
    db: &Db,
    viewer: &Viewer,
    now: DateTime<Utc>,
    id: &str,
    version: i32,
    fields: OrgUnitFields,
) -> Result<Done> {
    let mut write = db.write(viewer, now).await?;
    let before: org_unit::Model = write.find("id", id).await?;
    write.require(Action::Administer, before.id).await?;
    let mut after = before.clone();
    let mut form = Form::default();
    fill(&write, &mut form, &mut after, &fields).await?;
    set_parent(&write, &mut form, &mut after, &fields).await?;
    let sent = form.finish()?;
    let scope = scope(&before);
    let links = set_refs(&write, &scope, &before, fields.external_refs).await?;
    let after = write
        .update(&scope, &before, after, links.into_iter().collect(), &Edit { version, sent })
        .await?;
    if let Some(parent) = after.parent_id.filter(|_| after.parent_id != before.parent_id) {
        tree::transplant(&write, after.id, parent).await?;
        guard::refresh(&mut write, Touched::Organisation(before.organisation_id)).await?;
    }
    write.commit(vec![before.id]).await
}

async fn set_parent(
    write: &Write,
    form: &mut Form,
    row: &mut org_unit::Model,
    fields: &OrgUnitFields,
) -> Result<()> {
    let Some(parent) = &fields.parent else { return Ok(()) };
    form.note("parent");
    let parent: Option<org_unit::Model> = write.find_optional("parent", parent.as_deref()).await?;
    let wrong = match (&parent, row.parent_id) {
        (None, None) => return Ok(()),
        (None, Some(_)) => Some((
            "En enhet kan inte bli en egen organisation.",
            "A unit cannot become an organisation of its own.",
        )),
        (Some(_), None) => Some((
            "En organisation kan inte läggas under en annan enhet.",
            "An organisation cannot be put under another unit.",
        )),
        (Some(parent), Some(old)) if parent.id == old => return Ok(()),
        (Some(parent), Some(_)) if parent.organisation_id != row.organisation_id => Some((
            "Enheten hör till en annan organisation.",
            "That unit belongs to another organisation.",
        )),
        (Some(parent), Some(_)) if tree::is_at_or_below(write, parent.id, row.id).await? => {
            Some(("Det blir en cirkel.", "That would make a circle."))
        }
        (Some(_), Some(_)) => None,
    };
    match (wrong, parent) {
        (Some((sv, en)), _) => form.problem(Problem::new(Code::Invalid, sv, en).at("parent")),
        (None, Some(parent)) => {
            write.require(Action::Administer, parent.id).await?;
            row.parent_id = Some(parent.id);
        }
        (None, None) => {}
    }
    Ok(())
}
