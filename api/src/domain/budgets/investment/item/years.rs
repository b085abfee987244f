//! What an item is to cost in other years than its budget's: a forecast of the one before, and plans for those after.

use std::collections::{BTreeMap, HashMap};

use entity::{
    budgets::investment_year,
    money::Hundredths,
    tracked::Shown as _,
    vocabulary::{AmountBasis, Currency},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    domain::{
        budgets::money::{GivenMoney, exact},
        fetch::among,
        organisation::period::YEARS,
        problem::{Code, Problem},
        write::{FieldChange, Write},
    },
    error::Result,
};

/// The most years of one item.
const MOST: usize = 30;

/// A year as a caller writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenYear {
    /// The year.
    pub year: i32,
    /// How much.
    pub amount: GivenMoney,
    /// What that rests on; the year says it.
    pub basis: Option<AmountBasis>,
}

/// What an item is to cost in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedYear {
    /// The year.
    pub year: i32,
    /// How much.
    pub amount: Hundredths,
}

/// The years that a caller sends, when nothing is wrong with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Years {
    /// The other years.
    pub others: BTreeMap<i32, Hundredths>,
    /// The budget's own year, and where it stands in the list.
    pub own: Option<(usize, Hundredths)>,
}

/// What the amount of a year rests on, in a budget of another; nothing so far back.
#[must_use]
pub fn basis(year: i32, budget: i32) -> Option<AmountBasis> {
    match i64::from(year) - i64::from(budget) {
        -1 => Some(AmountBasis::Forecast),
        0 => Some(AmountBasis::Budget),
        1.. => Some(AmountBasis::Plan),
        _ => None,
    }
}

/// Reads the years that a caller sends of an item in a budget.
///
/// # Errors
/// What is wrong with each.
pub(super) fn read(
    given: &[GivenYear],
    budget: i32,
    currency: Currency,
) -> Result<Years, Vec<Problem>> {
    if given.len() > MOST {
        let problem = Problem::new(
            Code::Invalid,
            format!("Högst {MOST} år, inte {}.", given.len()),
            format!("At most {MOST} years, not {}.", given.len()),
        );
        return Err(vec![problem.at("years")]);
    }
    let (mut years, mut problems) = (Years::default(), Vec::new());
    for (nth, one) in given.iter().enumerate() {
        let earlier = given.iter().take(nth).any(|other| other.year == one.year);
        match read_one(one, budget, currency, earlier) {
            Err(problem) => problems.push(problem.within(&["years", &nth.to_string()])),
            Ok(amount) if one.year == budget => years.own = Some((nth, amount)),
            Ok(amount) => {
                years.others.insert(one.year, amount);
            }
        }
    }
    if problems.is_empty() { Ok(years) } else { Err(problems) }
}

fn read_one(
    given: &GivenYear,
    budget: i32,
    currency: Currency,
    is_repeated: bool,
) -> Result<Hundredths, Problem> {
    let GivenYear { year, amount, basis: said } = *given;
    let basis = basis(year, budget).filter(|_| YEARS.contains(&year)).ok_or_else(|| {
        let (first, last) = (YEARS.start().max(&(budget - 1)).to_owned(), YEARS.end());
        Problem::new(
            Code::Invalid,
            format!("Året måste vara {first}–{last} i en budget för {budget}, inte {year}."),
            format!("The year must be from {first} to {last} in a budget of {budget}, not {year}."),
        )
        .at("year")
    })?;
    if is_repeated {
        return Err(Problem::new(
            Code::Duplicate,
            format!("{year} finns redan i listan."),
            format!("{year} is in the list already."),
        )
        .at("year"));
    }
    if said.is_some_and(|said| said != basis) {
        let basis = basis.as_str();
        return Err(Problem::new(
            Code::Invalid,
            format!("I en budget för {budget} är {year} {basis}."),
            format!("In a budget of {budget}, {year} is {basis}."),
        )
        .at("basis"));
    }
    let amount = exact(amount, currency).map_err(|problem| problem.within(&["amount"]))?;
    if amount < Hundredths::default() {
        return Err(Problem::new(
            Code::Invalid,
            "Beloppet kan inte vara negativt.",
            "The amount cannot be negative.",
        )
        .at("amount")
        .within(&["amount"]));
    }
    Ok(amount)
}

