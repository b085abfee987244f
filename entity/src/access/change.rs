//! One committed change of one node.

use sea_orm::entity::prelude::*;

use crate::vocabulary::{ChangeKind, NodeType};

/// One committed change of one node.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "change")]
pub struct Model {
    /// Its place in the log, in commit order and without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// When.
    pub at: DateTimeUtc,
    /// In which organisation.
    pub organisation_id: Uuid,
    /// The unit whose roles may see it.
    pub org_unit_id: Uuid,
    /// The type of the node.
    pub node_type: NodeType,
    /// The node.
    pub node_id: Uuid,
    /// The version that the change made.
    pub node_version: i32,
    /// Made, changed or removed.
    pub kind: ChangeKind,
    /// By whom.
    pub actor_id: Uuid,
    /// Whether the node was a draft then, seen only by those who see drafts.
    pub draft: bool,
    /// JSON: what changed, before and after.
    pub fields: String,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
