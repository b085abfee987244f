//! The statements behind pages.

use entity::{organisation::org_unit, sight::Sight};
use sea_orm::{
    DbBackend, ExprTrait as _, Iterable as _, JoinType, QueryFilter as _, QueryTrait as _,
    Statement,
    sea_query::{
        Alias, Asterisk, Expr, Order, OverStatement as _, Query, SelectStatement,
        SubQueryStatement, WindowStatement,
    },
};
use uuid::Uuid;

use super::{Link, List, Listed, PARENT, SortKey, TOTAL, cursor::id_descends};
use crate::{
    domain::{
        fetch::among,
        kept::{self, Given, Mark},
    },
    error::Result,
};

/// A list, but for what is given from call to call.
pub(super) struct Shape<'l, E: Listed> {
    pub list: &'l List<E>,
    pub backend: DbBackend,
    /// What is seen of it.
    pub sight: &'l Sight,
    /// The same, in the words in which all of it is counted.
    pub counted: &'l Sight,
    /// How it hangs under its parents, when it does.
    pub link: Option<Link>,
}

impl<E: Listed> Shape<'_, E> {
    /// The page of all, or of the one parent's. It is read from an index as far as it goes: places among many are known
    /// when all have been read.
    pub(super) fn page(&self, parents: &[Uuid]) -> Result<Statement> {
        self.kept(parents, true, |given| {
            let keys = E::sort_keys(self.list.order);
            let mut select = self.rows(self.sight, given);
            if self.list.cut.counted {
                let count = SubQueryStatement::SelectStatement(self.count(given));
                select.expr_as(count, Alias::new(TOTAL));
            }
            if let Some(beyond) = self.list.beyond(&keys)? {
                select.cond_where(beyond);
            }
            let orders = self.orders(keys);
            ordered(&mut select, &orders).limit(given.limit);
            let Some(unit) = self.unit() else { return Ok(select) };
            // Under the table's own name, so that the same orders hold.
            let mut page = Query::select();
            page.column((E::default(), Asterisk)).from_subquery(select, E::default());
            add_unit(&mut page, Expr::col((E::default(), unit)));
            Ok(ordered(&mut page, &orders).to_owned())
        })
    }

    /// The pages of these parents.
    pub(super) fn pages(&self, parents: &[Uuid]) -> Result<Statement> {
        self.kept(parents, false, |given| self.ranked(given))
    }

    /// How many rows there are, of each parent when there are some.
    pub(super) fn totals(&self, parents: &[Uuid]) -> Statement {
        self.backend.build(&match self.link {
            Some(_) => self.count_each(&self.given(parents)),
            None => self.count(&self.given(parents)),
        })
    }

    /// The column of the unit, when units are to come with the rows: not from SQLite, where no round trip is saved.
    pub(super) fn unit(&self) -> Option<E::Column> {
        E::unit().filter(|_| self.list.cut.with_units && self.backend == DbBackend::Postgres)
    }

    fn given(&self, parents: &[Uuid]) -> Given {
        let condition = self.list.wanted.condition.clone();
        // One more than wanted tells whether there are more.
        Given { keys: parents.to_vec(), limit: self.list.cut.size + 1, condition }
    }

    fn kept(
        &self,
        parents: &[Uuid],
        single: bool,
        build: impl FnOnce(&Given) -> Result<SelectStatement>,
    ) -> Result<Statement> {
        let given = self.given(parents);
        if self.list.cut.cursor.is_some() {
            return Ok(self.backend.build(&build(&given)?));
        }
        let cut = &self.list.cut;
        let mark = || Mark {
            order: self.list.order_name(),
            backwards: cut.backwards,
            counted: cut.counted,
            with_units: single && self.unit().is_some(),
            single,
            is_seen: self.list.wanted.is_seen,
            link: self.link.map_or(0, |link| link.apply as usize),
            ..Mark::new::<E>(self.link.map_or("all", |link| link.name), self.sight.clone())
        };
        kept::statement(self.backend, mark, &given, build)
    }

    /// The rows, and the key of what they hang under.
    fn linked(&self, sight: &Sight, given: &Given) -> (SelectStatement, Option<Expr>) {
        let mut rows = E::find();
        if !self.list.wanted.is_seen {
            rows = rows.filter(E::visible_on(self.backend, sight));
        }
        let mut rows = rows.filter(given.condition.clone()).into_query();
        let parent = self.link.map(|link| (link.apply)(&mut rows));
        (rows, parent)
    }

    /// All rows, or those of the one parent.
    fn rows(&self, sight: &Sight, given: &Given) -> SelectStatement {
        let (mut rows, parent) = self.linked(sight, given);
        rows.and_where_option(parent.map(|parent| parent.eq(given.key())));
        rows
    }

    fn count(&self, given: &Given) -> SelectStatement {
        let mut count = self.rows(self.counted, given);
        count.clear_selects().expr_as(Expr::cust("COUNT(*)"), Alias::new(TOTAL)).to_owned()
    }

    fn count_each(&self, given: &Given) -> SelectStatement {
        let (mut count, parent) = self.linked(self.counted, given);
        count.clear_selects().expr_as(Expr::cust("COUNT(*)"), Alias::new(TOTAL));
        if let Some(parent) = parent {
            count
                .expr_as(parent.clone(), Alias::new(PARENT))
                .and_where(among(self.backend, parent.clone(), given.keys.iter().copied()))
                .add_group_by([parent]);
        }
        count
    }

    /// The first rows of each parent, with the number of them all when that is asked for.
    fn ranked(&self, given: &Given) -> Result<SelectStatement> {
        let keys = E::sort_keys(self.list.order);
        let [ranked, totals, place] = ["ranked", "totals", "place"].map(Alias::new);
        let (mut rows, parent) = self.linked(self.sight, given);
        if let Some(beyond) = self.list.beyond(&keys)? {
            rows.cond_where(beyond);
        }
        let mut window = WindowStatement::new();
        if let Some(parent) = parent {
            window.add_partition_by(parent.clone());
            rows.and_where(among(self.backend, parent.clone(), given.keys.iter().copied()))
                .expr_as(parent, Alias::new(PARENT));
        }
        for (expr, order) in self.orders(keys) {
            window.order_by_expr(expr, order);
        }
        rows.expr_window_as(Expr::cust("ROW_NUMBER()"), window, place.clone());
        let mut first = Query::select();
        first
            .expr(Expr::cust("ranked.*"))
            .from_subquery(rows, ranked.clone())
            .and_where(Expr::col(place.clone()).lte(given.limit))
            .order_by(place, Order::Asc);
        if self.list.cut.counted {
            let same = Expr::col((totals.clone(), Alias::new(PARENT)))
                .equals((ranked, Alias::new(PARENT)));
            first.column((totals.clone(), Alias::new(TOTAL))).join_subquery(
                JoinType::InnerJoin,
                self.count_each(given),
                totals,
                same,
            );
        }
        Ok(first)
    }

    fn orders(&self, keys: Vec<SortKey<E::Model>>) -> Vec<(Expr, Order)> {
        let direction = |descending: bool| {
            if descending == self.list.cut.backwards { Order::Asc } else { Order::Desc }
        };
        let id = direction(id_descends(&keys));
        keys.into_iter()
            .map(|key| (key.expr, direction(key.descending)))
            .chain([(Expr::col((E::default(), E::id_column())), id)])
            .collect()
    }
}

fn ordered<'s>(
    select: &'s mut SelectStatement,
    orders: &[(Expr, Order)],
) -> &'s mut SelectStatement {
    for (expr, order) in orders {
        select.order_by_expr(expr.clone(), order.clone());
    }
    select
}

/// Adds the unit of each row, after the row's own columns.
fn add_unit(select: &mut SelectStatement, key: Expr) {
    let unit = Alias::new("unit");
    for column in org_unit::Column::iter() {
        select.column((unit.clone(), column));
    }
    let same = Expr::col((unit.clone(), org_unit::Column::Id)).eq(key);
    select.join_as(JoinType::LeftJoin, org_unit::Entity, unit, same);
}
