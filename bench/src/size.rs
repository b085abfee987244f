//! How much data is made up.

use std::{fmt, str::FromStr};

/// How much data is made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Units below the root.
    pub units: usize,
    /// Indicators.
    pub indicators: usize,
    /// Years.
    pub years: usize,
}

/// Twelve months and three follow-ups.
const PERIODS: usize = 15;

const NAMED: [(&str, Size); 3] = [
    ("S", Size { units: 50, indicators: 200, years: 3 }),
    ("M", Size { units: 200, indicators: 200, years: 3 }),
    ("L", Size { units: 1_000, indicators: 200, years: 3 }),
];

impl Size {
    /// Its outcomes.
    pub fn outcomes(&self) -> usize {
        self.units * self.indicators * self.years * PERIODS
    }

    /// How many indicators it takes for as many outcomes, at most all.
    pub fn indicators_of(&self, outcomes: usize) -> usize {
        let each = self.units * self.years * PERIODS;
        outcomes.div_ceil(each.max(1)).clamp(1, self.indicators.max(1))
    }

    /// What people call it.
    pub fn title(&self) -> String {
        match NAMED.iter().find(|(_, size)| size == self) {
            Some((name, _)) => format!("{name} ({self})"),
            None => self.to_string(),
        }
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some((_, size)) = NAMED.iter().find(|(name, _)| *name == text) {
            return Ok(*size);
        }
        let numbers = text.split('x').map(str::parse).collect::<Result<Vec<_>, _>>();
        match numbers.as_deref() {
            Ok([units, indicators, years]) => {
                Ok(Self { units: *units, indicators: *indicators, years: *years })
            }
            _ => Err("give S, M, L, or units x indicators x years, such as 50x200x3".to_owned()),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { units, indicators, years } = self;
        write!(f, "{units}x{indicators}x{years}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_names() {
        for (text, outcomes, title, indicators) in [
            ("S", 450_000, "S (50x200x3)", 20),
            ("M", 1_800_000, "M (200x200x3)", 5),
            ("L", 9_000_000, "L (1000x200x3)", 1),
            ("50x200x3", 450_000, "S (50x200x3)", 20),
            ("10x50x2", 15_000, "10x50x2", 50),
        ] {
            let size: Size = text.parse().unwrap();
            assert_eq!((size.outcomes(), size.title().as_str()), (outcomes, title));
            assert_eq!(size.indicators_of(45_000), indicators, "{text}");
        }
        assert!("XL".parse::<Size>().is_err() && "1x2".parse::<Size>().is_err());
    }
}
