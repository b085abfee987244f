//! What is measured beside the queries: sums, starts, bulk writes, and reads after writes.

mod fresh;
mod record;
mod start;
mod sums;

use std::time::Duration;

use crate::{
    Result,
    contender::{Contender, Name},
    database::Database,
    ground::Ground,
    options::Options,
    size::Size,
};

/// What was measured beside the queries.
#[derive(Default)]
pub struct Extras {
    /// Every indicator summed up the tree, from what the leaves have answered.
    pub sums: Option<Duration>,
    /// From the start of a process to its first answer.
    pub start: Option<Duration>,
    /// Recording many outcomes in one call: on what, and how long it took.
    pub record: Vec<(&'static str, Duration)>,
    /// Reads on another process right after a write, and how many of them showed it.
    pub fresh: Option<(u32, u32)>,
}

/// Sums alone, which are worth measuring at every size: in a copy where the leaves alone have answered, since all of what
/// they say has to be read then. Not on SQLite.
pub async fn sums(options: &Options, size: Size, database: &Database) -> Result<Option<Duration>> {
    if database.name().is_none() {
        return Ok(None);
    }
    let program = options.program()?;
    let copy = database.copy().await?;
    let took = async {
        let server = Contender::rodtrad(Name::Rodtrad, &program, &copy)?;
        let ground = Ground::discover(&mut server.client().await?, size).await?;
        copy.leave_to_the_leaves(ground.year).await?;
        sums::measure(&server, &ground).await
    }
    .await;
    copy.remove().await?;
    took.map(Some)
}

/// Everything else beside the queries. What writes does so in copies.
pub async fn measure(
    options: &Options,
    size: Size,
    database: &Database,
    extras: &mut Extras,
) -> Result<()> {
    let program = options.program()?;
    extras.start = Some(start::measure(&program, database).await?);
    let copy = database.copy().await?;
    let written = async {
        let one = Contender::rodtrad(Name::Repeated, &program, &copy)?;
        let other = Contender::rodtrad(Name::Repeated, &program, &copy)?;
        let ground = Ground::discover(&mut one.client().await?, size).await?;
        let fresh = fresh::measure(&one, &other, &ground).await?;
        let record = record::measure(&one, &ground).await?;
        Ok::<_, crate::Error>((fresh, record))
    }
    .await;
    copy.remove().await?;
    let (fresh, record) = written?;
    extras.fresh = Some(fresh);
    extras.record.push((database.kind(), record));
    if database.name().is_some() {
        extras.record.push(on_sqlite(options, size).await?);
    }
    Ok(())
}

async fn on_sqlite(options: &Options, size: Size) -> Result<(&'static str, Duration)> {
    let program = options.program()?;
    let database = Database::filled(None, size, options.keep, &program).await?;
    let copy = database.copy().await?;
    let took = async {
        let server = Contender::rodtrad(Name::Repeated, &program, &copy)?;
        let ground = Ground::discover(&mut server.client().await?, size).await?;
        record::measure(&server, &ground).await
    }
    .await;
    copy.remove().await?;
    let kind = database.kind();
    database.remove().await?;
    Ok((kind, took?))
}

/// The middle of some times.
fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
