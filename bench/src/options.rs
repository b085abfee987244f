//! What the command line says.

use std::{fmt, path::PathBuf, str::FromStr, time::Duration};

use clap::Parser;

use crate::{Result, query::QUERIES};

/// Measures the five dashboard queries over HTTP, and prints a Markdown table.
#[derive(Parser, Debug)]
#[command(name = "bench")]
pub struct Options {
    /// A running server, such as http://127.0.0.1:8080, in place of servers of our own.
    #[arg(long, requires = "token", conflicts_with_all = ["sizes", "database_url", "program"])]
    pub url: Option<String>,
    /// A token for that server, of somebody who reads all of the organisation.
    #[arg(long, env = "BENCH_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// Sizes of made-up data: units x indicators x years, comma-separated. For a quick try: 10x50x2.
    #[arg(long, value_delimiter = ',', default_value = "50x200x3,200x200x3")]
    pub sizes: Vec<Size>,
    /// PostgreSQL instead of SQLite: postgres://…, whose user may create databases. What is there stays as it is.
    #[arg(long)]
    pub database_url: Option<String>,
    /// The program `rodtrad`; the one beside this program unless said.
    #[arg(long)]
    program: Option<PathBuf>,
    /// Connections that ask at the same time.
    #[arg(long, default_value = "32", value_parser = clap::value_parser!(u16).range(1..))]
    pub connections: u16,
    /// Seconds that each query is measured.
    #[arg(long, default_value = "10", value_parser = seconds)]
    pub seconds: Duration,
    /// Seconds that each query is asked before.
    #[arg(long, default_value = "2", value_parser = seconds)]
    pub warm_up: Duration,
    /// Only these queries, comma-separated.
    #[arg(long, value_delimiter = ',', value_parser = names())]
    only: Vec<String>,
}

impl Options {
    /// Whether a query is to be measured.
    pub fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == name)
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

/// How much data is made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Units below the root.
    pub units: usize,
    /// Indicators.
    pub indicators: usize,
    /// Years.
    pub years: usize,
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let numbers = text.split('x').map(str::parse).collect::<std::result::Result<Vec<_>, _>>();
        match numbers.as_deref() {
            Ok([units, indicators, years]) => {
                Ok(Self { units: *units, indicators: *indicators, years: *years })
            }
            _ => Err("give units x indicators x years, such as 50x200x3".to_owned()),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { units, indicators, years } = self;
        write!(f, "{units}x{indicators}x{years}")
    }
}
