//! The caller itself: who it is, and what it may do.

use async_graphql::{Context, Enum, ID, Object};
use entity::{node_id, vocabulary::NodeType};

use super::{actor::Actor, loader::UnitOf, role_grant::RoleGrant};
use crate::{
    access::policy,
    error::{Error, Result},
    graphql::{context::session, loader::May, vocabulary::ActorKind},
};

/// What somebody wants to do on a unit.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "policy::Action")]
pub enum Action {
    /// See what is published (läsa).
    Read,
    /// Record outcomes, assess and submit (rapportera).
    Report,
    /// Write plans and what is in them, and targets (planera).
    Plan,
    /// Approve, return and reopen (godkänna).
    Approve,
    /// Units, indicators' definitions, roles and the calendar (administrera).
    Administer,
    /// Synchronise with another system (synkronisera).
    Sync,
}

/// The caller (användaren).
pub struct Viewer;

/// The caller (användaren): who it is, and what it may do.
#[Object]
impl Viewer {
    /// Who the caller is. Without a token, where data is open, a USER whose subject is "anonymous".
    async fn actor(&self, ctx: &Context<'_>) -> Actor {
        session(ctx).viewer.principal().map_or_else(
            |_| Actor { subject: "anonymous".to_owned(), name: None, kind: ActorKind::User },
            |principal| Actor {
                subject: principal.subject.clone(),
                name: principal.name.clone(),
                kind: principal.kind.into(),
            },
        )
    }

    /// The roles that the caller holds (roller), by itself and through groups.
    async fn grants(&self, ctx: &Context<'_>) -> Vec<RoleGrant> {
        session(ctx).viewer.grants().iter().cloned().map(RoleGrant).collect()
    }

    /// Whether the caller's roles allow that on a node of any type; dashboards hide buttons by it. The roles on its
    /// unit count: a plan's for what is in the plan, the organisation's for an indicator. False for what the caller
    /// does not see. Whether the node is locked now, `viewerCannotUpdate` says. Errors: BAD_USER_INPUT for what is
    /// no id.
    async fn can(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do.")] action: Action,
        #[graphql(desc = "The node's id.")] on: ID,
    ) -> Result<bool> {
        let (node, key, rest) = node_id::decode_with(&on)
            .ok_or_else(|| Error::BadInput("`on` is not an id.".to_owned()))?;
        // What is worked out has no row to ask about, and nobody changes it.
        if !rest.is_empty() && node == NodeType::Outcome {
            return Ok(false);
        }
        let loader = &session(ctx).loader;
        let Some(unit) = loader.load_one(UnitOf(node, key)).await? else { return Ok(false) };
        // What the caller sees it may read, wherever the sight comes from.
        let action = policy::Action::from(action);
        Ok(action == policy::Action::Read
            || loader.load_one(May(action, unit)).await?.unwrap_or(false))
    }
}

/// Queries about the caller.
#[derive(Default)]
pub struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// The caller (användaren). Errors: UNAUTHENTICATED without a token, unless data is open.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Viewer> {
        session(ctx).viewer.sight()?;
        Ok(Viewer)
    }
}
