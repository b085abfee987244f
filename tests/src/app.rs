//! A running Rödtråd: a real port, a database of its own, a clock that the test sets.

use std::{
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::{TimeDelta, Utc};
use entity::vocabulary::{ActorKind, Role};
use rodtrad::{
    access::{
        token::{self, TokenConfig},
        viewer::Principal,
    },
    answers::Answers,
    app::{App, Stop},
    config::Config,
    db::Db,
};
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::json;
use uuid::Uuid;

use crate::{Client, Clock, Database, Engine, Fixture};

/// Who may make organisations, and so is the administrator of those that the tests make.
const OPERATOR: &str = "operator";

/// What `unlogged` is in a database that has just been migrated.
const MIGRATED: i64 = 1;

/// A server, and what it takes to talk to it and to look behind it.
pub struct TestApp {
    database: Arc<Database>,
    db: Db,
    answers: Answers,
    unlogged: AtomicBool,
    sdl: String,
    url: String,
    http: reqwest::Client,
    server: Running,
    token: TokenConfig,
    clock: Clock,
}

/// A server that stops when nobody needs it any more.
struct Running(Stop);

impl Drop for Running {
    fn drop(&mut self) {
        // The command is sent at once; the future only waits for its end.
        drop(self.0.at_once());
    }
}

impl TestApp {
    /// Another server on the same database, with a configuration that differs. It goes before this one does.
    pub async fn another(&self, change: impl FnOnce(&mut Config)) -> Self {
        Self::start(Arc::clone(&self.database), self.clock.clone(), change).await
    }

    async fn start(
        database: Arc<Database>,
        clock: Clock,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let token = TokenConfig {
            secret: Uuid::new_v4().to_string().into_bytes(),
            issuer: "https://id.example.se".to_owned(),
            audience: "rodtrad".to_owned(),
            operators: vec![OPERATOR.to_owned()],
        };
        let mut config = Config::new(database.url().to_owned(), token);
        change(&mut config);
        let token = config.token.clone();
        let now = clock.clone();
        let app = App::open(config, Arc::new(move || now.now())).await.expect("the app opens");
        let (db, answers, sdl) = (app.db().clone(), app.answers().clone(), app.sdl().to_owned());
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("the port's number"));
        let (server, stop) = rodtrad::app::serve(app, listener).expect("the server starts");
        tokio::spawn(server);
        let http = reqwest::Client::new();
        let unlogged = AtomicBool::new(false);
        Self {
            database,
            db,
            answers,
            unlogged,
            sdl,
            url,
            http,
            server: Running(stop),
            token,
            clock,
        }
    }

    /// The administrator of every organisation that it makes; others get their roles from it.
    #[must_use]
    pub fn admin(&self) -> Client {
        self.subject(OPERATOR)
    }

    /// Somebody without a token.
    #[must_use]
    pub fn anonymous(&self) -> Client {
        Client::new(self.http.clone(), self.url.clone(), None)
    }

    /// Somebody with that role on a unit and all below it, and no other.
    pub async fn as_(&self, role: Role, org_unit: &str) -> Client {
        let subject = format!("{}-{}", role.as_str().to_lowercase(), Uuid::new_v4().simple());
        let input = json!({
            "principal": subject,
            "principalKind": "USER",
            "role": role.as_str(),
            "orgUnit": org_unit,
        });
        let document = "mutation ($input: RoleGrantInput!) {
            roleGrant(input: $input) { userErrors { code message field } }
        }";
        let _ = self.admin().query(document, json!({ "input": input })).await.ok();
        self.subject(&subject)
    }

    /// Somebody with a token of that subject, and whatever roles it has been given.
    #[must_use]
    pub fn subject(&self, subject: &str) -> Client {
        let principal = Principal {
            kind: ActorKind::User,
            subject: subject.to_owned(),
            name: None,
            groups: Vec::new(),
            operator: false,
        };
        // The validity of tokens is measured by the clock on the wall.
        let valid = TimeDelta::hours(1);
        self.bearer(token::issue(&self.token, &principal, Utc::now(), valid).expect("a token"))
    }

    /// Somebody with that token, whatever it is.
    #[must_use]
    pub fn bearer(&self, token: String) -> Client {
        Client::new(self.http.clone(), self.url.clone(), Some(token))
    }

    /// What makes a token good, to make others.
    #[must_use]
    pub fn token(&self) -> &TokenConfig {
        &self.token
    }

    /// The database, to look behind the API.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The schema as `rodtrad schema` prints it.
    #[must_use]
    pub fn sdl(&self) -> &str {
        &self.sdl
    }

    /// Where the server is, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The server's clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Stops the server in order, as the operating system would have it do.
    pub async fn stop(&self) {
        self.server.0.clone().in_order().await;
    }

    /// What the server keeps between requests.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Says that this test changes more than the log tells. What is kept ends then, whatever it is; any other test fails
    /// when that happens.
    pub fn expect_unlogged(&self) {
        self.unlogged.store(true, Ordering::Relaxed);
    }

    async fn check_log(&self) {
        let count = Statement::from_string(
            self.db.reader().get_database_backend(),
            "SELECT unlogged FROM change_head",
        );
        // Some tests take the table away.
        let Ok(Some(row)) = self.db.reader().query_one_raw(count).await else { return };
        let unlogged: i64 = row.try_get_by_index(0).expect("a count");
        let told = unlogged <= MIGRATED || self.unlogged.load(Ordering::Relaxed);
        assert!(told, "more changed than the log tells: see rodtrad::fresh::touched");
    }

    /// What some work answers, and how many SQL statements the server sent for it when it keeps nothing between requests.
    pub async fn statements<T>(&self, work: impl Future<Output = T>) -> (T, u64) {
        self.answers.pause(true);
        let before = self.db.statements();
        let answer = work.await;
        self.answers.pause(false);
        (answer, self.db.statements() - before)
    }

    /// What a question is answered, and with how few SQL statements the server can do it. Fields that become ready
    /// at the same moment share a statement; on a busy machine they may miss each other, so the question is asked
    /// a few times.
    pub async fn fewest_statements<T>(&self, ask: impl AsyncFn() -> T) -> (T, u64) {
        let mut best = self.statements(ask()).await;
        for _ in 0..4 {
            let next = self.statements(ask()).await;
            if next.1 < best.1 {
                best = next;
            }
        }
        best
    }
}

impl Fixture for TestApp {
    async fn set_up(engine: Engine) -> Self {
        let database = Database::set_up(engine).await;
        Self::start(Arc::new(database), Clock::default(), |_| {}).await
    }

    async fn tear_down(self) {
        self.check_log().await;
        self.server.0.at_once().await;
        self.db.close().await.expect("the connections close");
        let database = Arc::into_inner(self.database);
        database.expect("another server is dropped before the first").tear_down().await;
    }
}
