//! Every scenario of Rödtråd's behaviour, in one binary.

mod bad_input;
mod durability;
mod harness;
mod schema;
mod storage;
mod tidy;
