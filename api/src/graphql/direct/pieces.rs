//! Many values, written one after the other, some of which may have failed.

use async_graphql::{ServerError, Value};

use super::json;

/// Many values as JSON.
#[derive(Default)]
pub struct Pieces {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// Values that failed, in their order. Whatever is around such a value fails too, up to what may be null.
    failed: Vec<(usize, ServerError)>,
}

impl Pieces {
    /// Room for so many values of about that size.
    #[must_use]
    pub fn with_capacity(values: usize, each: usize) -> Self {
        let (bytes, ends) = (Vec::with_capacity(values * each), Vec::with_capacity(values));
        Self { bytes, ends, failed: Vec::new() }
    }

    /// Adds the value that is written by `write`.
    pub fn add(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.bytes);
        self.ends.push(self.bytes.len());
    }

    /// Adds a value that failed.
    pub fn fail(&mut self, error: ServerError) {
        self.failed.push((self.ends.len(), error));
        self.add(|out| out.extend_from_slice(b"null"));
    }

    /// Adds a value that the library has resolved.
    pub fn take(&mut self, value: Result<Value, ServerError>) {
        match value {
            Ok(value) => self.add(|out| json::write(&value, out)),
            Err(error) => self.fail(error),
        }
    }

    /// How long all of them are.
    #[must_use]
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// One of them.
    #[must_use]
    pub fn piece(&self, nth: usize) -> &[u8] {
        let Some(end) = self.ends.get(nth) else { return b"null" };
        let start = nth.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.bytes.get(start.unwrap_or_default()..*end).unwrap_or(b"null")
    }

    /// Those that failed, which are written as null.
    pub fn take_failures(&mut self) -> Vec<(usize, ServerError)> {
        std::mem::take(&mut self.failed)
    }

    /// The same, with values that failed before these were written put where they belong.
    #[must_use]
    pub fn among(mut self, failed: Vec<(usize, ServerError)>) -> Self {
        if failed.is_empty() {
            return self;
        }
        let own = self.take_failures();
        let (mut own, mut failed) = (own.into_iter().peekable(), failed.into_iter().peekable());
        let mut all = Self::with_capacity(self.ends.len(), 64);
        for nth in 0..self.ends.len() {
            while let Some((_, error)) = failed.next_if(|(at, _)| *at == all.ends.len()) {
                all.fail(error);
            }
            match own.next_if(|(at, _)| *at == nth) {
                Some((_, error)) => all.fail(error),
                None => all.add(|out| out.extend_from_slice(self.piece(nth))),
            }
        }
        for (_, error) in failed {
            all.fail(error);
        }
        all
    }

    /// All of them, without anything between.
    ///
    /// # Errors
    /// That of the first that failed.
    pub fn into_bytes(self) -> Result<Vec<u8>, ServerError> {
        match self.failed.into_iter().next() {
            Some((_, error)) => Err(error),
            None => Ok(self.bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> ServerError {
        ServerError::new(text, None)
    }

    #[test]
    fn what_failed_before_is_put_where_it_belongs() {
        let mut written = Pieces::default();
        written.add(|out| out.extend_from_slice(b"1"));
        written.fail(error("inner"));
        written.add(|out| out.extend_from_slice(b"3"));
        let failed = [(0, "first"), (2, "middle"), (3, "next"), (6, "last")];
        let failed = failed.map(|(nth, text)| (nth, error(text))).to_vec();
        let mut all = written.among(failed);
        let pieces: Vec<&[u8]> = (0..8).map(|nth| all.piece(nth)).collect();
        let null: &[u8] = b"null";
        assert_eq!(pieces, [null, b"1", null, null, null, b"3", null, null]);
        let said: Vec<(usize, String)> =
            all.take_failures().into_iter().map(|(nth, error)| (nth, error.message)).collect();
        let wanted = [(0, "first"), (2, "middle"), (3, "next"), (4, "inner"), (6, "last")];
        assert_eq!(said, wanted.map(|(nth, text)| (nth, text.to_owned())));
    }
}
