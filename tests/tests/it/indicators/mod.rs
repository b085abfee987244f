//! Indicators, their targets and outcomes, and what is put together from them.

mod bulk;
