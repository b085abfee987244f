//! Governing documents (styrdokument).

use async_graphql::{Context, ID};
use entity::{
    planning::{governing_document, plan},
    vocabulary::NodeType,
};
use macros::object;

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
#[object]
impl GoverningDocument {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::GoverningDocument, self.0.id)
    }

    /// The plan that leans on it (verksamhetsplan).
    async fn plan(&self, ctx: &Context<'_>) -> Result<Plan> {
        let plan = session(ctx).loader.load_one(ById::<plan::Entity>::new(self.0.plan_id)).await?;
        plan.map(Plan).ok_or_else(|| Error::internal("a document without plan"))
    }

    /// Its title (titel).
    fn title(&self) -> &str {
        &self.0.title
    }

    /// What sort of document it is (typ av styrdokument).
    fn kind(&self) -> GoverningDocumentKind {
        self.0.kind.into()
    }

    /// Who decided it (beslutsfattare).
    fn decided_by(&self) -> Option<&str> {
        self.0.decided_by.as_deref()
    }

    /// When it was decided (beslutsdatum): a year, a month or a day, as precise as is known.
    fn decided_on(&self) -> Option<PartialDate> {
        self.0.decided_on.clone().map(PartialDate)
    }

    /// The number under which it is registered (diarienummer).
    fn registry_number(&self) -> Option<&str> {
        self.0.registry_number.as_deref()
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Plan(self.0.plan_id))
    }
}
