//! Questions made from the schema itself.

use std::{collections::BTreeMap, fmt};

use serde_json::{Map, Value, json};
use tests::Client;

use super::content::{MARK, Nodes};

const TYPE: &str = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";

/// Arguments that say which part of a list, or in which order.
const PAGING: [&str; 5] = ["first", "after", "last", "before", "orderBy"];

/// A document, and what it is about.
pub struct Question {
    /// The field, by its type and name.
    field: String,
    /// What is sent.
    pub document: String,
    /// With which variables.
    pub variables: Value,
}

impl Question {
    /// Whether it asks a root field of its own.
    pub fn is_root(&self) -> bool {
        self.field.starts_with("Query.")
    }

    /// Whether it asks that field of that type.
    pub fn asks(&self, field: &str) -> bool {
        self.field == field
    }

    /// The same question, each field asked for twice.
    pub fn merged(&self) -> String {
        let (declared, asked) = self.document.split_once('{').expect("a query");
        format!("{declared}{{ ...Same ...Same }} fragment Same on Query {{{asked}")
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}", self.field, self.document, self.variables)
    }
}

/// What arguments are filled with.
pub struct World {
    ids: Vec<String>,
    text: String,
}

impl World {
    /// The caller's own nodes.
    pub fn own(nodes: &Nodes) -> Self {
        Self { ids: nodes.values().cloned().collect(), text: "MAT".to_owned() }
    }

    /// Nodes that are hidden from the caller.
    pub fn hidden(nodes: &Nodes) -> Self {
        let hidden = nodes.iter().filter(|(name, _)| *name != "Indicator");
        Self { ids: hidden.map(|(_, id)| id.clone()).collect(), text: format!("LOG-{MARK}") }
    }

    /// Nodes that there never were.
    pub fn unknown(nodes: &Nodes) -> Self {
        Self { text: "finns inte".to_owned(), ..Self::hidden(nodes) }
    }
}

/// The schema, as introspection tells it.
pub struct Schema {
    /// By name.
    pub types: BTreeMap<String, Value>,
}

