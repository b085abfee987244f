//! The access table: every root field x role x own, superior, sibling and foreign unit. It is committed, so that a
//! change of who sees and may do what is seen in review; it is read from the schema, so that no field is forgotten.
//!
//! Mutations are sent with inputs that are wrong in another way than the table asks about, and so change nothing.

use std::{collections::BTreeMap, fmt::Write as _};

use entity::vocabulary::Role;
use rodtrad::domain::write;
use serde_json::{Value, json};
use tests::{Answer, Client, TestApp, scenario, setup};

use super::{
    content::{Nodes, fill},
    inputs::impossible,
    walk::{Schema, list, named, text},
};

const COMMITTED: &str = include_str!("table.txt");

const LEGEND: &str = "\
# What holders of a role on one unit get of it, of the unit above it, of its sibling and of another organisation.
# sees: it is in the answer    answers: says nothing of units    may: refused for a wrong input, not for who asks
# .: as if it did not exist    sign in: UNAUTHENTICATED
";

scenario!(the_access_table_is_the_committed_one, async |app: &TestApp| {
    let admin = app.admin();
    let region = setup::org_unit(&admin, None, "R", "Region Halland", "COUNCIL").await;
    let indicator = setup::indicator(&admin, &region, "SJUK", "Sjukfrånvaro").await;
    let none = BTreeMap::new();
    let superior = fill(&admin, "superior", &region, &indicator, &none).await;
    let meals = setup::org_unit(&admin, Some(&region), "MAT", "Måltidsservice", "AREA").await;
    let own = fill(&admin, "own", &meals, &indicator, &none).await;
    let logistics = setup::org_unit(&admin, Some(&region), "LOG", "Logistik", "AREA").await;
    let sibling = fill(&admin, "sibling", &logistics, &indicator, &none).await;
    let elsewhere = setup::org_unit(&admin, None, "R2", "Region Skåne", "COUNCIL").await;
    let other = setup::indicator(&admin, &elsewhere, "SJUK", "Sjukfrånvaro").await;
    let foreign = fill(&admin, "foreign", &elsewhere, &other, &none).await;
    let places =
        [("own", &own), ("superior", &superior), ("sibling", &sibling), ("foreign", &foreign)];

    let open = app.another(|config| config.public_read = true).await;
    let mut callers = vec![("nobody", app.anonymous()), ("open data", open.anonymous())];
    for role in Role::ALL.iter().copied() {
        callers.push((role.as_str(), app.as_(role, &meals).await));
    }
    let schema = Schema::of(&admin).await;
    let before = write::head(app.db().reader()).await.expect("a head");
    let mut table = LEGEND.to_owned();
    line(&mut table, "", "", callers.iter().map(|(name, _)| (*name).to_owned()));
    for (operation, fields) in [("query", "Query"), ("mutation", "Mutation")] {
        for field in list(&schema.types[fields]["fields"]) {
            for (name, place) in places {
                let mut cells = Vec::new();
                for (_, client) in &callers {
                    cells.push(match operation {
                        "query" => sees(&schema, client, field, place).await,
                        _ => may(&schema, client, field, place).await,
                    });
                }
                line(&mut table, text(&field["name"]), name, cells.into_iter());
            }
        }
    }
    let after = write::head(app.db().reader()).await.expect("a head");
    assert_eq!(before, after, "a mutation that the table asks about has changed something");

    if table != COMMITTED {
        let made = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/access-table.txt");
        std::fs::write(made, &table).expect("target/ can be written to");
        let differs: Vec<String> = table
            .lines()
            .filter(|line| !COMMITTED.lines().any(|old| old == *line))
            .map(|line| format!("+ {line}"))
            .chain(
                COMMITTED
                    .lines()
                    .filter(|old| !table.lines().any(|line| line == *old))
                    .map(|old| format!("- {old}")),
            )
            .collect();
        panic!(
            "who sees and may do what has changed. If it should: cp target/access-table.txt \
             tests/tests/it/access/table.txt\n{}",
            differs.join("\n")
        );
    }
});

