//! A set of period kinds in one small number, so that "measured in UR1" is one comparison in SQL.

use sea_orm::entity::prelude::*;

use crate::{tracked::Shown, vocabulary::PeriodKind};

/// For which kinds of period an indicator is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, DeriveValueType)]
pub struct PeriodKinds(pub i32);

impl PeriodKinds {
    /// The bit of one kind.
    #[must_use]
    pub const fn bit(kind: PeriodKind) -> i32 {
        match kind {
            PeriodKind::Month => 1,
            PeriodKind::Ur1 => 2,
            PeriodKind::Ur2 => 4,
            PeriodKind::Ar => 8,
        }
    }

    /// The kinds in the set, in the order of the year.
    #[must_use]
    pub fn kinds(self) -> Vec<PeriodKind> {
        PeriodKind::ALL.iter().copied().filter(|kind| self.0 & Self::bit(*kind) != 0).collect()
    }
}

impl FromIterator<PeriodKind> for PeriodKinds {
    fn from_iter<I: IntoIterator<Item = PeriodKind>>(kinds: I) -> Self {
        Self(kinds.into_iter().fold(0, |set, kind| set | Self::bit(kind)))
    }
}

impl Shown for PeriodKinds {
    fn shown(&self) -> Option<String> {
        Some(self.kinds().into_iter().map(PeriodKind::as_str).collect::<Vec<_>>().join(", "))
    }
}
