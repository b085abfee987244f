//! Many nodes of a type changed at once, in a few statements however many they are.

use entity::{
    indicators::outcome::CONFIDENTIAL,
    tracked::{Tracked, Visible},
    vocabulary::ChangeKind,
};
use sea_orm::{
    ColumnTrait as _, EntityTrait, IntoActiveModel, Iterable as _, QueryFilter as _,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::{FieldChange, ROWS, Scope, Write, version::differences};
use crate::error::Result;

/// One node of many: as it was and as it is to be.
pub struct Change<M> {
    /// Whose roles may see it.
    pub scope: Scope,
    /// As it was.
    pub before: M,
    /// As it is to be.
    pub after: M,
    /// What else differs, in other tables or out of sight.
    pub links: Vec<FieldChange>,
}

impl Write {
    /// Changes many nodes of a type. Those that do not differ are left alone, and keep their version.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn update_all<M: Tracked>(&mut self, changes: Vec<Change<M>>) -> Result<()> {
        let mut rows = Vec::with_capacity(changes.len());
        for Change { scope, before, mut after, links } in changes {
            let fields: Vec<FieldChange> =
                differences(&before, &after).into_iter().chain(links).collect();
            if fields.is_empty() {
                continue;
            }
            after.stamp(before.version() + 1, self.now, self.actor_id);
            self.log::<M>(&scope, &after, ChangeKind::Updated, fields)?;
            rows.push(after);
        }
        self.store_all(rows).await
    }

    /// Writes rows that are there already as they are given, without a trace in the log: for what follows
    /// from other changes.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn store_all<M: Tracked>(&self, rows: Vec<M>) -> Result<()> {
        let key = <M::Entity as Visible>::id_column();
        let all = <M::Entity as EntityTrait>::Column::iter;
        for chunk in rows.chunks(ROWS) {
            // The rows are there and nobody else writes, so every one of them conflicts and is overwritten.
            <M::Entity as EntityTrait>::insert_many(
                chunk.iter().cloned().map(IntoActiveModel::into_active_model),
            )
            .on_conflict(OnConflict::column(key).update_columns(all()).to_owned())
            .exec_without_returning(&self.transaction)
            .await?;
        }
        Ok(())
    }

    /// Removes many nodes of a type, which nobody else has in hand.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn delete_all<M: Tracked>(&mut self, rows: Vec<(Scope, M)>) -> Result<()> {
        for chunk in rows.chunks(ROWS) {
            let ids = chunk.iter().map(|(_, row)| row.id());
            <M::Entity as EntityTrait>::delete_many()
                .filter(<M::Entity as Visible>::id_column().is_in(ids))
                .exec(&self.transaction)
                .await?;
        }
        for (scope, row) in rows {
            self.log_removal(&scope, &row)?;
        }
        Ok(())
    }

    /// Keeps the values of some fields of a node out of what this write has logged of it.
    pub fn redact(&mut self, node: Uuid, fields: &[&str]) {
        let logged = self.changes.iter_mut().filter(|(change, _)| change.node_id == node);
        for field in logged.flat_map(|(_, logged)| logged) {
            if fields.contains(&field.field.as_str()) {
                redact(field);
            }
        }
    }
}

/// The same change without its values.
pub fn redact(change: &mut FieldChange) {
    for value in [&mut change.before, &mut change.after] {
        if value.is_some() {
            *value = Some(CONFIDENTIAL.to_owned());
        }
    }
}
