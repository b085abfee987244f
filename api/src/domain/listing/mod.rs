//! Pages of rows: of a whole table, or of what hangs under each of many parents, in one statement.
//!
//! Pages are cut by the values that rows are ordered by and, last, the id. A cursor carries those values,
//! so it stays good when rows are added or removed around it.

mod cut;
mod key;

use std::{collections::HashMap, sync::Arc};

use entity::{
    sight::Sight,
    tracked::{Identified, InOrder, Visible},
};
use sea_orm::{
    Condition, ConnectionTrait, DbBackend, ExprTrait as _, JoinType, QueryFilter as _, QueryResult,
    QueryTrait as _,
    sea_query::{
        Alias, Expr, Order, OverStatement as _, Query, SelectStatement, SubQueryStatement,
        WindowStatement,
    },
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use cut::{Cut, DEFAULT_SIZE, LARGEST, Marked, WHOLE};
pub use key::{Key, SortKey, numbering, or_empty, swedish};

use crate::{
    domain::{
        fetch::among,
        kept::{self, Mark},
    },
    error::{Error, Result},
};

/// Columns that a statement adds to those of the table.
const PARENT: &str = "parent_key";
const TOTAL: &str = "total";

/// Tables that can be paged through.
pub trait Listed: Visible<Model: Identified + InOrder + Clone + Send + Sync> {
    /// The orders that a caller may choose.
    type Order: Copy + Eq + std::hash::Hash + std::fmt::Debug + Default + Send + Sync + 'static;

    /// The values that rows are ordered by; the id is added last.
    fn sort_keys(order: Self::Order) -> Vec<SortKey<Self::Model>>;

    /// Which rows under one parent the viewer sees, said for counting all of them.
    fn counted_under(sight: &Sight, _: Link, _: Uuid) -> Condition {
        Self::visible(&sight.row_by_row())
    }
}

/// How rows hang under a parent. `apply` adds the joins that it needs and gives the parent's key.
#[derive(Clone, Copy)]
pub struct Link {
    /// Tells links apart.
    pub name: &'static str,
    /// Adds joins, gives the parent's key.
    pub apply: fn(&mut SelectStatement) -> Expr,
}

/// A list that a caller asked for: which rows, in which order, which part.
#[derive(Clone, Debug)]
pub struct List<E: Listed> {
    /// Which rows.
    pub condition: Condition,
    /// In which order.
    pub order: E::Order,
    /// Which part.
    pub cut: Cut,
}

/// A part of a list.
#[derive(Clone, Debug)]
pub struct Part<M> {
    /// Rows with their cursors, in order.
    pub rows: Vec<(String, M)>,
    /// Whether there are more before the first.
    pub has_previous: bool,
    /// Whether there are more after the last.
    pub has_next: bool,
    /// How many there are in all, when that was asked for.
    pub total: Option<u64>,
}

impl<M> Default for Part<M> {
    fn default() -> Self {
        Self { rows: Vec::new(), has_previous: false, has_next: false, total: None }
    }
}

#[derive(Serialize, Deserialize)]
struct Cursor(String, Vec<Key>, Uuid);

/// What hangs under some parents.
struct Hanging {
    rows: SelectStatement,
    /// The column of the parent's key.
    parent: Expr,
    /// How many rows each parent has.
    count: SelectStatement,
}

impl<E: Listed> List<E> {
    /// Everything, of a list that the domain keeps short.
    #[must_use]
    pub fn whole() -> Self {
        Self {
            condition: Condition::all(),
            order: E::Order::default(),
            cut: Cut { size: WHOLE, ..Cut::default() },
        }
    }

    fn base(&self, sight: &Sight) -> SelectStatement {
        E::find_visible(sight).filter(self.condition.clone()).into_query()
    }

    fn order_name(&self) -> String {
        format!("{:?}", self.order)
    }

    fn cursor_of(&self, keys: &[SortKey<E::Model>], row: &E::Model) -> Result<String> {
        let cursor =
            Cursor(self.order_name(), keys.iter().map(|key| key.value(row)).collect(), row.id());
        let json = serde_json::to_vec(&cursor).map_err(Error::internal)?;
        Ok(encode(&json))
    }

    fn start(&self) -> Result<Option<Cursor>> {
        let Some(text) = &self.cut.cursor else { return Ok(None) };
        let bad = || Error::BadInput("The cursor is not one that this list gave.".to_owned());
        let cursor: Cursor =
            decode(text).and_then(|json| serde_json::from_slice(&json).ok()).ok_or_else(bad)?;
        if cursor.0 != self.order_name() {
            return Err(Error::BadInput(
                "The cursor belongs to another order than `orderBy` asks for.".to_owned(),
            ));
        }
        Ok(Some(cursor))
    }

    /// Rows strictly after the cursor, in the direction that is read.
    fn beyond(&self, keys: &[SortKey<E::Model>]) -> Result<Option<Condition>> {
        let Some(Cursor(_, values, id)) = self.start()? else { return Ok(None) };
        if values.len() != keys.len()
            || !keys.iter().zip(&values).all(|(key, value)| key.takes(value))
        {
            return Err(Error::BadInput("The cursor is not one that this list gave.".to_owned()));
        }
        let id_expr = || Expr::col((E::default(), E::id_column()));
        let mut any = Condition::any();
        let mut equal = Condition::all();
        for (key, value) in keys.iter().zip(&values) {
            let further = if key.descending == self.cut.backwards {
                key.expr.clone().gt(value.expr())
            } else {
                key.expr.clone().lt(value.expr())
            };
            any = any.add(equal.clone().add(further));
            equal = equal.add(key.expr.clone().eq(value.expr()));
        }
        let further = if id_descends(keys) == self.cut.backwards {
            id_expr().gt(id)
        } else {
            id_expr().lt(id)
        };
        Ok(Some(any.add(equal.add(further))))
    }

    fn orders(&self, keys: Vec<SortKey<E::Model>>) -> Vec<(Expr, Order)> {
        let direction = |descending: bool| {
            if descending == self.cut.backwards { Order::Asc } else { Order::Desc }
        };
        let id = direction(id_descends(&keys));
        keys.into_iter()
            .map(|key| (key.expr, direction(key.descending)))
            .chain([(Expr::col((E::default(), E::id_column())), id)])
            .collect()
    }

    fn part(&self, mut rows: Vec<E::Model>, total: Option<u64>) -> Result<Part<E::Model>> {
        let keys = E::sort_keys(self.order);
        let size = usize::try_from(self.cut.size).map_err(Error::internal)?;
        let more = rows.len() > size;
        rows.truncate(size);
        if self.cut.backwards {
            rows.reverse();
        }
        let beyond = self.cut.cursor.is_some();
        Ok(Part {
            has_previous: if self.cut.backwards { more } else { beyond },
            has_next: if self.cut.backwards { beyond } else { more },
            rows: self.marked(&keys, rows)?,
            total,
        })
    }

    fn marked(
        &self,
        keys: &[SortKey<E::Model>],
        rows: Vec<E::Model>,
    ) -> Result<Vec<(String, E::Model)>> {
        let last = rows.len().saturating_sub(1);
        let wanted = |nth: usize| match self.cut.marked {
            Marked::None => false,
            Marked::Ends => nth == 0 || nth == last,
            Marked::All => true,
        };
        let marked = |(nth, row): (usize, E::Model)| {
            let cursor = if wanted(nth) { self.cursor_of(keys, &row)? } else { String::new() };
            Ok((cursor, row))
        };
        rows.into_iter().enumerate().map(marked).collect()
    }

    /// The part of the whole table that is asked for, in one statement.
    ///
    /// # Errors
    /// [`Error::BadInput`] for a cursor that is not of this list.
    pub async fn all(
        &self,
        connection: &impl ConnectionTrait,
        sight: &Sight,
    ) -> Result<Part<E::Model>> {
        let rows = self.base(sight);
        self.of(connection, rows.clone(), rows).await
    }

    /// The part of those rows that is asked for. All of them are counted in the same statement.
    async fn of(
        &self,
        connection: &impl ConnectionTrait,
        mut select: SelectStatement,
        mut count: SelectStatement,
    ) -> Result<Part<E::Model>> {
        let keys = E::sort_keys(self.order);
        let total = Alias::new(TOTAL);
        count.clear_selects().expr_as(Expr::cust("COUNT(*)"), total.clone());
        if let Some(beyond) = self.beyond(&keys)? {
            select.cond_where(beyond);
        }
        for (expr, order) in self.orders(keys) {
            select.order_by_expr(expr, order);
        }
        select.limit(self.cut.size + 1);
        if self.cut.counted {
            select.expr_as(SubQueryStatement::SelectStatement(count.clone()), total);
        }
        let rows = connection.query_all(&select).await?;
        let total = match rows.first() {
            _ if !self.cut.counted => None,
            Some(row) => Some(counted(row)?),
            None if self.cut.cursor.is_none() => Some(0),
            // Nothing is left after the cursor, but before it there was something.
            None => connection.query_one(&count).await?.as_ref().map(counted).transpose()?,
        };
        let rows = rows.iter().map(E::Model::in_order);
        self.part(rows.collect::<Result<_, _>>()?, total)
    }

    /// The same part of each parent's rows: one statement however many parents, also when they are counted.
    ///
    /// # Errors
    /// [`Error::BadInput`] for a cursor that is not of this list.
    pub async fn under(
        &self,
        connection: &impl ConnectionTrait,
        sight: &Sight,
        link: Link,
        parents: &[Uuid],
    ) -> Result<HashMap<Uuid, Arc<Part<E::Model>>>> {
        if let [one] = parents {
            let mut base = self.base(&sight.row_by_row());
            let parent = (link.apply)(&mut base);
            // Read from the index as far as the page goes; places among many are known when all have been read.
            base.and_where(parent.clone().eq(*one));
            let mut all = E::find().filter(E::counted_under(sight, link, *one)).into_query();
            (link.apply)(&mut all);
            all.and_where(parent.eq(*one)).cond_where(self.condition.clone());
            return Ok(HashMap::from([(*one, Arc::new(self.of(connection, base, all).await?))]));
        }
        let backend = connection.get_database_backend();
        let statement = if self.is_plain() {
            let mark = || {
                let Cut { size, backwards, counted, .. } = self.cut;
                Mark { size, backwards, counted, ..Mark::new::<E>(link.name, sight) }
            };
            let all = || self.ranked(self.hanging(backend, sight, link, parents));
            kept::statement(backend, mark, parents, all)?
        } else {
            backend.build(&self.ranked(self.hanging(backend, sight, link, parents))?)
        };
        let (mut rows, mut totals) = (HashMap::<_, Vec<_>>::new(), HashMap::new());
        for row in connection.query_all_raw(statement).await? {
            let parent: Uuid = row.try_get("", PARENT)?;
            if self.cut.counted {
                totals.insert(parent, counted(&row)?);
            }
            rows.entry(parent).or_default().push(E::Model::in_order(&row)?);
        }
        if self.cut.counted && self.cut.cursor.is_some() && totals.len() < parents.len() {
            // Nothing is left after the cursor, but before it there may have been something.
            let count = self.hanging(backend, sight, link, parents).count;
            for row in connection.query_all(&count).await? {
                totals.insert(row.try_get("", PARENT)?, counted(&row)?);
            }
        }
        parents
            .iter()
            .map(|parent| {
                let total = self.cut.counted.then(|| totals.get(parent).copied().unwrap_or(0));
                Ok((*parent, Arc::new(self.part(rows.remove(parent).unwrap_or_default(), total)?)))
            })
            .collect()
    }

    /// Whether it is the whole list in its own order, from an end, and as many of it as most ask for.
    fn is_plain(&self) -> bool {
        [DEFAULT_SIZE, LARGEST, WHOLE].contains(&self.cut.size)
            && self.condition.is_empty()
            && self.order == E::Order::default()
            && self.cut.cursor.is_none()
    }

    /// All rows under these parents.
    fn hanging(&self, backend: DbBackend, sight: &Sight, link: Link, parents: &[Uuid]) -> Hanging {
        let mut rows = self.base(&sight.row_by_row());
        let parent = (link.apply)(&mut rows);
        rows.and_where(among(backend, parent.clone(), parents.iter().copied()));
        let mut count = rows.clone();
        count
            .clear_selects()
            .expr_as(parent.clone(), Alias::new(PARENT))
            .expr_as(Expr::cust("COUNT(*)"), Alias::new(TOTAL))
            .add_group_by([parent.clone()]);
        Hanging { rows, parent, count }
    }

    /// The first rows of each parent, with the number of them all when that is asked for.
    fn ranked(&self, Hanging { mut rows, parent, count }: Hanging) -> Result<SelectStatement> {
        let keys = E::sort_keys(self.order);
        let [ranked, totals, place] = ["ranked", "totals", "place"].map(Alias::new);
        if let Some(beyond) = self.beyond(&keys)? {
            rows.cond_where(beyond);
        }
        let mut window = WindowStatement::new();
        window.add_partition_by(parent.clone());
        for (expr, order) in self.orders(keys) {
            window.order_by_expr(expr, order);
        }
        rows.expr_as(parent, Alias::new(PARENT)).expr_window_as(
            Expr::cust("ROW_NUMBER()"),
            window,
            place.clone(),
        );
        let mut first = Query::select();
        first
            .expr(Expr::cust("ranked.*"))
            .from_subquery(rows, ranked.clone())
            .and_where(Expr::col(place.clone()).lte(self.cut.size + 1))
            .order_by(place, Order::Asc);
        if self.cut.counted {
            let same = Expr::col((totals.clone(), Alias::new(PARENT)))
                .equals((ranked, Alias::new(PARENT)));
            first.column((totals.clone(), Alias::new(TOTAL))).join_subquery(
                JoinType::InnerJoin,
                count,
                totals,
                same,
            );
        }
        Ok(first)
    }
}

fn counted(row: &QueryResult) -> Result<u64> {
    u64::try_from(row.try_get::<i64>("", TOTAL)?).map_err(Error::internal)
}

/// The id goes the way of what stands before it, so that the index that has both is read from either end.
fn id_descends<M>(keys: &[SortKey<M>]) -> bool {
    keys.last().is_some_and(|key| key.descending)
}

fn encode(json: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json)
}

fn decode(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).ok()
}
