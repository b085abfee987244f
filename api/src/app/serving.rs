//! A server on a listener, and how it stops: what is live is told to go first, so that nobody waits for it.

use std::{any::Any, net::TcpListener, sync::Arc, time::Duration};

use actix_web::{
    App as ActixApp, HttpServer,
    dev::{Server, ServerHandle},
    rt::net::TcpStream,
};

use super::App;
use crate::{
    error::{Error, Result},
    http::{self, Engine, Live},
};

/// Seconds that answers under way may take once the server stops.
const PATIENCE: u64 = 10;

/// Stops a server.
#[derive(Clone)]
pub struct Stop {
    live: Live,
    server: ServerHandle,
}

impl Stop {
    /// Closes what is live, takes nothing new, and returns when everything under way is answered.
    pub async fn in_order(self) {
        self.live.close();
        self.server.stop(true).await;
    }

    /// Stops at once, in the middle of whatever it is. The command is sent when this is called; the future waits for the
    /// end.
    pub fn at_once(&self) -> impl Future<Output = ()> + use<> {
        self.live.close();
        self.server.stop(false)
    }

    /// Stops in order when the operating system says so.
    pub async fn on_signal(self) {
        match told_to_stop().await {
            Ok(()) => self.in_order().await,
            Err(error) => tracing::warn!(%error, "signals are not heard"),
        }
    }
}

#[cfg(unix)]
async fn told_to_stop() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminated.recv() => Ok(()),
        interrupted = tokio::signal::ctrl_c() => interrupted,
    }
}

#[cfg(not(unix))]
async fn told_to_stop() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

/// Answers on a listener until it is told to stop.
///
/// # Errors
/// Whatever the operating system says of the listener.
pub fn serve(app: App, listener: TcpListener) -> Result<(Server, Stop)> {
    let http = app.config.http.clone();
    let stall = http.live.stall;
    let live = Live::default();
    let engine: Arc<dyn Engine> = Arc::new(app);
    let routes = http::configure(engine, http, live.clone());
    let server = HttpServer::new(move || ActixApp::new().configure(routes.clone()))
        .on_connect(move |stream, _| hang_up_on_who_takes_nothing(stream, stall))
        .disable_signals()
        .shutdown_timeout(PATIENCE)
        .listen(listener)
        .map_err(Error::internal)?
        .run();
    let stop = Stop { live, server: server.handle() };
    Ok((server, stop))
}

/// Lets the system cut a connection whose peer acknowledges nothing, some time after we have given it up: what has been
/// written into it would otherwise wait for ever.
#[cfg(target_os = "linux")]
fn hang_up_on_who_takes_nothing(stream: &dyn Any, stall: Duration) {
    let Some(stream) = stream.downcast_ref::<TcpStream>() else { return };
    let time = stall + Duration::from_secs(PATIENCE);
    if let Err(error) = socket2::SockRef::from(stream).set_tcp_user_timeout(Some(time)) {
        tracing::debug!(%error, "a connection has no time limit of the system's");
    }
}

#[cfg(not(target_os = "linux"))]
fn hang_up_on_who_takes_nothing(_: &dyn Any, _: Duration) {}
