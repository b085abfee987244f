//! Which units, in which order, and what they hang under.

use chrono::NaiveDate;
use entity::{
    organisation::{org_unit, org_unit_closure},
    sight::Sight,
    vocabulary::{NodeType, OrgUnitKind},
};
use sea_orm::{
    ColumnTrait as _, Condition, ExprTrait as _, JoinType,
    sea_query::{Expr, Query},
};

use crate::{
    domain::{
        listing::{Link, Listed, SortKey, numbering, swedish},
        reference::key_of,
    },
    error::Result,
};

/// Which units.
#[derive(Clone, Debug, Default)]
pub struct OrgUnitFilter {
    /// Of one of these kinds.
    pub kind: Option<Vec<OrgUnitKind>>,
    /// Right below that unit.
    pub parent: Option<String>,
    /// That unit and all below it.
    pub under: Option<String>,
    /// Active on that day.
    pub active_on: Option<NaiveDate>,
    /// Those with nothing above them, as far as the viewer sees.
    pub roots_only: bool,
}

impl OrgUnitFilter {
    /// The filter in SQL. What the viewer cannot see has nothing below it.
    ///
    /// # Errors
    /// A problem for what is no id.
    pub fn condition(&self, sight: &Sight) -> Result<Condition> {
        let parent = (org_unit::Entity, org_unit::Column::ParentId);
        let mut all = Condition::all();
        if let Some(kinds) = &self.kind {
            all = all.add(org_unit::Column::Kind.is_in(crate::domain::reference::each_once(kinds)));
        }
        if let Some(id) = &self.parent {
            let id = key_of(NodeType::OrgUnit, id)?;
            all = all.add(Expr::col(parent).eq(id)).add(sight.published.units(parent));
        }
        if let Some(id) = &self.under {
            let ancestor = (org_unit_closure::Entity, org_unit_closure::Column::AncestorId);
            let below = Query::select()
                .column(org_unit_closure::Column::DescendantId)
                .from(org_unit_closure::Entity)
                .and_where(Expr::col(ancestor).eq(key_of(NodeType::OrgUnit, id)?))
                .and_where(sight.published.units(ancestor))
                .to_owned();
            all = all.add(org_unit::Column::Id.in_subquery(below));
        }
        if let Some(day) = self.active_on {
            let (from, to) = (org_unit::Column::ActiveFrom, org_unit::Column::ActiveTo);
            all = all.add(from.is_null().or(from.lte(day))).add(to.is_null().or(to.gte(day)));
        }
        if self.roots_only {
            all = all.add(Expr::col(parent).is_null().or(sight.published.units(parent).not()));
        }
        Ok(all)
    }
}

/// The orders of units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct OrgUnitOrder {
    /// By what.
    pub field: OrgUnitOrderField,
    /// Whether the last come first.
    pub descending: bool,
}

/// By what units are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OrgUnitOrderField {
    /// The name, as Swedish.
    #[default]
    Name,
    /// The code, 9 before 10.
    Code,
}

impl Listed for org_unit::Entity {
    type Order = OrgUnitOrder;

    fn sort_keys(order: OrgUnitOrder) -> Vec<SortKey<org_unit::Model>> {
        let key = match order.field {
            OrgUnitOrderField::Name => SortKey::text(
                swedish(Expr::col((Self, org_unit::Column::Name))),
                |row: &org_unit::Model| row.name.clone(),
            ),
            OrgUnitOrderField::Code => SortKey::text(
                numbering(Expr::col((Self, org_unit::Column::Code))),
                |row: &org_unit::Model| row.code.clone(),
            ),
        };
        vec![key.turned(order.descending)]
    }
}

/// The units right below a unit.
pub const OF_PARENT: Link = Link {
    name: "units of unit",
    apply: |_| Expr::col((org_unit::Entity, org_unit::Column::ParentId)),
};

/// All units below a unit.
pub const OF_ANCESTOR: Link = Link {
    name: "units under unit",
    apply: |select| {
        let closure = org_unit_closure::Entity;
        let below = Expr::col((closure, org_unit_closure::Column::DescendantId))
            .equals((org_unit::Entity, org_unit::Column::Id))
            .and(Expr::col((closure, org_unit_closure::Column::Depth)).gt(0));
        select.join(JoinType::InnerJoin, closure, below);
        Expr::col((closure, org_unit_closure::Column::AncestorId))
    },
};
