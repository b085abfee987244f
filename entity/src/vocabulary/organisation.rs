//! Units and periods.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// What sort of unit this is (fullmäktige, nämnd, förvaltning, område, avdelning, enhet, bolag).
    OrgUnitKind {
        /// Fullmäktige.
        Council = "COUNCIL",
        /// Nämnd or styrelse.
        Board = "BOARD",
        /// Förvaltning.
        Administration = "ADMINISTRATION",
        /// Verksamhetsområde.
        Area = "AREA",
        /// Avdelning or stab.
        Department = "DEPARTMENT",
        /// Enhet.
        Unit = "UNIT",
        /// Bolag.
        Company = "COMPANY",
    }
}

vocabulary! {
    /// The kinds of period that outcomes and reports are for.
    PeriodKind {
        /// One month (månad).
        Month = "MONTH",
        /// The first follow-up, from 1 January (UR1).
        Ur1 = "UR1",
        /// The second follow-up, from 1 January (UR2).
        Ur2 = "UR2",
        /// The whole year (årsrapport, ÅR).
        Ar = "AR",
    }
}
