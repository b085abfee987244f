//! The unit tree, and what an organisation calls its year.

mod cycle;
mod tree;
