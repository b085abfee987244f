//! Indicators that are worked out from budgets.

use entity::{
    budgets::{investment_budget, operating_budget},
    indicators::{indicator, outcome},
    organisation::org_unit,
    period_kinds::PeriodKinds,
    vocabulary::{
        EconomyMeasure as M, IndicatorAggregation, IndicatorCategory, IndicatorDirection,
        PeriodKind,
    },
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use std::collections::HashSet;
use uuid::Uuid;

use crate::{
    domain::{
        budgets::economy::{rule::is_share, scale},
        form::Form,
        problem::{Code, Problem},
        write::{Scope, Write},
    },
    error::Result,
};

/// Checks that an indicator can be worked out as it says. `is_sent`: whether the caller says so now.
pub(super) async fn check(
    write: &Write,
    form: &mut Form,
    row: &indicator::Model,
    is_sent: bool,
) -> Result<()> {
    let Some(measure) = row.computed else { return Ok(()) };
    let (sum, fits) = match is_share(measure) {
        true => (IndicatorAggregation::Ratio, row.unit.trim() == "%"),
        false => (IndicatorAggregation::Sum, scale(&row.unit).is_some()),
    };
    if !fits {
        form.problem(
            Problem::new(
                Code::Invalid,
                "Ett beräknat belopp mäts i kr, tkr eller mnkr, en utveckling i %.",
                "An amount that is worked out is measured in kr, tkr or mnkr, a development in %.",
            )
            .at("unit"),
        );
    }
    if row.aggregation != sum && row.aggregation != IndicatorAggregation::None {
        form.problem(
            Problem::new(
                Code::Invalid,
                "Ett beräknat belopp aggregeras med SUM eller NONE, en utveckling med RATIO eller NONE.",
                "An amount that is worked out is put together by SUM or NONE, a development by RATIO or NONE.",
            )
            .at("aggregation"),
        );
    }
    if !is_sent {
        return Ok(());
    }
    let same = indicator::Entity::find()
        .filter(indicator::Column::OrganisationId.eq(row.organisation_id))
        .filter(indicator::Column::Computed.eq(measure))
        .filter(indicator::Column::Id.ne(row.id))
        .one(write.connection())
        .await?;
    if let Some(same) = same {
        let code = same.code;
        form.problem(
            Problem::new(
                Code::Duplicate,
                format!("Indikatorn {code} beräknas redan så."),
                format!("The indicator {code} is worked out as that already."),
            )
            .at("computed"),
        );
    }
    let recorded = outcome::Entity::find()
        .filter(outcome::Column::IndicatorId.eq(row.id))
        .count(write.connection())
        .await?;
    if recorded > 0 {
        form.problem(
            Problem::new(
                Code::InUse,
                "Indikatorn har registrerade utfall; ta bort dem först.",
                "Outcomes are recorded of the indicator; remove them first.",
            )
            .at("computed"),
        );
    }
    Ok(())
}

/// What an indicator is called and shown as, when nobody has defined one.
struct Default {
    measure: M,
    code: &'static str,
    name: &'static str,
    definition: &'static str,
    direction: IndicatorDirection,
}

const DEFAULTS: [Default; 6] = [
    Default {
        measure: M::PeriodResult,
        code: "PR",
        name: "Periodresultat",
        definition: "Periodens intäkter minus periodens kostnader.",
        direction: IndicatorDirection::HigherIsBetter,
    },
    Default {
        measure: M::AccumulatedBudgetDeviation,
        code: "ABA",
        name: "Ackumulerad budgetavvikelse",
        definition: "Periodresultatet minus periodens del av årets budgeterade resultat (månader/12).",
        direction: IndicatorDirection::HigherIsBetter,
    },
    Default {
        measure: M::ForecastBudgetDeviation,
        code: "PBA",
        name: "Prognos budgetavvikelse",
        definition: "Årets prognostiserade resultat minus det budgeterade.",
        direction: IndicatorDirection::HigherIsBetter,
    },
    Default {
        measure: M::ForecastInvestmentDeviation,
        code: "PIBA",
        name: "Prognos investeringsbudgetavvikelse",
        definition: "Investeringsramen minus årets prognos för investeringarna.",
        direction: IndicatorDirection::Neutral,
    },
    Default {
        measure: M::CostDevelopment,
        code: "KU",
        name: "Kostnadsutveckling",
        definition: "Periodens kostnader jämfört med samma period i fjol.",
        direction: IndicatorDirection::LowerIsBetter,
    },
    Default {
        measure: M::RevenueDevelopment,
        code: "IU",
        name: "Intäktsutveckling",
        definition: "Periodens intäkter jämfört med samma period i fjol.",
        direction: IndicatorDirection::HigherIsBetter,
    },
];

/// Defines the indicators that are worked out from budgets, in an organisation that has none: with its first budget. An
/// administrator may change or remove them as any others.
///
/// # Errors
/// Whatever the database says.
pub async fn define(write: &mut Write, organisation_id: Uuid) -> Result<()> {
    let there: Vec<(String, Option<M>)> = {
        use sea_orm::QuerySelect as _;
        indicator::Entity::find()
            .select_only()
            .columns([indicator::Column::Code, indicator::Column::Computed])
            .filter(indicator::Column::OrganisationId.eq(organisation_id))
            .into_tuple()
            .all(write.connection())
            .await?
    };
    if there.iter().any(|(_, computed)| computed.is_some())
        || has_budgets(write, organisation_id).await?
    {
        return Ok(());
    }
    let codes: HashSet<String> = there.into_iter().map(|(code, _)| code).collect();
    let scope = Scope { organisation_id, org_unit_id: organisation_id, draft: false };
    let rows = DEFAULTS.iter().map(|default| (scope, default.row(write, organisation_id, &codes)));
    let rows = rows.collect();
    write.insert_all(rows).await?;
    Ok(())
}

async fn has_budgets(write: &Write, organisation_id: Uuid) -> Result<bool> {
    let units = sea_orm::sea_query::Query::select()
        .column(org_unit::Column::Id)
        .from(org_unit::Entity)
        .and_where(org_unit::Column::OrganisationId.eq(organisation_id))
        .to_owned();
    let operating = operating_budget::Entity::find()
        .filter(operating_budget::Column::OrgUnitId.in_subquery(units.clone()))
        .count(write.connection())
        .await?;
    let investments = investment_budget::Entity::find()
        .filter(investment_budget::Column::OrgUnitId.in_subquery(units))
        .count(write.connection())
        .await?;
    Ok(operating + investments > 0)
}

impl Default {
    fn row(
        &self,
        write: &Write,
        organisation_id: Uuid,
        taken: &HashSet<String>,
    ) -> indicator::Model {
        let share = is_share(self.measure);
        indicator::Model {
            id: Uuid::now_v7(),
            organisation_id,
            code: free(self.code, taken),
            name: self.name.to_owned(),
            definition: Some(self.definition.to_owned()),
            category: IndicatorCategory::Economy,
            unit: if share { "%" } else { "kr" }.to_owned(),
            decimals: i32::from(share),
            direction: self.direction,
            aggregation: if share {
                IndicatorAggregation::Ratio
            } else {
                IndicatorAggregation::Sum
            },
            frequency: PeriodKind::ALL.iter().copied().collect::<PeriodKinds>(),
            tolerance: None,
            computed: Some(self.measure),
            version: 0,
            created_at: write.now(),
            updated_at: write.now(),
            updated_by: write.actor_id(),
        }
    }
}

/// The code, or the first like it that nobody uses.
fn free(code: &str, taken: &HashSet<String>) -> String {
    let next = (2..).map(|nth| format!("{code}-{nth}"));
    let mut codes = std::iter::once(code.to_owned()).chain(next);
    codes.find(|code| !taken.contains(code)).unwrap_or_else(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_for_each_measure() {
        let measures: HashSet<M> = DEFAULTS.iter().map(|default| default.measure).collect();
        assert_eq!(measures.len(), M::ALL.len());
        let taken: HashSet<String> = ["PR", "PR-2"].map(str::to_owned).into();
        assert_eq!((free("PR", &taken), free("KU", &taken)), ("PR-3".to_owned(), "KU".to_owned()));
    }
}
