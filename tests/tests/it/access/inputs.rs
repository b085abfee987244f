//! Inputs that name a place and are wrong in some other way, so that what may be done is told without doing it.

use serde_json::{Value, json};

use super::{
    content::Nodes,
    walk::{Schema, is_required, list, named, text},
};

/// An input for a mutation at a place: a version that there never was, no name, a year that no plan can be for.
pub fn impossible(schema: &Schema, mutation: &str, input: &str, place: &Nodes) -> Value {
    let fields = list(&schema.types[input]["inputFields"]);
    let values = fields
        .filter(|field| is_required(&field["type"]) || is_wanted(mutation, text(&field["name"])))
        .map(|field| {
            let name = text(&field["name"]);
            (name.to_owned(), value(schema, mutation, name, &field["type"], place))
        });
    Value::Object(values.collect())
}

/// Without a parent it would be another organisation.
fn is_wanted(mutation: &str, field: &str) -> bool {
    mutation == "orgUnitCreate" && field == "parent"
}

fn value(schema: &Schema, mutation: &str, name: &str, kind: &Value, place: &Nodes) -> Value {
    match text(&kind["kind"]) {
        "NON_NULL" => return value(schema, mutation, name, &kind["ofType"], place),
        // An empty list of periods is refused; an empty list of anything else says nothing of the place.
        "LIST" if name == "periods" => return json!([]),
        "LIST" => return json!([value(schema, mutation, name, &kind["ofType"], place)]),
        _ => {}
    }
    let of = named(kind);
    match (text(&schema.types[of]["kind"]), of) {
        (_, "ID") => json!(place[&node(mutation, name)]),
        (_, "Int") if name == "version" => json!(999),
        (_, "Int") => json!(1),
        (_, "Decimal") => json!("1"),
        (_, "Boolean") => json!(false),
        (_, "Date" | "PartialDate") => json!("2024-01-01"),
        (_, "String") => json!(""),
        ("ENUM", _) => {
            list(&schema.types[of]["enumValues"]).last().expect("an enum has values")["name"]
                .clone()
        }
        ("INPUT_OBJECT", _) => impossible(schema, mutation, of, place),
        _ => panic!("a value for {mutation}.{name}: {of}"),
    }
}

/// The type of node that a reference is to.
fn node(mutation: &str, field: &str) -> String {
    let noun = match field {
        "id" if mutation == "roleRevoke" => "roleGrant",
        "id" => {
            let verb = mutation.rfind(char::is_uppercase).expect("a noun and a verb");
            &mutation[..verb]
        }
        "parent" => "orgUnit",
        "subject" => "goal",
        "line" => "budgetLine",
        "budget" => "investmentBudget",
        "item" | "from" | "to" | "continues" => "investmentItem",
        other => other,
    };
    let noun = if noun == "report" { "followUpReport" } else { noun };
    let (first, rest) = noun.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}
