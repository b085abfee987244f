//! Lines of a budget as callers write them, and what they may add up to.

use std::collections::{BTreeMap, HashMap};

use entity::{
    money::Hundredths,
    tracked::Shown as _,
    vocabulary::{BudgetLineKind, Currency},
};

use super::{super::money, MOST_LINES};
use crate::{
    domain::{
        budgets::money::GivenMoney,
        form::{Form, NAME},
        problem::{Code, Problem},
        write::FieldChange,
    },
    error::{Error, Result},
};

/// A line of a budget as a caller writes it.
#[derive(Clone, Debug)]
pub struct LineItem {
    /// Revenue or cost.
    pub kind: BudgetLineKind,
    /// Its name.
    pub name: String,
    /// What is budgeted.
    pub budget: GivenMoney,
}

/// By what a line is known in its budget.
pub type LineKey = (BudgetLineKind, String);

/// The lines that a caller wrote, in their order, when each of them can be kept.
///
/// # Errors
/// What is wrong with each of them.
pub fn checked(items: &[LineItem], currency: Currency) -> Result<Vec<(LineKey, Hundredths)>> {
    if items.len() > MOST_LINES {
        return Err(too_many().at("lines").into());
    }
    let (mut lines, mut problems) = (Vec::with_capacity(items.len()), Vec::new());
    let mut first: HashMap<LineKey, usize> = HashMap::new();
    for (at, LineItem { kind, name, budget }) in items.iter().enumerate() {
        let (mut form, mut key, mut amount) =
            (Form::default(), (*kind, String::new()), Hundredths(0));
        form.name("name", &mut key.1, Some(Some(name.clone())), NAME);
        money::set(&mut form, "budget", &mut amount, Some(Some(*budget)), currency);
        if !key.1.is_empty() {
            if let Some(first) = first.get(&key) {
                form.problem(repeated(*first).at("name"));
            } else {
                first.insert(key.clone(), at);
            }
        }
        match form.finish() {
            Ok(_) => lines.push((key, amount)),
            Err(Error::Problems(found)) => problems.extend(
                found.into_iter().map(|problem| problem.within(&["lines", &at.to_string()])),
            ),
            Err(other) => return Err(other),
        }
    }
    if problems.is_empty() { Ok(lines) } else { Err(Error::Problems(problems)) }
}

/// The kinds whose lines add up to more than can be kept.
#[must_use]
pub fn overflowing(
    lines: impl IntoIterator<Item = (BudgetLineKind, Hundredths)>,
) -> Vec<BudgetLineKind> {
    let mut sums: BTreeMap<BudgetLineKind, i128> = BTreeMap::new();
    for (kind, amount) in lines {
        *sums.entry(kind).or_default() += i128::from(amount.0);
    }
    sums.into_iter().filter(|(_, sum)| !fits(*sum)).map(|(kind, _)| kind).collect()
}

/// That the lines of a kind add up to too much, told at the largest that the caller wrote.
#[must_use]
pub fn overflows(
    written: &[(LineKey, Hundredths)],
    lines: impl IntoIterator<Item = (BudgetLineKind, Hundredths)>,
) -> Vec<Problem> {
    let at = |kind| match largest(written, kind) {
        Some(place) => too_much(kind).within(&["lines", &place.to_string(), "budget"]),
        None => too_much(kind).at("lines"),
    };
    overflowing(lines).into_iter().map(at).collect()
}

/// Whether a sum is no larger than an amount that is kept.
#[must_use]
pub fn fits(sum: i128) -> bool {
    sum.unsigned_abs() <= Hundredths::MAX.unsigned_abs().into()
}

/// The largest of the lines of that kind, where somebody has most likely written too much: its place.
fn largest(lines: &[(LineKey, Hundredths)], kind: BudgetLineKind) -> Option<usize> {
    let of_kind = lines.iter().enumerate().filter(|(_, ((of, _), _))| *of == kind);
    of_kind.max_by_key(|(_, (_, amount))| amount.0.unsigned_abs()).map(|(at, _)| at)
}

/// Amounts add up to more than can be kept.
pub fn too_much(kind: BudgetLineKind) -> Problem {
    let (sv, en) = match kind {
        BudgetLineKind::Revenue => ("Intäkterna", "revenue"),
        BudgetLineKind::Cost => ("Kostnaderna", "cost"),
    };
    Problem::new(
        Code::Invalid,
        format!("{sv} blir tillsammans mer än 15 siffror före decimaltecknet i kronor."),
        format!("All {en} together has more than 15 digits before the point in whole units."),
    )
    .at("amount")
}

/// More lines than are read whole.
pub fn too_many() -> Problem {
    Problem::new(
        Code::Invalid,
        format!("En budget har högst {MOST_LINES} poster."),
        format!("A budget has at most {MOST_LINES} lines."),
    )
}

/// There is a line of that kind and name.
pub fn taken(name: &str) -> Problem {
    Problem::new(
        Code::Duplicate,
        format!("Budgeten har redan en sådan post: {name}."),
        format!("The budget has such a line already: {name}."),
    )
    .at("name")
}

fn repeated(first: usize) -> Problem {
    Problem::new(
        Code::Duplicate,
        format!("Samma slag och namn som post {first} i listan."),
        format!("The same kind and name as line {first} of the list."),
    )
}

/// How the log of its budget names a line.
#[must_use]
pub fn field_of((kind, name): &LineKey) -> String {
    format!("lines.{}.{name}", kind.as_str())
}

/// A change of a line's amount as the log of its budget has it.
#[must_use]
pub fn logged(
    key: &LineKey,
    before: Option<Hundredths>,
    after: Option<Hundredths>,
) -> Option<FieldChange> {
    let (before, after) = (before.shown(), after.shown());
    (before != after).then(|| FieldChange { field: field_of(key), before, after })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_adds_up_to_what_one_amount_can_be() {
        use BudgetLineKind::{Cost, Revenue};
        let most = Hundredths(Hundredths::MAX);
        for (lines, over) in [
            (vec![], vec![]),
            (vec![(Cost, most), (Revenue, most)], vec![]),
            (vec![(Cost, most), (Cost, Hundredths(1))], vec![Cost]),
            (vec![(Cost, Hundredths(-1)), (Cost, Hundredths(-Hundredths::MAX))], vec![Cost]),
            (vec![(Cost, most), (Cost, most), (Cost, Hundredths(-Hundredths::MAX))], vec![]),
            (
                vec![(Cost, most), (Revenue, most), (Revenue, most), (Cost, most)],
                vec![Revenue, Cost],
            ),
        ] {
            assert_eq!(overflowing(lines.clone()), over, "{lines:?}");
        }
    }

    #[test]
    fn the_largest_line_is_told() {
        let line = |kind, amount| ((kind, String::new()), Hundredths(amount));
        use BudgetLineKind::{Cost, Revenue};
        let lines = [line(Cost, 5), line(Revenue, 90), line(Cost, -70), line(Cost, 6)];
        assert_eq!((largest(&lines, Cost), largest(&lines, Revenue)), (Some(2), Some(1)));
        assert_eq!(largest(&lines[1..2], Cost), None);
    }
}
