//! The year's wheel (årshjulet): what is to happen at a unit, and when its reports are due.

mod deadline;
mod due;
mod fields;
mod proposal;
mod wheel;
mod write;

pub use due::{due_days, due_on};
pub use fields::CalendarEventFields;
pub use proposal::{follow, propose};
pub use wheel::{Wheel, of_wheels};
pub use write::{create, delete, update};

use entity::follow_up::calendar_event;

use crate::{
    domain::organisation::period::Period,
    error::{Error, Result},
};

/// The period that an event is about.
///
/// # Errors
/// [`Error::Internal`] for one that cannot be.
pub fn period_of(event: &calendar_event::Model) -> Result<Option<Period>> {
    let period = event.period().map(|(year, kind)| Period::new(year, kind, None));
    period.transpose().map_err(Error::internal)
}
