//! Values that write themselves as JSON.

use std::{fmt::Write as _, sync::Arc};

use async_graphql::{ContextSelectionSet, ID, Positioned, parser::types::Field};
use chrono::{DateTime, Utc};
use futures_util::future::{FutureExt as _, ready};

use super::{
    Direct, Inside, json,
    level::{self, Level, Placed},
};
use crate::graphql::scalar::{Date, Decimal, PartialDate};

/// A value that a field can have, and how it is written.
pub trait Written: Sync {
    /// Whether some values of the type may lack something, so that [`Written::is_ready`] has to be asked.
    const DOUBTFUL: bool = false;

    /// What is asked for inside it.
    fn inside<'plan>(_: &ContextSelectionSet<'plan>) -> Inside<'plan> {
        Inside::Leaf
    }

    /// Writes it.
    fn write(&self, inside: &Inside<'_>, out: &mut Vec<u8>);

    /// Whether it has all that is asked for inside it.
    fn is_ready(&self, _: &Inside<'_>) -> bool {
        true
    }

    /// Many of them, with what has to be waited for.
    fn level<'a>(
        ctx: &'a ContextSelectionSet<'a>,
        _: &'a Positioned<Field>,
        these: Vec<Placed<'a, Self>>,
    ) -> Level<'a> {
        ready(level::written(ctx, &these)).boxed()
    }
}

impl Written for str {
    fn write(&self, _: &Inside<'_>, out: &mut Vec<u8>) {
        json::write_text(self, out);
    }
}

impl Written for String {
    fn write(&self, _: &Inside<'_>, out: &mut Vec<u8>) {
        json::write_text(self, out);
    }
}

impl Written for ID {
    fn write(&self, _: &Inside<'_>, out: &mut Vec<u8>) {
        json::write_text(&self.0, out);
    }
}

impl Written for PartialDate {
    fn write(&self, _: &Inside<'_>, out: &mut Vec<u8>) {
        json::write_text(&self.0, out);
    }
}

impl Written for bool {
    fn write(&self, _: &Inside<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl Written for i32 {
    fn write(&self, _: &Inside<'_>, out: &mut Vec<u8>) {
        json::write_plain(self, out);
    }
}

impl Written for u32 {
    fn write(&self, _: &Inside<'_>, out: &mut Vec<u8>) {
        json::write_plain(self, out);
    }
}

impl Written for Decimal {
    fn write(&self, _: &Inside<'_>, out: &mut Vec<u8>) {
        json::write_quoted(self.0.normalize(), out);
    }
}

impl Written for Date {
    fn write(&self, _: &Inside<'_>, out: &mut Vec<u8>) {
        json::write_quoted(self.0, out);
    }
}

impl Written for DateTime<Utc> {
    fn write(&self, _: &Inside<'_>, out: &mut Vec<u8>) {
        let mut text = String::with_capacity(32);
        // Writing to a string cannot fail.
        let _ = write!(text, "{}", self.to_rfc3339());
        json::write_text(&text, out);
    }
}

/// Lets pointers write what they point to.
macro_rules! written_behind {
    ($($pointer:ty),+) => { $(
        impl<T: Written + Send + ?Sized> Written for $pointer {
            const DOUBTFUL: bool = T::DOUBTFUL;

            fn is_ready(&self, inside: &Inside<'_>) -> bool {
                T::is_ready(self, inside)
            }

            fn inside<'plan>(selection: &ContextSelectionSet<'plan>) -> Inside<'plan> {
                T::inside(selection)
            }

            fn write(&self, inside: &Inside<'_>, out: &mut Vec<u8>) {
                T::write(self, inside, out);
            }

            fn level<'a>(
                ctx: &'a ContextSelectionSet<'a>,
                field: &'a Positioned<Field>,
                these: Vec<Placed<'a, Self>>,
            ) -> Level<'a> {
                T::level(ctx, field, level::behind(these))
            }
        }
    )+ };
}
written_behind!(&T, Arc<T>);

