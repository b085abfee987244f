//! `rodtrad serve`.

use std::net::TcpListener;

use super::{Setup, token};
use crate::{
    access::viewer::Viewer,
    app::{self, App},
    config::{self, DEVELOPER, DEVELOPMENT_TOKEN},
    demo,
    error::{Error, Result},
};

pub(super) async fn run(setup: &Setup) -> Result<()> {
    config::check_bind(&setup.bind, setup.jwt_secret.is_none())?;
    let listener = TcpListener::bind(&setup.bind)
        .map_err(|error| Error::BadInput(format!("Cannot bind to {}: {error}.", setup.bind)))?;
    let address = listener.local_addr().map_err(Error::internal)?;
    let app = setup.open().await?;
    if app.config().development {
        prepare_development(&app, address).await?;
    } else {
        println!("Rödtråd on http://{address}/");
    }
    tracing::info!(%address, "listening");
    let (server, stop) = app::serve(app, listener)?;
    tokio::spawn(stop.on_signal());
    server.await.map_err(Error::internal)
}

/// Loads the demo into an empty database, and prints a token that may do everything here.
async fn prepare_development(app: &App, address: std::net::SocketAddr) -> Result<()> {
    let now = (app.clock())();
    if demo::is_empty(app.db()).await? {
        demo::load(app.db(), now).await?;
        eprintln!("The database was empty: loaded the demo (Region Halland, Regionservice 2024).");
    }
    token::grant_everywhere(app, DEVELOPER, &Viewer::system()).await?;
    let token = token::print_for(app, DEVELOPER, DEVELOPMENT_TOKEN)?;
    println!(
        "Rödtråd in development mode on http://{address}/\n\
         GraphiQL: http://{address}/graphiql\n\
         Admin token, good for 30 days:\n{token}"
    );
    Ok(())
}
