//! Units as places in a row: a unit, then all that is below it, then its next sibling.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::{
    indicators::{active::is_active, tree::Tree},
    organisation::{cycle::Cycle, period::Period},
};

/// A unit as far as sums need it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub id: Uuid,
    pub parent: Option<Uuid>,
    pub organisation: Uuid,
    pub first: Option<NaiveDate>,
    pub last: Option<NaiveDate>,
}

impl Unit {
    /// Whether it may be inactive at any time.
    pub(super) fn is_dated(&self) -> bool {
        self.first.is_some() || self.last.is_some()
    }
}

/// The places of some units. One numbering serves every period.
#[derive(Debug, Default)]
pub(super) struct Places {
    units: Vec<Unit>,
    /// For each place the one after the last below it.
    ends: Vec<usize>,
    /// Units by id, with their places.
    by_id: Vec<(Uuid, usize)>,
}

/// Which places are there in a period.
#[derive(Debug)]
pub(super) struct Active {
    /// How many are active before each place, and at last how many there are.
    before: Vec<u32>,
}

impl Places {
    /// Gives every unit its place. Units in a circle have none.
    pub(super) fn new(units: &[Unit]) -> Self {
        let tree = Tree::new(units.iter().map(|unit| (unit.id, unit.parent)));
        let of: HashMap<Uuid, &Unit> = units.iter().map(|unit| (unit.id, unit)).collect();
        let (units, ends): (Vec<Unit>, Vec<usize>) =
            tree.ends().filter_map(|(id, end)| Some((**of.get(&id)?, end))).unzip();
        let mut by_id: Vec<(Uuid, usize)> =
            (0..).zip(&units).map(|(at, unit)| (unit.id, at)).collect();
        by_id.sort_unstable();
        Self { units, ends, by_id }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.units.len()
    }

    /// The units, in the order of their places.
    pub(super) fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter()
    }

    /// A unit's place.
    pub(super) fn of(&self, unit: Uuid) -> Option<usize> {
        self.find(unit, &mut 0)
    }

    /// The same for one of many units. Those that come in the order of their ids are found at once: `next` is where
    /// the next of them is looked for first.
    pub(super) fn find(&self, unit: Uuid, next: &mut usize) -> Option<usize> {
        if self.by_id.get(*next).is_none_or(|(id, _)| *id != unit) {
            *next = self.by_id.binary_search_by_key(&unit, |(id, _)| *id).ok()?;
        }
        let (_, place) = self.by_id.get(*next)?;
        *next += 1;
        Some(*place)
    }

    /// The place after the last below a place.
    pub(super) fn end(&self, place: usize) -> Option<usize> {
        self.ends.get(place).copied()
    }

    /// Who is there in the period, by the cycles of the organisations that have units with dates.
    pub(super) fn active(&self, period: Period, cycles: &HashMap<Uuid, Cycle>) -> Active {
        let mut count = 0;
        let mut before = Vec::with_capacity(self.units.len() + 1);
        before.push(0);
        for unit in &self.units {
            let cycle = cycles.get(&unit.organisation).filter(|_| unit.is_dated());
            let active = cycle.is_none_or(|cycle| is_active(unit.first, unit.last, period, cycle));
            count += u32::from(active);
            before.push(count);
        }
        Active { before }
    }
}

impl Active {
    /// How many are active from one place up to before another.
    pub(super) fn between(&self, from: usize, to: usize) -> u32 {
        match (self.before.get(from), self.before.get(to)) {
            (Some(before), Some(after)) => after.saturating_sub(*before),
            _ => 0,
        }
    }

    /// Whether the place is.
    pub(super) fn is(&self, place: usize) -> bool {
        self.between(place, place + 1) > 0
    }
}