/// Makes these the other years of an item, and says what that changed.
///
/// # Errors
/// Whatever the database says.
pub(super) async fn replace(
    write: &Write,
    item: Uuid,
    years: &BTreeMap<i32, Hundredths>,
) -> Result<Option<FieldChange>> {
    use investment_year::{Column, Entity, Model};
    let connection = write.connection();
    let there = Entity::find().filter(Column::ItemId.eq(item)).all(connection).await?;
    let there: BTreeMap<i32, Hundredths> =
        there.into_iter().map(|row| (row.year, row.amount)).collect();
    if there == *years {
        return Ok(None);
    }
    Entity::delete_many().filter(Column::ItemId.eq(item)).exec(connection).await?;
    let row = |(year, amount): (&i32, &Hundredths)| {
        Model { item_id: item, year: *year, amount: *amount }.into_active_model()
    };
    let rows: Vec<_> = years.iter().map(row).collect();
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(connection).await?;
    }
    Ok(Some(FieldChange { field: "years".to_owned(), before: shown(&there), after: shown(years) }))
}

fn shown(years: &BTreeMap<i32, Hundredths>) -> Option<String> {
    let one = |(year, amount): (&i32, &Hundredths)| Some(format!("{year} {}", amount.shown()?));
    let all: Vec<String> = years.iter().filter_map(one).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// The other years of items that the viewer has been shown, ascending: one statement however many.
///
/// # Errors
/// Whatever the database says.
pub async fn of_items(
    connection: &impl ConnectionTrait,
    items: &[Uuid],
) -> Result<HashMap<Uuid, Vec<PlannedYear>>> {
    use investment_year::{Column, Entity};
    let item = Expr::col((Entity, Column::ItemId));
    let rows = Entity::find()
        .filter(among(connection.get_database_backend(), item, items.iter().copied()))
        .order_by_asc(Column::Year)
        .all(connection)
        .await?;
    let mut found: HashMap<Uuid, Vec<PlannedYear>> = HashMap::new();
    for row in rows {
        let year = PlannedYear { year: row.year, amount: row.amount };
        found.entry(row.item_id).or_default().push(year);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::domain::budgets::money::MoneyUnit;

    fn given(year: i32, amount: i64, basis: Option<AmountBasis>) -> GivenYear {
        let amount =
            GivenMoney { amount: Decimal::from(amount), currency: None, unit: MoneyUnit::Kr };
        GivenYear { year, amount, basis }
    }

    #[test]
    fn the_year_says_what_its_amount_rests_on() {
        use AmountBasis::{Budget, Forecast, Plan};
        let all =
            [given(2023, 1, Some(Forecast)), given(2024, 2, Some(Budget)), given(2030, 3, None)];
        let years = read(&all, 2024, Currency::Sek).expect("years");
        assert_eq!(years.own, Some((1, Hundredths(200))));
        assert_eq!(
            years.others,
            BTreeMap::from([(2023, Hundredths(100)), (2030, Hundredths(300))])
        );
        let euro = GivenMoney { currency: Some(Currency::Eur), ..given(2025, 1, None).amount };
        for (wrong, code, field) in [
            (given(2022, 1, None), Code::Invalid, "year"),
            (given(2201, 1, None), Code::Invalid, "year"),
            (given(i32::MIN, 1, None), Code::Invalid, "year"),
            (given(2023, 1, Some(Plan)), Code::Invalid, "basis"),
            (given(2024, 1, Some(Forecast)), Code::Invalid, "basis"),
            (given(2025, 1, Some(Budget)), Code::Invalid, "basis"),
            (given(2025, -1, None), Code::Invalid, "amount.amount"),
            (GivenYear { amount: euro, ..given(2025, 1, None) }, Code::Invalid, "amount.currency"),
            (given(2026, 1, None), Code::Duplicate, "year"),
        ] {
            let list = [given(2026, 5, None), wrong];
            let found = read(&list, 2024, Currency::Sek).expect_err("a problem");
            let found: Vec<_> =
                found.iter().map(|problem| (problem.code, problem.field.join("."))).collect();
            assert_eq!(found, [(code, format!("years.1.{field}"))], "{wrong:?}");
        }
        let many: Vec<GivenYear> = (2024..2055).map(|year| given(year, 1, None)).collect();
        assert!(read(&many[..MOST], 2024, Currency::Sek).is_ok());
        let found = read(&many, 2024, Currency::Sek).expect_err("too many");
        assert_eq!(found[0].field, ["years"]);
        // Before the first year of all there is none.
        assert!(read(&[given(1899, 1, None)], 1900, Currency::Sek).is_err());
    }
}
