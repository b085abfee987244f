//! Which reports, in which order, and what they hang under.

use entity::{
    follow_up::report,
    organisation::org_unit,
    sight::Sight,
    vocabulary::{NodeType, PeriodKind, ReportStatus},
};
use sea_orm::{
    ColumnTrait as _, Condition, ExprTrait as _,
    sea_query::{Alias, Expr, JoinType},
};

use crate::{
    domain::{
        indicators::below,
        listing::{Link, Listed, SortKey},
        reference::{each_once, key_of},
        visible::sees,
    },
    error::Result,
};

/// Which reports.
#[derive(Clone, Debug, Default)]
pub struct ReportFilter {
    /// Of that unit.
    pub org_unit: Option<String>,
    /// Of that unit or one below it.
    pub under: Option<String>,
    /// Of that plan.
    pub plan: Option<String>,
    /// Of that year.
    pub year: Option<i32>,
    /// Of that kind of period.
    pub kind: Option<PeriodKind>,
    /// In one of these states.
    pub status: Option<Vec<ReportStatus>>,
}

impl ReportFilter {
    /// The filter in SQL.
    ///
    /// # Errors
    /// A problem for what is no id.
    pub fn condition(&self, sight: &Sight) -> Result<Condition> {
        let mut all = Condition::all();
        if let Some(id) = &self.org_unit {
            all = all.add(report::Column::OrgUnitId.eq(key_of(NodeType::OrgUnit, id)?));
        }
        if let Some(id) = &self.under {
            let id = key_of(NodeType::OrgUnit, id)?;
            all = all.add(report::Column::OrgUnitId.in_subquery(below::ids([id]))).add(sees::<
                org_unit::Entity,
            >(
                sight, id
            ));
        }
        if let Some(id) = &self.plan {
            all = all.add(report::Column::PlanId.eq(key_of(NodeType::Plan, id)?));
        }
        if let Some(year) = self.year {
            // The same as the year, but in the order of an index.
            let before = i64::from(year) * 12;
            all = all.add(report::Column::PeriodOrder.between(before + 1, before + 12));
        }
        if let Some(kind) = self.kind {
            all = all.add(report::Column::Kind.eq(kind));
        }
        if let Some(status) = &self.status {
            all = all.add(report::Column::Status.is_in(each_once(status)));
        }
        Ok(all)
    }
}

/// The orders of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReportOrder {
    /// By what.
    pub field: ReportOrderField,
    /// Whether the last come first.
    pub descending: bool,
}

impl Default for ReportOrder {
    fn default() -> Self {
        Self { field: ReportOrderField::Period, descending: true }
    }
}

/// By what reports are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportOrderField {
    /// The period.
    Period,
}

impl Listed for report::Entity {
    type Order = ReportOrder;

    fn sort_keys(order: ReportOrder) -> Vec<SortKey<report::Model>> {
        let ReportOrderField::Period = order.field;
        let key = SortKey::number(
            Expr::col((Self, report::Column::PeriodOrder)),
            |row: &report::Model| i64::from(row.period_order),
        );
        vec![key.turned(order.descending)]
    }

    fn unit() -> Option<report::Column> {
        Some(report::Column::OrgUnitId)
    }
}

/// The reports of a unit.
pub const OF_ORG_UNIT: Link = Link {
    name: "reports of unit",
    apply: |_| Expr::col((report::Entity, report::Column::OrgUnitId)),
};

/// The reports that follow a plan up.
pub const OF_PLAN: Link = Link {
    name: "reports of plan",
    apply: |_| Expr::col((report::Entity, report::Column::PlanId)),
};

/// The reports of the same period of the units right below, by the report that draws on them.
pub const SUB_REPORTS: Link = Link {
    name: "reports below report",
    apply: |select| {
        let (upper, child) = (Alias::new("upper"), Alias::new("child"));
        let same = |column: report::Column| {
            Expr::col((upper.clone(), column)).equals((report::Entity, column))
        };
        select
            .join_as(
                JoinType::InnerJoin,
                org_unit::Entity,
                child.clone(),
                Expr::col((child.clone(), org_unit::Column::Id))
                    .equals((report::Entity, report::Column::OrgUnitId)),
            )
            .join_as(
                JoinType::InnerJoin,
                report::Entity,
                upper.clone(),
                Expr::col((upper.clone(), report::Column::OrgUnitId))
                    .equals((child, org_unit::Column::ParentId))
                    .and(same(report::Column::Year))
                    .and(same(report::Column::Kind)),
            );
        Expr::col((upper, report::Column::Id))
    },
};
