//! Entity tags: who has the answer already is told so.

use reqwest::{
    Method, RequestBuilder, StatusCode,
    header::{
        ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, HeaderMap, IF_NONE_MATCH,
        VARY,
    },
};
use serde_json::json;
use tests::{Client, TestApp, scenario, setup};

use super::GOALS;

fn get(client: &Client) -> RequestBuilder {
    client.request(Method::GET, "/graphql?query=%7Bgoals%7BtotalCount+nodes%7Bname%7D%7D%7D")
}

fn post(client: &Client) -> RequestBuilder {
    client.request(Method::POST, "/graphql").json(&json!({ "query": GOALS }))
}

async fn send(request: RequestBuilder) -> (StatusCode, HeaderMap, String) {
    let response = request.send().await.expect("an answer");
    let (status, headers) = (response.status(), response.headers().clone());
    (status, headers, response.text().await.expect("a text"))
}

fn text(headers: &HeaderMap, name: reqwest::header::HeaderName) -> &str {
    headers.get(name).map_or("", |value| value.to_str().expect("a text"))
}

scenario!(who_has_the_answer_is_told_so, async |app: &TestApp| {
    let token = app.token().clone();
    let off = app.another(move |config| (config.token, config.answer_bytes) = (token, 0)).await;
    let organisation = setup::organisation(&app.admin()).await;
    let plan = setup::plan(&app.admin(), &organisation.board, 2024).await;
    for (server, number) in [(app, 1), (&off, 2)] {
        let admin = server.admin();
        for ask in [get, post] {
            let (status, headers, body) = send(ask(&admin)).await;
            assert_eq!(
                (status, text(&headers, CACHE_CONTROL)),
                (StatusCode::OK, "private, no-cache")
            );
            for name in ["Accept", "Accept-Language", "Authorization"] {
                assert!(
                    text(&headers, VARY).split(", ").any(|varies| varies == name),
                    "{headers:?}"
                );
            }
            let tag = text(&headers, ETAG);
            assert!(tag.starts_with("W/\"") && !body.is_empty(), "{tag}");
            for known in
                [tag.to_owned(), format!("\"x\", {tag}"), tag.replace("W/", ""), "*".to_owned()]
            {
                let (status, headers, body) = send(ask(&admin).header(IF_NONE_MATCH, known)).await;
                assert_eq!((status, body.as_str()), (StatusCode::NOT_MODIFIED, ""));
                assert_eq!(text(&headers, ETAG), tag);
                assert_eq!(text(&headers, CACHE_CONTROL), "private, no-cache");
            }
            let (status, ..) = send(ask(&admin).header(IF_NONE_MATCH, "\"x\"")).await;
            assert_eq!(status, StatusCode::OK);
            // Another form is another answer.
            let other = ask(&admin).header(ACCEPT, "application/graphql-response+json");
            let (status, other, _) = send(other.header(IF_NONE_MATCH, tag)).await;
            assert_eq!(status, StatusCode::OK);
            assert_ne!(text(&other, ETAG), tag);
            // A compressed one is the same.
            let (_, small, _) = send(ask(&admin).header(ACCEPT_ENCODING, "gzip")).await;
            assert_eq!(text(&small, ETAG), tag);
            assert_eq!(text(&small, CONTENT_ENCODING), "gzip");

            setup::goal(&app.admin(), &plan, &format!("Mål {number}")).await;
            let (status, headers, _) = send(ask(&admin).header(IF_NONE_MATCH, tag)).await;
            assert_eq!(status, StatusCode::OK, "it has changed");
            assert_ne!(text(&headers, ETAG), tag);
        }
    }
});

scenario!(a_head_is_an_answer_without_its_body, async |app: &TestApp| {
    let admin = app.admin();
    setup::organisation(&admin).await;
    let (_, whole, _) = send(get(&admin)).await;
    let head =
        admin.request(Method::HEAD, "/graphql?query=%7Bgoals%7BtotalCount+nodes%7Bname%7D%7D%7D");
    let (status, headers, body) = send(head).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, ""));
    assert_eq!(text(&headers, ETAG), text(&whole, ETAG));
});

scenario!(what_changes_or_fails_has_no_tag, async |app: &TestApp| {
    let admin = app.admin();
    let organisation = setup::organisation(&admin).await;
    let plan = json!({ "orgUnit": organisation.board, "year": 2024, "title": "Plan" });
    let mutation = setup::document("planCreate", "");
    for body in [
        json!({ "query": mutation, "variables": { "input": plan } }),
        json!({ "query": "{ orgUnits(first: -1) { totalCount } }" }),
        json!({ "query": "{ unheardOf }" }),
    ] {
        let request = admin.request(Method::POST, "/graphql").json(&body);
        let (_, headers, _) = send(request.header(IF_NONE_MATCH, "*")).await;
        assert_eq!(text(&headers, CACHE_CONTROL), "no-store", "{body}");
        assert!(!headers.contains_key(ETAG), "{body}");
    }
});
