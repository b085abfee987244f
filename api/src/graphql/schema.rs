//! The schema, put together from its areas.

use std::{any::TypeId, sync::Arc};

use async_graphql::{EmptySubscription, MergedObject, Request, Response, SDLExportOptions, Schema};

use super::{
    access::{AccessMutation, AccessQuery},
    context::Session,
    indicators::{IndicatorsMutation, IndicatorsQuery},
    node::NodeQuery,
    organisation::{OrganisationMutation, OrganisationQuery},
    planning::{PlanningMutation, PlanningQuery},
    tracked::Tracked,
};

/// Everything that can be asked. What the caller may not see does not exist: not in lists, counts or sums.
#[derive(MergedObject, Default)]
pub struct Query(NodeQuery, AccessQuery, OrganisationQuery, PlanningQuery, IndicatorsQuery);

/// Everything that can be changed. What a person can mend comes back as userErrors, and nothing has changed then.
#[derive(MergedObject, Default)]
pub struct Mutation(AccessMutation, OrganisationMutation, PlanningMutation, IndicatorsMutation);

/// The schema that Rödtråd serves.
pub type Rodtrad = Schema<Query, Mutation, EmptySubscription>;

/// Builds the schema.
#[must_use]
pub fn build() -> Rodtrad {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .register_output_type::<Tracked>()
        // Depth and complexity are counted before validation, by `budget`; these only have to be out of the way.
        .limit_recursive_depth(64)
        .finish()
}

/// Answers a request that carries its session; batches are sent as soon as nothing else can go on.
pub async fn execute(schema: &Rodtrad, request: Request) -> Response {
    let session = request.data.get(&TypeId::of::<Arc<Session>>());
    match session.and_then(|data| data.downcast_ref::<Arc<Session>>()).cloned() {
        Some(session) => session.loader.drive(schema.execute(request)).await,
        None => schema.execute(request).await,
    }
}

/// The schema as text, in a stable order.
#[must_use]
pub fn sdl(schema: &Rodtrad) -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .use_space_ident()
        .indent_width(2);
    format!("{}\n", schema.sdl_with_options(options).trim_end())
}
