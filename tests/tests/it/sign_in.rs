//! Whose token is good, what an anonymous caller gets, and what one document may cost.

use chrono::Utc;
use reqwest::{Method, StatusCode, header::WWW_AUTHENTICATE};
use rodtrad::config;
use serde_json::{Value, json};
use tests::{Role, TestApp, scenario, setup};

const SECRET: &str = "en hemlighet som är lång nog för HS256";

/// A token of any content, signed with the server's secret.
fn signed(header: Value, claims: Value, secret: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let key = jsonwebtoken::EncodingKey::from_secret(secret.as_bytes());
    let signature =
        jsonwebtoken::crypto::sign(message.as_bytes(), &key, jsonwebtoken::Algorithm::HS256)
            .expect("a signature");
    format!("{message}.{signature}")
}

/// Good claims, changed at one place; null takes the claim away.
fn claims(claim: &str, value: Value) -> Value {
    let now = Utc::now().timestamp();
    let mut claims = json!({
        "sub": "operator", "iss": "rodtrad", "aud": "rodtrad", "exp": now + 3_600, "nbf": now - 60,
    });
    match value {
        Value::Null => drop(claims.as_object_mut().expect("an object").remove(claim)),
        value => claims[claim] = value,
    }
    claims
}

scenario!(only_a_good_token_is_let_in, async |app: &TestApp| {
    let server = app
        .another(|config| {
            config.token.operators = Vec::new();
            config.token.secret = SECRET.as_bytes().to_vec();
            config.token.issuer = config::ISSUER.to_owned();
            config.token.audience = config::AUDIENCE.to_owned();
        })
        .await;
    let now = Utc::now().timestamp();
    let header = json!({ "alg": "HS256", "typ": "JWT" });
    let other_secret = "en annan hemlighet som är lång nog här";
    let table = [
        ("a good one", signed(header.clone(), claims("jti", json!("1")), SECRET), true),
        ("expired", signed(header.clone(), claims("exp", json!(now - 3_600)), SECRET), false),
        ("not yet", signed(header.clone(), claims("nbf", json!(now + 3_600)), SECRET), false),
        ("without exp", signed(header.clone(), claims("exp", Value::Null), SECRET), false),
        ("without nbf", signed(header.clone(), claims("nbf", Value::Null), SECRET), false),
        ("without iss", signed(header.clone(), claims("iss", Value::Null), SECRET), false),
        ("without aud", signed(header.clone(), claims("aud", Value::Null), SECRET), false),
        ("without sub", signed(header.clone(), claims("sub", Value::Null), SECRET), false),
        ("of another issuer", signed(header.clone(), claims("iss", json!("annan")), SECRET), false),
        (
            "for another audience",
            signed(header.clone(), claims("aud", json!("annan")), SECRET),
            false,
        ),
        (
            "with another secret",
            signed(header.clone(), claims("jti", json!("1")), other_secret),
            false,
        ),
        (
            "of another algorithm",
            signed(json!({ "alg": "HS512" }), claims("jti", json!("1")), SECRET),
            false,
        ),
        (
            "of no algorithm",
            signed(json!({ "alg": "none" }), claims("jti", json!("1")), SECRET),
            false,
        ),
        (
            "with critical extensions",
            signed(
                json!({ "alg": "HS256", "crit": ["b64"], "b64": false }),
                claims("jti", json!("1")),
                SECRET,
            ),
            false,
        ),
        ("no token at all", "nonsens".to_owned(), false),
    ];
    for (what, token, good) in table {
        let answer = server.bearer(token).query("{ goals { totalCount } }", ()).await;
        if good {
            answer.ok();
            continue;
        }
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}");
        assert_eq!(answer.code(), "UNAUTHENTICATED", "{what}");
        assert!(answer.headers.contains_key(WWW_AUTHENTICATE), "{what}");
    }
});

