//! The demo's indicators, targets and outcomes.

use entity::{
    fixed::Fixed,
    indicators::indicator,
    vocabulary::{MissingReason, OutcomeState, PeriodKind},
};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{
    facts::Facts,
    load::Loading,
    rows::{known, outcome, target},
};
use crate::{
    domain::organisation::period::Period,
    error::{Error, Result},
};

pub(super) async fn load(loading: &mut Loading, facts: &Facts) -> Result<()> {
    let stamp = loading.stamp;
    let whole = loading.scope(loading.organisation);
    for fact in &facts.indicators {
        let row = indicator::Model {
            id: Uuid::now_v7(),
            organisation_id: loading.organisation,
            code: fact.code.clone(),
            name: fact.name.clone(),
            definition: Some(fact.definition.clone()),
            category: fact.category,
            unit: fact.unit.clone(),
            decimals: fact.decimals,
            direction: fact.direction,
            aggregation: fact.aggregation,
            frequency: fact.frequency.iter().copied().collect(),
            tolerance: None,
            computed: fact.computed,
            version: 0,
            created_at: stamp.at,
            updated_at: stamp.at,
            updated_by: stamp.by,
        };
        loading.indicators.insert(fact.code.clone(), row.id);
        loading.write.insert(&whole, row).await?;
    }
    let mut targets = Vec::with_capacity(facts.targets.len());
    for fact in &facts.targets {
        let (indicator, unit) =
            (known(&loading.indicators, &fact.indicator)?, known(&loading.units, &fact.org_unit)?);
        targets.push((
            loading.scope(unit),
            target(indicator, unit, fact.year, exact(fact.value)?, &stamp),
        ));
    }
    loading.write.insert_all(targets).await?;
    let mut outcomes = Vec::with_capacity(facts.outcomes.len());
    for fact in &facts.outcomes {
        let (indicator, unit) =
            (known(&loading.indicators, &fact.indicator)?, known(&loading.units, &fact.org_unit)?);
        let month = fact.month.and_then(|month| u32::try_from(month).ok());
        let period = Period::new(fact.year, fact.kind, month).map_err(Error::internal)?;
        let comment = if fact.printed {
            format!("Källa: {}.", facts.source)
        } else {
            "Påhittat för demon.".to_owned()
        };
        // The year is not over in the demo: what came after UR1 2024 has not been approved.
        let approved = fact.year < 2024 || fact.kind == PeriodKind::Ur1;
        let state = if approved { OutcomeState::Confirmed } else { OutcomeState::Preliminary };
        let value = match fact.value {
            Some(value) => Ok(exact(value)?),
            None => Err(fact.missing.unwrap_or(MissingReason::NotMeasured)),
        };
        let row = outcome(indicator, unit, period, value, state, Some(comment), &stamp);
        outcomes.push((loading.scope(unit), row));
    }
    loading.write.insert_all(outcomes).await?;
    Ok(())
}

fn exact(value: Decimal) -> Result<Fixed> {
    Fixed::from_decimal(value)
        .ok_or_else(|| Error::internal("a figure of the demo has too many digits"))
}
