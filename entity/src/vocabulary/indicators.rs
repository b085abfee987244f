//! What is measured.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// Which family an indicator belongs to.
    IndicatorCategory {
        /// Medarbetare.
        Staff = "STAFF",
        /// Ekonomi.
        Economy = "ECONOMY",
        /// Förvaltningsspecifik.
        Specific = "SPECIFIC",
    }
}

vocabulary! {
    /// Which way is better.
    IndicatorDirection {
        /// Högre är bättre.
        HigherIsBetter = "HIGHER_IS_BETTER",
        /// Lägre är bättre.
        LowerIsBetter = "LOWER_IS_BETTER",
        /// Närmare målet är bättre.
        CloserIsBetter = "CLOSER_IS_BETTER",
        /// Inget är bättre; aldrig ett ljus.
        Neutral = "NEUTRAL",
    }
}

vocabulary! {
    /// How outcomes are put together up the unit tree.
    IndicatorAggregation {
        /// Not at all.
        None = "NONE",
        /// The sum of the parts.
        Sum = "SUM",
        /// The plain mean of the parts.
        Average = "AVERAGE",
        /// Sum of numerators over sum of denominators.
        Ratio = "RATIO",
    }
}

vocabulary! {
    /// Who decided a target (målnivå).
    DecisionLevel {
        /// Fullmäktige.
        Council = "COUNCIL",
        /// Nämnd.
        Board = "BOARD",
        /// Processägare.
        ProcessOwner = "PROCESS_OWNER",
        /// Processansvarig.
        ProcessManager = "PROCESS_MANAGER",
        /// Enhet.
        Unit = "UNIT",
    }
}

vocabulary! {
    /// Whom an outcome is about (könsuppdelad statistik).
    Gender {
        /// Everybody.
        Total = "TOTAL",
        /// Women.
        Women = "WOMEN",
        /// Men.
        Men = "MEN",
    }
}

vocabulary! {
    /// Why an outcome has no value that counts (bortfall).
    MissingReason {
        /// Har inte mätts.
        NotMeasured = "NOT_MEASURED",
        /// Ej tillämplig.
        NotApplicable = "NOT_APPLICABLE",
        /// Sekretess.
        Confidential = "CONFIDENTIAL",
        /// Finns inte ännu.
        NotYetAvailable = "NOT_YET_AVAILABLE",
        /// Återkallad.
        Withdrawn = "WITHDRAWN",
    }
}

vocabulary! {
    /// Where an outcome comes from.
    OutcomeOrigin {
        /// Somebody reported it.
        Reported = "REPORTED",
        /// It was imported.
        Imported = "IMPORTED",
        /// Put together from the units below.
        Aggregated = "AGGREGATED",
        /// Computed from other figures.
        Computed = "COMPUTED",
    }
}

vocabulary! {
    /// Whether the period's report has been approved.
    OutcomeState {
        /// Not yet (preliminär).
        Preliminary = "PRELIMINARY",
        /// Approved and locked (fastställd).
        Confirmed = "CONFIRMED",
    }
}

vocabulary! {
    /// An indicator's light for one unit and period.
    IndicatorStatus {
        /// Target met.
        Green = "GREEN",
        /// Within the tolerance.
        Yellow = "YELLOW",
        /// Target missed.
        Red = "RED",
        /// No value.
        Missing = "MISSING",
        /// A value, but nothing to hold it against.
        NoTarget = "NO_TARGET",
    }
}

vocabulary! {
    /// The direction since the same period last year.
    Trend {
        /// Blir bättre.
        Improving = "IMPROVING",
        /// Oförändrad.
        Stable = "STABLE",
        /// Blir sämre.
        Declining = "DECLINING",
        /// Kan inte avgöras.
        Unknown = "UNKNOWN",
    }
}
