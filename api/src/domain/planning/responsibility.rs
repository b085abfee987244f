//! Who answers for an assignment or activity, who reports it and who helps (ansvarig, rapporterar, stödjer).

use std::collections::{HashMap, HashSet};

use entity::{
    node_id,
    organisation::org_unit,
    planning::responsibility,
    tracked::Visible as _,
    vocabulary::{NodeType, ResponsibilityKind},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, sea_query::SelectStatement,
};
use uuid::Uuid;

use crate::{
    domain::{
        form::{NAME, check_text, required},
        problem::{Code, Problem},
        reference::key_of,
        write::{FieldChange, Scope, Write},
    },
    error::{Error, Result},
};

/// The most that one assignment or activity may have.
const MOST: usize = 100;
const FIELD: &str = "responsible";

/// A function, a unit or both.
#[derive(Clone, Debug)]
pub struct Responsible {
    /// Answers, reports or helps.
    pub kind: ResponsibilityKind,
    /// The function, never a personal name.
    pub function: Option<String>,
    /// The unit.
    pub org_unit: Option<String>,
}

/// What somebody answers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// An assignment.
    Assignment(Uuid),
    /// An activity.
    Activity(Uuid),
}

impl Owner {
    const fn column(self) -> responsibility::Column {
        match self {
            Self::Assignment(_) => responsibility::Column::AssignmentId,
            Self::Activity(_) => responsibility::Column::ActivityId,
        }
    }

    const fn key(self) -> Uuid {
        match self {
            Self::Assignment(id) | Self::Activity(id) => id,
        }
    }
}

/// Who answers for each of these, in order: one statement for assignments and one for activities. The owners are such
/// as the viewer has been shown.
///
/// # Errors
/// Whatever the database says.
pub async fn of_owners(
    connection: &impl ConnectionTrait,
    owners: &[Owner],
) -> Result<HashMap<Owner, Vec<responsibility::Model>>> {
    let mut found: HashMap<Owner, Vec<responsibility::Model>> = HashMap::new();
    let (assignments, activities): (Vec<Owner>, Vec<Owner>) =
        owners.iter().partition(|owner| matches!(owner, Owner::Assignment(_)));
    for (column, owners) in [
        (responsibility::Column::AssignmentId, assignments),
        (responsibility::Column::ActivityId, activities),
    ] {
        for some in owners.chunks(5_000) {
            let rows = responsibility::Entity::find()
                .filter(column.is_in(some.iter().map(|owner| owner.key())))
                .order_by_asc(responsibility::Column::Position)
                .order_by_asc(responsibility::Column::Id)
                .all(connection)
                .await?;
            for row in rows {
                let owner = match (row.assignment_id, row.activity_id) {
                    (Some(id), _) => Owner::Assignment(id),
                    (None, Some(id)) => Owner::Activity(id),
                    (None, None) => continue,
                };
                found.entry(owner).or_default().push(row);
            }
        }
    }
    Ok(found)
}

/// Makes these the ones who answer for `owner`, and says what that changed.
///
/// # Errors
/// A problem for each that names neither function nor unit, or a unit that is not the caller's to see.
pub async fn replace(
    write: &Write,
    scope: &Scope,
    owner: Owner,
    responsible: Vec<Responsible>,
) -> Result<Option<FieldChange>> {
    let rows = check(write, scope, owner, responsible).await?;
    let before = of_owners(write.connection(), &[owner]).await?.remove(&owner).unwrap_or_default();
    let change =
        FieldChange { field: FIELD.to_owned(), before: shown(&before), after: shown(&rows) };
    if change.before == change.after {
        return Ok(None);
    }
    responsibility::Entity::delete_many()
        .filter(owner.column().eq(owner.key()))
        .exec(write.connection())
        .await?;
    insert(write, rows).await?;
    Ok(Some(change))
}

/// Keeps rows that are known to be good.
///
/// # Errors
/// Whatever the database says.
pub async fn insert(write: &Write, rows: Vec<responsibility::Model>) -> Result<()> {
    for some in rows.chunks(500) {
        responsibility::Entity::insert_many(
            some.iter().cloned().map(|row| row.into_active_model()),
        )
        .exec_without_returning(write.connection())
        .await?;
    }
    Ok(())
}

/// Nobody answers any longer for these assignments and activities.
///
/// # Errors
/// Whatever the database says.
pub async fn clear(
    write: &Write,
    assignments: SelectStatement,
    activities: SelectStatement,
) -> Result<()> {
    for owned in [
        responsibility::Column::AssignmentId.in_subquery(assignments),
        responsibility::Column::ActivityId.in_subquery(activities),
    ] {
        responsibility::Entity::delete_many().filter(owned).exec(write.connection()).await?;
    }
    Ok(())
}

async fn check(
    write: &Write,
    scope: &Scope,
    owner: Owner,
    responsible: Vec<Responsible>,
) -> Result<Vec<responsibility::Model>> {
    if responsible.len() > MOST {
        return Err(Problem::new(
            Code::Invalid,
            format!("Högst {MOST} stycken."),
            format!("At most {MOST}."),
        )
        .at(FIELD)
        .into());
    }
    let mut problems = Vec::new();
    let mut rows = Vec::with_capacity(responsible.len());
    for (position, one) in (0_i32..).zip(responsible) {
        let place = position.to_string();
        let function = one.function.map(|text| text.trim().to_owned()).filter(|t| !t.is_empty());
        if let Some(Err(problem)) = function.as_deref().map(|text| check_text(text, NAME)) {
            problems.push(problem.at("function").within(&[FIELD, &place]));
        }
        if function.is_none() && one.org_unit.is_none() {
            problems.push(required("function").within(&[FIELD, &place]));
        }
        let unit = one.org_unit.map(|id| key_of(NodeType::OrgUnit, &id)).transpose();
        let org_unit_id = unit.unwrap_or_else(|problem| {
            problems.push(problem.at("orgUnit").within(&[FIELD, &place]));
            None
        });
        rows.push(responsibility::Model {
            id: Uuid::now_v7(),
            assignment_id: matches!(owner, Owner::Assignment(_)).then(|| owner.key()),
            activity_id: matches!(owner, Owner::Activity(_)).then(|| owner.key()),
            position,
            kind: one.kind,
            function,
            org_unit_id,
        });
    }
    let wanted = rows.iter().filter_map(|row| row.org_unit_id);
    let known: HashSet<Uuid> = org_unit::Entity::find_visible(write.sight()?)
        .filter(org_unit::Column::Id.is_in(wanted))
        .filter(org_unit::Column::OrganisationId.eq(scope.organisation_id))
        .all(write.connection())
        .await?
        .into_iter()
        .map(|unit| unit.id)
        .collect();
    for row in &rows {
        if row.org_unit_id.is_some_and(|unit| !known.contains(&unit)) {
            let place = row.position.to_string();
            problems.push(Problem::not_found("orgUnit").within(&[FIELD, &place]));
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(Error::Problems(problems)) }
}

/// The list as the log of changes shows it.
#[must_use]
pub fn shown(rows: &[responsibility::Model]) -> Option<String> {
    let texts: Vec<String> = rows
        .iter()
        .map(|row| {
            let unit = row.org_unit_id.map(|unit| node_id::encode(NodeType::OrgUnit, unit));
            [Some(row.kind.as_str().to_owned()), row.function.clone(), unit]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}
