//! The command `rodtrad`.

use std::{io::IsTerminal as _, process::ExitCode};

use clap::Parser as _;
use rodtrad::cli::Cli;

#[actix_web::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_env("RODTRAD_LOG").unwrap_or_else(
            |_| tracing_subscriber::EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn"),
        ))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    match Cli::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rodtrad: {}", rodtrad::cli::explain(&error));
            ExitCode::FAILURE
        }
    }
}
