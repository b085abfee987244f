//! Every scenario of Rödtråd's behaviour, in one binary.

mod access;
mod answers;
mod bad_input;
mod budgets;
mod demo;
mod direct;
mod durability;
mod follow_up;
mod harness;
mod indicators;
mod live;
mod nested;
mod organisation;
mod planning;
mod plans;
mod schema;
mod sign_in;
mod statements;
mod storage;
mod tidy;
