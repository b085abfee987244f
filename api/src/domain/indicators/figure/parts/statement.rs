//! The one statement that brings the units below some units, and what they have answered.
//!
//! It reads what can count. Where every branch right below has answered, what is deeper down cannot, and is not read.
//! Parameters are two lists, so that its text is the same for one figure and for thousands, and the conditions are
//! shaped so that PostgreSQL has one good plan for all of them: a generic plan knows no list's length.

use entity::{
    indicators::outcome,
    organisation::{org_unit, org_unit_closure as closure},
    sight::Sight,
    tracked::Visible as _,
};
use sea_orm::{
    Condition, DbBackend, ExprTrait as _, Iden,
    sea_query::{
        Alias, CommonTableExpression, Expr, JoinType, Query, SelectStatement, UnionType, WithClause,
    },
};
use uuid::Uuid;

use super::{Asked, dialect::Dialect};

/// Reading one outcome by its key costs about as much as reading so many of one period in a row.
const PROBE: i32 = 8;

/// The statement.
pub(super) fn statement(
    backend: DbBackend,
    sight: &Sight,
    units: &[Uuid],
    asked: &[Asked],
) -> SelectStatement {
    let dialect = Dialect::of(backend);
    let with = [
        ("unit", units_below(&dialect, sight, units)),
        ("probe", probes()),
        ("branch", branches()),
        ("wanted", dialect.wanted(asked)),
        ("question", questions(sight)),
    ]
    .into_iter()
    .fold(WithClause::new(), |mut with, (name, query)| {
        let table = CommonTableExpression::new()
            .query(query)
            .table_name(name)
            .materialized(true)
            .to_owned();
        with.cte(table);
        with
    });
    let open = Expr::cust("question.open");
    dialect
        .tree()
        .union(UnionType::All, dialect.answers(one_by_one(&dialect, sight)))
        .union(
            UnionType::All,
            dialect.answers(in_a_row(&dialect, sight)).and_where(open).to_owned(),
        )
        .with_cte(with)
        .to_owned()
}

/// The units and those below them that the viewer may see.
fn units_below(dialect: &Dialect, sight: &Sight, units: &[Uuid]) -> SelectStatement {
    use org_unit::Column;
    let under = Query::select()
        .column(closure::Column::DescendantId)
        .from(closure::Entity)
        .and_where(Expr::col(closure::Column::AncestorId).in_subquery(dialect.ids(units)))
        .to_owned();
    let child = Expr::col((org_unit::Entity, Column::ParentId)).in_subquery(dialect.ids(units));
    let below = Query::select()
        .columns([
            Column::Id,
            Column::ParentId,
            Column::OrganisationId,
            Column::ActiveFrom,
            Column::ActiveTo,
        ])
        .expr_as(Expr::case(child, 1).finally(0), "child")
        .from(org_unit::Entity)
        .cond_where(org_unit::Entity::visible(sight))
        .and_where(Expr::col((org_unit::Entity, Column::Id)).in_subquery(under))
        .to_owned();
    let organisations = Query::select()
        .column(Column::OrganisationId)
        .from(org_unit::Entity)
        .and_where(Expr::col(Column::Id).in_subquery(dialect.ids(units)))
        .to_owned();
    let theirs = Query::select()
        .expr(Expr::cust("count(*)"))
        .from(org_unit::Entity)
        .and_where(Expr::col(Column::OrganisationId).in_subquery(organisations))
        .to_owned();
    let everyone = "(SELECT count(*) FROM org_unit)";
    Query::select()
        .expr(Expr::cust("below.*"))
        .expr_as(Expr::cust("count(*) OVER ()").eq(theirs), "whole")
        .expr_as(Expr::cust(format!("count(*) OVER () * {PROBE} <= {everyone}")), "few")
        .expr_as(Expr::cust(format!("sum(child) OVER () * {PROBE} > {everyone}")), "wide")
        .from_subquery(below, "below")
        .to_owned()
}

/// The units whose answers are read one by one: all when they are few, and else those right below.
fn probes() -> SelectStatement {
    Query::select()
        .column("id")
        .from("unit")
        .and_where(Expr::cust("few OR (child = 1 AND NOT wide)"))
        .to_owned()
}

