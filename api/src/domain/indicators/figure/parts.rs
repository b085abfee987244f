//! What the units below units have answered, and how it is put together.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    fixed::Fixed,
    indicators::outcome,
    organisation::org_unit,
    sight::Sight,
    tracked::Visible as _,
    vocabulary::{
        Gender, IndicatorAggregation, MissingReason, OutcomeOrigin, OutcomeState, PeriodKind,
    },
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, FromQueryResult, QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{Derived, FigureKey, load::genders};
use crate::{
    domain::{
        indicators::{
            active::is_active,
            aggregation::{Own, aggregate, total_from_genders},
            below,
            outcome::{
                answer::Answer,
                secret,
                stored::{self, in_periods},
            },
            tree::Tree,
        },
        organisation::{
            cycle::{Cycle, CycleSetting},
            cycle_store,
            period::Period,
        },
    },
    error::Result,
};

/// What has been answered below some units.
pub(super) struct Parts {
    units: Vec<Unit>,
    cycles: HashMap<Uuid, Arc<Vec<CycleSetting>>>,
    trees: HashMap<Period, Tree>,
    answers: HashMap<(Uuid, Period, Gender), Answers>,
}

#[derive(Default)]
struct Answers {
    own: HashMap<Uuid, Own>,
    changed: HashMap<Uuid, DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct Unit {
    id: Uuid,
    organisation_id: Uuid,
    parent_id: Option<Uuid>,
    active_from: Option<NaiveDate>,
    active_to: Option<NaiveDate>,
}

/// As much of an outcome as a sum needs.
#[derive(FromQueryResult)]
struct Part {
    indicator_id: Uuid,
    org_unit_id: Uuid,
    year: i32,
    kind: PeriodKind,
    month: i32,
    gender: Gender,
    value: Option<Fixed>,
    numerator: Option<Fixed>,
    denominator: Option<Fixed>,
    missing_reason: Option<MissingReason>,
    hidden_value: Option<Fixed>,
    hidden_numerator: Option<Fixed>,
    hidden_denominator: Option<Fixed>,
    guarded: bool,
    state: OutcomeState,
    updated_at: DateTime<Utc>,
    hidden: Option<bool>,
}

impl Part {
    fn own(&self, kind: IndicatorAggregation) -> Own {
        let missing = self.missing_reason;
        let answer = if self.hidden == Some(true) {
            Answer { missing: Some(MissingReason::Confidential), ..Answer::default() }
        } else if self.guarded {
            let (value, numerator) = (self.hidden_value, self.hidden_numerator);
            Answer { value, numerator, denominator: self.hidden_denominator, missing }
        } else {
            let (value, numerator) = (self.value, self.numerator);
            Answer { value, numerator, denominator: self.denominator, missing }
        };
        answer.own(kind, self.state)
    }
}

impl Parts {
    /// What the viewer sees of what has been answered below the units of these figures.
    pub(super) async fn below(
        connection: &impl ConnectionTrait,
        sight: &Sight,
        keys: &[FigureKey],
    ) -> Result<Self> {
        let asked: HashSet<Uuid> = keys.iter().map(|key| key.unit).collect();
        let units = org_unit::Entity::find_visible(sight)
            .filter(org_unit::Column::Id.in_subquery(below::ids(asked.iter().copied())))
            .into_model::<Unit>()
            .all(connection)
            .await?;
        let dated = units.iter().any(|unit| unit.active_from.is_some() || unit.active_to.is_some());
        let organisations: HashSet<Uuid> =
            units.iter().filter(|_| dated).map(|unit| unit.organisation_id).collect();
        let cycles = if dated {
            let organisations: Vec<Uuid> = organisations.into_iter().collect();
            cycle_store::settings(connection, sight, &organisations).await?
        } else {
            HashMap::new()
        };
        let answers = answers(connection, sight, keys, &asked).await?;
        let mut parts = Self { units, cycles, trees: HashMap::new(), answers };
        for period in keys.iter().map(|key| key.period).collect::<HashSet<_>>() {
            let tree = parts.tree(period, &asked);
            parts.trees.insert(period, tree);
        }
        Ok(parts)
    }

