//! Who may, and who did.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// What a principal may do on a unit and everything below it.
    Role {
        /// Decided and closed plans, approved reports, confirmed and month outcomes.
        Reader = "READER",
        /// Also drafts; records outcomes and reports.
        Reporter = "REPORTER",
        /// Also writes plans and what is in them.
        Planner = "PLANNER",
        /// Also approves.
        Controller = "CONTROLLER",
        /// Also units, definitions and grants.
        Admin = "ADMIN",
        /// Synchronises with other systems; reads like a reporter.
        Integration = "INTEGRATION",
    }
}

vocabulary! {
    /// Whom a role is granted to.
    PrincipalKind {
        /// A person, by the token's subject.
        User = "USER",
        /// A group, by the token's groups.
        Group = "GROUP",
        /// Another system, by the token's subject.
        Service = "SERVICE",
    }
}

vocabulary! {
    /// Who made a change.
    ActorKind {
        /// A person.
        User = "USER",
        /// Another system.
        Service = "SERVICE",
        /// Rödtråd itself.
        System = "SYSTEM",
    }
}

vocabulary! {
    /// What happened to a node.
    ChangeKind {
        /// It was made.
        Created = "CREATED",
        /// Some of its fields changed.
        Updated = "UPDATED",
        /// It was removed.
        Deleted = "DELETED",
    }
}

vocabulary! {
    /// The types of node that changes and external ids speak of.
    NodeType {
        /// A unit.
        OrgUnit = "ORG_UNIT",
        /// A plan.
        Plan = "PLAN",
        /// A chapter of a plan.
        PlanSection = "PLAN_SECTION",
        /// A governing document.
        GoverningDocument = "GOVERNING_DOCUMENT",
        /// A focus area.
        FocusArea = "FOCUS_AREA",
        /// A goal.
        Goal = "GOAL",
        /// An assignment.
        Assignment = "ASSIGNMENT",
        /// An activity.
        Activity = "ACTIVITY",
        /// An indicator.
        Indicator = "INDICATOR",
        /// A target.
        Target = "TARGET",
        /// An outcome.
        Outcome = "OUTCOME",
        /// A role grant.
        RoleGrant = "ROLE_GRANT",
        /// A follow-up report.
        FollowUpReport = "FOLLOW_UP_REPORT",
        /// What a report says of one thing.
        Assessment = "ASSESSMENT",
        /// Something in the year of a unit.
        CalendarEvent = "CALENDAR_EVENT",
        /// A unit's investment budget.
        InvestmentBudget = "INVESTMENT_BUDGET",
        /// Something in an investment budget.
        InvestmentItem = "INVESTMENT_ITEM",
        /// What has been spent on an item.
        InvestmentItemFollowUp = "INVESTMENT_ITEM_FOLLOW_UP",
        /// An amount moved between items.
        InvestmentTransfer = "INVESTMENT_TRANSFER",
        /// A change of a budget's frame.
        FrameChange = "FRAME_CHANGE",
        /// A unit's operating budget.
        OperatingBudget = "OPERATING_BUDGET",
        /// Revenue or cost in an operating budget.
        BudgetLine = "BUDGET_LINE",
        /// What a budget line has come to.
        BudgetLineFollowUp = "BUDGET_LINE_FOLLOW_UP",
    }
}
