//! Which targets, in which order, and what they hang under.

use entity::{
    indicators::target,
    organisation::org_unit,
    sight::Sight,
    vocabulary::{DecisionLevel, NodeType},
};
use sea_orm::{ColumnTrait as _, Condition, sea_query::Expr};

use crate::{
    domain::{
        indicators::below,
        listing::{Link, Listed, SortKey},
        reference::key_of,
        visible::sees,
    },
    error::Result,
};

/// Which targets.
#[derive(Clone, Debug, Default)]
pub struct TargetFilter {
    /// Of that unit.
    pub org_unit: Option<String>,
    /// Of that unit or one below it.
    pub under: Option<String>,
    /// Of that year.
    pub year: Option<i32>,
    /// Decided there.
    pub decided_at: Option<DecisionLevel>,
}

impl TargetFilter {
    /// The filter in SQL.
    ///
    /// # Errors
    /// A problem for what is no id.
    pub fn condition(&self, sight: &Sight) -> Result<Condition> {
        let mut all = Condition::all();
        if let Some(id) = &self.org_unit {
            let id = key_of(NodeType::OrgUnit, id)?;
            // Asked first, and once: nobody goes looking for what is not to be seen.
            all =
                all.add(target::Column::OrgUnitId.eq(id)).add(sees::<org_unit::Entity>(sight, id));
        }
        if let Some(id) = &self.under {
            let id = key_of(NodeType::OrgUnit, id)?;
            all = all.add(target::Column::OrgUnitId.in_subquery(below::ids([id]))).add(sees::<
                org_unit::Entity,
            >(
                sight, id
            ));
        }
        if let Some(year) = self.year {
            all = all.add(target::Column::Year.eq(year));
        }
        if let Some(level) = self.decided_at {
            all = all.add(target::Column::DecidedAt.eq(level));
        }
        Ok(all)
    }
}

/// The orders of targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TargetOrder {
    /// By what.
    pub field: TargetOrderField,
    /// Whether the last come first.
    pub descending: bool,
}

impl Default for TargetOrder {
    fn default() -> Self {
        Self { field: TargetOrderField::Year, descending: true }
    }
}

/// By what targets are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TargetOrderField {
    /// The year.
    Year,
    /// The value.
    Value,
}

impl Listed for target::Entity {
    type Order = TargetOrder;

    fn sort_keys(order: TargetOrder) -> Vec<SortKey<target::Model>> {
        let key =
            match order.field {
                TargetOrderField::Year => SortKey::number(
                    Expr::col((Self, target::Column::Year)),
                    |row: &target::Model| i64::from(row.year),
                ),
                TargetOrderField::Value => SortKey::number(
                    Expr::col((Self, target::Column::Value)),
                    |row: &target::Model| row.value.0,
                ),
            };
        vec![key.turned(order.descending)]
    }

    fn unit() -> Option<target::Column> {
        Some(target::Column::OrgUnitId)
    }
}

/// The targets of an indicator.
pub const OF_INDICATOR: Link = Link {
    name: "targets of indicator",
    apply: |_| Expr::col((target::Entity, target::Column::IndicatorId)),
};
