//! What must be hidden so that nobody can work a confidential outcome out by subtraction.
//!
//! An aggregated value leaves confidential parts out and reveals nothing. A unit's *own* value, or a
//! total beside one of the genders, may: those are hidden too, and what they would give away in turn.
//! It is decided once for all readers, from every outcome of the organisation: two hidden parts hide each other from
//! those who may see neither.

use std::collections::HashMap;

use entity::vocabulary::{IndicatorAggregation, MissingReason};
use uuid::Uuid;

use super::aggregation::Own;
use super::tree::Tree;

/// One indicator's and period's answers by unit, for each gender.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByGender {
    /// Those for everybody.
    pub total: HashMap<Uuid, Own>,
    /// Those for women.
    pub women: HashMap<Uuid, Own>,
    /// Those for men.
    pub men: HashMap<Uuid, Own>,
}

/// The one confidential part below the unit that its own value would give away, if there is one.
///
/// Two confidential parts hide each other. A part that is silent or has another reason hides nobody: it
/// may have nothing to add, and once it has answered, a reader who saw the unit's value still knows it.
#[must_use]
pub fn reveals(
    kind: IndicatorAggregation,
    tree: &Tree,
    own: &HashMap<Uuid, Own>,
    unit: Uuid,
) -> Option<Uuid> {
    if kind == IndicatorAggregation::None {
        return None;
    }
    own.get(&unit)?.counted(kind)?;
    let mut hidden = tree
        .nearest(unit, |part| own.contains_key(&part))
        .filter(|part| own.get(part).is_some_and(is_hidden));
    hidden.next().filter(|_| hidden.next().is_none())
}

/// Whether exactly one of the three is confidential while the other two have values, so that it can be
/// worked out from them.
#[must_use]
pub fn reveals_gender(
    kind: IndicatorAggregation,
    total: Option<&Own>,
    women: Option<&Own>,
    men: Option<&Own>,
) -> bool {
    let all = [total, women, men];
    let hidden = all.iter().flatten().filter(|answer| is_hidden(answer)).count();
    let known = all.iter().flatten().filter(|answer| answer.counted(kind).is_some()).count();
    kind != IndicatorAggregation::None && hidden == 1 && known == 2
}

/// Hides every own value that would give a confidential part below it away, from the bottom up, so that
/// what has just been hidden is not given away further up. Says whether anything was hidden.
pub fn protect_upwards(
    kind: IndicatorAggregation,
    tree: &Tree,
    own: &mut HashMap<Uuid, Own>,
) -> bool {
    let mut changed = false;
    for unit in tree.bottom_up() {
        if reveals(kind, tree, own, unit).is_some() {
            changed |= hide(own, unit);
        }
    }
    changed
}

/// Hides whatever would give a confidential outcome away, up the tree or between the genders: beside a
/// hidden gender the total, and beside a hidden total both genders.
pub fn protect(kind: IndicatorAggregation, tree: &Tree, answers: &mut ByGender) {
    loop {
        let mut changed = protect_upwards(kind, tree, &mut answers.total);
        changed |= protect_upwards(kind, tree, &mut answers.women);
        changed |= protect_upwards(kind, tree, &mut answers.men);
        let units: Vec<_> = answers.total.keys().copied().collect();
        for unit in units {
            let total = answers.total.get(&unit);
            if !reveals_gender(kind, total, answers.women.get(&unit), answers.men.get(&unit)) {
                continue;
            }
            if total.is_some_and(is_hidden) {
                changed |= hide(&mut answers.women, unit) | hide(&mut answers.men, unit);
            } else {
                changed |= hide(&mut answers.total, unit);
            }
        }
        if !changed {
            return;
        }
    }
}

fn is_hidden(answer: &Own) -> bool {
    answer.missing == Some(MissingReason::Confidential)
}

fn hide(own: &mut HashMap<Uuid, Own>, unit: Uuid) -> bool {
    let Some(answer) = own.get_mut(&unit).filter(|answer| !is_hidden(answer)) else {
        return false;
    };
    let hidden = Some(MissingReason::Confidential);
    *answer = Own {
        value: None,
        numerator: None,
        denominator: None,
        missing: hidden,
        confirmed: answer.confirmed,
    };
    true
}

#[cfg(test)]
mod tests;
