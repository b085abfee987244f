//! A law, policy or other document that a plan leans on.

use sea_orm::entity::prelude::*;

use crate::{
    planning::plan,
    sight::Sight,
    tracked::{Shown as _, Visible, reference, tracked},
    vocabulary::{GoverningDocumentKind, NodeType},
};

/// A law, policy or other document that a plan leans on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, macros::InOrder)]
#[sea_orm(table_name = "governing_document")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its plan.
    pub plan_id: Uuid,
    /// Its title.
    pub title: String,
    /// What sort of document.
    pub kind: GoverningDocumentKind,
    /// Who decided it.
    pub decided_by: Option<String>,
    /// When, as precisely as is known.
    pub decided_on: Option<String>,
    /// Diarienummer.
    pub registry_number: Option<String>,
    /// Counts up by one for each change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
    /// The actor that changed it last.
    pub updated_by: Uuid,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

tracked!(GoverningDocument, self => [("plan", reference(NodeType::Plan, self.plan_id)), ("title", self.title.shown()), ("kind", self.kind.shown()), ("decidedBy", self.decided_by.shown()), ("decidedOn", self.decided_on.shown()), ("registryNumber", self.registry_number.shown())]);

impl Visible for Entity {
    const NODE: NodeType = NodeType::GoverningDocument;

    fn id_column() -> Column {
        Column::Id
    }

    fn visible(sight: &Sight) -> sea_orm::Condition {
        sea_orm::Condition::all().add(plan::is_visible((Entity, Column::PlanId), sight))
    }
}
