//! A server that is killed loses nothing that it acknowledged, and leaves no half of a bulk call.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use chrono::{TimeDelta, Utc};
use entity::{access::change, indicators::outcome, vocabulary::ActorKind};
use futures_util::{StreamExt as _, stream::FuturesUnordered};
use rodtrad::access::{
    token::{self, TokenConfig},
    viewer::Principal,
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};
use serde_json::json;
use tests::{Client, Database, program, scenario, setup};

const SECRET: &str = "en hemlighet som är lång nog för HS256";
/// How many callers write at once.
const CALLS: usize = 100;
/// How many outcomes each of them sends in one call.
const ITEMS: usize = 12;
/// After how many answers the server is killed.
const KILLED_AFTER: usize = 30;

/// The program in a process of its own, which dies with the test.
struct Process {
    child: Child,
    url: String,
}

impl Process {
    fn start(database: &Database) -> Self {
        let mut child = Command::new(program())
            .env("DATABASE_URL", database.url())
            .env("RODTRAD_BIND", "127.0.0.1:0")
            .env("RODTRAD_JWT_SECRET", SECRET)
            .env("RODTRAD_OPERATORS", "operator")
            .env("RODTRAD_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let said = child.stdout.take().expect("what it says is read");
        let line =
            BufReader::new(said).lines().next().expect("it says something").expect("it says text");
        let url = line
            .strip_prefix("Rödtråd on ")
            .expect("it says where it is")
            .trim_end_matches('/')
            .to_owned();
        Self { child, url }
    }

    fn kill(mut self) {
        // SIGKILL: no chance to finish anything.
        self.child.kill().expect("it is killed");
        self.child.wait().expect("it is gone");
    }

    fn client(&self) -> Client {
        let config = TokenConfig {
            secret: SECRET.as_bytes().to_vec(),
            issuer: "rodtrad".to_owned(),
            audience: "rodtrad".to_owned(),
            operators: Vec::new(),
        };
        let principal = Principal {
            kind: ActorKind::User,
            subject: "operator".to_owned(),
            name: None,
            groups: Vec::new(),
            operator: false,
        };
        let token =
            token::issue(&config, &principal, Utc::now(), TimeDelta::hours(1)).expect("a token");
        Client::new(reqwest::Client::new(), self.url.clone(), Some(token))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

scenario!(a_killed_server_keeps_what_it_acknowledged, async |database: &Database| {
    let server = Process::start(database);
    let admin = server.client();
    let organisation = setup::organisation(&admin).await;
    let mut indicators = Vec::new();
    for call in 0..CALLS {
        indicators.push(
            setup::indicator(&admin, &organisation.region, &format!("I{call}"), "Sjukfrånvaro")
                .await,
        );
    }

    // Each caller sends a year of months for an indicator of its own; what was answered is remembered.
    let document = setup::document("outcomesRecord", "");
    let mut calls: FuturesUnordered<_> = indicators
        .iter()
        .enumerate()
        .map(|(call, indicator)| {
            let outcomes: Vec<_> = (1..=ITEMS)
                .map(|month| {
                    json!({
                        "indicator": indicator,
                        "orgUnit": organisation.meals,
                        "period": { "year": 2023, "kind": "MONTH", "month": month },
                        "value": "6.5",
                        "comment": format!("anrop {call}"),
                    })
                })
                .collect();
            let (admin, document) = (&admin, &document);
            async move {
                (
                    call,
                    admin.try_query(document, json!({ "input": { "outcomes": outcomes } })).await,
                )
            }
        })
        .collect();
    let mut acknowledged = Vec::new();
    let mut server = Some(server);
    while let Some((call, answer)) = calls.next().await {
        if let Some(answer) = answer {
            answer.ok();
            acknowledged.push(call);
        }
        if acknowledged.len() == KILLED_AFTER
            && let Some(server) = server.take()
        {
            server.kill();
        }
    }
    assert!(acknowledged.len() >= KILLED_AFTER, "only {} calls were answered", acknowledged.len());
    assert!(acknowledged.len() < CALLS, "the server was killed too late to prove anything");

    let restarted = Process::start(database);
    let answer = restarted.client().query("{ indicators { totalCount } }", ()).await;
    assert_eq!(answer.ok().data("indicators.totalCount"), &json!(CALLS));
    restarted.kill();

    let db = database.open().await;
    for call in 0..CALLS {
        let kept = outcome::Entity::find()
            .filter(outcome::Column::Comment.eq(format!("anrop {call}")))
            .count(db.reader())
            .await
            .expect("the outcomes are counted");
        let kept = usize::try_from(kept).expect("a count");
        assert!(kept == 0 || kept == ITEMS, "call {call} left {kept} of {ITEMS} outcomes");
        assert!(
            kept == ITEMS || !acknowledged.contains(&call),
            "call {call} was acknowledged and is lost"
        );
    }

    // The log has no gaps, and as many entries for outcomes as there are outcomes.
    let places: Vec<i64> = change::Entity::find()
        .order_by_asc(change::Column::Seq)
        .all(db.reader())
        .await
        .expect("the log is read")
        .into_iter()
        .map(|change| change.seq)
        .collect();
    assert!(
        places.iter().copied().eq(1..=i64::try_from(places.len()).expect("a count")),
        "the log has gaps"
    );
    db.close().await.expect("the database closes");
});
