//! Ids of outcomes that are worked out: they name what the outcome is about.

use async_graphql::Context;
use entity::{
    indicators::indicator,
    organisation::org_unit,
    vocabulary::{Gender, PeriodKind},
};
use uuid::Uuid;

use super::Outcome;
use crate::{
    domain::{
        indicators::figure::{Figure, FigureKey},
        organisation::period::Period,
    },
    error::Result,
    graphql::{context::session, loader::ById},
};

/// What follows the indicator in the id: the unit, the year, and the places of kind, month and gender.
pub fn rest(key: &FigureKey) -> Vec<u8> {
    let mut bytes = key.unit.as_bytes().to_vec();
    bytes.extend_from_slice(&i16::try_from(key.period.year()).unwrap_or_default().to_be_bytes());
    bytes.push(place(PeriodKind::ALL, key.period.kind()));
    bytes.push(key.period.month().and_then(|month| u8::try_from(month).ok()).unwrap_or(0));
    bytes.push(place(Gender::ALL, key.gender));
    bytes
}

fn place<T: PartialEq>(all: &[T], one: T) -> u8 {
    all.iter().position(|other| *other == one).and_then(|at| u8::try_from(at).ok()).unwrap_or(0)
}

fn read(rest: &[u8]) -> Option<(Uuid, Period, Gender)> {
    let (unit, rest) = rest.split_at_checked(16)?;
    let [year @ .., kind, month, gender] = rest else { return None };
    let year = i16::from_be_bytes(year.try_into().ok()?);
    let kind = *PeriodKind::ALL.get(usize::from(*kind))?;
    let month = (*month > 0).then_some(u32::from(*month));
    let gender = *Gender::ALL.get(usize::from(*gender))?;
    Some((Uuid::from_slice(unit).ok()?, Period::new(year.into(), kind, month).ok()?, gender))
}

/// The outcome with such an id, worked out anew; none when there is nothing to work it out from, or when somebody
/// has reported it since.
///
/// # Errors
/// Whatever the database says.
pub async fn derived(ctx: &Context<'_>, indicator: Uuid, rest: &[u8]) -> Result<Option<Outcome>> {
    let Some((unit, period, gender)) = read(rest) else { return Ok(None) };
    let loader = &session(ctx).loader;
    let Some(indicator) = loader.load_one(ById::<indicator::Entity>::new(indicator)).await? else {
        return Ok(None);
    };
    let at = loader.load_one(ById::<org_unit::Entity>::new(unit)).await?;
    if at.is_none_or(|at| at.organisation_id != indicator.organisation_id) {
        return Ok(None);
    }
    let key = FigureKey { gender, ..FigureKey::total(&indicator, unit, period) };
    let figure = loader.load_one(key).await?;
    Ok(figure.filter(|figure| matches!(figure, Figure::Derived(_))).map(Outcome::from))
}
