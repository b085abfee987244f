//! Relay connections: one generic shape, with a type name for each type of node.

use std::{borrow::Cow, mem, sync::Arc};

use async_graphql::{Context, Enum, Lookahead, OutputType, TypeName};
use entity::organisation::org_unit;
use macros::object;
use uuid::Uuid;

use super::{
    context::{Session, session},
    direct::{Direct, Row, Rows, Written},
    loader::{ById, Under},
};
use crate::{
    domain::{
        fetch::ModelOf,
        listing::{Cut, Link, List, Listed, Marked, Part},
    },
    error::Result,
};

/// Which way a list is ordered.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrderDirection {
    /// The smallest, earliest or first in the alphabet comes first (stigande).
    #[default]
    Asc,
    /// The largest, latest or last in the alphabet comes first (fallande).
    Desc,
}

impl OrderDirection {
    /// Whether the last come first.
    #[must_use]
    pub fn is_descending(self) -> bool {
        self == Self::Desc
    }
}

/// Where a page lies in its list.
#[derive(Clone, Debug, Default)]
pub struct PageInfo {
    has_previous: bool,
    has_next: bool,
    start_cursor: Option<String>,
    end_cursor: Option<String>,
}

/// Where a page lies in its list.
#[object]
impl PageInfo {
    /// Whether there are more before the first of this page.
    fn has_previous_page(&self) -> bool {
        self.has_previous
    }

    /// Whether there are more after the last of this page.
    fn has_next_page(&self) -> bool {
        self.has_next
    }

    /// The cursor of the first of this page.
    fn start_cursor(&self) -> Option<&str> {
        self.start_cursor.as_deref()
    }

    /// The cursor of the last of this page.
    fn end_cursor(&self) -> Option<&str> {
        self.end_cursor.as_deref()
    }
}

/// A place in a list and what is there.
pub struct Edge<T> {
    cursor: String,
    node: T,
}

/// A place in a list and what is there.
#[object(name_type)]
impl<T: Direct + OutputType + Written + 'static> Edge<T> {
    /// The place, for `after` or `before`. It stays good when others come or go.
    fn cursor(&self) -> &str {
        &self.cursor
    }

    /// What is there.
    fn node(&self) -> &T {
        &self.node
    }
}

impl<T: OutputType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

/// A page of a list.
pub struct Connection<T> {
    edges: Vec<Edge<T>>,
    info: PageInfo,
    total: Option<u64>,
}

/// A page of a list. `first` and `last` are at most 200, and 50 unless said.
#[object(name_type)]
impl<T: Direct + OutputType + Written + 'static> Connection<T> {
    /// What is on the page, in order.
    fn nodes(&self) -> Rows<'_, &T> {
        self.edges.iter().map(|edge| &edge.node).collect::<Vec<_>>().into()
    }

    /// What is on the page, with the cursor of each.
    fn edges(&self) -> Rows<'_, Edge<T>> {
        Rows::Kept(&self.edges)
    }

    /// Where the page lies in the list.
    fn page_info(&self) -> &PageInfo {
        &self.info
    }

    /// How many there are in the whole list, as far as the caller sees them.
    fn total_count(&self) -> i32 {
        self.total.and_then(|total| i32::try_from(total).ok()).unwrap_or(i32::MAX)
    }
}

impl<T: OutputType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

impl<T> Connection<T> {
    /// A page of nodes with their cursors.
    pub fn new(
        rows: Vec<(String, T)>,
        has_previous: bool,
        has_next: bool,
        total: Option<u64>,
    ) -> Self {
        let info = PageInfo {
            has_previous,
            has_next,
            start_cursor: rows.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: rows.last().map(|(cursor, _)| cursor.clone()),
        };
        let edges = rows.into_iter().map(|(cursor, node)| Edge { cursor, node }).collect();
        Self { edges, info, total }
    }

    /// The same page, each of its nodes changed.
    #[must_use]
    pub fn map(self, change: impl Fn(T) -> T) -> Self {
        let edge = |Edge { cursor, node }| Edge { cursor, node: change(node) };
        Self { edges: self.edges.into_iter().map(edge).collect(), ..self }
    }

    /// A page of rows, each as its GraphQL type.
    pub fn of<M: Into<T>>(part: Part<M>) -> Self {
        let rows = part.rows.into_iter().map(|(cursor, row)| (cursor, row.into())).collect();
        Self::new(rows, part.has_previous, part.has_next, part.total)
    }
}

/// The page that a field's arguments ask for. The list is counted only when somebody reads
/// `totalCount`, and its cursors are made only for those who read them.
///
/// # Errors
/// [`crate::error::Error::BadInput`] for a page that cannot be.
pub fn cut(
    ctx: &Context<'_>,
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> Result<Cut> {
    let asked = ctx.look_ahead();
    let mut cut = Cut::new(first, after, last, before, asked.field("totalCount").exists())?;
    cut.marked = if asked.field("edges").exists() {
        Marked::All
    } else if asked.field("pageInfo").exists() {
        Marked::Ends
    } else {
        Marked::None
    };
    let of_units = |nodes: Lookahead<'_>| nodes.field("orgUnit").exists();
    // What is asked anew anyway need not come along.
    cut.with_units = !session(ctx).loader.forgets()
        && (of_units(asked.field("nodes")) || of_units(asked.field("edges").field("node")));
    Ok(cut)
}

/// Remembers units that came with rows.
fn know(session: &Session, units: Vec<org_unit::Model>) {
    if !units.is_empty() {
        let keyed = units.into_iter().map(|unit| (ById::<org_unit::Entity>::new(unit.id), unit));
        session.loader.know(keyed);
    }
}

/// A page of a whole table.
///
/// # Errors
/// As [`List::all`].
pub async fn all<E, T>(ctx: &Context<'_>, list: List<E>) -> Result<Row<Connection<T>>>
where
    E: Listed,
    T: From<ModelOf<E>>,
{
    let session = session(ctx);
    let sight = session.viewer.sight()?;
    let mut part = session.loader.alone(list.all(session.db.reader(), sight)).await?;
    session.spend(part.rows.len())?;
    know(session, mem::take(&mut part.units));
    Ok(Row(Connection::of(part)))
}

/// A page of what hangs under one parent; many parents share a statement, so that the list may depend on nothing but the
/// field's arguments.
///
/// # Errors
/// As [`List::under`].
pub async fn under<E, T>(
    ctx: &Context<'_>,
    parent: Uuid,
    link: Link,
    list: List<E>,
) -> Result<Connection<T>>
where
    E: Listed,
    T: From<ModelOf<E>>,
{
    let session = session(ctx);
    let part =
        session.loader.load_one(Under::new(ctx, parent, link, list)).await?.unwrap_or_default();
    session.spend(part.rows.len())?;
    let mut part = Arc::unwrap_or_clone(part);
    know(session, mem::take(&mut part.units));
    Ok(Connection::of(part))
}

/// Everything that hangs under one parent, where the domain keeps lists short; many parents share a statement.
///
/// # Errors
/// As [`List::under`].
pub async fn whole<E, T>(ctx: &Context<'_>, parent: Uuid, link: Link) -> Result<Vec<T>>
where
    E: Listed,
    T: From<ModelOf<E>>,
{
    let session = session(ctx);
    let part = session.loader.load_one(Under::new(ctx, parent, link, List::<E>::whole())).await?;
    let rows = part.map(Arc::unwrap_or_clone).unwrap_or_default().rows;
    session.spend(rows.len())?;
    Ok(rows.into_iter().map(|(_, row)| row.into()).collect())
}
