//! The servers that are measured against each other.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use clap::ValueEnum;

use crate::{Result, client::Client, database::Database, wire::Peer};

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ValueEnum)]
pub enum Name {
    /// Hand-written SQL behind actix-web.
    Limit,
    /// The rival, Mercurius with JIT.
    Rival,
    /// Rödtråd, every answer worked out.
    Rodtrad,
    /// Rödtråd, answers kept.
    Repeated,
    /// Rödtråd, asked by somebody who has the answer already.
    Conditional,
}

impl Name {
    /// What tables call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Limit => "hand-written SQL",
            Self::Rival => "Mercurius JIT",
            Self::Rodtrad => "rodtrad",
            Self::Repeated => "rodtrad, repeated",
            Self::Conditional => "rodtrad, 304",
        }
    }
}

/// A server that ends with this value.
pub struct Contender {
    /// Which.
    pub name: Name,
    /// Where it answers.
    pub peer: Peer,
    child: Child,
    /// Open as long as the server, which may still have something to say.
    _said: BufReader<ChildStdout>,
}

impl Contender {
    /// `rodtrad` in development mode on a free port.
    pub fn rodtrad(name: Name, program: &Path, database: &Database) -> Result<Self> {
        let mut command = rodtrad(program, database)?;
        command.arg("serve");
        if name == Name::Rodtrad {
            command.env("RODTRAD_ANSWER_CACHE", "0");
        }
        Self::start(name, command, true)
    }

    /// This program as the hand-written server.
    pub fn limit(database: &Database) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["limit", "--database-url", database.url()?.as_str()]);
        Self::start(Name::Limit, command, false)
    }

    /// Starts a server, and reads its address, and its token where it has one, from what it prints.
    pub fn start(name: Name, mut command: Command, with_token: bool) -> Result<Self> {
        let mut child = command.stdout(Stdio::piped()).stdin(Stdio::null()).spawn()?;
        let mut said = BufReader::new(child.stdout.take().ok_or("no standard output")?);
        match announced(&mut said, with_token) {
            Ok(peer) => Ok(Self { name, peer, child, _said: said }),
            Err(error) => {
                end(&mut child);
                Err(format!("{}: {error}", name.title()).into())
            }
        }
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// A connection to it.
    pub async fn client(&self) -> Result<Client> {
        Client::connect(self.peer.clone()).await
    }
}

impl Drop for Contender {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// `rodtrad` on a database, saying little.
pub fn rodtrad(program: &Path, database: &Database) -> Result<Command> {
    let mut command = Command::new(program);
    command
        .current_dir(database.folder())
        .env("DATABASE_URL", database.url()?)
        .env("RODTRAD_BIND", "127.0.0.1:0")
        .env_remove("RODTRAD_JWT_SECRET")
        .env_remove("RODTRAD_ANSWER_CACHE");
    if std::env::var_os("RODTRAD_LOG").is_none() {
        command.env("RODTRAD_LOG", "warn");
    }
    Ok(command)
}

/// Runs a command to its end, in silence.
pub fn run(mut command: Command) -> Result<()> {
    let status = command.stdout(Stdio::null()).stdin(Stdio::null()).status()?;
    let what = || command.get_program().to_string_lossy().into_owned();
    let how = || command.get_args().map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ");
    if status.success() { Ok(()) } else { Err(format!("{} {}: {status}", what(), how()).into()) }
}

/// The address, and the token of development mode, among the lines that a server prints.
fn announced(said: &mut impl BufRead, with_token: bool) -> Result<Peer> {
    let mut url = None;
    for line in said.lines() {
        let line = line?;
        if let Some(start) = line.find("http://") {
            let address = line.get(start..).unwrap_or_default().to_owned();
            let address = url.get_or_insert(address);
            if !with_token {
                return Peer::new(address, None);
            }
        } else if let Some(url) = url.as_ref().filter(|_| line.starts_with("eyJ")) {
            return Peer::new(url, Some(line));
        }
    }
    Err("it ended before it said where it answers".into())
}

fn end(child: &mut Child) {
    // It may have ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_and_token_are_read_from_what_development_mode_prints() {
        let said = "Rödtråd in development mode on http://127.0.0.1:4711/\n\
                    GraphiQL: http://127.0.0.1:4711/graphiql\n\
                    Admin token, good for 30 days:\neyJhbGciOi\n";
        let found = announced(&mut said.as_bytes(), true).unwrap();
        assert_eq!(found.address.to_string(), "127.0.0.1:4711");
        assert_eq!(found.token.as_deref(), Some("eyJhbGciOi"));
        assert!(announced(&mut "".as_bytes(), true).is_err());
        let found = announced(&mut "http://127.0.0.1:99\n".as_bytes(), false).unwrap();
        assert_eq!((found.address.port(), found.token), (99, None));
    }
}
