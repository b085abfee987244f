//! The demo's follow-up reports: last year's annual report and this year's UR1 approved, UR2 begun.

use chrono::NaiveDate;
use entity::{
    follow_up::report,
    indicators::goal_indicator,
    organisation::org_unit,
    planning::{assignment, focus_area, goal},
    vocabulary::{
        FocusAreaOrigin, InternalControlConclusion, NodeType, PeriodKind, ProgressStatus, Verdict,
    },
};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use uuid::Uuid;

use super::{
    facts,
    load::{Loading, load_plan},
    rows::known,
};
use crate::{
    domain::{
        fetch,
        follow_up::{
            assessment::{AssessmentFields, assess_in},
            report::{
                Completeness, Due, Item, Missing, completeness, open_in, scope, step::Step, take_in,
            },
        },
        organisation::period::Period,
        write::Edit,
    },
    error::{Error, Result},
};

const MADE_UP: &str = "Påhittat för demon.";

/// Loads the reports of the board. Its plan of this year is there.
pub(super) async fn load(loading: &mut Loading, board: &facts::Plan) -> Result<()> {
    let unit = known(&loading.units, &board.org_unit)?;
    let unit = org_unit::Entity::find_by_id(unit).one(loading.write.connection()).await?;
    let unit = unit.ok_or_else(|| Error::internal("a demo without its board"))?;
    last_years_plan(loading, board).await?;

    let year = open(loading, &unit, board.year - 1, PeriodKind::Ar).await?;
    fill_in(loading, &year, usize::MAX).await?;
    let year = conclude(loading, &year).await?;
    approve(loading, &year).await?;

    let spring = open(loading, &unit, board.year, PeriodKind::Ur1).await?;
    fill_in(loading, &spring, usize::MAX).await?;
    approve(loading, &spring).await?;

    let autumn = open(loading, &unit, board.year, PeriodKind::Ur2).await?;
    fill_in(loading, &autumn, 12).await
}

/// A plan of the year before with one goal, so that there is something to look back on.
async fn last_years_plan(loading: &mut Loading, board: &facts::Plan) -> Result<()> {
    let year = board.year - 1;
    let decided_on = NaiveDate::from_ymd_opt(year - 1, 11, 30);
    let plan = facts::Plan {
        org_unit: board.org_unit.clone(),
        year,
        title: format!("Verksamhetsplan {year}"),
        decided_on: decided_on.ok_or_else(|| Error::internal("no such day"))?,
        decided_by: board.decided_by.clone(),
    };
    let plan_id = load_plan(loading, &plan, None).await?;
    let scope = loading.scope(known(&loading.units, &board.org_unit)?);
    let stamp = loading.stamp;
    let area = focus_area::Model {
        id: Uuid::now_v7(),
        plan_id,
        number: Some("1".to_owned()),
        name: "Verksamhetens egna utvecklingsområden".to_owned(),
        description: Some(MADE_UP.to_owned()),
        origin: FocusAreaOrigin::Own,
        version: 0,
        created_at: stamp.at,
        updated_at: stamp.at,
        updated_by: stamp.by,
    };
    let area = loading.write.insert(&scope, area).await?;
    let goal = goal::Model {
        id: Uuid::now_v7(),
        plan_id,
        focus_area_id: Some(area.id),
        parent_id: None,
        number: Some("1.1".to_owned()),
        name: "Friska medarbetare som stannar".to_owned(),
        description: Some(MADE_UP.to_owned()),
        version: 0,
        created_at: stamp.at,
        updated_at: stamp.at,
        updated_by: stamp.by,
    };
    let goal = loading.write.insert(&scope, goal).await?;
    for code in ["PO", "SJUK"] {
        let link = goal_indicator::Model {
            goal_id: goal.id,
            indicator_id: known(&loading.indicators, code)?,
        };
        goal_indicator::Entity::insert(link.into_active_model())
            .exec_without_returning(loading.write.connection())
            .await?;
    }
    Ok(())
}

async fn open(
    loading: &mut Loading,
    unit: &org_unit::Model,
    year: i32,
    kind: PeriodKind,
) -> Result<report::Model> {
    let period = Period::new(year, kind, None).map_err(Error::internal)?;
    open_in(&mut loading.write, unit, period).await
}

/// Says something about the first things in the report.
async fn fill_in(loading: &mut Loading, report: &report::Model, first: usize) -> Result<()> {
    let (due, sight) = (Due::of(report)?, loading.write.sight()?.clone());
    let mut found = completeness(loading.write.connection(), &sight, &[due]).await?;
    let Completeness { items } = found.remove(&due).unwrap_or_default();
    for item in items.iter().take(first).filter(|item| item.missing.is_some()) {
        let fields = said(loading, item).await?;
        assess_in(&mut loading.write, report, (item.node, item.id), None, fields).await?;
    }
    Ok(())
}

async fn said(loading: &Loading, item: &Item) -> Result<AssessmentFields> {
    if item.missing != Some(Missing::Verdict) {
        let comment = format!("Mäts av enheterna och redovisas i årsrapporten. {MADE_UP}");
        return Ok(AssessmentFields {
            comment: Some(Some(comment)),
            ..AssessmentFields::default()
        });
    }
    let status = match item.node {
        NodeType::Assignment => {
            let (connection, sight) = (loading.write.connection(), loading.write.sight()?);
            let rows = fetch::by_id::<assignment::Entity>(connection, sight, &[item.id]).await?;
            rows.get(&item.id).map(|row| row.status)
        }
        _ => None,
    };
    let (verdict, comment) = match status {
        Some(ProgressStatus::Delayed) => (Verdict::PartlyMet, "Arbetet har försenats."),
        Some(ProgressStatus::NotStarted) => (Verdict::PartlyMet, "Arbetet börjar senare i år."),
        Some(ProgressStatus::Done) => (Verdict::Met, "Uppdraget är genomfört."),
        _ => (Verdict::Met, "Arbetet går enligt plan."),
    };
    let delayed = status == Some(ProgressStatus::Delayed);
    let obstacles = "Upphandlingen drog ut på tiden.".to_owned();
    Ok(AssessmentFields {
        verdict: Some(Some(verdict)),
        progress: status.map(Some),
        comment: Some(Some(format!("{comment} {MADE_UP}"))),
        obstacles: delayed.then_some(Some(obstacles)),
        next_steps: None,
    })
}

/// Says what the annual report comes to.
async fn conclude(loading: &mut Loading, report: &report::Model) -> Result<report::Model> {
    let after = report::Model {
        summary: Some(format!("Målen för personalen nåddes i stort. {MADE_UP}")),
        internal_control_conclusion: Some(InternalControlConclusion::Sufficient),
        ..report.clone()
    };
    let scope = scope(&loading.write, report).await?;
    let sent = vec!["summary", "internalControlConclusion"];
    let edit = Edit { version: report.version, sent };
    loading.write.update(&scope, report, after, Vec::new(), &edit).await
}

/// Hands a report in and approves it.
async fn approve(loading: &mut Loading, report: &report::Model) -> Result<()> {
    let write = &mut loading.write;
    let reason = Some("Enheterna rapporterar i ett annat system. Påhittat för demon.".to_owned());
    let report = take_in(write, report, report.version, Step::Submit, reason).await?;
    take_in(write, &report, report.version, Step::Approve, None).await?;
    Ok(())
}
