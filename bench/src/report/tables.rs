//! What one size showed.

use std::fmt::Write as _;

use crate::{
    contender::Name,
    measure::Measured,
    round::{Median, Seat, Table, median},
};

/// The tables of a size.
pub fn section(measured: &Measured) -> String {
    let mut text = String::new();
    let version =
        measured.version.as_deref().map(|version| format!(" {version}")).unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "\n## {} on {}{version}, {} outcomes\n",
        measured.size.title(),
        measured.kind,
        measured.size.outcomes()
    );
    if measured.kind == "PostgreSQL" && !measured.local {
        text.push_str("PostgreSQL runs on another machine: its CPU is not known.\n\n");
    }
    text.push_str(
        "| query | server | requests/s | of the limit | p50 ms | p99 ms | CPU µs | server | database | of the limit's CPU | SQL | kB |\n\
         |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    for table in &measured.tables {
        let limit = seat(table, Name::Limit).map(Seat::median);
        for seat in &table.seats {
            let _ = writeln!(text, "{}", line(table.query, seat, limit));
        }
    }
    text.push_str(&means(measured));
    text.push_str("\n| server | memory after the load, MiB | most |\n|---|---:|---:|\n");
    for (name, memory) in &measured.memory {
        let _ = writeln!(text, "| {} | {} | {} |", name.title(), memory.now, memory.most);
    }
    let asking = measured.tables.iter().flat_map(|table| &table.seats);
    let asking: Vec<f64> = asking.map(|seat| seat.median().asking).collect();
    let _ = writeln!(
        text,
        "\nThe load itself took {:.0} µs of CPU a request (median).",
        median(asking)
    );
    text
}

fn line(query: &str, seat: &Seat, limit: Option<Median>) -> String {
    let found = seat.median();
    let speed = limit.map(|limit| found.per_second / limit.per_second);
    let cpu = limit.and_then(|limit| Some(found.cpu()? / limit.cpu()?));
    format!(
        "| {query} | {} | {:.0} | {} | {:.2} | {:.2} | {} | {:.0} | {} | {} | {} | {:.1} |",
        seat.name.title(),
        found.per_second,
        ratio(speed),
        found.p50,
        found.p99,
        whole(found.cpu()),
        found.server,
        whole(found.database),
        ratio(cpu),
        seat.statements.map_or("–".to_owned(), |count| format!("{count}")),
        f64::from(u32::try_from(seat.question.body.len()).unwrap_or(u32::MAX)) / 1_000.0,
    )
}

/// The geometric means of the five.
fn means(measured: &Measured) -> String {
    let mut text = String::new();
    for name in [Name::Rodtrad, Name::Repeated, Name::Conditional, Name::Rival] {
        let mean =
            |value: fn(&Median, &Median) -> Option<f64>| mean(measured, name, Name::Limit, value);
        let Some(speed) = mean(|own, limit| Some(own.per_second / limit.per_second)) else {
            continue;
        };
        let cpu = mean(|own, limit| Some(own.cpu()? / limit.cpu()?));
        let _ = writeln!(
            text,
            "| **mean of the five** | {} | | **{}** | | | | | | **{}** | | |",
            name.title(),
            ratio(Some(speed)),
            ratio(cpu)
        );
    }
    text
}

/// The geometric mean, over the five queries, of what two servers have to do with each other.
pub fn mean(
    measured: &Measured,
    one: Name,
    other: Name,
    value: fn(&Median, &Median) -> Option<f64>,
) -> Option<f64> {
    let values: Option<Vec<f64>> = measured
        .tables
        .iter()
        .filter(|table| table.counts)
        .map(|table| value(&seat(table, one)?.median(), &seat(table, other)?.median()))
        .collect();
    geometric(&values?)
}

/// The geometric mean.
fn geometric(values: &[f64]) -> Option<f64> {
    let count = u32::try_from(values.len()).ok().filter(|count| *count > 0)?;
    let logarithms: f64 = values.iter().map(|value| value.ln()).sum();
    Some((logarithms / f64::from(count)).exp())
}

/// What a server showed in a query.
pub fn seat(table: &Table, name: Name) -> Option<&Seat> {
    table.seats.iter().find(|seat| seat.name == name)
}

fn ratio(value: Option<f64>) -> String {
    value.map_or("–".to_owned(), |value| format!("{value:.2}"))
}

fn whole(value: Option<f64>) -> String {
    value.map_or("–".to_owned(), |value| format!("{value:.0}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_ratios_is_geometric() {
        assert_eq!(geometric(&[4.0, 0.25]), Some(1.0));
        assert_eq!(geometric(&[]), None);
    }
}
