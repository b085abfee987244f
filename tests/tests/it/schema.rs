//! The committed schema is the one that is served, and everything in it says what it is.

use serde_json::Value;
use tests::{Engine, TestApp, run};

const INTROSPECTION: &str = "{ __schema { types {
    kind name description
    fields(includeDeprecated: true) { name description args(includeDeprecated: true) { name description } }
    inputFields(includeDeprecated: true) { name description }
    enumValues(includeDeprecated: true) { name description }
} } }";

const BUILT_IN: [&str; 5] = ["Boolean", "Float", "ID", "Int", "String"];

#[test]
fn the_committed_schema_is_what_is_served() {
    run(Engine::Sqlite, async |app: &TestApp| {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema.graphql");
        let committed = std::fs::read_to_string(file).expect("schema.graphql is there");
        let same = committed.lines().zip(app.sdl().lines()).take_while(|(old, new)| old == new);
        let line = same.count() + 1;
        assert!(
            committed == app.sdl(),
            "schema.graphql is stale from line {line} on: cargo run -- schema > schema.graphql"
        );
    });
}

#[test]
fn everything_in_the_schema_is_described() {
    run(Engine::Sqlite, async |app: &TestApp| {
        let answer = app.admin().query(INTROSPECTION, ()).await.ok();
        let types = answer.data("__schema.types").as_array().expect("types");
        let bare: Vec<String> = types
            .iter()
            .filter(|kind| {
                let name = kind["name"].as_str().unwrap_or_default();
                !name.starts_with("__") && !BUILT_IN.contains(&name)
            })
            .flat_map(|kind| undescribed("", kind))
            .collect();
        assert!(bare.is_empty(), "without a description: {}", bare.join(", "));
    });
}

/// What has no description, in a type and all that is in it.
fn undescribed(owner: &str, element: &Value) -> Vec<String> {
    let name = format!("{owner}{}", element["name"].as_str().unwrap_or_default());
    let described = element["description"].as_str().is_some_and(|text| !text.trim().is_empty());
    ["fields", "args", "inputFields", "enumValues"]
        .iter()
        .flat_map(|part| element[part].as_array().into_iter().flatten())
        .flat_map(|inner| undescribed(&format!("{name}."), inner))
        .chain((!described).then(|| name.clone()))
        .collect()
}
