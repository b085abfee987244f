//! A database for one size: filled once, kept or removed, copied for what writes into it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use sqlx::{
    AssertSqlSafe, Connection as _, Executor as _, PgConnection, postgres::PgConnectOptions,
};
use tempfile::TempDir;

use crate::{Result, contender, size::Size};

/// Where kept SQLite files lie.
const KEPT: &str = "data/bench";
const FILLED: &str = "filled by the bench";

/// A database, and a folder for what its server keeps beside it.
pub struct Database {
    folder: TempDir,
    place: Place,
    kept: bool,
}

enum Place {
    File(PathBuf),
    /// The URL that it was made with, and its name.
    Postgres(String, String),
}

impl Database {
    /// A database with data of that size, on the PostgreSQL at `url` or in a SQLite file. One that was kept is filled
    /// already.
    pub async fn filled(url: Option<&str>, size: Size, keep: bool, program: &Path) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let place = match url {
            Some(url) if keep => Place::Postgres(url.to_owned(), format!("bench_{size}")),
            Some(url) => Place::Postgres(url.to_owned(), format!("bench_{}", std::process::id())),
            None if keep => {
                Place::File(std::env::current_dir()?.join(KEPT).join(format!("{size}.sqlite")))
            }
            None => Place::File(folder.path().join("bench.sqlite")),
        };
        let database = Self { folder, place, kept: keep };
        if !database.is_filled().await? {
            eprintln!("Filling {} of {size} …", database.kind());
            database.make(None).await?;
            let size = size.to_string();
            let mut command = contender::rodtrad(program, &database)?;
            command.args(["demo", "--size", size.as_str()]);
            contender::run(command)?;
            database.mark_filled().await?;
        } else if let Some(mut connection) = database.connect().await? {
            // Views of a run before this one would stand in the way of migrations.
            connection.execute("DROP SCHEMA IF EXISTS rival CASCADE").await?;
            connection.close().await?;
        }
        Ok(database)
    }

    /// A copy of it to write into, which nobody else may be using.
    pub async fn copy(&self) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let place = match &self.place {
            Place::File(path) => {
                let copy = folder.path().join("bench.sqlite");
                fs::copy(path, &copy)?;
                let log = beside(path, "sqlite-wal");
                if log.exists() {
                    fs::copy(log, beside(&copy, "sqlite-wal"))?;
                }
                Place::File(copy)
            }
            Place::Postgres(url, _) => {
                Place::Postgres(url.clone(), format!("bench_{}_copy", std::process::id()))
            }
        };
        let copy = Self { folder, place, kept: false };
        if let Place::Postgres(_, name) = &self.place {
            copy.make(Some(name)).await?;
        }
        Ok(copy)
    }

    /// What it runs on.
    pub fn kind(&self) -> &'static str {
        match self.place {
            Place::File(_) => "SQLite",
            Place::Postgres(..) => "PostgreSQL",
        }
    }

    /// Takes back what units with others below them have answered for a year, and lets PostgreSQL tidy up after that.
    pub async fn leave_to_the_leaves(&self, year: i64) -> Result<()> {
        let url = self.url()?;
        let inner = "SELECT parent_id FROM org_unit WHERE parent_id IS NOT NULL";
        let theirs = format!("year = {year} AND kind = 'AR' AND org_unit_id IN ({inner})");
        statement(&url, &format!("DELETE FROM outcome WHERE {theirs}")).await?;
        statement(&url, "VACUUM ANALYZE outcome").await?;
        statement(&url, "CHECKPOINT").await
    }

    /// As `DATABASE_URL`.
    pub fn url(&self) -> Result<String> {
        match &self.place {
            Place::File(path) => Ok(format!("sqlite:{}", path.display())),
            Place::Postgres(url, name) => on(url, name),
        }
    }

    /// Its name on PostgreSQL.
    pub fn name(&self) -> Option<&str> {
        match &self.place {
            Place::File(_) => None,
            Place::Postgres(_, name) => Some(name),
        }
    }

    /// A folder that goes away with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A connection to it; nothing on SQLite.
    pub async fn connect(&self) -> Result<Option<PgConnection>> {
        let Place::Postgres(..) = self.place else { return Ok(None) };
        let options: PgConnectOptions = self.url()?.parse()?;
        Ok(Some(PgConnection::connect_with(&options).await?))
    }

    /// Removes it with everything in it, unless it is to be kept.
    pub async fn remove(self) -> Result<()> {
        if let (Place::Postgres(url, name), false) = (&self.place, self.kept) {
            statement(url, &format!("DROP DATABASE \"{name}\" WITH (FORCE)")).await?;
        }
        self.folder.close()?;
        Ok(())
    }

    async fn is_filled(&self) -> Result<bool> {
        match &self.place {
            Place::File(path) => Ok(beside(path, "filled").exists()),
            Place::Postgres(url, name) => {
                let mut connection = PgConnection::connect(url).await?;
                let said: Option<Option<String>> = sqlx::query_scalar(
                    "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = $1",
                )
                .bind(name)
                .fetch_optional(&mut connection)
                .await?;
                connection.close().await?;
                Ok(said.flatten().as_deref() == Some(FILLED))
            }
        }
    }

    /// Makes it; one that was left half filled goes away.
    async fn make(&self, template: Option<&str>) -> Result<()> {
        match &self.place {
            Place::File(path) => {
                fs::create_dir_all(path.parent().ok_or("the file has no folder")?)?;
                for part in ["sqlite", "sqlite-wal", "sqlite-shm"] {
                    if beside(path, part).exists() {
                        fs::remove_file(beside(path, part))?;
                    }
                }
            }
            Place::Postgres(url, name) => {
                statement(url, &format!("DROP DATABASE IF EXISTS \"{name}\"")).await?;
                let template =
                    template.map_or(String::new(), |template| format!(" TEMPLATE \"{template}\""));
                statement(url, &format!("CREATE DATABASE \"{name}\"{template}")).await?;
            }
        }
        Ok(())
    }

    /// Lets PostgreSQL count what has been filled in, which it does by itself within a minute otherwise.
    async fn mark_filled(&self) -> Result<()> {
        match &self.place {
            Place::File(path) => fs::write(beside(path, "filled"), "")?,
            Place::Postgres(_, name) => {
                let url = self.url()?;
                statement(&url, "VACUUM ANALYZE").await?;
                statement(&url, &format!("COMMENT ON DATABASE \"{name}\" IS '{FILLED}'")).await?;
                statement(&url, "CHECKPOINT").await?;
            }
        }
        Ok(())
    }
}

fn beside(path: &Path, extension: &str) -> PathBuf {
    path.with_extension(extension)
}

async fn statement(url: &str, sql: &str) -> Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    connection.execute(AssertSqlSafe(sql.to_owned())).await?;
    connection.close().await?;
    Ok(())
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
