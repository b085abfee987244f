//! A database for one size, removed when it has been measured.

use std::path::Path;

use sqlx::{Connection as _, Executor as _, PgConnection, postgres::PgConnectOptions};
use tempfile::TempDir;

use crate::Result;

/// An empty database, and a folder for what its server keeps beside it.
pub struct Database {
    folder: TempDir,
    /// A database on somebody's PostgreSQL: the URL that it was made with, and its name.
    postgres: Option<(String, String)>,
}

impl Database {
    /// A SQLite file, or a new database on the PostgreSQL at `url`.
    pub async fn create(url: Option<&str>) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let Some(url) = url else { return Ok(Self { folder, postgres: None }) };
        let name = format!("rodtrad_bench_{}", std::process::id());
        let mut connection = PgConnection::connect(url).await?;
        connection.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await?;
        connection.close().await?;
        Ok(Self { folder, postgres: Some((url.to_owned(), name)) })
    }

    /// What it runs on.
    pub fn kind(&self) -> &'static str {
        if self.postgres.is_some() { "PostgreSQL" } else { "SQLite" }
    }

    /// As `DATABASE_URL`.
    pub fn url(&self) -> Result<String> {
        match &self.postgres {
            Some((url, name)) => on(url, name),
            None => Ok(format!("sqlite:{}", self.folder().join("bench.sqlite").display())),
        }
    }

    /// A folder that goes away with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Lets PostgreSQL count what has been filled in, which it does by itself within a minute otherwise.
    pub async fn settle(&self) -> Result<()> {
        if self.postgres.is_some() {
            let options: PgConnectOptions = self.url()?.parse()?;
            let mut connection = PgConnection::connect_with(&options).await?;
            connection.execute("VACUUM ANALYZE").await?;
            connection.close().await?;
        }
        Ok(())
    }

    /// Removes it with everything in it.
    pub async fn remove(self) -> Result<()> {
        if let Some((url, name)) = &self.postgres {
            let mut connection = PgConnection::connect(url).await?;
            let drop = format!("DROP DATABASE {name} WITH (FORCE)");
            connection.execute(sqlx::AssertSqlSafe(drop)).await?;
            connection.close().await?;
        }
        self.folder.close()?;
        Ok(())
    }
}

/// The same server's database of another name: its options stay as they are.
fn on(url: &str, name: &str) -> Result<String> {
    let (base, options) =
        url.split_once('?').map_or((url, None), |(base, rest)| (base, Some(rest)));
    let start = base.find("://").ok_or("the database's URL has no scheme")? + 3;
    let authority = base.get(start..).unwrap_or_default();
    let end = authority.find('/').map_or(base.len(), |slash| start + slash);
    let base = base.get(..end).unwrap_or_default();
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    Ok(format!("{base}/{name}{options}"))
}

#[cfg(test)]
mod tests {
    use super::on;

    #[test]
    fn only_the_name_of_the_database_changes() {
        for (url, wanted) in [
            ("postgres://u:p@h:5432/plan", "postgres://u:p@h:5432/x"),
            ("postgres://u:p@h:5432", "postgres://u:p@h:5432/x"),
            ("postgres://u@/plan?host=/tmp/s", "postgres://u@/x?host=/tmp/s"),
            ("postgres://u@h?host=/tmp/s", "postgres://u@h/x?host=/tmp/s"),
        ] {
            assert_eq!(on(url, "x").unwrap(), wanted);
        }
        assert!(on("plan", "x").is_err());
    }
}