impl<T: Written> Written for Option<T> {
    const DOUBTFUL: bool = T::DOUBTFUL;

    fn is_ready(&self, inside: &Inside<'_>) -> bool {
        self.as_ref().is_none_or(|value| value.is_ready(inside))
    }

    fn inside<'plan>(selection: &ContextSelectionSet<'plan>) -> Inside<'plan> {
        T::inside(selection)
    }

    fn write(&self, inside: &Inside<'_>, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(inside, out),
            None => out.extend_from_slice(b"null"),
        }
    }

    fn level<'a>(
        ctx: &'a ContextSelectionSet<'a>,
        field: &'a Positioned<Field>,
        these: Vec<Placed<'a, Self>>,
    ) -> Level<'a> {
        level::optional(ctx, field, these)
    }
}

impl<T: Written> Written for [T] {
    const DOUBTFUL: bool = T::DOUBTFUL;

    fn is_ready(&self, inside: &Inside<'_>) -> bool {
        self.iter().all(|value| value.is_ready(inside))
    }

    fn inside<'plan>(selection: &ContextSelectionSet<'plan>) -> Inside<'plan> {
        T::inside(selection)
    }

    fn write(&self, inside: &Inside<'_>, out: &mut Vec<u8>) {
        out.push(b'[');
        for (nth, value) in self.iter().enumerate() {
            if nth > 0 {
                out.push(b',');
            }
            value.write(inside, out);
        }
        out.push(b']');
    }

    fn level<'a>(
        ctx: &'a ContextSelectionSet<'a>,
        field: &'a Positioned<Field>,
        these: Vec<Placed<'a, Self>>,
    ) -> Level<'a> {
        level::lists(ctx, field, these)
    }
}

impl<T: Written> Written for Vec<T> {
    const DOUBTFUL: bool = T::DOUBTFUL;

    fn is_ready(&self, inside: &Inside<'_>) -> bool {
        self.as_slice().is_ready(inside)
    }

    fn inside<'plan>(selection: &ContextSelectionSet<'plan>) -> Inside<'plan> {
        T::inside(selection)
    }

    fn write(&self, inside: &Inside<'_>, out: &mut Vec<u8>) {
        self.as_slice().write(inside, out);
    }

    fn level<'a>(
        ctx: &'a ContextSelectionSet<'a>,
        field: &'a Positioned<Field>,
        these: Vec<Placed<'a, Self>>,
    ) -> Level<'a> {
        level::lists(ctx, field, level::behind(these))
    }
}

impl<T: Direct> Direct for &T {
    fn place(name: &str) -> Option<u16> {
        T::place(name)
    }

    fn inside<'plan>(place: u16, selection: &ContextSelectionSet<'plan>) -> Inside<'plan> {
        <T as Direct>::inside(place, selection)
    }

    fn write_field(&self, place: u16, inside: &Inside<'_>, out: &mut Vec<u8>) {
        T::write_field(self, place, inside, out);
    }

    fn is_ready(&self, place: u16, inside: &Inside<'_>) -> bool {
        <T as Direct>::is_ready(self, place, inside)
    }

    fn level_of<'a>(
        place: u16,
        ctx: &'a ContextSelectionSet<'a>,
        field: &'a Positioned<Field>,
        rows: Vec<Placed<'a, Self>>,
    ) -> Level<'a> {
        <T as Direct>::level_of(place, ctx, field, level::behind(rows))
    }
}

/// Lets GraphQL enums write their names.
macro_rules! written_by_name {
    ($($name:ty),+ $(,)?) => { $(
        impl $crate::graphql::direct::Written for $name {
            fn write(&self, _: &$crate::graphql::direct::Inside<'_>, out: &mut Vec<u8>) {
                let items = <Self as async_graphql::resolver_utils::EnumType>::items();
                let name = items.iter().find(|item| item.value == *self).map_or("", |item| item.name);
                $crate::graphql::direct::json::write_text(name, out);
            }
        }
    )+ };
}
pub(crate) use written_by_name;
