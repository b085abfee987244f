//! Every scenario of Rödtråd's behaviour, in one binary.

mod durability;
mod harness;
mod schema;
mod storage;
mod tidy;
