//! Rödtråd: planning and follow-up for Swedish regions and municipalities.
//!
//! `http -> graphql -> domain -> entity`, and the arrows never turn.

pub mod access;
pub mod db;
pub mod domain;
pub mod error;
pub mod graphql;