/// The units right below that have to answer if nothing deeper down is to count. None when all are read one by one.
fn branches() -> SelectStatement {
    Query::select()
        .columns(["id", "wide"])
        .expr_as(Expr::cust("active_from IS NULL AND active_to IS NULL"), "always")
        .from("unit")
        .and_where(Expr::cust("child = 1 AND NOT few"))
        .and_where(Expr::cust(
            "wide OR EXISTS (SELECT 1 FROM org_unit AS deeper WHERE deeper.parent_id = unit.id)",
        ))
        .to_owned()
}

/// What is wanted to be known, and whether it takes more than what is read one by one.
fn questions(sight: &Sight) -> SelectStatement {
    // Not EXISTS, which PostgreSQL may answer by reading the whole period.
    let answered = answers_to("wanted", "closed_by", sight)
        .expr(Expr::val(1))
        .and_where(column(outcome::Column::OrgUnitId).equals(("branch", "id")))
        .to_owned();
    let open = Query::select()
        .expr(Expr::val(1))
        .from("branch")
        .cond_where(
            Condition::any()
                .add(Expr::cust("wide"))
                .add(Expr::cust("NOT always"))
                .add(Expr::from(answered).is_null()),
        )
        .to_owned();
    Query::select()
        .expr(Expr::cust("wanted.*"))
        .expr_as(Expr::exists(open), "open")
        .expr_as(Expr::cust("(SELECT whole FROM unit LIMIT 1)"), "whole")
        .from("wanted")
        .to_owned()
}

/// The answers of the units that are read one by one.
fn one_by_one(dialect: &Dialect, sight: &Sight) -> SelectStatement {
    let mut of_unit = answers_to("question", "gender", sight);
    if dialect.is_sqlite() {
        let probes = Query::select().column("id").from("probe").to_owned();
        of_unit.and_where(column(outcome::Column::OrgUnitId).in_subquery(probes));
        return dialect.lists(of_unit, sight);
    }
    // The limit, which a unique key does not need, keeps PostgreSQL from reading them in a row after all.
    of_unit
        .expr(Expr::cust("outcome.*"))
        .and_where(column(outcome::Column::OrgUnitId).equals(("probe", "id")))
        .limit(1);
    let of_units = Query::select()
        .from("probe")
        .join_lateral(JoinType::InnerJoin, of_unit, "outcome", Condition::all())
        .to_owned();
    dialect.lists(of_units, sight)
}

/// The answers of all the units, those that are read one by one among them. Of all the units of an organisation is every
/// answer to a question about its indicators, and no other indicators are asked about, so that nobody has to look.
fn in_a_row(dialect: &Dialect, sight: &Sight) -> SelectStatement {
    let units = Query::select().column("id").from("unit").to_owned();
    let theirs = column(outcome::Column::OrgUnitId).in_subquery(units);
    let of_them = Expr::cust("question.whole").or(whether(theirs));
    dialect.lists(answers_to("question", "gender", sight).and_where(of_them).to_owned(), sight)
}

/// The outcomes that the viewer may see among those that answer a question. They are asked for of units that it sees; who
/// sees drafts wherever anything is all that these have said.
fn answers_to(question: &'static str, gender: &'static str, sight: &Sight) -> SelectStatement {
    use outcome::Column;
    let asked = |answered: Column, name: &'static str| {
        column(answered).equals((Alias::new(question), Alias::new(name)))
    };
    let seen = (sight.published != sight.drafts)
        .then(|| whether(Expr::from(outcome::Entity::visible(sight))));
    Query::select()
        .from(outcome::Entity)
        .and_where(asked(Column::IndicatorId, "indicator"))
        .and_where(asked(Column::Year, "year"))
        .and_where(asked(Column::Kind, "kind"))
        .and_where(asked(Column::Month, "month"))
        .and_where(asked(Column::Gender, gender))
        .and_where_option(seen)
        .to_owned()
}

/// A condition that is only looked at for rows that are there already: without `IS TRUE` PostgreSQL may turn the
/// list in it into a join, and read one outcome for each unit of the list.
fn whether(condition: Expr) -> Expr {
    condition.is(Expr::Constant(true.into()))
}

fn column(column: impl Iden + 'static) -> Expr {
    Expr::col((outcome::Entity, column))
}
