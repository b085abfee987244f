//! Lists of rows, and single ones, as the library sees them: values that write themselves.

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value, parser::types::Field,
    registry::Registry, resolver_utils::resolve_list,
};
use futures_util::future::try_join_all;

use super::{
    Direct, Inside, Merges, Plan, Written, json,
    plan::{What, close, write_object, write_step},
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

impl<T> From<T> for Row<T> {
    fn from(row: T) -> Self {
        Self(row)
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
        let rows = self.rows();
        let plan = Plan::of::<T>(ctx);
        if !goes(ctx) || T::DOUBTFUL && !rows.iter().all(|row| plan.is_ready_for(row)) {
            return resolve_list(ctx, field, rows, Some(rows.len())).await;
        }
        let mut later = later(ctx, &plan, rows, true).await?.into_iter();
        let mut out = Vec::with_capacity(rows.len() * 64 + 2);
        out.push(b'[');
        for (nth, row) in rows.iter().enumerate() {
            if nth > 0 {
                out.push(b',');
            }
            write(&plan, row, &mut later, &mut out);
        }
        out.push(b']');
        Ok(Value::Binary(out.into()))
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
        let plan = Plan::of::<T>(ctx);
        if !goes(ctx) || T::DOUBTFUL && !plan.is_ready_for(&self.0) {
            return self.0.resolve(ctx, field).await;
        }
        let row = std::slice::from_ref(&self.0);
        let mut later = later(ctx, &plan, row, false).await?.into_iter();
        let mut out = Vec::with_capacity(512);
        write(&plan, &self.0, &mut later, &mut out);
        Ok(Value::Binary(out.into()))
    }
}

/// Whether the operation's answers may be written directly.
fn goes(ctx: &ContextSelectionSet<'_>) -> bool {
    ctx.data_opt::<Merges>().is_none()
}

/// Lets the library resolve the fields that have to wait, of all rows at once: row by row, in the order of the plan.
async fn later<T: Direct>(
    ctx: &ContextSelectionSet<'_>,
    plan: &Plan<'_>,
    rows: &[T],
    listed: bool,
) -> ServerResult<Vec<Value>> {
    let fields: Vec<&Positioned<Field>> = plan
        .steps
        .iter()
        .filter_map(|step| if let What::Later(field) = step.what { Some(field) } else { None })
        .collect();
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    let waiting = rows.iter().enumerate().flat_map(|(nth, row)| {
        fields.iter().map(move |field| async move {
            let here = if listed { ctx.with_index(nth) } else { ctx.clone() };
            let here = here.with_field(field);
            Ok(row.resolve_field(&here).await?.unwrap_or_default())
        })
    });
    try_join_all(waiting).await
}

fn write<T: Direct>(
    plan: &Plan<'_>,
    row: &T,
    later: &mut impl Iterator<Item = Value>,
    out: &mut Vec<u8>,
) {
    let mut separator = b'{';
    for step in &plan.steps {
        out.push(separator);
        separator = b',';
        out.extend_from_slice(&step.key);
        match &step.what {
            What::Later(_) => json::write(&later.next().unwrap_or_default(), out),
            _ => write_step(row, step, out),
        }
    }
    close(separator, out);
}

impl<T: Direct + Written> Written for Rows<'_, T> {
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
}
