//! Which plans, in which order, and what they hang under.

use entity::{
    planning::plan,
    sight::Sight,
    vocabulary::{NodeType, PlanStatus},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{Expr, SelectStatement},
};

use crate::{
    domain::{
        listing::{Link, Listed, SortKey, swedish},
        reference::key_of,
        visible::sees,
    },
    error::Result,
};

/// Which plans.
#[derive(Clone, Debug, Default)]
pub struct PlanFilter {
    /// Of that unit.
    pub org_unit: Option<String>,
    /// Of that year.
    pub year: Option<i32>,
    /// In one of these states.
    pub status: Option<Vec<PlanStatus>>,
    /// Answering that plan.
    pub based_on: Option<String>,
}

impl PlanFilter {
    /// The filter in SQL.
    ///
    /// # Errors
    /// A problem for what is no id.
    pub fn condition(&self, sight: &Sight) -> Result<Condition> {
        let mut all = Condition::all();
        if let Some(id) = &self.org_unit {
            all = all.add(plan::Column::OrgUnitId.eq(key_of(NodeType::OrgUnit, id)?));
        }
        if let Some(year) = self.year {
            all = all.add(plan::Column::Year.eq(year));
        }
        if let Some(status) = &self.status {
            all = all.add(plan::Column::Status.is_in(crate::domain::reference::each_once(status)));
        }
        if let Some(id) = &self.based_on {
            let id = key_of(NodeType::Plan, id)?;
            all = all.add(plan::Column::BasedOnId.eq(id)).add(sees::<plan::Entity>(sight, id));
        }
        Ok(all)
    }
}

/// The ids of the plans of a unit, of a year, or both; for what lies in them. Who may see them is decided there.
///
/// # Errors
/// A problem for what is no id.
pub fn ids(org_unit: Option<&str>, year: Option<i32>) -> Result<SelectStatement> {
    let mut all = Condition::all();
    if let Some(id) = org_unit {
        all = all.add(plan::Column::OrgUnitId.eq(key_of(NodeType::OrgUnit, id)?));
    }
    if let Some(year) = year {
        all = all.add(plan::Column::Year.eq(year));
    }
    Ok(plan::Entity::find().select_only().column(plan::Column::Id).filter(all).into_query())
}

/// The orders of plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PlanOrder {
    /// By what.
    pub field: PlanOrderField,
    /// Whether the last come first.
    pub descending: bool,
}

impl Default for PlanOrder {
    fn default() -> Self {
        Self { field: PlanOrderField::Year, descending: true }
    }
}

/// By what plans are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlanOrderField {
    /// The year.
    Year,
    /// The title, as Swedish.
    Title,
}

impl Listed for plan::Entity {
    type Order = PlanOrder;

    fn sort_keys(order: PlanOrder) -> Vec<SortKey<plan::Model>> {
        let key = match order.field {
            PlanOrderField::Year => {
                SortKey::number(Expr::col((Self, plan::Column::Year)), |row: &plan::Model| {
                    i64::from(row.year)
                })
            }
            PlanOrderField::Title => SortKey::text(
                swedish(Expr::col((Self, plan::Column::Title))),
                |row: &plan::Model| row.title.clone(),
            ),
        };
        vec![key.turned(order.descending)]
    }

    fn unit() -> Option<plan::Column> {
        Some(plan::Column::OrgUnitId)
    }
}

/// The plans of a unit.
pub const OF_ORG_UNIT: Link =
    Link { name: "plans of unit", apply: |_| Expr::col((plan::Entity, plan::Column::OrgUnitId)) };

/// The plans that answer a plan.
pub const OF_BASIS: Link = Link {
    name: "plans based on plan",
    apply: |_| Expr::col((plan::Entity, plan::Column::BasedOnId)),
};
