//! From the text of a document to one that may be run: parsed once, measured, its variables present.
//!
//! Every transport goes through [`Documents::admit`](super::documents::Documents::admit), so that the library's parser, validator and executor only see
//! documents that they can bear.

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::parser::{self, parse_query};
use async_graphql::{ErrorExtensionValues, ServerError, Value, Variables};

use super::budget::{self, Cost, Limits};
use super::code::Code;
use super::lone_root;

/// Brackets inside one another in the text. The parser recurses into each before it looks at any limit, so
/// a few thousand would end the process.
const MAX_BRACKETS: usize = 64;

/// What is known of a request before it runs.
#[derive(Clone, Copy, Debug)]
pub struct Admitted {
    /// Query, mutation or subscription.
    pub operation: OperationType,
    /// What it costs.
    pub cost: Cost,
}

/// Measures a document with the variables that it comes with.
pub(super) fn check(
    document: &ExecutableDocument,
    name: Option<&str>,
    variables: &Variables,
    limits: &Limits,
) -> Result<Admitted, ServerError> {
    let cost = budget::measure(document, name, variables, limits)
        .map_err(|error| coded(error.code(), error.to_string()))?;
    let operation = budget::choose(&document.operations, name).ok_or_else(|| no_operation(name))?;
    if operation.ty == OperationType::Subscription {
        lone_root::check(&operation.selection_set.node)?;
    }
    require_variables(operation, variables)?;
    Ok(Admitted { operation: operation.ty, cost })
}

/// An error with its code, as the library carries it.
pub fn coded(code: Code, message: impl Into<String>) -> ServerError {
    let mut error = ServerError::new(message, None);
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", code.as_str());
    error
}

pub(super) fn parse(text: &str, limits: &Limits) -> Result<ExecutableDocument, ServerError> {
    if text.len() > limits.max_document_bytes {
        let limit = limits.max_document_bytes;
        return Err(coded(
            Code::QueryTooComplex,
            format!("The document is larger than {limit} bytes. Put its values in variables."),
        ));
    }
    match brackets(text) {
        None => return Err(coded(Code::ParseFailed, "A string in the document has no end.")),
        Some(depth) if depth > MAX_BRACKETS => {
            return Err(coded(
                Code::QueryTooDeep,
                format!(
                    "The query is too deep: at most {MAX_BRACKETS} brackets inside one another."
                ),
            ));
        }
        Some(_) => {}
    }
    parse_query(text).map_err(|error| {
        let locations = error.positions().collect();
        ServerError { locations, ..coded(Code::ParseFailed, parse_message(&error)) }
    })
}

/// The parser draws the line that it failed on, which may be the whole document.
fn parse_message(error: &parser::Error) -> String {
    let drawn = error.to_string();
    let reason = drawn.rsplit("= ").next().unwrap_or_default();
    format!("The document is no GraphQL: {}.", reason.trim().trim_end_matches('.'))
}

/// How deep the brackets of `text` stand inside one another, strings and comments apart. Nothing when a
/// string does not end: the parser would take `"""` for an empty string and another, and go on from there.
fn brackets(text: &str) -> Option<usize> {
    let (mut open, mut deepest) = (0_usize, 0_usize);
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = match byte {
            b'"' => match after.strip_prefix(b"\"\"") {
                Some(block) => end_of_block(block)?,
                None => end_of_string(after)?,
            },
            b'#' => after
                .iter()
                .position(|byte| matches!(byte, b'\n' | b'\r'))
                .and_then(|end| after.get(end..))
                .unwrap_or_default(),
            b'{' | b'[' | b'(' => {
                open += 1;
                deepest = deepest.max(open);
                after
            }
            b'}' | b']' | b')' => {
                open = open.saturating_sub(1);
                after
            }
            _ => after,
        };
    }
    Some(deepest)
}

fn end_of_block(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        if let Some(after) = rest.strip_prefix(b"\"\"\"") {
            return Some(after);
        }
        rest = match rest.strip_prefix(b"\\\"\"\"") {
            Some(after) => after,
            None => rest.split_first()?.1,
        };
    }
}

fn end_of_string(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        rest = match rest.split_first()? {
            (b'"', after) => return Some(after),
            (b'\n' | b'\r', _) => return None,
            (b'\\', after) => after.split_first()?.1,
            (_, after) => after,
        };
    }
}

fn no_operation(name: Option<&str>) -> ServerError {
    let message = match name {
        Some(name) => format!(
            "The document has no operation named \"{}\".",
            name.chars().take(100).collect::<String>()
        ),
        None => "The document has several operations: say which one in operationName.".to_owned(),
    };
    coded(Code::BadUserInput, message)
}

