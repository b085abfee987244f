//! A PostgreSQL server that is there for the tests, and gone with them.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use reqwest::Url;
use tempfile::TempDir;

use super::installed;

/// Whether what is committed must survive a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// As in production.
    Full,
    /// Nothing is flushed to disk: fast, and good enough for what lives as long as a test.
    None,
}

/// A server and the database in it from which others are made.
pub struct Server {
    maintenance: Url,
    guard: Option<Guard>,
}

struct Guard {
    child: Child,
    commands: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Server {
    /// The server at `TEST_DATABASE_URL`, or a throwaway one.
    ///
    /// # Errors
    /// What is missing, and what to do about it.
    pub fn for_tests() -> Result<Self, String> {
        match std::env::var("TEST_DATABASE_URL") {
            Ok(url) if !url.is_empty() => {
                let maintenance = Url::parse(&url)
                    .map_err(|error| format!("TEST_DATABASE_URL is no URL: {error}"))?;
                Ok(Self { maintenance, guard: None })
            }
            _ => Self::start(Durability::None),
        }
    }

    /// Starts a throwaway server. Only those who can enter its private directory reach it: it has a socket there and
    /// no port.
    ///
    /// # Errors
    /// What is missing, and what to do about it.
    pub fn start(durability: Durability) -> Result<Self, String> {
        let bin = installed::binaries()?;
        let directory = TempDir::with_prefix("rodtrad-pg-")
            .map_err(|error| format!("no temporary directory for PostgreSQL: {error}"))?
            // The guard removes it, also when this process is killed.
            .keep();
        fs::write(directory.join("settings.conf"), settings(&directory, durability))
            .map_err(|error| format!("cannot write to {}: {error}", directory.display()))?;
        let guard = Guard::start(&bin, &directory)?;
        let mut maintenance =
            Url::parse("postgres://postgres@localhost/postgres").map_err(|e| e.to_string())?;
        maintenance.query_pairs_mut().append_pair("host", &directory.to_string_lossy());
        Ok(Self { maintenance, guard: Some(guard) })
    }

    /// Where a database of that name is on this server.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        let mut url = self.maintenance.clone();
        url.set_path(database);
        url.into()
    }

    /// The database that others are made from.
    #[must_use]
    pub fn maintenance(&self) -> &str {
        self.maintenance.as_str()
    }

    /// Takes the server down as a crash would, and up again.
    ///
    /// # Panics
    /// For a server that is not ours to restart, and when it does not come up.
    pub fn crash(&mut self) {
        let guard = self.guard.as_mut().expect("only a throwaway server may crash");
        let commands = guard.commands.as_mut().expect("the guard listens");
        commands.write_all(b"crash\n").expect("the guard listens");
        guard.wait_until_ready().expect("PostgreSQL comes up again");
    }
}

impl Guard {
    fn start(bin: &Path, directory: &Path) -> Result<Self, String> {
        let mut child = Command::new("sh")
            .args(["-c", include_str!("guard.sh"), "guard.sh"])
            .args([bin, directory])
            // Ctrl-C is for the tests: the guard has to outlive them.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot run sh: {error}"))?;
        let commands = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().ok_or("sh has no output")?);
        let mut guard = Self { child, commands, answers };
        guard.wait_until_ready()?;
        Ok(guard)
    }

    fn wait_until_ready(&mut self) -> Result<(), String> {
        let mut answer = String::new();
        self.answers.read_line(&mut answer).map_err(|error| error.to_string())?;
        if answer == "ready\n" {
            return Ok(());
        }
        self.answers.read_to_string(&mut answer).map_err(|error| error.to_string())?;
        Err(format!("PostgreSQL does not start:\n{answer}"))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.commands.take());
        if let Err(error) = self.child.wait() {
            eprintln!("the guard of a throwaway PostgreSQL is lost: {error}");
        }
    }
}

fn settings(directory: &Path, durability: Durability) -> String {
    let flush = match durability {
        Durability::Full => "",
        Durability::None => "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n",
    };
    format!(
        "listen_addresses = ''\nunix_socket_directories = '{}'\nmax_connections = 300\n{flush}",
        directory.display()
    )
}
