//! Which tables a statement names, and which of them a logged change of a node may have touched.
//!
//! What an answer depends on is what its statements named: sight, links and sums are in SQL, so that a table which
//! decides anything is in the text, unless the caller's roles decide, by which the answer is found. What a change touches is checked where it is written: a write to a table that the
//! types of its logged nodes do not touch counts as unlogged, and ends everything that is kept.

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
};

use entity::vocabulary::NodeType;

macro_rules! tables {
    ($($table:ident = $name:literal),+ $(,)?) => {
        /// A table of the database.
        #[expect(missing_docs, reason = "They are the database's own names.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Table { $($table),+ }

        impl Table {
            /// Every table that an answer or a write may name.
            pub const ALL: &'static [Self] = &[$(Self::$table),+];

            /// Its name in SQL.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$table => $name),+ }
            }

            fn parse(word: &[u8]) -> Option<Self> {
                match std::str::from_utf8(word).ok()? {
                    $($name => Some(Self::$table),)+
                    _ => None,
                }
            }
        }
    };
}

tables! {
    Actor = "actor",
    OrgUnit = "org_unit",
    OrgUnitClosure = "org_unit_closure",
    ReportingPeriod = "reporting_period",
    RoleGrant = "role_grant",
    ExternalRef = "external_ref",
    Plan = "plan",
    PlanBasis = "plan_basis",
    PlanSection = "plan_section",
    GoverningDocument = "governing_document",
    FocusArea = "focus_area",
    Goal = "goal",
    Assignment = "assignment",
    Activity = "activity",
    ActivityGoal = "activity_goal",
    Responsibility = "responsibility",
    Indicator = "indicator",
    GoalIndicator = "goal_indicator",
    AssignmentIndicator = "assignment_indicator",
    Target = "target",
    Outcome = "outcome",
    Report = "report",
    Assessment = "assessment",
    ReportEvent = "report_event",
    ReportDecision = "report_decision",
    CalendarEvent = "calendar_event",
    InvestmentBudget = "investment_budget",
    InvestmentPart = "investment_part",
    InvestmentItem = "investment_item",
    InvestmentYear = "investment_year",
    InvestmentFollowUp = "investment_follow_up",
    InvestmentTransfer = "investment_transfer",
    FrameChange = "frame_change",
    OperatingBudget = "operating_budget",
    BudgetLine = "budget_line",
    BudgetLineFollowUp = "budget_line_follow_up",
    EconomyDecision = "economy_decision",
    Change = "change",
    ChangeHead = "change_head",
    Idempotency = "idempotency",
}

/// A set of tables.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Tables(u64);

impl fmt::Debug for Tables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(Table::ALL.iter().filter(|table| self.has(**table))).finish()
    }
}

impl Tables {
    /// That set.
    #[must_use]
    pub const fn of(tables: &[Table]) -> Self {
        let (mut bits, mut rest) = (0, tables);
        while let Some((table, others)) = rest.split_first() {
            bits |= 1 << *table as u64;
            rest = others;
        }
        Self(bits)
    }

    /// The tables that a statement names. A column that is called like a table counts too, which does no harm.
    #[must_use]
    pub fn named(sql: &str) -> Self {
        words(sql)
            .filter_map(Table::parse)
            .fold(Self::default(), |all, table| all.and(Self::of(&[table])))
    }

    /// The tables that a statement changes so that somebody could see it. Nothing for one that only reads, all for one
    /// that is not understood.
    #[must_use]
    pub fn written(sql: &str) -> Self {
        let mut words = words(sql);
        let verb = words.next().unwrap_or_default();
        let is = |word: &[u8], verb: &str| word.eq_ignore_ascii_case(verb.as_bytes());
        let changes = |word: &[u8]| CHANGES.iter().any(|change| is(word, change));
        if is(verb, "select") || is(verb, "with") && !words.clone().any(changes) {
            return Self::default();
        }
        let (insert, change) = (is(verb, "insert"), changes(verb));
        match words.find_map(Table::parse).filter(|_| change) {
            // Nothing names an actor before it is there; and no answer shows what came of a key.
            Some(Table::Actor) if insert => Self::default(),
            Some(Table::Idempotency) => Self::default(),
            Some(table) => Self::of(&[table]),
            None => Self(u64::MAX),
        }
    }

