//! How far reports have come.

use std::sync::Arc;

use async_graphql::Context;
use entity::vocabulary::NodeType;
use macros::object;
use uuid::Uuid;

use crate::{
    access::viewer::Language,
    domain::follow_up::report::{Completeness, Missing},
    error::{Error, Result},
    graphql::{
        context::session,
        follow_up::subject::{self, ReportSubject},
    },
};

/// How far a report has come.
pub struct ReportCompleteness(pub Arc<Completeness>);

/// How much a report is to say, and how much of it is said (komplettering).
#[object]
impl ReportCompleteness {
    /// How many things it is to say something about.
    fn required(&self) -> u32 {
        self.0.required()
    }

    /// Of how many it is said.
    fn done(&self) -> u32 {
        self.0.done()
    }

    /// What is missing, in the order in which the plan is read; each of these keeps the report from being submitted.
    async fn missing(&self, ctx: &Context<'_>) -> Result<Vec<MissingItem>> {
        let missing = self.0.missing();
        let items: Vec<MissingItem> =
            missing.map(|(item, why)| MissingItem { node: item.node, id: item.id, why }).collect();
        session(ctx).spend(items.len())?;
        Ok(items)
    }
}

/// Something that is missing in a report.
pub struct MissingItem {
    node: NodeType,
    id: Uuid,
    why: Missing,
}

/// Something that is missing in a report (det som saknas).
#[object]
impl MissingItem {
    /// What it is about.
    async fn subject(&self, ctx: &Context<'_>) -> Result<ReportSubject> {
        let subject = subject::load(ctx, self.node, self.id).await?;
        subject.ok_or_else(|| Error::internal("something is missing that is not there"))
    }

    /// What is missing, for people; in Swedish or English by Accept-Language.
    async fn reason(&self, ctx: &Context<'_>) -> &'static str {
        match (session(ctx).viewer.language, self.why) {
            (Language::Swedish, Missing::Verdict) => "Bedömning saknas.",
            (Language::Swedish, Missing::Outcome) => "Utfall saknas, och en kommentar om varför.",
            (Language::Swedish, Missing::Why) => "En kommentar om varför utfallet saknas behövs.",
            (Language::English, Missing::Verdict) => "It is not assessed.",
            (Language::English, Missing::Outcome) => {
                "There is no outcome, and no comment that says why."
            }
            (Language::English, Missing::Why) => "A comment must say why the outcome is missing.",
        }
    }
}
