//! Stub.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{sight::Sight, vocabulary::Currency};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{domain::organisation::period::Period, error::Result};

/// What has been spent of a budget in a period.
#[derive(Clone, Copy, Debug)]
pub struct FollowUp {
    /// In what it is.
    pub currency: Currency,
    /// The frame.
    pub frame: i128,
    /// Spent.
    pub spent: i128,
    /// Expected.
    pub forecast: i128,
    /// Items.
    pub items: u32,
    /// Reported on.
    pub reported: u32,
    /// Last change.
    pub at: Option<DateTime<Utc>>,
}

/// Stub.
///
/// # Errors
/// None.
pub async fn follow_ups(
    _: &impl ConnectionTrait,
    _: &Sight,
    _: &[(Uuid, Period)],
) -> Result<HashMap<(Uuid, Period), FollowUp>> {
    Ok(HashMap::new())
}
