//! Where PostgreSQL's programs are; Debian's package is installed when there are none.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// ICU collations in all that we use, and what production needs too.
const OLDEST: u32 = 15;

const MISSING: &str = "\
There is no PostgreSQL to run the tests on, and no scenario is ever skipped. Do one of these:
  - set TEST_DATABASE_URL=postgres://user:password@host/postgres to a server (15 or later) on which that user may
    create databases;
  - install PostgreSQL 15 or later (Debian: sudo apt-get install postgresql), so that the tests start one of their own;
  - run the tests as root on Debian: they install the package themselves.";

/// The directory with `initdb`, `pg_ctl` and `postgres`.
///
/// # Errors
/// What to do when there is none.
pub fn binaries() -> Result<PathBuf, String> {
    if let Some(found) = find() {
        return Ok(found);
    }
    if output("id", &["-u"]).as_deref() != Some("0") || output("apt-get", &["--version"]).is_none()
    {
        return Err(MISSING.to_owned());
    }
    apt_get(&["update"])?;
    apt_get(&["install", "-y", "--no-install-recommends", "postgresql"])?;
    find().ok_or_else(|| format!("Debian's package gave no PostgreSQL {OLDEST}.\n{MISSING}"))
}

fn find() -> Option<PathBuf> {
    let configured = output("pg_config", &["--bindir"]).map(PathBuf::from);
    let path = env::var_os("PATH").unwrap_or_default();
    configured
        .into_iter()
        .chain(env::split_paths(&path))
        .chain(debian())
        .find(|directory| version(directory).is_some_and(|version| version >= OLDEST))
}

/// Debian keeps each version in a directory of its own, away from the path.
fn debian() -> Vec<PathBuf> {
    let mut versions: Vec<PathBuf> = Path::new("/usr/lib/postgresql")
        .read_dir()
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    versions.sort();
    versions.reverse();
    versions
}

/// The version of a complete installation: a client's package has some of the programs only.
fn version(directory: &Path) -> Option<u32> {
    let complete = ["initdb", "pg_ctl"].iter().all(|program| directory.join(program).is_file());
    let printed = output(directory.join("postgres").to_str()?, &["--version"])?;
    let version = printed.split_whitespace().find_map(|word| {
        word.split(|c: char| !c.is_ascii_digit()).next().and_then(|number| number.parse().ok())
    })?;
    complete.then_some(version)
}

fn apt_get(arguments: &[&str]) -> Result<(), String> {
    let status = Command::new("apt-get")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .status()
        .map_err(|error| format!("cannot run apt-get: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("apt-get {} failed.\n{MISSING}", arguments.join(" ")))
    }
}

/// What a program prints, when it is there and succeeds.
fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let printed = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| printed.trim().to_owned())
}
