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

/// Adds `unit`: those of the units that the viewer sees, and whether the viewer sees drafts there.
pub(super) fn units<'s>(sql: &'s mut Sql, sight: &Sight, units: &[Uuid]) -> &'s mut Sql {
    sql.add("unit AS MATERIALIZED (SELECT org_unit.id, org_unit.organisation_id, ")
        .reached(&sight.drafts, "org_unit.id")
        .add(" AS drafts FROM org_unit WHERE org_unit.id")
        .among(units)
        .add(" AND ")
        .reached(&sight.published, "org_unit.id")
        .add(")")
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
