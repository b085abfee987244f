//! What a report has still to say.

use std::collections::{HashMap, HashSet};

use entity::{
    follow_up::{assessment, report},
    sight::Sight,
    tracked::Visible as _,
    vocabulary::{MissingReason, NodeType, ReportStatus, Verdict},
};
use sea_orm::{ConnectionTrait, QueryFilter as _, sea_query::Expr};
use uuid::Uuid;

use super::{
    find::{ReportKey, period_of},
    subject::{self, Subjects},
};
use crate::{
    domain::{
        fetch::among,
        indicators::{
            figure::{self, Figure, FigureKey},
            outcome::comments,
        },
        organisation::period::Period,
    },
    error::Result,
};

/// Why something is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nobody has judged it.
    Verdict,
    /// The indicator has no outcome, and nobody has said why.
    Outcome,
    /// The indicator could not be measured, and nobody has said why.
    Why,
}

/// Something that a report is to say something about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What sort of thing.
    pub node: NodeType,
    /// Which one.
    pub id: Uuid,
    /// What people know it by.
    pub name: String,
    /// Why it is not done, when it is not.
    pub missing: Option<Missing>,
}

/// How far a report has come, as far as the viewer sees what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// Everything that it is to say something about.
    pub items: Vec<Item>,
}

impl Completeness {
    /// What is not done.
    pub fn missing(&self) -> impl Iterator<Item = (&Item, Missing)> {
        self.items.iter().filter_map(|item| Some((item, item.missing?)))
    }

    /// How much there is to say.
    #[must_use]
    pub fn required(&self) -> u32 {
        u32::try_from(self.items.len()).unwrap_or(u32::MAX)
    }

    /// How much is said.
    #[must_use]
    pub fn done(&self) -> u32 {
        let done = self.items.iter().filter(|item| item.missing.is_none());
        u32::try_from(done.count()).unwrap_or(u32::MAX)
    }
}

/// Whether somebody has judged a focus area, a goal or an assignment.
#[must_use]
pub fn of_judged(verdict: Option<Verdict>) -> Option<Missing> {
    verdict.is_none().then_some(Missing::Verdict)
}

/// Whether an indicator is answered: by a value, by a secret one too, or else by a comment that says why not.
#[must_use]
pub fn of_measured<'t>(
    figure: Option<&Figure>,
    comments: impl IntoIterator<Item = Option<&'t str>>,
) -> Option<Missing> {
    let missing = match figure {
        Some(figure) => match figure.missing() {
            None | Some(MissingReason::Confidential) => return None,
            Some(_) => Missing::Why,
        },
        None => Missing::Outcome,
    };
    let is_said = comments.into_iter().flatten().any(|comment| !comment.trim().is_empty());
    (!is_said).then_some(missing)
}

/// A report that is due, whether anybody has opened it or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Due {
    /// The report, when it is open.
    pub report: Option<Uuid>,
    /// The plan that it follows up.
    pub plan: Uuid,
    /// The unit.
    pub unit: Uuid,
    /// The period.
    pub period: Period,
    /// Whether it is approved: what was added to the plan later is not missing in it.
    pub is_closed: bool,
}

impl Due {
    /// A report that is open.
    ///
    /// # Errors
    /// For a period that cannot be.
    pub fn of(report: &report::Model) -> Result<Self> {
        let period = period_of(report)?;
        let (plan, unit) = (report.plan_id, report.org_unit_id);
        let is_closed = report.status == ReportStatus::Approved;
        Ok(Self { report: Some(report.id), plan, unit, period, is_closed })
    }

    /// One that nobody has opened.
    #[must_use]
    pub fn unopened(plan: Uuid, key: ReportKey) -> Self {
        let ReportKey { unit, period } = key;
        Self { report: None, plan, unit, period, is_closed: false }
    }
}

