//! What each code of the lights, the trends and the progress of work looks like.

use async_graphql::{Object, SimpleObject};

use crate::domain::indicators::legend as domain;

/// How one code is shown (teckenförklaring), so that a page need not tell by colour alone.
#[derive(SimpleObject, Clone, Debug)]
pub struct LegendEntry {
    /// The code as the API writes it, such as RED, IMPROVING or DELAYED.
    pub code: &'static str,
    /// What it is called in Swedish.
    pub label_sv: &'static str,
    /// What it is called in English.
    pub label_en: &'static str,
    /// A sign that no other code has, and that can be told apart without colour.
    pub symbol: &'static str,
    /// `#RRGGBB`, with a contrast of at least 3:1 against white.
    pub colour: &'static str,
    /// Lower comes first in a list that starts with the worst; compares within one vocabulary.
    pub sort_weight: i32,
}

impl From<domain::LegendEntry> for LegendEntry {
    fn from(entry: domain::LegendEntry) -> Self {
        let domain::LegendEntry { code, label_sv, label_en, symbol, colour, sort_weight } = entry;
        Self { code, label_sv, label_en, symbol, colour, sort_weight }
    }
}

/// Queries about how codes are shown.
#[derive(Default)]
pub struct LegendQuery;

#[Object]
impl LegendQuery {
    /// How each code of the lights, the trends and the progress of work is shown (teckenförklaring). Needs no token.
    async fn legend(&self) -> Vec<LegendEntry> {
        domain::LEGEND.iter().copied().map(Into::into).collect()
    }
}
