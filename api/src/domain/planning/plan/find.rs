//! Finds one plan by what the caller knows it by.

use entity::{planning::plan, sight::Sight, tracked::Visible as _, vocabulary::NodeType};
use sea_orm::{ColumnTrait as _, ConnectionTrait, ExprTrait as _, QueryFilter as _};

use crate::{
    domain::{access::external_ref, reference::key_of},
    error::Result,
};

/// What a plan is known by.
#[derive(Clone, Debug)]
pub enum PlanBy {
    /// Its global id.
    Id(String),
    /// Its unit and year.
    OrgUnitYear {
        /// The unit.
        org_unit: String,
        /// The year.
        year: i32,
    },
    /// The id that another system knows it by.
    External {
        /// The other system.
        source: String,
        /// Its id there.
        external_id: String,
    },
}

/// The plan that is known by that, when the viewer sees it.
///
/// # Errors
/// A problem for what is no id; [`crate::error::Error::BadInput`] for an external id of several plans.
pub async fn find(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    by: &PlanBy,
) -> Result<Option<plan::Model>> {
    let wanted = match by {
        PlanBy::Id(id) => plan::Column::Id.eq(key_of(NodeType::Plan, id)?),
        PlanBy::OrgUnitYear { org_unit, year } => plan::Column::OrgUnitId
            .eq(key_of(NodeType::OrgUnit, org_unit)?)
            .and(plan::Column::Year.eq(*year)),
        PlanBy::External { source, external_id } => {
            return external_ref::find::<plan::Entity>(connection, sight, source, external_id)
                .await;
        }
    };
    Ok(plan::Entity::find_visible(sight).filter(wanted).one(connection).await?)
}
