//! Answers that are kept between requests: never older than what was acknowledged, never somebody else's.

mod http;
mod kept;
mod limits;
mod newest;
mod viewers;

use serde_json::{Value, json};
use tests::{Answer, Client, TestApp, setup};

/// Another process's worth of server on the same database, for the same tokens.
pub async fn twin(app: &TestApp) -> TestApp {
    let token = app.token().clone();
    app.another(move |config| config.token = token).await
}

/// Asks until the answer comes from what is kept, which takes as many times as the proof needs: that answer, and how
/// many SQL statements it took.
async fn until_kept(
    app: &TestApp,
    client: &Client,
    query: &str,
    variables: &Value,
) -> (Answer, u64) {
    for _ in 0..1_000 {
        let (kept, statements) = (app.answers().given().kept, app.db().statements());
        let answer = client.query(query, variables).await.ok();
        if app.answers().given().kept > kept {
            return (answer, app.db().statements() - statements);
        }
    }
    panic!("{query} was never kept");
}

/// Whether the next answer comes from what is kept.
async fn is_kept(app: &TestApp, client: &Client, query: &str, variables: &Value) -> (bool, Answer) {
    let kept = app.answers().given().kept;
    let answer = client.query(query, variables).await.ok();
    (app.answers().given().kept > kept, answer)
}

/// Gives a goal a name.
async fn rename(client: &Client, goal: &str, name: &str) {
    let version = "query ($id: ID!) { node(id: $id) { ... on Tracked { version } } }";
    let answer = client.query(version, json!({ "id": goal })).await.ok();
    let input = json!({ "id": goal, "version": answer.data("node.version"), "name": name });
    setup::send(client, "goalUpdate", "", input).await;
}

const GOALS: &str = "{ goals { totalCount nodes { name } } }";
