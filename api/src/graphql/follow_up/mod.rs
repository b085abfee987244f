//! Follow-up reports: what units say of their plans, three times a year.

use async_graphql::{MergedObject, MergedSubscription};

pub mod assessment;
pub mod loader;
pub mod report;
pub mod subject;

use report::{
    ReportApprove, ReportAssess, ReportOpen, ReportQuery, ReportReopen, ReportReturn,
    ReportStatusSubscription, ReportSubmit, ReportUpdate,
};

/// Queries for reports.
#[derive(MergedObject, Default)]
pub struct FollowUpQuery(ReportQuery);

/// Mutations of reports.
#[derive(MergedObject, Default)]
pub struct FollowUpMutation(
    ReportOpen,
    ReportUpdate,
    ReportAssess,
    ReportSubmit,
    ReportReturn,
    ReportApprove,
    ReportReopen,
);

/// Reports as they change.
#[derive(MergedSubscription, Default)]
pub struct FollowUpSubscription(ReportStatusSubscription);
