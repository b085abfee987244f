//! One write is one [`Write`]: everything in it is committed together with its changes, or nothing is.
//!
//! The first thing a write does is to lock the one row of `change_head`. Writers therefore follow each
//! other, on PostgreSQL as on SQLite: what one has checked stays true until it commits, and changes are
//! numbered in the order in which they commit, without gaps.

mod actor;
mod find;
pub mod many;
mod unlogged;
pub mod version;

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, SubsecRound as _, Utc};
use entity::{
    access::change,
    sight::Sight,
    tracked::{Tracked, Visible},
    vocabulary::{ChangeKind, NodeType},
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbBackend,
    EntityTrait, ExprTrait as _, IntoActiveModel, QueryFilter as _,
    sea_query::{Alias, Expr, LockType, Query},
};
use serde::{Deserialize, Serialize};
use tokio::sync::OwnedSemaphorePermit;
use uuid::Uuid;

use super::access::sign_in;
use super::problem::{Code, Problem};
use crate::{
    access::viewer::Viewer,
    db::Db,
    error::{Error, Result},
    fresh::{self, Fresh, Reads},
};

/// Rows that one INSERT carries: well under the 32,766 parameters that SQLite takes.
const ROWS: usize = 500;

/// One field of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field, by its API name.
    pub field: String,
    /// The value before.
    pub before: Option<String>,
    /// The value after.
    pub after: Option<String>,
}

/// Whose roles may see a node, and whether it is a draft.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// The organisation.
    pub organisation_id: Uuid,
    /// The unit.
    pub org_unit_id: Uuid,
    /// Whether only those who see drafts may see it.
    pub draft: bool,
}

/// What an update may rely on: the version that the caller saw, and the fields that it sends.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The version that the caller saw.
    pub version: i32,
    /// The fields that it sends, by their API names.
    pub sent: Vec<&'static str>,
}

/// What a write did: the nodes it made or changed, and the place in the log after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The nodes, in the order of the input.
    pub ids: Vec<Uuid>,
    /// The last change that is certainly before or in this write.
    pub seq: i64,
}

/// A transaction that writes.
pub struct Write {
    transaction: DatabaseTransaction,
    viewer: Viewer,
    actor_id: Uuid,
    now: DateTime<Utc>,
    head: i64,
    changes: Vec<(change::Model, Vec<FieldChange>)>,
    pub(super) claimed: Option<super::idempotency::Claimed>,
    /// The tables that it has changed.
    written: Arc<Reads>,
    fresh: Fresh,
    // Last, so that the next writer's turn comes when the transaction has ended.
    _turn: OwnedSemaphorePermit,
}

impl Db {
    /// Begins to write on somebody's behalf.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for an anonymous caller, [`Error::Unavailable`] when the lock is not had in time.
    pub async fn write(&self, viewer: &Viewer, now: DateTime<Utc>) -> Result<Write> {
        let principal = viewer.principal()?.clone();
        let turn = self.turn().await?;
        let written = Arc::default();
        let transaction = self.begin_noting(&written).await?;
        let mut lock = Query::select();
        lock.column(Alias::new("last")).from(Alias::new("change_head"));
        if !self.is_sqlite() {
            lock.lock(LockType::Update);
        }
        let head = transaction
            .query_one(&lock)
            .await?
            .ok_or_else(|| Error::internal("change_head is empty"))?
            .try_get::<i64>("", "last")?;
        let viewer = sign_in::again(&transaction, viewer).await?;
        let actor_id =
            actor::remember(&transaction, principal.kind, &principal.subject, principal.name)
                .await?;
        Ok(Write {
            transaction,
            viewer,
            actor_id,
            now: now.trunc_subsecs(6),
            head,
            changes: Vec::new(),
            claimed: None,
            written,
            fresh: self.fresh().clone(),
            _turn: turn,
        })
    }
}

