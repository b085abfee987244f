//! What the server answered, and short ways to what a test looks for in it.

use std::fmt;

use reqwest::{StatusCode, header::HeaderMap};
use serde::Deserialize;
use serde_json::Value;

/// An answer to a GraphQL request.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status of the response.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// `data`, `errors` and `extensions`.
    pub body: Value,
}

/// What a person can mend.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct UserError {
    /// Its code.
    pub code: String,
    /// Its message, in the language that was asked for.
    pub message: String,
    /// Path into the input.
    #[serde(default)]
    pub field: Option<Vec<String>>,
}

impl UserError {
    /// The path into the input as one text, such as `input.targets.3.value`.
    #[must_use]
    pub fn path(&self) -> String {
        self.field.clone().unwrap_or_default().join(".")
    }
}

impl Answer {
    /// The answer, when nothing went wrong.
    ///
    /// # Panics
    /// With the errors, when there are any, and with the userErrors of any payload.
    #[track_caller]
    pub fn ok(self) -> Self {
        let refused = self.body["data"].as_object().into_iter().flatten().any(|(_, payload)| {
            payload["userErrors"].as_array().is_some_and(|all| !all.is_empty())
        });
        assert!(self.errors().is_empty() && !refused, "an answer without errors, but:\n{self}");
        self
    }

    /// What lies at a path in `data`, such as `goals.nodes.0.name`; null when there is nothing.
    #[must_use]
    pub fn data(&self, path: &str) -> &Value {
        let pointer = format!("/data/{}", path.replace('.', "/"));
        self.body.pointer(&pointer).unwrap_or(&Value::Null)
    }

    /// The text that lies at a path in `data`.
    ///
    /// # Panics
    /// When there is no text.
    #[track_caller]
    #[must_use]
    pub fn text(&self, path: &str) -> &str {
        match self.data(path) {
            Value::String(text) => text,
            other => panic!("text at {path}, but {other} in:\n{self}"),
        }
    }

    /// The values at a path in each element of a list, such as `names("goals.nodes", "name")`.
    ///
    /// # Panics
    /// When there is no list.
    #[track_caller]
    #[must_use]
    pub fn each(&self, list: &str, field: &str) -> Vec<&Value> {
        let Value::Array(elements) = self.data(list) else {
            panic!("a list at {list} in:\n{self}")
        };
        let pointer = format!("/{}", field.replace('.', "/"));
        elements.iter().map(|element| element.pointer(&pointer).unwrap_or(&Value::Null)).collect()
    }

    /// The top-level errors.
    #[must_use]
    pub fn errors(&self) -> &[Value] {
        self.body["errors"].as_array().map_or(&[], Vec::as_slice)
    }

    /// The code of the one top-level error.
    ///
    /// # Panics
    /// When there is none, or more than one.
    #[track_caller]
    #[must_use]
    pub fn code(&self) -> &str {
        match self.errors() {
            [error] => error["extensions"]["code"].as_str().unwrap_or("(no code)"),
            _ => panic!("one error, but:\n{self}"),
        }
    }

    /// The userErrors of a mutation's payload.
    ///
    /// # Panics
    /// When there is no such payload.
    #[track_caller]
    #[must_use]
    pub fn user_errors(&self, mutation: &str) -> Vec<UserError> {
        let errors = self.data(&format!("{mutation}.userErrors"));
        serde_json::from_value(errors.clone())
            .unwrap_or_else(|error| panic!("userErrors of {mutation} ({error}) in:\n{self}"))
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:#}", self.status, self.body)
    }
}
