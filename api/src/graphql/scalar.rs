//! Scalars that mean something in the domain.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{Datelike as _, NaiveDate};

/// An exact decimal number. Travels as a string ("6.5"); a number is accepted too. At most 12 digits before
/// the decimal point and 6 after it, but of money 15 and 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal(pub rust_decimal::Decimal);

/// An exact decimal number. Travels as a string ("6.5"); a number is accepted as well. At most 12 digits before
/// the decimal point and 6 after it, but of money 15 and 2.
#[Scalar]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = match &value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return Err(InputValueError::expected_type(value)),
        };
        let wrong = || {
            InputValueError::custom(format!(
                "\"{}\" is not a decimal number such as \"6.5\".",
                shorten(&text)
            ))
        };
        // Digits and a point only: no "1_000", no "+5", no "NaN".
        let plain = text
            .trim_start_matches('-')
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-'))
            && text.chars().any(|c| c.is_ascii_digit());
        if !plain || text.len() > 64 {
            return Err(wrong());
        }
        rust_decimal::Decimal::from_str_exact(&text)
            .or_else(|_| rust_decimal::Decimal::from_scientific(&text))
            .map(Self)
            .map_err(|_| wrong())
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.normalize().to_string())
    }
}

/// A calendar day, as 2024-04-30.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date(pub NaiveDate);

/// A calendar day, as 2024-04-30 (ISO 8601).
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        day(text).map(Self).ok_or_else(|| {
            InputValueError::custom(format!(
                "\"{}\" is not a day such as 2024-04-30.",
                shorten(text)
            ))
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

/// A year, a month or a day: as precise as is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialDate(pub String);

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.0
    }
}

/// "2021", "2021-02" or "2021-02-15": as precise as is known; compares by the span it covers.
#[Scalar]
impl ScalarType for PartialDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        let first = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            _ => text.clone(),
        };
        day(&first).map(|_| Self(text.clone())).ok_or_else(|| {
            InputValueError::custom(format!(
                "\"{}\" is not a date such as 2021, 2021-02 or 2021-02-15.",
                shorten(text)
            ))
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// Any JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Json(pub Value);

/// Any JSON, as the field that has it describes.
#[Scalar(name = "JSON", specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259")]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        Ok(Self(value))
    }

    fn to_value(&self) -> Value {
        self.0.clone()
    }
}

/// A day of the years 1 to 9999: both databases keep those, and as text they sort by time.
fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|date| (1..=9999).contains(&date.year()) && date.to_string() == text)
}

fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}