scenario!(an_anonymous_caller_reads_only_open_data, async |app: &TestApp| {
    let admin = app.admin();
    let organisation = setup::organisation(&admin).await;
    let draft = setup::plan(&admin, &organisation.board, 2024).await;
    assert_eq!(
        app.anonymous().query("{ orgUnits { totalCount } }", ()).await.code(),
        "UNAUTHENTICATED"
    );

    let open = app.another(|config| config.public_read = true).await;
    let document = "query ($id: ID!) { orgUnits { totalCount } node(id: $id) { id } }";
    let answer = open.anonymous().query(document, json!({ "id": draft })).await.ok();
    assert_eq!(answer.body["data"], json!({ "orgUnits": { "totalCount": 4 }, "node": null }));
    let input = json!({ "input": { "plan": draft, "name": "Mål" } });
    let answer = open.anonymous().query(&setup::document("goalCreate", ""), input).await;
    assert_eq!(answer.code(), "UNAUTHENTICATED");
});

scenario!(a_role_that_is_taken_back_is_gone_at_once, async |app: &TestApp| {
    let organisation = setup::organisation(&app.admin()).await;
    let reader = app.as_(Role::Reader, &organisation.meals).await;
    let count = "{ orgUnits { totalCount } }";
    assert_eq!(reader.query(count, ()).await.ok().data("orgUnits.totalCount"), &json!(1));

    let grants = "{ roleGrants(filter: { role: READER }) { nodes { id } } }";
    let grant = app.admin().query(grants, ()).await.ok().text("roleGrants.nodes.0.id").to_owned();
    setup::send(&app.admin(), "roleRevoke", "", json!({ "id": grant })).await;

    assert_eq!(reader.query(count, ()).await.ok().data("orgUnits.totalCount"), &json!(0));
});

scenario!(a_bomb_of_fragments_is_refused_before_it_goes_off, async |app: &TestApp| {
    let fragments: String = (0..24)
        .map(|n| format!("fragment f{n} on Goal {{ ...f{next} ...f{next} }}\n", next = n + 1))
        .collect();
    let bomb =
        format!("{{ goals {{ nodes {{ ...f0 }} }} }}\n{fragments}fragment f24 on Goal {{ id }}");
    assert_eq!(app.admin().query(&bomb, ()).await.code(), "QUERY_TOO_COMPLEX");

    let aliases: String = (0..10_000).map(|n| format!("a{n}: __typename ")).collect();
    assert_eq!(
        app.admin().query(&format!("{{ {aliases} }}"), ()).await.code(),
        "QUERY_TOO_COMPLEX"
    );

    let deep =
        format!("{{ goals {{ nodes {{ {} id {} }} }} }}", "parent {".repeat(40), "}".repeat(40));
    assert_eq!(app.admin().query(&deep, ()).await.code(), "QUERY_TOO_DEEP");
});

scenario!(a_fault_shows_its_request_id_and_nothing_else, async |app: &TestApp| {
    use sea_orm::ConnectionTrait as _;
    let organisation = setup::organisation(&app.admin()).await;
    let write = app.db().begin().await.expect("a transaction");
    write.execute_unprepared("DROP TABLE activity_goal").await.expect("a table is gone");
    write.commit().await.expect("a commit");

    let plan = setup::plan(&app.admin(), &organisation.board, 2024).await;
    let goal = setup::goal(&app.admin(), &plan, "Mål").await;
    let input = json!({ "input": { "id": goal, "version": 1 } });
    let answer = app.admin().query(&setup::document("goalDelete", ""), input).await;
    assert_eq!(answer.code(), "INTERNAL");
    let text = answer.body.to_string();
    assert!(!text.contains("activity_goal") && !text.to_lowercase().contains("sql"), "{text}");
    let id =
        answer.headers.get("x-request-id").and_then(|id| id.to_str().ok()).expect("a request id");
    assert!(text.contains(id), "{text}");
});

scenario!(the_pages_around_the_api_answer, async |app: &TestApp| {
    for path in ["/", "/healthz", "/readyz", "/graphiql", "/schema.graphql"] {
        let response = app.anonymous().request(Method::GET, path).send().await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let text = response.text().await.expect("a text");
        assert!(
            !text.contains("//cdn") && !text.contains("unpkg"),
            "{path} fetches from elsewhere"
        );
    }
});