/// The library looks for a variable when a resolver asks for it, in the middle of a mutation if need be.
fn require_variables(
    operation: &OperationDefinition,
    variables: &Variables,
) -> Result<(), ServerError> {
    for definition in &operation.variable_definitions {
        let wanted = &definition.node;
        let name = &wanted.name.node;
        let missing = match variables.get(name) {
            Some(Value::Null) => true,
            Some(_) => false,
            None => wanted.default_value.is_none(),
        };
        if missing && !wanted.var_type.node.nullable {
            let message =
                format!("Variable \"${name}\" of type {} is required.", wanted.var_type.node);
            return Err(ServerError {
                locations: vec![definition.pos],
                ..coded(Code::BadUserInput, message)
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admit_text(
        text: &str,
        name: Option<&str>,
        variables: serde_json::Value,
    ) -> Result<Admitted, String> {
        let limits = Limits::default();
        parse(text, &limits)
            .and_then(|document| check(&document, name, &Variables::from_json(variables), &limits))
            .map_err(|error| code_of(&error))
    }

    fn code_of(error: &ServerError) -> String {
        match error.extensions.as_ref().and_then(|values| values.get("code")) {
            Some(Value::String(code)) => code.clone(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn brackets_are_counted_outside_strings_and_comments() {
        for (text, depth) in [
            ("", Some(0)),
            ("{ a }", Some(1)),
            ("{ a(x: [1, [2]]) { b } }", Some(4)),
            (r#"{ a(x: "{[(\"{{") }"#, Some(2)),
            (r#"{ a(x: """{{ " \""" {{""") }"#, Some(2)),
            ("{ a # {{{{\n b }", Some(1)),
            ("{ a # {{{{\r b }", Some(1)),
            ("}}}} {", Some(1)),
            (r#"{ a(x: "{{ "#, None),
            (r#"{ a(x: [""" " {a:{a:{a: 1 }}}"#, None),
            ("{ a(x: \"\n\") }", None),
            (r#"{ a(x: "\"#, None),
        ] {
            assert_eq!(brackets(text), depth, "{text}");
        }
    }

    #[test]
    fn what_would_exhaust_the_parsers_stack_is_refused_before_it() {
        for text in [
            "{a".repeat(60_000),
            format!("{{ a(x: {}", "[".repeat(100_000)),
            format!("query($x: {}", "[".repeat(100_000)),
        ] {
            assert_eq!(
                admit_text(&text, None, serde_json::json!({})).err().as_deref(),
                Some("QUERY_TOO_DEEP")
            );
        }
        let within = format!("{{ a(x: {}{}) }}", "[".repeat(62), "]".repeat(62));
        assert!(admit_text(&within, None, serde_json::json!({})).is_ok());
    }

    #[test]
    fn a_document_is_admitted_or_refused_with_a_code() {
        let none = serde_json::json!({});
        for (text, name, variables, code) in [
            ("{ a }", None, &none, None),
            ("query A { a } query B { b }", Some("B"), &none, None),
            ("query A { a } query B { b }", None, &none, Some("BAD_USER_INPUT")),
            ("query A { a }", Some("B"), &none, Some("BAD_USER_INPUT")),
            ("{ a }", Some("A"), &none, Some("BAD_USER_INPUT")),
            ("{", None, &none, Some("GRAPHQL_PARSE_FAILED")),
            ("", None, &none, Some("GRAPHQL_PARSE_FAILED")),
            ("fragment F on T { a }", None, &none, Some("GRAPHQL_PARSE_FAILED")),
            ("{ a(x: \") }", None, &none, Some("GRAPHQL_PARSE_FAILED")),
            ("query($id: ID!) { a(id: $id) }", None, &none, Some("BAD_USER_INPUT")),
            (
                "query($id: ID!) { a(id: $id) }",
                None,
                &serde_json::json!({"id": null}),
                Some("BAD_USER_INPUT"),
            ),
            ("query($id: ID!) { a(id: $id) }", None, &serde_json::json!({"id": "1"}), None),
            ("query($id: ID! = \"1\") { a(id: $id) }", None, &none, None),
            ("query($id: ID) { a(id: $id) }", None, &none, None),
            ("{ ...F } fragment F on T { a ...F }", None, &none, Some("GRAPHQL_VALIDATION_FAILED")),
        ] {
            assert_eq!(admit_text(text, name, variables.clone()).err().as_deref(), code, "{text}");
        }
        let large = format!("{{ a }} # {}", " ".repeat(256 * 1024));
        assert_eq!(admit_text(&large, None, none).err().as_deref(), Some("QUERY_TOO_COMPLEX"));
    }

    #[test]
    fn a_parse_error_says_where_and_does_not_repeat_the_document() {
        let text = format!("{{ {} ) }}", "a ".repeat(10_000));
        let error = parse(&text, &Limits::default()).unwrap_err();
        assert!(error.message.len() < 200, "{}", error.message);
        assert_eq!(error.locations.len(), 1);
    }
}
