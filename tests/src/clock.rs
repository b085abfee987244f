//! A clock that stands still until a test moves it.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

/// The server's clock in a test. It begins at 2024-05-15T08:00:00Z: UR1 is over, UR2 is not.
#[derive(Clone)]
pub struct Clock(Arc<Mutex<DateTime<Utc>>>);

impl Clock {
    /// What it says.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("a clock that nobody broke")
    }

    /// Sets it to eight in the morning (UTC) of a day.
    pub fn set(&self, year: i32, month: u32, day: u32) {
        let day = NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar");
        let morning = NaiveTime::from_hms_opt(8, 0, 0).expect("eight in the morning");
        *self.0.lock().expect("a clock that nobody broke") = day.and_time(morning).and_utc();
    }

    /// Moves it on.
    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().expect("a clock that nobody broke") += by;
    }
}

impl Default for Clock {
    fn default() -> Self {
        let clock = Self(Arc::default());
        clock.set(2024, 5, 15);
        clock
    }
}