impl Schema {
    /// Asks the server for it.
    pub async fn of(client: &Client) -> Self {
        let query = format!(
            "{{ __schema {{ types {{ kind name enumValues {{ name }} possibleTypes {{ name }} interfaces {{ name }}
                isOneOf fields {{ name type {{ {TYPE} }} args {{ name type {{ {TYPE} }} }} }}
                inputFields {{ name defaultValue type {{ {TYPE} }} }} }} }} }}"
        );
        let answer = client.query(&query, ()).await.ok();
        let types = answer.data("__schema.types").as_array().expect("types").clone();
        let named = types.into_iter().map(|kind| (text(&kind["name"]).to_owned(), kind)).collect();
        Self { types: named }
    }

    /// A later type of node needs content of its own, so that it is walked too.
    pub fn has_a_node_of_every_type(&self, own: &Nodes) {
        for name in list(&self.types["Node"]["possibleTypes"]).map(|kind| text(&kind["name"])) {
            assert!(own.contains_key(name), "no {name} in the content of the units");
        }
    }

    /// Every root field, and every field of an own node of every type.
    pub fn questions(&self, own: &Nodes, world: &World) -> Vec<Question> {
        let mut questions = Vec::new();
        for field in list(&self.types["Query"]["fields"]) {
            self.ask("Query", field, world, None, &mut questions);
        }
        for (name, id) in own {
            for field in list(&self.types[name]["fields"]) {
                self.ask(name, field, world, Some(id), &mut questions);
            }
        }
        questions
    }

    fn ask(
        &self,
        owner: &str,
        field: &Value,
        world: &World,
        node: Option<&String>,
        questions: &mut Vec<Question>,
    ) {
        let name = text(&field["name"]);
        let selection = self.selection(&field["type"], &mut Vec::new());
        for arguments in self.arguments(field, world) {
            let declared: Vec<String> = list(&field["args"])
                .filter(|argument| arguments.contains_key(text(&argument["name"])))
                .map(|argument| {
                    format!("${}: {}", text(&argument["name"]), written(&argument["type"]))
                })
                .collect();
            let passed: Vec<String> =
                arguments.keys().map(|name| format!("{name}: ${name}")).collect();
            let passed =
                if passed.is_empty() { String::new() } else { format!("({})", passed.join(", ")) };
            let mut variables = Value::Object(arguments);
            let (declared, asked) = match node {
                None => (declared, format!("{name}{passed} {selection}")),
                Some(id) => {
                    variables["node_"] = json!(id);
                    let declared = declared.into_iter().chain(["$node_: ID!".to_owned()]).collect();
                    (
                        declared,
                        format!(
                            "node(id: $node_) {{ ... on {owner} {{ {name}{passed} {selection} }} }}"
                        ),
                    )
                }
            };
            let declared = if declared.is_empty() {
                String::new()
            } else {
                format!("({})", declared.join(", "))
            };
            questions.push(Question {
                field: format!("{owner}.{name}"),
                document: format!("query {declared} {{ {asked} }}"),
                variables,
            });
        }
    }

    /// All of a type, down to the next nodes, of which only what they are themselves.
    pub fn selection(&self, kind: &Value, above: &mut Vec<String>) -> String {
        let name = named(kind);
        let Some(kind) = self.types.get(name) else { return String::new() };
        let is_node = list(&kind["interfaces"]).any(|of| text(&of["name"]) == "Node");
        match text(&kind["kind"]) {
            "INTERFACE" | "UNION" => "{ __typename ... on Node { id } }".to_owned(),
            "OBJECT" if above.iter().any(|outer| outer == name) => "{ __typename }".to_owned(),
            "OBJECT" => {
                above.push(name.to_owned());
                let fields: Vec<String> = list(&kind["fields"])
                    .filter(|field| {
                        !list(&field["args"]).any(|argument| is_required(&argument["type"]))
                    })
                    .filter(|field| !is_node || self.is_leaf(&field["type"]))
                    .map(|field| {
                        format!(
                            "{} {}",
                            text(&field["name"]),
                            self.selection(&field["type"], above)
                        )
                    })
                    .collect();
                above.pop();
                format!("{{ __typename {} }}", fields.join(" "))
            }
            _ => String::new(),
        }
    }

    fn is_leaf(&self, kind: &Value) -> bool {
        matches!(text(&self.types[named(kind)]["kind"]), "SCALAR" | "ENUM")
    }

    /// The ways to fill a field's arguments: with what must be given, and with each other value in turn.
    fn arguments(&self, field: &Value, world: &World) -> Vec<Map<String, Value>> {
        let arguments: Vec<&Value> = list(&field["args"])
            .filter(|argument| !PAGING.contains(&text(&argument["name"])))
            .collect();
        self.fill(&arguments, world)
    }

    fn fill(&self, slots: &[&Value], world: &World) -> Vec<Map<String, Value>> {
        let mut least = Map::new();
        for slot in slots.iter().filter(|slot| is_required(&slot["type"])) {
            let name = text(&slot["name"]);
            let value = self.values(name, &slot["type"], world).into_iter().next();
            least.insert(name.to_owned(), value.expect("a value"));
        }
        let mut ways = vec![least.clone()];
        for slot in slots {
            let name = text(&slot["name"]);
            for value in self.values(name, &slot["type"], world) {
                let mut way = least.clone();
                way.insert(name.to_owned(), value);
                if !ways.contains(&way) {
                    ways.push(way);
                }
            }
        }
        ways
    }

    fn values(&self, name: &str, kind: &Value, world: &World) -> Vec<Value> {
        match text(&kind["kind"]) {
            "NON_NULL" => return self.values(name, &kind["ofType"], world),
            "LIST" => {
                let inner = self.values(name, &kind["ofType"], world);
                return inner.into_iter().map(|value| json!([value])).collect();
            }
            _ => {}
        }
        let of = text(&kind["name"]);
        let kind = &self.types[of];
        match (text(&kind["kind"]), of) {
            (_, "ID") => world.ids.iter().map(|id| json!(id)).collect(),
            (_, "Int") => vec![json!(if name == "month" { 3 } else { 2024 })],
            (_, "Boolean") => vec![json!(true)],
            (_, "Date" | "PartialDate") => vec![json!("2024-01-01")],
            (_, "Decimal" | "Float") => vec![json!(1)],
            ("ENUM", _) => list(&kind["enumValues"]).map(|value| value["name"].clone()).collect(),
            ("INPUT_OBJECT", _) if kind["isOneOf"] == json!(true) => list(&kind["inputFields"])
                .flat_map(|field| {
                    let name = text(&field["name"]);
                    let values = self.values(name, &field["type"], world);
                    values.into_iter().map(move |value| json!({ name: value })).collect::<Vec<_>>()
                })
                .collect(),
            ("INPUT_OBJECT", _) => {
                let fields: Vec<&Value> = list(&kind["inputFields"]).collect();
                self.fill(&fields, world).into_iter().map(Value::Object).collect()
            }
            _ => vec![json!(world.text)],
        }
    }
}

/// A type as it is written: `[ID!]!`.
pub fn written(kind: &Value) -> String {
    match text(&kind["kind"]) {
        "NON_NULL" => format!("{}!", written(&kind["ofType"])),
        "LIST" => format!("[{}]", written(&kind["ofType"])),
        _ => text(&kind["name"]).to_owned(),
    }
}

/// The name of a type without what is around it.
pub fn named(kind: &Value) -> &str {
    if kind["ofType"].is_object() { named(&kind["ofType"]) } else { text(&kind["name"]) }
}

/// Whether it must be given.
pub fn is_required(kind: &Value) -> bool {
    kind["kind"] == json!("NON_NULL")
}

/// The elements of a list, or none.
pub fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A text, or the empty one.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
