//! The rival: Mercurius with JIT over the same tables, installed from npm.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use sqlx::{Connection as _, Executor as _, PgConnection};

use crate::{
    Result,
    contender::{self, Contender, Name},
    database::Database,
};

/// Installs it when that has not been done, makes its views, and starts it.
pub async fn start(mut connection: PgConnection, database: &Database) -> Result<Contender> {
    let folder = folder();
    install(&folder)?;
    connection.execute(include_str!("../rival/views.sql")).await?;
    connection.close().await?;
    let mut command = Command::new("node");
    command
        .arg("server.mjs")
        .current_dir(folder)
        .env("NODE_ENV", "production")
        .env("DATABASE_URL", database.url()?);
    Contender::start(Name::Rival, command, false)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rival")
}

fn install(folder: &Path) -> Result<()> {
    if folder.join("node_modules/mercurius").exists() {
        return Ok(());
    }
    eprintln!("Installing the rival …");
    let mut command = Command::new("npm");
    command.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(folder);
    contender::run(command)
}
