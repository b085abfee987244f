//! Recording what has been spent on many items at once.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::budgets::investment_follow_up;

use super::InvestmentItemFollowUp;
use crate::{
    domain::budgets::investment as domain,
    error::Result,
    graphql::{
        budgets::money::MoneyInput,
        id::sent,
        organisation::period::PeriodInput,
        payload::{bulk, mutation},
    },
};

/// What has been spent on items in a period.
#[derive(InputObject, Clone, Debug)]
pub struct InvestmentFollowUpRecordInput {
    /// The period: one that has started, of the year of the items' budgets.
    pub period: PeriodInput,
    /// The items, 1 to 5,000, each once; also of several budgets.
    pub items: Vec<InvestmentItemRecord>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

/// What has been spent on one item. A field that is left out of one that is there already stays.
#[derive(InputObject, Clone, Debug)]
pub struct InvestmentItemRecord {
    /// The item.
    pub item: ID,
    /// What has been spent since January; of a month, in the month. Required the first time, and cannot be cleared. It may be
    /// below zero.
    pub spent: MaybeUndefined<MoneyInput>,
    /// What the year is expected to come to. Required the first time, and cannot be cleared. It may be below zero.
    pub forecast: MaybeUndefined<MoneyInput>,
    /// What is said about it; at most 20,000 characters. Null and a text of nothing but space clear it.
    pub comment: MaybeUndefined<String>,
    /// The version that the caller has read; left out, the caller has read that nothing was said.
    pub version: Option<i32>,
}

impl From<InvestmentItemRecord> for domain::RecordItem {
    fn from(record: InvestmentItemRecord) -> Self {
        let InvestmentItemRecord { item, spent, forecast, comment, version } = record;
        Self {
            item: item.0,
            spent: sent(spent),
            forecast: sent(forecast),
            comment: sent(comment),
            version,
        }
    }
}

bulk! {
    /// The follow-ups as they are now.
    InvestmentFollowUpRecordPayload, follow_ups: InvestmentItemFollowUp of investment_follow_up::Entity
}

/// Records what has been spent.
#[derive(Default)]
pub struct InvestmentFollowUpRecord;

#[Object]
impl InvestmentFollowUpRecord {
    /// Records what has been spent on items in a period, and what their year is expected to come to (investeringsuppföljning):
    /// all or nothing. Makes what is not there, changes what differs, and leaves the rest alone. Needs REPORTER on the unit of
    /// every budget. userErrors, with the place in the list: REQUIRED, INVALID, NOT_FOUND; DUPLICATE for an item that is there
    /// twice; CONFLICT for a field that somebody has written since the version that the caller read. At `period`: INVALID, also
    /// for another year than the budgets'; LOCKED with REPORT_SUBMITTED or REPORT_APPROVED where the period's report was handed
    /// in, and with PERIOD_NOT_STARTED.
    async fn investment_follow_up_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The period and the items.")] input: InvestmentFollowUpRecordInput,
    ) -> Result<InvestmentFollowUpRecordPayload> {
        let session = mutation(ctx);
        let items = input.items.into_iter().map(Into::into).collect();
        let (db, viewer, period) = (&session.db, &session.viewer, input.period.into());
        let key = input.idempotency_key;
        let done = domain::record(db, viewer, session.now(), period, items, key).await;
        InvestmentFollowUpRecordPayload::of(ctx, done).await
    }
}
