//! Which outcomes, in which order, and what they hang under.

use entity::{
    fixed::Fixed,
    indicators::outcome,
    organisation::org_unit,
    sight::{Sight, by_itself},
    vocabulary::{Gender, MissingReason, NodeType, OutcomeState, PeriodKind},
};
use sea_orm::{
    ColumnTrait as _, Condition, DbBackend, ExprTrait as _,
    sea_query::{Expr, Func},
};

use super::secret;
use crate::{
    domain::{
        fetch::among,
        indicators::below,
        listing::{Link, Listed, SortKey, Wanted},
        organisation::period::{Period, YEARS},
        reference::key_of,
        visible::sees,
    },
    error::{Error, Result},
};

/// The most ids that a filter takes.
const MOST: usize = 1_000;
/// Where outcomes without a value stand: below every value that can be kept. The index spells it too.
const LOWEST: i64 = -1_000_000_000_000_000_000;
const _: () = assert!(LOWEST < -Fixed::MAX, "no value is as low");

/// The few that an index of their own has, in its very words: both databases then know it again.
const PRELIMINARY: &str = "outcome.state = 'PRELIMINARY'";
const BY_GENDER: &str = "outcome.gender <> 'TOTAL'";
const WITHOUT_VALUE: &str = "outcome.value IS NULL";

/// Which outcomes.
#[derive(Clone, Debug, Default)]
pub struct OutcomeFilter {
    /// Of that indicator.
    pub indicator: Option<String>,
    /// Of one of these indicators.
    pub indicators: Option<Vec<String>>,
    /// Of that unit.
    pub org_unit: Option<String>,
    /// Of that unit or one below it.
    pub under: Option<String>,
    /// Of that year.
    pub year: Option<i32>,
    /// Of that kind of period.
    pub kind: Option<PeriodKind>,
    /// Of that month.
    pub month: Option<i32>,
    /// About them.
    pub gender: Option<Gender>,
    /// Preliminary or confirmed.
    pub state: Option<OutcomeState>,
    /// Without a value, or with one.
    pub missing: Option<bool>,
    /// Missing for one of these reasons.
    pub missing_reason: Option<Vec<MissingReason>>,
}

impl OutcomeFilter {
    /// The filter in SQL, over what the viewer is shown.
    ///
    /// # Errors
    /// A problem for what is no id, or for too many of them.
    pub fn wanted(&self, backend: DbBackend, sight: &Sight) -> Result<Wanted> {
        let mut all = Condition::all();
        let mut seen = None;
        if let Some(id) = &self.indicator {
            all = all.add(outcome::Column::IndicatorId.eq(key_of(NodeType::Indicator, id)?));
        }
        if let Some(ids) = &self.indicators {
            if ids.len() > MOST {
                return Err(Error::BadInput(format!("At most {MOST} ids, not {}.", ids.len())));
            }
            let keys = ids
                .iter()
                .map(|id| key_of(NodeType::Indicator, id))
                .collect::<Result<Vec<_>, _>>()?;
            seen = outcome::Entity::visible_of(backend, sight, &keys);
            if seen.is_none() {
                let key = column(outcome::Column::IndicatorId);
                all = all.add(among(backend, key, keys));
            }
        }
        if let Some(id) = &self.org_unit {
            let id = key_of(NodeType::OrgUnit, id)?;
            // Asked first, and once: nobody goes looking for what is not to be seen.
            all =
                all.add(outcome::Column::OrgUnitId.eq(id)).add(sees::<org_unit::Entity>(sight, id));
        }
        if let Some(id) = &self.under {
            let id = key_of(NodeType::OrgUnit, id)?;
            let mut is_below = column(outcome::Column::OrgUnitId).in_subquery(below::ids([id]));
            if backend == DbBackend::Sqlite && sight.whole.contains(&id) {
                // It would go through all that is below, which is all there is, and sort it.
                is_below = by_itself(is_below);
            }
            all = all.add(is_below).add(sees::<org_unit::Entity>(sight, id));
        }
        if let Some(year) = self.year {
            if !YEARS.contains(&year) {
                // Nothing is kept of such a year, and no statement about it either.
                return Ok(Condition::all().add(Expr::cust("FALSE")).into());
            }
            all =
                all.add(column(outcome::Column::Year).eq(written(year))).add(self.places_in(year));
        }
        if let Some(kind) = self.kind {
            all = all.add(outcome::Column::Kind.eq(kind));
            if kind != PeriodKind::Month {
                // Says nothing new, but so it stands in the index.
                all = all.add(outcome::Column::Month.eq(0));
            }
        }
        if let Some(month) = self.month {
            all = all.add(outcome::Column::Kind.eq(PeriodKind::Month));
            all = all.add(outcome::Column::Month.eq(month));
        }
        if let Some(gender) = self.gender {
            all = all.add(outcome::Column::Gender.eq(gender));
            if gender != Gender::Total {
                all = all.add(Expr::cust(BY_GENDER));
            }
        }
        if let Some(state) = self.state {
            all = all.add(match state {
                OutcomeState::Preliminary => Expr::cust(PRELIMINARY),
                OutcomeState::Confirmed => outcome::Column::State.eq(state),
            });
        }
        if let Some(missing) = self.missing {
            let guarded = is_guarded_but_shown(sight);
            all = if missing {
                all.add(Expr::cust(WITHOUT_VALUE)).add(guarded.not())
            } else {
                all.add(outcome::Column::Value.is_not_null().or(guarded))
            };
        }
        if let Some(reasons) = &self.missing_reason {
            let mut any = Condition::any().add(
                outcome::Column::MissingReason.is_in(crate::domain::reference::each_once(reasons)),
            );
            if reasons.contains(&MissingReason::Confidential) {
                any = any.add(outcome::Column::Guarded.eq(true).and(secret::is_hidden(sight)));
            }
            all = all.add(any).add(Expr::cust(WITHOUT_VALUE));
        }
        Ok(match seen {
            Some(seen) => Wanted::of(seen, all),
            None => all.into(),
        })
    }
}

