//! How long it takes from the start of a process on a database that is there to its first answer.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use serde_json::json;

use super::middle;
use crate::{
    Result,
    contender::{Contender, Name},
    database::Database,
};

const TIMES: u32 = 5;

/// The median of some starts.
pub async fn measure(program: &Path, database: &Database) -> Result<Duration> {
    eprintln!("Starting …");
    let mut took = Vec::new();
    for _ in 0..TIMES {
        let started = Instant::now();
        let server = Contender::rodtrad(Name::Rodtrad, program, database)?;
        let mut client = server.client().await?;
        client.ask("{ indicators(first: 1) { nodes { name } } }", &json!({})).await?;
        took.push(started.elapsed());
    }
    Ok(middle(took))
}
