//! Who makes changes.

use sea_orm::entity::prelude::*;

use crate::vocabulary::ActorKind;

/// Who makes changes.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "actor")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Person, service or Rödtråd itself.
    pub kind: ActorKind,
    /// The token's subject.
    pub subject: String,
    /// As the token last gave it.
    pub name: Option<String>,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
