//! The answer that an idempotency key is owed.

use sea_orm::entity::prelude::*;

/// The answer that an idempotency key is owed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    /// Whose key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor_id: Uuid,
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// What was asked.
    pub mutation: String,
    /// SHA-256 of the input.
    pub digest: String,
    /// JSON: the ids of the nodes that were answered.
    pub answer: String,
    /// The place in the log after it.
    pub seq: i64,
    /// When.
    pub at: DateTimeUtc,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
