//! What Rödtråd does with a unit's deadlines by itself: proposes them with a plan, and lets them follow the cycle.

use std::collections::{HashMap, HashSet};

use entity::{
    follow_up::calendar_event,
    organisation::org_unit,
    planning::plan,
    tracked::Visible as _,
    vocabulary::{CalendarEventKind, PeriodKind, PlanStatus},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, sea_query::Query,
};
use uuid::Uuid;

use super::deadline::Deadline;
use crate::{
    domain::{
        organisation::{
            cycle::{Cycle, CycleSetting},
            cycle_store,
            period::Period,
        },
        write::{Scope, Write, many::Change},
    },
    error::{Error, Result},
};

/// The periods of a year on which units report.
const REPORTED: [PeriodKind; 3] = [PeriodKind::Ur1, PeriodKind::Ur2, PeriodKind::Ar];

/// Proposes the deadlines of a new plan's year to its unit: for each period of which it has none.
///
/// # Errors
/// Whatever the database says.
pub async fn propose(write: &mut Write, scope: &Scope, plan: &plan::Model) -> Result<()> {
    use calendar_event::Column;
    let there: HashSet<PeriodKind> = calendar_event::Entity::find()
        .select_only()
        .column(Column::PeriodKind)
        .filter(Column::OrgUnitId.eq(plan.org_unit_id))
        .filter(Column::PeriodYear.eq(plan.year))
        .filter(Column::Kind.eq(CalendarEventKind::Reporting))
        .into_tuple()
        .all(write.connection())
        .await?
        .into_iter()
        .collect();
    let organisation = scope.organisation_id;
    let settings =
        cycle_store::settings(write.connection(), write.sight()?, &[organisation]).await?;
    let settings = settings.get(&organisation).map(|settings| settings.as_slice());
    let cycle = Cycle::of(plan.year, settings.unwrap_or_default());
    let mut events = Vec::with_capacity(REPORTED.len());
    for kind in REPORTED.into_iter().filter(|kind| !there.contains(kind)) {
        let period = Period::new(plan.year, kind, None).map_err(Error::internal)?;
        let deadline = Deadline::of(period, &cycle);
        events.extend(deadline.map(|deadline| (*scope, proposed(write, plan, kind, deadline))));
    }
    write.insert_all(events).await?;
    Ok(())
}

fn proposed(
    write: &Write,
    plan: &plan::Model,
    kind: PeriodKind,
    deadline: Deadline,
) -> calendar_event::Model {
    let Deadline { name, starts_on, due_on } = deadline;
    calendar_event::Model {
        id: Uuid::now_v7(),
        org_unit_id: plan.org_unit_id,
        name,
        starts_on,
        due_on,
        kind: CalendarEventKind::Reporting,
        period_year: Some(plan.year),
        period_kind: Some(kind),
        plan_id: Some(plan.id),
        version: 0,
        created_at: write.now(),
        updated_at: write.now(),
        updated_by: write.actor_id(),
    }
}

/// Moves the deadlines of an organisation's units, from a year on, when its cycle changes: those that are due when the cycle
/// said so before.
///
/// # Errors
/// Whatever the database says.
pub async fn follow(
    write: &mut Write,
    organisation: Uuid,
    year: i32,
    before: &[CycleSetting],
    after: &[CycleSetting],
) -> Result<()> {
    use calendar_event::Column;
    let units = Query::select()
        .column(org_unit::Column::Id)
        .from(org_unit::Entity)
        .and_where(org_unit::Column::OrganisationId.eq(organisation))
        .to_owned();
    let events = calendar_event::Entity::find_visible(write.sight()?)
        .filter(Column::OrgUnitId.in_subquery(units.clone()))
        .filter(Column::Kind.eq(CalendarEventKind::Reporting))
        .filter(Column::PeriodYear.gte(year))
        .all(write.connection())
        .await?;
    let drafts: HashSet<Uuid> = plan::Entity::find()
        .select_only()
        .column(plan::Column::Id)
        .filter(plan::Column::OrgUnitId.in_subquery(units))
        .filter(plan::Column::Status.eq(PlanStatus::Draft))
        .into_tuple()
        .all(write.connection())
        .await?
        .into_iter()
        .collect();
    let mut deadlines: HashMap<Period, Option<(Deadline, Deadline)>> = HashMap::new();
    let mut changes = Vec::new();
    for event in events {
        let Some(period) = super::period_of(&event)? else { continue };
        let deadlines = deadlines.entry(period).or_insert_with(|| {
            let of = |settings| Deadline::of(period, &Cycle::of(period.year(), settings));
            of(before).zip(of(after))
        });
        let moved = deadlines.as_ref().and_then(|(from, to)| from.moved(to, &event));
        changes.extend(moved.map(|moved| Change {
            scope: Scope {
                organisation_id: organisation,
                org_unit_id: event.org_unit_id,
                draft: event.plan_id.is_some_and(|plan| drafts.contains(&plan)),
            },
            before: event,
            after: moved,
            links: Vec::new(),
        }));
    }
    write.update_all(changes).await
}
