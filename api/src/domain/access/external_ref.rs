//! The ids that other systems know a node by: unique per organisation, source and type of node.

use entity::{access::external_ref, sight::Sight, tracked::Visible, vocabulary::NodeType};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use crate::{
    domain::{
        fetch::ModelOf,
        form::{CODE, NAME, check_text, required},
        problem::{Code, Problem},
        write::{FieldChange, Scope, Write},
    },
    error::{Error, Result},
};

/// The most systems that may know one node.
const MOST: usize = 50;

/// What another system calls a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalId {
    /// The other system.
    pub source: String,
    /// Its id there.
    pub external_id: String,
    /// Where to open it there.
    pub url: Option<String>,
}

/// Finds a node by the id that another system knows it by.
///
/// # Errors
/// [`Error::BadInput`] when nodes of several organisations that the viewer sees have that id.
pub async fn find<E: Visible>(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    source: &str,
    external_id: &str,
) -> Result<Option<ModelOf<E>>> {
    // PostgreSQL takes no NUL in a text, and so nothing is known by one.
    if source.contains('\0') || external_id.contains('\0') {
        return Ok(None);
    }
    let named = external_ref::Entity::find()
        .select_only()
        .column(external_ref::Column::NodeId)
        .filter(external_ref::Column::NodeType.eq(E::NODE))
        .filter(external_ref::Column::Source.eq(source))
        .filter(external_ref::Column::ExternalId.eq(external_id))
        .into_query();
    let mut found = E::find_visible(sight)
        .filter(E::id_column().in_subquery(named))
        .limit(2)
        .all(connection)
        .await?;
    match found.len() {
        0 | 1 => Ok(found.pop()),
        _ => Err(Error::BadInput(
            "Several organisations use that external id; ask by id.".to_owned(),
        )),
    }
}

/// Makes these the external ids of a node, and says what that changed.
///
/// # Errors
/// [`Code::Duplicate`] when another node of the type has one of them.
pub async fn replace(
    write: &Write,
    scope: &Scope,
    node_type: NodeType,
    node_id: Uuid,
    refs: Vec<ExternalId>,
) -> Result<Option<FieldChange>> {
    check(&refs)?;
    let before = external_ref::Entity::find()
        .filter(external_ref::Column::NodeId.eq(node_id))
        .all(write.connection())
        .await?;
    let known = |row: &external_ref::Model| ExternalId {
        source: row.source.clone(),
        external_id: row.external_id.clone(),
        url: row.url.clone(),
    };
    let old: Vec<ExternalId> = before.iter().map(known).collect();
    let change =
        FieldChange { field: "externalRefs".to_owned(), before: shown(&old), after: shown(&refs) };
    if change.before == change.after {
        return Ok(None);
    }
    for (index, wanted) in refs.iter().enumerate() {
        let taken = external_ref::Entity::find()
            .filter(external_ref::Column::OrganisationId.eq(scope.organisation_id))
            .filter(external_ref::Column::Source.eq(wanted.source.as_str()))
            .filter(external_ref::Column::NodeType.eq(node_type))
            .filter(external_ref::Column::ExternalId.eq(wanted.external_id.as_str()))
            .filter(external_ref::Column::NodeId.ne(node_id))
            .one(write.connection())
            .await?;
        if taken.is_some() {
            return Err(duplicate(index).into());
        }
    }
    external_ref::Entity::delete_many()
        .filter(external_ref::Column::NodeId.eq(node_id))
        .exec(write.connection())
        .await?;
    if refs.is_empty() {
        return Ok(Some(change));
    }
    let rows = refs.into_iter().map(|wanted| {
        external_ref::Model {
            id: Uuid::now_v7(),
            organisation_id: scope.organisation_id,
            node_type,
            node_id,
            source: wanted.source,
            external_id: wanted.external_id,
            url: wanted.url,
        }
        .into_active_model()
    });
    external_ref::Entity::insert_many(rows).exec_without_returning(write.connection()).await?;
    Ok(Some(change))
}

/// Forgets the external ids of a node that is removed.
///
/// # Errors
/// Whatever the database says.
pub async fn forget(write: &Write, nodes: &[Uuid]) -> Result<()> {
    external_ref::Entity::delete_many()
        .filter(external_ref::Column::NodeId.is_in(nodes.iter().copied()))
        .exec(write.connection())
        .await?;
    Ok(())
}

fn check(refs: &[ExternalId]) -> Result<()> {
    if refs.len() > MOST {
        return Err(Problem::new(
            Code::Invalid,
            format!("Högst {MOST} stycken, inte {}.", refs.len()),
            format!("At most {MOST}, not {}.", refs.len()),
        )
        .at("externalRefs")
        .into());
    }
    let mut problems = Vec::new();
    for (index, wanted) in refs.iter().enumerate() {
        let place = index.to_string();
        for (field, text, longest) in [
            ("source", Some(&wanted.source), CODE),
            ("externalId", Some(&wanted.external_id), NAME),
            ("url", wanted.url.as_ref(), 2_000),
        ] {
            let Some(text) = text else { continue };
            let problem = if text.is_empty() {
                Err(required(field))
            } else {
                check_text(text, longest).map_err(|p| p.at(field))
            };
            problems.extend(problem.err().map(|problem| problem.within(&["externalRefs", &place])));
        }
        if refs
            .iter()
            .take(index)
            .any(|other| other.source == wanted.source && other.external_id == wanted.external_id)
        {
            problems.push(duplicate(index));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Problems(problems)) }
}

fn duplicate(index: usize) -> Problem {
    Problem::new(Code::Duplicate, "Id:t används redan.", "The id is already in use.")
        .at("externalId")
        .within(&["externalRefs", &index.to_string()])
}

fn shown(refs: &[ExternalId]) -> Option<String> {
    let mut texts: Vec<String> = refs
        .iter()
        .map(|wanted| {
            format!(
                "{}:{}{}",
                wanted.source,
                wanted.external_id,
                wanted.url.as_ref().map(|url| format!(" {url}")).unwrap_or_default()
            )
        })
        .collect();
    texts.sort_unstable();
    (!texts.is_empty()).then(|| texts.join(", "))
}
