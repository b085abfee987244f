//! How the server is set up, and what it refuses to start with.

use std::{
    fs,
    io::{self, Write as _},
    net::{IpAddr, ToSocketAddrs as _},
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{
    access::token::TokenConfig,
    error::{Error, Result},
    http::HttpConfig,
};

/// The subject of the token that development mode prints.
pub const DEVELOPER: &str = "dev-admin";

/// Who signs tokens unless configured.
pub const ISSUER: &str = "rodtrad";

/// Whom tokens are for unless configured.
pub const AUDIENCE: &str = "rodtrad";

/// Bytes of answers that are kept unless configured: some hundred dashboards.
pub const ANSWER_BYTES: usize = 32 * 1024 * 1024;

/// The shortest secret that HS256 is safe with.
const SECRET_BYTES: usize = 32;

/// How the server is set up.
#[derive(Clone)]
pub struct Config {
    /// `sqlite:…` or `postgres://…`.
    pub database_url: String,
    /// Connections that read; on PostgreSQL, all connections.
    pub connections: u32,
    /// What makes a token good.
    pub token: TokenConfig,
    /// Whether anonymous callers read what readers read (öppna data).
    pub public_read: bool,
    /// Bytes of answers that are kept between requests; with none, nothing is kept.
    pub answer_bytes: usize,
    /// The HTTP edge.
    pub http: HttpConfig,
    /// Whether nothing was configured: tokens are signed with a secret of our own making.
    pub development: bool,
}

impl Config {
    /// The set-up of a server on that database with a secret that was configured.
    #[must_use]
    pub fn new(database_url: String, token: TokenConfig) -> Self {
        Self {
            database_url,
            connections: 8,
            token,
            public_read: false,
            answer_bytes: ANSWER_BYTES,
            http: HttpConfig::default(),
            development: false,
        }
    }
}

/// The configured secret, when it is long enough to be safe.
///
/// # Errors
/// [`Error::BadInput`] for a short one.
pub fn configured_secret(secret: &str) -> Result<Vec<u8>> {
    if secret.len() < SECRET_BYTES {
        return Err(Error::BadInput(format!(
            "The secret must have at least {SECRET_BYTES} bytes."
        )));
    }
    Ok(secret.as_bytes().to_vec())
}

/// Refuses to let the outside in while tokens are signed with a secret of our own making.
///
/// # Errors
/// [`Error::BadInput`] when the address is reached from other machines, or is none.
pub fn check_bind(bind: &str, development: bool) -> Result<()> {
    let addresses: Vec<IpAddr> = bind
        .to_socket_addrs()
        .map_err(|error| Error::BadInput(format!("Cannot bind to {bind}: {error}.")))?
        .map(|address| address.ip())
        .collect();
    if development && !addresses.iter().all(IpAddr::is_loopback) {
        return Err(Error::BadInput(format!(
            "{bind} can be reached from other machines, but no authentication is configured. \
             Set RODTRAD_JWT_SECRET (and RODTRAD_JWT_ISSUER, RODTRAD_JWT_AUDIENCE), or bind to 127.0.0.1."
        )));
    }
    Ok(())
}

/// The secret of development mode: made once, and kept beside the database where only its owner reads it.
///
/// # Errors
/// Whatever the file system says.
pub fn development_secret(database_url: &str) -> Result<Vec<u8>> {
    let path = secret_path(database_url);
    match read_secret(&path) {
        Ok(Some(secret)) => return Ok(secret),
        Ok(None) => {}
        Err(error) => return Err(Error::internal(error)),
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Error::internal)?;
    }
    let secret = format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple());
    match create_private(&path).and_then(|mut file| file.write_all(secret.as_bytes())) {
        Ok(()) => Ok(secret.into_bytes()),
        // Another process was first: its secret holds.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read_secret(&path)
            .map_err(Error::internal)?
            .ok_or_else(|| Error::BadInput(format!("{} is empty; remove it.", path.display()))),
        Err(error) => Err(Error::internal(error)),
    }
}

fn secret_path(database_url: &str) -> PathBuf {
    match sqlite_path(database_url) {
        Some(path) => path.with_extension("secret"),
        None => PathBuf::from("data/rodtrad.secret"),
    }
}

/// The file of a SQLite database.
#[must_use]
pub fn sqlite_path(database_url: &str) -> Option<PathBuf> {
    let path = database_url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
}

fn read_secret(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(secret) => Ok(Some(secret).filter(|secret| secret.len() >= SECRET_BYTES)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn create_private(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// How long a development token is good.
pub const DEVELOPMENT_TOKEN: Duration = Duration::from_secs(30 * 24 * 60 * 60);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn development_mode_stays_at_home() {
        assert!(check_bind("127.0.0.1:8080", true).is_ok());
        assert!(check_bind("[::1]:8080", true).is_ok());
        assert!(check_bind("0.0.0.0:8080", true).is_err());
        assert!(check_bind("[::]:8080", true).is_err());
    }

    #[test]
    fn a_configured_server_may_be_public() {
        assert!(check_bind("0.0.0.0:8080", false).is_ok());
    }

    #[test]
    fn a_short_secret_is_refused() {
        assert!(configured_secret("hemligt").is_err());
        assert!(configured_secret(&"x".repeat(32)).is_ok());
    }

    #[test]
    fn the_secret_lies_beside_the_database() {
        assert_eq!(
            secret_path("sqlite:///var/lib/rodtrad/plan.sqlite?mode=rwc"),
            Path::new("/var/lib/rodtrad/plan.secret")
        );
        assert_eq!(secret_path("sqlite:data/rodtrad.sqlite"), Path::new("data/rodtrad.secret"));
    }
}
