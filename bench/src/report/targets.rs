//! What we want to reach, and whether it was.

use std::fmt::Write as _;

use super::tables::{mean, seat};
use crate::{contender::Name, measure::Measured, round::Median};

/// Figures that are no further apart than this are the same: no two runs end with quite the same memory.
const SAME: f64 = 1.15;

/// One thing to reach.
struct Target {
    what: &'static str,
    wanted: &'static str,
    /// As it was measured, and whether that is enough; nothing when it was not measured.
    found: Option<(String, bool)>,
}

/// The table of targets: all but the memory by the first size.
pub fn targets(all: &[Measured]) -> String {
    let Some(first) = all.first() else { return String::new() };
    let mut text = format!(
        "\n## Targets\n\nBy size {}; sums and memory by all sizes.\n\n| | target | measured | reached |\n|---|---|---|---|\n",
        first.size.title()
    );
    let targets = queries(first).into_iter().chain(repeated(first)).chain(beside(first));
    for target in targets.chain([sums(all), memory(all)]) {
        let (found, reached) = match &target.found {
            Some((found, true)) => (found.as_str(), "yes"),
            Some((found, false)) => (found.as_str(), "**no**"),
            None => ("not measured", "–"),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| {} | {} | {found} | {reached} |", target.what, target.wanted);
    }
    text.push_str(
        "\nWhat is not reached, the profile that says why and what would be next: \
         [docs/performance.md](../docs/performance.md#what-is-left-and-why).\n",
    );
    text
}

fn speed(one: &Median, other: &Median) -> Option<f64> {
    Some(one.per_second / other.per_second)
}

fn queries(first: &Measured) -> Vec<Target> {
    let limit = |value| mean(first, Name::Rodtrad, Name::Limit, value);
    let all = each(first, Name::Rodtrad, Name::Limit);
    let rival = each(first, Name::Rodtrad, Name::Rival);
    let spread = each_of(first, |table| {
        let median = seat(table, Name::Rodtrad)?.median();
        Some(median.p99 / median.p50)
    });
    let page = first.tables.iter().find(|table| table.query == "page").and_then(|table| {
        speed(&seat(table, Name::Limit)?.median(), &seat(table, Name::Rodtrad)?.median())
    });
    vec![
        Target {
            what: "the five queries against hand-written SQL, geometric mean",
            wanted: ">= 0.6",
            found: limit(speed).map(|mean| at_least(mean, 0.6)),
        },
        Target {
            what: "every single one",
            wanted: ">= 0.45",
            found: lowest(&all).map(|(query, least)| named(query, at_least(least, 0.45))),
        },
        Target {
            what: "CPU a request, server and database together, against hand-written SQL",
            wanted: "<= 1.7",
            found: limit(|own, limit| Some(own.cpu()? / limit.cpu()?))
                .map(|mean| at_most(mean, 1.7)),
        },
        Target {
            what: "every one against Mercurius with JIT",
            wanted: ">= 1.6",
            found: lowest(&rival).map(|(query, least)| named(query, at_least(least, 1.6))),
        },
        Target {
            what: "p99 against p50",
            wanted: "<= 3",
            found: highest(&spread).map(|(query, most)| named(query, at_most(most, 3.0))),
        },
        Target {
            what: "a page of 20 out of 45,000 outcomes, with total: time against hand-written SQL",
            wanted: "<= 1.3",
            found: page.map(|ratio| at_most(ratio, 1.3)),
        },
    ]
}

fn repeated(first: &Measured) -> Vec<Target> {
    let mean = mean(first, Name::Repeated, Name::Limit, speed);
    let least = lowest(&each(first, Name::Repeated, Name::Limit));
    let five = first.tables.iter().filter(|table| table.counts);
    let tagged = five.clone().filter(|table| seat(table, Name::Conditional).is_some()).count();
    let asked = five.filter(|table| seat(table, Name::Repeated).is_some()).count();
    vec![
        Target {
            what: "repeated requests against hand-written SQL, geometric mean",
            wanted: ">= 5",
            found: mean.zip(least).map(|(mean, (query, least))| {
                let (found, reached) = at_least(mean, 5.0);
                (format!("{found}, the least {least:.2} ({query})"), reached)
            }),
        },
        Target {
            what: "conditional requests answer 304",
            wanted: "all",
            found: (asked > 0).then(|| (format!("{tagged} of {asked} queries"), tagged == asked)),
        },
    ]
}

fn beside(first: &Measured) -> Vec<Target> {
    let extras = &first.extras;
    let record = |kind| {
        let (_, took) = extras.record.iter().find(|(on, _)| *on == kind)?;
        let (found, reached) = at_most(took.as_secs_f64(), 2.0);
        Some((format!("{found} s"), reached))
    };
    vec![
        Target {
            what: "a read on another process right after a write shows it",
            wanted: "always",
            found: extras.fresh.map(|(all, shown)| (format!("{shown} of {all}"), shown == all)),
        },
        Target {
            what: "outcomesRecord of 5,000 outcomes on PostgreSQL",
            wanted: "<= 2 s",
            found: record("PostgreSQL"),
        },
        Target {
            what: "outcomesRecord of 5,000 outcomes on SQLite",
            wanted: "<= 2 s",
            found: record("SQLite"),
        },
        Target {
            what: "start on an existing database, to the first answer",
            wanted: "<= 0.5 s",
            found: extras.start.map(|took| {
                let (found, reached) = at_most(took.as_secs_f64(), 0.5);
                (format!("{found} s"), reached)
            }),
        },
    ]
}

/// The largest size counts.
fn sums(all: &[Measured]) -> Target {
    let took = |measured: &Measured| {
        let took = measured.extras.sums?.as_secs_f64() * 1_000.0;
        Some((took, format!("{took:.0} ms at {}", measured.size.title())))
    };
    let found: Vec<(f64, String)> = all.iter().filter_map(took).collect();
    let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
    Target {
        what: "200 indicators summed up the tree from the answers of its leaves, the whole call",
        wanted: "<= 150 ms at L",
        // At a smaller size it says nothing.
        found: (all.last().is_some_and(|last| last.size.units >= 1_000))
            .then(|| found.last())
            .flatten()
            .map(|(took, _)| (texts.join(", "), *took <= 150.0)),
    }
}

/// The larger of the two ways of running it, at each size.
fn memory(all: &[Measured]) -> Target {
    let own = |measured: &Measured| {
        let own = measured
            .memory
            .iter()
            .filter(|(name, _)| matches!(name, Name::Rodtrad | Name::Repeated));
        own.map(|(_, memory)| memory.now).fold(0.0, f64::max)
    };
    let found: Vec<String> = all
        .iter()
        .map(|measured| format!("{} MiB at {}", own(measured), measured.size.title()))
        .collect();
    let most = all.iter().map(own).fold(0.0, f64::max);
    let least = all.iter().map(own).fold(f64::INFINITY, f64::min);
    Target {
        what: "memory of the server after the load",
        wanted: "<= 80 MiB, the same at S and L",
        found: Some((found.join(", "), most <= 80.0 && most <= least * SAME)),
    }
}

type Each = Vec<(&'static str, f64)>;

/// How much faster one is than the other in each of the five; empty when one of them is not there.
fn each(measured: &Measured, one: Name, other: Name) -> Each {
    each_of(measured, |table| speed(&seat(table, one)?.median(), &seat(table, other)?.median()))
}

fn each_of(measured: &Measured, value: impl Fn(&crate::round::Table) -> Option<f64>) -> Each {
    let five = measured.tables.iter().filter(|table| table.counts);
    let values: Option<Each> = five.map(|table| Some((table.query, value(table)?))).collect();
    values.unwrap_or_default()
}

fn lowest(each: &Each) -> Option<(&'static str, f64)> {
    each.iter().copied().min_by(|one, other| one.1.total_cmp(&other.1))
}

fn highest(each: &Each) -> Option<(&'static str, f64)> {
    each.iter().copied().max_by(|one, other| one.1.total_cmp(&other.1))
}

fn at_least(value: f64, wanted: f64) -> (String, bool) {
    (format!("{value:.2}"), value >= wanted)
}

fn at_most(value: f64, wanted: f64) -> (String, bool) {
    (format!("{value:.2}"), value <= wanted)
}

fn named(query: &str, (found, reached): (String, bool)) -> (String, bool) {
    (format!("{found} ({query})"), reached)
}
