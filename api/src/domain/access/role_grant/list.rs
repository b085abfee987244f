//! Which grants, and in which order.

use entity::{
    access::role_grant,
    vocabulary::{NodeType, PrincipalKind, Role},
};
use sea_orm::{ColumnTrait as _, Condition, sea_query::Expr};

use crate::{
    domain::{
        listing::{Listed, SortKey, swedish},
        reference::key_of,
    },
    error::Result,
};

/// Which grants.
#[derive(Clone, Debug, Default)]
pub struct RoleGrantFilter {
    /// On that very unit.
    pub org_unit: Option<String>,
    /// To that principal.
    pub principal: Option<String>,
    /// To a principal of that kind.
    pub principal_kind: Option<PrincipalKind>,
    /// Of that role.
    pub role: Option<Role>,
}

impl RoleGrantFilter {
    /// The filter in SQL.
    ///
    /// # Errors
    /// A problem for what is no id.
    pub fn condition(&self) -> Result<Condition> {
        let mut all = Condition::all();
        if let Some(id) = &self.org_unit {
            all = all.add(role_grant::Column::OrgUnitId.eq(key_of(NodeType::OrgUnit, id)?));
        }
        if let Some(principal) = &self.principal {
            // No stored text has a NUL, and PostgreSQL takes no such text.
            let principal = principal.replace('\0', "\u{fffd}");
            all = all.add(role_grant::Column::Principal.eq(principal));
        }
        if let Some(kind) = self.principal_kind {
            all = all.add(role_grant::Column::PrincipalKind.eq(kind));
        }
        if let Some(role) = self.role {
            all = all.add(role_grant::Column::Role.eq(role));
        }
        Ok(all)
    }
}

/// By principal.
impl Listed for role_grant::Entity {
    type Order = ();

    fn sort_keys((): ()) -> Vec<SortKey<role_grant::Model>> {
        vec![SortKey::text(
            swedish(Expr::col((Self, role_grant::Column::Principal))),
            |row: &role_grant::Model| row.principal.clone(),
        )]
    }
}
