//! Assessments (bedömningar).

use async_graphql::{Context, ID, InputObject};
use entity::{
    follow_up::{assessment, report},
    vocabulary::{NodeType as Stored, Verdict as StoredVerdict},
};
use macros::object;
use uuid::Uuid;

use super::{
    loader::ToldOf,
    report::FollowUpReport,
    subject::{self, ReportSubject},
};
use crate::{
    domain::{
        follow_up::{
            assessment::{self as domain, About as Asked, By, Told},
            report as reports,
        },
        listing::{Cut, List},
        organisation::period::Period,
        planning::suggestion::About,
    },
    error::{Error, Result},
    graphql::{
        context::session,
        id::global,
        loader::ById,
        page::{self, Connection},
        planning::goal::suggestion::LightOf,
        tracked::{Guard, TrackedFields},
        vocabulary::{NodeType, ProgressStatus, StatusLight, Verdict},
    },
};

/// An assessment (bedömning).
pub struct Assessment(pub assessment::Model);

impl From<assessment::Model> for Assessment {
    fn from(row: assessment::Model) -> Self {
        Self(row)
    }
}

impl Assessment {
    async fn in_report(&self, ctx: &Context<'_>) -> Result<report::Model> {
        let id = ById::<report::Entity>::new(self.0.report_id);
        let report = session(ctx).loader.load_one(id).await?;
        report.ok_or_else(|| Error::internal("an assessment without report"))
    }
}

/// What a report says of one thing in the plan (bedömning).
#[object]
impl Assessment {
    /// The global id.
    pub fn id(&self) -> ID {
        global(Stored::Assessment, self.0.id)
    }

    /// The report that it is in.
    async fn report(&self, ctx: &Context<'_>) -> Result<FollowUpReport> {
        self.in_report(ctx).await.map(FollowUpReport)
    }

    /// What it is about. What is said of something that the caller does not see is not there either.
    async fn subject(&self, ctx: &Context<'_>) -> Result<ReportSubject> {
        let found = match self.0.subject() {
            Some((node, id)) => subject::load(ctx, node, id).await?,
            None => None,
        };
        found.ok_or_else(|| Error::internal("an assessment without subject"))
    }

    /// What somebody judges (bedömning): of goals uppnås, delvis, ej; of assignments genomförs, delvis, ej; null until
    /// somebody has judged, and of activities and indicators.
    fn verdict(&self) -> Option<Verdict> {
        self.0.verdict.map(Into::into)
    }

    /// The light of the verdict: GREEN for MET, YELLOW for PARTLY_MET, RED for NOT_MET, else NONE.
    fn light(&self) -> StatusLight {
        match self.0.verdict {
            Some(StoredVerdict::Met) => StatusLight::Green,
            Some(StoredVerdict::PartlyMet) => StatusLight::Yellow,
            Some(StoredVerdict::NotMet) => StatusLight::Red,
            Some(StoredVerdict::CannotBeAssessed) | None => StatusLight::None,
        }
    }

    /// The light that the rules suggest today (föreslagen status), beside which a judgement that differs is seen to differ: a
    /// goal's by its indicators and the assignments below it, an assignment's by its own, a focus area's by its goals and
    /// the assignments right under it, an indicator's by its target, an activity's by how far it has come.
    async fn suggested(&self, ctx: &Context<'_>) -> Result<StatusLight> {
        let Some((node, id)) = self.0.subject() else { return Ok(StatusLight::None) };
        let session = session(ctx);
        let report = self.in_report(ctx).await?;
        let period = reports::period_of(&report)?;
        let (plan, unit) = (report.plan_id, report.org_unit_id);
        let about = About { node, id, plan, unit, period, on: session.today() };
        let light = session.loader.load_one(LightOf(about)).await?;
        Ok(light.map_or(StatusLight::None, Into::into))
    }

    /// How far an assignment or an activity has come; null of anything else.
    fn progress(&self) -> Option<ProgressStatus> {
        self.0.progress.map(Into::into)
    }

    /// What has been done since the last report, in Markdown.
    fn comment(&self) -> Option<&str> {
        self.0.comment.as_deref()
    }

    /// What stands in the way (beroenden och hinder), in Markdown.
    fn obstacles(&self) -> Option<&str> {
        self.0.obstacles.as_deref()
    }

    /// What comes next (nästa steg), in Markdown.
    fn next_steps(&self) -> Option<&str> {
        self.0.next_steps.as_deref()
    }

    /// What the same unit said of the same thing in the report before (föregående bedömning); null when there is none that
    /// the caller sees.
    async fn previous(&self, ctx: &Context<'_>) -> Result<Option<Assessment>> {
        let Some((node, id)) = self.0.subject() else { return Ok(None) };
        let by = By::Unit(self.in_report(ctx).await?.org_unit_id);
        let told = ToldOf(Asked { node, id, by });
        let told = session(ctx).loader.load_one(told).await?.unwrap_or_default();
        let before = domain::previous(&told, self.0.id);
        Ok(before.map(|told| Assessment(told.assessment.clone())))
    }

    /// What the reports right below say of the same (underliggande bedömningar): of the same focus area or indicator, and of
    /// the goals and assignments that break it down. Errors: BAD_USER_INPUT for an impossible page.
    async fn below(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.")] filter: Option<AssessmentFilter>,
        #[graphql(desc = "How many from the start: 0 to 200, 50 unless said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
        #[graphql(desc = "How many from the end: 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Assessment>> {
        let list = list(filter, page::cut(ctx, first, after, last, before)?);
        page::under(ctx, self.0.id, domain::BELOW, list).await
    }

    #[graphql(flatten)]
    fn tracked(&self) -> TrackedFields {
        TrackedFields::of(&self.0, Guard::Report(self.0.report_id))
    }
}

/// Which assessments. All that is given must hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct AssessmentFilter {
    /// About these types: FOCUS_AREA, GOAL, ASSIGNMENT, ACTIVITY, INDICATOR.
    pub types: Option<Vec<NodeType>>,
    /// With one of these verdicts.
    pub verdict: Option<Vec<Verdict>>,
    /// True: those in which nobody has said anything yet; false: the others.
    pub blank: Option<bool>,
}

/// The list of assessments that a field's arguments ask for.
#[must_use]
pub fn list(filter: Option<AssessmentFilter>, cut: Cut) -> List<assessment::Entity> {
    let AssessmentFilter { types, verdict, blank } = filter.unwrap_or_default();
    let filter = domain::AssessmentFilter {
        types: types.map(|types| types.into_iter().map(Into::into).collect()),
        verdict: verdict.map(|verdict| verdict.into_iter().map(Into::into).collect()),
        blank,
    };
    List { wanted: filter.condition().into(), order: domain::AssessmentOrder, cut }
}

/// What is said of a thing in the report of a period of its plan, or in the latest of its reports.
///
/// # Errors
/// Whatever the database says.
pub async fn of(
    ctx: &Context<'_>,
    (node, id): (Stored, Uuid),
    plan: Uuid,
    period: Option<Period>,
) -> Result<Option<Assessment>> {
    let about = ToldOf(Asked { node, id, by: By::Plan(plan) });
    let told = session(ctx).loader.load_one(about).await?.unwrap_or_default();
    let wanted = |told: &&Told| {
        period.is_none_or(|period| (told.year, told.kind) == (period.year(), period.kind()))
    };
    Ok(told.iter().rev().find(wanted).map(|told| Assessment(told.assessment.clone())))
}
