//! Every scenario of Rödtråd's behaviour, in one binary.

mod harness;
mod schema;
mod storage;
mod tidy;
