//! Governing documents (styrdokument).

use async_graphql::{Context, ID, Object};
use entity::{
    planning::{governing_document, plan},
    vocabulary::NodeType,
};

pub mod create;
pub mod delete;
pub mod update;

pub use create::GoverningDocumentCreate;
pub use delete::GoverningDocumentDelete;
pub use update::GoverningDocumentUpdate;

use super::plan::Plan;
use crate::{
    error::{Error, Result},
    graphql::{
        context::session,
        id::global,
        loader::ById,
        scalar::PartialDate,
        tracked::{Guard, TrackedFields},
        vocabulary::GoverningDocumentKind,
    },
};

/// A governing document.
pub struct GoverningDocument(pub governing_document::Model);

impl From<governing_document::Model> for GoverningDocument {
    fn from(row: governing_document::Model) -> Self {
        Self(row)
    }
}

/// A document that a plan leans on (styrdokument, lag): a law, a policy, a programme.
#[Object]
impl GoverningDocument {
    /// The global id.
    pub async fn id(&self) -> ID {
        global(NodeType::GoverningDocument, self.0.id)
    }

    /// The plan that leans on it (verksamhetsplan).
    async fn plan(&self, ctx: &Context<'_>) -> Result<Plan> {
        let plan = session(ctx).loader.load_one(ById::<plan::Entity>::new(self.0.plan_id)).await?;
        plan.map(Plan).ok_or_else(|| Error::internal("a document without plan"))
    }

    /// Its title (titel).
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What sort of document it is (typ av styrdokument).
    async fn kind(&self) -> GoverningDocumentKind {
        self.0.kind.into()
    }

    /// Who decided it (beslutsfattare).
    async fn decided_by(&self) -> Option<&str> {
        self.0.decided_by.as_deref()
    }

    /// When it was decided (beslutsdatum): a year, a month or a day, as precise as is known.
    async fn decided_on(&self) -> Option<PartialDate> {
        self.0.decided_on.clone().map(PartialDate)
    }

    /// The number under which it is registered (diarienummer).
    async fn registry_number(&self) -> Option<&str> {
        self.0.registry_number.as_deref()
    }

    #[graphql(flatten)]
    async fn tracked(&self, _ctx: &Context<'_>) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Plan(self.0.plan_id))
    }
}
