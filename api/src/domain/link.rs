//! Lists of references that belong to a node but lie in a table of their own: replaced as a whole, logged as one field.

use std::collections::HashSet;

use entity::{
    tracked::{Tracked, Visible},
    vocabulary::NodeType,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait, Iden, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use super::{
    problem::{Code, Problem},
    write::{FieldChange, Write},
};
use crate::error::{Error, Result};

/// The most references that one node may have.
const MOST: usize = 500;

/// A table of pairs: whose list it is, and what is in it.
pub struct Pairs<J: EntityTrait> {
    /// The table.
    pub table: J,
    /// Whose list.
    pub owner: J::Column,
    /// What is in it.
    pub member: J::Column,
}

/// Finds the nodes that a list of ids names, each once.
///
/// # Errors
/// A problem for each id that names nothing that the caller sees.
pub async fn find_all<M: Tracked>(
    write: &Write,
    field: &'static str,
    ids: &[String],
) -> Result<Vec<M>> {
    if ids.len() > MOST {
        return Err(Problem::new(
            Code::Invalid,
            format!("Högst {MOST} stycken."),
            format!("At most {MOST}."),
        )
        .at(field)
        .into());
    }
    let mut keys = Vec::with_capacity(ids.len());
    let mut problems = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        match super::reference::key_of(<M::Entity as Visible>::NODE, id) {
            Ok(key) => keys.push((index, key)),
            Err(problem) => problems.push(problem.at(index.to_string()).within(&[field])),
        }
    }
    let found = M::Entity::find_visible(write.sight()?)
        .filter(<M::Entity as Visible>::id_column().is_in(keys.iter().map(|(_, key)| *key)))
        .all(write.connection())
        .await?;
    let known: HashSet<Uuid> = found.iter().map(entity::tracked::Identified::id).collect();
    for (index, _) in keys.iter().filter(|(_, key)| !known.contains(key)) {
        problems.push(Problem::not_found(index.to_string()).within(&[field]));
    }
    if problems.is_empty() { Ok(found) } else { Err(Error::Problems(problems)) }
}

impl<J: EntityTrait> Pairs<J> {
    /// What is in the list of `owner`.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn members(&self, write: &Write, owner: Uuid) -> Result<Vec<Uuid>> {
        Ok(J::find()
            .select_only()
            .column(self.member)
            .filter(self.owner.eq(owner))
            .into_tuple()
            .all(write.connection())
            .await?)
    }

    /// Makes these the list of `owner`, and says what that changed.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn replace(
        &self,
        write: &Write,
        field: &'static str,
        node: NodeType,
        owner: Uuid,
        members: impl IntoIterator<Item = Uuid>,
    ) -> Result<Option<FieldChange>>
    where
        J::Column: Iden,
    {
        let before = self.members(write, owner).await?;
        let mut after: Vec<Uuid> = members.into_iter().collect();
        after.sort_unstable();
        after.dedup();
        let change = FieldChange {
            field: field.to_owned(),
            before: shown(node, &before),
            after: shown(node, &after),
        };
        if change.before == change.after {
            return Ok(None);
        }
        self.clear(write, owner).await?;
        if !after.is_empty() {
            let mut insert = Query::insert();
            insert.into_table(self.table).columns([self.owner, self.member]);
            for member in after {
                insert.values_panic([Expr::val(owner), Expr::val(member)]);
            }
            write.connection().execute(&insert).await?;
        }
        Ok(Some(change))
    }

    /// Empties the list of `owner`.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn clear(&self, write: &Write, owner: Uuid) -> Result<()> {
        J::delete_many().filter(self.owner.eq(owner)).exec(write.connection()).await?;
        Ok(())
    }
}

/// A list of references as the log of changes shows it.
#[must_use]
pub fn shown(node: NodeType, ids: &[Uuid]) -> Option<String> {
    let mut ids: Vec<Uuid> = ids.to_vec();
    ids.sort_unstable();
    let texts: Vec<String> = ids.into_iter().map(|id| entity::node_id::encode(node, id)).collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}
