//! Plans and the red thread in them.

use async_graphql::MergedObject;

pub mod focus_area;
pub mod goal;
pub mod plan;

use goal::{GoalCreate, GoalDelete, GoalQuery, GoalUpdate};
use plan::{PlanClose, PlanCreate, PlanDecide, PlanDelete, PlanQuery, PlanUpdate};

/// Queries for plans and what is in them.
#[derive(MergedObject, Default)]
pub struct PlanningQuery(PlanQuery, GoalQuery);

/// Mutations of plans and what is in them.
#[derive(MergedObject, Default)]
pub struct PlanningMutation(
    PlanCreate,
    PlanUpdate,
    PlanDelete,
    PlanDecide,
    PlanClose,
    GoalCreate,
    GoalUpdate,
    GoalDelete,
);
