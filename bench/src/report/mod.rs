//! The results, in Markdown.

mod head;
mod tables;
mod targets;

#[cfg(test)]
mod tests;

pub use head::head;
pub use tables::section;
pub use targets::targets;
