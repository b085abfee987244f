//! Who sees what has come of a budget: as with outcomes, readers see months, and what a report has approved.

use sea_orm::{
    Condition, EntityTrait, ExprTrait as _,
    sea_query::{Expr, Query},
};

use crate::{
    follow_up::report,
    sight::{Reach, Sight, by_itself},
    tracked::Visible,
    vocabulary::{PeriodKind, ReportStatus},
};

/// A column of a table.
type At<E> = (E, <E as EntityTrait>::Column);

/// Where the follow-up's budget is, and its period.
pub struct Columns<B: EntityTrait, F: EntityTrait> {
    /// The budget's key.
    pub budget: At<B>,
    /// The budget's unit.
    pub unit: At<B>,
    /// The key of its budget in the follow-up.
    pub key: At<F>,
    /// The follow-up's year.
    pub year: At<F>,
    /// The follow-up's kind of period.
    pub kind: At<F>,
}

/// Whether the viewer sees a follow-up: its budget, and drafts there; a month; or that the budget's unit has had its report
/// of the period approved.
pub fn is_visible<B, F>(sight: &Sight, columns: Columns<B, F>) -> Condition
where
    B: Visible + Copy,
    F: EntityTrait + Copy,
    B::Column: Copy,
    F::Column: Copy,
{
    if sight.drafts == Reach::Everything {
        return Condition::all();
    }
    let Columns { budget, unit, key, year, kind } = columns;
    let approved = Query::select()
        .expr(Expr::val(1))
        .from(report::Entity)
        .and_where(Expr::col((report::Entity, report::Column::OrgUnitId)).equals(unit))
        .and_where(Expr::col((report::Entity, report::Column::Year)).equals(year))
        .and_where(Expr::col((report::Entity, report::Column::Kind)).equals(kind))
        .and_where(
            Expr::col((report::Entity, report::Column::Status)).eq(ReportStatus::Approved.as_str()),
        )
        .to_owned();
    let shown = Condition::any()
        .add(Expr::col(kind).eq(PeriodKind::Month.as_str()))
        .add(sight.drafts.units(unit))
        .add(Expr::exists(approved));
    let seen = Query::select()
        .expr(Expr::val(1))
        .from(budget.0)
        .and_where(Expr::col(budget).equals(key))
        .cond_where(B::visible(&sight.row_by_row()))
        .cond_where(shown)
        .to_owned();
    Condition::all().add(by_itself(Expr::exists(seen)))
}
