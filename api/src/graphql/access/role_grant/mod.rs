//! Roles that principals hold.

use async_graphql::{Context, ID};
use entity::{access::role_grant, organisation::org_unit, vocabulary::NodeType};
use macros::object;

pub mod grant;
pub mod query;
pub mod revoke;

pub use grant::RoleGranting;
pub use query::RoleGrantQuery;
pub use revoke::RoleRevoking;

use crate::{
    error::{Error, Result},
    graphql::{
        context::session,
        id::global,
        loader::ById,
        organisation::org_unit::OrgUnit,
        vocabulary::{PrincipalKind, Role},
    },
};

/// A role that a principal holds.
pub struct RoleGrant(pub role_grant::Model);

impl From<role_grant::Model> for RoleGrant {
    fn from(row: role_grant::Model) -> Self {
        Self(row)
    }
}

/// A role (roll) that a person, a group or another system holds on a unit and everything below it. Seen by those
/// who administer the unit, and by the one who holds it.
#[object]
impl RoleGrant {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::RoleGrant, self.0.id)
    }

    /// Who holds it: the subject of a token, or the name of a group.
    fn principal(&self) -> &str {
        &self.0.principal
    }

    /// Whether it is a person, a group or another system.
    fn principal_kind(&self) -> PrincipalKind {
        self.0.principal_kind.into()
    }

    /// What the principal may do.
    fn role(&self) -> Role {
        self.0.role.into()
    }

    /// On which unit, with everything below it (enhet).
    async fn org_unit(&self, ctx: &Context<'_>) -> Result<OrgUnit> {
        let unit =
            session(ctx).loader.load_one(ById::<org_unit::Entity>::new(self.0.org_unit_id)).await?;
        unit.map(OrgUnit).ok_or_else(|| Error::internal("a grant without unit"))
    }
}
