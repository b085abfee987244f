//! The statement behind scorecards.
//!
//! What decides whether an indicator is on a scorecard is asked in the order of what it costs: the unit's own outcome is
//! read anyway, so that plans, targets and what lies below are looked at for the few indicators without one.

use entity::{sight::Sight, vocabulary::PeriodKind};
use sea_orm::{DbBackend, Statement};
use uuid::Uuid;

use crate::domain::{
    indicators::{
        at_unit::{outcome_is_seen, targets_are_seen, units},
        figure::own::own_columns,
        outcome::stored::month_of,
    },
    organisation::period::Period,
    sql::Sql,
};

/// How many columns are an indicator's.
pub(super) const INDICATOR: usize = 17;
/// How many columns are a target's.
pub(super) const TARGET: usize = 7;

const COLUMNS: &str = concat!(
    " SELECT unit.id, unit.drafts, i.id, i.organisation_id, i.code, i.name, i.definition, i.category, i.unit, i.decimals,
        i.direction, i.aggregation, i.frequency, i.tolerance, i.computed, i.version, i.created_at, i.updated_at, i.updated_by, ",
    own_columns!("own"),
    ", ",
    own_columns!("earlier"),
    ", t.id, t.value, t.decided_at, t.version, t.created_at, t.updated_at, t.updated_by, earlier_t.value
    FROM unit JOIN wanted i ON i.organisation_id = unit.organisation_id"
);

/// Staff first, then economy, then the specific ones, each by name.
const ORDER: &str =
    " ORDER BY CASE i.category WHEN 'STAFF' THEN 0 WHEN 'ECONOMY' THEN 1 ELSE 2 END,
    i.name COLLATE swedish, i.id";

/// The rows of the scorecards of these units, of the indicators that `wanted` selects.
pub(super) fn scorecards(
    backend: DbBackend,
    wanted: Statement,
    sight: &Sight,
    of: &[Uuid],
    period: Period,
) -> Statement {
    let year = period.year();
    let mut sql = Sql::new(backend);
    sql.add("WITH wanted AS (").then(wanted).add("), ");
    units(&mut sql, sight, of, &[year, year - 1]);
    sql.add(COLUMNS);
    join_outcome(&mut sql, "own", outcome_is_seen!("own"), Some(period));
    join_outcome(&mut sql, "earlier", outcome_is_seen!("earlier"), period.previous());
    join_target(&mut sql, "t", year, "unit.open_0");
    join_target(&mut sql, "earlier_t", year - 1, "unit.open_1");
    sql.add(" WHERE own.id IS NOT NULL");
    for links in [
        "goal_indicator l JOIN goal g ON g.id = l.goal_id",
        "assignment_indicator l JOIN assignment g ON g.id = l.assignment_id",
    ] {
        sql.add(" OR EXISTS (SELECT 1 FROM ").add(links);
        sql.add(
            " JOIN plan ON plan.id = g.plan_id AND plan.org_unit_id = unit.id AND plan.year = ",
        );
        sql.value(year)
            .add(" WHERE l.indicator_id = i.id AND (unit.drafts OR plan.status <> 'DRAFT'))");
    }
    target_below(&mut sql, sight, year);
    budget_below(&mut sql, sight, year);
    outcome_below(&mut sql, sight, year);
    sql.add(ORDER);
    sql.statement()
}

fn join_outcome(sql: &mut Sql, table: &str, is_seen: &str, period: Option<Period>) {
    let (year, kind, month) = match period {
        Some(period) => (period.year(), period.kind(), month_of(period)),
        // Before the first year there is none.
        None => (0, PeriodKind::Ar, 0),
    };
    for words in [" LEFT JOIN outcome ", table, " ON ", table, ".org_unit_id = unit.id AND ", table]
    {
        sql.add(words);
    }
    sql.add(".indicator_id = i.id AND ").add(table).add(".year = ").value(year);
    sql.add(" AND ").add(table).add(".kind = ").value(kind.as_str());
    sql.add(" AND ").add(table).add(".month = ").value(month);
    sql.add(" AND ").add(table).add(".gender = 'TOTAL' AND ").add(is_seen);
}

fn join_target(sql: &mut Sql, table: &str, year: i32, is_seen: &str) {
    for words in [" LEFT JOIN target ", table, " ON ", table, ".org_unit_id = unit.id AND ", table]
    {
        sql.add(words);
    }
    sql.add(".indicator_id = i.id AND ").add(table).add(".year = ").value(year);
    sql.add(" AND ").add(is_seen);
}

/// A target at or below the unit. Those are few who have none of their own and something below, so each is looked at.
fn target_below(sql: &mut Sql, sight: &Sight, year: i32) {
    sql.add(
        " OR EXISTS (SELECT 1 FROM org_unit_closure below JOIN target x ON x.org_unit_id = below.descendant_id
            WHERE below.ancestor_id = unit.id AND x.indicator_id = i.id AND x.year = ",
    );
    sql.value(year).add(" AND ");
    let drafts = |sql: &mut Sql| {
        sql.reached(&sight.drafts, "x.org_unit_id");
    };
    targets_are_seen(sql, drafts, "x.org_unit_id", |sql| {
        sql.value(year);
    });
    sql.add(")");
}

/// Of an indicator that is worked out: a budget at or below the unit that it is worked out from.
fn budget_below(sql: &mut Sql, sight: &Sight, year: i32) {
    for (table, measure) in [
        ("operating_budget", "i.computed <> 'FORECAST_INVESTMENT_DEVIATION'"),
        ("investment_budget", "i.computed = 'FORECAST_INVESTMENT_DEVIATION'"),
    ] {
        sql.add(" OR ").add(measure);
        sql.add(" AND EXISTS (SELECT 1 FROM org_unit_closure below JOIN ").add(table);
        sql.add(
            " x ON x.org_unit_id = below.descendant_id WHERE below.ancestor_id = unit.id AND x.year = ",
        );
        sql.value(year).add(" AND ");
        let drafts = |sql: &mut Sql| {
            sql.reached(&sight.drafts, "x.org_unit_id");
        };
        targets_are_seen(sql, drafts, "x.org_unit_id", |sql| {
            sql.value(year);
        });
        sql.add(")");
    }
}

/// An outcome at or below the unit.
fn outcome_below(sql: &mut Sql, sight: &Sight, year: i32) {
    sql.add(
        " OR EXISTS (SELECT 1 FROM org_unit_closure below JOIN outcome x ON x.org_unit_id = below.descendant_id
            WHERE below.ancestor_id = unit.id AND x.indicator_id = i.id AND x.year = ",
    );
    sql.value(year).add(" AND (x.state = 'CONFIRMED' OR x.kind = 'MONTH' OR ");
    sql.reached(&sight.drafts, "x.org_unit_id").add("))");
}