impl OutcomeFilter {
    /// Where the periods of a year stand among all periods: the same as the year, but in the order of an index.
    fn places_in(&self, year: i32) -> Expr {
        let one = self.kind.and_then(|kind| {
            let month = self.month.and_then(|month| u32::try_from(month).ok());
            Period::new(year, kind, month).ok()
        });
        let order = column(outcome::Column::PeriodOrder);
        match one {
            Some(period) => order.eq(written(period.sort_key())),
            None => {
                let before = i64::from(year) * 12;
                order.between(written(before + 1), written(before + 12))
            }
        }
    }
}

fn column(column: outcome::Column) -> Expr {
    Expr::col((outcome::Entity, column))
}

/// A number in the words of a statement: not knowing the year, PostgreSQL has one plan for a year with a third of all
/// outcomes and for one without any.
fn written(number: impl Into<i64>) -> Expr {
    Expr::cust(number.into().to_string())
}

/// A value that lies in the hidden columns only to keep another one secret, and is the viewer's to see.
fn is_guarded_but_shown(sight: &Sight) -> Expr {
    let unit = (outcome::Entity, outcome::Column::OrgUnitId);
    outcome::Column::Guarded.eq(true).and(sight.drafts.units(unit))
}

/// The orders of outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OutcomeOrder {
    /// By what.
    pub field: OutcomeOrderField,
    /// Whether the last come first.
    pub descending: bool,
}

impl Default for OutcomeOrder {
    fn default() -> Self {
        Self { field: OutcomeOrderField::Period, descending: true }
    }
}

/// By what outcomes are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutcomeOrderField {
    /// The period.
    Period,
    /// The open value; those without one are the lowest.
    Value,
}

impl Listed for outcome::Entity {
    type Order = OutcomeOrder;

    const MANY: bool = true;

    fn sort_keys(order: OutcomeOrder) -> Vec<SortKey<outcome::Model>> {
        let key = match order.field {
            OutcomeOrderField::Period => SortKey::number(
                Expr::col((Self, outcome::Column::PeriodOrder)),
                |row: &outcome::Model| i64::from(row.period_order),
            ),
            OutcomeOrderField::Value => SortKey::number(
                Func::coalesce([
                    Expr::col((Self, outcome::Column::Value)),
                    // Written out, so that both databases know their index again.
                    Expr::cust(LOWEST.to_string()),
                ])
                .into(),
                |row: &outcome::Model| row.value.map_or(LOWEST, |value| value.0),
            ),
        };
        vec![key.turned(order.descending)]
    }

    fn unit() -> Option<outcome::Column> {
        Some(outcome::Column::OrgUnitId)
    }
}

/// The outcomes of an indicator.
pub const OF_INDICATOR: Link = Link {
    name: "outcomes of indicator",
    apply: |_| Expr::col((outcome::Entity, outcome::Column::IndicatorId)),
};
