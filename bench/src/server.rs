//! A server of our own: the program `rodtrad` in development mode, on a free port.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use crate::{Result, database::Database, options::Size};

/// A server that ends with this value.
pub struct Server {
    /// Where it answers.
    pub url: String,
    /// A token that reads everything there.
    pub token: String,
    child: Child,
    /// Open as long as the server, which may still have something to say.
    _said: BufReader<ChildStdout>,
}

impl Server {
    /// Starts one, and reads its address and token from what it prints.
    pub fn start(program: &Path, database: &Database) -> Result<Self> {
        let mut child = command(program, database)?.arg("serve").stdout(Stdio::piped()).spawn()?;
        let mut said = BufReader::new(child.stdout.take().ok_or("no standard output")?);
        let found = announced(&mut said);
        match found {
            Ok((url, token)) => Ok(Self { url, token, child, _said: said }),
            Err(error) => {
                end(&mut child);
                Err(error)
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// Fills a database with data of a size.
pub fn fill(program: &Path, database: &Database, size: Size) -> Result<()> {
    let size = size.to_string();
    let status = command(program, database)?
        .args(["demo", "--size", size.as_str()])
        .stdout(Stdio::null())
        .status()?;
    if status.success() { Ok(()) } else { Err(format!("rodtrad demo: {status}").into()) }
}

fn command(program: &Path, database: &Database) -> Result<Command> {
    let mut command = Command::new(program);
    command
        .current_dir(database.folder())
        .env("DATABASE_URL", database.url()?)
        .env("RODTRAD_BIND", "127.0.0.1:0")
        .env_remove("RODTRAD_JWT_SECRET");
    if std::env::var_os("RODTRAD_LOG").is_none() {
        command.env("RODTRAD_LOG", "warn");
    }
    Ok(command)
}

/// The address and the token among the lines of development mode.
fn announced(said: &mut impl BufRead) -> Result<(String, String)> {
    let mut url = None;
    for line in said.lines() {
        let line = line?;
        if let Some(start) = line.find("http://") {
            let address = line.get(start..).unwrap_or_default().trim_end_matches('/');
            url.get_or_insert_with(|| address.to_owned());
        } else if let Some(url) = url.take_if(|_| line.starts_with("eyJ")) {
            return Ok((url, line));
        }
    }
    Err("the server ended before it printed its address and a token".into())
}

fn end(child: &mut Child) {
    // It may have ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::announced;

    #[test]
    fn address_and_token_are_read_from_what_development_mode_prints() {
        let said = "Rödtråd in development mode on http://127.0.0.1:4711/\n\
                    GraphiQL: http://127.0.0.1:4711/graphiql\n\
                    Admin token, good for 30 days:\neyJhbGciOi\n";
        let found = announced(&mut said.as_bytes()).unwrap();
        assert_eq!(found, ("http://127.0.0.1:4711".to_owned(), "eyJhbGciOi".to_owned()));
        assert!(announced(&mut "".as_bytes()).is_err());
    }
}
