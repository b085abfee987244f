//! Many rows by their keys, in one statement, as far as the viewer sees them.

use std::collections::HashMap;

use entity::{
    access::{actor, external_ref},
    sight::Sight,
    tracked::{Identified, InOrder, Visible},
};
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, ExprTrait as _, QueryFilter as _, QueryOrder as _,
    QueryTrait as _,
    sea_query::{Expr, extension::postgres::PgFunc},
};
use uuid::Uuid;

use super::kept::{self, Given, Mark};
use crate::error::{Error, Result};

/// Tables whose rows can be loaded by id.
pub trait Loadable: Visible<Model: Identified + InOrder + Clone + Send + Sync> {}

impl<E: Visible<Model: Identified + InOrder + Clone + Send + Sync>> Loadable for E {}

/// A table's row.
pub type ModelOf<E> = <E as EntityTrait>::Model;

/// Whether a key is one of these. PostgreSQL takes all of them as one parameter, so that the statement is
/// the same however many there are, and is prepared and planned once.
pub fn among(backend: DbBackend, key: Expr, keys: impl IntoIterator<Item = Uuid>) -> Expr {
    if backend == DbBackend::Postgres {
        return key.eq(PgFunc::any(keys.into_iter().collect::<Vec<_>>()));
    }
    key.is_in(keys)
}

/// Rows by id.
///
/// # Errors
/// Whatever the database says.
pub async fn by_id<E>(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, E::Model>>
where
    E: Visible<Model: Identified + InOrder + Send + Sync>,
{
    let mut found = HashMap::with_capacity(ids.len());
    let backend = connection.get_database_backend();
    for chunk in ids.chunks(5_000) {
        let (sight, single) = (sight.row_by_row(), chunk.len() == 1);
        let build = |given: &Given| {
            let key = Expr::col((E::default(), E::id_column()));
            let wanted = match single {
                true => key.eq(given.key()),
                false => among(backend, key, given.keys.iter().copied()),
            };
            Ok::<_, Error>(E::find_visible(&sight).filter(wanted).into_query())
        };
        let mark = || Mark { single, ..Mark::new::<E>("by id", sight.clone()) };
        let statement = kept::statement(backend, mark, &Given::keys(chunk), build)?;
        for row in connection.query_all_raw(statement).await? {
            let row = E::Model::in_order(&row)?;
            found.insert(row.id(), row);
        }
    }
    Ok(found)
}

/// Actors by id. Who changed a node is shown to everybody who sees the node.
///
/// # Errors
/// Whatever the database says.
pub async fn actors(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, actor::Model>> {
    let rows = actor::Entity::find()
        .filter(among(
            connection.get_database_backend(),
            Expr::col((actor::Entity, actor::Column::Id)),
            ids.iter().copied(),
        ))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The external ids of nodes that the viewer has been shown.
///
/// # Errors
/// Whatever the database says.
pub async fn external_refs(
    connection: &impl ConnectionTrait,
    nodes: &[Uuid],
) -> Result<HashMap<Uuid, Vec<external_ref::Model>>> {
    let rows = external_ref::Entity::find()
        .filter(among(
            connection.get_database_backend(),
            Expr::col((external_ref::Entity, external_ref::Column::NodeId)),
            nodes.iter().copied(),
        ))
        .order_by_asc(external_ref::Column::Source)
        .order_by_asc(external_ref::Column::Id)
        .all(connection)
        .await?;
    let mut found: HashMap<Uuid, Vec<external_ref::Model>> = HashMap::new();
    for row in rows {
        found.entry(row.node_id).or_default().push(row);
    }
    Ok(found)
}
