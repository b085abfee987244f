//! An outcome as a line of text: on SQLite every one, on PostgreSQL those few that are more than a number.

use entity::{indicators::outcome, sight::Sight, vocabulary::MissingReason};
use outcome::Column;
use sea_orm::{
    ExprTrait as _,
    sea_query::{BinOper, Expr, Func},
};

use crate::domain::indicators::outcome::secret;

/// Whether a question is about a RATIO.
pub(super) fn of_ratio() -> Expr {
    Expr::cust("question.ratio")
}

/// Whether an outcome is more than a number.
pub(super) fn is_odd() -> Expr {
    column(Column::Guarded).or(column(Column::MissingReason).is_not_null())
}

/// Unit, number, weight and reason of an odd one. Of a secret one only those get more who may know it.
pub(super) fn odd(sight: &Sight) -> Expr {
    line([column(Column::OrgUnitId), number(sight), weight(sight), reason(sight)])
}

/// Unit, number, weight and reason of any, its state, and when it changed.
pub(super) fn whole(sight: &Sight) -> Expr {
    let unit = Func::cust("hex").arg(column(Column::OrgUnitId)).into();
    let odd = Expr::case(is_odd(), reason(sight)).finally(Expr::cust("NULL")).into();
    let (state, changed) = (column(Column::State), column(Column::UpdatedAt));
    line([unit, number(sight), weight(sight), odd, state, changed])
}

fn number(sight: &Sight) -> Expr {
    let numerator = open_or_known(sight, Column::Numerator, Column::HiddenNumerator);
    let value = open_or_known(sight, Column::Value, Column::HiddenValue);
    Expr::case(of_ratio(), numerator).finally(value).into()
}

fn weight(sight: &Sight) -> Expr {
    let denominator = open_or_known(sight, Column::Denominator, Column::HiddenDenominator);
    Expr::case(of_ratio(), denominator).finally(Expr::cust("NULL")).into()
}

fn open_or_known(sight: &Sight, open: Column, secret: Column) -> Expr {
    let known = Expr::case(secret::is_hidden(sight), Expr::cust("NULL")).finally(column(secret));
    Expr::case(column(Column::Guarded), known).finally(column(open)).into()
}

fn reason(sight: &Sight) -> Expr {
    let confidential = Expr::cust(format!("'{}'", MissingReason::Confidential.as_str()));
    Expr::case(secret::is_hidden(sight), confidential).finally(column(Column::MissingReason)).into()
}

fn line<const N: usize>(fields: [Expr; N]) -> Expr {
    let field = |field: Expr| Func::coalesce([field.cast_as("text"), Expr::cust("''")]).into();
    fields
        .into_iter()
        .map(field)
        .reduce(|line: Expr, field| line.binary(CONCAT, Expr::cust("','")).binary(CONCAT, field))
        .unwrap_or_else(|| Expr::cust("''"))
}

const CONCAT: BinOper = BinOper::Custom("||");

fn column(column: Column) -> Expr {
    Expr::col((outcome::Entity, column))
}
