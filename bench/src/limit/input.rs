//! The variables of each query, and its statement with them.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, de::Error as _};
use sqlx::{Postgres, postgres::PgArguments, query::QueryScalar, query_scalar};
use uuid::Uuid;

/// A statement that gives the whole answer as text.
pub type Query = QueryScalar<'static, Postgres, String, PgArguments>;

/// What can be asked.
pub trait Ask {
    /// Its one statement.
    fn query(self) -> Result<Query, &'static str>;
}

/// A global id: what type it is of, and the key.
pub struct Id(Uuid);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let bytes = URL_SAFE_NO_PAD.decode(text.as_bytes()).map_err(D::Error::custom)?;
        let key = bytes.get(1..).ok_or_else(|| D::Error::custom("no id"))?;
        Uuid::from_slice(key).map(Self).map_err(D::Error::custom)
    }
}

fn keys(ids: Vec<Id>) -> Vec<Uuid> {
    ids.into_iter().map(|id| id.0).collect()
}

/// The least that there is to ask.
#[derive(Deserialize)]
pub struct Indicator {
    indicator: Id,
}

impl Ask for Indicator {
    fn query(self) -> Result<Query, &'static str> {
        Ok(query_scalar(include_str!("sql/indicator.sql")).bind(self.indicator.0))
    }
}

/// A whole plan.
#[derive(Deserialize)]
pub struct RedThread {
    plan: Id,
}

impl Ask for RedThread {
    fn query(self) -> Result<Query, &'static str> {
        Ok(query_scalar(include_str!("sql/red-thread.sql")).bind(self.plan.0))
    }
}

/// One indicator over all units.
#[derive(Deserialize)]
pub struct Units {
    indicator: Id,
    year: i32,
}

impl Ask for Units {
    fn query(self) -> Result<Query, &'static str> {
        Ok(query_scalar(include_str!("sql/units.sql")).bind(self.indicator.0).bind(self.year))
    }
}

/// The highest outcomes of some indicators.
#[derive(Deserialize)]
pub struct Page {
    indicators: Vec<Id>,
}

impl Ask for Page {
    fn query(self) -> Result<Query, &'static str> {
        Ok(query_scalar(include_str!("sql/page.sql")).bind(keys(self.indicators)))
    }
}

/// The charts of a page.
#[derive(Deserialize)]
pub struct Series {
    unit: Id,
    indicators: Vec<Id>,
    from: String,
    to: String,
}

impl Ask for Series {
    fn query(self) -> Result<Query, &'static str> {
        Ok(query_scalar(include_str!("sql/series.sql"))
            .bind(self.unit.0)
            .bind(keys(self.indicators))
            .bind(self.from)
            .bind(self.to))
    }
}

/// A dashboard's first page.
#[derive(Deserialize)]
pub struct Scorecard {
    unit: Id,
    period: Period,
    indicators: Vec<Id>,
}

#[derive(Deserialize)]
struct Period {
    year: i32,
    kind: String,
    month: Option<i32>,
}

impl Ask for Scorecard {
    fn query(self) -> Result<Query, &'static str> {
        let bit: i32 = match self.period.kind.as_str() {
            "MONTH" => 1,
            "UR1" => 2,
            "UR2" => 4,
            "AR" => 8,
            _ => return Err("no such kind of period"),
        };
        Ok(query_scalar(include_str!("sql/scorecard.sql"))
            .bind(self.unit.0)
            .bind(self.period.year)
            .bind(self.period.kind)
            .bind(self.period.month.unwrap_or(0))
            .bind(bit)
            .bind(keys(self.indicators)))
    }
}