fn line(table: &mut String, field: &str, place: &str, cells: impl Iterator<Item = String>) {
    let mut text = format!("{field:<26}{place:<10}");
    for cell in cells {
        let _ = write!(text, "{cell:<12}");
    }
    table.push_str(text.trim_end());
    table.push('\n');
}

/// Whether the answer to a query has anything of the place in it.
async fn sees(schema: &Schema, client: &Client, field: &Value, place: &Nodes) -> String {
    let name = text(&field["name"]);
    let unit = &place["OrgUnit"];
    let returned = named(&field["type"]);
    let node = place.get(returned).unwrap_or(&place["Plan"]);
    let arguments = match name {
        "node" => json!({ "id": node }),
        "nodes" => json!({ "ids": [node] }),
        "legend" | "rateLimit" | "viewer" => json!({}),
        _ if list(&field["args"]).any(|argument| argument["name"] == "by") => {
            json!({ "by": { "id": node } })
        }
        "orgUnits" => json!({ "filter": { "under": unit } }),
        "calendar" => json!({ "orgUnit": unit, "year": 2024 }),
        _ => json!({}),
    };
    let arguments = arguments.as_object().expect("arguments");
    let types = |name: &str| {
        let argument = list(&field["args"]).find(|argument| argument["name"] == name);
        super::walk::written(&argument.expect("an argument of the field")["type"])
    };
    let declared: Vec<String> =
        arguments.keys().map(|name| format!("${name}: {}", types(name))).collect();
    let passed: Vec<String> = arguments.keys().map(|name| format!("{name}: ${name}")).collect();
    let around = |all: Vec<String>| {
        if all.is_empty() { String::new() } else { format!("({})", all.join(", ")) }
    };
    let selection = schema.selection(&field["type"], &mut Vec::new());
    let document = format!("query {} {{ {name}{} {selection} }}", around(declared), around(passed));
    let answer = client.query(&document, arguments).await;
    if let Some(code) = refusal(&answer) {
        return code;
    }
    let told = answer.data(name).to_string();
    let is_about_places = told.contains("\"id\"") || !arguments.is_empty() || told.contains("[]");
    match place.values().any(|id| told.contains(id.as_str())) {
        true => "sees",
        false if is_about_places && !["viewer", "legend", "rateLimit"].contains(&name) => ".",
        false => "answers",
    }
    .to_owned()
}

/// Whether a mutation is refused for who asks, or for what is wrong with its input.
async fn may(schema: &Schema, client: &Client, field: &Value, place: &Nodes) -> String {
    let name = text(&field["name"]);
    let argument = list(&field["args"]).next().expect("an input");
    let input = impossible(schema, name, named(&argument["type"]), place);
    let document = setup::document_of(name, named(&argument["type"]), "");
    // Revoking has nothing to be wrong with: those who may are asked instead of let to.
    if name == "roleRevoke" {
        let query = "query ($id: ID!) { viewer { can(action: ADMINISTER, on: $id) } }";
        let answer = client.query(query, json!({ "id": place["RoleGrant"] })).await;
        if answer.data("viewer.can") == &json!(true) {
            return "may".to_owned();
        }
    }
    let answer = client.query(&document, json!({ "input": input })).await;
    if let Some(code) = refusal(&answer) {
        return code;
    }
    let errors = answer.user_errors(name);
    assert!(!errors.is_empty(), "{name} was to be refused, but: {answer}");
    let unseen = errors.iter().any(|error| error.code == "NOT_FOUND");
    if unseen { "." } else { "may" }.to_owned()
}

fn refusal(answer: &Answer) -> Option<String> {
    match answer.errors() {
        [] => None,
        [error, ..] => match text(&error["extensions"]["code"]) {
            "UNAUTHENTICATED" => Some("sign in".to_owned()),
            code => Some(code.to_owned()),
        },
    }
}
