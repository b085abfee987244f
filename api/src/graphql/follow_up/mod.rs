//! Follow-up reports, what units say of their plans three times a year, and the calendar of that year.

use async_graphql::{MergedObject, MergedSubscription};

pub mod assessment;
pub mod calendar_event;
pub mod loader;
pub mod report;
pub mod subject;

use calendar_event::{
    CalendarEventCreate, CalendarEventDelete, CalendarEventQuery, CalendarEventUpdate,
};
use report::{
    ReportApprove, ReportAssess, ReportOpen, ReportQuery, ReportReopen, ReportReturn,
    ReportStatusSubscription, ReportSubmit, ReportUpdate,
};

/// Queries for reports and the calendar of the year.
#[derive(MergedObject, Default)]
pub struct FollowUpQuery(ReportQuery, CalendarEventQuery);

/// Mutations of reports and of the calendar of the year.
#[derive(MergedObject, Default)]
pub struct FollowUpMutation(
    ReportOpen,
    ReportUpdate,
    ReportAssess,
    ReportSubmit,
    ReportReturn,
    ReportApprove,
    ReportReopen,
    CalendarEventCreate,
    CalendarEventUpdate,
    CalendarEventDelete,
);

/// Reports as they change.
#[derive(MergedSubscription, Default)]
pub struct FollowUpSubscription(ReportStatusSubscription);
