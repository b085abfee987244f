//! The schema, put together from its areas.

use std::{any::TypeId, sync::Arc};

use async_graphql::{
    EmptySubscription, MergedObject, Request, Response, SDLExportOptions, Schema, SchemaBuilder,
    ValidationMode,
};

use super::{
    access::{AccessMutation, AccessQuery},
    context::Session,
    documents::Known,
    follow_up::{FollowUpMutation, FollowUpQuery},
    indicators::{IndicatorsMutation, IndicatorsQuery},
    node::NodeQuery,
    organisation::{OrganisationMutation, OrganisationQuery},
    planning::{PlanningMutation, PlanningQuery},
    tracked::Tracked,
};

/// Everything that can be asked. What the caller may not see does not exist: not in lists, counts or sums.
#[derive(MergedObject, Default)]
pub struct Query(
    NodeQuery,
    AccessQuery,
    OrganisationQuery,
    PlanningQuery,
    IndicatorsQuery,
    FollowUpQuery,
);

/// Everything that can be changed. What a person can mend comes back as userErrors, and nothing has changed then.
#[derive(MergedObject, Default)]
pub struct Mutation(
    AccessMutation,
    OrganisationMutation,
    PlanningMutation,
    IndicatorsMutation,
    FollowUpMutation,
);

/// The library's schema.
pub type Rodtrad = Schema<Query, Mutation, EmptySubscription>;

/// The schema that Rödtråd serves: once for documents that are new, and once for those that were found valid before.
#[derive(Clone)]
pub struct Schemas {
    strict: Rodtrad,
    trusting: Rodtrad,
}

impl Schemas {
    /// Builds both.
    #[must_use]
    pub fn build() -> Self {
        let trusting = builder().validation_mode(ValidationMode::Fast);
        Self { strict: build(), trusting: trusting.finish() }
    }

    /// The schema as text.
    #[must_use]
    pub fn sdl(&self) -> String {
        sdl(&self.strict)
    }

    /// Answers a request that carries its session; batches are sent as soon as nothing else can go on.
    pub async fn execute(&self, request: Request) -> Response {
        let known = carried::<Known>(&request);
        let known_valid = known.as_ref().is_some_and(|known| known.valid);
        let schema = if known_valid { &self.trusting } else { &self.strict };
        let session = carried::<Session>(&request);
        let execution = schema.execute(request);
        let response = match session {
            Some(session) => session.loader.drive(execution).await,
            None => execution.await,
        };
        if let Some(known) = known.filter(|_| response.errors.is_empty()) {
            known.found_valid();
        }
        response
    }
}

/// What a request carries.
fn carried<T: Send + Sync + 'static>(request: &Request) -> Option<Arc<T>> {
    request.data.get(&TypeId::of::<Arc<T>>())?.downcast_ref::<Arc<T>>().cloned()
}

fn builder() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .register_output_type::<Tracked>()
        // Depth and complexity are counted before validation, by `budget`; these only have to be out of the way.
        .limit_recursive_depth(64)
}

/// Builds the schema.
#[must_use]
pub fn build() -> Rodtrad {
    builder().finish()
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
