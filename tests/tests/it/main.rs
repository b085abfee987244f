//! Every scenario of Rödtråd's behaviour, in one binary.

mod storage;
