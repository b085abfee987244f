//! Any node by its id.

use async_graphql::{Context, ID, Interface, Object};
use entity::{
    access::role_grant,
    budgets::{
        budget_line, budget_line_follow_up, frame_change, investment_budget, investment_follow_up,
        investment_item, investment_transfer, operating_budget,
    },
    follow_up::{assessment, calendar_event, report},
    indicators::{indicator, outcome, target},
    node_id,
    organisation::org_unit,
    planning::{activity, assignment, focus_area, goal, governing_document, plan, plan_section},
    vocabulary::NodeType,
};
use uuid::Uuid;

use super::{
    access::role_grant::RoleGrant,
    budgets::{
        budget_line::BudgetLine, budget_line_follow_up::BudgetLineFollowUp,
        frame_change::FrameChange, investment_budget::InvestmentBudget,
        investment_follow_up::InvestmentItemFollowUp, investment_item::InvestmentItem,
        investment_transfer::InvestmentTransfer, operating_budget::OperatingBudget,
    },
    context::session,
    follow_up::{assessment::Assessment, calendar_event::CalendarEvent, report::FollowUpReport},
    indicators::{
        indicator::Indicator,
        outcome::{self as outcomes, Outcome},
        target::Target,
    },
    loader::ById,
    organisation::org_unit::OrgUnit,
    planning::{
        activity::Activity, assignment::Assignment, focus_area::FocusArea, goal::Goal,
        governing_document::GoverningDocument, plan::Plan, plan_section::PlanSection,
    },
};
use crate::{
    domain::fetch::{Loadable, ModelOf},
    error::{Error, Result},
};

/// The most nodes that one call asks for.
const MOST: usize = 200;

/// Anything with a global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque, globally unique and stable."))]
pub enum Node {
    /// A role that somebody holds.
    RoleGrant(RoleGrant),
    /// A unit.
    OrgUnit(OrgUnit),
    /// A plan.
    Plan(Plan),
    /// A chapter of a plan.
    PlanSection(PlanSection),
    /// A governing document.
    GoverningDocument(GoverningDocument),
    /// A focus area.
    FocusArea(FocusArea),
    /// A goal.
    Goal(Goal),
    /// An assignment.
    Assignment(Assignment),
    /// An activity.
    Activity(Activity),
    /// An indicator.
    Indicator(Indicator),
    /// A target.
    Target(Target),
    /// An outcome.
    Outcome(Outcome),
    /// A follow-up report.
    FollowUpReport(FollowUpReport),
    /// What a report says of one thing.
    Assessment(Assessment),
    /// Something in the year of a unit.
    CalendarEvent(CalendarEvent),
    /// A unit's investment budget.
    InvestmentBudget(InvestmentBudget),
    /// Something in an investment budget.
    InvestmentItem(InvestmentItem),
    /// What has been spent on an item.
    InvestmentItemFollowUp(InvestmentItemFollowUp),
    /// An amount moved between items.
    InvestmentTransfer(InvestmentTransfer),
    /// A change of a budget's frame.
    FrameChange(FrameChange),
    /// A unit's operating budget.
    OperatingBudget(OperatingBudget),
    /// Revenue or cost in an operating budget.
    BudgetLine(BudgetLine),
    /// What a budget line has come to.
    BudgetLineFollowUp(BudgetLineFollowUp),
}

