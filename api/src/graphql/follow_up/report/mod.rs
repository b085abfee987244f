//! Follow-up reports (uppföljningsrapporter).

use async_graphql::{Context, ID};
use chrono::{DateTime, Utc};
use entity::{
    follow_up::{report, report_event},
    organisation::org_unit,
    planning::plan,
    vocabulary::NodeType,
};
use macros::object;

pub mod assess;
pub mod completeness;
pub mod decided;
pub mod open;
pub mod progress;
pub mod query;
pub mod subscription;
pub mod transition;
pub mod update;

pub use assess::ReportAssess;
pub use open::ReportOpen;
pub use query::{ReportFilter, ReportOrder, ReportQuery, list};
pub use subscription::ReportStatusSubscription;
pub use transition::{ReportApprove, ReportReopen, ReportReturn, ReportSubmit};
pub use update::ReportUpdate;

use self::{
    completeness::ReportCompleteness,
    decided::DecidedReport,
    progress::{UnitProgress, due_on},
};
use super::{
    assessment::{self, Assessment, AssessmentFilter},
    loader::{CompletenessOf, DecisionsOf, EventsOf, ProgressOf},
};
use crate::{
    domain::{
        budgets::economy::EconomyKey,
        follow_up::{
            assessment as assessments,
            report::{self as domain, ReportKey, step::is_open},
        },
    },
    error::{Error, Result},
    graphql::{
        access::actor::Actor,
        budgets::{
            economy::{self, EconomySummary},
            investment_budget::{self, follow_up::InvestmentFollowUp},
        },
        context::session,
        id::global,
        indicators::{
            indicator::IndicatorFilter,
            scorecard::{self, Scorecard},
        },
        loader::{ActorOf, ById},
        organisation::{org_unit::OrgUnit, period::Period},
        page::{self, Connection},
        planning::plan::Plan,
        scalar::Date,
        tracked::{Guard, TrackedFields},
        vocabulary::{InternalControlConclusion, ReportStatus},
    },
};

/// A follow-up report (uppföljningsrapport).
pub struct FollowUpReport(pub report::Model);

impl From<report::Model> for FollowUpReport {
    fn from(row: report::Model) -> Self {
        Self(row)
    }
}

impl FollowUpReport {
    async fn unit(&self, ctx: &Context<'_>) -> Result<org_unit::Model> {
        let id = ById::<org_unit::Entity>::new(self.0.org_unit_id);
        let unit = session(ctx).loader.load_one(id).await?;
        unit.ok_or_else(|| Error::internal("a report without unit"))
    }

    async fn due(&self, ctx: &Context<'_>) -> Result<chrono::NaiveDate> {
        due_on(ctx, &self.unit(ctx).await?, domain::period_of(&self.0)?).await
    }
}

/// A unit's follow-up of its plan (uppföljningsrapport UR1 or UR2, årsrapport ÅR): what is assessed in it, and how far it
/// has come from draft to approved. Drafts are seen by the unit's own roles, approved reports by readers.
#[object]
impl FollowUpReport {
    /// The global id.
    pub fn id(&self) -> ID {
        global(NodeType::FollowUpReport, self.0.id)
    }

    /// The unit whose report it is (enhet).
    async fn org_unit(&self, ctx: &Context<'_>) -> Result<OrgUnit> {
        Ok(OrgUnit(self.unit(ctx).await?))
    }

    /// The plan that it follows up (verksamhetsplan).
    async fn plan(&self, ctx: &Context<'_>) -> Result<Plan> {
        let plan = session(ctx).loader.load_one(ById::<plan::Entity>::new(self.0.plan_id)).await?;
        plan.map(Plan).ok_or_else(|| Error::internal("a report without plan"))
    }

    /// The period: UR1, UR2 or AR of a year.
    async fn period(&self, ctx: &Context<'_>) -> Result<Period> {
        let organisation = self.unit(ctx).await?.organisation_id;
        Ok(Period::new(organisation, domain::period_of(&self.0)?))
    }

    /// Where it is in its life (utkast, inlämnad, återlämnad, godkänd).
    fn status(&self) -> ReportStatus {
        self.0.status.into()
    }

    /// The day on which it is due: the last day of the unit's own calendar event of kind REPORTING for the period, where it
    /// has one; else as the organisation's reporting cycle of the year says.
    async fn due_on(&self, ctx: &Context<'_>) -> Result<Date> {
        Ok(Date(self.due(ctx).await?))
    }

    /// Whether the day on which it was due is over, and it is still to be handed in.
    async fn overdue(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(is_open(self.0.status) && self.due(ctx).await? < session(ctx).today())
    }

    /// What it comes to (sammanfattning), in Markdown.
    fn summary(&self) -> Option<&str> {
        self.0.summary.as_deref()
    }

    /// What the annual report says of the internal control (intern kontroll); null until somebody has said it, and in UR1
    /// and UR2.
    fn internal_control_conclusion(&self) -> Option<InternalControlConclusion> {
        self.0.internal_control_conclusion.map(Into::into)
    }

    /// The economy of its unit in the period (ekonomi): worked out from the follow-ups of its budgets.
    async fn economy(&self, ctx: &Context<'_>) -> Result<EconomySummary> {
        let period = domain::period_of(&self.0)?;
        economy::of(ctx, EconomyKey { unit: self.0.org_unit_id, period }).await
    }

