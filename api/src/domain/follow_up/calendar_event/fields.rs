//! What a caller sends of an event, and what can be wrong with it.

use chrono::{Datelike as _, NaiveDate};
use entity::{
    follow_up::calendar_event,
    vocabulary::{CalendarEventKind, PeriodKind},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use crate::{
    domain::{
        access::external_ref::ExternalId,
        form::{Form, Sent},
        organisation::period::{AskedPeriod, Period, YEARS},
        problem::{Code, Problem},
        write::Write,
    },
    error::Result,
};

/// The longest name.
const NAME: usize = 200;
/// The most years that one event reaches over.
const LONGEST: i32 = 10;

/// What a caller sends of an event.
#[derive(Clone, Debug, Default)]
pub struct CalendarEventFields {
    /// The name.
    pub name: Sent<String>,
    /// The first day.
    pub starts_on: Sent<NaiveDate>,
    /// The last day.
    pub due_on: Sent<NaiveDate>,
    /// What it is about.
    pub kind: Sent<CalendarEventKind>,
    /// The period that it is about.
    pub period: Sent<AskedPeriod>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

/// Fills in what was sent.
///
/// # Errors
/// What is wrong with it.
pub(super) async fn fill(
    write: &Write,
    row: &mut calendar_event::Model,
    fields: &CalendarEventFields,
) -> Result<Vec<&'static str>> {
    let mut form = Form::default();
    form.name("name", &mut row.name, fields.name.clone(), NAME);
    form.set("kind", &mut row.kind, fields.kind);
    fill_days(&mut form, row, fields);
    if let Some(asked) = fields.period {
        form.note("period");
        match asked.map(reported).transpose() {
            Ok(period) => {
                row.period_year = period.map(|period| period.year());
                row.period_kind = period.map(|period| period.kind());
            }
            Err(problem) => form.problem(problem),
        }
    }
    if form.is_fine() && is_second(write, row).await? {
        let at = if fields.period.is_some() { "period" } else { "kind" };
        form.problem(
            Problem::new(
                Code::Duplicate,
                "Enheten har redan en händelse för när periodens rapport ska lämnas in; ändra den.",
                "The unit has an event for the period's report already; change that one.",
            )
            .at(at),
        );
    }
    if fields.external_refs.is_some() {
        form.note("externalRefs");
    }
    form.finish()
}

fn fill_days(form: &mut Form, row: &mut calendar_event::Model, fields: &CalendarEventFields) {
    form.set("startsOn", &mut row.starts_on, fields.starts_on);
    form.set("dueOn", &mut row.due_on, fields.due_on);
    let (first, last) = (YEARS.start(), YEARS.end());
    let mut possible = true;
    for (field, sent) in [("startsOn", fields.starts_on), ("dueOn", fields.due_on)] {
        if let Some(Some(day)) = sent
            && !YEARS.contains(&day.year())
        {
            possible = false;
            form.problem(
                Problem::new(
                    Code::Invalid,
                    format!("Dagen måste ligga i åren {first}–{last}, inte {}.", day.year()),
                    format!("The day must be in the years {first} to {last}, not {}.", day.year()),
                )
                .at(field),
            );
        }
    }
    if !possible {
        return;
    }
    let ends = if fields.due_on.is_some() { "dueOn" } else { "startsOn" };
    form.span(ends, Some(row.starts_on), Some(row.due_on));
    let years = row.due_on.year() - row.starts_on.year() + 1;
    if years > LONGEST {
        form.problem(
            Problem::new(
                Code::Invalid,
                format!("En händelse sträcker sig över högst {LONGEST} år, inte {years}."),
                format!("An event reaches over at most {LONGEST} years, not {years}."),
            )
            .at(ends),
        );
    }
}

/// A period that reports are of.
fn reported(asked: AskedPeriod) -> Result<Period, Problem> {
    let period = asked.period().map_err(|error| error.problem().within(&["period"]))?;
    if period.kind() == PeriodKind::Month {
        return Err(Problem::new(
            Code::Invalid,
            "En händelse gäller UR1, UR2 eller AR, inte en månad.",
            "An event is about UR1, UR2 or AR, not about a month.",
        )
        .at("kind")
        .within(&["period"]));
    }
    Ok(period)
}

/// Whether another event says already when the same report is due.
async fn is_second(write: &Write, row: &calendar_event::Model) -> Result<bool> {
    use calendar_event::Column;
    let Some((year, kind)) = row.period().filter(|_| row.kind == CalendarEventKind::Reporting)
    else {
        return Ok(false);
    };
    let others = calendar_event::Entity::find()
        .filter(Column::OrgUnitId.eq(row.org_unit_id))
        .filter(Column::Kind.eq(CalendarEventKind::Reporting))
        .filter(Column::PeriodYear.eq(year))
        .filter(Column::PeriodKind.eq(kind))
        .filter(Column::Id.ne(row.id))
        .count(write.connection())
        .await?;
    Ok(others > 0)
}
