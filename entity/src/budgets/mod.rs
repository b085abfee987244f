//! Investment and operating budgets, and what has come of them.

pub mod budget_line;
pub mod budget_line_follow_up;
pub mod economy_decision;
pub mod followed;
pub mod frame_change;
pub mod investment_budget;
pub mod investment_follow_up;
pub mod investment_item;
pub mod investment_part;
pub mod investment_transfer;
pub mod investment_year;
pub mod operating_budget;

use crate::vocabulary::PeriodKind;

/// A period as the log of changes shows it: "UR1 2024", "MONTH 3 2024".
fn period_shown(year: i32, kind: PeriodKind, month: i32) -> Option<String> {
    Some(match kind {
        PeriodKind::Month => format!("{} {month} {year}", kind.as_str()),
        _ => format!("{} {year}", kind.as_str()),
    })
}
