//! Rödtråd: planning and follow-up for Swedish regions and municipalities.
//!
//! `http -> graphql -> domain -> entity`, and the arrows never turn.

pub mod access;
pub mod answers;
pub mod app;
pub mod cli;
pub mod config;
pub mod db;
pub mod demo;
pub mod domain;
pub mod error;
pub mod fresh;
pub mod graphql;
pub mod http;
