//! Whether variables fit what a document declares them to be.
//!
//! A document that the library has found valid once is valid for ever; only its variables are new. What is said to fit
//! here, the library's validation would let pass too; whatever else there is, the library is asked again.

use std::collections::HashMap;

use async_graphql::{
    Name, Value, Variables,
    parser::{
        parse_schema,
        types::{
            BaseType, InputValueDefinition, OperationDefinition, Type, TypeKind,
            TypeSystemDefinition,
        },
    },
};

/// The types of variables, from the schema's text.
#[derive(Debug, Default)]
pub struct Inputs(HashMap<Name, Input>);

#[derive(Debug)]
enum Input {
    /// One of these.
    Enum(Vec<Name>),
    /// With these fields: their types, and whether each has a default.
    Object { fields: HashMap<Name, (Type, bool)>, one_of: bool },
    /// Anything: the resolver reads it.
    Scalar,
}

impl Inputs {
    /// The types that a schema has. Of a schema that cannot be read there are none, and nothing fits.
    #[must_use]
    pub fn of(sdl: &str) -> Self {
        let Ok(schema) = parse_schema(sdl) else { return Self::default() };
        let mut inputs = HashMap::new();
        for definition in schema.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let definition = definition.node;
            let one_of =
                definition.directives.iter().any(|directive| directive.node.name.node == "oneOf");
            let input = match definition.kind {
                TypeKind::Scalar => Input::Scalar,
                TypeKind::Enum(values) => {
                    let names = values.values.into_iter().map(|value| value.node.value.node);
                    Input::Enum(names.collect())
                }
                TypeKind::InputObject(object) => {
                    let field = |field: InputValueDefinition| {
                        (field.name.node, (field.ty.node, field.default_value.is_some()))
                    };
                    let fields = object.fields.into_iter().map(|given| field(given.node));
                    Input::Object { fields: fields.collect(), one_of }
                }
                _ => continue,
            };
            inputs.insert(definition.name.node, input);
        }
        Self(inputs)
    }

    /// Whether the variables are what the operation declares.
    #[must_use]
    pub fn fit(&self, operation: &OperationDefinition, variables: &Variables) -> bool {
        operation.variable_definitions.iter().all(|definition| {
            let wanted = &definition.node;
            match variables.get(&wanted.name.node) {
                Some(value) => self.fits(value, &wanted.var_type.node),
                None => wanted.var_type.node.nullable || wanted.default_value.is_some(),
            }
        })
    }

    fn fits(&self, value: &Value, wanted: &Type) -> bool {
        match (&wanted.base, value) {
            (_, Value::Null) => wanted.nullable,
            (BaseType::List(each), Value::List(values)) => {
                values.iter().all(|value| self.fits(value, each))
            }
            (BaseType::List(each), value) => self.fits(value, each),
            (BaseType::Named(name), value) => self.is(value, name),
        }
    }

    fn is(&self, value: &Value, name: &Name) -> bool {
        match (name.as_str(), value) {
            ("ID", Value::String(_))
            | ("String", Value::String(_))
            | ("Boolean", Value::Boolean(_)) => true,
            ("Int", Value::Number(number)) => {
                number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
            }
            ("Float", Value::Number(_)) => true,
            ("ID" | "String" | "Boolean" | "Int" | "Float", _) => false,
            (_, value) => match (self.0.get(name), value) {
                (Some(Input::Scalar), _) => true,
                (Some(Input::Enum(names)), Value::String(text)) => {
                    names.iter().any(|name| name.as_str() == text)
                }
                (Some(Input::Enum(names)), Value::Enum(given)) => names.contains(given),
                (Some(Input::Object { fields, one_of }), Value::Object(given)) => {
                    let known = given.iter().all(|(name, value)| {
                        fields.get(name).is_some_and(|(wanted, _)| self.fits(value, wanted))
                    });
                    let complete = fields.iter().all(|(name, (wanted, default))| {
                        wanted.nullable || *default || given.contains_key(name)
                    });
                    let one =
                        given.len() == 1 && !given.values().any(|value| *value == Value::Null);
                    known && complete && (!one_of || one)
                }
                _ => false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::*;

    #[test]
    fn variables_fit_what_is_declared() {
        let inputs = Inputs::of(
            "scalar Date  enum Kind { UR1 AR }
             input Period { year: Int!, kind: Kind!, month: Int, first: Boolean! = true }
             input By @oneOf { id: ID, code: String }",
        );
        for (declared, variables, fit) in [
            ("$a: ID!", json!({ "a": "1" }), true),
            ("$a: ID!", json!({ "a": null }), false),
            ("$a: ID!", json!({}), false),
            ("$a: ID", json!({}), true),
            ("$a: ID! = \"1\"", json!({}), true),
            ("$a: Int", json!({ "a": 3_000_000_000_i64 }), false),
            ("$a: Int", json!({ "a": "1" }), false),
            ("$a: Boolean", json!({ "a": 1 }), false),
            ("$a: [ID!]!", json!({ "a": ["1", "2"] }), true),
            ("$a: [ID!]!", json!({ "a": "1" }), true),
            ("$a: [ID!]!", json!({ "a": [null] }), false),
            ("$a: Kind", json!({ "a": "AR" }), true),
            ("$a: Kind", json!({ "a": "MONTH" }), false),
            ("$a: Date", json!({ "a": "whatever" }), true),
            ("$a: Unknown", json!({ "a": "1" }), false),
            ("$a: Period!", json!({ "a": { "year": 2024, "kind": "AR" } }), true),
            ("$a: Period!", json!({ "a": { "year": 2024 } }), false),
            ("$a: Period!", json!({ "a": { "year": 2024, "kind": "AR", "day": 1 } }), false),
            ("$a: By!", json!({ "a": { "id": "1" } }), true),
            ("$a: By!", json!({ "a": { "id": "1", "code": "2" } }), false),
            ("$a: By!", json!({ "a": { "id": null } }), false),
        ] {
            let document = parse_query(format!("query ({declared}) {{ a }}")).unwrap();
            let (_, operation) = document.operations.iter().next().unwrap();
            let given = Variables::from_json(variables.clone());
            assert_eq!(inputs.fit(&operation.node, &given), fit, "{declared} {variables}");
        }
    }
}
