//! What is kept from those who may not see a confidential outcome, or one that would give it away.

use std::collections::HashSet;

use entity::{
    indicators::outcome::{self, CONFIDENTIAL},
    sight::Sight,
    vocabulary::{MissingReason, NodeType},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

use super::answer::Answer;
use crate::{
    domain::{
        history::Change,
        write::{FieldChange, many::redact},
    },
    error::Result,
};

/// The fields that are nobody else's to read.
pub const FIELDS: [&str; 5] = ["value", "numerator", "denominator", "forecast", "comment"];

/// What differs between two versions of an outcome behind values that the log does not show.
#[must_use]
pub fn hidden_changes(before: &outcome::Model, after: &outcome::Model) -> Vec<FieldChange> {
    if !before.is_secret() || !after.is_secret() {
        return Vec::new();
    }
    let (old, new) = (Answer::of(before), Answer::of(after));
    let numbers = [
        (old.value, new.value),
        (old.numerator, new.numerator),
        (old.denominator, new.denominator),
        (before.forecast, after.forecast),
    ];
    let reworded =
        matches!((&before.comment, &after.comment), (Some(old), Some(new)) if old != new);
    let differs = numbers
        .map(|pair| matches!(pair, (Some(old), Some(new)) if old != new))
        .into_iter()
        .chain([reworded]);
    let hidden = || Some(CONFIDENTIAL.to_owned());
    FIELDS
        .into_iter()
        .zip(differs)
        .filter(|(_, differs)| *differs)
        .map(|(field, _)| FieldChange {
            field: field.to_owned(),
            before: hidden(),
            after: hidden(),
        })
        .collect()
}

/// Takes what the viewer may not see now out of older changes too: what was once open may be confidential today.
///
/// # Errors
/// Whatever the database says.
pub async fn conceal(
    connection: &impl ConnectionTrait,
    sight: &Sight,
    changes: &mut [Change],
) -> Result<()> {
    let outcomes: HashSet<Uuid> = changes
        .iter()
        .filter(|change| change.node_type == NodeType::Outcome)
        .map(|change| change.node_id)
        .collect();
    if outcomes.is_empty() {
        return Ok(());
    }
    let mut hidden: HashSet<Uuid> = HashSet::new();
    for chunk in outcomes.into_iter().collect::<Vec<_>>().chunks(5_000) {
        let found: Vec<Uuid> = outcome::Entity::find()
            .select_only()
            .column(outcome::Column::Id)
            .filter(outcome::Column::Id.is_in(chunk.iter().copied()))
            .filter(is_hidden(sight))
            .into_tuple()
            .all(connection)
            .await?;
        hidden.extend(found);
    }
    for change in changes.iter_mut().filter(|change| hidden.contains(&change.node_id)) {
        change
            .fields
            .iter_mut()
            .filter(|field| FIELDS.contains(&field.field.as_str()))
            .for_each(redact);
    }
    Ok(())
}

/// Whether an outcome is secret, and not the viewer's to know.
pub fn is_hidden(sight: &Sight) -> Expr {
    let guarded = Expr::col((outcome::Entity, outcome::Column::Guarded)).eq(true);
    let confidential = Expr::col((outcome::Entity, outcome::Column::MissingReason))
        .eq(MissingReason::Confidential.as_str());
    // A missing reason that is null makes neither true nor false, which a condition takes for false.
    let secret = guarded.or(confidential);
    if sight.discreet {
        return secret;
    }
    secret.and(sight.drafts.units((outcome::Entity, outcome::Column::OrgUnitId)).not())
}
