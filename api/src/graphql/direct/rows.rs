//! Lists of rows, and single ones, as the library sees them: values that write themselves.

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, QueryPathNode, ServerResult, Value,
    parser::types::Field, registry::Registry, resolver_utils::resolve_list,
};

use super::{
    Direct, Inside, Merges, Plan, Written,
    level::{self, Level, Placed},
    plan::write_object,
};

/// Some rows, answered as a list.
pub enum Rows<'r, T> {
    /// Rows that somebody else keeps.
    Kept(&'r [T]),
    /// Rows of its own.
    Own(Vec<T>),
}

/// One row, answered as an object.
pub struct Row<T>(pub T);

impl<T> Rows<'_, T> {
    fn rows(&self) -> &[T] {
        match self {
            Self::Kept(rows) => rows,
            Self::Own(rows) => rows,
        }
    }
}

impl<T> From<Vec<T>> for Rows<'_, T> {
    fn from(rows: Vec<T>) -> Self {
        Self::Own(rows)
    }
}

impl<T: Direct + OutputType + Written> OutputType for Rows<'_, T> {
    fn type_name() -> Cow<'static, str> {
        <Vec<T> as OutputType>::type_name()
    }

    fn qualified_type_name() -> String {
        <Vec<T> as OutputType>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Vec<T> as OutputType>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        match start(ctx) {
            Some(path) => answer(ctx, field, Placed { value: self, path: &path }).await,
            None => resolve_list(ctx, field, self.rows(), Some(self.rows().len())).await,
        }
    }
}

impl<T: Direct + OutputType + Written> OutputType for Row<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        match start(ctx) {
            Some(path) => answer(ctx, field, Placed { value: self, path: &path }).await,
            None => self.0.resolve(ctx, field).await,
        }
    }
}

/// Where the answer begins, if the operation's answers may be written directly.
fn start<'a>(ctx: &ContextSelectionSet<'a>) -> Option<QueryPathNode<'a>> {
    ctx.path_node.filter(|_| ctx.data_opt::<Merges>().is_none())
}

async fn answer<T: Written>(
    ctx: &ContextSelectionSet<'_>,
    field: &Positioned<Field>,
    this: Placed<'_, T>,
) -> ServerResult<Value> {
    Ok(Value::Binary(T::level(ctx, field, vec![this]).await.into_bytes()?.into()))
}

impl<T: Direct + Written + Sync> Written for Rows<'_, T> {
    const DOUBTFUL: bool = T::DOUBTFUL;

    fn inside<'plan>(selection: &ContextSelectionSet<'plan>) -> Inside<'plan> {
        Plan::inside::<T>(selection)
    }

    fn write(&self, inside: &Inside<'_>, out: &mut Vec<u8>) {
        self.rows().write(inside, out);
    }

    fn is_ready(&self, inside: &Inside<'_>) -> bool {
        self.rows().is_ready(inside)
    }

    fn level<'a>(
        ctx: &'a ContextSelectionSet<'a>,
        field: &'a Positioned<Field>,
        these: Vec<Placed<'a, Self>>,
    ) -> Level<'a> {
        let lists = these.into_iter().map(|this| this.with(this.value.rows())).collect();
        level::lists(ctx, field, lists)
    }
}

impl<T: Direct + Written> Written for Row<T> {
    const DOUBTFUL: bool = T::DOUBTFUL;

    fn inside<'plan>(selection: &ContextSelectionSet<'plan>) -> Inside<'plan> {
        Plan::inside::<T>(selection)
    }

    fn write(&self, inside: &Inside<'_>, out: &mut Vec<u8>) {
        write_object(&self.0, inside, out);
    }

    fn is_ready(&self, inside: &Inside<'_>) -> bool {
        Written::is_ready(&self.0, inside)
    }

    fn level<'a>(
        ctx: &'a ContextSelectionSet<'a>,
        field: &'a Positioned<Field>,
        these: Vec<Placed<'a, Self>>,
    ) -> Level<'a> {
        let rows = these.into_iter().map(|this| this.with(&this.value.0)).collect();
        T::level(ctx, field, rows)
    }
}
