//! A database for one test, made in no time from a template that was migrated once.

use std::path::Path;

use rodtrad::db::Db;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::{Engine, Fixture, postgres::Databases};

/// A migrated, empty database of a test's own.
pub struct Database {
    url: String,
    place: Place,
}

enum Place {
    Directory(TempDir),
    Server { name: String },
}

impl Database {
    /// Where it is, as `DATABASE_URL` says it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Opens it as the application does, with a few connections.
    pub async fn open(&self) -> Db {
        Db::connect(&self.url, 4).await.expect("the test's database opens")
    }
}

impl Fixture for Database {
    async fn set_up(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let directory = directory();
                let file = directory.path().join("rodtrad.sqlite");
                std::fs::write(&file, sqlite_template().await).expect("the template is copied");
                Self { url: sqlite_url(&file), place: Place::Directory(directory) }
            }
            Engine::Postgres => {
                let (name, url) = Databases::shared().await.create().await;
                Self { url, place: Place::Server { name } }
            }
        }
    }

    async fn tear_down(self) {
        match self.place {
            Place::Directory(directory) => {
                directory.close().expect("the database's directory is removed");
            }
            Place::Server { name } => Databases::shared().await.remove(&name).await,
        }
    }
}

/// The bytes of a migrated file: kept in memory, since nobody would remove a file when the process ends.
async fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(async || {
            let directory = directory();
            let file = directory.path().join("template.sqlite");
            migrate(&sqlite_url(&file)).await;
            std::fs::read(&file).expect("the template is a file")
        })
        .await
}

/// Migrates a database and lets go of it, so that it can be copied whole.
pub(crate) async fn migrate(url: &str) {
    let db = Db::connect(url, 1).await.expect("the template's database opens");
    db.migrate().await.expect("the migrations run");
    db.close().await.expect("the template is let go of");
}

fn directory() -> TempDir {
    TempDir::with_prefix("rodtrad-").expect("a temporary directory")
}

fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}
