//! Assessments (bedömningar): what a report says of one thing in the plan.

mod list;
mod release;
mod told;
mod write;

pub use list::{AssessmentFilter, AssessmentOrder, BELOW, OF_REPORT};
pub use release::release;
pub use told::{About, By, Told, previous, told};
pub use write::{AssessmentFields, assess, assess_in, blank};

use entity::{follow_up::assessment, vocabulary::NodeType};

/// The column of a subject of that type; none for what reports say nothing about.
#[must_use]
pub const fn column_of(node: NodeType) -> Option<assessment::Column> {
    use assessment::Column;
    match node {
        NodeType::FocusArea => Some(Column::FocusAreaId),
        NodeType::Goal => Some(Column::GoalId),
        NodeType::Assignment => Some(Column::AssignmentId),
        NodeType::Activity => Some(Column::ActivityId),
        NodeType::Indicator => Some(Column::IndicatorId),
        _ => None,
    }
}
