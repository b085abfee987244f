//! What a dashboard shows: every indicator of a unit in one period, against target and last year.

mod load;
mod row;

pub use load::{Asked, indicators};
pub use row::Row;
