//! The id that another system knows a node by.

use sea_orm::entity::prelude::*;

use crate::vocabulary::NodeType;

/// The id that another system knows a node by.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "external_ref")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Ids are unique within an organisation.
    pub organisation_id: Uuid,
    /// The type of the node.
    pub node_type: NodeType,
    /// The node.
    pub node_id: Uuid,
    /// The other system.
    pub source: String,
    /// Its id there.
    pub external_id: String,
    /// Where to open it there.
    pub url: Option<String>,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
