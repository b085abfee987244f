//! What a unit may invest in a year (investeringsbudget).

use async_graphql::{Context, ID};
use entity::{
    budgets::{frame_change, investment_budget, investment_transfer},
    organisation::org_unit,
    vocabulary::NodeType,
};
use macros::object;
use uuid::Uuid;

pub mod create;
pub mod delete;
pub mod follow_up;
pub mod query;
pub mod sum;
pub mod update;

pub use create::InvestmentBudgetCreate;
pub use delete::InvestmentBudgetDelete;
pub use query::InvestmentBudgetQuery;
pub use update::InvestmentBudgetUpdate;

use self::{follow_up::InvestmentFollowUp, sum::InvestmentSum};
use super::{
    frame_change::FrameChange,
    investment::{AreasOf, FrameChangedOf, InvestmentBudgetOf, StandingOf, SumOf, YearSumsOf},
    investment_item::{
        self, InvestmentItem, InvestmentItemFilter, InvestmentItemOrder, year::InvestmentYear,
    },
    investment_transfer::InvestmentTransfer,
    money::Money,
};
use crate::{
    domain::{
        budgets::{
            investment::{frame_change as frame_changes, item as items, transfer as transfers},
            money as domain,
        },
        listing::{Cut, List, Listed},
        organisation::period::{Period, check_year},
    },
    error::{Error, Result},
    graphql::{
        context::session,
        id::global,
        loader::ById,
        organisation::{loader::PlanOf, org_unit::OrgUnit, period::PeriodInput},
        page::{self, Connection},
        planning::plan::Plan,
        tracked::{BudgetOf, Guard, TrackedFields},
    },
};

/// What a unit may invest in a year (investeringsbudget).
pub struct InvestmentBudget(pub investment_budget::Model);

impl From<investment_budget::Model> for InvestmentBudget {
    fn from(row: investment_budget::Model) -> Self {
        Self(row)
    }
}

/// A unit's budget of a year, when the caller sees it.
///
/// # Errors
/// [`Error::BadInput`] for a year that cannot be.
pub async fn of_year(ctx: &Context<'_>, unit: Uuid, year: i32) -> Result<Option<InvestmentBudget>> {
    check_year(year)?;
    let found = session(ctx).loader.load_one(InvestmentBudgetOf(unit, year)).await?;
    Ok(found.map(InvestmentBudget))
}

/// The list of everything under a budget, in its one order.
fn listed<E: Listed>(cut: Cut) -> List<E> {
    List { cut, ..List::whole() }
}

impl InvestmentBudget {
    async fn unit(&self, ctx: &Context<'_>) -> Result<org_unit::Model> {
        let id = ById::<org_unit::Entity>::new(self.0.org_unit_id);
        let unit = session(ctx).loader.load_one(id).await?;
        unit.ok_or_else(|| Error::internal("a budget without unit"))
    }

    fn money(&self, hundredths: i128) -> Money {
        Money(domain::Money::hundredths(hundredths, self.0.currency))
    }

    /// How its investments stand in a period.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn standing(&self, ctx: &Context<'_>, period: Period) -> Result<InvestmentFollowUp> {
        let standing = session(ctx).loader.load_one(StandingOf(self.0.id, period)).await?;
        let standing = standing.ok_or_else(|| Error::internal("no answer about a budget"))?;
        let organisation = self.unit(ctx).await?.organisation_id;
        Ok(InvestmentFollowUp { budget: self.0.id, organisation, period, standing })
    }

    async fn sum(&self, ctx: &Context<'_>) -> Result<i128> {
        let sum = session(ctx).loader.load_one(SumOf(self.0.id)).await?;
        Ok(sum.unwrap_or_default().amount)
    }
}

