//! Writing what a report says of one thing.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::follow_up::assessment;

use crate::{
    domain::follow_up::assessment as domain,
    error::Result,
    graphql::{
        follow_up::assessment::Assessment,
        id::sent,
        payload::{mutation, payload},
        vocabulary::{ProgressStatus, Verdict},
    },
};

/// What to say of one thing in a report. A field that is left out stays; null clears it.
#[derive(InputObject, Clone, Debug)]
pub struct ReportAssessInput {
    /// The report.
    pub report: ID,
    /// What it is about: a focus area, a goal, an assignment, an activity or an indicator of the report's plan.
    pub subject: ID,
    /// The version of the assessment that the caller has read. Left out: that nothing was said yet.
    pub version: Option<i32>,
    /// The judgement of a focus area, a goal or an assignment (bedömning).
    pub verdict: MaybeUndefined<Verdict>,
    /// How far an assignment or an activity has come.
    pub progress: MaybeUndefined<ProgressStatus>,
    /// What has been done since the last report, in Markdown; at most 20,000 characters. Of an indicator without a value:
    /// why.
    pub comment: MaybeUndefined<String>,
    /// What stands in the way (beroenden och hinder), in Markdown; at most 20,000 characters.
    pub obstacles: MaybeUndefined<String>,
    /// What comes next (nästa steg), in Markdown; at most 20,000 characters.
    pub next_steps: MaybeUndefined<String>,
}

payload! {
    /// What is said now.
    ReportAssessPayload, assessment: Assessment of assessment::Entity
}

/// Writes assessments.
#[derive(Default)]
pub struct ReportAssess;

#[Object]
impl ReportAssess {
    /// Writes what a report says of one thing (bedömning), to be sent whenever somebody has written a little. Needs REPORTER
    /// on the unit. userErrors: INVALID, NOT_FOUND; CONFLICT with both texts for a field that somebody else changed since
    /// the version; LOCKED when the report is submitted or approved.
    async fn report_assess(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to say.")] input: ReportAssessInput,
    ) -> Result<ReportAssessPayload> {
        let session = mutation(ctx);
        let fields = domain::AssessmentFields {
            verdict: sent(input.verdict),
            progress: sent(input.progress),
            comment: sent(input.comment),
            obstacles: sent(input.obstacles),
            next_steps: sent(input.next_steps),
        };
        let (report, subject, version) = (&input.report, &input.subject, input.version);
        let done = domain::assess(
            &session.db,
            &session.viewer,
            session.now(),
            report,
            subject,
            version,
            fields,
        )
        .await;
        ReportAssessPayload::of(ctx, done).await
    }
}
