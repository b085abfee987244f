//! The vocabularies of who may, and who did.

use async_graphql::Enum;

use crate::graphql::direct::written_by_name;

/// What a principal may do on a unit and everything below it.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::Role")]
pub enum Role {
    /// Decided and closed plans, approved reports, confirmed and month outcomes.
    Reader,
    /// Also drafts; records outcomes and reports.
    Reporter,
    /// Also writes plans and what is in them.
    Planner,
    /// Also approves.
    Controller,
    /// Also units, definitions and grants.
    Admin,
    /// Synchronises with other systems; reads like a reporter.
    Integration,
}

/// Whom a role is granted to.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::PrincipalKind")]
pub enum PrincipalKind {
    /// A person, by the token's subject.
    User,
    /// A group, by the token's groups.
    Group,
    /// Another system, by the token's subject.
    Service,
}

/// Who made a change.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::ActorKind")]
pub enum ActorKind {
    /// A person.
    User,
    /// Another system.
    Service,
    /// Rödtråd itself.
    System,
}

/// What happened to a node.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::ChangeKind")]
pub enum ChangeKind {
    /// It was made.
    Created,
    /// Some of its fields changed.
    Updated,
    /// It was removed.
    Deleted,
}

/// The types of node that changes and external ids speak of.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "entity::vocabulary::NodeType")]
pub enum NodeType {
    /// A unit.
    OrgUnit,
    /// A plan.
    Plan,
    /// A chapter of a plan.
    PlanSection,
    /// A governing document.
    GoverningDocument,
    /// A focus area.
    FocusArea,
    /// A goal.
    Goal,
    /// An assignment.
    Assignment,
    /// An activity.
    Activity,
    /// An indicator.
    Indicator,
    /// A target.
    Target,
    /// An outcome.
    Outcome,
    /// A role grant.
    RoleGrant,
    /// A follow-up report.
    FollowUpReport,
    /// What a report says of one thing.
    Assessment,
    /// Something in the year of a unit.
    CalendarEvent,
    /// A unit's investment budget.
    InvestmentBudget,
    /// Something in an investment budget.
    InvestmentItem,
    /// What has been spent on an item.
    InvestmentItemFollowUp,
    /// An amount moved between items.
    InvestmentTransfer,
    /// A change of a budget's frame.
    FrameChange,
    /// A unit's operating budget.
    OperatingBudget,
    /// Revenue or cost in an operating budget.
    BudgetLine,
    /// What a budget line has come to.
    BudgetLineFollowUp,
}

written_by_name! { Role, PrincipalKind, ActorKind, ChangeKind, NodeType }
