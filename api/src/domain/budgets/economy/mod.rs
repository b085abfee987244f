//! The economy of units (ekonomi): six measures that are worked out from budgets and their follow-ups, and never typed in.
//!
//! What a unit itself has followed up always wins; where it has followed up nothing, the nearest units below speak for it,
//! put together as any other figures are. What was approved with a report stays as it was.

mod decided;
mod holding;
mod load;
mod material;
mod measured;
mod own;
pub mod rule;
mod summary;
mod sums;

pub use decided::{forget, settle};
pub use load::{Economies, Economy, EconomyKey, load};
pub use measured::{Computed, figures, scale};
pub use summary::{Summary, summaries};
