//! The tables of a run that never was.

use std::time::Duration;

use super::{section, targets};
use crate::{
    contender::Name,
    extra::Extras,
    load::Question,
    measure::Measured,
    process::Memory,
    round::{Seat, Table},
    wire::Peer,
};

fn seat(name: Name, per_second: f64) -> Seat {
    let peer = Peer::new("http://127.0.0.1:1", None).unwrap();
    let body = vec![0; 1_500].into();
    let question = Question { peer, request: [].into(), status: 200, body };
    Seat::seen(name, question, per_second)
}

fn table(query: &'static str, seats: Vec<Seat>) -> Table {
    Table { query, counts: query != "page", seats }
}

fn measured(tables: Vec<Table>) -> Measured {
    Measured {
        size: "S".parse().unwrap(),
        kind: "PostgreSQL",
        version: Some("15.1".to_owned()),
        local: true,
        tables,
        memory: vec![(Name::Rodtrad, Memory { now: 40.0, most: 50.0 })],
        extras: Extras::default(),
    }
}

#[test]
fn a_section_compares_with_the_limit() {
    let seats = |rodtrad| vec![seat(Name::Rodtrad, rodtrad), seat(Name::Limit, 1_000.0)];
    let text = section(&measured(vec![
        table("units", seats(500.0)),
        table("series", seats(2_000.0)),
        table("page", seats(10.0)),
    ]));
    for line in [
        "## S (50x200x3) on PostgreSQL 15.1, 450000 outcomes",
        "| units | rodtrad | 500 | 0.50 | 1.00 | 2.00 | 2000 | 1000 | 1000 | 2.00 | – | 1.5 |",
        "| units | hand-written SQL | 1000 | 1.00 | 1.00 | 2.00 | 1000 | 500 | 500 | 1.00 | – | 1.5 |",
        "| **mean of the five** | rodtrad | | **1.00** | | | | | | **1.00** | | |",
        "| rodtrad | 40 | 50 |",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }
}

#[test]
fn targets_say_whether_they_were_reached() {
    let seats = vec![
        seat(Name::Rodtrad, 700.0),
        seat(Name::Repeated, 4_000.0),
        seat(Name::Conditional, 9_000.0),
        seat(Name::Limit, 1_000.0),
    ];
    let mut measured = measured(vec![table("units", seats)]);
    measured.extras = Extras {
        sums: Some(Duration::from_millis(120)),
        start: Some(Duration::from_millis(300)),
        record: vec![("SQLite", Duration::from_millis(2_500))],
        fresh: Some((100, 99)),
    };
    let text = targets(&[measured]);
    for line in [
        "| the five queries against hand-written SQL, geometric mean | >= 0.6 | 0.70 | yes |",
        "| every single one | >= 0.45 | 0.70 (units) | yes |",
        "| every one against Mercurius with JIT | >= 1.6 | not measured | – |",
        "| p99 against p50 | <= 3 | 2.00 (units) | yes |",
        "| repeated requests against hand-written SQL, geometric mean | >= 5 | 4.00, the least 4.00 (units) | **no** |",
        "| conditional requests answer 304 | all | 1 of 1 queries | yes |",
        "| a read on another process right after a write shows it | always | 99 of 100 | **no** |",
        "| outcomesRecord of 5,000 outcomes on SQLite | <= 2 s | 2.50 s | **no** |",
        "| start on an existing database, to the first answer | <= 0.5 s | 0.30 s | yes |",
        "| 200 indicators summed up the tree from the answers of its leaves, the whole call | <= 150 ms at L | not measured | – |",
        "| memory of the server after the load | <= 80 MiB, the same at S and L | 40 MiB at S (50x200x3) | yes |",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }
    assert_eq!(targets(&[]), "");
}
