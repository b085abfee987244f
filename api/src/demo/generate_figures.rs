//! Made-up targets and outcomes with their rows in the log: worked out inside the database, where a million rows take
//! seconds. Sent one by one they would take minutes.

use std::{fmt::Write as _, ops::RangeInclusive};

use chrono::{DateTime, Utc};
use entity::{
    node_id,
    vocabulary::{NodeType, PeriodKind},
};
use sea_orm::{ConnectionTrait as _, Statement, Value};
use uuid::Uuid;

use super::generate::Making;
use crate::{
    access::viewer::Viewer,
    db::Db,
    domain::{organisation::period::Period, write},
    error::{Error, Result},
};

/// Rows that one transaction makes, so that others get to write in between and no log grows without end.
const BATCH: usize = 20_000;

/// A table to fill. The text in it is SQL over one figure.
struct Table {
    name: &'static str,
    node: NodeType,
    /// Its columns beside those that both have.
    columns: &'static [(&'static str, &'static str)],
    /// The fields that the log shows.
    fields: &'static [(&'static str, &'static str)],
    /// The least figure and how many there are from it on, in thousandths.
    least: i64,
    range: i64,
}

const TARGETS: Table = Table {
    name: "target",
    node: NodeType::Target,
    columns: &[("decided_at", "'BOARD'")],
    fields: &[
        ("indicator", "indicator_ref"),
        ("orgUnit", "unit_ref"),
        ("year", "CAST(year AS text)"),
        ("value", SHOWN),
        ("decidedAt", "'BOARD'"),
    ],
    least: 40_000,
    range: 20_000,
};

const OUTCOMES: Table = Table {
    name: "outcome",
    node: NodeType::Outcome,
    columns: &[
        ("kind", "kind"),
        ("month", "month"),
        ("period_order", "period_order"),
        ("gender", "'TOTAL'"),
        ("guarded", "false"),
        ("origin", "'REPORTED'"),
        ("state", "'CONFIRMED'"),
    ],
    fields: &[
        ("indicator", "indicator_ref"),
        ("orgUnit", "unit_ref"),
        ("year", "CAST(year AS text)"),
        ("kind", "kind"),
        ("month", "CASE WHEN month > 0 THEN CAST(month AS text) END"),
        ("gender", "'TOTAL'"),
        ("value", SHOWN),
        ("origin", "'REPORTED'"),
        ("state", "'CONFIRMED'"),
    ],
    least: 30_000,
    range: 40_000,
};

/// A figure as the log shows it: without zeros at the end.
const SHOWN: &str = "rtrim(rtrim((thousandths / 1000) || '.' || substr(CAST(1000 + thousandths % 1000 AS text), 2), '0'), '.')";

/// A unit or an indicator, and how many there are before it: figures come of that.
type Numbered = (i64, Uuid);

/// A target for each indicator, unit and year, and for all units but the root an outcome of each period.
pub(super) async fn make(
    db: &Db,
    making: &Making,
    now: DateTime<Utc>,
    years: RangeInclusive<i32>,
) -> Result<()> {
    let units: Vec<Numbered> = (0..).zip(making.units.iter().copied()).collect();
    let indicators: Vec<Numbered> = (0..).zip(making.indicators.iter().copied()).collect();
    for year in years {
        let whole_year = [Period::new(year, PeriodKind::Ar, None).map_err(Error::internal)?];
        let all = periods(year)?;
        for (table, units, periods) in [
            (&TARGETS, units.as_slice(), whole_year.as_slice()),
            (&OUTCOMES, units.get(1..).unwrap_or_default(), all.as_slice()),
        ] {
            let size = BATCH / (indicators.len() * periods.len()).max(1);
            for units in units.chunks(size.max(1)) {
                let batch = Batch { table, units, indicators: &indicators, year, periods };
                batch.insert(db, making, now).await?;
            }
        }
    }
    Ok(())
}

/// Twelve months, UR1, UR2 and ÅR.
fn periods(year: i32) -> Result<Vec<Period>> {
    let months = (1..=12).map(|month| Period::new(year, PeriodKind::Month, Some(month)));
    let reports = [PeriodKind::Ur1, PeriodKind::Ur2, PeriodKind::Ar]
        .map(|kind| Period::new(year, kind, None));
    months.chain(reports).collect::<Result<_, _>>().map_err(Error::internal)
}

/// What one transaction makes: a figure for each of these units, indicators and periods.
struct Batch<'a> {
    table: &'a Table,
    units: &'a [Numbered],
    indicators: &'a [Numbered],
    year: i32,
    periods: &'a [Period],
}