    /// The units that are active in a period; what is below one that is not hangs under the next above it.
    fn tree(&self, period: Period, asked: &HashSet<Uuid>) -> Tree {
        let mut cycles: HashMap<Uuid, Cycle> = HashMap::new();
        for (organisation, settings) in &self.cycles {
            cycles.insert(*organisation, Cycle::of(period.year(), settings));
        }
        let is_active = |unit: &Unit| {
            let cycle = cycles.get(&unit.organisation_id);
            cycle.is_none_or(|cycle| is_active(unit.active_from, unit.active_to, period, cycle))
        };
        let all: HashMap<Uuid, &Unit> = self.units.iter().map(|unit| (unit.id, unit)).collect();
        let active: HashSet<Uuid> = self
            .units
            .iter()
            .filter(|unit| asked.contains(&unit.id) || is_active(unit))
            .map(|unit| unit.id)
            .collect();
        let above = |unit: &Unit| {
            let mut parent = unit.parent_id;
            while let Some(id) = parent.filter(|id| !active.contains(id)) {
                parent = all.get(&id).and_then(|unit| unit.parent_id);
            }
            parent
        };
        let active = self.units.iter().filter(|unit| active.contains(&unit.id));
        Tree::new(active.map(|unit| (unit.id, above(unit))))
    }

    /// What the units below say together.
    pub(super) fn figure(&self, key: &FigureKey) -> Option<Derived> {
        let tree = self.trees.get(&key.period)?;
        let answers = self.answers.get(&(key.indicator, key.period, key.gender))?;
        let found = aggregate(key.aggregation, tree, &answers.own, key.unit)?;
        let at = tree
            .nearest(key.unit, |unit| answers.own.contains_key(&unit))
            .filter_map(|unit| answers.changed.get(&unit))
            .max()?;
        Some(Derived {
            key: *key,
            value: found.value,
            numerator: found.numerator,
            denominator: found.denominator,
            missing: found.missing,
            coverage: Some((found.contributing, found.expected)),
            origin: OutcomeOrigin::Aggregated,
            preliminary: found.preliminary,
            at: *at,
        })
    }
}

async fn answers(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    keys: &[FigureKey],
    asked: &HashSet<Uuid>,
) -> Result<HashMap<(Uuid, Period, Gender), Answers>> {
    use outcome::Column;
    let kinds: HashMap<Uuid, IndicatorAggregation> =
        keys.iter().map(|key| (key.indicator, key.aggregation)).collect();
    let periods: HashSet<Period> = keys.iter().map(|key| key.period).collect();
    let rows = outcome::Entity::find_visible(sight)
        .select_only()
        .columns([
            Column::IndicatorId,
            Column::OrgUnitId,
            Column::Year,
            Column::Kind,
            Column::Month,
            Column::Gender,
            Column::Value,
            Column::Numerator,
            Column::Denominator,
            Column::MissingReason,
            Column::HiddenValue,
            Column::HiddenNumerator,
            Column::HiddenDenominator,
            Column::Guarded,
            Column::State,
            Column::UpdatedAt,
        ])
        .expr_as(secret::is_hidden(sight), "hidden")
        .filter(Column::IndicatorId.is_in(kinds.keys().copied()))
        .filter(in_periods(periods))
        .filter(Column::Gender.is_in(genders(keys)))
        .filter(Column::OrgUnitId.in_subquery(below::ids(asked.iter().copied())))
        .into_model::<Part>()
        .all(connection)
        .await?;
    let mut found: HashMap<(Uuid, Period, Gender), Answers> = HashMap::new();
    for part in rows {
        let Some(kind) = kinds.get(&part.indicator_id) else { continue };
        let period = stored::period(part.year, part.kind, part.month)?;
        let answers = found.entry((part.indicator_id, period, part.gender)).or_default();
        answers.own.insert(part.org_unit_id, part.own(*kind));
        answers.changed.insert(part.org_unit_id, part.updated_at);
    }
    add_genders(&kinds, &mut found);
    Ok(found)
}

/// Gives units that have answered for women and for men only the total of the two.
fn add_genders(
    kinds: &HashMap<Uuid, IndicatorAggregation>,
    found: &mut HashMap<(Uuid, Period, Gender), Answers>,
) {
    let sums: Vec<(Uuid, Period)> = found
        .keys()
        .filter(|key| key.2 == Gender::Women)
        .filter(|key| kinds.get(&key.0) == Some(&IndicatorAggregation::Sum))
        .map(|key| (key.0, key.1))
        .collect();
    for (indicator, period) in sums {
        let at = |gender| (indicator, period, gender);
        let mut total = found.remove(&at(Gender::Total)).unwrap_or_default();
        if let (Some(women), Some(men)) =
            (found.get(&at(Gender::Women)), found.get(&at(Gender::Men)))
        {
            for (unit, answer) in &women.own {
                let men_answer = men.own.get(unit);
                let both = total_from_genders(IndicatorAggregation::Sum, Some(answer), men_answer);
                if let Some(both) = both.filter(|_| !total.own.contains_key(unit)) {
                    total.own.insert(*unit, both);
                    let changed = women.changed.get(unit).max(men.changed.get(unit));
                    total.changed.extend(changed.map(|at| (*unit, *at)));
                }
            }
        }
        found.insert(at(Gender::Total), total);
    }
}
