//! What each code looks like, so that a page need not tell by colour alone (WCAG 2.1, 1.4.1 and 1.4.11).

/// How one code is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegendEntry {
    /// The code as the API writes it.
    pub code: &'static str,
    /// What it is called in Swedish.
    pub label_sv: &'static str,
    /// What it is called in English.
    pub label_en: &'static str,
    /// A sign that no other code has, and that can be told apart without colour.
    pub symbol: &'static str,
    /// `#RRGGBB`, at least 3:1 against white.
    pub colour: &'static str,
    /// Lower comes first in a list that starts with the worst; compares within one vocabulary.
    pub sort_weight: i32,
}

const fn entry(
    code: &'static str,
    label_sv: &'static str,
    label_en: &'static str,
    symbol: &'static str,
    colour: &'static str,
    sort_weight: i32,
) -> LegendEntry {
    LegendEntry { code, label_sv, label_en, symbol, colour, sort_weight }
}

const GREEN: &str = "#1B7F3B";
const YELLOW: &str = "#A86E00";
const RED: &str = "#C4262E";
const BLUE: &str = "#1F5FA8";
const GREY: &str = "#6B6B6B";

/// Every code of the lights, the trends and the progress of work. A code means the same wherever it occurs.
pub const LEGEND: &[LegendEntry] = &[
    entry("RED", "Röd", "Red", "■", RED, 10),
    entry("YELLOW", "Gul", "Yellow", "▲", YELLOW, 20),
    entry("MISSING", "Utfall saknas", "No outcome", "○", GREY, 30),
    entry("GREEN", "Grön", "Green", "●", GREEN, 40),
    entry("NO_TARGET", "Inget målvärde", "No target", "◇", BLUE, 50),
    entry("NONE", "Ingen bedömning", "Not assessed", "–", GREY, 60),
    entry("DECLINING", "Försämras", "Declining", "↘", RED, 10),
    entry("STABLE", "Oförändrad", "Stable", "→", BLUE, 20),
    entry("IMPROVING", "Förbättras", "Improving", "↗", GREEN, 30),
    entry("UNKNOWN", "Kan inte avgöras", "Unknown", "?", GREY, 40),
    entry("DELAYED", "Försenad", "Delayed", "!", RED, 10),
    entry("NOT_STARTED", "Ej påbörjad", "Not started", "□", GREY, 20),
    entry("ONGOING", "Pågår", "Ongoing", "▶", BLUE, 30),
    entry("DONE", "Klar", "Done", "✓", GREEN, 40),
    entry("CANCELLED", "Avbruten", "Cancelled", "✕", GREY, 50),
];

/// How that code is shown.
#[must_use]
pub fn legend_entry(code: &str) -> Option<&'static LegendEntry> {
    LEGEND.iter().find(|entry| entry.code == code)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use entity::vocabulary::{IndicatorStatus, ProgressStatus, StatusLight, Trend};

    use super::*;

    #[test]
    fn every_code_has_one_entry_and_a_sign_of_its_own() {
        let codes: HashSet<_> = LEGEND.iter().map(|entry| entry.code).collect();
        let symbols: HashSet<_> = LEGEND.iter().map(|entry| entry.symbol).collect();
        assert_eq!((codes.len(), symbols.len()), (LEGEND.len(), LEGEND.len()));

        let lights = StatusLight::ALL.iter().map(|code| code.as_str());
        let known: HashSet<_> = lights
            .chain(IndicatorStatus::ALL.iter().map(|code| code.as_str()))
            .chain(Trend::ALL.iter().map(|code| code.as_str()))
            .chain(ProgressStatus::ALL.iter().map(|code| code.as_str()))
            .collect();
        assert_eq!(codes, known);
    }

    #[test]
    fn worst_comes_first() {
        let mut lights: Vec<_> = IndicatorStatus::ALL
            .iter()
            .filter_map(|status| legend_entry(status.as_str()))
            .collect();
        lights.sort_by_key(|entry| entry.sort_weight);
        let codes: Vec<_> = lights.iter().map(|entry| entry.code).collect();
        assert_eq!(codes, ["RED", "YELLOW", "MISSING", "GREEN", "NO_TARGET"]);
    }

    #[test]
    fn colours_stand_out_from_white() {
        for entry in LEGEND {
            assert!(entry.colour.len() == 7 && entry.colour.starts_with('#'), "{}", entry.code);
            let contrast = 1.05 / (luminance(entry.colour) + 0.05);
            assert!(contrast >= 3.0, "{} has {contrast:.2}:1", entry.code);
        }
    }

    /// The relative luminance of WCAG 2.1.
    fn luminance(colour: &str) -> f64 {
        let channel = |from: usize| {
            let hex = colour.get(from..from + 2).unwrap_or_default();
            let value = f64::from(u8::from_str_radix(hex, 16).unwrap_or(u8::MAX)) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }
}
