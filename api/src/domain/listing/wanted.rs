//! Which rows of a list are asked for.

use entity::tracked::Seen;
use sea_orm::Condition;

/// Which of the rows that the viewer sees.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub(super) condition: Condition,
    /// Whether the condition itself lets nothing else through.
    pub(super) is_seen: bool,
}

impl From<Condition> for Wanted {
    fn from(condition: Condition) -> Self {
        Self { condition, is_seen: false }
    }
}

impl Wanted {
    /// Those that are seen so, and for which the condition holds.
    pub fn of(seen: Seen, condition: Condition) -> Self {
        Self {
            condition: Condition::all().add(Condition::from(seen)).add(condition),
            is_seen: true,
        }
    }
}
