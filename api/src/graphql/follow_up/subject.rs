//! What a report says something about.

use async_graphql::{Context, Union};
use entity::{
    indicators::indicator,
    planning::{activity, assignment, focus_area, goal},
    vocabulary::NodeType,
};
use uuid::Uuid;

use crate::{
    error::Result,
    graphql::{
        context::session,
        indicators::indicator::Indicator,
        loader::ById,
        planning::{activity::Activity, assignment::Assignment, focus_area::FocusArea, goal::Goal},
    },
};

/// What a report says something about (det som följs upp).
#[derive(Union)]
pub enum ReportSubject {
    /// A focus area.
    FocusArea(FocusArea),
    /// A goal.
    Goal(Goal),
    /// An assignment.
    Assignment(Assignment),
    /// An activity.
    Activity(Activity),
    /// An indicator.
    Indicator(Indicator),
}

/// The subject of that type and key, when the caller sees it.
///
/// # Errors
/// Whatever the database says.
pub async fn load(ctx: &Context<'_>, node: NodeType, id: Uuid) -> Result<Option<ReportSubject>> {
    macro_rules! one {
        ($table:ident, $object:ident) => {{
            let row = session(ctx).loader.load_one(ById::<$table::Entity>::new(id)).await?;
            row.map(|row| ReportSubject::$object($object::from(row)))
        }};
    }
    Ok(match node {
        NodeType::FocusArea => one!(focus_area, FocusArea),
        NodeType::Goal => one!(goal, Goal),
        NodeType::Assignment => one!(assignment, Assignment),
        NodeType::Activity => one!(activity, Activity),
        NodeType::Indicator => one!(indicator, Indicator),
        _ => None,
    })
}
