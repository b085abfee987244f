//! Values that have to wait, answered level by level: what is asked of one field, of all rows at once.
//!
//! The library goes depth first and makes a tree of futures of every row. Here a field of a list is one future, however
//! many rows there are: the rows' values are fetched together, what is inside all of them is answered together, and each
//! row gets its piece.

use async_graphql::{
    Context, ContextSelectionSet, OutputType, Positioned, QueryPathNode, QueryPathSegment,
    ServerResult, parser::types::Field,
};
use futures_util::future::{BoxFuture, FutureExt as _, try_join_all};

use super::{
    Direct, Plan, Written, json,
    plan::{What, close, write_step},
};

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

/// Many values as JSON, one after the other.
#[derive(Default)]
pub struct Pieces {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Pieces {
    fn with_capacity(values: usize, each: usize) -> Self {
        Self { bytes: Vec::with_capacity(values * each), ends: Vec::with_capacity(values) }
    }

    /// Adds the value that is written by `write`.
    pub fn add(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.bytes);
        self.ends.push(self.bytes.len());
    }

    fn piece(&self, nth: usize) -> &[u8] {
        let start = nth.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let end = self.ends.get(nth).copied().unwrap_or_default();
        self.bytes.get(start.unwrap_or_default()..end).unwrap_or(b"null")
    }

    /// All of them, without anything between.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// What is answered of a level, once it is there.
pub type Level<'a> = BoxFuture<'a, ServerResult<Pieces>>;

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

/// Objects, the fields of each in the order that they are asked for in.
///
/// # Errors
/// What the first field says that fails.
pub async fn objects<T: Direct>(
    ctx: &ContextSelectionSet<'_>,
    rows: Vec<Placed<'_, T>>,
) -> ServerResult<Pieces> {
    let mut plan = Plan::of::<T>(ctx);
    plan.delay(|place, inside| !rows.iter().all(|row| row.value.is_ready(place, inside)));
    let waiting = plan.steps.iter().filter_map(|step| match step.what {
        What::Later(Some(place)) => Some(T::level_of(place, ctx, step.field, rows.clone())),
        What::Later(None) => Some(by_library(ctx, step.field, &rows).boxed()),
        _ => None,
    });
    let mut waited = try_join_all(waiting).await?.into_iter();
    let later: Vec<Option<Pieces>> = plan
        .steps
        .iter()
        .map(|step| matches!(step.what, What::Later(_)).then(|| waited.next()).flatten())
        .collect();
    let mut pieces = Pieces::with_capacity(rows.len(), 128);
    for (nth, row) in rows.iter().enumerate() {
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
    Ok(pieces)
}

/// A field that only the library can resolve, row by row.
async fn by_library<T: Direct>(
    ctx: &ContextSelectionSet<'_>,
    field: &Positioned<Field>,
    rows: &[Placed<'_, T>],
) -> ServerResult<Pieces> {
    let waiting = rows.iter().map(|row| async move {
        let here = at(ctx, row.path);
        row.value.resolve_field(&here.with_field(field)).await
    });
    let mut pieces = Pieces::default();
    for value in try_join_all(waiting).await? {
        pieces.add(|out| json::write(&value.unwrap_or_default(), out));
    }
    Ok(pieces)
}

/// Lists: the items of all of them are one level.
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
        let items = T::level(ctx, field, items).await?;
        let mut lists =
            Pieces::with_capacity(these.len(), items.bytes.len() / these.len().max(1) + 16);
        let mut next = 0;
        for list in &these {
            lists.add(|out| {
                out.push(b'[');
                for nth in 0..list.value.len() {
                    if nth > 0 {
                        out.push(b',');
                    }
                    out.extend_from_slice(items.piece(next));
                    next += 1;
                }
                out.push(b']');
            });
        }
        Ok(lists)
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
        let there: Vec<Placed<'_, T>> = these
            .iter()
            .filter_map(|this| this.value.as_ref().map(|value| this.with(value)))
            .collect();
        let found = match T::level(ctx, field, there.clone()).await {
            Ok(found) => found,
            Err(_) => one_by_one(ctx, field, there).await,
        };
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
        Ok(pieces)
    }
    .boxed()
}

/// Asks again for each by itself, so that only what fails is missing.
async fn one_by_one<'a, T: Written>(
    ctx: &'a ContextSelectionSet<'a>,
    field: &'a Positioned<Field>,
    these: Vec<Placed<'a, T>>,
) -> Pieces {
    let mut pieces = Pieces::default();
    for this in these {
        match T::level(ctx, field, vec![this]).await {
            Ok(found) => pieces.add(|out| out.extend_from_slice(found.piece(0))),
            Err(error) => {
                ctx.add_error(error);
                pieces.add(|out| out.extend_from_slice(b"null"));
            }
        }
    }
    pieces
}

/// What one field gave of each row. [`macros::object`] asks for its level; those that write themselves are found first.
pub struct Values<V>(pub Vec<V>);

/// Values that write themselves.
pub trait Leveled {
    /// What is asked for inside all of them.
    fn level<'a>(
        &'a self,
        ctx: &'a ContextSelectionSet<'a>,
        field: &'a Positioned<Field>,
        paths: &'a [QueryPathNode<'a>],
    ) -> Level<'a>;
}

impl<V: Written> Leveled for Values<V> {
    fn level<'a>(
        &'a self,
        ctx: &'a ContextSelectionSet<'a>,
        field: &'a Positioned<Field>,
        paths: &'a [QueryPathNode<'a>],
    ) -> Level<'a> {
        let these = self.0.iter().zip(paths).map(|(value, path)| Placed { value, path });
        V::level(ctx, field, these.collect())
    }
}

/// Values that the library resolves, one by one.
pub trait Resolved {
    /// What is asked for inside each of them.
    fn level<'a>(
        &'a self,
        ctx: &'a ContextSelectionSet<'a>,
        field: &'a Positioned<Field>,
        paths: &'a [QueryPathNode<'a>],
    ) -> Level<'a>;
}

impl<V: OutputType> Resolved for &Values<V> {
    fn level<'a>(
        &'a self,
        ctx: &'a ContextSelectionSet<'a>,
        field: &'a Positioned<Field>,
        paths: &'a [QueryPathNode<'a>],
    ) -> Level<'a> {
        async move {
            let waiting = self
                .0
                .iter()
                .zip(paths)
                .map(|(value, path)| async move { value.resolve(&at(ctx, path), field).await });
            let mut pieces = Pieces::default();
            for value in try_join_all(waiting).await? {
                pieces.add(|out| json::write(&value, out));
            }
            Ok(pieces)
        }
        .boxed()
    }
}

/// What a field's method says has gone wrong, with its place.
pub fn failed(
    ctx: &Context<'_>,
    error: impl Into<async_graphql::Error>,
) -> async_graphql::ServerError {
    ctx.set_error_path(error.into().into_server_error(ctx.item.pos))
}

/// The same values behind a reference.
pub fn behind<'a, P: std::ops::Deref<Target = T>, T: ?Sized + 'a>(
    these: Vec<Placed<'a, P>>,
) -> Vec<Placed<'a, T>> {
    these.into_iter().map(|this| this.with(&**this.value)).collect()
}
