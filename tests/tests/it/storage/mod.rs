//! What both databases promise by themselves, whatever the code above them does.

mod checks;
mod crash;
mod entities;
mod keys;
mod migrations;
mod order;
mod reading;
mod rows;
mod sums;
mod tables;
