//! Reports exactly as they were approved.

use async_graphql::Context;
use chrono::{DateTime, Utc};
use macros::object;

use crate::{
    domain::follow_up::decision::Decision,
    error::{Error, Result},
    graphql::{access::actor::Actor, context::session, loader::ActorOf, scalar::Json},
};

/// A report exactly as it was approved.
pub struct DecidedReport(pub Decision);

/// A report exactly as it was approved (beslutad rapport): a public record, which no later renaming, moving or removal
/// changes. What it says of things above the unit is only in what those read who see the whole organisation; for others it
/// is kept without, with a hash of its own.
#[object]
impl DecidedReport {
    /// When it was approved.
    fn at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// By whom.
    async fn by(&self, ctx: &Context<'_>) -> Result<Actor> {
        let actor = session(ctx).loader.load_one(ActorOf(self.0.actor_id)).await?;
        actor.map(Into::into).ok_or_else(|| Error::internal("a decision without actor"))
    }

    /// The SHA-256 (kontrollsumma) of the content's bytes as canonical JSON (RFC 8785), in lower-case hexadecimal.
    fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// All that was decided (innehåll): the unit, the plan and the period; what was said of each thing, in the order of the
    /// plan, with what was suggested and what was said before; the scorecard with outcomes, targets and lights as they were
    /// when it was approved, those put together from units that are not approved marked PRELIMINARY, and nothing that is
    /// confidential; who handed it in and why it did not wait; and the hashes of the reports right below that it drew on. Numbers are texts. `format` tells its shape.
    async fn content(&self) -> Result<Json> {
        serde_json::from_str(&self.0.content).map(Json).map_err(Error::internal)
    }
}
