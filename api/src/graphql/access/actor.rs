//! Who makes changes.

use async_graphql::SimpleObject;
use entity::access::actor;

use crate::graphql::vocabulary::ActorKind;

/// Who makes changes: a person, another system, or Rödtråd itself.
#[derive(SimpleObject, Clone, Debug)]
pub struct Actor {
    /// The subject of its token.
    pub subject: String,
    /// Its name, as the token last gave it.
    pub name: Option<String>,
    /// Person, service or Rödtråd itself.
    pub kind: ActorKind,
}

impl Actor {
    /// Rödtråd itself.
    #[must_use]
    pub fn system() -> Self {
        Self {
            subject: "rodtrad".to_owned(),
            name: Some("Rödtråd".to_owned()),
            kind: ActorKind::System,
        }
    }
}

impl From<actor::Model> for Actor {
    fn from(row: actor::Model) -> Self {
        let actor::Model { id: _, kind, subject, name } = row;
        Self { subject, name, kind: kind.into() }
    }
}
