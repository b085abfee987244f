//! Whether an update may rest on the version that the caller saw.

use std::collections::HashMap;

use entity::{access::change, tracked::Tracked};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use super::{Edit, FieldChange, Write};
use crate::{
    domain::{
        fetch, mention,
        problem::{Code, Conflict, Problem},
        visible,
    },
    error::{Error, Result},
};

/// A change that somebody wants of a node, resting on what they saw of it.
pub struct Update<'u, M> {
    /// As it is.
    pub before: &'u M,
    /// As it is to be.
    pub after: &'u M,
    /// What else differs, in other tables.
    pub links: &'u [FieldChange],
    /// What they saw, and what they send.
    pub edit: &'u Edit,
}

impl Write {
    pub(super) async fn check_version<M: Tracked>(
        &self,
        before: &M,
        after: &M,
        links: &[FieldChange],
        edit: &Edit,
    ) -> Result<()> {
        if edit.version == before.version() {
            return Ok(());
        }
        if edit.version < 1 || edit.version > before.version() {
            return Err(Problem::new(
                Code::Invalid,
                format!(
                    "Version {} finns inte; nu gäller version {}.",
                    edit.version,
                    before.version()
                ),
                format!(
                    "There is no version {}; it is now at version {}.",
                    edit.version,
                    before.version()
                ),
            )
            .at("version")
            .into());
        }
        let update = Update { before, after, links, edit };
        let conflicts = self.conflicts(&[update]).await?.pop().unwrap_or_default();
        if conflicts.is_empty() { Ok(()) } else { Err(Error::Problems(conflicts)) }
    }

    /// What keeps each of many updates from resting on the version that its caller saw: a problem for each field that
    /// somebody else has changed since and that it sends with another value. Who has seen nothing has seen version 0.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn conflicts<M: Tracked>(
        &self,
        updates: &[Update<'_, M>],
    ) -> Result<Vec<Vec<Problem>>> {
        let stale: HashMap<Uuid, i32> = updates
            .iter()
            .filter(|update| update.edit.version < update.before.version())
            .map(|update| (update.before.id(), update.edit.version))
            .collect();
        let mut found: Vec<Vec<Problem>> = updates.iter().map(|_| Vec::new()).collect();
        let Some(oldest) = stale.values().min() else { return Ok(found) };
        let since = change::Entity::find()
            .filter(change::Column::NodeId.is_in(stale.keys().copied()))
            .filter(change::Column::NodeVersion.gt(*oldest))
            .order_by_asc(change::Column::Seq)
            .all(&self.transaction)
            .await?;
        let mut changed_last: HashMap<(Uuid, String), &change::Model> = HashMap::new();
        for change in &since {
            if stale.get(&change.node_id).is_none_or(|seen| change.node_version <= *seen) {
                continue;
            }
            let fields: Vec<FieldChange> =
                serde_json::from_str(&change.fields).map_err(Error::internal)?;
            changed_last
                .extend(fields.into_iter().map(|field| ((change.node_id, field.field), change)));
        }
        let mut differing = Vec::new();
        for (nth, Update { before, after, links, edit }) in updates.iter().enumerate() {
            for difference in differences(*before, *after).into_iter().chain(links.iter().cloned())
            {
                let sent = edit.sent.iter().any(|sent| *sent == difference.field);
                let key = (before.id(), difference.field.clone());
                if let Some(change) = changed_last.get(&key).filter(|_| sent) {
                    differing.push((nth, difference, *change));
                }
            }
        }
        if differing.is_empty() {
            return Ok(found);
        }
        let by: Vec<Uuid> = differing.iter().map(|(_, _, change)| change.actor_id).collect();
        let actors = fetch::actors(&self.transaction, &by).await?;
        let current =
            differing.iter().filter_map(|(_, difference, _)| difference.before.as_deref());
        let named = current.flat_map(mention::nodes).collect();
        let seen = visible::among(&self.transaction, self.sight()?, &named).await?;
        for (nth, difference, change) in differing {
            let changed_by = actors
                .get(&change.actor_id)
                .ok_or_else(|| Error::internal("a change without actor"))?;
            let current = difference
                .before
                .as_deref()
                .and_then(|text| mention::without(text, |node| !seen.contains(&node)));
            let conflict = Conflict {
                field: difference.field.clone(),
                current,
                yours: difference.after,
                changed_by: changed_by.clone(),
                changed_at: change.at,
            };
            if let Some(problems) = found.get_mut(nth) {
                problems.push(in_conflict(conflict));
            }
        }
        Ok(found)
    }
}

fn in_conflict(conflict: Conflict) -> Problem {
    let field = conflict.field.clone();
    Problem {
        conflict: Some(Box::new(conflict)),
        ..Problem::new(
            Code::Conflict,
            "Någon annan har ändrat fältet sedan du läste det.",
            "Somebody else has changed this field since you read it.",
        )
        .at(field)
    }
}

/// The fields in which two versions of a node differ.
pub(super) fn differences<M: Tracked>(before: &M, after: &M) -> Vec<FieldChange> {
    before
        .values()
        .into_iter()
        .zip(after.values())
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| FieldChange { field: field.to_owned(), before, after })
        .collect()
}
