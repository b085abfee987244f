//! Plans and the red thread in them.

use async_graphql::MergedObject;

pub mod activity;
pub mod assignment;
pub mod focus_area;
pub mod goal;
pub mod governing_document;
pub mod plan;
pub mod plan_section;
pub mod responsibility;

use activity::{ActivityCreate, ActivityDelete, ActivityQuery, ActivityUpdate};
use assignment::{AssignmentCreate, AssignmentDelete, AssignmentQuery, AssignmentUpdate};
use focus_area::{FocusAreaCreate, FocusAreaDelete, FocusAreaUpdate};
use goal::{GoalCreate, GoalDelete, GoalQuery, GoalUpdate};
use governing_document::{
    GoverningDocumentCreate, GoverningDocumentDelete, GoverningDocumentUpdate,
};
use plan::{PlanClose, PlanCopy, PlanCreate, PlanDecide, PlanDelete, PlanQuery, PlanUpdate};
use plan_section::{PlanSectionCreate, PlanSectionDelete, PlanSectionUpdate};

/// Queries for plans and what is in them.
#[derive(MergedObject, Default)]
pub struct PlanningQuery(PlanQuery, GoalQuery, AssignmentQuery, ActivityQuery);

/// Mutations of plans and what is in them.
#[derive(MergedObject, Default)]
pub struct PlanningMutation(
    PlanCreate,
    PlanUpdate,
    PlanDelete,
    PlanDecide,
    PlanClose,
    PlanCopy,
    PlanSectionCreate,
    PlanSectionUpdate,
    PlanSectionDelete,
    GoverningDocumentCreate,
    GoverningDocumentUpdate,
    GoverningDocumentDelete,
    FocusAreaCreate,
    FocusAreaUpdate,
    FocusAreaDelete,
    GoalCreate,
    GoalUpdate,
    GoalDelete,
    AssignmentCreate,
    AssignmentUpdate,
    AssignmentDelete,
    ActivityCreate,
    ActivityUpdate,
    ActivityDelete,
);
