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

/// A change of a node that came after the version that a caller saw.
pub struct Since {
    change: change::Model,
    /// The fields, before and after.
    pub fields: Vec<FieldChange>,
}

/// What a caller would overwrite, and what has changed it.
pub type Clash<'s> = (FieldChange, &'s Since);

impl Write {
    /// What has changed of nodes since the version that the caller saw of each, the oldest first: one statement. Of a
    /// version 0 nothing was seen, not even how the node began.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn since(&self, seen: &HashMap<Uuid, i32>) -> Result<HashMap<Uuid, Vec<Since>>> {
        let mut since: HashMap<Uuid, Vec<Since>> = HashMap::new();
        if seen.is_empty() {
            return Ok(since);
        }
        let oldest = seen.values().min().copied().unwrap_or_default();
        let changes = change::Entity::find()
            .filter(change::Column::NodeId.is_in(seen.keys().copied()))
            .filter(change::Column::NodeVersion.gt(oldest))
            .order_by_asc(change::Column::Seq)
            .all(&self.transaction)
            .await?;
        for change in changes {
            if seen.get(&change.node_id).is_some_and(|version| change.node_version > *version) {
                let fields = serde_json::from_str(&change.fields).map_err(Error::internal)?;
                since.entry(change.node_id).or_default().push(Since { change, fields });
            }
        }
        Ok(since)
    }

    /// The problems of what cannot be overwritten, in the same order, each at its field.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn conflicts(&self, clashes: Vec<Clash<'_>>) -> Result<Vec<Problem>> {
        if clashes.is_empty() {
            return Ok(Vec::new());
        }
        let actors: Vec<Uuid> = clashes.iter().map(|(_, since)| since.change.actor_id).collect();
        let actors = fetch::actors(&self.transaction, &actors).await?;
        let texts = clashes.iter().filter_map(|(difference, _)| difference.before.as_deref());
        let named = texts.flat_map(mention::nodes).collect();
        let seen = visible::among(&self.transaction, self.sight()?, &named).await?;
        let conflict = |(difference, since): Clash<'_>| {
            let FieldChange { field, before, after } = difference;
            let changed_by = actors.get(&since.change.actor_id).cloned();
            let conflict = Conflict {
                field: field.clone(),
                current: before
                    .and_then(|text| mention::without(&text, |node| !seen.contains(&node))),
                yours: after,
                changed_by: changed_by.ok_or_else(|| Error::internal("a change without actor"))?,
                changed_at: since.change.at,
            };
            Ok(Problem {
                conflict: Some(Box::new(conflict)),
                ..Problem::new(
                    Code::Conflict,
                    "Någon annan har ändrat fältet sedan du läste det.",
                    "Somebody else has changed this field since you read it.",
                )
                .at(field)
            })
        };
        clashes.into_iter().map(conflict).collect()
    }

    /// What keeps many updates from resting on the versions that their callers saw: problems, each with the place of its
    /// update. A few statements however many.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn stale<M: Tracked>(
        &self,
        updates: &[(&M, &M, &Edit)],
    ) -> Result<Vec<(usize, Problem)>> {
        let seen: HashMap<Uuid, i32> = (updates.iter())
            .filter(|(before, after, edit)| edit.version < before.version() && before != after)
            .map(|(before, _, edit)| (before.id(), edit.version))
            .collect();
        let since = self.since(&seen).await?;
        let (mut found, mut places) = (Vec::new(), Vec::new());
        for (at, (before, after, edit)) in updates.iter().enumerate() {
            let Some(since) = since.get(&before.id()) else { continue };
            let clashes = clashes(differences(*before, *after), &edit.sent, since);
            places.extend(clashes.iter().map(|_| at));
            found.extend(clashes);
        }
        Ok(places.into_iter().zip(self.conflicts(found).await?).collect())
    }

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
        check_read(edit.version, before.version())?;
        let since = self.since(&HashMap::from([(before.id(), edit.version)])).await?;
        let since = since.get(&before.id()).map(Vec::as_slice).unwrap_or_default();
        let differences = differences(before, after).into_iter().chain(links.iter().cloned());
        match self.conflicts(clashes(differences, &edit.sent, since)).await? {
            none if none.is_empty() => Ok(()),
            conflicts => Err(Error::Problems(conflicts)),
        }
    }
}

/// Whether somebody can have read that version of a node.
///
/// # Errors
/// [`Code::Invalid`] when there never was one.
pub fn check_read(version: i32, now: i32) -> Result<(), Problem> {
    if (1..=now).contains(&version) { Ok(()) } else { Err(no_version(version, now)) }
}

/// The same of a node that may not have been there: of version 0 nothing was read.
///
/// # Errors
/// [`Code::Invalid`] when there never was one.
pub fn check_seen(version: i32, now: i32) -> Result<(), Problem> {
    if (0..=now).contains(&version) { Ok(()) } else { Err(no_version(version, now)) }
}

fn no_version(version: i32, now: i32) -> Problem {
    Problem::new(
        Code::Invalid,
        format!("Version {version} finns inte; nu gäller version {now}."),
        format!("There is no version {version}; it is now at version {now}."),
    )
    .at("version")
}

/// What differs in a field that the caller sends and that has been changed since, with its last change.
pub fn clashes<'s>(
    differences: impl IntoIterator<Item = FieldChange>,
    sent: &[&str],
    since: &'s [Since],
) -> Vec<Clash<'s>> {
    let mut last: HashMap<&str, &Since> = HashMap::new();
    for one in since {
        last.extend(one.fields.iter().map(|field| (field.field.as_str(), one)));
    }
    differences
        .into_iter()
        .filter(|difference| sent.contains(&difference.field.as_str()))
        .filter_map(|difference| {
            let since = *last.get(difference.field.as_str())?;
            Some((difference, since))
        })
        .collect()
}

/// The fields in which two versions of a node differ.
pub fn differences<M: Tracked>(before: &M, after: &M) -> Vec<FieldChange> {
    before
        .values()
        .into_iter()
        .zip(after.values())
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| FieldChange { field: field.to_owned(), before, after })
        .collect()
}
