//! What one field gave of each row: answered level by level by values that write themselves, else by the library.

use async_graphql::{
    Context, ContextSelectionSet, OutputType, Positioned, QueryPathNode, ServerError,
    parser::types::Field,
};
use futures_util::future::{FutureExt as _, join_all};

use super::{
    Written,
    level::{Level, Placed, at},
    pieces::Pieces,
};

/// What one field gave of each row. [`macros::object`] asks for its level; those that write themselves are found first.
pub struct Values<V>(pub Vec<V>);

/// How what is inside values is answered. It stands for [`Values`] of what writes itself, and for a reference to others:
/// method lookup takes the first that fits.
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

impl<V: OutputType> Leveled for &Values<V> {
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
            for value in join_all(waiting).await {
                pieces.take(value);
            }
            pieces
        }
        .boxed()
    }
}

/// What a method gave of each row: values with their places, and which rows it failed for.
pub fn sort_out<'a, T, V>(
    rows: &[Placed<'a, T>],
    field: &'a Positioned<Field>,
    given: Vec<Result<V, ServerError>>,
) -> (Values<V>, Vec<QueryPathNode<'a>>, Vec<(usize, ServerError)>) {
    let mut paths = super::level::within(rows, field);
    let mut failed = Vec::new();
    let mut values = Vec::with_capacity(given.len());
    for (nth, given) in given.into_iter().enumerate() {
        match given {
            Ok(value) => values.push(value),
            Err(error) => failed.push((nth, error)),
        }
    }
    for (nth, _) in failed.iter().rev() {
        paths.remove(*nth);
    }
    (Values(values), paths, failed)
}

/// What a field's method says has gone wrong, with its place.
pub fn failed(ctx: &Context<'_>, error: impl Into<async_graphql::Error>) -> ServerError {
    ctx.set_error_path(error.into().into_server_error(ctx.item.pos))
}
