//! Everything that is measured at one size.

use serde_json::Value;

use crate::{
    Result, client,
    contender::{Contender, Name},
    database::Database,
    extra::{self, Extras},
    ground::Ground,
    load::Question,
    options::Options,
    process::{self, Memory},
    query::{QUERIES, Query},
    rival,
    round::{self, Postgres, Seat, Table},
    same::difference,
    size::Size,
};

/// What was measured at one size.
pub struct Measured {
    /// The size.
    pub size: Size,
    /// On what.
    pub kind: &'static str,
    /// The version of PostgreSQL.
    pub version: Option<String>,
    /// Whether its processes are on this machine.
    pub local: bool,
    /// Each query.
    pub tables: Vec<Table>,
    /// Memory of each server after the load.
    pub memory: Vec<(Name, Memory)>,
    /// What was measured beside the queries.
    pub extras: Extras,
}

/// Fills a database, starts the servers, compares their answers, and measures; with what is beside the queries if asked.
pub async fn measure(options: &Options, size: Size, extras: bool) -> Result<Measured> {
    let program = options.program()?;
    let url = options.database_url.as_deref();
    let database = Database::filled(url, size, options.keep, &program).await?;
    let measured = async {
        let mut measured = queries(options, size, &database).await?;
        if !options.queries_only {
            measured.extras.sums = extra::sums(options, size, &database).await?;
        }
        if extras {
            extra::measure(options, size, &database, &mut measured.extras).await?;
        }
        Ok(measured)
    }
    .await;
    database.remove().await?;
    measured
}

async fn queries(options: &Options, size: Size, database: &Database) -> Result<Measured> {
    let (mut version, mut postmaster) = (None, None);
    if let Some(mut connection) = database.connect().await? {
        version = sqlx::query_scalar("SHOW server_version").fetch_optional(&mut connection).await?;
        postmaster = process::postmaster(&mut connection).await?;
    }
    let contenders = start(options, database).await?;
    let first = contenders.iter().find(|contender| contender.name == Name::Rodtrad);
    let first = first.ok_or("rodtrad has to be there")?;
    let ground = Ground::discover(&mut first.client().await?, size).await?;
    let mut tables = Vec::new();
    for query in QUERIES.iter().filter(|query| options.wants(query.name)) {
        tables.push(table(query, &contenders, &ground).await?);
    }
    let postgres = postmaster
        .zip(database.name())
        .map(|(postmaster, database)| Postgres { postmaster, database });
    round::run(&mut tables, postgres, options).await?;
    let memory = contenders
        .iter()
        .map(|contender| (contender.name, process::memory_of(contender.pid())))
        .collect();
    let kind = database.kind();
    Ok(Measured {
        size,
        kind,
        version,
        local: postgres.is_some(),
        tables,
        memory,
        extras: Extras::default(),
    })
}

/// The servers: rodtrad first, whose answers the others' are compared with.
async fn start(options: &Options, database: &Database) -> Result<Vec<Contender>> {
    let program = options.program()?;
    let mut started = vec![Contender::rodtrad(Name::Rodtrad, &program, database)?];
    if options.has(Name::Repeated) {
        started.push(Contender::rodtrad(Name::Repeated, &program, database)?);
    }
    if let Some(connection) = database.connect().await? {
        if options.has(Name::Limit) {
            started.push(Contender::limit(database)?);
        }
        if options.has(Name::Rival) {
            started.push(rival::start(connection, database).await?);
        }
    }
    Ok(started)
}

/// Asks each server once; all must say the same.
async fn table(query: &Query, contenders: &[Contender], ground: &Ground) -> Result<Table> {
    let mut seats = Vec::new();
    let mut said: Option<Value> = None;
    for contender in contenders {
        let request = query.request(contender, ground, &[]);
        let mut client = contender.client().await?;
        let fault = |error| format!("{}, {}: {error}", query.name, contender.name.title());
        let body = client.send(&request).await.map_err(fault)?;
        let data = client::data(&body).map_err(fault)?;
        match &said {
            Some(said) => {
                if let Some(difference) = difference(said, &data) {
                    return Err(fault(
                        format!("another answer than rodtrad's at {difference}").into(),
                    )
                    .into());
                }
            }
            None => query.check(&data, ground)?,
        }
        said.get_or_insert(data);
        let statements = client.statements_of(&request).await.map_err(fault)?;
        let question = Question {
            peer: contender.peer.clone(),
            request: request.into(),
            status: 200,
            body: body.into(),
        };
        seats.push(Seat::new(contender.name, contender.pid(), question, statements));
        if contender.name == Name::Repeated {
            seats.extend(conditional(query, contender, ground).await?);
        }
    }
    Ok(Table { query: query.name, counts: query.counts, seats })
}

/// The same, by somebody who has the answer already; nothing when the server gives its answers no tags.
async fn conditional(
    query: &Query,
    contender: &Contender,
    ground: &Ground,
) -> Result<Option<Seat>> {
    let mut client = contender.client().await?;
    let (_, tag) = client.tag(&query.request(contender, ground, &[])).await?;
    let Some(tag) = tag else { return Ok(None) };
    let request = query.request(contender, ground, &[("If-None-Match", tag.as_str())]);
    let (status, _) = client.tag(&request).await?;
    if status != 304 {
        return Err(format!("{}: {status} to one who has the answer, not 304", query.name).into());
    }
    let question =
        Question { peer: contender.peer.clone(), request: request.into(), status, body: [].into() };
    Ok(Some(Seat::new(Name::Conditional, contender.pid(), question, None)))
}
