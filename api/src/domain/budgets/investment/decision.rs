//! When something was decided.

use chrono::NaiveDate;

use crate::domain::{
    form::Form,
    problem::{Code, Problem},
};

/// Nothing has been decided tomorrow.
pub(super) fn not_in_future(form: &mut Form, decided_on: NaiveDate, today: NaiveDate) {
    if decided_on > today {
        form.problem(
            Problem::new(
                Code::Invalid,
                format!("Beslutsdagen {decided_on} har inte varit än."),
                format!("The day of decision, {decided_on}, has not come yet."),
            )
            .at("decidedOn"),
        );
    }
}
