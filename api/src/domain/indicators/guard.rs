//! Keeps the outcomes out of sight that would give a confidential one away.
//!
//! What must be hidden follows from all the outcomes of an indicator and a period in the organisation's tree.
//! It is worked out when one of them changes, and kept, so that no list, order or sum has to think of it.

use std::collections::{HashMap, HashSet};

use entity::{
    indicators::{indicator, outcome},
    organisation::org_unit,
    sight::Sight,
    vocabulary::{Gender, MissingReason, PeriodKind},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    aggregation::Own,
    confidentiality::{ByGender, protect},
    outcome::{answer::Answer, period_of, secret, stored},
    tree::Tree,
};
use crate::{
    domain::{fetch, organisation::period::Period, write::Write},
    error::Result,
};

/// Periods that one statement asks for, well within the depth of a condition that SQLite takes.
const PERIODS: usize = 200;

/// What may have become a give-away, or need no longer be hidden.
#[derive(Clone, Debug)]
pub enum Touched {
    /// The outcomes of these indicators and periods have changed.
    Keys(HashSet<(Uuid, Period)>),
    /// The way in which an indicator is put together has changed.
    Indicator(Uuid),
    /// The tree of an organisation has changed.
    Organisation(Uuid),
}

/// Hides what would give a confidential outcome away after what has been written, and shows again what no
/// longer would. One statement where nothing is confidential.
///
/// # Errors
/// Whatever the database says.
pub async fn refresh(write: &mut Write, touched: Touched) -> Result<()> {
    let keys = with_secrets(write, &touched).await?;
    if keys.is_empty() {
        return Ok(());
    }
    let indicators: Vec<Uuid> =
        keys.iter().map(|key| key.0).collect::<HashSet<_>>().into_iter().collect();
    let indicators =
        fetch::by_id::<indicator::Entity>(write.connection(), &Sight::ALL, &indicators).await?;
    let trees = trees(write, indicators.values()).await?;
    let mut moved = Vec::new();
    for (key, rows) in rows_of(write, &keys).await? {
        let Some(indicator) = indicators.get(&key.0) else { continue };
        let Some(tree) = trees.get(&indicator.organisation_id) else { continue };
        moved.extend(guarded(indicator, tree, rows));
    }
    for row in moved.iter().filter(|row| row.guarded) {
        write.redact(row.id, &secret::FIELDS);
    }
    write.store_all(moved).await
}

/// Those keys that have anything to hide, or once had.
async fn with_secrets(write: &Write, touched: &Touched) -> Result<HashSet<(Uuid, Period)>> {
    use outcome::Column;
    let mut select = outcome::Entity::find()
        .select_only()
        .columns([Column::IndicatorId, Column::Year, Column::Kind, Column::Month])
        .distinct()
        // Written as the partial index has it, so that both databases know it again.
        .filter(Expr::cust("(missing_reason = 'CONFIDENTIAL' OR guarded)"));
    select = match touched {
        Touched::Keys(keys) if keys.is_empty() => return Ok(HashSet::new()),
        Touched::Keys(keys) => {
            let indicators: HashSet<Uuid> = keys.iter().map(|key| key.0).collect();
            let years: HashSet<i32> = keys.iter().map(|key| key.1.year()).collect();
            select.filter(Column::IndicatorId.is_in(indicators)).filter(Column::Year.is_in(years))
        }
        Touched::Indicator(indicator) => select.filter(Column::IndicatorId.eq(*indicator)),
        Touched::Organisation(organisation) => {
            let theirs = indicator::Entity::find()
                .select_only()
                .column(indicator::Column::Id)
                .filter(indicator::Column::OrganisationId.eq(*organisation))
                .into_query();
            select.filter(Column::IndicatorId.in_subquery(theirs))
        }
    };
    let found: Vec<(Uuid, i32, PeriodKind, i32)> =
        select.into_tuple().all(write.connection()).await?;
    let mut keys = HashSet::with_capacity(found.len());
    for (indicator, year, kind, month) in found {
        let key = (indicator, stored::period(year, kind, month)?);
        if !matches!(touched, Touched::Keys(touched) if !touched.contains(&key)) {
            keys.insert(key);
        }
    }
    Ok(keys)
}

/// The trees of the indicators' organisations, with units that are no longer active too: their outcomes stay.
async fn trees(
    write: &Write,
    indicators: impl Iterator<Item = &indicator::Model>,
) -> Result<HashMap<Uuid, Tree>> {
    use org_unit::Column;
    let organisations: HashSet<Uuid> = indicators.map(|row| row.organisation_id).collect();
    let units: Vec<(Uuid, Uuid, Option<Uuid>)> = org_unit::Entity::find()
        .select_only()
        .columns([Column::OrganisationId, Column::Id, Column::ParentId])
        .filter(Column::OrganisationId.is_in(organisations))
        .into_tuple()
        .all(write.connection())
        .await?;
    let mut pairs: HashMap<Uuid, Vec<(Uuid, Option<Uuid>)>> = HashMap::new();
    for (organisation, unit, parent) in units {
        pairs.entry(organisation).or_default().push((unit, parent));
    }
    Ok(pairs.into_iter().map(|(organisation, units)| (organisation, Tree::new(units))).collect())
}

type Rows = Vec<outcome::Model>;

/// Every outcome of these indicators and periods.
async fn rows_of(
    write: &Write,
    keys: &HashSet<(Uuid, Period)>,
) -> Result<HashMap<(Uuid, Period), Rows>> {
    let mut indicators: HashMap<Period, Vec<Uuid>> = HashMap::new();
    for (indicator, period) in keys {
        indicators.entry(*period).or_default().push(*indicator);
    }
    let indicators: Vec<(Period, Vec<Uuid>)> = indicators.into_iter().collect();
    let mut found: HashMap<(Uuid, Period), Rows> = HashMap::new();
    for chunk in indicators.chunks(PERIODS) {
        let any = chunk.iter().fold(Condition::any(), |any, (period, indicators)| {
            any.add(
                Condition::all()
                    .add(stored::in_periods([*period]))
                    .add(outcome::Column::IndicatorId.is_in(indicators.iter().copied())),
            )
        });
        for row in outcome::Entity::find().filter(any).all(write.connection()).await? {
            found.entry((row.indicator_id, period_of(&row)?)).or_default().push(row);
        }
    }
    Ok(found)
}

/// Those of the rows that have to move into the hidden columns or out of them.
fn guarded(indicator: &indicator::Model, tree: &Tree, rows: Rows) -> Rows {
    let kind = indicator.aggregation;
    let mut answers = ByGender::default();
    for row in &rows {
        let own = Answer::of(row).own(kind, row.state);
        of_gender(&mut answers, row.gender).insert(row.org_unit_id, own);
    }
    protect(kind, tree, &mut answers);
    rows.into_iter()
        .filter_map(|mut row| {
            let own = of_gender(&mut answers, row.gender).get(&row.org_unit_id)?;
            let hidden = own.missing == Some(MissingReason::Confidential);
            let guarded = hidden && row.missing_reason != Some(MissingReason::Confidential);
            if guarded == row.guarded {
                return None;
            }
            Answer::of(&row).put(&mut row, guarded);
            Some(row)
        })
        .collect()
}

fn of_gender(answers: &mut ByGender, gender: Gender) -> &mut HashMap<Uuid, Own> {
    match gender {
        Gender::Total => &mut answers.total,
        Gender::Women => &mut answers.women,
        Gender::Men => &mut answers.men,
    }
}
