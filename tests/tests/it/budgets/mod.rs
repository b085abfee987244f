//! Budgets, and what comes of them.

mod investment;
