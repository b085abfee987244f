//! The economies of many units and periods in a few statements.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    organisation::org_unit,
    sight::Sight,
    vocabulary::{Currency, EconomyMeasure, IndicatorAggregation, MissingReason, OutcomeOrigin},
};
use rust_decimal::Decimal;
use sea_orm::{
    ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    decided,
    holding::{Above, Budget, Held, above, held},
    material::Material,
    own::Own,
    rule::is_share,
    sums::{budgeted, followed},
};
use crate::{
    domain::{
        budgets::investment::follow_ups,
        fetch::among,
        indicators::aggregation::{self, aggregate},
        organisation::{cycle::CycleSetting, cycle_store, period::Period},
    },
    error::Result,
};

/// Whose economy is asked for, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EconomyKey {
    /// The unit.
    pub unit: Uuid,
    /// The period.
    pub period: Period,
}

/// A measure of a unit's economy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Economy {
    /// The unrounded value: kronor, euro or per cent.
    pub value: Option<Decimal>,
    /// In what it is, of an amount that is there.
    pub currency: Option<Currency>,
    /// Why there is no value.
    pub missing: Option<MissingReason>,
    /// How many units are in it, of how many, when it is put together from those below.
    pub coverage: Option<(u32, u32)>,
    /// From the unit's own budget, or from those below.
    pub origin: OutcomeOrigin,
    /// Whether any part of it can still change before its report is approved.
    pub preliminary: bool,
    /// When the last of it changed.
    pub at: DateTime<Utc>,
}

impl Economy {
    /// The same for whoever counts in kronor: an amount of another currency is none of theirs.
    #[must_use]
    pub fn in_kronor(self) -> Self {
        match self.currency {
            None | Some(Currency::Sek) => self,
            Some(_) => Self { value: None, missing: Some(MissingReason::NotApplicable), ..self },
        }
    }
}

/// The economies of units, each with what those below it have said.
#[derive(Debug, Default)]
pub struct Economies {
    own: HashMap<EconomyKey, Own>,
    decided: HashMap<EconomyKey, HashMap<EconomyMeasure, Economy>>,
    operating: Held,
    investment: Held,
    above: Above,
}

/// The economies of these units in these periods and of the units below them, as far as the viewer sees: eight statements at
/// most however many, two where there are no budgets.
///
/// # Errors
/// Whatever the database says.
pub async fn load(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[EconomyKey],
) -> Result<Economies> {
    let asked: HashSet<Uuid> = keys.iter().map(|key| key.unit).collect();
    let periods: HashSet<Period> = keys.iter().map(|key| key.period).collect();
    let with_previous: HashSet<Period> =
        periods.iter().flat_map(|period| [Some(*period), period.previous()]).flatten().collect();
    let years: HashSet<i32> = with_previous.iter().map(Period::year).collect();
    let units: Vec<Uuid> = asked.iter().copied().collect();
    let (operating, investment) = held(connection, sight, &units, &years).await?;
    let holders: HashSet<Uuid> = (operating.budgets.keys().chain(investment.budgets.keys()))
        .map(|(unit, _)| *unit)
        .collect();
    if holders.is_empty() {
        return Ok(Economies::default());
    }
    let everybody: HashSet<Uuid> = holders.union(&asked).copied().collect();
    let above = above(connection, &everybody).await?;
    let ids: Vec<Uuid> = operating.budgets.values().map(|budget| budget.id).collect();
    let material = Material {
        budgeted: budgeted(connection, &ids).await?,
        followed: followed(connection, sight, &ids, &with_previous).await?,
        invested: follow_ups(connection, sight, &invested(&investment, &periods)).await?,
        decided: decided::of(connection, sight, &everybody, &with_previous).await?,
        cycles: cycles(connection, sight, &holders).await?,
        operating: &operating,
        investment: &investment,
    };
    let mut own = HashMap::new();
    for unit in holders {
        for period in &periods {
            own.insert(EconomyKey { unit, period: *period }, material.own(unit, *period));
        }
    }
    let decided = material.decided.into_iter();
    let decided = decided.map(|((unit, period), of)| (EconomyKey { unit, period }, of.measures));
    Ok(Economies { own, decided: decided.collect(), operating, investment, above })
}

