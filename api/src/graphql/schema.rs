//! The schema, put together from its areas.

use std::{any::TypeId, sync::Arc};

use async_graphql::{
    MergedObject, MergedSubscription, Request, Response, SDLExportOptions, Schema, SchemaBuilder,
    ValidationMode,
};

use futures_util::StreamExt as _;

use super::{
    access::{AccessMutation, AccessQuery},
    budgets::{BudgetsMutation, BudgetsQuery},
    context::Session,
    documents::Known,
    follow_up::{FollowUpMutation, FollowUpQuery, FollowUpSubscription},
    indicators::{IndicatorsMutation, IndicatorsQuery, IndicatorsSubscription},
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
    BudgetsQuery,
);

/// Everything that can be changed. What a person can mend comes back as userErrors, and nothing has changed then.
#[derive(MergedObject, Default)]
pub struct Mutation(
    AccessMutation,
    OrganisationMutation,
    PlanningMutation,
    IndicatorsMutation,
    FollowUpMutation,
    BudgetsMutation,
);

/// Everything that can be followed, over WebSocket (graphql-transport-ws) or server-sent events. What the caller may not
/// see never happens; a role that is taken back holds no longer from the next event on.
#[derive(MergedSubscription, Default)]
pub struct Subscription(IndicatorsSubscription, FollowUpSubscription);

/// The library's schema.
pub type Rodtrad = Schema<Query, Mutation, Subscription>;

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
        let (known, session) = (carried::<Known>(&request), carried::<Session>(&request));
        let execution = self.of(known.as_deref()).execute(request);
        let response = match session {
            Some(session) => session.loader.drive(execution).await,
            None => execution.await,
        };
        if let Some(known) = known.filter(|_| response.errors.is_empty()) {
            known.found_valid();
        }
        response
    }

    /// Answers one turn of a subscription with all that it has to say.
    pub async fn turn(&self, request: Request) -> Vec<Response> {
        let (known, session) = (carried::<Known>(&request), carried::<Session>(&request));
        let said = self.of(known.as_deref()).execute_stream(request).collect::<Vec<_>>();
        let said = match session {
            Some(session) => session.loader.drive(said).await,
            None => said.await,
        };
        if let Some(known) = known.filter(|_| said.iter().all(|one| one.errors.is_empty())) {
            known.found_valid();
        }
        said
    }

    fn of(&self, known: Option<&Known>) -> &Rodtrad {
        if known.is_some_and(|known| known.valid) { &self.trusting } else { &self.strict }
    }
}

/// What a request carries.
fn carried<T: Send + Sync + 'static>(request: &Request) -> Option<Arc<T>> {
    request.data.get(&TypeId::of::<Arc<T>>())?.downcast_ref::<Arc<T>>().cloned()
}

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription::default())
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