/// What a unit may invest in a year (investeringsbudget): a frame, and the items that share it. It
/// belongs to the plan of the unit's year, or of the nearest unit above with one, and is a draft while that is. Items, sums
/// and follow-ups are also those of the budgets below, of the same year and currency, where this one has placed no items of its own: what it
/// has placed in an area are the same kronor as the area's own budget, and are counted once.
#[object]
impl InvestmentBudget {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::InvestmentBudget, self.0.id)
    }

    /// The unit whose budget it is (enhet).
    async fn org_unit(&self, ctx: &Context<'_>) -> Result<OrgUnit> {
        Ok(OrgUnit(self.unit(ctx).await?))
    }

    /// The unit's own plan of the year (verksamhetsplan); null when there is none that the caller sees.
    async fn plan(&self, ctx: &Context<'_>) -> Result<Option<Plan>> {
        let key = PlanOf(self.0.org_unit_id, self.0.year);
        Ok(session(ctx).loader.load_one(key).await?.map(Plan))
    }

    /// The year that it is for (budgetår).
    fn year(&self) -> i32 {
        self.0.year
    }

    /// What the budget's own items may come to in its year, changes of the frame included (ram).
    fn frame(&self) -> Money {
        self.money(self.0.frame.0.into())
    }

    /// The frame without the changes that were decided of it (ursprunglig ram).
    async fn initial_frame(&self, ctx: &Context<'_>) -> Result<Money> {
        let changed = session(ctx).loader.load_one(FrameChangedOf(self.0.id)).await?;
        Ok(self.money(i128::from(self.0.frame.0) - changed.unwrap_or_default()))
    }

    /// What the items come to in the budget's year (fördelat).
    async fn allocated(&self, ctx: &Context<'_>) -> Result<Money> {
        Ok(self.money(self.sum(ctx).await?))
    }

    /// What is left of the frame (ofördelat). Its own items never exceed it; below zero it says that budgets below hold more
    /// than this frame has.
    async fn unallocated(&self, ctx: &Context<'_>) -> Result<Money> {
        Ok(self.money(i128::from(self.0.frame.0) - self.sum(ctx).await?))
    }

    /// What the items come to by area (per verksamhetsområde), by the areas' names, sorted as Swedish. An item's area is the
    /// nearest unit of kind AREA at or above the item's unit and below the budget's; where there is none, the item's unit.
    /// Together they are what is allocated.
    async fn by_area(&self, ctx: &Context<'_>) -> Result<Vec<InvestmentSum>> {
        let areas = session(ctx).loader.load_one(AreasOf(self.0.id)).await?.unwrap_or_default();
        session(ctx).spend(areas.len())?;
        let sum = |unit, amount| InvestmentSum { unit, amount: self.money(amount) };
        Ok(areas.iter().map(|area| sum(area.unit, area.amount)).collect())
    }

    /// What the items come to by year (per år), ascending: a forecast of the year before, the budget's own year, which is
    /// always there, and plans for those after.
    async fn by_year(&self, ctx: &Context<'_>) -> Result<Vec<InvestmentYear>> {
        let others = session(ctx).loader.load_one(YearSumsOf(self.0.id)).await?;
        let others = others.unwrap_or_default();
        let mut years: Vec<(i32, i128)> =
            others.iter().map(|other| (other.year, other.amount)).collect();
        years.push((self.0.year, self.sum(ctx).await?));
        years.sort_unstable();
        let one = |(year, amount)| {
            InvestmentYear::new(
                year,
                self.0.year,
                domain::Money::hundredths(amount, self.0.currency),
            )
        };
        Ok(years.into_iter().filter_map(one).collect())
    }

    /// The items (investeringar). Errors: BAD_USER_INPUT for an impossible page or what is no id.
    async fn items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<InvestmentItemFilter>,
        #[graphql(desc = "In which order; by name unless said.")] order_by: Option<
            InvestmentItemOrder,
        >,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<InvestmentItem>> {
        let cut = page::cut(ctx, first, after, last, before)?;
        let list = investment_item::list(ctx, filter, order_by, cut)?;
        page::under(ctx, self.0.id, items::OF_BUDGET, list).await
    }

    /// The transfers between its own items (omdisponeringar), the latest decided first. Errors: BAD_USER_INPUT for an
    /// impossible page.
    async fn transfers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<InvestmentTransfer>> {
        let cut = page::cut(ctx, first, after, last, before)?;
        page::under(
            ctx,
            self.0.id,
            transfers::OF_BUDGET,
            listed::<investment_transfer::Entity>(cut),
        )
        .await
    }

    /// The changes that were decided of its frame (anslagsförändringar), the latest decided first. Errors: BAD_USER_INPUT
    /// for an impossible page.
    async fn frame_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<FrameChange>> {
        let cut = page::cut(ctx, first, after, last, before)?;
        page::under(ctx, self.0.id, frame_changes::OF_BUDGET, listed::<frame_change::Entity>(cut))
            .await
    }

    /// How the investments stand in a period (investeringsuppföljning): as decided, when the unit's report of the period is
    /// approved. Nothing is reported on in a period of another year. Errors: BAD_USER_INPUT for no period.
    async fn follow_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The period: a month, UR1, UR2 or AR of the budget's year.")]
        period: PeriodInput,
    ) -> Result<InvestmentFollowUp> {
        self.standing(ctx, period.period()?).await
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Budget(BudgetOf::Investment(self.0.id)))
    }
}