fn invested(held: &Held, periods: &HashSet<Period>) -> Vec<(Uuid, Period)> {
    let of = |((_, year), budget): (&(Uuid, i32), &Budget)| {
        let (year, id) = (*year, budget.id);
        periods.iter().filter(move |period| period.year() == year).map(move |period| (id, *period))
    };
    held.budgets.iter().flat_map(of).collect()
}

/// What the organisations of these units have said of their cycles.
async fn cycles(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    units: &HashSet<Uuid>,
) -> Result<HashMap<Uuid, std::sync::Arc<Vec<CycleSetting>>>> {
    let id = Expr::col((org_unit::Entity, org_unit::Column::Id));
    let organisations: Vec<(Uuid, Uuid)> = org_unit::Entity::find()
        .select_only()
        .columns([org_unit::Column::Id, org_unit::Column::OrganisationId])
        .filter(among(connection.get_database_backend(), id, units.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    let distinct: HashSet<Uuid> = organisations.iter().map(|(_, of)| *of).collect();
    let distinct: Vec<Uuid> = distinct.into_iter().collect();
    let settings = cycle_store::settings(connection, sight, &distinct).await?;
    let of = |(unit, organisation)| Some((unit, settings.get(&organisation)?.clone()));
    Ok(organisations.into_iter().filter_map(of).collect())
}

impl Economies {
    /// What a unit itself has said.
    #[must_use]
    pub fn own(&self, key: EconomyKey) -> Option<&Own> {
        self.own.get(&key)
    }

    /// The unit's investment budget of the period's year.
    #[must_use]
    pub fn invested(&self, key: EconomyKey) -> Option<Uuid> {
        Some(self.investment.budgets.get(&(key.unit, key.period.year()))?.id)
    }

    /// A measure of a unit's economy: its own, or put together from the nearest units below that have said anything, unless
    /// `only_own`. Amounts below count when they are in kronor.
    #[must_use]
    pub fn measure(
        &self,
        key: EconomyKey,
        measure: EconomyMeasure,
        only_own: bool,
    ) -> Option<Economy> {
        if let Some(decided) = self.decided.get(&key) {
            let decided = decided.get(&measure).copied();
            return decided.filter(|of| !only_own || of.origin == OutcomeOrigin::Computed);
        }
        let own = self.own.get(&key);
        if let (Some(own), Some(answer)) = (own, own.and_then(|own| own.answer(measure))) {
            return Some(Economy {
                value: answer.value,
                currency: own.currency(measure).filter(|_| !is_share(measure)),
                missing: answer
                    .missing
                    .or(answer.value.is_none().then_some(MissingReason::NotMeasured)),
                coverage: None,
                origin: OutcomeOrigin::Computed,
                preliminary: !answer.confirmed,
                at: own.at.unwrap_or_default(),
            });
        }
        if only_own { None } else { self.put_together(key, measure) }
    }

    fn put_together(&self, key: EconomyKey, measure: EconomyMeasure) -> Option<Economy> {
        let below: HashSet<Uuid> = self.held(measure).units(key.unit, key.period.year()).collect();
        let tree = self.above.tree(key.unit, &below);
        let mut answers: HashMap<Uuid, aggregation::Own> = HashMap::new();
        let mut at = None;
        for unit in below.into_iter().filter(|unit| *unit != key.unit) {
            let Some(own) = self.own.get(&EconomyKey { unit, ..key }) else { continue };
            let Some(mut answer) = own.answer(measure) else { continue };
            if own.currency(measure).is_some_and(|currency| currency != Currency::Sek) {
                answer.missing = Some(MissingReason::NotApplicable);
            }
            at = at.max(own.at);
            answers.insert(unit, answer);
        }
        let kind =
            if is_share(measure) { IndicatorAggregation::Ratio } else { IndicatorAggregation::Sum };
        let sum = aggregate(kind, &tree, &answers, key.unit)?;
        Some(Economy {
            value: sum.value,
            currency: (!is_share(measure) && sum.value.is_some()).then_some(Currency::Sek),
            missing: sum.missing,
            coverage: Some((sum.contributing, sum.expected)),
            origin: OutcomeOrigin::Aggregated,
            preliminary: sum.preliminary,
            at: at.unwrap_or_default(),
        })
    }

    fn held(&self, measure: EconomyMeasure) -> &Held {
        match measure {
            EconomyMeasure::ForecastInvestmentDeviation => &self.investment,
            _ => &self.operating,
        }
    }
}
