//! Changing a frame by a decision.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::budgets::{frame_change, investment_budget};

use super::FrameChange;
use crate::{
    domain::{budgets::investment::frame_change as domain, write::Done},
    error::Result,
    graphql::{
        budgets::{investment_budget::InvestmentBudget, money::MoneyInput},
        context::session,
        id::given,
        loader::ById,
        payload::{effect, mutation},
        scalar::Date,
        user_error::UserError,
    },
};

/// How a frame is changed.
#[derive(InputObject, Clone, Debug)]
pub struct InvestmentFrameChangeInput {
    /// The budget whose frame it is.
    pub budget: ID,
    /// How much more; below zero, how much less. Not zero.
    pub amount: MoneyInput,
    /// Why; 1 to 20,000 characters.
    pub reason: String,
    /// The day on which it was decided; not in the future.
    pub decided_on: Date,
    /// The number under which the decision is registered; at most 100 characters.
    pub registry_number: Option<String>,
    /// Same key and same input: the first answer again. Same key and other input: DUPLICATE.
    pub idempotency_key: Option<String>,
}

/// The changed frame.
#[derive(SimpleObject)]
pub struct InvestmentFrameChangePayload {
    /// The change; null when there are userErrors.
    pub frame_change: Option<FrameChange>,
    /// The budget as it is now; null when there are userErrors.
    pub investment_budget: Option<InvestmentBudget>,
    /// What the caller can mend. When there is anything here, nothing was changed.
    pub user_errors: Vec<UserError>,
    /// The place in the log of changes after this mutation's own effect.
    pub cursor: String,
}

impl InvestmentFrameChangePayload {
    async fn of(ctx: &Context<'_>, result: Result<Done>) -> Result<Self> {
        let (done, user_errors, cursor) = effect(ctx, result).await?;
        let ids = done.map(|done| done.ids).unwrap_or_default();
        let loader = &session(ctx).loader;
        let frame_change = match ids.first() {
            Some(id) => loader.load_one(ById::<frame_change::Entity>::new(*id)).await?,
            None => None,
        };
        let budget = match ids.last() {
            Some(id) => loader.load_one(ById::<investment_budget::Entity>::new(*id)).await?,
            None => None,
        };
        Ok(Self {
            frame_change: frame_change.map(FrameChange),
            investment_budget: budget.map(InvestmentBudget),
            user_errors,
            cursor,
        })
    }
}

/// Changes frames.
#[derive(Default)]
pub struct FrameChangeMake;

#[Object]
impl FrameChangeMake {
    /// Changes the frame of an investment budget by a decision (anslagsförändring). Needs PLANNER on the budget's unit.
    /// userErrors: REQUIRED, NOT_FOUND; INVALID, also at `amount` when the frame would be less than what its items come to,
    /// which says how much is missing; LOCKED with PLAN_CLOSED when the plan that governs the year is closed, and with
    /// REPORT_SUBMITTED or REPORT_APPROVED when the year's annual report was handed in.
    async fn investment_frame_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it is changed.")] input: InvestmentFrameChangeInput,
    ) -> Result<InvestmentFrameChangePayload> {
        let session = mutation(ctx);
        let fields = domain::FrameChangeFields {
            amount: input.amount.into(),
            reason: given(Some(input.reason)),
            decided_on: input.decided_on.into(),
            registry_number: given(input.registry_number),
        };
        let (db, viewer, budget) = (&session.db, &session.viewer, input.budget.0);
        let key = input.idempotency_key;
        let done = domain::change(db, viewer, session.now(), budget, fields, key).await;
        InvestmentFrameChangePayload::of(ctx, done).await
    }
}
