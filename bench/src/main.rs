//! The dashboard queries over HTTP: requests a second, latency, CPU, SQL statements and memory, beside hand-written SQL
//! and a rival.

mod client;
mod contender;
mod database;
mod extra;
mod ground;
mod limit;
mod load;
mod measure;
mod options;
mod process;
mod query;
mod report;
mod rival;
mod round;
mod same;
mod size;
mod wire;

#[cfg(test)]
mod tests;

use std::process::ExitCode;

use clap::Parser as _;

use options::{Command, Options};

type Error = Box<dyn std::error::Error + Send + Sync>;
type Result<T> = std::result::Result<T, Error>;

fn main() -> ExitCode {
    let options = Options::parse();
    let done = match &options.command {
        Some(Command::Limit { database_url }) => {
            actix_web::rt::System::new().block_on(limit::serve(database_url))
        }
        None => asking(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// One thread, so that the load leaves the other cores to the servers.
#[tokio::main(flavor = "current_thread")]
async fn asking(options: &Options) -> Result<()> {
    let mut all = Vec::new();
    for size in &options.sizes {
        // Beside the queries, the first size will do.
        let extras = all.is_empty() && !options.queries_only;
        all.push(measure::measure(options, *size, extras).await?);
        // What has been measured stands, whatever happens to the next size.
        if let Some(path) = &options.results {
            std::fs::write(path, text_of(options, &all))?;
        }
    }
    if options.results.is_none() {
        println!("{}", text_of(options, &all));
    }
    Ok(())
}

fn text_of(options: &Options, all: &[measure::Measured]) -> String {
    let mut text = report::head(options);
    text.push_str(&report::targets(all));
    for measured in all {
        text.push_str(&report::section(measured));
    }
    text
}