/// How far these have come: a few statements however many. The reports and plans are those that the viewer has been shown.
///
/// # Errors
/// Whatever the database says.
pub async fn completeness(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    asked: &[Due],
) -> Result<HashMap<Due, Completeness>> {
    let plans: HashSet<Uuid> = asked.iter().map(|due| due.plan).collect();
    let subjects = subject::of_plans(connection, sight, &plans).await?;
    let none = Subjects::default();
    let subjects_of = |due: &Due| subjects.get(&due.plan).unwrap_or(&none);
    let said = said(connection, sight, asked.iter().filter_map(|due| due.report)).await?;
    let mut keys = Vec::new();
    for due in asked {
        let measured = subjects_of(due).measured(due.period.kind());
        keys.extend(measured.map(|row| FigureKey::total(row, due.unit, due.period)));
    }
    let figures = figure::load(connection, sight, &keys).await?;
    let silent: Vec<&Figure> =
        figures.values().filter(|figure| figure.missing().is_some()).collect();
    let comments = comments(connection, sight, &silent).await?;
    let of = |due: &Due| {
        let found = subjects_of(due);
        let said = |id: Uuid| due.report.and_then(|report| said.get(&(report, id)));
        let judged = |node, id, number: &Option<String>, name: &str| Item {
            node,
            id,
            name: numbered(number.as_deref(), name),
            missing: of_judged(said(id).and_then(|row| row.verdict)),
        };
        let areas = found.focus_areas.iter();
        let areas = areas.map(|row| judged(NodeType::FocusArea, row.id, &row.number, &row.name));
        let goals = found.goals.iter();
        let goals = goals.map(|row| judged(NodeType::Goal, row.id, &row.number, &row.name));
        let assignments = found.assignments.iter();
        let assignments =
            assignments.map(|row| judged(NodeType::Assignment, row.id, &row.number, &row.name));
        let measured = found.measured(due.period.kind()).map(|row| {
            let figure = figures.get(&FigureKey::total(row, due.unit, due.period));
            let own = match figure {
                Some(Figure::Own(own)) => comments.get(&own.id).map(String::as_str),
                _ => None,
            };
            let said = said(row.id).and_then(|row| row.comment.as_deref());
            let name = numbered(Some(&row.code), &row.name);
            let missing = of_measured(figure, [said, own]);
            Item { node: NodeType::Indicator, id: row.id, name, missing }
        });
        let items = areas.chain(goals).chain(assignments).chain(measured);
        let items = items.filter(|item| !due.is_closed || said(item.id).is_some()).collect();
        (*due, Completeness { items })
    };
    Ok(asked.iter().map(of).collect())
}

fn numbered(number: Option<&str>, name: &str) -> String {
    number.map_or_else(|| name.to_owned(), |number| format!("{number} {name}"))
}

/// What is said in these reports, by report and subject.
async fn said(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    reports: impl Iterator<Item = Uuid>,
) -> Result<HashMap<(Uuid, Uuid), assessment::Model>> {
    let key = Expr::col((assessment::Entity, assessment::Column::ReportId));
    let rows = assessment::Entity::find_visible(&sight.under_what_is_shown())
        .filter(among(connection.get_database_backend(), key, reports))
        .all(connection)
        .await?;
    let by_subject = |row: assessment::Model| Some(((row.report_id, row.subject()?.1), row));
    Ok(rows.into_iter().filter_map(by_subject).collect())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::vocabulary::{Gender, IndicatorAggregation, OutcomeOrigin, PeriodKind};

    use super::*;
    use crate::domain::indicators::figure::Derived;

    fn figure(missing: Option<MissingReason>) -> Figure {
        let key = FigureKey {
            indicator: Uuid::nil(),
            aggregation: IndicatorAggregation::Sum,
            unit: Uuid::nil(),
            period: Period::new(2024, PeriodKind::Ur1, None).expect("a period"),
            gender: Gender::Total,
            computed: None,
        };
        Figure::Derived(Derived {
            key,
            value: None,
            numerator: None,
            denominator: None,
            missing,
            coverage: None,
            origin: OutcomeOrigin::Aggregated,
            preliminary: true,
            at: DateTime::default(),
        })
    }

    #[test]
    fn an_indicator_is_answered_by_a_value_or_by_why_not() {
        use Missing::{Outcome, Why};
        use MissingReason::{Confidential, NotApplicable, NotMeasured};
        for (told, comments, expected) in [
            (None, vec![], Some(Outcome)),
            (None, vec![None, Some(" \n")], Some(Outcome)),
            (None, vec![Some("Systemet byttes"), None], None),
            (Some(None), vec![], None),
            (Some(Some(Confidential)), vec![], None),
            (Some(Some(NotMeasured)), vec![None], Some(Why)),
            (Some(Some(NotMeasured)), vec![None, Some("Systemet byttes")], None),
            (Some(Some(NotApplicable)), vec![Some("")], Some(Why)),
        ] {
            let figure = told.map(figure);
            let found = of_measured(figure.as_ref(), comments.iter().copied());
            assert_eq!(found, expected, "{told:?} {comments:?}");
        }
    }

    #[test]
    fn any_verdict_will_do() {
        assert_eq!(of_judged(None), Some(Missing::Verdict));
        assert!(Verdict::ALL.iter().all(|verdict| of_judged(Some(*verdict)).is_none()));
    }

    #[test]
    fn what_is_required_is_done_or_missing() {
        let item =
            |missing| Item { node: NodeType::Goal, id: Uuid::nil(), name: String::new(), missing };
        let found =
            Completeness { items: vec![item(None), item(Some(Missing::Verdict)), item(None)] };
        let missing = u32::try_from(found.missing().count()).expect("few");
        assert_eq!((found.required(), found.done(), missing), (3, 2, 1));
    }
}
