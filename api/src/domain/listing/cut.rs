//! Which part of a list a caller asks for.

use crate::error::{Error, Result};

/// The page size unless said.
pub const DEFAULT_SIZE: u64 = 50;
/// The largest page.
pub const LARGEST: u64 = 200;
/// The most rows of a list that is kept short and read whole.
pub const WHOLE: u64 = 500;

/// Which part of a list is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cut {
    /// How many rows at most.
    pub size: u64,
    /// Whether it is the last rows that are asked for.
    pub backwards: bool,
    /// Where it begins (or, backwards, ends), exclusive.
    pub cursor: Option<String>,
    /// Whether the number of all rows is wanted.
    pub counted: bool,
    /// Of which rows the cursors are wanted.
    pub marked: Marked,
    /// Whether the units of the rows are wanted with them.
    pub with_units: bool,
}

/// Of which rows of a page the cursors are wanted: making them is more work than reading the row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Marked {
    /// Of none.
    None,
    /// Of the first and the last.
    Ends,
    /// Of every row.
    #[default]
    All,
}

impl Default for Cut {
    fn default() -> Self {
        Self {
            size: DEFAULT_SIZE,
            backwards: false,
            cursor: None,
            counted: false,
            marked: Marked::None,
            with_units: false,
        }
    }
}

impl Cut {
    /// Checks what a caller asked for.
    ///
    /// # Errors
    /// [`Error::BadInput`] for a negative or too large page, or for both directions at once.
    pub fn new(
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        counted: bool,
    ) -> Result<Self> {
        let bad = |text: &str| Err(Error::BadInput(text.to_owned()));
        if first.is_some() && last.is_some() {
            return bad("Give `first` or `last`, not both.");
        }
        let backwards = last.is_some() || (before.is_some() && first.is_none() && after.is_none());
        if (backwards && after.is_some()) || (!backwards && before.is_some()) {
            return bad("Give `first` with `after`, or `last` with `before`.");
        }
        let name = if backwards { "last" } else { "first" };
        let size = match first.or(last) {
            None => DEFAULT_SIZE,
            Some(size) => match u64::try_from(size) {
                Ok(size) if size <= LARGEST => size,
                _ => return bad(&format!("`{name}` must be from 0 to {LARGEST}, not {size}.")),
            },
        };
        let cursor = if backwards { before } else { after };
        Ok(Self { size, backwards, cursor, counted, marked: Marked::All, with_units: false })
    }
}
