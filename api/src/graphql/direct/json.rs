//! Values as JSON, what has been written already as it is.

use std::{fmt::Display, io::Write as _};

use async_graphql::Value;

/// Writes a value of the library's. [`Value::Binary`] is JSON that was written before.
pub fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Boolean(true) => out.extend_from_slice(b"true"),
        Value::Boolean(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => write_plain(number, out),
        Value::String(text) => write_text(text, out),
        Value::Enum(name) => write_text(name, out),
        Value::Binary(written) => out.extend_from_slice(written),
        Value::List(values) => {
            out.push(b'[');
            for (nth, value) in values.iter().enumerate() {
                if nth > 0 {
                    out.push(b',');
                }
                write(value, out);
            }
            out.push(b']');
        }
        Value::Object(fields) => {
            out.push(b'{');
            for (nth, (name, value)) in fields.iter().enumerate() {
                if nth > 0 {
                    out.push(b',');
                }
                write_text(name, out);
                out.push(b':');
                write(value, out);
            }
            out.push(b'}');
        }
    }
}

/// Writes a text with its quotes.
pub fn write_text(text: &str, out: &mut Vec<u8>) {
    if text.bytes().any(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
        // Writing to a Vec cannot fail.
        let _ = serde_json::to_writer(out, text);
    } else {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    }
}

/// Writes what is shown without quotes and needs no escapes.
pub fn write_plain(value: impl Display, out: &mut Vec<u8>) {
    // Writing to a Vec cannot fail.
    let _ = write!(out, "{value}");
}

/// Writes what is shown in quotes and needs no escapes.
pub fn write_quoted(value: impl Display, out: &mut Vec<u8>) {
    out.push(b'"');
    write_plain(value, out);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use async_graphql::value;

    use super::*;

    fn written(value: &Value) -> String {
        let mut out = Vec::new();
        write(value, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn values_are_written_as_serde_writes_them() {
        let value = value!({
            "text": "å \"quoted\" \\ \n\u{1}\u{7f} 🌲", "": null, "number": -12.5, "whole": 9007199254740993i64,
            "list": [true, false, [], {}],
        });
        let value = Value::List(vec![value, Value::Enum(async_graphql::Name::new("GREEN"))]);
        assert_eq!(written(&value), serde_json::to_string(&value).unwrap());
    }

    #[test]
    fn what_was_written_before_stands_as_it_is() {
        let list = Value::List(vec![Value::Binary(r#"{"a":1}"#.into()), Value::Null]);
        assert_eq!(written(&list), r#"[{"a":1},null]"#);
    }
}