/// The node of that type and key, when the caller sees it.
///
/// # Errors
/// Whatever the database says.
pub async fn load(ctx: &Context<'_>, node: NodeType, id: Uuid) -> Result<Option<Node>> {
    match node {
        NodeType::RoleGrant => one::<role_grant::Entity, RoleGrant>(ctx, id).await,
        NodeType::OrgUnit => one::<org_unit::Entity, OrgUnit>(ctx, id).await,
        NodeType::Plan => one::<plan::Entity, Plan>(ctx, id).await,
        NodeType::PlanSection => one::<plan_section::Entity, PlanSection>(ctx, id).await,
        NodeType::GoverningDocument => {
            one::<governing_document::Entity, GoverningDocument>(ctx, id).await
        }
        NodeType::FocusArea => one::<focus_area::Entity, FocusArea>(ctx, id).await,
        NodeType::Goal => one::<goal::Entity, Goal>(ctx, id).await,
        NodeType::Assignment => one::<assignment::Entity, Assignment>(ctx, id).await,
        NodeType::Activity => one::<activity::Entity, Activity>(ctx, id).await,
        NodeType::Indicator => one::<indicator::Entity, Indicator>(ctx, id).await,
        NodeType::Target => one::<target::Entity, Target>(ctx, id).await,
        NodeType::Outcome => one::<outcome::Entity, Outcome>(ctx, id).await,
        NodeType::FollowUpReport => one::<report::Entity, FollowUpReport>(ctx, id).await,
        NodeType::Assessment => one::<assessment::Entity, Assessment>(ctx, id).await,
        NodeType::CalendarEvent => one::<calendar_event::Entity, CalendarEvent>(ctx, id).await,
        NodeType::InvestmentBudget => {
            one::<investment_budget::Entity, InvestmentBudget>(ctx, id).await
        }
        NodeType::InvestmentItem => one::<investment_item::Entity, InvestmentItem>(ctx, id).await,
        NodeType::InvestmentItemFollowUp => {
            one::<investment_follow_up::Entity, InvestmentItemFollowUp>(ctx, id).await
        }
        NodeType::InvestmentTransfer => {
            one::<investment_transfer::Entity, InvestmentTransfer>(ctx, id).await
        }
        NodeType::FrameChange => one::<frame_change::Entity, FrameChange>(ctx, id).await,
        NodeType::OperatingBudget => {
            one::<operating_budget::Entity, OperatingBudget>(ctx, id).await
        }
        NodeType::BudgetLine => one::<budget_line::Entity, BudgetLine>(ctx, id).await,
        NodeType::BudgetLineFollowUp => {
            one::<budget_line_follow_up::Entity, BudgetLineFollowUp>(ctx, id).await
        }
    }
}

async fn one<E, T>(ctx: &Context<'_>, id: Uuid) -> Result<Option<Node>>
where
    E: Loadable,
    T: From<ModelOf<E>> + Into<Node>,
{
    let row = session(ctx).loader.load_one(ById::<E>::new(id)).await?;
    Ok(row.map(|row| T::from(row).into()))
}

async fn load_id(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
    session(ctx).viewer.sight()?;
    let (node, key, rest) = node_id::decode_with(id)
        .ok_or_else(|| Error::BadInput(format!("\"{}\" is not an id.", shorten(id))))?;
    match node {
        _ if rest.is_empty() => load(ctx, node, key).await,
        NodeType::Outcome => Ok(outcomes::node::derived(ctx, key, &rest).await?.map(Into::into)),
        _ => Err(Error::BadInput(format!("\"{}\" is not an id.", shorten(id)))),
    }
}

fn shorten(id: &ID) -> String {
    id.chars().take(60).collect()
}

/// Queries for nodes of any type.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Any node by its id; null when there is none that the caller sees. Errors: UNAUTHENTICATED; BAD_USER_INPUT
    /// for what is no id.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The node's id.")] id: ID,
    ) -> Result<Option<Node>> {
        load_id(ctx, &id).await
    }

    /// Many nodes by their ids, in the same order; null for each that the caller does not see. At most 200.
    /// Errors: UNAUTHENTICATED; BAD_USER_INPUT for what is no id, or too many.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The nodes' ids, at most 200.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        if ids.len() > MOST {
            return Err(Error::BadInput(format!("At most {MOST} ids, not {}.", ids.len())));
        }
        futures_util::future::try_join_all(ids.iter().map(|id| load_id(ctx, id))).await
    }
}
