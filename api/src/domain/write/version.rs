//! Whether an update may rest on the version that the caller saw.

use std::collections::HashMap;

use entity::{
    access::{actor, change},
    tracked::Tracked,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::{Edit, FieldChange, Write};
use crate::{
    domain::{
        mention,
        problem::{Code, Conflict, Problem},
        visible,
    },
    error::{Error, Result},
};

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
        let since = change::Entity::find()
            .filter(change::Column::NodeId.eq(before.id()))
            .filter(change::Column::NodeVersion.gt(edit.version))
            .order_by_asc(change::Column::Seq)
            .all(&self.transaction)
            .await?;
        let mut changed_last: HashMap<String, &change::Model> = HashMap::new();
        for change in &since {
            let fields: Vec<FieldChange> =
                serde_json::from_str(&change.fields).map_err(Error::internal)?;
            changed_last.extend(fields.into_iter().map(|field| (field.field, change)));
        }
        let mut conflicts = Vec::new();
        for difference in differences(before, after).iter().chain(links) {
            let sent = edit.sent.iter().any(|sent| *sent == difference.field);
            if let Some(change) = changed_last.get(&difference.field).filter(|_| sent) {
                conflicts.push(self.conflict(difference, change).await?);
            }
        }
        if conflicts.is_empty() { Ok(()) } else { Err(Error::Problems(conflicts)) }
    }

    async fn conflict(&self, difference: &FieldChange, change: &change::Model) -> Result<Problem> {
        let changed_by = actor::Entity::find_by_id(change.actor_id)
            .one(&self.transaction)
            .await?
            .ok_or_else(|| Error::internal("a change without actor"))?;
        let named = difference.before.iter().flat_map(|text| mention::nodes(text)).collect();
        let seen = visible::among(&self.transaction, self.sight()?, &named).await?;
        let current = difference
            .before
            .as_deref()
            .and_then(|text| mention::without(text, |node| !seen.contains(&node)));
        let conflict = Conflict {
            field: difference.field.clone(),
            current,
            yours: difference.after.clone(),
            changed_by,
            changed_at: change.at,
        };
        Ok(Problem {
            conflict: Some(Box::new(conflict)),
            ..Problem::new(
                Code::Conflict,
                "Någon annan har ändrat fältet sedan du läste det.",
                "Somebody else has changed this field since you read it.",
            )
            .at(difference.field.clone())
        })
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
