//! What a report has still to say.

use std::collections::{HashMap, HashSet};

use entity::{
    follow_up::{assessment, report},
    indicators::outcome,
    sight::Sight,
    tracked::Visible as _,
    vocabulary::{Gender, MissingReason, NodeType, Verdict},
};
use sea_orm::{ColumnTrait as _, ConnectionTrait as _, QueryFilter as _, sea_query::Expr};
use uuid::Uuid;

use super::{
    find::period_of,
    subject::{self, Subjects},
};
use crate::{
    db::Reader,
    domain::{
        fetch::among,
        indicators::figure::{self, Figure, FigureKey},
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

/// How far these reports have come: a few statements however many. The reports are those that the viewer has been shown.
///
/// # Errors
/// Whatever the database says.
pub async fn completeness(
    reader: &Reader,
    sight: &Sight,
    reports: &[report::Model],
) -> Result<HashMap<Uuid, Completeness>> {
    let plans: HashSet<Uuid> = reports.iter().map(|report| report.plan_id).collect();
    let subjects = subject::of_plans(reader, sight, &plans).await?;
    let none = Subjects::default();
    let subjects_of = |report: &report::Model| subjects.get(&report.plan_id).unwrap_or(&none);
    let said = said(reader, sight, reports).await?;
    let mut keys = Vec::new();
    for report in reports {
        let period = period_of(report)?;
        let measured = subjects_of(report).measured(report.kind);
        keys.extend(measured.map(|row| FigureKey::total(row, report.org_unit_id, period)));
    }
    let figures = figure::load(reader, sight, &keys).await?;
    let comments = comments(reader, sight, &figures).await?;
    let of_report = |report: &report::Model| {
        let period = period_of(report)?;
        let found = subjects_of(report);
        let verdict = |id: Uuid| said.get(&(report.id, id)).and_then(|row| row.verdict);
        let judged = |node, id, number: &Option<String>, name: &str| Item {
            node,
            id,
            name: numbered(number.as_deref(), name),
            missing: of_judged(verdict(id)),
        };
        let mut items: Vec<Item> = (found.focus_areas.iter())
            .map(|row| judged(NodeType::FocusArea, row.id, &row.number, &row.name))
            .chain(
                found
                    .goals
                    .iter()
                    .map(|row| judged(NodeType::Goal, row.id, &row.number, &row.name)),
            )
            .chain(
                (found.assignments.iter())
                    .map(|row| judged(NodeType::Assignment, row.id, &row.number, &row.name)),
            )
            .collect();
        for row in found.measured(report.kind) {
            let figure = figures.get(&FigureKey::total(row, report.org_unit_id, period));
            let own = match figure {
                Some(Figure::Own(own)) => comments.get(&own.id).map(String::as_str),
                _ => None,
            };
            let said = said.get(&(report.id, row.id)).and_then(|row| row.comment.as_deref());
            let missing = of_measured(figure, [said, own]);
            let name = numbered(Some(&row.code), &row.name);
            items.push(Item { node: NodeType::Indicator, id: row.id, name, missing });
        }
        Ok((report.id, Completeness { items }))
    };
    reports.iter().map(of_report).collect()
}

fn numbered(number: Option<&str>, name: &str) -> String {
    number.map_or_else(|| name.to_owned(), |number| format!("{number} {name}"))
}

/// What is said in these reports, by report and subject.
async fn said(
    reader: &Reader,
    sight: &Sight,
    reports: &[report::Model],
) -> Result<HashMap<(Uuid, Uuid), assessment::Model>> {
    let key = Expr::col((assessment::Entity, assessment::Column::ReportId));
    let ids = reports.iter().map(|report| report.id);
    let rows = assessment::Entity::find_visible(&sight.under_what_is_shown())
        .filter(among(reader.get_database_backend(), key, ids))
        .all(reader)
        .await?;
    let by_subject = |row: assessment::Model| Some(((row.report_id, row.subject()?.1), row));
    Ok(rows.into_iter().filter_map(by_subject).collect())
}

/// What units say of outcomes that have no value.
async fn comments(
    reader: &Reader,
    sight: &Sight,
    figures: &HashMap<FigureKey, Figure>,
) -> Result<HashMap<Uuid, String>> {
    let silent: Vec<Uuid> = figures
        .values()
        .filter_map(|figure| match figure {
            Figure::Own(own) if figure.missing().is_some() && !own.hidden => Some(own.id),
            _ => None,
        })
        .collect();
    if silent.is_empty() {
        return Ok(HashMap::new());
    }
    let key = Expr::col((outcome::Entity, outcome::Column::Id));
    let rows = outcome::Entity::find_visible(&sight.row_by_row())
        .filter(among(reader.get_database_backend(), key, silent))
        .filter(outcome::Column::Gender.eq(Gender::Total))
        .all(reader)
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id, row.comment?))).collect())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::vocabulary::{IndicatorAggregation, OutcomeOrigin, PeriodKind};

    use super::*;
    use crate::domain::{indicators::figure::Derived, organisation::period::Period};

    fn figure(missing: Option<MissingReason>) -> Figure {
        let key = FigureKey {
            indicator: Uuid::nil(),
            aggregation: IndicatorAggregation::Sum,
            unit: Uuid::nil(),
            period: Period::new(2024, PeriodKind::Ur1, None).expect("a period"),
            gender: Gender::Total,
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
