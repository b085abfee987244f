//! The scorecard of a decided report.

use std::{collections::HashMap, sync::Arc};

use entity::{
    fixed::Fixed,
    indicators::indicator,
    node_id,
    sight::Sight,
    vocabulary::{Gender, NodeType},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::content::{Coverage, Exact, Indicator, Measured, Outcome, Target};
use crate::{
    domain::{
        indicators::{
            figure::{self, Figure, FigureKey, display},
            indicator::IndicatorFilter,
            outcome::comments,
            scorecard::{self, Asked, Row},
        },
        organisation::period::Period,
    },
    error::Result,
};

/// What the scorecard of a unit and period says, with what is said of women and of men.
pub(super) async fn measured(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    unit: Uuid,
    period: Period,
) -> Result<Vec<Measured>> {
    let asked = Asked { period, filter: IndicatorFilter::default() };
    let mut found = scorecard::load(connection, sight, &[unit], &asked).await?;
    let rows = found.remove(&unit).unwrap_or_default();
    let of =
        |row: &Row, gender| FigureKey { gender, ..FigureKey::total(&row.indicator, unit, period) };
    let keys: Vec<FigureKey> = (rows.iter())
        .flat_map(|row| [Gender::Women, Gender::Men].map(|gender| of(row, gender)))
        .collect();
    let by_gender = figure::load(connection, sight, &keys).await?;
    let figures = rows.iter().flat_map(|row| row.figure.iter().chain(&row.previous));
    let figures: Vec<&Figure> = figures.chain(by_gender.values()).collect();
    let comments = comments(connection, sight, &figures).await?;
    let outcome = |row: &Row, figure: Option<&Figure>| {
        figure.map(|figure| outcome(&row.indicator, figure, &comments))
    };
    let one = |row: &Row| Measured {
        indicator: described(&row.indicator),
        target: row
            .target
            .as_ref()
            .map(|target| Target { value: Exact(target.value), decided_at: target.decided_at }),
        outcome: outcome(row, row.figure.as_ref()),
        women: outcome(row, by_gender.get(&of(row, Gender::Women))),
        men: outcome(row, by_gender.get(&of(row, Gender::Men))),
        previous: outcome(row, row.previous.as_ref()),
        deviation: row.deviation().and_then(Fixed::nearest).map(Exact),
        status: row.status(),
        trend: row.trend(),
    };
    Ok(rows.iter().map(one).collect())
}

fn described(row: &Arc<indicator::Model>) -> Indicator {
    Indicator {
        id: node_id::encode(NodeType::Indicator, row.id),
        code: row.code.clone(),
        name: row.name.clone(),
        definition: row.definition.clone(),
        category: row.category,
        unit: row.unit.clone(),
        decimals: row.decimals,
        direction: row.direction,
        aggregation: row.aggregation,
        tolerance: row.tolerance.map(Exact),
    }
}

fn outcome(
    indicator: &indicator::Model,
    figure: &Figure,
    comments: &HashMap<Uuid, String>,
) -> Outcome {
    let answer = figure.answer();
    let (coverage, comment) = match figure {
        Figure::Own(own) => (None, comments.get(&own.id).cloned()),
        Figure::Derived(derived) => (derived.coverage, None),
    };
    Outcome {
        value: answer.value.map(Exact),
        display_value: display(indicator, figure),
        numerator: answer.numerator.map(Exact),
        denominator: answer.denominator.map(Exact),
        missing_reason: answer.missing,
        state: figure.state(),
        origin: figure.origin(),
        coverage: coverage.map(|(contributing, expected)| Coverage { contributing, expected }),
        forecast: figure.forecast().map(Exact),
        comment,
    }
}
