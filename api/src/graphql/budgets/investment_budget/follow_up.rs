//! How the investments of a budget stand in a period.

use async_graphql::Context;
use macros::object;
use uuid::Uuid;

use crate::{
    domain::{
        budgets::{investment::FollowUp, money as domain},
        organisation::period::Period as DomainPeriod,
    },
    error::Result,
    graphql::{
        budgets::{investment::SaidOf, investment_follow_up::InvestmentItemFollowUp, money::Money},
        context::session,
        indicators::outcome::Coverage,
        organisation::period::Period,
        scalar::Decimal,
    },
};

/// How the investments of a budget stand in a period (investeringsuppföljning).
pub struct InvestmentFollowUp {
    /// The budget.
    pub budget: Uuid,
    /// Whose cycle the period is in.
    pub organisation: Uuid,
    /// The period.
    pub period: DomainPeriod,
    /// The figures.
    pub standing: FollowUp,
}

impl InvestmentFollowUp {
    fn money(&self, hundredths: i128) -> Money {
        Money(domain::Money::hundredths(hundredths, self.standing.currency))
    }
}

/// How the investments of a budget stand in a period (investeringsuppföljning), as far as they are reported on: `coverage`
/// says how many items that is. When the unit's report of the period is approved, these sums stay as they were then; `items`
/// are as they are.
#[object]
impl InvestmentFollowUp {
    /// The period (period).
    fn period(&self) -> Period {
        Period::new(self.organisation, self.period)
    }

    /// The budget's frame (ram): as it is, or as it was when the period's report was approved.
    fn frame(&self) -> Money {
        self.money(self.standing.frame)
    }

    /// What has been spent since January, or in the month (utfall).
    fn spent(&self) -> Money {
        self.money(self.standing.spent)
    }

    /// What the year is expected to come to (prognos): as reported, and of an item that nobody has reported on its amount.
    fn forecast(&self) -> Money {
        self.money(self.standing.forecast)
    }

    /// The frame minus the forecast (avvikelse): above zero it will not all be used.
    fn deviation(&self) -> Money {
        self.money(self.standing.deviation())
    }

    /// What has been spent in per cent of the frame (förbrukat), with at most 6 decimals; null when the frame is zero.
    fn spent_share(&self) -> Option<Decimal> {
        self.standing.spent_share().map(Decimal)
    }

    /// How many items are reported on, of all that there are (täckning).
    fn coverage(&self) -> Coverage {
        Coverage { contributing: self.standing.reported, expected: self.standing.items }
    }

    /// What is said of each item that is reported on (uppföljning per investering), by the items' names, sorted as Swedish.
    async fn items(&self, ctx: &Context<'_>) -> Result<Vec<InvestmentItemFollowUp>> {
        let said = session(ctx).loader.load_one(SaidOf(self.budget, self.period)).await?;
        let said = said.unwrap_or_default();
        session(ctx).spend(said.len())?;
        Ok(said.iter().cloned().map(InvestmentItemFollowUp).collect())
    }
}