    /// These and those.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether one of those is among these.
    #[must_use]
    pub const fn meets(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Whether all of those are among these.
    #[must_use]
    pub const fn covers(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }

    /// Whether this one is among these.
    #[must_use]
    pub const fn has(self, table: Table) -> bool {
        self.meets(Self::of(&[table]))
    }

    /// The types of node whose changes may touch one of these.
    #[must_use]
    pub fn nodes(self) -> Nodes {
        let touching = NodeType::ALL.iter().filter(|node| touched(**node).meets(self));
        touching.fold(Nodes::default(), |all, node| Nodes(all.0 | Nodes::of(&[*node]).0))
    }
}

/// What a statement says that changes rows.
const CHANGES: [&str; 4] = ["insert", "update", "delete", "merge"];

fn words(sql: &str) -> impl Iterator<Item = &[u8]> + Clone {
    sql.as_bytes()
        .split(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_')
        .filter(|word| !word.is_empty())
}

/// The tables that a logged change of such a node may have touched.
#[must_use]
pub const fn touched(node: NodeType) -> Tables {
    use Table as T;
    let own: &[Table] = match node {
        // Moving a unit also decides anew which outcomes would give a confidential one away, and which budgets
        // count where.
        NodeType::OrgUnit => {
            &[T::OrgUnit, T::OrgUnitClosure, T::ReportingPeriod, T::Outcome, T::InvestmentPart]
        }
        // A draft goes with all that is in it, and with the targets that were set for it.
        NodeType::Plan => &[
            T::Plan,
            T::PlanBasis,
            T::PlanSection,
            T::GoverningDocument,
            T::FocusArea,
            T::Goal,
            T::GoalIndicator,
            T::Assignment,
            T::AssignmentIndicator,
            T::Activity,
            T::ActivityGoal,
            T::Responsibility,
            T::Target,
            // A draft stands for nothing that is decided.
            T::InvestmentPart,
        ],
        NodeType::PlanSection => &[T::PlanSection],
        NodeType::GoverningDocument => &[T::GoverningDocument],
        NodeType::FocusArea => &[T::FocusArea],
        NodeType::Goal => &[T::Goal, T::GoalIndicator],
        NodeType::Assignment => &[T::Assignment, T::AssignmentIndicator, T::Responsibility],
        NodeType::Activity => &[T::Activity, T::ActivityGoal, T::Responsibility],
        // So does changing how an indicator is put together.
        NodeType::Indicator => &[T::Indicator, T::Outcome],
        NodeType::Target => &[T::Target],
        NodeType::Outcome => &[T::Outcome],
        NodeType::RoleGrant => &[T::RoleGrant],
        NodeType::FollowUpReport => {
            &[T::Report, T::ReportEvent, T::ReportDecision, T::EconomyDecision]
        }
        NodeType::Assessment => &[T::Assessment],
        NodeType::CalendarEvent => &[T::CalendarEvent],
        NodeType::InvestmentBudget => &[T::InvestmentBudget, T::InvestmentPart],
        NodeType::InvestmentItem => &[T::InvestmentItem, T::InvestmentYear, T::InvestmentPart],
        NodeType::InvestmentItemFollowUp => &[T::InvestmentFollowUp],
        NodeType::InvestmentTransfer => &[T::InvestmentTransfer],
        NodeType::FrameChange => &[T::FrameChange],
        NodeType::OperatingBudget => &[T::OperatingBudget],
        NodeType::BudgetLine => &[T::BudgetLine],
        NodeType::BudgetLineFollowUp => &[T::BudgetLineFollowUp],
    };
    Tables::of(own).and(Tables::of(&[T::ExternalRef, T::Change, T::ChangeHead]))
}

/// A set of types of node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nodes(u32);

impl Nodes {
    /// That set.
    #[must_use]
    pub const fn of(nodes: &[NodeType]) -> Self {
        let (mut bits, mut rest) = (0, nodes);
        while let Some((node, others)) = rest.split_first() {
            bits |= 1 << *node as u32;
            rest = others;
        }
        Self(bits)
    }

    /// Whether this one is among these.
    #[must_use]
    pub const fn has(self, node: NodeType) -> bool {
        self.0 & (1 << node as u32) != 0
    }
}

/// Collects the tables of the statements of one operation, in whatever task they are sent.
#[derive(Debug, Default)]
pub struct Reads(AtomicU64);

impl Reads {
    /// Adds what a statement names.
    pub fn note(&self, tables: Tables) {
        self.0.fetch_or(tables.0, Ordering::Relaxed);
    }

    /// What has been named so far.
    #[must_use]
    pub fn tables(&self) -> Tables {
        Tables(self.0.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_names_its_tables() {
        use Table as T;
        for (sql, named, written) in [
            (r#"SELECT "goal"."id" FROM "goal""#, &[T::Goal][..], Some(&[][..])),
            (
                "select 1 from goal_indicator gi join \"plan\" p on p.id=gi.x",
                &[T::GoalIndicator, T::Plan],
                Some(&[]),
            ),
            (r#"INSERT INTO "outcome" ("id") VALUES ($1)"#, &[T::Outcome], Some(&[T::Outcome])),
            (r#"UPDATE "change_head" SET "last" = $1"#, &[T::ChangeHead], Some(&[T::ChangeHead])),
            (
                r#"DELETE FROM "responsibility" WHERE "assignment_id" IN (SELECT "id" FROM "assignment")"#,
                &[T::Responsibility, T::Assignment],
                Some(&[T::Responsibility]),
            ),
            (r#"INSERT INTO "actor" ("id") VALUES ($1)"#, &[T::Actor], Some(&[])),
            (r#"UPDATE "actor" SET "name" = $1"#, &[T::Actor], Some(&[T::Actor])),
            (r#"INSERT INTO "idempotency" ("key") VALUES ($1)"#, &[T::Idempotency], Some(&[])),
            (r#"INSERT INTO "goals" ("id") VALUES ($1)"#, &[], None),
            (r#"WITH "old" AS (SELECT 1) DELETE FROM "goal""#, &[T::Goal], None),
            (
                r#"WITH "old" AS (SELECT 1 FROM "plan") SELECT 1 FROM "goal""#,
                &[T::Plan, T::Goal],
                Some(&[]),
            ),
            ("VACUUM", &[], None),
        ] {
            assert_eq!(Tables::named(sql), Tables::of(named), "{sql}");
            let written = written.map_or(Tables(u64::MAX), Tables::of);
            assert_eq!(Tables::written(sql), written, "{sql}");
        }
    }

    #[test]
    fn every_table_that_people_write_is_touched_by_some_node() {
        let unlogged = Tables::of(&[Table::Actor, Table::Idempotency]);
        for table in Table::ALL {
            let touching = Tables::of(&[*table]).nodes();
            assert_eq!(touching == Nodes::default(), unlogged.has(*table), "{table:?}");
            assert_eq!(Table::parse(table.name().as_bytes()), Some(*table));
        }
        assert!(Table::ALL.len() <= 64 && NodeType::ALL.len() <= 32);
    }
}
