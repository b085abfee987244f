//! PostgreSQL's arrays as they come over the wire: a head, then each element after its length. A sum has a hundred thousand
//! of them, and to read each as a value takes longer than to add them up.

use sea_orm::sqlx::{
    Row as _, ValueRef as _,
    postgres::{PgRow, PgValueFormat},
};

use crate::error::{Error, Result};

/// The elements of an array, each of so many bytes; none for null.
pub(super) struct Elements<'r, const BYTES: usize> {
    left: usize,
    bytes: &'r [u8],
}

impl<'r, const BYTES: usize> Elements<'r, BYTES> {
    /// Those of a column; where it is null there are none.
    pub(super) fn of(row: &'r PgRow, column: &str) -> Result<Self> {
        let value = row.try_get_raw(column).map_err(Error::internal)?;
        if value.is_null() {
            return Ok(Self { left: 0, bytes: &[] });
        }
        if value.format() != PgValueFormat::Binary {
            return Err(Error::internal("an array as text"));
        }
        let bytes = value.as_bytes().map_err(Error::internal)?;
        Self::read(bytes).ok_or_else(|| Error::internal("an array of another shape"))
    }

    fn read(bytes: &'r [u8]) -> Option<Self> {
        let (dimensions, bytes) = number(bytes)?;
        // Whether any is null, and of what type they are.
        let bytes = bytes.get(8..)?;
        if dimensions == 0 {
            return Some(Self { left: 0, bytes });
        }
        let (left, bytes) = number(bytes)?;
        (dimensions == 1)
            .then(|| Some(Self { left: usize::try_from(left).ok()?, bytes: bytes.get(4..)? }))?
    }

    /// How many there still are.
    pub(super) fn len(&self) -> usize {
        self.left
    }
}

impl<const BYTES: usize> Iterator for Elements<'_, BYTES> {
    type Item = Option<[u8; BYTES]>;

    /// An element of another length is the end.
    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let (length, bytes) = number(self.bytes)?;
        self.bytes = bytes;
        if length < 0 {
            return Some(None);
        }
        let (element, bytes) = bytes.split_first_chunk()?;
        self.bytes = bytes;
        (usize::try_from(length) == Ok(BYTES)).then_some(Some(*element))
    }
}

fn number(bytes: &[u8]) -> Option<(i32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((i32::from_be_bytes(*number), rest))
}

#[cfg(test)]
mod tests {
    use super::Elements;

    fn array(dimensions: i32, elements: &[Option<&[u8]>]) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(dimensions.to_be_bytes());
        bytes.extend([0; 8]);
        if dimensions > 0 {
            bytes.extend(i32::try_from(elements.len()).unwrap().to_be_bytes());
            bytes.extend(1_i32.to_be_bytes());
        }
        for element in elements {
            let length = element.map_or(-1, |element| i32::try_from(element.len()).unwrap());
            bytes.extend(length.to_be_bytes());
            bytes.extend(element.unwrap_or_default());
        }
        bytes
    }

    #[test]
    fn elements_are_read_as_they_stand() {
        let bytes = array(1, &[Some(&[1, 2]), None, Some(&[3, 4])]);
        let elements = Elements::<2>::read(&bytes).unwrap();
        assert_eq!(elements.len(), 3);
        assert_eq!(elements.collect::<Vec<_>>(), [Some([1, 2]), None, Some([3, 4])]);
        assert_eq!(Elements::<2>::read(&array(0, &[])).unwrap().count(), 0);
    }

    #[test]
    fn what_is_no_such_array_is_not_read() {
        assert!(Elements::<2>::read(&array(2, &[])).is_none());
        assert!(Elements::<2>::read(&[0, 0]).is_none());
        for elements in [[Some(&[1_u8, 2][..]), Some(&[1])], [Some(&[1, 2]), Some(&[1, 2, 3])]] {
            let bytes = array(1, &elements);
            assert_eq!(Elements::<2>::read(&bytes).unwrap().count(), 1);
        }
        let cut = &array(1, &[Some(&[1, 2]), Some(&[1, 2])]);
        assert_eq!(Elements::<2>::read(&cut[..cut.len() - 1]).unwrap().count(), 1);
    }
}
