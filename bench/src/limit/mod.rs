//! The limit: bare actix-web with one prepared statement a query, which is as fast as an API over this database gets.
//!
//! It answers what the made-up data needs, to anybody: no tokens, no sight, and figures only where the unit itself
//! has answered.

mod input;

use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::{
    App, HttpResponse, HttpServer,
    error::ErrorInternalServerError,
    web::{self, Data, Json},
};
use serde::de::DeserializeOwned;
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::Result;
use input::{Ask, Indicator, Page, RedThread, Scorecard, Series, Units};

/// As many as `rodtrad` has, shared by the workers.
const CONNECTIONS: u32 = 8;
const WORKERS: usize = 2;

static STATEMENTS: AtomicU64 = AtomicU64::new(0);

/// Answers on a free port, which it prints, until it is killed.
pub async fn serve(database_url: &str) -> Result<()> {
    let options: PgConnectOptions = database_url.parse()?;
    // A statement is planned once, and not for every set of ids anew.
    let options = options.options([("plan_cache_mode", "force_generic_plan"), ("jit", "off")]);
    let server = HttpServer::new(move || {
        // A pool for each worker: no connection is woken from another thread.
        let share = CONNECTIONS / u32::try_from(WORKERS).unwrap_or(1);
        let pool = PgPoolOptions::new()
            .max_connections(share)
            .test_before_acquire(false)
            .connect_lazy_with(options.clone());
        App::new()
            .app_data(Data::new(pool))
            .route("/scorecard", web::post().to(answer::<Scorecard>))
            .route("/red-thread", web::post().to(answer::<RedThread>))
            .route("/series", web::post().to(answer::<Series>))
            .route("/units", web::post().to(answer::<Units>))
            .route("/indicator", web::post().to(answer::<Indicator>))
            .route("/page", web::post().to(answer::<Page>))
            .route("/metrics", web::get().to(metrics))
    })
    .workers(WORKERS)
    .bind("127.0.0.1:0")?;
    for address in server.addrs() {
        println!("http://{address}");
    }
    Ok(server.run().await?)
}

async fn answer<A: Ask + DeserializeOwned>(
    pool: Data<PgPool>,
    Json(ask): Json<A>,
) -> actix_web::Result<HttpResponse> {
    let query = ask.query().map_err(actix_web::error::ErrorBadRequest)?;
    STATEMENTS.fetch_add(1, Ordering::Relaxed);
    let text = query.fetch_one(pool.get_ref()).await.map_err(ErrorInternalServerError)?;
    Ok(HttpResponse::Ok().content_type("application/json").body(text))
}

async fn metrics() -> String {
    format!("rodtrad_sql_statements_total {}\n", STATEMENTS.load(Ordering::Relaxed))
}
