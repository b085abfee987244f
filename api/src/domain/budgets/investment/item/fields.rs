//! What a caller sends of an item, and what can be wrong with it.

use std::collections::BTreeMap;

use entity::{
    budgets::investment_item, money::Hundredths, organisation::org_unit, vocabulary::InvestmentKind,
};

use super::{
    super::{Place, allocated, exceeded, rules},
    continues,
    place::is_at_or_below,
    years::{self, GivenYear},
};
use crate::{
    domain::{
        access::external_ref::ExternalId,
        budgets::money::{self, GivenMoney},
        form::{Form, NAME, Sent, required},
        problem::{Code, Problem},
        write::Write,
    },
    error::Result,
};

/// What a caller sends of an item.
#[derive(Clone, Debug, Default)]
pub struct InvestmentItemFields {
    /// For which unit; the budget's when it is cleared.
    pub org_unit: Sent<String>,
    /// The name.
    pub name: Sent<String>,
    /// New, or in place of something old.
    pub kind: Sent<InvestmentKind>,
    /// What sort of thing.
    pub category: Sent<String>,
    /// What it may cost in the budget's year.
    pub amount: Sent<GivenMoney>,
    /// What it is to cost in other years.
    pub years: Sent<Vec<GivenYear>>,
    /// What it may cost over all years, as decided at the start.
    pub decided_total: Sent<GivenMoney>,
    /// What it is expected to cost over all years.
    pub estimated_total: Sent<GivenMoney>,
    /// What had been spent on it before its first budget here.
    pub spent_before: Sent<GivenMoney>,
    /// The same investment in the budget of an earlier year.
    pub continues: Sent<String>,
    /// What other systems call it.
    pub external_refs: Sent<Vec<ExternalId>>,
}

/// What a form has come to.
pub(super) struct Filled {
    /// The fields that were sent.
    pub sent: Vec<&'static str>,
    /// The other years, when they were sent.
    pub years: Option<BTreeMap<i32, Hundredths>>,
}

/// Fills in what was sent. `before` is what the item had come to, of one that is there.
///
/// # Errors
/// What is wrong with it.
pub(super) async fn fill(
    write: &Write,
    place: &Place,
    row: &mut investment_item::Model,
    before: Option<Hundredths>,
    fields: &InvestmentItemFields,
) -> Result<Filled> {
    let mut form = Form::default();
    let currency = place.budget.currency;
    form.name("name", &mut row.name, fields.name.clone(), NAME);
    form.set("kind", &mut row.kind, fields.kind);
    form.mark("category", &mut row.category, fields.category.clone(), NAME);
    money::set_positive(&mut form, "amount", &mut row.amount, fields.amount, currency);
    let (years, at) = fill_years(&mut form, place, row, before, fields);
    for (field, slot, sent) in [
        ("decidedTotal", &mut row.decided_total, fields.decided_total),
        ("estimatedTotal", &mut row.estimated_total, fields.estimated_total),
        ("spentBefore", &mut row.spent_before, fields.spent_before),
    ] {
        money::optional_positive(&mut form, field, slot, sent, currency);
    }
    fill_unit(write, &mut form, place, row, fields).await?;
    fill_continues(write, &mut form, place, row, fields).await?;
    if fields.external_refs.is_some() {
        form.note("externalRefs");
    }
    let more = i128::from(row.amount.0) - i128::from(before.unwrap_or_default().0);
    if form.is_fine()
        && more > 0
        && let Err(rules::Refusal::Missing(missing)) = rules::fits(
            allocated(write.connection(), place.budget.id).await? + more,
            place.budget.frame,
        )
    {
        let path: Vec<&str> = at.iter().map(String::as_str).collect();
        form.problem(exceeded(missing, currency).within(&path));
    }
    Ok(Filled { sent: form.finish()?, years })
}

/// The other years when they were sent, and where the amount of the budget's own was.
fn fill_years(
    form: &mut Form,
    place: &Place,
    row: &mut investment_item::Model,
    before: Option<Hundredths>,
    fields: &InvestmentItemFields,
) -> (Option<BTreeMap<i32, Hundredths>>, Vec<String>) {
    let amount = || vec!["amount".to_owned()];
    let missing = fields.amount.is_none() && before.is_none();
    let Some(given) = &fields.years else {
        if missing {
            form.problem(required("amount"));
        }
        return (None, amount());
    };
    form.note("years");
    let given = given.as_deref().unwrap_or_default();
    let years = match years::read(given, place.budget.year, place.budget.currency) {
        Ok(years) => years,
        Err(problems) => {
            problems.into_iter().for_each(|problem| form.problem(problem));
            return (None, amount());
        }
    };
    let Some((nth, own)) = years.own else {
        if missing {
            form.problem(required("amount"));
        }
        return (Some(years.others), amount());
    };
    let at = vec!["years".to_owned(), nth.to_string(), "amount".to_owned()];
    if fields.amount.is_none() {
        form.set("amount", &mut row.amount, Some(Some(own)));
        return (Some(years.others), at);
    }
    if form.is_fine() && own != row.amount {
        let year = place.budget.year;
        let path: Vec<&str> = at.iter().map(String::as_str).collect();
        form.problem(
            Problem::new(
                Code::Invalid,
                format!("Beloppet för {year} är ett annat än investeringens belopp."),
                format!("The amount of {year} is another than that of the item."),
            )
            .within(&path),
        );
    }
    (Some(years.others), amount())
}

async fn fill_unit(
    write: &Write,
    form: &mut Form,
    place: &Place,
    row: &mut investment_item::Model,
    fields: &InvestmentItemFields,
) -> Result<()> {
    let Some(unit) = &fields.org_unit else { return Ok(()) };
    form.note("orgUnit");
    let unit: Option<org_unit::Model> = write.find_optional("orgUnit", unit.as_deref()).await?;
    let unit = unit.map_or(place.unit.id, |unit| unit.id);
    if !is_at_or_below(write, unit, place.unit.id).await? {
        form.problem(
            Problem::new(
                Code::Invalid,
                "Enheten är varken budgetens enhet eller under den.",
                "The unit is neither the budget's unit nor below it.",
            )
            .at("orgUnit"),
        );
    }
    row.org_unit_id = unit;
    Ok(())
}

async fn fill_continues(
    write: &Write,
    form: &mut Form,
    place: &Place,
    row: &mut investment_item::Model,
    fields: &InvestmentItemFields,
) -> Result<()> {
    if let Some(earlier) = &fields.continues {
        form.note("continues");
        let earlier: Option<investment_item::Model> =
            write.find_optional("continues", earlier.as_deref()).await?;
        if let Some(earlier) = &earlier
            && let Some(problem) = continues::refused(write, place, row, earlier).await?
        {
            form.problem(problem.at("continues"));
        }
        row.continues_id = earlier.map(|earlier| earlier.id);
    }
    if row.continues_id.is_some() && row.spent_before.is_some() {
        let at = if fields.spent_before.is_some() { "spentBefore" } else { "continues" };
        form.problem(
            Problem::new(
                Code::Invalid,
                "Vad som lagts ut tidigare följer av den investering som fortsätts.",
                "What was spent before follows from the item that is continued.",
            )
            .at(at),
        );
    }
    Ok(())
}
