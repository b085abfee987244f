//! Lists into and out of a statement: arrays on PostgreSQL, text on SQLite.

use entity::{
    indicators::outcome,
    sight::Sight,
    vocabulary::{Gender, OutcomeState},
};
use sea_orm::{
    DbBackend, ExprTrait as _,
    sea_query::{Expr, Func, JoinType, Query, SelectStatement},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Asked,
    record::{self, of_ratio},
};
use crate::domain::indicators::outcome::stored::month_of;

/// What the row with the tree has lists of.
const TREE: [&str; 5] = ["id", "parent_id", "organisation_id", "active_from", "active_to"];
/// What the rows with answers have lists of besides units, which stand where the tree has its own.
const ANSWERS: [&str; 6] = ["value", "numerator", "denominator", "changed", "preliminary", "odd"];

/// How a database takes and gives lists.
pub(super) enum Dialect {
    Postgres,
    Sqlite,
}

impl Dialect {
    /// That of a database.
    pub(super) fn of(backend: DbBackend) -> Self {
        if backend == DbBackend::Sqlite { Self::Sqlite } else { Self::Postgres }
    }

    /// Whether it is that of SQLite.
    pub(super) fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite)
    }

    /// The ids as rows.
    pub(super) fn ids(&self, ids: &[Uuid]) -> SelectStatement {
        let list = Value::from_iter(ids.iter().map(|id| id.simple().to_string()));
        self.rows("jsonb_array_elements_text", &list).expr(self.uuid("given.value")).to_owned()
    }

    /// The questions as rows.
    pub(super) fn wanted(&self, asked: &[Asked]) -> SelectStatement {
        let list = Value::from_iter((1..).zip(asked).map(|(number, asked): (i32, _)| {
            let Asked { indicator, period, gender, ratio, closed_by } = asked;
            json!([
                number,
                indicator.simple().to_string(),
                period.year(),
                period.kind().as_str(),
                month_of(*period),
                gender.as_str(),
                i32::from(*ratio),
                closed_by.map_or("", Gender::as_str)
            ])
        }));
        let item = |at: u8| format!("given.value ->> {at}");
        let whole = |at| Expr::cust(format!("CAST({} AS integer)", item(at)));
        self.rows("jsonb_array_elements", &list)
            .expr_as(whole(0), "number")
            .expr_as(self.uuid(&item(1)), "indicator")
            .expr_as(whole(2), "year")
            .expr_as(Expr::cust(item(3)), "kind")
            .expr_as(whole(4), "month")
            .expr_as(Expr::cust(item(5)), "gender")
            .expr_as(whole(6).eq(1), "ratio")
            .expr_as(Expr::cust(item(7)), "closed_by")
            .to_owned()
    }

    /// The row that carries the tree.
    pub(super) fn tree(&self) -> SelectStatement {
        let mut select = Query::select().expr_as(Expr::val(0), "number").from("unit").to_owned();
        if self.is_sqlite() {
            let unit =
                "hex(id) || ',' || coalesce(hex(parent_id), '') || ',' || hex(organisation_id)
                || ',' || coalesce(active_from, '') || ',' || coalesce(active_to, '')";
            return select
                .expr_as(Expr::cust(format!("group_concat({unit}, ';')")), "list")
                .to_owned();
        }
        for column in TREE {
            select.expr_as(array(Expr::col(column)), column);
        }
        for name in ANSWERS {
            select.expr_as(Expr::cust("NULL"), name);
        }
        select
    }

    /// The lists of what these outcomes say, as much as a sum needs.
    pub(super) fn lists(&self, mut outcomes: SelectStatement, sight: &Sight) -> SelectStatement {
        use outcome::Column;
        let column = |column: Column| Expr::col((outcome::Entity, column));
        if self.is_sqlite() {
            let record = record::whole(sight);
            let list = Func::cust("group_concat").arg(record).arg(Expr::cust("';'"));
            return outcomes.expr(list).to_owned();
        }
        let state = column(Column::State).ne(OutcomeState::Confirmed.as_str());
        outcomes
            .expr_as(array(column(Column::OrgUnitId)), "units")
            .expr_as(some(column(Column::Value), of_ratio().not()), "value")
            .expr_as(some(column(Column::Numerator), of_ratio()), "numerator")
            .expr_as(some(column(Column::Denominator), of_ratio()), "denominator")
            .expr_as(each_or_one(column(Column::UpdatedAt)), "changed")
            .expr_as(some(column(Column::OrgUnitId), state), "preliminary")
            .expr_as(some(record::odd(sight), record::is_odd()), "odd")
            .to_owned()
    }

    /// A row for each question, with its lists.
    pub(super) fn answers(&self, lists: SelectStatement) -> SelectStatement {
        let mut select = Query::select().column(("question", "number")).from("question").to_owned();
        if self.is_sqlite() {
            return select.expr(Expr::from(lists)).to_owned();
        }
        select.column(("list", "units"));
        for _ in TREE.iter().skip(1) {
            select.expr(Expr::cust("NULL"));
        }
        for name in ANSWERS {
            select.column(("list", name));
        }
        select.join_lateral(
            JoinType::InnerJoin,
            lists,
            "list",
            Expr::cust("list.units IS NOT NULL"),
        );
        select
    }

    fn rows(&self, function: &'static str, list: &Value) -> SelectStatement {
        let list = Expr::val(list.to_string());
        let rows = if self.is_sqlite() {
            Func::cust("json_each").arg(list)
        } else {
            Func::cust(function).arg(list.cast_as("jsonb"))
        };
        Query::select().from_function(rows, "given").to_owned()
    }

    fn uuid(&self, text: &str) -> Expr {
        let sql = if self.is_sqlite() {
            format!("unhex({text})")
        } else {
            format!("CAST({text} AS uuid)")
        };
        Expr::cust(sql)
    }
}

/// One where all are the same, as of outcomes that were sent together.
fn each_or_one(list: Expr) -> Expr {
    let (first, last) = (list.clone().min(), list.clone().max());
    let one = Func::cust("array_fill").arg(last.clone()).arg(Expr::cust("ARRAY[1]"));
    Expr::case(first.eq(last), one).finally(array(list)).into()
}

fn array(list: Expr) -> Expr {
    Func::cust("array_agg").arg(list).into()
}

#[expect(clippy::disallowed_methods, reason = "PostgreSQL alone is asked for arrays")]
fn some(list: Expr, condition: Expr) -> Expr {
    Expr::cust_with_exprs("$1 FILTER (WHERE $2)", [array(list), condition])
}