impl Batch<'_> {
    async fn insert(&self, db: &Db, making: &Making, now: DateTime<Utc>) -> Result<()> {
        let write = db.write(&Viewer::system(), now).await?;
        let connection = write.connection();
        let head = write::head(connection).await?;
        let mut values: Vec<Value> = vec![
            head.into(),
            i64::from(self.year).into(),
            write.now().into(),
            write.actor_id().into(),
            making.organisation.into(),
            // The log's numbers make ids of it: unique, and in the order in which they are inserted.
            Uuid::now_v7().simple().to_string().get(..24).unwrap_or_default().into(),
        ];
        let figures = self.figures(&mut values);
        for insert in [self.table.insert(db.is_sqlite()), self.table.log(db.is_sqlite())] {
            let sql = format!("{figures} {insert}");
            let backend = connection.get_database_backend();
            connection
                .execute_raw(Statement::from_sql_and_values(backend, sql, values.clone()))
                .await?;
        }
        let made = self.units.len() * self.indicators.len() * self.periods.len();
        let advance = Statement::from_sql_and_values(
            connection.get_database_backend(),
            "UPDATE change_head SET last = last + $1",
            [i64::try_from(made).map_err(Error::internal)?.into()],
        );
        connection.execute_raw(advance).await?;
        write.commit(Vec::new()).await?;
        Ok(())
    }

    /// The figures as a table that the statement begins with.
    fn figures(&self, values: &mut Vec<Value>) -> String {
        let units = rows(NodeType::OrgUnit, self.units, values);
        let indicators = rows(NodeType::Indicator, self.indicators, values);
        let mut periods = Vec::new();
        for (number, period) in self.periods.iter().enumerate() {
            let (kind, month) = (period.kind().as_str(), period.month().unwrap_or(0));
            periods.push(format!("({number}, '{kind}', {month}, {})", period.sort_key()));
        }
        let first = self.units.first().map_or(0, |(number, _)| *number);
        let (unit_count, period_count) = (self.units.len(), self.periods.len());
        let Table { least, range, .. } = self.table;
        // Neighbours in an index are made one after the other. The square scatters the figures; nothing overflows.
        format!(
            "WITH unit (number, id, ref) AS (VALUES {units}),
                indicator (number, id, ref) AS (VALUES {indicators}),
                period (number, kind, month, period_order) AS (VALUES {}),
                place AS (
                    SELECT $1 + 1 + (indicator.number * {unit_count} + unit.number - {first}) * {period_count} + period.number AS seq,
                        (unit.number * 7919 + indicator.number * 104729 + $2 * 1299709 + period.number * 15485863 + {least}) % 2147483647 AS seed,
                        indicator.id AS indicator_id, indicator.ref AS indicator_ref, unit.id AS org_unit_id, unit.ref AS unit_ref,
                        $2 AS year, kind, month, period_order
                    FROM indicator CROSS JOIN unit CROSS JOIN period
                ),
                figure AS (SELECT *, {least} + seed * seed % 2147483647 % {range} AS thousandths FROM place)",
            periods.join(", ")
        )
    }
}

/// Units or indicators as rows of a statement: number, id, and the id as the API and the log write it.
fn rows(node: NodeType, numbered: &[Numbered], values: &mut Vec<Value>) -> String {
    let mut rows = Vec::with_capacity(numbered.len());
    for (number, id) in numbered {
        values.extend([(*id).into(), node_id::encode(node, *id).into()]);
        rows.push(format!("({number}, ${}, ${})", values.len() - 1, values.len()));
    }
    rows.join(", ")
}

impl Table {
    fn insert(&self, sqlite: bool) -> String {
        let (mut columns, mut selected) = (String::new(), String::new());
        for (column, sql) in self.columns {
            let _ = write!(columns, ", {column}");
            let _ = write!(selected, ", {sql}");
        }
        format!(
            "INSERT INTO {} (id, indicator_id, org_unit_id, year, value{columns}, version, created_at, updated_at, updated_by)
            SELECT {}, indicator_id, org_unit_id, year, thousandths * 1000{selected}, 1, $3, $3, $4 FROM figure ORDER BY seq",
            self.name,
            id(sqlite)
        )
    }

    fn log(&self, sqlite: bool) -> String {
        let mut fields = Vec::new();
        for (place, (field, sql)) in self.fields.iter().enumerate() {
            let comma = if place > 0 { "," } else { "" };
            let start = format!(r#"{comma}{{"field":"{field}","before":null,"after":""#);
            fields.push(format!(r#"coalesce('{start}' || {sql} || '"}}', '')"#));
        }
        format!(
            "INSERT INTO change (seq, at, organisation_id, org_unit_id, node_type, node_id, node_version, kind, actor_id, draft, fields)
            SELECT seq, $3, $5, org_unit_id, '{}', {}, 1, 'CREATED', $4, false, '[' || {} || ']' FROM figure ORDER BY seq",
            self.node.as_str(),
            id(sqlite),
            fields.join(" || ")
        )
    }
}

fn id(sqlite: bool) -> &'static str {
    if sqlite {
        "unhex($6 || printf('%08x', seq % 4294967296))"
    } else {
        "CAST($6 || lpad(to_hex(seq % 4294967296), 8, '0') AS uuid)"
    }
}
