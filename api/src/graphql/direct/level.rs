//! Values that have to wait, answered level by level: what is asked of one field, of all rows at once.
//!
//! The library goes depth first and makes a tree of futures of every row. Here a field of a list is one future, however
//! many rows there are: the rows' values are fetched together, what is inside all of them is answered together, and each
//! row gets its piece.

use std::{collections::HashMap, ops::Deref};

use async_graphql::{
    ContextSelectionSet, Positioned, QueryPathNode, QueryPathSegment, ServerError,
    parser::types::Field,
};
use futures_util::future::{BoxFuture, FutureExt as _, join_all};

use super::{
    Direct, Plan, Written,
    pieces::Pieces,
    plan::{What, close, write_step},
};

/// What is answered of a level, once it is there.
pub type Level<'a> = BoxFuture<'a, Pieces>;

/// A value, and where in the answer it stands.
pub struct Placed<'a, T: ?Sized> {
    /// The value.
    pub value: &'a T,
    /// Its place in the answer, for errors.
    pub path: &'a QueryPathNode<'a>,
}

impl<T: ?Sized> Clone for Placed<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Placed<'_, T> {}

impl<'a, T: ?Sized> Placed<'a, T> {
    /// Another value at the same place.
    pub fn with<U: ?Sized>(self, value: &'a U) -> Placed<'a, U> {
        Placed { value, path: self.path }
    }
}

/// The surroundings of a value at that place.
#[must_use]
pub fn at<'a>(ctx: &ContextSelectionSet<'a>, path: &QueryPathNode<'a>) -> ContextSelectionSet<'a> {
    let mut here = ctx.clone();
    here.path_node = Some(*path);
    here
}

/// Where a field of values stands that stand at those places.
#[must_use]
pub fn within<'a, T>(
    rows: &[Placed<'a, T>],
    field: &'a Positioned<Field>,
) -> Vec<QueryPathNode<'a>> {
    let segment = QueryPathSegment::Name(field.node.response_key().node.as_str());
    rows.iter().map(|row| QueryPathNode { parent: Some(row.path), segment }).collect()
}

/// Writes values of which nothing has to wait.
pub fn written<'a, T: Written + ?Sized>(
    ctx: &ContextSelectionSet<'a>,
    these: &[Placed<'a, T>],
) -> Pieces {
    let inside = T::inside(ctx);
    let mut pieces = Pieces::with_capacity(these.len(), 24);
    for this in these {
        pieces.add(|out| this.value.write(&inside, out));
    }
    pieces
}

/// Objects, the fields of each in the order that they are asked for in. An object fails with the first of its fields that
/// does.
pub async fn objects<T: Direct>(ctx: &ContextSelectionSet<'_>, rows: Vec<Placed<'_, T>>) -> Pieces {
    let mut plan = Plan::of::<T>(ctx);
    plan.delay(|place, inside| !rows.iter().all(|row| row.value.is_ready(place, inside)));
    let waiting = plan.steps.iter().filter_map(|step| match step.what {
        What::Later(Some(place)) => Some(T::level_of(place, ctx, step.field, rows.clone())),
        What::Later(None) => Some(by_library(ctx, step.field, &rows).boxed()),
        _ => None,
    });
    let mut waited = join_all(waiting).await;
    let mut failed: HashMap<usize, ServerError> = HashMap::new();
    for (nth, error) in waited.iter_mut().flat_map(Pieces::take_failures) {
        failed.entry(nth).or_insert(error);
    }
    let mut waited = waited.iter();
    let later: Vec<Option<&Pieces>> = plan
        .steps
        .iter()
        .map(|step| matches!(step.what, What::Later(_)).then(|| waited.next()).flatten())
        .collect();
    let mut pieces = Pieces::with_capacity(rows.len(), 128);
    for (nth, row) in rows.iter().enumerate() {
        if let Some(error) = failed.remove(&nth) {
            pieces.fail(error);
            continue;
        }
        pieces.add(|out| {
            let mut separator = b'{';
            for (step, later) in plan.steps.iter().zip(&later) {
                out.push(separator);
                separator = b',';
                out.extend_from_slice(&step.key);
                match later {
                    Some(later) => out.extend_from_slice(later.piece(nth)),
                    None => write_step(row.value, step, out),
                }
            }
            close(separator, out);
        });
    }
    pieces
}

/// A field that only the library can resolve, row by row.
async fn by_library<T: Direct>(
    ctx: &ContextSelectionSet<'_>,
    field: &Positioned<Field>,
    rows: &[Placed<'_, T>],
) -> Pieces {
    let waiting = rows.iter().map(|row| async move {
        let here = at(ctx, row.path);
        row.value.resolve_field(&here.with_field(field)).await
    });
    let mut pieces = Pieces::default();
    for value in join_all(waiting).await {
        pieces.take(value.map(Option::unwrap_or_default));
    }
    pieces
}

/// Lists: the items of all of them are one level. A list fails with the first of its items that does.
pub fn lists<'a, T: Written + 'a>(
    ctx: &'a ContextSelectionSet<'a>,
    field: &'a Positioned<Field>,
    these: Vec<Placed<'a, [T]>>,
) -> Level<'a> {
    async move {
        let paths: Vec<QueryPathNode<'_>> = these
            .iter()
            .flat_map(|list| {
                let place = |nth| QueryPathNode {
                    parent: Some(list.path),
                    segment: QueryPathSegment::Index(nth),
                };
                (0..list.value.len()).map(place)
            })
            .collect();
        let items = these.iter().flat_map(|list| list.value);
        let items = items.zip(&paths).map(|(value, path)| Placed { value, path }).collect();
        let mut items = T::level(ctx, field, items).await;
        let mut failures = items.take_failures().into_iter().peekable();
        let mut lists = Pieces::with_capacity(these.len(), items.size() / these.len().max(1) + 16);
        let mut next = 0;
        for list in &these {
            let (first, end) = (next, next + list.value.len());
            next = end;
            let mut failed = None;
            while let Some((_, error)) = failures.next_if(|(nth, _)| *nth < end) {
                failed.get_or_insert(error);
            }
            if let Some(error) = failed {
                lists.fail(error);
                continue;
            }
            lists.add(|out| {
                out.push(b'[');
                for nth in first..end {
                    if nth > first {
                        out.push(b',');
                    }
                    out.extend_from_slice(items.piece(nth));
                }
                out.push(b']');
            });
        }
        lists
    }
    .boxed()
}

/// Values that may be missing. One that fails is null, and says why; the others stand.
pub fn optional<'a, T: Written + 'a>(
    ctx: &'a ContextSelectionSet<'a>,
    field: &'a Positioned<Field>,
    these: Vec<Placed<'a, Option<T>>>,
) -> Level<'a> {
    async move {
        let there = these.iter().filter_map(|this| Some(this.with(this.value.as_ref()?))).collect();
        let mut found = T::level(ctx, field, there).await;
        for (_, error) in found.take_failures() {
            ctx.add_error(error);
        }
        let mut pieces = Pieces::with_capacity(these.len(), 128);
        let mut next = 0;
        for this in &these {
            pieces.add(|out| {
                if this.value.is_some() {
                    out.extend_from_slice(found.piece(next));
                    next += 1;
                } else {
                    out.extend_from_slice(b"null");
                }
            });
        }
        pieces
    }
    .boxed()
}

/// The same values behind a reference.
pub fn behind<'a, P: Deref<Target = T>, T: ?Sized + 'a>(
    these: Vec<Placed<'a, P>>,
) -> Vec<Placed<'a, T>> {
    these.into_iter().map(|this| this.with(&**this.value)).collect()
}
