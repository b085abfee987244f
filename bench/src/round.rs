//! Rounds, in each of which every server answers every query, and the medians over them.

use std::time::Duration;

use crate::{
    Result,
    contender::Name,
    load::{self, Load, Question},
    options::Options,
    process,
};

/// What one server is asked, and which process answers.
pub struct Seat {
    /// Which server.
    pub name: Name,
    /// Its process.
    pub pid: u32,
    /// What it is asked.
    pub question: Question,
    /// SQL statements a request.
    pub statements: Option<f64>,
    samples: Vec<Sample>,
}

/// A query, and the servers that answer it.
pub struct Table {
    /// The query.
    pub query: &'static str,
    /// Whether it is one of the five.
    pub counts: bool,
    /// The servers.
    pub seats: Vec<Seat>,
}

/// What PostgreSQL uses is counted by its processes.
#[derive(Clone, Copy)]
pub struct Postgres<'a> {
    /// Its first process.
    pub postmaster: u32,
    /// The database that is measured.
    pub database: &'a str,
}

#[derive(Clone, Copy)]
struct Sample {
    load: Load,
    server: Duration,
    database: Option<Duration>,
    asking: Duration,
}

/// Medians over the rounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Median {
    /// Requests a second.
    pub per_second: f64,
    /// Half of the answers took no longer, in milliseconds.
    pub p50: f64,
    /// Ninety-nine of a hundred took no longer, in milliseconds.
    pub p99: f64,
    /// CPU of the server a request, in microseconds.
    pub server: f64,
    /// CPU of PostgreSQL a request, in microseconds; nothing when it is elsewhere.
    pub database: Option<f64>,
    /// CPU of this program a request, in microseconds.
    pub asking: f64,
}

impl Median {
    /// CPU of server and database together.
    pub fn cpu(&self) -> Option<f64> {
        Some(self.server + self.database?)
    }
}

impl Seat {
    /// A server that has not been asked yet.
    pub fn new(name: Name, pid: u32, question: Question, statements: Option<f64>) -> Self {
        Self { name, pid, question, statements, samples: Vec::new() }
    }

    /// A server that was asked for a second, and each request of which took a millisecond of CPU at 1,000 a second.
    #[cfg(test)]
    pub fn seen(name: Name, question: Question, per_second: f64) -> Self {
        let half = Duration::from_millis(500);
        let time = Duration::from_millis(1);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole numbers"
        )]
        let requests = per_second as usize;
        let load = Load { requests, per_second, p50: time, p99: 2 * time };
        let sample = Sample { load, server: half, database: Some(half), asking: time };
        Self { samples: vec![sample], ..Self::new(name, 0, question, None) }
    }

    /// What the rounds showed.
    pub fn median(&self) -> Median {
        let of = |value: fn(&Sample) -> f64| median(self.samples.iter().map(value).collect());
        let each = |sample: &Sample, time: Duration| micros(time, sample.load.requests);
        let database: Option<Vec<f64>> = self
            .samples
            .iter()
            .map(|sample| sample.database.map(|time| each(sample, time)))
            .collect();
        Median {
            per_second: of(|sample| sample.load.per_second),
            p50: of(|sample| sample.load.p50.as_secs_f64() * 1_000.0),
            p99: of(|sample| sample.load.p99.as_secs_f64() * 1_000.0),
            server: of(|sample| micros(sample.server, sample.load.requests)),
            database: database.map(median),
            asking: of(|sample| micros(sample.asking, sample.load.requests)),
        }
    }
}

fn micros(time: Duration, requests: usize) -> f64 {
    time.as_secs_f64() * 1e6 / f64::from(u32::try_from(requests.max(1)).unwrap_or(u32::MAX))
}

/// The middle one, or the mean of the two in the middle; 0 of none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = |place: usize| values.get(place).copied().unwrap_or_default();
    match values.len() {
        0 => 0.0,
        count if count % 2 == 1 => at(count / 2),
        count => f64::midpoint(at(count / 2 - 1), at(count / 2)),
    }
}

/// The rounds.
pub async fn run(
    tables: &mut [Table],
    postgres: Option<Postgres<'_>>,
    options: &Options,
) -> Result<()> {
    for round in 1..=options.rounds {
        eprintln!("Round {round} of {} …", options.rounds);
        for table in &mut *tables {
            for seat in &mut table.seats {
                let sample = sample(seat, postgres, options)
                    .await
                    .map_err(|error| format!("{}, {}: {error}", table.query, seat.name.title()))?;
                seat.samples.push(sample);
            }
        }
    }
    Ok(())
}

async fn sample(seat: &Seat, postgres: Option<Postgres<'_>>, options: &Options) -> Result<Sample> {
    load::run(&seat.question, options.connections, options.warm_up).await?;
    let used = || {
        let database = postgres.map(|at| process::cpu_of_postgres(at.postmaster, at.database));
        let asking = process::stat(std::process::id()).map(|stat| stat.own);
        (process::cpu_of(seat.pid), database, asking.unwrap_or_default())
    };
    let before = used();
    let load = load::run(&seat.question, options.connections, options.seconds).await?;
    let after = used();
    Ok(Sample {
        load,
        server: after.0.saturating_sub(before.0),
        database: after.1.zip(before.1).map(|(after, before)| after.saturating_sub(before)),
        asking: after.2.saturating_sub(before.2),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(median(Vec::new()), 0.0);
    }

    #[test]
    fn cpu_is_shared_by_the_requests() {
        assert_eq!(micros(Duration::from_millis(10), 100), 100.0);
        assert_eq!(micros(Duration::from_millis(10), 0), 10_000.0);
    }
}
