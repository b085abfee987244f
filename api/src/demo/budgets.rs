//! The demo's budgets: Regionservice's of 2024, and one line of Stockholm's of 2021 in an organisation of its own.

use entity::{
    budgets::{
        budget_line, budget_line_follow_up, investment_budget, investment_follow_up,
        investment_item, investment_year, operating_budget,
    },
    money::Hundredths,
    vocabulary::{Currency, PeriodKind},
};
use rust_decimal::Decimal;
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use uuid::Uuid;

use super::{
    facts::{self, Facts, Stockholm},
    load::{Loading, load_plan, load_unit},
    rows::{Stamp, known},
};
use crate::{
    domain::{organisation::period::Period, write::Scope},
    error::{Error, Result},
};

const STOCKHOLM: &str = include_str!("stockholm.json");

/// Loads the budgets of Regionservice.
pub(super) async fn load(loading: &mut Loading, facts: &Facts) -> Result<()> {
    for fact in &facts.operating_budgets {
        operating(loading, fact).await?;
    }
    investment(loading, &facts.investment_budget).await
}

/// Loads an organisation of its own, with a plan and one investment.
pub(super) async fn load_stockholm(loading: &mut Loading) -> Result<()> {
    let facts: Stockholm = serde_json::from_str(STOCKHOLM).map_err(Error::internal)?;
    for unit in &facts.units {
        load_unit(loading, unit).await?;
    }
    load_plan(loading, &facts.plan, None).await?;
    tracing::debug!(source = facts.source, "loaded");
    investment(loading, &facts.investment_budget).await
}

async fn investment(loading: &mut Loading, fact: &facts::InvestmentBudget) -> Result<()> {
    let unit = known(&loading.units, &fact.org_unit)?;
    let (scope, Stamp { at, by }) = (loading.scope(unit), loading.stamp);
    let budget = investment_budget::Model {
        id: Uuid::now_v7(),
        org_unit_id: unit,
        year: fact.year,
        currency: Currency::Sek,
        frame: exact(fact.frame)?,
        version: 0,
        created_at: at,
        updated_at: at,
        updated_by: by,
    };
    let budget = loading.write.insert(&scope, budget).await?;
    for fact in &fact.items {
        let optional = |amount: Option<Decimal>| amount.map(exact).transpose();
        let item = investment_item::Model {
            id: Uuid::now_v7(),
            budget_id: budget.id,
            org_unit_id: known(&loading.units, &fact.org_unit)?,
            name: fact.name.clone(),
            kind: fact.kind,
            category: Some(fact.category.clone()),
            amount: exact(fact.amount)?,
            decided_total: optional(fact.decided_total)?,
            estimated_total: optional(fact.estimated_total)?,
            spent_before: optional(fact.spent_before)?,
            continues_id: None,
            version: 0,
            created_at: at,
            updated_at: at,
            updated_by: by,
        };
        let item = loading.write.insert(&scope, item).await?;
        for fact in &fact.years {
            let year = investment_year::Model {
                item_id: item.id,
                year: fact.year,
                amount: exact(fact.amount)?,
            };
            investment_year::Entity::insert(year.into_active_model())
                .exec_without_returning(loading.write.connection())
                .await?;
        }
        for fact in &fact.follow_ups {
            let period = period(budget.year, fact.kind)?;
            let row = investment_follow_up::Model {
                id: Uuid::now_v7(),
                item_id: item.id,
                budget_id: budget.id,
                year: period.year(),
                kind: period.kind(),
                month: 0,
                period_order: period.sort_key(),
                spent: exact(fact.spent)?,
                forecast: exact(fact.forecast)?,
                comment: fact.comment.clone(),
                version: 0,
                created_at: at,
                updated_at: at,
                updated_by: by,
            };
            loading.write.insert(&Scope { draft: true, ..scope }, row).await?;
        }
    }
    Ok(())
}

async fn operating(loading: &mut Loading, fact: &facts::OperatingBudget) -> Result<()> {
    let unit = known(&loading.units, &fact.org_unit)?;
    let (scope, Stamp { at, by }) = (loading.scope(unit), loading.stamp);
    let budget = operating_budget::Model {
        id: Uuid::now_v7(),
        org_unit_id: unit,
        year: fact.year,
        currency: Currency::Sek,
        version: 0,
        created_at: at,
        updated_at: at,
        updated_by: by,
    };
    let budget = loading.write.insert(&scope, budget).await?;
    for fact in &fact.lines {
        let line = budget_line::Model {
            id: Uuid::now_v7(),
            budget_id: budget.id,
            kind: fact.kind,
            name: fact.name.clone(),
            amount: exact(fact.budget)?,
            version: 0,
            created_at: at,
            updated_at: at,
            updated_by: by,
        };
        let line = loading.write.insert(&scope, line).await?;
        for fact in &fact.follow_ups {
            let period = period(budget.year, fact.kind)?;
            let row = budget_line_follow_up::Model {
                id: Uuid::now_v7(),
                line_id: line.id,
                budget_id: budget.id,
                year: period.year(),
                kind: period.kind(),
                month: 0,
                period_order: period.sort_key(),
                outcome: exact(fact.outcome)?,
                forecast: exact(fact.forecast)?,
                version: 0,
                created_at: at,
                updated_at: at,
                updated_by: by,
            };
            loading.write.insert(&Scope { draft: true, ..scope }, row).await?;
        }
    }
    Ok(())
}

fn period(year: i32, kind: PeriodKind) -> Result<Period> {
    Period::new(year, kind, None).map_err(Error::internal)
}

fn exact(amount: Decimal) -> Result<Hundredths> {
    Hundredths::from_decimal(amount).ok_or_else(|| Error::internal(format!("{amount} is too long")))
}