    /// What is said of the period's economy (kommentar till ekonomin), in Markdown.
    fn economy_comment(&self) -> Option<&str> {
        self.0.economy_comment.as_deref()
    }

    /// How its unit's investments stand in the period (investeringsuppföljning); null when the unit has no investment budget
    /// of the year that the caller sees.
    async fn investment(&self, ctx: &Context<'_>) -> Result<Option<InvestmentFollowUp>> {
        let period = domain::period_of(&self.0)?;
        match investment_budget::of_year(ctx, self.0.org_unit_id, period.year()).await? {
            Some(budget) => Ok(Some(budget.standing(ctx, period).await?)),
            None => Ok(None),
        }
    }

    /// What is said of the period's investments (kommentar till investeringarna), in Markdown.
    fn investment_comment(&self) -> Option<&str> {
        self.0.investment_comment.as_deref()
    }

    /// How much there is to say, how much of it is said, and what is missing: every focus area, goal and assignment of the
    /// plan has a verdict, and every indicator measured for the period a value or a comment that says why not.
    async fn completeness(&self, ctx: &Context<'_>) -> Result<ReportCompleteness> {
        let found = session(ctx).loader.load_one(CompletenessOf(self.0.id)).await?;
        Ok(ReportCompleteness(found.unwrap_or_default()))
    }

    /// What is said of each thing (bedömningar): of the focus areas, the goals, the assignments, the indicators, each in the
    /// plan's order when the report was opened; what came later stands last. Errors: BAD_USER_INPUT for an
    /// impossible page.
    async fn assessments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<AssessmentFilter>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Assessment>> {
        let list = assessment::list(filter, page::cut(ctx, first, after, last, before)?);
        page::under(ctx, self.0.id, assessments::OF_REPORT, list).await
    }

    /// The unit's scorecard of the period (styrkort). Errors: BAD_USER_INPUT for what is no id.
    async fn scorecard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which indicators.")] filter: Option<IndicatorFilter>,
    ) -> Result<Scorecard> {
        let period = domain::period_of(&self.0)?;
        scorecard::of(ctx, self.unit(ctx).await?, period, filter).await
    }

    /// The reports of the same period of the units right below, that this one draws on. Errors: BAD_USER_INPUT for an
    /// impossible page or what is no id.
    async fn sub_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<ReportFilter>,
        #[graphql(desc = "In which order; the latest period first unless said.")] order_by: Option<
            ReportOrder,
        >,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<FollowUpReport>> {
        let list = list(ctx, filter, order_by, page::cut(ctx, first, after, last, before)?)?;
        page::under(ctx, self.0.id, domain::SUB_REPORTS, list).await
    }

    /// How far every unit right below has come with its report of the period (läget), by name: which have reported, and which
    /// are late.
    async fn progress_below(&self, ctx: &Context<'_>) -> Result<Vec<UnitProgress>> {
        let period = domain::period_of(&self.0)?;
        let key = ReportKey { unit: self.0.org_unit_id, period };
        let session = session(ctx);
        let found = session.loader.load_one(ProgressOf(key)).await?.unwrap_or_default();
        session.spend(found.len())?;
        Ok(found.iter().map(|progress| UnitProgress::new(progress.clone(), period)).collect())
    }

    /// What happened to it, the first thing first: opened, submitted, returned, approved, reopened. Who does not see drafts
    /// of the unit is told of approvals only.
    async fn events(&self, ctx: &Context<'_>) -> Result<Vec<ReportEvent>> {
        let events = session(ctx).loader.load_one(EventsOf(self.0.id)).await?;
        Ok(events.unwrap_or_default().into_iter().map(ReportEvent).collect())
    }

    /// The report exactly as it was last approved (beslutad rapport); null until it has been.
    async fn decided(&self, ctx: &Context<'_>) -> Result<Option<DecidedReport>> {
        let decisions = session(ctx).loader.load_one(DecisionsOf(self.0.id)).await?;
        Ok(decisions.unwrap_or_default().into_iter().next().map(DecidedReport))
    }

    /// The report as it was each time it was approved (beslut), the latest first: more than once when it has been reopened.
    async fn decisions(&self, ctx: &Context<'_>) -> Result<Vec<DecidedReport>> {
        let decisions = session(ctx).loader.load_one(DecisionsOf(self.0.id)).await?;
        Ok(decisions.unwrap_or_default().into_iter().map(DecidedReport).collect())
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Report(self.0.id))
    }
}

/// A step in the life of a report.
pub struct ReportEvent(report_event::Model);

/// A step in the life of a report (händelse): who took it, when, and why.
#[object]
impl ReportEvent {
    /// When.
    fn at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// By whom.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Actor> {
        let actor = session(ctx).loader.load_one(ActorOf(self.0.actor_id)).await?;
        actor.map(Into::into).ok_or_else(|| Error::internal("an event without actor"))
    }

    /// From which state; null when it was opened.
    fn from(&self) -> Option<ReportStatus> {
        self.0.from_status.map(Into::into)
    }

    /// To which state.
    fn to(&self) -> ReportStatus {
        self.0.to_status.into()
    }

    /// Why (skäl); null when nobody said.
    fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
}
