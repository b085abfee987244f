//! What the viewer may see at some units, worked out once a unit and not once for every figure there.
//!
//! It says what `Visible` says of outcomes and targets, for statements that begin with the units.

use entity::sight::Sight;
use uuid::Uuid;

use crate::domain::sql::Sql;

/// An outcome under the name `$table`, beside its unit: published, or the viewer sees drafts there.
macro_rules! outcome_is_seen {
    ($table:literal) => {
        concat!("(unit.drafts OR ", $table, ".state = 'CONFIRMED' OR ", $table, ".kind = 'MONTH')")
    };
}
pub(super) use outcome_is_seen;

/// Adds `unit`: those of the units that the viewer sees, whether the viewer sees drafts there (`drafts`), and the targets
/// of each of these years (`open_0`, `open_1` …).
pub(super) fn units<'s>(
    sql: &'s mut Sql,
    sight: &Sight,
    units: &[Uuid],
    years: &[i32],
) -> &'s mut Sql {
    let drafts = |sql: &mut Sql| {
        sql.reached(&sight.drafts, "org_unit.id");
    };
    sql.add("unit AS MATERIALIZED (SELECT org_unit.id, org_unit.organisation_id, ");
    drafts(sql);
    sql.add(" AS drafts");
    for (nth, year) in years.iter().enumerate() {
        sql.add(", ");
        targets_are_seen(sql, drafts, "org_unit.id", |sql| {
            sql.value(*year);
        });
        sql.add(" AS open_").add(&nth.to_string());
    }
    sql.add(" FROM org_unit WHERE org_unit.id").among(units).add(" AND ");
    sql.reached(&sight.published, "org_unit.id").add(")")
}

/// Adds whether the viewer sees the targets of the unit in `column` in `year`: not while the plan that sets them, the
/// unit's own or that of the nearest unit above with one, is a draft; but always with `drafts`, which says whether the
/// viewer sees drafts there.
pub(super) fn targets_are_seen(
    sql: &mut Sql,
    drafts: impl FnOnce(&mut Sql),
    column: &str,
    year: impl FnOnce(&mut Sql),
) {
    sql.add("(");
    drafts(sql);
    sql.add(
        " OR coalesce((SELECT plan.status FROM org_unit_closure above
            JOIN plan ON plan.org_unit_id = above.ancestor_id AND plan.year = ",
    );
    year(sql);
    sql.add(" WHERE above.descendant_id = ").add(column);
    sql.add(" ORDER BY above.depth LIMIT 1), '') <> 'DRAFT')");
}
