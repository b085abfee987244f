//! Investment and operating budgets, and what has come of them.

mod economy;
mod investment;
mod operating;
mod operating_follow_up;
mod operating_refusals;
mod operating_saving;
mod operating_sight;
mod operating_tree;
mod real;
mod reported;
