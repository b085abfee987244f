//! Pages of rows: of a whole table, or of what hangs under each of many parents, in one statement.
//!
//! Pages are cut by the values that rows are ordered by and, last, the id. A cursor carries those values,
//! so it stays good when rows are added or removed around it.

mod cursor;
mod cut;
mod key;
mod statement;
mod wanted;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use entity::{
    organisation::org_unit,
    sight::Sight,
    tracked::{Identified, InOrder, Visible},
};
use sea_orm::{
    Condition, ConnectionTrait, QueryResult,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

pub use cut::{Cut, DEFAULT_SIZE, LARGEST, Marked, WHOLE};
pub use key::{Key, SortKey, numbering, or_empty, swedish};
pub use wanted::Wanted;

use self::statement::Shape;
use crate::error::{Error, Result};

/// Columns that a statement adds to those of the table.
const PARENT: &str = "parent_key";
const TOTAL: &str = "total";

/// Tables that can be paged through.
pub trait Listed: Visible<Model: Identified + InOrder + Clone + Send + Sync> {
    /// The orders that a caller may choose.
    type Order: Copy + Eq + std::hash::Hash + std::fmt::Debug + Default + Send + Sync + 'static;

    /// The values that rows are ordered by; the id is added last.
    fn sort_keys(order: Self::Order) -> Vec<SortKey<Self::Model>>;

    /// Whether so many may hang under a parent that they are counted by all that is reached, and not one by one.
    const MANY: bool = false;

    /// The column of a row's unit, which everybody sees who sees the row.
    fn unit() -> Option<Self::Column> {
        None
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
    pub wanted: Wanted,
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
    /// The units of the rows, when they were asked for and came with them.
    pub units: Vec<org_unit::Model>,
}

impl<M> Default for Part<M> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            has_previous: false,
            has_next: false,
            total: None,
            units: Vec::new(),
        }
    }
}

impl<E: Listed> List<E> {
    /// Everything, of a list that the domain keeps short.
    #[must_use]
    pub fn whole() -> Self {
        Self {
            wanted: Condition::all().into(),
            order: E::Order::default(),
            cut: Cut { size: WHOLE, ..Cut::default() },
        }
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
            units: Vec::new(),
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
        let backend = connection.get_database_backend();
        let shape = Shape { list: self, backend, sight, counted: sight, link: None };
        self.read(connection, &shape, &[]).await
    }

    /// The same part of each parent's rows: one statement however many parents, also when they are counted. The parents
    /// are those that the viewer has been shown.
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
        let backend = connection.get_database_backend();
        let reached = sight.under_what_is_shown();
        let sight = reached.row_by_row();
        let all = if E::MANY { &reached } else { &sight };
        let shape = Shape { list: self, backend, sight: &sight, counted: all, link: Some(link) };
        if let [one] = parents {
            return Ok(HashMap::from([(
                *one,
                Arc::new(self.read(connection, &shape, parents).await?),
            )]));
        }
        let statement = shape.pages(parents)?;
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
            for row in connection.query_all_raw(shape.totals(parents)).await? {
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

    /// The part of all rows, or of those under one parent. All of them are counted in the same statement.
    async fn read(
        &self,
        connection: &impl ConnectionTrait,
        shape: &Shape<'_, E>,
        parents: &[Uuid],
    ) -> Result<Part<E::Model>> {
        let rows = connection.query_all_raw(shape.page(parents)?).await?;
        let total = match rows.first() {
            _ if !self.cut.counted => None,
            Some(row) => Some(counted(row)?),
            None if self.cut.cursor.is_none() => Some(0),
            // Nothing is left after the cursor, but before it there may have been something.
            None => {
                let row = connection.query_one_raw(shape.totals(parents)).await?;
                Some(row.as_ref().map(counted).transpose()?.unwrap_or(0))
            }
        };
        let units = match shape.unit() {
            Some(_) => units_beside(&rows, E::Model::COLUMNS + usize::from(self.cut.counted))?,
            None => Vec::new(),
        };
        let rows = rows.iter().map(E::Model::in_order).collect::<Result<_, _>>()?;
        Ok(Part { units, ..self.part(rows, total)? })
    }
}

/// The units that stand beside rows, each once.
fn units_beside(rows: &[QueryResult], first: usize) -> Result<Vec<org_unit::Model>> {
    let (mut seen, mut units) = (HashSet::new(), Vec::new());
    for row in rows {
        let id: Option<Uuid> = row.try_get_by_index(first)?;
        if id.is_some_and(|id| seen.insert(id)) {
            units.push(org_unit::Model::in_order_from(row, first)?);
        }
    }
    Ok(units)
}

fn counted(row: &QueryResult) -> Result<u64> {
    u64::try_from(row.try_get::<i64>("", TOTAL)?).map_err(Error::internal)
}