impl Write {
    /// The connection, for what this module has no word for.
    pub fn connection(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// On whose behalf.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// What that person sees.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for an anonymous caller.
    pub fn sight(&self) -> Result<&Sight> {
        self.viewer.sight()
    }

    /// When this write happens, in the one clock of the server.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The actor that every change of this write is by.
    pub fn actor_id(&self) -> Uuid {
        self.actor_id
    }

    /// Makes a node.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn insert<M: Tracked>(&mut self, scope: &Scope, model: M) -> Result<M> {
        let mut made = self.insert_all(vec![(*scope, model)]).await?;
        made.pop().ok_or_else(|| Error::internal("nothing was inserted"))
    }

    /// Adds fields to the change that was logged last: what lies in other tables but belongs to the node.
    pub fn amend(&mut self, fields: impl IntoIterator<Item = FieldChange>) {
        if let Some((_, logged)) = self.changes.last_mut() {
            logged.extend(fields);
        }
    }

    /// Adds fields to the changes of several nodes, by their keys.
    pub fn amend_all(&mut self, mut fields: HashMap<Uuid, Vec<FieldChange>>) {
        for (change, logged) in &mut self.changes {
            logged.extend(fields.remove(&change.node_id).into_iter().flatten());
        }
    }

    /// Makes many nodes of a type.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn insert_all<M: Tracked>(&mut self, rows: Vec<(Scope, M)>) -> Result<Vec<M>> {
        let mut made = Vec::with_capacity(rows.len());
        for (scope, mut model) in rows {
            model.stamp(1, self.now, self.actor_id);
            let fields = model
                .values()
                .into_iter()
                .filter(|(_, after)| after.is_some())
                .map(|(field, after)| FieldChange { field: field.to_owned(), before: None, after })
                .collect();
            self.log::<M>(&scope, &model, ChangeKind::Created, fields)?;
            made.push(model);
        }
        for chunk in made.chunks(ROWS) {
            <M::Entity as EntityTrait>::insert_many(
                chunk.iter().cloned().map(IntoActiveModel::into_active_model),
            )
            .exec_without_returning(&self.transaction)
            .await?;
        }
        Ok(made)
    }

    /// Changes a node. When nothing differs, nothing is written and the version stays.
    ///
    /// # Errors
    /// [`Code::Conflict`] for each field that somebody else has changed since the caller's version and that the caller
    /// sends with another value; [`Code::Invalid`] for a version that there never was.
    pub async fn update<M>(
        &mut self,
        scope: &Scope,
        before: &M,
        after: M,
        links: Vec<FieldChange>,
        edit: &Edit,
    ) -> Result<M>
    where
        M: Tracked,
        <M::Entity as EntityTrait>::ActiveModel: Send,
    {
        self.check_version(before, &after, &links, edit).await?;
        let fields: Vec<FieldChange> =
            version::differences(before, &after).into_iter().chain(links).collect();
        if fields.is_empty() {
            return Ok(before.clone());
        }
        let mut after = after;
        after.stamp(before.version() + 1, self.now, self.actor_id);
        let row = after.clone().into_active_model().reset_all();
        <M::Entity as EntityTrait>::update(row).exec(&self.transaction).await?;
        self.log::<M>(scope, &after, ChangeKind::Updated, fields)?;
        Ok(after)
    }

    /// Removes a node whose version is still the one that the caller saw.
    ///
    /// # Errors
    /// [`Code::Conflict`] when it has changed since.
    pub async fn delete<M: Tracked>(
        &mut self,
        scope: &Scope,
        model: &M,
        version: i32,
    ) -> Result<()> {
        if version != model.version() {
            return Err(Problem::new(
                Code::Conflict,
                format!("Ändrad sedan version {version}; nu gäller version {}.", model.version()),
                format!(
                    "Changed since version {version}; it is now at version {}.",
                    model.version()
                ),
            )
            .at("version")
            .into());
        }
        <M::Entity as EntityTrait>::delete_many()
            .filter(<M::Entity as Visible>::id_column().eq(model.id()))
            .exec(&self.transaction)
            .await?;
        self.log_removal(scope, model)
    }

    fn log_removal<M: Tracked>(&mut self, scope: &Scope, model: &M) -> Result<()> {
        let fields = model
            .values()
            .into_iter()
            .filter(|(_, before)| before.is_some())
            .map(|(field, before)| FieldChange { field: field.to_owned(), before, after: None })
            .collect();
        self.log::<M>(scope, model, ChangeKind::Deleted, fields)
    }

    fn log<M: Tracked>(
        &mut self,
        scope: &Scope,
        model: &M,
        kind: ChangeKind,
        fields: Vec<FieldChange>,
    ) -> Result<()> {
        self.log_node(
            scope,
            <M::Entity as Visible>::NODE,
            model.id(),
            model.version(),
            kind,
            fields,
        )
    }

    /// Writes a change of a node that is not [`Tracked`] into the log.
    ///
    /// # Errors
    /// Never, but for a log longer than can be counted.
    pub fn log_node(
        &mut self,
        scope: &Scope,
        node_type: NodeType,
        node_id: Uuid,
        node_version: i32,
        kind: ChangeKind,
        fields: Vec<FieldChange>,
    ) -> Result<()> {
        let seq = self.head + 1 + i64::try_from(self.changes.len()).map_err(Error::internal)?;
        let change = change::Model {
            seq,
            at: self.now,
            organisation_id: scope.organisation_id,
            org_unit_id: scope.org_unit_id,
            node_type,
            node_id,
            node_version,
            kind,
            actor_id: self.actor_id,
            draft: scope.draft,
            fields: String::new(),
        };
        self.changes.push((change, fields));
        Ok(())
    }

    /// Commits everything with its changes. What was acknowledged is then kept.
    ///
    /// # Errors
    /// Whatever the database says; nothing has changed then.
    pub async fn commit(mut self, ids: Vec<Uuid>) -> Result<Done> {
        let changes = std::mem::take(&mut self.changes);
        let nodes = changes.iter().map(|(change, _)| change.node_type);
        let unlogged = unlogged::is_more(self.written.tables(), nodes);
        let seq = self.head + i64::try_from(changes.len()).map_err(Error::internal)?;
        for chunk in changes.chunks(ROWS) {
            let rows = chunk
                .iter()
                .map(|(change, fields)| {
                    let fields = serde_json::to_string(fields).map_err(Error::internal)?;
                    Ok(change::Model { fields, ..change.clone() }.into_active_model())
                })
                .collect::<Result<Vec<_>>>()?;
            change::Entity::insert_many(rows).exec_without_returning(&self.transaction).await?;
        }
        let moves = unlogged || !changes.is_empty();
        if moves {
            let mut advance = Query::update();
            advance.table(Alias::new("change_head")).and_where(Expr::col(Alias::new("id")).eq(1));
            if !changes.is_empty() {
                advance.value(Alias::new("last"), seq);
            }
            if unlogged {
                let count = Alias::new("unlogged");
                advance.value(count.clone(), Expr::col(count).add(1));
            }
            if self.transaction.get_database_backend() == DbBackend::Postgres {
                // Other processes hear of it when it is committed.
                let told = format!("pg_notify('{}', '')", fresh::CHANNEL);
                advance.returning(Query::returning().expr(Expr::cust(told)));
            }
            self.transaction.execute(&advance).await?;
        }
        let done = Done { ids, seq };
        if let Some(claimed) = self.claimed.take() {
            claimed.keep(&self, &done).await?;
        }
        self.transaction.commit().await?;
        if moves {
            self.fresh.touch();
        }
        Ok(done)
    }
}

/// The last change that has been committed.
///
/// # Errors
/// Whatever the database says.
pub async fn head(connection: &impl ConnectionTrait) -> Result<i64> {
    let mut last = Query::select();
    last.column(Alias::new("last")).from(Alias::new("change_head"));
    let row = connection
        .query_one(&last)
        .await?
        .ok_or_else(|| Error::internal("change_head is empty"))?;
    Ok(row.try_get("", "last")?)
}
