//! Units, and what an organisation calls its year.

use async_graphql::MergedObject;

pub mod loader;
pub mod org_unit;
pub mod period;
pub mod reporting_cycle;
pub mod reporting_period;

/// Queries about units.
#[derive(MergedObject, Default)]
pub struct OrganisationQuery(org_unit::OrgUnitQuery);

/// Mutations of units and of what an organisation calls its year.
#[derive(MergedObject, Default)]
pub struct OrganisationMutation(
    org_unit::OrgUnitCreate,
    org_unit::OrgUnitUpdate,
    org_unit::OrgUnitDelete,
    reporting_cycle::ReportingCycleSet,
);
