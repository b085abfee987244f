//! What the command line says.

use std::{path::PathBuf, time::Duration};

use clap::{Parser, Subcommand};

use crate::{Result, contender::Name, query::QUERIES, size::Size};

/// Measures the dashboard queries over HTTP, beside hand-written SQL and a rival, and writes Markdown.
#[derive(Parser, Debug)]
#[command(name = "bench", args_conflicts_with_subcommands = true)]
pub struct Options {
    /// What to do in place of measuring.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Sizes of made-up data, comma-separated: S, M, L, or units x indicators x years. For a quick try: 10x50x2.
    #[arg(long, value_delimiter = ',', default_value = "S")]
    pub sizes: Vec<Size>,
    /// A PostgreSQL, postgres://…, whose user may create databases. What is there stays as it is. Without it,
    /// rodtrad alone is measured, on SQLite.
    #[arg(long)]
    pub database_url: Option<String>,
    /// Keep databases that were filled, and use those that were kept before.
    #[arg(long)]
    pub keep: bool,
    /// The program `rodtrad`; the one beside this program unless said.
    #[arg(long)]
    program: Option<PathBuf>,
    /// Connections that ask at the same time.
    #[arg(long, default_value = "32", value_parser = clap::value_parser!(u16).range(1..))]
    pub connections: u16,
    /// Rounds, in each of which every server answers every query; the medians count.
    #[arg(long, default_value = "5", value_parser = clap::value_parser!(u16).range(1..))]
    pub rounds: u16,
    /// Seconds that each server is asked each query in a round.
    #[arg(long, default_value = "4", value_parser = seconds)]
    pub seconds: Duration,
    /// Seconds that it is asked before, each time.
    #[arg(long, default_value = "0.5", value_parser = seconds)]
    pub warm_up: Duration,
    /// Only these queries, comma-separated.
    #[arg(long, value_delimiter = ',', value_parser = names())]
    only: Vec<String>,
    /// Without these servers, comma-separated.
    #[arg(long, value_delimiter = ',')]
    without: Vec<Name>,
    /// Only the queries: no bulk writes, starts, or reads after writes.
    #[arg(long)]
    pub queries_only: bool,
    /// A file for the results; otherwise standard output.
    #[arg(long)]
    pub results: Option<PathBuf>,
}

/// What to do in place of measuring.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Be the hand-written server: one statement a query. The measuring starts it by itself.
    Limit {
        /// The PostgreSQL database, filled by rodtrad.
        #[arg(long)]
        database_url: String,
    },
}

impl Options {
    /// Whether a query is to be measured.
    pub fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == name)
    }

    /// Whether a server is to be measured.
    pub fn has(&self, name: Name) -> bool {
        !self.without.contains(&name)
    }

    /// The program to start.
    pub fn program(&self) -> Result<PathBuf> {
        let program = match &self.program {
            Some(program) => program.clone(),
            None => std::env::current_exe()?.with_file_name("rodtrad"),
        };
        // The child runs in a folder of its own.
        program.canonicalize().map_err(|error| {
            format!(
                "{}: {error}. Build it with `cargo build --release`, or name it with --program.",
                program.display()
            )
            .into()
        })
    }
}

fn names() -> clap::builder::PossibleValuesParser {
    QUERIES.iter().map(|query| query.name).collect::<Vec<_>>().into()
}

fn seconds(text: &str) -> std::result::Result<Duration, String> {
    let seconds = text.parse().map_err(|_| "give seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Options {
        Options::parse_from(line.split(' '))
    }

    #[test]
    fn a_command_line_says_what_to_measure() {
        let options =
            parse("bench --sizes S,10x50x2 --only units,series --without rival --seconds 0.5");
        let sizes: Vec<String> = options.sizes.iter().map(Size::to_string).collect();
        assert_eq!(sizes, ["50x200x3", "10x50x2"]);
        assert!(options.wants("units") && !options.wants("indicator"));
        assert!(options.has(Name::Limit) && !options.has(Name::Rival));
        assert_eq!(options.seconds, Duration::from_millis(500));
        for wrong in ["--sizes XL", "--only all", "--seconds -1", "--rounds 0", "--without cache"] {
            assert!(
                Options::try_parse_from(format!("bench {wrong}").split(' ')).is_err(),
                "{wrong}"
            );
        }
    }

    #[test]
    fn the_limit_is_a_command() {
        let options = parse("bench limit --database-url postgres://x/y");
        assert!(matches!(options.command, Some(Command::Limit { .. })));
    }
}
