//! Recording what many budget lines have come to at once.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::budgets::budget_line_follow_up;

use super::BudgetLineFollowUp;
use crate::{
    domain::budgets::operating as domain,
    error::Result,
    graphql::{
        budgets::money::MoneyInput,
        id::sent,
        organisation::period::PeriodInput,
        payload::{bulk, mutation},
    },
};

/// What budget lines have come to in a period.
#[derive(InputObject, Clone, Debug)]
pub struct OperatingFollowUpRecordInput {
    /// The period: one that has started, of the budget's year.
    pub period: PeriodInput,
    /// The lines, 1 to 5,000, each once. They may be of several budgets.
    pub lines: Vec<BudgetLineRecord>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

/// What one budget line has come to. A field that is left out stays; the first time both are needed.
#[derive(InputObject, Clone, Debug)]
pub struct BudgetLineRecord {
    /// The line.
    pub line: ID,
    /// What it has come to in the period, in the budget's currency: of UR1, UR2 and AR since 1 January, of a month in that
    /// month. Cannot be cleared.
    pub outcome: MaybeUndefined<MoneyInput>,
    /// What the whole year is expected to come to, in the budget's currency; cannot be cleared.
    pub forecast: MaybeUndefined<MoneyInput>,
    /// The version of the follow-up that the caller has read. Without one, the caller has read that nothing was said.
    pub version: Option<i32>,
}

impl From<BudgetLineRecord> for domain::FollowUpItem {
    fn from(item: BudgetLineRecord) -> Self {
        let BudgetLineRecord { line, outcome, forecast, version } = item;
        Self { line: line.0, outcome: sent(outcome), forecast: sent(forecast), version }
    }
}

bulk! {
    /// The follow-ups as they are now.
    OperatingFollowUpRecordPayload, follow_ups: BudgetLineFollowUp of budget_line_follow_up::Entity
}

/// Records what budget lines have come to.
#[derive(Default)]
pub struct OperatingFollowUpRecord;

#[Object]
impl OperatingFollowUpRecord {
    /// Records what lines of operating budgets have come to in a period (utfall och prognos), all or nothing: makes
    /// follow-ups that are not there, changes those that differ, and leaves the rest alone. Needs REPORTER on every budget's
    /// unit. userErrors, with the place in the list: REQUIRED, NOT_FOUND; DUPLICATE for a line that comes twice; CONFLICT
    /// for an amount that somebody has written since the caller read it; INVALID, also for another year than the budget's,
    /// for an amount of another currency, and when the lines of a kind add up to more than 15 digits before the point;
    /// LOCKED with REPORT_SUBMITTED or REPORT_APPROVED where the period's report was handed in, and with
    /// PERIOD_NOT_STARTED.
    async fn operating_follow_up_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The period and the lines.")] input: OperatingFollowUpRecordInput,
    ) -> Result<OperatingFollowUpRecordPayload> {
        let session = mutation(ctx);
        let items = input.lines.into_iter().map(Into::into).collect();
        let (now, period) = (session.now(), input.period.into());
        let key = input.idempotency_key;
        let done = domain::record(&session.db, &session.viewer, now, period, items, key).await;
        OperatingFollowUpRecordPayload::of(ctx, done).await
    }
}
