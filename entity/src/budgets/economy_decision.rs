//! What the economy of a unit came to when its report was approved: later changes of budgets do not touch it.

use sea_orm::entity::prelude::*;

use crate::{money::Hundredths, vocabulary::Currency};

/// What the economy of a unit came to when its report was approved.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "economy_decision")]
pub struct Model {
    /// The report, as long as it is approved.
    #[sea_orm(primary_key, auto_increment = false)]
    pub report_id: Uuid,
    /// That of the operating budget, where there is one.
    pub currency: Option<Currency>,
    /// How many months the period had.
    pub months: i32,
    /// The six measures, as they were: JSON.
    pub measures: String,
    /// Whether the operating budget was followed up, but not all of it.
    pub partly: bool,
    /// The year's budgeted revenue.
    pub budget_revenue: Option<Hundredths>,
    /// The year's budgeted cost.
    pub budget_cost: Option<Hundredths>,
    /// The period's revenue.
    pub revenue: Option<Hundredths>,
    /// The period's cost.
    pub cost: Option<Hundredths>,
    /// The revenue that was expected of the year.
    pub forecast_revenue: Option<Hundredths>,
    /// The cost that was expected of the year.
    pub forecast_cost: Option<Hundredths>,
    /// The revenue of the same period the year before.
    pub previous_revenue: Option<Hundredths>,
    /// The cost of the same period the year before.
    pub previous_cost: Option<Hundredths>,
    /// That of the investment budget, where there is one.
    pub investment_currency: Option<Currency>,
    /// The frame of the year's investments.
    pub frame: Option<Hundredths>,
    /// What had been spent of it.
    pub spent: Option<Hundredths>,
    /// What the year's investments were expected to come to.
    pub investment_forecast: Option<Hundredths>,
    /// How many items there were,
    pub items: Option<i32>,
    /// and how many of them were reported on.
    pub reported: Option<i32>,
    /// When the last of it had changed.
    pub at: DateTimeUtc,
}

/// No relations: what hangs together is asked for by scoped finders.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
