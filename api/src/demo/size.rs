//! How much data to make up.

/// Units, indicators and years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Units below the root.
    pub units: u32,
    /// Indicators, each with an outcome for every unit and period.
    pub indicators: u32,
    /// Years, the last of them last year.
    pub years: u32,
}

impl Size {
    /// Reads `50x200x3`.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts: Vec<u32> = text.split('x').map_while(|part| part.parse().ok()).collect();
        match parts.as_slice() {
            [units, indicators, years]
                if text.split('x').count() == 3
                    && (1..=5_000).contains(units)
                    && (1..=2_000).contains(indicators)
                    && (1..=20).contains(years) =>
            {
                Ok(Self { units: *units, indicators: *indicators, years: *years })
            }
            _ => Err("give units x indicators x years, such as 50x200x3 (at most 5000x2000x20)"
                .to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Size;

    #[test]
    fn a_size_is_three_numbers() {
        assert_eq!(Size::parse("50x200x3"), Ok(Size { units: 50, indicators: 200, years: 3 }));
        for wrong in ["", "50", "50x200", "50x200x3x4", "0x1x1", "axbxc", "50x200x-3", "6000x1x1"] {
            assert!(Size::parse(wrong).is_err(), "{wrong}");
        }
    }
}
