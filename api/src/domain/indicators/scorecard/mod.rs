//! What a dashboard shows: every indicator of a unit in one period, against target and last year.

mod load;
mod row;
mod sql;

pub use load::{Asked, load};
pub use row::Row;
