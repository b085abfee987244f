//! The five dashboard queries over HTTP: requests a second, p50, p99 and SQL statements a request.

mod client;
mod database;
mod ground;
mod load;
mod options;
mod query;
mod report;
mod server;

#[cfg(test)]
mod tests;

use std::process::ExitCode;

use clap::Parser as _;

use client::Client;
use database::Database;
use ground::Ground;
use options::{Options, Size};
use report::Row;
use server::Server;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// One thread, so that the load leaves the other cores to the server.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(&Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options) -> Result<()> {
    println!("{}", report::setting(options));
    match (&options.url, &options.token) {
        (Some(url), Some(token)) => {
            let client = Client::new(url, token)?;
            let rows = measure(&client, options, None).await?;
            println!("{}", report::table(url, &rows));
        }
        _ => {
            for size in &options.sizes {
                let database = Database::create(options.database_url.as_deref()).await?;
                let rows = measure_made(&database, options, *size).await;
                let title = format!("{size} on {}", database.kind());
                database.remove().await?;
                println!("{}", report::table(&title, &rows?));
            }
        }
    }
    Ok(())
}

/// Measures a server of our own on a database that is filled first.
async fn measure_made(database: &Database, options: &Options, size: Size) -> Result<Vec<Row>> {
    let program = options.program()?;
    eprintln!("Filling a database of {size} …");
    server::fill(&program, database, size)?;
    database.settle().await?;
    let server = Server::start(&program, database)?;
    measure(&Client::new(&server.url, &server.token)?, options, Some(size)).await
}

async fn measure(client: &Client, options: &Options, made: Option<Size>) -> Result<Vec<Row>> {
    let ground = Ground::discover(client, made).await?;
    let mut rows = Vec::new();
    for query in query::QUERIES.iter().filter(|query| options.wants(query.name)) {
        eprintln!("{} …", query.name);
        let answer = query
            .check(client, &ground)
            .await
            .map_err(|error| format!("{}: {error}", query.name))?;
        let request = query.request(client, &ground)?;
        let statements = client.statements_of(&request).await?;
        load::run(client, &request, &answer, options.connections, options.warm_up).await?;
        let load =
            load::run(client, &request, &answer, options.connections, options.seconds).await?;
        rows.push(Row { name: query.name, load, statements, bytes: answer.len() });
    }
    Ok(rows)
}
